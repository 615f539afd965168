"""Reads a report back, recomputes it from what is embedded in it, and says what differs.

verify("report.pdf")        one Verification for each project in the report
identical, altered, ...     `Verification.outcome`; `sound` is what exit code 0 stands for

A report without a signature can be found consistent, never authentic: whoever rewrites all of it, with its hashes,
writes another consistent report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from greenbri.verify.outcome import Change, Difference, PackState, Verification
    from greenbri.verify.verification import verify

__all__ = ["Change", "Difference", "PackState", "Verification", "verify"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home = "verification" if name == "verify" else "outcome"
    return getattr(import_module(f"{__name__}.{home}"), name)
