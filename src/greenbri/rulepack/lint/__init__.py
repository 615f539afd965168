"""Checks on how packs are made, in the manner of pySigma's validators: a small class for each, with one stable code.

    lint(paths).diagnostics           everything that is wrong, in the order of files and lines

A file that cannot be read is an error of its own, and the others are still checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from greenbri.rulepack.lint.run import Outcome, lint

__all__ = ["Outcome", "lint"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from greenbri.rulepack.lint import run

    value: object = getattr(run, name)
    globals()[name] = value
    return value
