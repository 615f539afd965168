"""Reading a file by what its name says it is."""

from __future__ import annotations

import os

from greenbri.sources.document import Document
from greenbri.sources.reading import DEFAULT_LIMITS, Limits
from greenbri.sources.refusals import Top


def load(
    path: str | os.PathLike[str], name: str | None = None, *, limits: Limits = DEFAULT_LIMITS, top: Top = "mapping"
) -> Document:
    """The document in a file: JSON where its name ends in `.json`, YAML otherwise; raises `InputError`.

    `name` is what diagnostics call the file, by default its path.
    """
    if os.fspath(path).lower().endswith(".json"):
        from greenbri.sources.json_text import load_json

        return load_json(path, name, limits=limits, top=top)
    from greenbri.sources.yaml_events import load_yaml

    return load_yaml(path, name, limits=limits, top=top)
