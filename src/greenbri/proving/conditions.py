"""Conditions as structured records and as text, for lists and printed packs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from typing_extensions import assert_never

from greenbri.model.condition import AllOf, AnyOf, Condition, DateIn, Is, NumberIn, TermIn
from greenbri.model.rule import FactDefinition
from greenbri.quantity import to_decimal

Units = Mapping[str, FactDefinition]


def structured(condition: Condition, facts: Units) -> list[dict[str, Any]]:
    """The parts of a condition that must all hold, each with its fact, its bounds or words, and a readable text.

    An alternative is `{"any": [[...], [...]], "text": ...}`.
    """
    if isinstance(condition, AllOf):
        return [record for part in condition.parts for record in structured(part, facts)]
    if isinstance(condition, AnyOf):
        branches = [structured(part, facts) for part in condition.parts]
        return [{"any": branches, "text": worded(condition, facts)}]
    return [{**_leaf(condition, facts), "text": worded(condition, facts)}]


def _leaf(leaf: TermIn | NumberIn | DateIn | Is, facts: Units) -> dict[str, Any]:
    if isinstance(leaf, TermIn):
        return {"fact": leaf.fact, "not" if leaf.negated else "is": list(leaf.terms)}
    if isinstance(leaf, NumberIn):
        return {
            "fact": leaf.fact,
            "min": _decimal(leaf.low),
            "min_inclusive": leaf.low_inclusive if leaf.low is not None else None,
            "max": _decimal(leaf.high),
            "max_inclusive": leaf.high_inclusive if leaf.high is not None else None,
            "unit": unit_of(leaf.fact, facts),
        }
    if isinstance(leaf, DateIn):
        last = leaf.end - timedelta(days=1) if leaf.end is not None else None
        return {"fact": leaf.fact, "from": _day(leaf.start), "to": _day(last)}
    if isinstance(leaf, Is):
        return {"fact": leaf.fact, "is": leaf.value}
    assert_never(leaf)


def worded(condition: Condition, facts: Units) -> str:
    """A condition in the notation of a table's cells, with the names of its facts."""
    if isinstance(condition, AllOf):
        return ", ".join(worded(part, facts) for part in condition.parts)
    if isinstance(condition, AnyOf):
        parts = [worded(part, facts) for part in condition.parts]
        return " or ".join(f"({text})" if ", " in text else text for text in parts)
    if isinstance(condition, TermIn):
        words = ", ".join(condition.terms)
        words = f"[{words}]" if len(condition.terms) > 1 else words
        return f"{condition.fact} {'not ' if condition.negated else ''}{words}"
    if isinstance(condition, NumberIn):
        return f"{condition.fact} {_numbers(condition, unit_of(condition.fact, facts))}"
    if isinstance(condition, DateIn):
        return f"{condition.fact} {_days(condition)}"
    if isinstance(condition, Is):
        return f"{condition.fact} {'true' if condition.value else 'false'}"
    assert_never(condition)


def unit_of(fact: str, facts: Units) -> str:
    """The unit in which the bounds of a fact are given; empty for a bare number."""
    definition = facts.get(fact)
    return "" if definition is None or definition.unit == "1" else definition.unit


def _numbers(part: NumberIn, unit: str) -> str:
    tail = f" {unit}" if unit else ""
    if part.low is not None and part.high is not None:
        if part.low == part.high:
            return f"{number(part.low)}{tail}"
        left, right = "[" if part.low_inclusive else "(", "]" if part.high_inclusive else ")"
        return f"{left}{number(part.low)}, {number(part.high)}{right}{tail}"
    if part.low is not None:
        return f"{'>=' if part.low_inclusive else '>'} {number(part.low)}{tail}"
    assert part.high is not None
    return f"{'<=' if part.high_inclusive else '<'} {number(part.high)}{tail}"


def _days(part: DateIn) -> str:
    if part.start is not None and part.end is not None:
        return f"[{part.start}, {part.end})"
    return f">= {part.start}" if part.start is not None else f"< {part.end}"


def number(value: Fraction) -> str:
    """Plain digits without idle zeros."""
    decimal = to_decimal(value)
    if decimal == decimal.to_integral_value():
        return str(int(decimal))
    return format(decimal.normalize(), "f")


def _decimal(value: Fraction | None) -> object:
    return None if value is None else to_decimal(value)


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
