"""Kleene's three-valued logic, with the facts that would settle what is undecided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Truth:
    """True, False, or None for undecided; `missing` names the facts that left it undecided, in order."""

    value: bool | None
    missing: tuple[str, ...] = ()

    def __invert__(self) -> Truth:
        return self if self.value is None else Truth(not self.value)


TRUE = Truth(True)
FALSE = Truth(False)


def undecided(*facts: str) -> Truth:
    """Undecided for want of these facts."""
    return Truth(None, facts)


def conjunction(parts: Iterable[Truth]) -> Truth:
    """False if any part is; else undecided if any part is; else true."""
    missing: list[str] = []
    open_part = False
    for part in parts:
        if part.value is False:
            return FALSE
        if part.value is None:
            open_part = True
            missing.extend(part.missing)
    return Truth(None, tuple(dict.fromkeys(missing))) if open_part else TRUE


def disjunction(parts: Iterable[Truth]) -> Truth:
    """True if any part is; else undecided if any part is; else false."""
    missing: list[str] = []
    open_part = False
    for part in parts:
        if part.value is True:
            return TRUE
        if part.value is None:
            open_part = True
            missing.extend(part.missing)
    return Truth(None, tuple(dict.fromkeys(missing))) if open_part else FALSE
