"""The days on which anything a verdict rests on can change: dates of law, of papers and of the project itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from greenbri.evaluate.assess import Selection
from greenbri.evaluate.calendar import due_on, years_after
from greenbri.evaluate.commitments import commitments_pack
from greenbri.model.project import Project
from greenbri.model.rule import AlternativeTest, LimitTest, Pack, RequirementTest, Rule, Validity

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a day may change a verdict: a key of the catalogue, what it is about, and the rule it concerns, if one."""

    key: str
    name: str
    rule: str = ""


def turning_days(
    project: Project, selection: Selection, after: date, until: date
) -> tuple[tuple[date, tuple[Reason, ...]], ...]:
    """Every such day behind `after` and up to `until`, in order, with its reasons."""
    own = commitments_pack(project)
    packs = (*selection.packs, own) if own is not None else selection.packs
    found: dict[date, list[Reason]] = {}
    for day, reason in (*_of_packs(packs, project, selection), *_of_project(project)):
        if after < day <= until and reason not in found.setdefault(day, []):
            found[day].append(reason)
    return tuple((day, tuple(found[day])) for day in sorted(found) if found[day])


def _of_packs(packs: Iterable[Pack], project: Project, selection: Selection) -> Iterator[tuple[date, Reason]]:
    from greenbri.vocabulary import is_group, membership

    for pack in packs:
        for rule in pack.rules:
            yield from _of_rule(rule, project, selection.max_age_days)
        for scheme in pack.classifications:
            yield from _span(scheme.valid, f"{pack.id}/{scheme.id}", "")
        group = pack.binds.of or pack.jurisdiction
        if is_group(group):
            for _, first, last in membership(group).periods:
                yield from _span(Validity(first, last), group, "", "membership", "membership")


def _of_rule(rule: Rule, project: Project, max_age: int | None) -> Iterator[tuple[date, Reason]]:
    yield from _span(rule.valid, _cited(rule), rule.id)
    test = rule.test
    if isinstance(test, AlternativeTest):
        for member in test.members:
            yield from ((day, Reason(one.key, one.name, rule.id)) for day, one in _of_rule(member, project, max_age))
    elif isinstance(test, LimitTest):
        for segment in test.segments:
            yield from _span(segment.valid, _cited(rule), rule.id)
        ages = [age for age in (max_age, test.max_age_days) if age is not None]
        if ages:
            yield from _stale(test, rule.id, project, min(ages))
    elif isinstance(test, RequirementTest):
        yield from _of_requirement(rule, test, project)


def _of_requirement(rule: Rule, test: RequirementTest, project: Project) -> Iterator[tuple[date, Reason]]:
    title = rule.title.en if rule.title is not None else rule.id
    day = due_on(test.due, project) if test.due is not None else None
    if day is not None:
        yield day, Reason("due", title, rule.id)
    if test.valid_years is None:
        return
    for document in project.documents:
        if document.date is not None:
            lapse = years_after(document.date, test.valid_years) + _DAY
            yield lapse, Reason("lapses", document.title or document.type, rule.id)


def _stale(test: LimitTest, rule: str, project: Project, age: int) -> Iterator[tuple[date, Reason]]:
    for subject in project.subjects:
        for one in subject.observations:
            taken = one.covers.end or one.evidence.date
            if taken is not None:
                yield taken + timedelta(days=age + 1), Reason("stale", f"{one.parameter} {one.text}", rule)


def _of_project(project: Project) -> Iterator[tuple[date, Reason]]:
    for document in project.documents:
        name = document.title or document.type
        if document.date is not None:
            yield document.date, Reason("document", name)
        if document.valid_until is not None:
            yield from _following(document.valid_until, Reason("expires", name))
    for waiver in project.waivers:
        name = waiver.document or waiver.rule
        if waiver.date is not None:
            yield waiver.date, Reason("waiver", name, waiver.rule)
        if waiver.expires is not None:
            yield from _following(waiver.expires, Reason("expires", name, waiver.rule))
    for action in project.actions:
        if action.deadline is not None:
            yield from _following(action.deadline, Reason("action", action.rule))
    if project.operation is not None:
        yield project.operation, Reason("milestone", "operation")
    for fact_name, fact in project.facts.items():
        if isinstance(fact.value, date):
            yield fact.value, Reason("milestone", fact_name.removeprefix("dates."))


def _span(
    valid: Validity, name: str, rule: str, begins: str = "begins", ends: str = "ends"
) -> Iterator[tuple[date, Reason]]:
    if valid.start is not None:
        yield valid.start, Reason(begins, name, rule)
    if valid.end is not None:
        yield from _following(valid.end, Reason(ends, name, rule))


def _following(last: date, reason: Reason) -> Iterator[tuple[date, Reason]]:
    """The day after a last day; there is none after the end of the calendar."""
    if last < date.max:
        yield last + _DAY, reason


def _cited(rule: Rule) -> str:
    cited = rule.citation
    return f"{cited.instrument}, {cited.clause}" if cited.clause else cited.instrument
