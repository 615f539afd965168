"""The value of a limit on a day: printed, interpolated, a product of coefficients, or a mean over fuels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from typing_extensions import assert_never

from greenbri.evaluate.view import View
from greenbri.model.project import Fact, Subject
from greenbri.model.rule import (
    CoefficientRow,
    Factor,
    Fixed,
    Interpolated,
    LimitTest,
    LimitValue,
    Mixed,
    Product,
    Segment,
)
from greenbri.quantity import Step, to_decimal


@dataclass(frozen=True, slots=True)
class LimitOnDay:
    """The two ends of a limit in its unit, how they were computed, and the facts that were missing for it."""

    low: Fraction | None
    high: Fraction | None
    steps: tuple[Step, ...] = ()
    missing: tuple[str, ...] = ()


Coefficients = Mapping[str, tuple[CoefficientRow, ...]]


def segment_on(test: LimitTest, day: date) -> Segment | None:
    """The dated segment in force on a day; None before the first, after the last, or where the value was abolished."""
    for segment in test.segments:
        if segment.valid.covers(day):
            return None if segment.abolished else segment
    return None


def limit_on(segment: Segment, view: View, coefficients: Coefficients) -> LimitOnDay:
    """The numbers of a segment where the view stands."""
    steps: list[Step] = []
    missing: list[str] = []
    ends: list[Fraction | None] = []
    for end in (segment.low, segment.high):
        ends.append(None if end is None else _resolve(end, view, coefficients, steps, missing))
    return LimitOnDay(ends[0], ends[1], tuple(steps), tuple(dict.fromkeys(missing)))


def _resolve(
    value: LimitValue, view: View, coefficients: Coefficients, steps: list[Step], missing: list[str]
) -> Fraction | None:
    if isinstance(value, Fixed):
        return value.value
    if isinstance(value, Interpolated):
        return _interpolate(value, view, steps, missing)
    if isinstance(value, Product):
        return _product(value, view, coefficients, steps, missing)
    if isinstance(value, Mixed):
        return _mix(value, view, steps, missing)
    assert_never(value)


def _number(fact: str, view: View, missing: list[str]) -> Fraction | None:
    found = view.fact(fact)
    if found is None or not isinstance(found.value, Fraction):
        missing.append(fact)
        return None
    return found.value


def _interpolate(value: Interpolated, view: View, steps: list[Step], missing: list[str]) -> Fraction | None:
    at = _number(value.fact, view, missing)
    if at is None:
        return None
    first, last = value.points[0], value.points[-1]
    if at < first[0] or at > last[0]:
        near = first if at < first[0] else last
        if value.outside == "none":
            return None
        result = near[1] if value.outside == "clamp" else near[1] * (at / near[0]) ** 2
        formula = "L = L_end" if value.outside == "clamp" else "L = L_end * (x / x_end)^2"
        inputs = {"x": at, "x_end": near[0], "L_end": near[1]}
        steps.append(_step(formula, inputs, result))
        return result
    for (x0, y0), (x1, y1) in zip(value.points, value.points[1:], strict=False):
        if x0 <= at <= x1:
            result = y0 if x1 == x0 else y0 + (y1 - y0) * (at - x0) / (x1 - x0)
            inputs = {"x": at, "x0": x0, "L0": y0, "x1": x1, "L1": y1}
            steps.append(_step("L = L0 + (L1 - L0) * (x - x0) / (x1 - x0)", inputs, result))
            return result
    return None


def _product(
    value: Product, view: View, coefficients: Coefficients, steps: list[Step], missing: list[str]
) -> Fraction | None:
    result = value.base
    inputs = {"base": value.base}
    complete = True
    for factor in value.factors:
        number = _factor(factor, view, coefficients, missing)
        if number is None:
            complete = False
            continue
        inputs[factor.coefficient or factor.fact] = number
        result *= number
    if not complete:
        return None
    steps.append(_step("L = " + " * ".join(inputs), inputs, result))
    return result


def _factor(factor: Factor, view: View, coefficients: Coefficients, missing: list[str]) -> Fraction | None:
    if factor.fact:
        number = _number(factor.fact, view, missing)
        return None if number is None else number / factor.over
    for row in coefficients.get(factor.coefficient, ()):
        truth = view.holds(row.applies)
        if truth.value is True:
            return row.value
        if truth.value is None:
            missing.extend(truth.missing)
            return None
    missing.append(factor.coefficient)
    return None


def _mix(value: Mixed, view: View, steps: list[Step], missing: list[str]) -> Fraction | None:
    subject = view.subject
    if subject is None or not subject.fuels:
        missing.append("fuels")
        return None
    total, weighted = Fraction(0), Fraction(0)
    inputs: dict[str, Fraction] = {}
    for fuel, share in subject.fuels:
        facts = {**subject.facts, value.fact: Fact(fuel, subject.pointer)}
        alone = Subject(subject.id, subject.medium, subject.pointer, facts=facts)
        inside = View(view.project, alone, view.observation, view.assumed)
        number = next((fixed.value for when, fixed in value.rows if inside.holds(when).value is True), None)
        if number is None:
            missing.append(value.fact)
            return None
        inputs[f"L({fuel})"] = number
        inputs[f"share({fuel})"] = share
        total += share
        weighted += share * number
    result = weighted / total
    steps.append(_step("L = sum(share * L) / sum(share)", inputs, result, "input-weighted mean over fuels"))
    return result


def _step(formula: str, inputs: Mapping[str, Fraction], result: Fraction, source: str = "") -> Step:
    """A step of the computation of a limit, with its numbers."""
    shown: dict[str, Decimal | str] = {name: to_decimal(number) for name, number in inputs.items()}
    return Step("limit", formula, shown, to_decimal(result), "", source)
