"""Reading what users hand in, safely, and writing what they asked for.

Everything is imported on its first use, so that a command pays only for the formats that it reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from greenbri.sources.document import Document
    from greenbri.sources.json_text import load_json
    from greenbri.sources.loading import load
    from greenbri.sources.located import located, refused
    from greenbri.sources.reading import DEFAULT_LIMITS, Limits
    from greenbri.sources.scalars import Number
    from greenbri.sources.yaml_events import load_yaml

__all__ = ["DEFAULT_LIMITS", "Document", "Limits", "Number", "load", "load_json", "load_yaml", "located", "refused"]

_HOMES = {
    "Document": "document",
    "load_json": "json_text",
    "load": "loading",
    "located": "located",
    "refused": "located",
    "DEFAULT_LIMITS": "reading",
    "Limits": "reading",
    "Number": "scalars",
    "load_yaml": "yaml_events",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
