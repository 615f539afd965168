"""Which limits a derived pack may leave out: those that another one decides for every figure that anybody could give.

This is narrower than being looser. To be left out, a limit must be judged in the same way in every respect, need the
same ingredients, hold under the same conditions and for no longer; then it fails only where the other one fails, and
the other one passes only where it passes.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from greenbri.evaluate.normalise import context_for, target_form
from greenbri.evaluate.stringency import implies
from greenbri.model.condition import AllOf, Condition
from greenbri.model.project import Subject
from greenbri.model.rule import Fixed, LimitTest, Segment
from greenbri.quantity import Incomparable, QuantityError, Reference, conversion, parse_unit

_NOBODY = Subject("comparison", "", "")


def looser_by(
    one: LimitTest, applies: Condition, segments: list[Segment], other: LimitTest, others: list[Segment],
    other_applies: Condition, day: date,
) -> Fraction | None:  # fmt: skip
    """How many times looser `other` is where `one` makes it redundant from the day on; None where it does not."""
    if _parts(applies) != _parts(other_applies) or not _same_manner(one, other):
        return None
    mine, theirs = _number(one, segments, day), _number(other, others, day)
    if mine is None or theirs is None or not _outlasts(segments[0], others[0]):
        return None
    try:
        plan = conversion(
            target_form(other), target_form(one), replace(context_for(None, _NOBODY, other), oxygen_correction="always")
        )
    except (Incomparable, QuantityError):
        return None
    bound = plan.apply(theirs)
    if not implies(one, mine, other, bound):
        return None
    return bound / mine if mine and one.operator in ("<=", "<") else mine / bound if bound else Fraction(1)


def _parts(condition: Condition) -> frozenset[Condition]:
    return frozenset(condition.parts if isinstance(condition, AllOf) else (condition,))


def _same_manner(one: LimitTest, other: LimitTest) -> bool:
    """Whether both are limits of one thing, judged in one way, for which a figure needs the same ingredients."""
    if _manner(one) != _manner(other):
        return False
    first, second = Reference.parse(one.reference), Reference.parse(other.reference)
    if first.oxygen_pct == second.oxygen_pct:
        return True
    # two oxygen contents differ by a factor only where both are corrected to, and in gas of one moisture
    return one.oxygen_correction == "always" and first.moisture is not None


def _manner(test: LimitTest) -> tuple[object, ...]:
    unit, state = parse_unit(test.unit), Reference.parse(test.reference)
    named = unit.gas in ("normal", "standard")  # Nm3 and dscm say temperature and pressure by their names
    return (
        test.parameter, test.medium, test.operator in (">=", ">"), test.operator in ("range", "band"), test.kind,
        test.basis, test.fraction, test.period, test.form, test.proof, test.oxygen_correction, test.oxygen_in_air,
        test.measures, test.over, test.benchmark_volume, test.members, test.weights, test.non_detect,
        test.uncertainty, test.rounding, test.max_age_days, unit.dimension, unit.moisture, state.moisture,
        state.oxygen_pct is None, state.excess_air, state.heating_value, state.output,
        state.temperature_k is None and not named, state.pressure_kpa is None and not named,
    )  # fmt: skip


def _number(test: LimitTest, segments: list[Segment], day: date) -> Fraction | None:
    """The one printed number that a limit has from the day on."""
    if len(segments) != 1 or not segments[0].valid.covers(day):
        return None
    end = segments[0].low if test.operator in (">=", ">") else segments[0].high
    return end.value if isinstance(end, Fixed) else None


def _outlasts(one: Segment, other: Segment) -> bool:
    if one.valid.end is None:
        return True
    return other.valid.end is not None and other.valid.end <= one.valid.end
