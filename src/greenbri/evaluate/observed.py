"""Which observations a limit is about, and which of them contradict each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from greenbri.model.project import Observation, Project, Subject
from greenbri.model.rule import LimitTest
from greenbri.quantity import Quantity, to_decimal

_BACKGROUNDS = {"background": "background", "baseline": "baseline", "upwind": "upwind", "": "background"}


@dataclass(frozen=True, slots=True)
class Found:
    """The figures for a limit; `conflict` holds the pointers of those that contradict each other."""

    observations: tuple[Observation, ...]
    conflict: frozenset[str] = frozenset()
    related: tuple[str, ...] = ()


def candidates(test: LimitTest, subject: Subject, project: Project, day: date) -> Found:
    """The figures of the subject that speak of the limit's parameter, fraction and kind of total."""
    named = [
        one for one in subject.observations if _named(one, test) and not one.superseded_by and _same_fraction(one, test)
    ]
    if test.kind == "sum" and not named:
        total = _sum(test, subject)
        named = [total] if total is not None else []
    if test.measures == "increment":
        usable = _increments(named, test)
    elif test.measures == "contribution":
        usable = [one for one in named if one.of == "contribution"]
    else:
        usable = _totals(named, operating=project.operating(day))
    related = () if usable else _related(test, subject)
    return Found(tuple(usable), _conflicts(usable), related)


def _named(observation: Observation, test: LimitTest) -> bool:
    """The parameter itself; a removal rate is a figure of its own, in per cent, under either of its names."""
    rate = str(observation.quantity.unit) == "%" and test.unit != "%"
    if test.kind == "removal":
        return str(observation.quantity.unit) == "%" and observation.parameter.removeprefix(
            "removal."
        ) == test.parameter.removeprefix("removal.")
    return observation.parameter == test.parameter and not (rate and _is_matter(test.unit))


def _is_matter(unit: str) -> bool:
    """Whether the unit is a concentration or a load, of which a bare percentage is none."""
    return "/" in unit


def _same_fraction(observation: Observation, test: LimitTest) -> bool:
    return not observation.fraction or not test.fraction or observation.fraction == test.fraction


def _totals(named: list[Observation], *, operating: bool) -> list[Observation]:
    """Totals; where none is stated, baseline plus contribution; else the contribution as a lower bound of the total."""
    totals = [
        one
        for one in named
        if one.of == "total" and (operating or one.evidence.kind != "measured" or not _ambient(one))
    ]
    if totals:
        return totals
    added: list[Observation] = []
    contributions = [one for one in named if one.of == "contribution"]
    for own in contributions:
        for base in (one for one in named if one.of in ("baseline", "background")):
            if base.period == own.period and base.statistic == own.statistic and _addable(base.quantity, own.quantity):
                text = f"{base.text} + {own.text}"
                quantity = _added(base.quantity, own.quantity)
                added.append(replace(own, quantity=quantity, text=text, of="total"))
    return added or contributions


def _ambient(observation: Observation) -> bool:
    return observation.pointer.startswith(("/ambient", "/receptors"))


def _addable(one: Quantity, other: Quantity) -> bool:
    return one.unit == other.unit and one.reference == other.reference and "dB" not in str(one.unit)


def _added(one: Quantity, other: Quantity) -> Quantity:
    """The sum of two figures in one unit and state; with a non-detect among them, the range that is left."""
    if one.value is not None and other.value is not None and not one.bound and not other.bound:
        return replace(one, value=one.value + other.value, low=None, high=None)
    (a, b), (c, d) = one.interval, other.interval
    low = (a or Decimal(0)) + (c or Decimal(0))
    if b is None or d is None:
        return replace(one, value=low, low=None, high=None, bound=">=")
    return replace(one, value=None, low=low, high=b + d, bound=None)


