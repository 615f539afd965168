"""Which of two limits is the stricter, after the newer is brought to the unit and the state of the older."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product
from typing import Literal

from greenbri.evaluate.averaging import hours
from greenbri.evaluate.normalise import context_for, target_form
from greenbri.model.condition import AllOf, Condition, TermIn
from greenbri.model.project import Fact, Subject
from greenbri.model.rule import (
    CoefficientRow,
    Fixed,
    Interpolated,
    LimitTest,
    LimitValue,
    Mixed,
    Product,
    Segment,
)
from greenbri.quantity import Conversion, Incomparable, QuantityError, conversion

Coefficients = Mapping[str, tuple[CoefficientRow, ...]]
Pairs = list[tuple[Fraction, Fraction]]
Verdict = Literal["same", "tightened", "loosened", "incomparable"]

# where these differ, two numbers are not two sizes of one thing
_TERMS = (
    "parameter", "medium", "kind", "fraction", "measures", "over", "members", "weights", "benchmark_volume",
    "non_detect", "oxygen_correction", "uncertainty",
)  # fmt: skip
_STRICT = frozenset({"<", ">"})


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit of a pack from one day to another, with what is needed to compute and to convert it."""

    test: LimitTest
    segment: Segment
    coefficients: Coefficients
    applies: Condition


@dataclass(frozen=True, slots=True)
class Strictness:
    """The newer limit against the older. `pairs` are their numbers, in the older's unit, wherever they are set.

    `reason` is a key of the catalogue, and `missing` are the ingredients of a conversion or the terms that differ.
    """

    verdict: Verdict
    pairs: tuple[tuple[Fraction, Fraction], ...] = ()
    reason: str = ""
    missing: tuple[str, ...] = ()


def strictness(old: Bound, new: Bound) -> Strictness:
    """Whether meeting one of the limits implies meeting the other: one way, both ways or neither."""
    differing = tuple(name for name in _TERMS if getattr(old.test, name) != getattr(new.test, name))
    if differing:
        return Strictness("incomparable", reason="terms", missing=differing)
    try:
        plan = conversion(target_form(new.test), target_form(old.test), context_for(None, _burning(old), old.test))
    except Incomparable as error:
        return Strictness("incomparable", reason="missing", missing=error.missing)
    except QuantityError:
        return Strictness("incomparable", reason="missing", missing=("dimension",))
    highs, lows = _end(old, new, "high", plan), _end(old, new, "low", plan)
    if highs is None or lows is None:
        return Strictness("incomparable", reason="computed")
    pairs = (*highs, *lows)
    # what is set at one end only bounds more than what is not set there
    opened = [end for end in ("high", "low") if _set(old, end) and not _set(new, end)]
    closed = [end for end in ("high", "low") if _set(new, end) and not _set(old, end)]
    old_strict, new_strict = old.test.operator in _STRICT, new.test.operator in _STRICT
    forward = not opened and _within(highs, lows, sharper=not old_strict or new_strict)
    turned = [(b, a) for a, b in highs], [(b, a) for a, b in lows]
    backward = not closed and _within(*turned, sharper=not new_strict or old_strict)
    if not forward and not backward:
        return Strictness("incomparable", pairs, "crossing")
    timed_forward, timed_backward = _implies(new.test, old.test), _implies(old.test, new.test)
    forward, backward = forward and timed_forward, backward and timed_backward
    if forward and backward:
        return Strictness("same", pairs)
    if not forward and not backward:
        return Strictness("incomparable", pairs, "period")
    return Strictness("tightened" if forward else "loosened", pairs)


def _within(highs: Pairs, lows: Pairs, *, sharper: bool) -> bool:
    """Whether every newer number is at least as strict; at the limit itself only where the newer admits no more."""
    above = all(new < old or (new == old and sharper) for old, new in highs)
    return above and all(new > old or (new == old and sharper) for old, new in lows)


def _implies(one: LimitTest, other: LimitTest) -> bool:
    """Whether a value that meets one in its period and form meets the other in its own."""
    first, second = hours(one.period), hours(other.period)
    if one.period == other.period or (first is not None and first == second):
        return one.form.every or (one.form.share >= other.form.share and one.form.years <= other.form.years)
    return first is not None and second is not None and 0 < first < second and one.form.every


