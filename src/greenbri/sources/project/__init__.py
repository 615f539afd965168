"""Project files: what a user writes, read into the project that rules are applied to.

    read_project("plant.yaml").project           checked, normalised, with the pointer of everything
    read_fragment(document, ("cases", 0, "project"))   a part of another file, such as a case of a pack
    apply_assumptions(data, ["size.thermal=600 MWth"])  the data with values put in, and what was assumed

`form` says what may stand where; the JSON Schema is made from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from greenbri.sources.project.assumptions import apply_assumptions
    from greenbri.sources.project.reading import ProjectFile, digest, read_fragment, read_project
    from greenbri.sources.project.schema import project_schema

__all__ = ["ProjectFile", "apply_assumptions", "digest", "project_schema", "read_fragment", "read_project"]

_HOMES = {
    "apply_assumptions": "assumptions",
    "ProjectFile": "reading",
    "digest": "reading",
    "read_fragment": "reading",
    "read_project": "reading",
    "project_schema": "schema",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
