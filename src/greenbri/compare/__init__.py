"""Standards side by side: limits in one state, what implies what, the strictest as a pack, and what changes when.

compare(point, packs)                         the limits of a place in the law, each in the common form
compare_project(project, selection, day)      the same for a project's own sources, with its values
harmonise(comparison)                         packs of what binds, usable with `assess --packs`
horizon(project, selection, day, until)       every outcome that changes, when, and because of which clause
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from greenbri.compare.comparison import Comparison, Normal, Own, Row
    from greenbri.compare.outlook import Change, Horizon, horizon
    from greenbri.compare.point import Point
    from greenbri.compare.strictest import harmonise
    from greenbri.compare.table import compare, compare_project

_HOMES = {
    "comparison": ("Comparison", "Normal", "Own", "Row"),
    "outlook": ("Change", "Horizon", "horizon"),
    "point": ("Point",),
    "strictest": ("harmonise",),
    "table": ("compare", "compare_project"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Change",
    "Comparison",
    "Horizon",
    "Normal",
    "Own",
    "Point",
    "Row",
    "compare",
    "compare_project",
    "harmonise",
    "horizon",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value
