"""What the packs say, as records: one for each limit or requirement and each dated segment of its value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from typing_extensions import assert_never

from greenbri.model.condition import Condition, TermIn, all_of
from greenbri.model.rule import (
    AlternativeTest,
    FactDefinition,
    Fixed,
    Interpolated,
    LimitTest,
    LimitValue,
    Mixed,
    NoLimitTest,
    Pack,
    Product,
    ProhibitionTest,
    RequirementTest,
    Rule,
    Segment,
    Validity,
)
from greenbri.proving.conditions import structured
from greenbri.quantity import QuantityError, Reference, parse_unit, to_decimal

Record = dict[str, Any]
_LOWER = frozenset({">=", ">"})


@dataclass(frozen=True)
class Wanted:
    """A choice of records; what is empty or None chooses all.

    A sector chooses rules of its parents and of its children too, and those that name no sector.
    """

    as_of: date | None = None
    jurisdictions: frozenset[str] = frozenset()
    sectors: tuple[str, ...] = ()
    parameters: frozenset[str] = field(default_factory=frozenset)


def records(packs: Iterable[Pack], wanted: Wanted | None = None) -> Iterator[Record]:
    """The records of packs, in the order of their files and tables."""
    from greenbri.rulepack.facts import common_facts

    chosen = wanted if wanted is not None else Wanted()
    for pack in packs:
        if chosen.jurisdictions and pack.jurisdiction not in chosen.jurisdictions:
            continue
        facts = {**common_facts(), **{fact.name: fact for fact in pack.facts}}
        for rule in pack.rules:
            yield from _of_rule(rule, pack, facts, chosen)


def _of_rule(rule: Rule, pack: Pack, facts: Mapping[str, FactDefinition], wanted: Wanted) -> Iterator[Record]:
    test = rule.test
    if isinstance(test, AlternativeTest):
        for member in test.members:
            for record in _of_rule(member, pack, facts, wanted):
                yield {**record, "alternative": rule.id}
        return
    parameter = test.parameter if isinstance(test, (LimitTest, NoLimitTest)) else None
    if wanted.parameters and parameter not in wanted.parameters:
        return
    applies = all_of(pack.scope, rule.applies)
    sectors = sectors_of(applies)
    if not _meets(sectors, wanted.sectors):
        return
    base = _head(rule, pack, parameter, sectors, applies, facts)
    for valid, numbers in _segments(rule):
        if wanted.as_of is not None and not valid.covers(wanted.as_of):
            continue
        yield {**base, **numbers, **_dates(valid), **_source(rule)}


def _head(
    rule: Rule,
    pack: Pack,
    parameter: str | None,
    sectors: tuple[str, ...],
    applies: Condition,
    facts: Mapping[str, FactDefinition],
) -> Record:
    test = rule.test
    return {
        "rule": rule.id,
        "pack": pack.id,
        "jurisdiction": pack.jurisdiction,
        "instrument": pack.instrument.citation,
        "clause": rule.citation.clause,
        "force": pack.force,
        "domain": rule.domain,
        "kind": kind_of(rule),
        "medium": test.medium if isinstance(test, (LimitTest, NoLimitTest, AlternativeTest)) else None,
        "sector": list(sectors),
        "applies": structured(applies, facts),
        "parameter": parameter,
        "names": list(_names(parameter)) if parameter is not None else _titles(rule),
        "title": {"en": rule.title.en, "zh": rule.title.zh} if rule.title is not None else None,
        "alternative": None,
    }


def kind_of(rule: Rule) -> str:
    """The kind of a rule: that of its limit, `requirement` or `prohibition`."""
    test = rule.test
    if isinstance(test, LimitTest):
        return test.kind
    if isinstance(test, NoLimitTest):
        return "limit"
    if isinstance(test, AlternativeTest):
        return kind_of(test.members[0])
    if isinstance(test, RequirementTest):
        return "requirement"
    if isinstance(test, ProhibitionTest):
        return "prohibition"
    assert_never(test)


def sectors_of(condition: Condition) -> tuple[str, ...]:
    """The sectors that a condition admits, as prefixes; empty where it names none."""
    from greenbri.model.condition import AllOf, AnyOf

    if isinstance(condition, TermIn):
        return condition.terms if condition.fact == "sector" and not condition.negated else ()
    if isinstance(condition, AllOf):
        named = [terms for part in condition.parts if (terms := sectors_of(part))]
        return named[-1] if named else ()  # a rule's own sectors stand after those of its pack, and are narrower
    if isinstance(condition, AnyOf):
        branches = [sectors_of(part) for part in condition.parts]
        return tuple(dict.fromkeys(term for terms in branches for term in terms)) if all(branches) else ()
    return ()


def _meets(sectors: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    from greenbri.vocabulary import covers

    if not wanted or not sectors:
        return True
    return any(covers(one, other) or covers(other, one) for one in sectors for other in wanted)


def _segments(rule: Rule) -> Iterator[tuple[Validity, Record]]:
    test = rule.test
    if isinstance(test, LimitTest):
        state = {**_state(test.reference, test.unit), "period": test.period, "statistic": _form(test)}
        for segment in test.segments:
            valid = common_days(rule.valid, segment.valid)
            if valid is None or segment.abolished:
                continue
            yield valid, {"operator": test.operator, **_numbers(segment, test), "unit": test.unit, **state}
        return
    operator = "none" if isinstance(test, NoLimitTest) else None
    empty = dict.fromkeys(("value", "value_min", "computed", "unit", "reference", "period", "statistic"))
    yield rule.valid, {"operator": operator, **empty}


def common_days(one: Validity, other: Validity) -> Validity | None:
    """The days in both, or None where there is no such day."""
    start = max((day for day in (one.start, other.start) if day is not None), default=None)
    end = min((day for day in (one.end, other.end) if day is not None), default=None)
    return None if start is not None and end is not None and end < start else Validity(start, end)


def _numbers(segment: Segment, test: LimitTest) -> Record:
    """Both ends where the law sets both; else its one end is `value`, whichever side it bounds."""
    low, high = segment.low, segment.high
    main, least = (low, None) if test.operator in _LOWER or high is None else (high, low)
    computed = [one for one in (main, least) if one is not None and not isinstance(one, Fixed)]
    return {
        "value": _fixed(main),
        "value_min": _fixed(least),
        "computed": _computed(computed[0]) if computed else None,
    }


def _fixed(end: LimitValue | None) -> object:
    return to_decimal(end.value) if isinstance(end, Fixed) else None


def _computed(value: LimitValue) -> Record | None:
    if isinstance(value, Fixed):
        return None
    if isinstance(value, Interpolated):
        points = [[to_decimal(size), to_decimal(number)] for size, number in value.points]
        return {"by": "interpolation", "fact": value.fact, "points": points, "outside": value.outside}
    if isinstance(value, Product):
        factors: list[Record] = [
            {"fact": one.fact, "over": to_decimal(one.over)} if one.fact else {"coefficient": one.coefficient}
            for one in value.factors
        ]
        return {"by": "product", "base": to_decimal(value.base), "times": factors}
    if isinstance(value, Mixed):
        numbers = [to_decimal(fixed.value) for _, fixed in value.rows]
        return {"by": "mix", "fact": value.fact, "values": numbers}
    assert_never(value)


def _form(test: LimitTest) -> str:
    from greenbri.evaluate.findings import form_text

    return form_text(test.form)


@cache
def _reference(state: str, unit: str) -> Record | None:
    """The state by its parts. What the name of a unit says (ppmvd, dscm) counts as said."""
    try:
        known, moist = Reference.parse(state), parse_unit(unit).moisture
    except QuantityError:
        known, moist = Reference(), None
    moisture = known.moisture if known.moisture is not None else moist
    record = {
        "oxygen_pct": _decimal(known.oxygen_pct),
        "moisture": _decimal(moisture) if isinstance(moisture, Fraction) else moisture,
        "temperature_k": _decimal(known.temperature_k),
        "pressure_kpa": _decimal(known.pressure_kpa),
    }
    further = {
        "excess_air": _decimal(known.excess_air),
        "heating_value": known.heating_value,
        "output": known.output,
    }
    record.update({name: value for name, value in further.items() if value is not None})
    return record if any(value is not None for value in record.values()) else None


def _state(state: str, unit: str) -> Record:
    return {"reference": _reference(state, unit)}


def _decimal(value: Fraction | None) -> Any:
    return None if value is None else to_decimal(value)


def _dates(valid: Validity) -> Record:
    return {
        "valid_from": valid.start.isoformat() if valid.start is not None else None,
        "valid_to": valid.end.isoformat() if valid.end is not None else None,
    }


def _source(rule: Rule) -> Record:
    cited = rule.citation
    return {"status": cited.status, "url": cited.url, "checked": cited.checked, "note": cited.note or None}


@cache
def _names(parameter: str) -> tuple[str, ...]:
    from greenbri.vocabulary import UnknownName
    from greenbri.vocabulary import parameter as known

    try:
        return tuple(dict.fromkeys(known(parameter).names))
    except UnknownName:
        return (parameter,)


def _titles(rule: Rule) -> list[str]:
    return [rule.title.en, rule.title.zh] if rule.title is not None else []
