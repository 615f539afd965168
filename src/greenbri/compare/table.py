"""From packs to rows: which limits apply, what they say on the day, how they stand to each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from greenbri.compare.common_form import Wanted, bring, bring_value, form_of_column
from greenbri.compare.comparison import Comparison, Own, Row
from greenbri.compare.point import USUAL, Point, open_parts, supposed
from greenbri.evaluate.binding import bind
from greenbri.evaluate.findings import form_text
from greenbri.evaluate.limits import evidence_text, limit_measure
from greenbri.evaluate.stringency import implies
from greenbri.evaluate.values import limit_on, segment_on
from greenbri.evaluate.view import View
from greenbri.model.condition import ALWAYS, AllOf, Condition, all_of
from greenbri.model.finding import Measure
from greenbri.model.project import Observation, Project, Subject
from greenbri.model.rule import AlternativeTest, LimitTest, NoLimitTest, Pack, Rule
from greenbri.quantity import Form

_NO_RATIO = frozenset({"dB", "dB(A)", "dB(C)", "pH", "C", "K", "F"})
_LOOSER_FIRST = Fraction(10**30)


def compare(point: Point, packs: Iterable[Pack], *, without_packs: tuple[str, ...] = ()) -> Comparison:
    """The limits that may hold at a point of the law, each as printed and in the common form."""
    rows: list[Row] = []
    subjects: dict[str, Subject] = {}
    for pack in packs:
        for rule, alternative in _limits(pack, point.as_of):
            test = rule.test
            assert isinstance(test, (LimitTest, NoLimitTest))
            if test.parameter not in (point.parameters or (test.parameter,)):
                continue
            if test.medium not in (point.media or (test.medium,)):
                continue
            view = point.view(pack, test.medium)
            row = _row(rule, pack, alternative, view, point.as_of, point.narrowed)
            if row is not None:
                rows.append(replace(row, subject=""))
                assert view.subject is not None
                subjects[test.medium] = view.subject
    made = _finished(rows, lambda row: subjects[row.medium], point.wanted)
    return Comparison(point.as_of, made, (), point.listed(), point.assumptions, without_packs)


def compare_project(
    project: Project,
    packs: Sequence[Pack],
    day: date,
    *,
    parameters: Sequence[str] = (),
    media: Sequence[str] = (),
    wanted: Wanted | None = None,
) -> Comparison:
    """The limits that may hold for the sources of a project, and its own values in the same form.

    Without `parameters`, those are compared that the project has values for.
    """
    from greenbri.evaluate.commitments import commitments_pack
    from greenbri.evaluate.context import PROJECT_MEDIA
    from greenbri.evaluate.surroundings import degraded

    own = commitments_pack(project)
    packs = (*packs, own) if own is not None else tuple(packs)
    bindings = {pack.id: bind(pack, project, day) for pack in packs}
    project = degraded(project, packs, bindings, day)
    rows: list[Row] = []
    subjects = {one.id: one for one in project.subjects}
    for pack in packs:
        binding = bindings[pack.id]
        if not binding.applies:
            continue
        abroad = binding.force == "benchmark" or binding.by in ("instrument", "profile")
        assumed = {**USUAL, **(supposed(pack) if abroad else {})}
        for rule, alternative in _limits(pack, day):
            test = rule.test
            assert isinstance(test, (LimitTest, NoLimitTest))
            for subject in project.subjects:
                same = subject.medium == test.medium or {subject.medium, test.medium} <= PROJECT_MEDIA
                if not same or test.medium not in (media or (test.medium,)):
                    continue
                asked = parameters or [one.parameter for one in subject.observations]
                if test.parameter not in asked:
                    continue
                row = _row(rule, pack, alternative, View(project, subject, None, assumed), day)
                if row is not None:
                    rows.append(row)
    made = _finished(rows, lambda row: subjects[row.subject], wanted or Wanted())
    values = tuple(_values(made, subjects, wanted or Wanted()))
    facts = (("project", project.id), ("country", project.country), ("sector", project.sector))
    return Comparison(day, made, values, facts)


def _limits(pack: Pack, day: date) -> Iterator[tuple[Rule, str]]:
    """Every limit of a pack that is in force, with the group of alternatives that it belongs to."""
    for rule in pack.rules:
        test = rule.test
        if not rule.valid.covers(day):
            continue
        if isinstance(test, AlternativeTest):
            for member in test.members:
                if isinstance(member.test, LimitTest):
                    yield replace(member, applies=all_of(rule.applies, member.applies)), rule.id
        elif isinstance(test, (LimitTest, NoLimitTest)):
            yield rule, ""


def _row(
    rule: Rule,
    pack: Pack,
    alternative: str,
    view: View,
    day: date,
    narrowed: Callable[[Condition], Condition] = lambda condition: condition,
) -> Row | None:
    """The row of a limit, or None where the facts rule it out or it says nothing on the day."""
    applies = narrowed(all_of(pack.scope, rule.applies))
    if view.holds(applies).value is False:
        return None
    remaining = open_parts(applies, view)
    assert view.subject is not None
    test = rule.test
    base = Row(
        pack=pack,
        rule=rule,
        parameter=rule.test.parameter if isinstance(rule.test, (LimitTest, NoLimitTest)) else "",
        medium=view.subject.medium,
        subject=view.subject.id,
        limit=Measure("", text="none"),
        form="",
        test=None,
        remaining=remaining,
        conditions=_words(remaining, pack),
        alternative=alternative,
        standing="none",
    )
    if not isinstance(test, LimitTest):
        return base
    segment = segment_on(test, day)
    if segment is None:
        return None
    ends = limit_on(segment, view, pack.coefficients)
    measure = limit_measure(test, ends)
    if ends.low is None and ends.high is None:
        if not ends.missing:
            return None  # outside the sizes that the law sets the limit for
        measure = replace(measure, text=_formula(rule, pack, day))
    return replace(
        base, limit=measure, form=form_text(test.form), test=test, missing=ends.missing, steps=ends.steps,
        standing="binding",
    )  # fmt: skip


def _words(condition: Condition, pack: Pack) -> tuple[str, ...]:
    """The parts of a condition that must all hold, in the notation of the packs."""
    from greenbri.proving.conditions import worded
    from greenbri.rulepack.facts import common_facts

    if condition == ALWAYS:
        return ()
    facts = {**common_facts(), **{fact.name: fact for fact in pack.facts}}
    parts = condition.parts if isinstance(condition, AllOf) else (condition,)
    return tuple(dict.fromkeys(worded(part, facts) for part in parts))


def _formula(rule: Rule, pack: Pack, day: date) -> str:
    """How a limit is computed, where the facts do not say enough to compute it."""
    from greenbri.proving import Wanted as Records
    from greenbri.proving import records
    from greenbri.proving.listing_text import limit

    for record in records((replace(pack, rules=(rule,)),), Records(as_of=day)):
        return limit(record)
    return "?"


def _finished(rows: list[Row], subject: Callable[[Row], Subject], wanted: Wanted) -> tuple[Row, ...]:
    """The rows of each column in its form, ranked, from strict to loose."""
    columns: dict[tuple[str, str, str, str], list[Row]] = {}
    for row in rows:
        columns.setdefault(row.column, []).append(row)
    made: list[Row] = []
    for _, members in sorted(columns.items(), key=lambda one: _place(one[0])):
        tests = [row.test for row in members if row.test is not None]
        target = form_of_column(tests, wanted)
        brought = [_brought(row, target, subject(row), wanted) for row in members]
        made.extend(sorted(_ranked(_with_ratios(brought)), key=_order))
    return tuple(made)


def _place(column: tuple[str, str, str, str]) -> tuple[str, bool, str, str, str]:
    """Releases come before surroundings."""
    subject, medium, parameter, bounds = column
    return subject, medium not in ("stack", "effluent"), medium, parameter, bounds


def _brought(row: Row, target: Form | None, subject: Subject, wanted: Wanted) -> Row:
    test, limit = row.test, row.limit
    if test is None or target is None or row.missing:
        return row
    low, high = limit.low, limit.high
    if limit.value is not None:
        low, high = (limit.value, None) if test.operator in (">=", ">") else (None, limit.value)
    found = bring(low, high, test, target, subject, wanted, cited=row.rule.citation)
    return replace(
        row, normal=found.normal, missing=found.missing, steps=(*row.steps, *found.steps), remarks=found.remarks
    )


def _with_ratios(rows: list[Row]) -> list[Row]:
    """How many times looser each limit is than the strictest number of its column."""
    known = [row for row in rows if row.normal is not None and row.test is not None and row.test.operator != "range"]
    if not known:
        return rows
    first = known[0].column[3]
    removal, least = first.startswith("removal"), first.startswith("least")
    numbers = [row.normal.value for row in known if row.normal is not None]
    best = max(numbers) if removal or least else min(numbers)
    made: list[Row] = []
    for row in rows:
        if row.normal is None or row.test is None or row.test.operator == "range":
            made.append(row)
            continue
        value = row.normal.value
        if row.normal.unit in _NO_RATIO:
            made.append(replace(row, margin=abs(value - best)))
            continue
        above, below = (100 - value, 100 - best) if removal else (best, value) if least else (value, best)
        made.append(replace(row, ratio=above / below if below > 0 else None))
    return made


def _ranked(rows: list[Row]) -> list[Row]:
    """Each row with the limits that imply it. One that may not apply, or need not be met, implies nothing."""
    made: list[Row] = []
    for row in rows:
        over = [other for other in rows if other is not row and _implied(other, row)]
        # of two equal limits the first by name stands for both
        over = [other for other in over if not (_implied(row, other) and row.rule.id < other.rule.id)]
        names = tuple(other.rule.id for other in over)
        made.append(replace(row, implied_by=names, standing="looser" if names else row.standing))
    return made


def _implied(one: Row, other: Row) -> bool:
    if one.test is None or other.test is None or one.normal is None or other.normal is None:
        return False
    if not one.decided or one.alternative:
        return False
    bound = other.normal.low if other.test.operator == "band" and other.normal.low is not None else other.normal.value
    return implies(one.test, one.normal.value, other.test, bound)


def _order(row: Row) -> tuple[bool, Fraction, str, str]:
    loose = row.ratio if row.ratio is not None else row.margin if row.margin is not None else _LOOSER_FIRST
    return row.normal is None, loose, row.pack.jurisdiction, row.rule.id


def _values(rows: Sequence[Row], subjects: dict[str, Subject], wanted: Wanted) -> Iterator[Own]:
    """Every figure of the project once for each column that it can be laid beside."""
    columns: dict[tuple[str, str, str, str], list[LimitTest]] = {}
    for row in rows:
        if row.test is not None:
            columns.setdefault(row.column, []).append(row.test)
    for column, tests in columns.items():
        name, _, parameter, _ = column
        target = form_of_column(tests, wanted)
        assert target is not None
        subject = subjects[name]
        for one in subject.observations:
            if one.parameter != parameter or one.superseded_by or not _belongs(one, tests[0]):
                continue
            found = bring_value(one, tests[0], target, subject, wanted)
            yield Own(
                column, one.text, one.period, one.statistic, found.normal, found.missing, found.steps,
                evidence_text(one),
            )  # fmt: skip


def _belongs(observation: Observation, test: LimitTest) -> bool:
    """A removal rate is laid beside removal rates only, a contribution beside limits of contributions."""
    rate = str(observation.quantity.unit) == "%"
    return (rate == (test.unit == "%")) and observation.of == test.measures
