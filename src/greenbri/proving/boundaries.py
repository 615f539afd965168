"""Generated cases around each limit, listed for reading: at, just under and just over it, wet for dry, the days around.

They are never counted: what generates them reads the same pack that they would have to prove.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from greenbri.errors import Diagnostic, SourceText, diagnostic
from greenbri.evaluate.assess import Selection, snapshot
from greenbri.evaluate.values import segment_on
from greenbri.messages import Word
from greenbri.model.condition import Condition, DateIn, Is, NumberIn, TermIn, all_of
from greenbri.model.project import Covers, Fact, FactValue, Observation, Project, Subject
from greenbri.model.rule import Fixed, LimitTest, Pack, Rule, Segment, Text
from greenbri.proving.case_run import day_of, selection_of
from greenbri.proving.proof import Proof
from greenbri.proving.reading_run import limits_of
from greenbri.quantity import Form, Quantity, QuantityError, Reference, parse_unit, to_decimal
from greenbri.rulepack.lint.regions import Branch, branches, possible
from greenbri.sources import Document

_PLANT = "plant."
_STEP = Fraction(1, 1000)


@dataclass(frozen=True)
class Boundary:
    """A generated case and what it gives."""

    rule: str
    pointer: str
    what: str
    status: str
    file: str


def boundary_notes(proof: Proof) -> Iterator[Diagnostic]:
    """The boundary cases of all packs as notes at the limits that they are about."""
    for pack in proof.packs:
        document: SourceText | None = proof.documents.get(pack.file)
        for one in boundaries(pack):
            place = document.position(one.pointer) if isinstance(document, Document) else None
            args = {"rule": one.rule, "what": Word(f"lint.boundary.{one.what}"), "status": one.status}
            yield diagnostic("GRB280", place, args, pointer=one.pointer)


def boundaries(pack: Pack) -> Iterator[Boundary]:
    """The boundary cases of a pack. A limit without a printed number or a point where it applies has none."""
    selection = selection_of(pack)
    day = day_of(pack)
    for rule in limits_of(pack):
        test = rule.test
        if not isinstance(test, LimitTest) or test.kind in ("increment", "sum"):
            continue
        on = _day_in_force(rule, test, day)
        segment = segment_on(test, on) if on is not None else None
        point = _point(rule, pack)
        if on is None or segment is None or point is None:
            continue
        alone = replace(pack, rules=(rule,), classifications=())
        own = replace(selection, packs=(alone,))
        for what, value, state, when in _variants(test, segment, rule, on):
            status = _status(rule, own, point, (test, value, state), when)
            if status is not None:
                yield Boundary(rule.id, rule.pointer, what, status, pack.file)


def _day_in_force(rule: Rule, test: LimitTest, day: date) -> date | None:
    """The day itself, or the first day on which the limit has a value."""
    if rule.valid.covers(day) and segment_on(test, day) is not None:
        return day
    starts = [segment.valid.start for segment in test.segments if not segment.abolished]
    days = [start for start in (*starts, rule.valid.start) if start is not None and rule.valid.covers(start)]
    return next((start for start in sorted(days) if segment_on(test, start) is not None), None)


def _variants(
    test: LimitTest, segment: Segment, rule: Rule, day: date
) -> Iterator[tuple[str, Fraction, Reference, date]]:
    state = Reference.parse(test.reference)
    for end in (segment.high, segment.low):
        if not isinstance(end, Fixed):
            continue
        step = abs(end.value) * _STEP or _STEP
        yield "at", end.value, state, day
        if end.value > 0 or parse_unit(test.unit).signed:
            yield "under", end.value - step, state, day
        yield "over", end.value + step, state, day
        if state.moisture == "dry":
            yield "wet", end.value, replace(state, moisture="wet"), day
        first = max((d for d in (rule.valid.start, segment.valid.start) if d is not None), default=None)
        if first is not None:
            yield "first_day", end.value, state, first
            yield "day_before", end.value, state, first - timedelta(days=1)


def _point(rule: Rule, pack: Pack) -> dict[str, FactValue] | None:
    """Values of facts for which the rule applies; None where no branch can be met by simple means."""
    from greenbri.rulepack.facts import common_facts

    facts = {**common_facts(), **{fact.name: fact for fact in pack.facts}}
    condition: Condition = all_of(pack.scope, rule.applies)
    for branch in branches(condition) or ():
        if possible(branch, facts):
            point = {fact: _value([leaf for leaf in branch if leaf.fact == fact]) for fact in _named(branch)}
            if all(value is not None for value in point.values()):
                return {fact: value for fact, value in point.items() if value is not None}
    return None


def _named(branch: Branch) -> tuple[str, ...]:
    return tuple(dict.fromkeys(leaf.fact for leaf in branch))


def _value(leaves: Sequence[TermIn | NumberIn | DateIn | Is]) -> FactValue | None:
    for leaf in leaves:
        if isinstance(leaf, Is):
            return leaf.value
    terms = [leaf for leaf in leaves if isinstance(leaf, TermIn)]
    if terms:
        positive = [term for leaf in terms if not leaf.negated for term in leaf.terms]
        return next((word for word in positive if _passes_all(word, terms)), None if positive else "other")
    numbers = [leaf for leaf in leaves if isinstance(leaf, NumberIn)]
    if numbers:
        low = max((leaf.low for leaf in numbers if leaf.low is not None), default=None)
        high = min((leaf.high for leaf in numbers if leaf.high is not None), default=None)
        if low is None or high is None:
            return low * 2 + 1 if low is not None else high / 2 if high is not None else None
        return (low + high) / 2
    days = [leaf for leaf in leaves if isinstance(leaf, DateIn)]
    start = max((leaf.start for leaf in days if leaf.start is not None), default=None)
    end = min((leaf.end for leaf in days if leaf.end is not None), default=None)
    return start if start is not None else end - timedelta(days=1) if end is not None else None


def _passes_all(word: str, leaves: Sequence[TermIn]) -> bool:
    from greenbri.vocabulary import covers

    return all(any(covers(term, word) for term in leaf.terms) != leaf.negated for leaf in leaves)


def _status(
    rule: Rule,
    selection: Selection,
    point: dict[str, FactValue],
    measured: tuple[LimitTest, Fraction, Reference],
    day: date,
) -> str | None:
    test, value, state = measured
    try:
        quantity = _quantity(test, value, state)
    except QuantityError:
        return None
    covers = Covers(date(day.year - 1, 1, 1), date(day.year - 1, 12, 31))
    statistic = "min" if test.operator in (">=", ">") else "max"
    own = {name: Fact(one, "") for name, one in point.items() if not name.startswith(_PLANT)}
    plant = {name[len(_PLANT) :]: Fact(one, "") for name, one in point.items() if name.startswith(_PLANT)}
    observation = Observation(
        test.parameter, quantity, str(quantity), "", period=test.period, statistic=statistic, covers=covers,
        facts=dict(own), of="contribution" if test.measures == "contribution" else "total",
    )  # fmt: skip
    subject = Subject("s", test.medium, "", facts=own, observations=(observation,))
    country, sector = (str(point.get(name, other)) for name, other in (("country", "XX"), ("sector", "")))
    project = Project(
        id="boundary", name=Text("boundary", "boundary"), country=country, sector=sector, status="operating",
        facts={**own, **plant}, subjects=(subject,),
    )  # fmt: skip
    findings = snapshot(project, selection, day).findings
    found = next((one for one in findings if one.rule == rule.id), None)
    if found is None:
        return "not_applicable"
    return f"{found.status} ({found.cause})" if found.cause is not None else found.status


def _quantity(test: LimitTest, value: Fraction, state: Reference) -> Quantity:
    form = Form(parse_unit(test.unit), reference=state)
    number: Decimal = to_decimal(value)
    return Quantity(number, None, None, None, form.unit, reference=form.reference)