def _increments(named: list[Observation], test: LimitTest) -> list[Observation]:
    """Stated increments, else total minus background taken at the same time of day."""
    stated = [one for one in named if one.of == "increment"]
    if stated:
        return stated
    wanted = _BACKGROUNDS[test.over]
    made: list[Observation] = []
    for total in (one for one in named if one.of == "total"):
        for base in (one for one in named if one.of == wanted):
            same_time = total.facts.get("time_of_day") == base.facts.get("time_of_day") or (
                _value(total, "time_of_day") == _value(base, "time_of_day")
            )
            known = total.quantity.value is not None and base.quantity.value is not None
            if same_time and known and total.quantity.unit == base.quantity.unit:
                assert total.quantity.value is not None and base.quantity.value is not None
                rise = total.quantity.value - base.quantity.value
                if rise < 0 and not total.quantity.unit.signed:
                    rise = Decimal(0)  # a level under its background adds nothing; only decibels may show it
                quantity = replace(total.quantity, value=rise, low=None, high=None)
                made.append(replace(total, quantity=quantity, text=f"{total.text} - {base.text}", of="increment"))
    return made


def _value(observation: Observation, name: str) -> object:
    fact = observation.facts.get(name)
    return fact.value if fact is not None else None


def _sum(test: LimitTest, subject: Subject) -> Observation | None:
    """The weighted sum of the members; one that is absent leaves a lower bound, a non-detect counts as the law says."""
    low, high = Decimal(0), Decimal(0)
    complete = True
    first: Observation | None = None
    texts: list[str] = []
    for member, weight in zip(test.members, test.weights, strict=True):
        one = next((o for o in subject.observations if o.parameter == member and not o.superseded_by), None)
        if one is None:
            complete = False
            continue
        if first is None:
            first = one
        elif one.quantity.form != first.quantity.form:
            complete = False
            continue
        texts.append(f"{member} {one.text}")
        factor = to_decimal(weight)
        least, most = one.quantity.interval if one.quantity.bound else (one.quantity.value or one.quantity.low, None)
        if one.quantity.bound == "<" and most is not None:
            counted = {"zero": Decimal(0), "half": most / 2, "full": most}[test.non_detect]
            low += factor * (Decimal(0) if test.non_detect == "full" else counted)
            high += factor * counted
            continue
        top = one.quantity.value if one.quantity.value is not None else one.quantity.high
        low += factor * (least or Decimal(0))
        high += factor * (top or Decimal(0))
    if first is None:
        return None
    exact = low == high
    quantity = replace(
        first.quantity,
        value=low if exact else None,
        low=None if exact else low,
        high=None if exact else high,
        bound=None,
    )
    return replace(
        first, parameter=test.parameter, quantity=quantity, text=" + ".join(texts), lower_bound_only=not complete
    )


def _related(test: LimitTest, subject: Subject) -> tuple[str, ...]:
    from greenbri.vocabulary import UnknownName, parameter

    try:
        near = parameter(test.parameter).related
    except UnknownName:
        return ()
    return tuple(sorted({one.parameter for one in subject.observations if one.parameter in near}))


def _conflicts(observations: list[Observation]) -> frozenset[str]:
    found: set[str] = set()
    for number, one in enumerate(observations):
        for other in observations[number + 1 :]:
            if _same_item(one, other) and one.quantity != other.quantity:
                found.update((one.pointer, other.pointer))
    return frozenset(found)


def _same_item(one: Observation, other: Observation) -> bool:
    if (one.period, one.statistic, one.of) != (other.period, other.statistic, other.of):
        return False
    if one.quantity.unit.dimension != other.quantity.unit.dimension:
        return False  # lb/MMBtu and lb/MWh are two figures, not two opinions
    if (one.covers.state or "normal") != (other.covers.state or "normal"):
        return False
    if {name: fact.value for name, fact in one.facts.items()} != {
        name: fact.value for name, fact in other.facts.items()
    }:
        return False
    a, b = one.covers, other.covers
    if a.start and a.end and b.start and b.end:
        return a.start <= b.end and b.start <= a.end
    return True
