"""Conditions and values as cells of a pack: the way back from the compiled form."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

from greenbri.model.condition import AllOf, AnyOf, Condition, DateIn, Is, NumberIn, TermIn
from greenbri.model.rule import FactDefinition, Fixed, Form, Interpolated, LimitTest, LimitValue, Product, Segment
from greenbri.proving.conditions import number, unit_of, worded

Leaf = TermIn | NumberIn | DateIn | Is
Facts = Mapping[str, FactDefinition]
_MOST_BRANCHES = 64


class Unwritable(ValueError):
    """A condition or value that the form of a pack cannot say in one table."""


def branches(condition: Condition) -> list[list[Leaf]]:
    """The condition as alternatives of leaves that all hold."""
    if isinstance(condition, AnyOf):
        found = [branch for part in condition.parts for branch in branches(part)]
    elif isinstance(condition, AllOf):
        found = [[leaf for part in parts for leaf in part] for parts in product(*map(branches, condition.parts))]
    else:
        found = [[condition]]
    if len(found) > _MOST_BRANCHES:
        raise Unwritable("too many alternatives")
    return found


def applies(condition: Condition, facts: Facts) -> dict[str, Any]:
    """`applies` of a table, or `applies_any` where there are alternatives."""
    found = [cells for branch in branches(condition) if (cells := _mapping(branch, facts)) is not None]
    if not found:
        raise Unwritable("a condition that never holds")
    if len(found) == 1:
        return {"applies": found[0]} if found[0] else {}
    return {"applies_any": found}


def _mapping(leaves: list[Leaf], facts: Facts) -> dict[str, Any] | None:
    """One cell for each fact; None where the leaves contradict each other."""
    joined: dict[str, Leaf] = {}
    for leaf in leaves:
        known = joined.get(leaf.fact)
        both = leaf if known is None else _both(known, leaf)
        if both is None:
            return None
        joined[leaf.fact] = both
    return {name: cell(leaf, facts) for name, leaf in joined.items()}


def _both(one: Leaf, other: Leaf) -> Leaf | None:
    """Two conditions on one fact as one, None where they exclude each other."""
    if one == other:
        return one
    if isinstance(one, TermIn) and isinstance(other, TermIn):
        return _terms(one, other)
    if isinstance(one, Is) and isinstance(other, Is):
        return None
    if isinstance(one, DateIn) and isinstance(other, DateIn):
        start = max((day for day in (one.start, other.start) if day is not None), default=None)
        end = min((day for day in (one.end, other.end) if day is not None), default=None)
        return None if start is not None and end is not None and start >= end else DateIn(one.fact, start, end)
    if isinstance(one, NumberIn) and isinstance(other, NumberIn):
        lows = [(low, not inclusive) for low, inclusive in _lows(one, other) if low is not None]
        highs = [(high, inclusive) for high, inclusive in _highs(one, other) if high is not None]
        low, open_low = max(lows, default=(None, False))
        high, closed = min(highs, default=(None, False))
        if low is not None and high is not None and (low > high or (low == high and (open_low or not closed))):
            return None
        return NumberIn(one.fact, low, high, not open_low, closed)
    raise Unwritable(f"two conditions on {one.fact}")


def _terms(one: TermIn, other: TermIn) -> TermIn | None:
    if one.negated and other.negated:
        return TermIn(one.fact, tuple(dict.fromkeys((*one.terms, *other.terms))), True)
    if not one.negated and not other.negated:
        narrow = [term for term in one.terms if _under(term, other.terms)]
        narrow += [term for term in other.terms if _under(term, one.terms)]
        return TermIn(one.fact, tuple(dict.fromkeys(narrow))) if narrow else None
    wanted, barred = (other, one) if one.negated else (one, other)
    left = tuple(term for term in wanted.terms if not _under(term, barred.terms))
    if any(_under(term, left) for term in barred.terms):
        raise Unwritable(f"two conditions on {one.fact}")
    return TermIn(one.fact, left) if left else None


def _under(term: str, tops: tuple[str, ...]) -> bool:
    return any(term == top or term.startswith(f"{top}.") for top in tops)


def _lows(*parts: NumberIn) -> list[tuple[Any, bool]]:
    return [(part.low, part.low_inclusive) for part in parts]


def _highs(*parts: NumberIn) -> list[tuple[Any, bool]]:
    return [(part.high, part.high_inclusive) for part in parts]


def cell(leaf: Leaf, facts: Facts) -> Any:
    """One condition as a cell."""
    if isinstance(leaf, Is):
        return leaf.value
    if isinstance(leaf, TermIn) and not leaf.negated:
        return leaf.terms[0] if len(leaf.terms) == 1 else list(leaf.terms)
    if leaf.fact not in facts and not leaf.fact.startswith("class."):
        raise Unwritable(leaf.fact)
    return worded(leaf, facts)[len(leaf.fact) + 1 :]


def limit_cell(test: LimitTest, segments: list[Segment], facts: Facts, coefficient: Mapping[str, str]) -> Any:
    """The value of a limit: a number, a computed one, or dated ones. `coefficient` has the new ids of coefficients."""
    if len(segments) == 1 and not segments[0].abolished:
        return _value(test, segments[0], facts, coefficient)
    dated: dict[str, Any] = {}
    for place, segment in enumerate(segments):
        if segment.valid.start is None:
            raise Unwritable("a dated value without a first day")
        gap = place + 1 < len(segments) and not _meets(segment, segments[place + 1])
        if gap or not _plain(segment):
            raise Unwritable("dated values that are computed or leave a gap")
        dated[segment.valid.start.isoformat()] = None if segment.abolished else _value(test, segment, facts, {})
    return {"dated": dated}


def _meets(one: Segment, other: Segment) -> bool:
    end, start = one.valid.end, other.valid.start
    return end is not None and start is not None and (start - end).days == 1


def _plain(segment: Segment) -> bool:
    return all(end is None or isinstance(end, Fixed) for end in (segment.low, segment.high))


def _value(test: LimitTest, segment: Segment, facts: Facts, coefficient: Mapping[str, str]) -> Any:
    low, high = segment.low, segment.high
    if isinstance(low, Fixed) and isinstance(high, Fixed):
        return f"{number(low.value)}-{number(high.value)}"
    end = high if high is not None else low
    assert end is not None
    if isinstance(end, Fixed):
        return f"{test.operator} {number(end.value)}" if test.operator != "<=" else number(end.value)
    return {**_computed(end, facts, coefficient), "operator": test.operator}


def _computed(end: LimitValue, facts: Facts, coefficient: Mapping[str, str]) -> dict[str, Any]:
    if isinstance(end, Interpolated):
        unit = unit_of(end.fact, facts)
        points = [[f"{number(size)} {unit}".rstrip(), number(value)] for size, value in end.points]
        return {"interpolate": end.fact, "points": points, "outside": end.outside}
    if isinstance(end, Product):
        factors: list[Any] = []
        for factor in end.factors:
            if factor.fact:
                factors.append({"fact": factor.fact, "over": f"{number(factor.over)} {unit_of(factor.fact, facts)}"})
            else:
                factors.append(coefficient[factor.coefficient])
        return {"base": number(end.base), "times": factors}
    if isinstance(end, Fixed):
        return {"value": number(end.value)}
    raise Unwritable("a mean over fuels")


def form_cell(form: Form, period: str | None) -> Any:
    """The form of a limit as a table says it."""
    if form.every:
        return "every"
    if form.exceedances is not None:
        per = f"{form.samples} samples" if form.samples is not None else _per(form, period)
        years = {"years": form.years} if form.years > 1 else {}
        return {"exceedances": form.exceedances, "per": per, **years}
    if form.years > 1:
        return {"percentile": number(form.share * 100), "years": form.years}
    return f"p{number(form.share * 100)}"


def _per(form: Form, period: str | None) -> str:
    """Whether the count is one of a year or of an hour: the one whose share of the values it is."""
    from greenbri.rulepack.cells import parse_form

    for per in ("year", "hour"):
        if parse_form({"exceedances": str(form.exceedances), "per": per, "years": form.years}, period) == form:
            return per
    raise Unwritable("a count of exceedances")
