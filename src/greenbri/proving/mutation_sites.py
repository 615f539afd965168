"""All slips of a pack, in the order of its file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from greenbri.model.condition import ALWAYS, Condition, all_of
from greenbri.model.rule import (
    Classification,
    DocumentNeed,
    FactNeed,
    LimitTest,
    Need,
    NeedGroup,
    Pack,
    Product,
    ProhibitionTest,
    RequirementTest,
    Rule,
    Segment,
    Validity,
)
from greenbri.proving.conditions import number
from greenbri.proving.mutation_conditions import Facts, altered, exchanged, parts_of, same_reach, told
from greenbri.proving.mutation_form import Kind, Mutant, last_place
from greenbri.proving.mutation_limits import limit_slips
from greenbri.proving.mutation_tables import Table, tables_of
from greenbri.proving.reading_run import limits_of
from greenbri.rulepack.facts import common_facts
from greenbri.sources import Document
from greenbri.sources.pointers import pointer

_DAY = timedelta(days=1)


def slips(pack: Pack, document: Document) -> Iterator[Mutant]:
    """Every slip that is tried. What no project can tell from the law is left out: it is no slip."""
    facts = {**common_facts(), **{fact.name: fact for fact in pack.facts}}
    tables = tables_of(pack, document)
    for table in tables:
        yield from limit_slips(table)
        yield from _table_conditions(table, pack, facts)
        yield from _dated(table)
    yield from _coefficients(pack, facts)
    for rule in pack.rules:
        if isinstance(rule.test, (RequirementTest, ProhibitionTest)):
            yield from _duty(rule, pack, facts)
    for scheme in pack.classifications:
        yield from _scheme(scheme, pack, facts)
    yield from _scope(pack, facts)
    yield from _in_force(pack, document, tables)


def _table_conditions(table: Table, pack: Pack, facts: Facts) -> Iterator[Mutant]:
    for place, part, rules, of_row in table.conditions(facts):
        for kind, was, now in altered(part):
            changed: dict[str, Rule] = {}
            made: dict[int, Condition | None] = {}  # the limits of a row share one condition, and go on sharing it
            for rule in rules:
                if id(rule.applies) not in made:
                    new = exchanged(rule.applies, was, now, last=of_row)
                    made[id(rule.applies)] = None if new is None or same_reach(rule.applies, new, pack, facts) else new
                applies = made[id(rule.applies)]
                if applies is not None:
                    changed[rule.id] = replace(rule, applies=applies)
            if changed:
                yield Mutant(kind, place, next(iter(changed)), *told(was, now, facts), changed)


def _dated(table: Table) -> Iterator[Mutant]:
    """A step from one dated value to the next, a day late or early."""
    for cell in table.cells:
        test = cell.rule.test
        if not isinstance(test, LimitTest) or len(test.segments) < 2:
            continue
        for place in range(1, len(test.segments)):
            before, after = test.segments[place - 1], test.segments[place]
            day = after.valid.start
            if day is None:
                continue
            for step in (_DAY, -_DAY):
                parts = list(test.segments)
                parts[place - 1] = replace(before, valid=Validity(before.valid.start, day + step - _DAY))
                parts[place] = replace(after, valid=Validity(day + step, after.valid.end))
                rule = replace(cell.rule, test=replace(test, segments=tuple(parts)))
                yield Mutant(
                    "day", rule.pointer, rule.id, str(day), str(day + step), {rule.id: rule}, days=_shown(day, step)
                )


def _shown(day: date, step: timedelta) -> tuple[date, ...]:
    """The one day on which a shift shows."""
    return (day,) if step > timedelta(0) else (day - _DAY,)


def _in_force(pack: Pack, document: Document, tables: Iterable[Table]) -> Iterator[Mutant]:
    """The first day of the instrument, a table or a row, a day late or early."""
    found: dict[str, tuple[dict[str, Rule], dict[str, Classification]]] = {}
    for table in tables:
        for cell in table.cells:
            found.setdefault(table.start_place(cell), ({}, {}))[0][cell.rule.id] = cell.rule
    for rule in pack.rules:
        if isinstance(rule.test, (RequirementTest, ProhibitionTest)):
            found.setdefault(_own_start(rule.pointer, document), ({}, {}))[0][rule.id] = rule
    for scheme in pack.classifications:
        found.setdefault(_own_start(scheme.pointer, document), ({}, {}))[1][scheme.id] = scheme
    for place, (rules, schemes) in found.items():
        starts = [*(one.valid.start for one in rules.values()), *(one.valid.start for one in schemes.values())]
        day = next((start for start in starts if start is not None), None)
        if day is None:
            continue
        for step in (_DAY, -_DAY):
            moved = {name: _moved(one, day, step) for name, one in rules.items() if one.valid.start == day}
            others = {
                name: replace(one, valid=_shifted(one.valid, day, step))
                for name, one in schemes.items()
                if one.valid.start == day
            }
            first = next(iter((*moved, *others)))
            yield Mutant("day", place, first, str(day), str(day + step), moved, schemes=others, days=_shown(day, step))


def _own_start(place: str, document: Document) -> str:
    _, section, item = place.split("/")
    valid = document.data[section][int(item)].get("valid") or {}
    return pointer((section, item, "valid", "from")) if valid.get("from") is not None else "/instrument/in_force"


def _shifted(valid: Validity, day: date, step: timedelta) -> Validity:
    return Validity(day + step, valid.end) if valid.start == day else valid


def _moved(rule: Rule, day: date, step: timedelta) -> Rule:
    moved = replace(rule, valid=_shifted(rule.valid, day, step))
    if not isinstance(rule.test, LimitTest):
        return moved
    parts = tuple(Segment(_shifted(one.valid, day, step), one.low, one.high) for one in rule.test.segments)
    return replace(moved, test=replace(rule.test, segments=parts))


def _coefficients(pack: Pack, facts: Facts) -> Iterator[Mutant]:
    for table, (name, rows) in enumerate(pack.coefficients.items()):
        using = tuple(rule.id for rule in limits_of(pack) if _uses(rule, name))
        if not using:
            continue
        for place, row in enumerate(rows):
            at = pointer(("coefficients", table, "rows", place))
            for kind, value in (("digit", row.value + last_place(row.value)), ("x10", row.value * 10)):
                changed = (*rows[:place], replace(row, value=value), *rows[place + 1 :])
                words = (number(row.value), number(value))
                yield Mutant(
                    "digit" if kind == "digit" else "x10", at, using[0], *words, coefficients={name: changed},
                    touched=using,
                )  # fmt: skip
            for part in parts_of(row.applies):
                for slip, was, now in altered(part):
                    applies = exchanged(row.applies, was, now)
                    assert applies is not None
                    changed = (*rows[:place], replace(row, applies=applies), *rows[place + 1 :])
                    yield Mutant(
                        slip, at, using[0], *told(was, now, facts), coefficients={name: changed}, touched=using
                    )


def _uses(rule: Rule, name: str) -> bool:
    segments = rule.test.segments if isinstance(rule.test, LimitTest) else ()
    ends = [end for one in segments for end in (one.low, one.high) if isinstance(end, Product)]
    return any(part.coefficient == name for end in ends for part in end.factors)


def _duty(rule: Rule, pack: Pack, facts: Facts) -> Iterator[Mutant]:
    for applies, kind, was, now in _within(rule.applies):
        if not same_reach(rule.applies, applies, pack, facts):
            changed = replace(rule, applies=applies)
            yield Mutant(kind, f"{rule.pointer}/applies", rule.id, *told(was, now, facts), {rule.id: changed})
    test = rule.test
    if isinstance(test, ProhibitionTest):
        lesser = {"unless": replace(test, unless=None), "judgement_when": replace(test, judgement=None)}
        for name, part in (("unless", test.unless), ("judgement_when", test.judgement)):
            if part is not None:
                changed = replace(rule, test=lesser[name])
                words = told(part, ALWAYS, facts)
                yield Mutant("exception", f"{rule.pointer}/{name}", rule.id, *words, {rule.id: changed})
        for when, kind, was, now in _within(test.when):
            changed = replace(rule, test=replace(test, when=when))
            yield Mutant(kind, f"{rule.pointer}/prohibited_when", rule.id, *told(was, now, facts), {rule.id: changed})
    elif isinstance(test, RequirementTest):
        for need, kind_of_need, was_text, now_text in _needs(test.need):
            changed = replace(rule, test=replace(test, need=need))
            yield Mutant(
                "or" if kind_of_need == "or" else "condition", f"{rule.pointer}/needs", rule.id, was_text, now_text,
                {rule.id: changed},
            )  # fmt: skip


def _within(condition: Condition) -> Iterator[tuple[Condition, Kind, Condition, Condition]]:
    for part in parts_of(condition):
        for kind, was, now in altered(part):
            changed = exchanged(condition, was, now)
            assert changed is not None
            yield changed, kind, was, now


def _needs(need: Need) -> Iterator[tuple[Need, str, str, str]]:
    """AND for OR in a group of needs, and each of its parts forgotten."""
    if not isinstance(need, NeedGroup) or len(need.parts) < 2:
        return
    other = "any" if need.mode == "all" else "all"
    yield NeedGroup("any" if need.mode == "all" else "all", need.parts), "or", need.mode, other
    for place, part in enumerate(need.parts):
        rest = (*need.parts[:place], *need.parts[place + 1 :])
        yield NeedGroup(need.mode, rest), "condition", _name(part), ""


def _name(need: Need) -> str:
    if isinstance(need, DocumentNeed):
        return need.document
    if isinstance(need, FactNeed):
        from greenbri.proving.conditions import worded

        return worded(need.condition, common_facts())
    return need.mode


def _scheme(scheme: Classification, pack: Pack, facts: Facts) -> Iterator[Mutant]:
    def one(change: Classification, place: str, kind: Kind, was: Condition, now: Condition) -> Mutant:
        return Mutant(kind, place, scheme.id, *told(was, now, facts), schemes={scheme.id: change})

    for applies, kind, was, now in _within(scheme.applies):
        if not same_reach(scheme.applies, applies, pack, facts):
            yield one(replace(scheme, applies=applies), f"{scheme.pointer}/applies", kind, was, now)
    for place, rule in enumerate(scheme.rules):
        for when, kind, was, now in _within(rule.when):
            if same_reach(all_of(scheme.applies, rule.when), all_of(scheme.applies, when), pack, facts):
                continue
            rules = (*scheme.rules[:place], replace(rule, when=when), *scheme.rules[place + 1 :])
            yield one(replace(scheme, rules=rules), f"{scheme.pointer}/rules/{place}", kind, was, now)


def _scope(pack: Pack, facts: Facts) -> Iterator[Mutant]:
    everything = tuple(rule.id for rule in pack.rules)
    first = next(iter((*everything, *(one.id for one in pack.classifications))), pack.id)
    for scope, kind, was, now in _within(pack.scope):
        if not same_reach(ALWAYS, scope, replace(pack, scope=ALWAYS), facts) or scope == ALWAYS:
            yield Mutant(kind, "/scope", first, *told(was, now, facts), touched=everything, scope=scope)
