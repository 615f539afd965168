"""Conditions under which a rule applies: a small closed union that both back ends read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class TermIn:
    """The fact is one of the terms, or a child of one (`coal` covers `coal.lignite`); `negated` turns it round."""

    fact: str
    terms: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class NumberIn:
    """The fact lies between two bounds, given in the fact's own unit; a missing bound is open."""

    fact: str
    low: Fraction | None = None
    high: Fraction | None = None
    low_inclusive: bool = True
    high_inclusive: bool = False


@dataclass(frozen=True, slots=True)
class DateIn:
    """The fact is a day in the half-open range [start, end)."""

    fact: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Is:
    """The fact is a yes or a no."""

    fact: str
    value: bool


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; nothing at all holds too."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


# how many fuels a subject burns together; rows for mixtures and rows for single fuels divide on it
FUEL_COUNT = "fuel.count"

Condition = TermIn | NumberIn | DateIn | Is | AllOf | AnyOf
ALWAYS = AllOf(())


def all_of(*parts: Condition) -> Condition:
    """Join conditions with AND, without needless nesting."""
    flat: list[Condition] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, AllOf) else (part,))
    return flat[0] if len(flat) == 1 else AllOf(tuple(flat))


def leaves(condition: Condition) -> Iterator[TermIn | NumberIn | DateIn | Is]:
    """Every test on a fact inside the condition, in order."""
    if isinstance(condition, (AllOf, AnyOf)):
        for part in condition.parts:
            yield from leaves(part)
    else:
        yield condition
