"""Pairs of figures that cannot both be right, and figures in conflict. They are reported; nothing is corrected."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from greenbri.model.assessment import DataFinding
from greenbri.model.project import Observation, Project, Subject
from greenbri.quantity import Incomparable, QuantityError, conversion, parse_form

# the first can never exceed the second: one is part of the other
_PARTS = (
    ("BOD5", "COD"), ("CBOD5", "BOD5"), ("PM2.5", "PM10"), ("PM10", "TSP"), ("NH3-N", "TKN"), ("NH3-N", "TN"),
    ("TKN", "TN"), ("NO3-N", "TN"), ("PO4-P", "TP"), ("faecal-coliform", "total-coliform"),
    ("E-coli", "faecal-coliform"), ("Cr6", "Cr"), ("NO2", "NOx"),
)  # fmt: skip
# orders of magnitude beyond anything measured outside a stack, a sign of a wrong unit; in ug/m3
_AMBIENT_CEILING = {"PM2.5": 5000, "PM10": 10000, "TSP": 20000, "SO2": 50000, "NO2": 20000, "O3": 5000}


def data_findings(project: Project) -> tuple[DataFinding, ...]:
    """Everything odd in the figures of a project, in the order of its file."""
    return tuple(finding for subject in project.subjects for finding in _of_subject(subject))


def _of_subject(subject: Subject) -> Iterator[DataFinding]:
    seen = subject.observations
    for part, whole in _PARTS:
        for one in (o for o in seen if o.parameter == part):
            for other in (o for o in seen if o.parameter == whole):
                if _same_kind(one, other) and _exceeds(one, other):
                    args = (("part", f"{part} {one.text}"), ("whole", f"{whole} {other.text}"), ("subject", subject.id))
                    yield DataFinding("findings.data.part_above_whole", args, (one.pointer, other.pointer))
    for one in seen:
        if str(one.quantity.unit) == "%" and (one.quantity.value or Fraction(0)) > 100 and "removal" in one.parameter:
            yield DataFinding("findings.data.removal_over_100", (("value", one.text),), (one.pointer,))
        ceiling = _AMBIENT_CEILING.get(one.parameter) if subject.medium == "ambient" else None
        if ceiling is not None and _above(one, ceiling):
            said = (("parameter", one.parameter), ("value", one.text), ("subject", subject.id))
            yield DataFinding("findings.data.wrong_unit_likely", said, (one.pointer,))
    for number, one in enumerate(seen):
        for other in seen[number + 1 :]:
            same = (one.parameter, one.period, one.statistic, one.of) == (
                other.parameter,
                other.period,
                other.statistic,
                other.of,
            )
            if same and not one.superseded_by and not other.superseded_by and one.quantity != other.quantity:
                a, b = one.covers, other.covers
                apart = a.start and a.end and b.start and b.end and (a.end < b.start or b.end < a.start)
                if not apart and one.facts == other.facts:
                    both = (("first", one.text), ("second", other.text))
                    named = (("parameter", one.parameter), ("subject", subject.id), *both)
                    yield DataFinding("findings.data.conflict", named, (one.pointer, other.pointer))


def _same_kind(one: Observation, other: Observation) -> bool:
    return (one.period, one.statistic, one.of) == (other.period, other.statistic, other.of)


def _exceeds(one: Observation, other: Observation) -> bool:
    low, high = one.quantity.interval[0], other.quantity.interval[1]
    if low is None or high is None:
        return False
    try:
        plan = conversion(one.quantity, other.quantity)
    except (Incomparable, QuantityError):
        return False
    return plan.apply(Fraction(low)) > high


def _above(one: Observation, ceiling: int) -> bool:
    low = one.quantity.interval[0]
    if low is None:
        return False
    try:
        return conversion(one.quantity, parse_form("ug/m3")).apply(Fraction(low)) > ceiling
    except (Incomparable, QuantityError):
        return False
