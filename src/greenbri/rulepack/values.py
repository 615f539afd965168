"""Limit cells: a number, a bound, a range, `none`, `-`, or one of the computed forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Literal, cast

from greenbri.model.rule import (
    FactDefinition,
    Factor,
    Fixed,
    Interpolated,
    LimitValue,
    Operator,
    Product,
    Segment,
    Validity,
)
from greenbri.rulepack.cells import definition_of, parse_date
from greenbri.rulepack.numbers import number_in
from greenbri.rulepack.problems import CellError

_NUMBER = r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
_BOUND = re.compile(rf"^(>=|<=|>|<|≥|≤)\s*({_NUMBER})$")
_RANGE = re.compile(rf"^({_NUMBER})\s*[-–]\s*({_NUMBER})$")
_PLAIN = re.compile(rf"^{_NUMBER}$")
_SIGNS = {"≥": ">=", "≤": "<="}
OVERRIDES = frozenset(
    {"unit", "period", "form", "reference", "proof", "note", "benchmark_volume", "clause", "status", "url"}
)
_COMPUTED = frozenset({"value", "dated", "interpolate", "base", "mix"})


@dataclass(frozen=True)
class LimitCell:
    """A limit cell as read: `absent` sets no rule, `no_limit` says that the law sets none, `mix` names a fact."""

    operator: Operator = "<="
    segments: tuple[Segment, ...] = ()
    absent: bool = False
    no_limit: bool = False
    mix: str = ""
    overrides: dict[str, Any] = field(default_factory=dict)


def limit_cell(
    cell: Any, *, default: Operator, kind: str, facts: Mapping[str, FactDefinition], valid: Validity
) -> LimitCell:
    """Read a limit cell; `default` is the operator of a bare number (`<=`, or `>=` for minima and removal rates)."""
    if cell is None or cell == "-":
        return LimitCell(absent=True)
    if cell == "none":
        return LimitCell(no_limit=True)
    if not isinstance(cell, Mapping):
        operator, low, high = _ends(str(cell).strip(), default, kind)
        return LimitCell(operator, (Segment(valid, low, high),))
    keys = set(cell)
    overrides = {key: cell[key] for key in keys & OVERRIDES}
    unknown = (
        keys - OVERRIDES - {"value", "operator", "dated", "interpolate", "points", "outside", "base", "times", "mix"}
    )
    if unknown or len(keys & _COMPUTED) != 1:
        raise CellError("GRB209", cell=str(dict(cell)))
    operator = cast(Operator, str(cell.get("operator", default)))
    if "mix" in keys:
        return LimitCell(operator, mix=str(cell["mix"]), overrides=overrides)
    if "dated" in keys:
        operator, segments = _dated(cell["dated"], operator, kind, valid)
        return LimitCell(operator, segments, overrides=overrides)
    if "value" in keys:
        inner = limit_cell(cell["value"], default=operator, kind=kind, facts=facts, valid=valid)
        return LimitCell(inner.operator, inner.segments, inner.absent, inner.no_limit, overrides=overrides)
    value = _interpolated(cell, facts) if "interpolate" in keys else _product(cell, facts)
    low, high = (value, None) if operator in (">=", ">") else (None, value)
    return LimitCell(operator, (Segment(valid, low, high),), overrides=overrides)


def _ends(text: str, default: Operator, kind: str) -> tuple[Operator, LimitValue | None, LimitValue | None]:
    if _PLAIN.match(text):
        value = Fixed(Fraction(text))
        return (default, value, None) if default in (">=", ">") else (default, None, value)
    if match := _BOUND.match(text):
        sign = cast(Operator, _SIGNS.get(match[1], match[1]))
        value = Fixed(Fraction(match[2]))
        return (sign, value, None) if sign in (">=", ">") else (sign, None, value)
    if match := _RANGE.match(text):
        low, high = Fraction(match[1]), Fraction(match[2])
        if low > high:
            raise CellError("GRB209", cell=text)
        return ("band" if kind == "band" else "range"), Fixed(low), Fixed(high)
    raise CellError("GRB209", cell=text)


def _dated(steps: Any, operator: Operator, kind: str, valid: Validity) -> tuple[Operator, tuple[Segment, ...]]:
    if not isinstance(steps, Mapping) or not steps:
        raise CellError("GRB209", cell=str(steps))
    days = sorted((parse_date(str(day)), cell) for day, cell in steps.items())
    segments: list[Segment] = []
    for number, (day, cell) in enumerate(days):
        last: date | None = days[number + 1][0] - timedelta(days=1) if number + 1 < len(days) else valid.end
        if cell is None or cell in ("null", "none"):
            segments.append(Segment(Validity(day, last), None, None))
            continue
        operator, low, high = _ends(str(cell).strip(), operator, kind)
        segments.append(Segment(Validity(day, last), low, high))
    return operator, tuple(segments)


def _interpolated(cell: Mapping[str, Any], facts: Mapping[str, FactDefinition]) -> Interpolated:
    definition = definition_of(facts, str(cell["interpolate"]))
    points = cell.get("points")
    outside = str(cell.get("outside", "clamp"))
    if not isinstance(points, (list, tuple)) or len(points) < 2 or outside not in ("clamp", "none", "square"):
        raise CellError("GRB209", cell=str(dict(cell)))
    pairs = tuple((number_in(str(size), definition.unit), Fraction(str(value))) for size, value in points)
    if list(pairs) != sorted(pairs):
        raise CellError("GRB209", cell=str(dict(cell)))
    return Interpolated(definition.name, pairs, cast(Literal["clamp", "none", "square"], outside))


def _product(cell: Mapping[str, Any], facts: Mapping[str, FactDefinition]) -> Product:
    times = cell.get("times")
    if not isinstance(times, (list, tuple)) or not times:
        raise CellError("GRB209", cell=str(dict(cell)))
    factors: list[Factor] = []
    for part in times:
        if isinstance(part, Mapping):
            definition = definition_of(facts, str(part["fact"]))
            factors.append(Factor(fact=definition.name, over=number_in(str(part.get("over", "1")), definition.unit)))
        else:
            factors.append(Factor(coefficient=str(part)))
    return Product(Fraction(str(cell["base"])), tuple(factors))