def _set(bound: Bound, end: str) -> bool:
    return getattr(bound.segment, end) is not None


def _end(old: Bound, new: Bound, end: Literal["low", "high"], plan: Conversion) -> Pairs | None:
    """The numbers of one end, each pair in the older's unit; empty where one of them has no such end."""
    before: LimitValue | None = getattr(old.segment, end)
    after: LimitValue | None = getattr(new.segment, end)
    if before is None or after is None:
        return []
    pairs = _paired(before, after, old.coefficients, new.coefficients)
    return None if pairs is None else [(one, plan.apply(other)) for one, other in pairs]


def _paired(old: LimitValue, new: LimitValue, before: Coefficients, after: Coefficients) -> Pairs | None:
    """The numbers of two values wherever both are defined; None where they are not computed alike."""
    if isinstance(old, Interpolated) or isinstance(new, Interpolated):
        return _along(old, new)
    first, second = _places(old, before), _places(new, after)
    if isinstance(old, Fixed) and _steady(new):
        first = dict.fromkeys(second, old.value)
    elif isinstance(new, Fixed) and _steady(old):
        second = dict.fromkeys(first, new.value)
    if first.keys() != second.keys():
        return None
    return [(number, second[key]) for key, number in first.items()]


def _steady(value: LimitValue) -> bool:
    """Whether a single number can be laid beside every number of the value."""
    return not isinstance(value, Product) or not any(factor.fact for factor in value.factors)


def _places(value: LimitValue, coefficients: Coefficients) -> dict[object, Fraction]:
    """The numbers that a value takes, each under the condition it is taken on."""
    if isinstance(value, Fixed):
        return {(): value.value}
    if isinstance(value, Mixed):
        return {when: fixed.value for when, fixed in value.rows}
    assert isinstance(value, Product)
    scaled = value.base
    facts = []
    tables = []
    for factor in value.factors:
        if factor.fact:
            scaled /= factor.over
            facts.append(factor.fact)
        else:
            rows = coefficients.get(factor.coefficient, ())
            tables.append([(factor.coefficient, row.applies, row.value) for row in rows])
    found: dict[object, Fraction] = {}
    for chosen in product(*tables):
        number = scaled
        for _, _, coefficient in chosen:
            number *= coefficient
        found[(tuple(sorted(facts)), tuple((name, when) for name, when, _ in chosen))] = number
    return found


def _along(old: LimitValue, new: LimitValue) -> Pairs | None:
    """Both lines at every size where one of them has a corner: between two corners both are straight."""
    lines = [one for one in (old, new) if isinstance(one, Interpolated)]
    if any(not isinstance(one, (Fixed, Interpolated)) for one in (old, new)):
        return None
    if len({(line.fact, line.outside) for line in lines}) > 1:
        return None
    if any(line.outside != "clamp" for line in lines):
        ends = {(line.points[0][0], line.points[-1][0]) for line in lines}
        if len(ends) > 1 or len(lines) == 1:
            return None
    sizes = sorted({size for line in lines for size, _ in line.points})
    return [(_at(old, size), _at(new, size)) for size in sizes]


def _at(value: LimitValue, size: Fraction) -> Fraction:
    if isinstance(value, Fixed):
        return value.value
    assert isinstance(value, Interpolated)
    points = value.points
    if size <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in pairwise(points):
        if size <= x1:
            return y0 + (y1 - y0) * (size - x0) / (x1 - x0) if x1 != x0 else y1
    return points[-1][1]


def _burning(bound: Bound) -> Subject:
    """A source of the limit's medium; it burns the fuel that the limit is for, where that is one."""
    parts = bound.applies.parts if isinstance(bound.applies, AllOf) else (bound.applies,)
    named = [part.terms for part in parts if isinstance(part, TermIn) and part.fact == "fuel" and not part.negated]
    facts = {"fuel": Fact(named[-1][0], "")} if named and len(named[-1]) == 1 else {}
    return Subject("difference", bound.test.medium, "", facts=facts)
