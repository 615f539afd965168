"""For a slip that nobody noticed, the line that would notice it.

A line is only given once it was tried: it must hold against the pack and fail on the slip. It repeats what the pack
says, so it proves nothing until somebody has looked the number up in the source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from greenbri.evaluate.assess import snapshot
from greenbri.evaluate.values import limit_on, segment_on
from greenbri.model.condition import ALWAYS, Condition, NumberIn, all_of
from greenbri.model.finding import Finding
from greenbri.model.rule import (
    Interpolated,
    LimitTest,
    NoLimitTest,
    Pack,
    Product,
    Rule,
)
from greenbri.proving.case_run import Prepared, day_of, run, selection_of
from greenbri.proving.conditions import number
from greenbri.proving.mutation_form import Mutant, mutated
from greenbri.proving.mutation_lines import case_id, case_of, flow, reading_line, reading_of
from greenbri.proving.mutation_points import Point, apart, points, written
from greenbri.proving.mutation_projects import Projects
from greenbri.proving.mutation_trial import Trial, about, table_of
from greenbri.proving.read_value import read_value
from greenbri.proving.reading_file import Reading
from greenbri.proving.reading_run import run_reading

_TRIES = 16


class Remedies:
    """Finds lines for the survivors of one pack; a line that was found once is tried on the next survivors first."""

    def __init__(self, trial: Trial) -> None:
        self.pack = trial.pack
        self._day = day_of(trial.pack)
        self.projects = Projects(trial.pack, trial.facts, self._day)
        self.facts = self.projects.facts
        self.limits = trial.limits
        self._rules: dict[str, Rule] = {one.id: one for one in trial.pack.rules}
        self._rules.update(trial.limits)
        self._lines: dict[str, list[str]] = {}
        self._packs: dict[frozenset[str], Pack] = {}
        self._subsets: dict[frozenset[str], tuple[Rule, ...]] = {}
        self._read: dict[str, Prepared] = {}

    def line(self, mutant: Mutant) -> str:
        """The line that would notice a slip; empty where none was found."""
        known = self._lines.setdefault(mutant.rule, [])
        for line in known:
            if self._notices(line, mutant):
                return line
        for line in islice(self._candidates(mutant), _TRIES):
            if self._notices(line, mutant):
                known.append(line)
                return line
        return ""

    def _notices(self, line: str, mutant: Mutant) -> bool:
        """Whether a line holds against the pack and fails on the slip."""
        try:
            if line.startswith("- {id:"):
                prepared = self._read_case(line)
                near = self._near(mutant)
                return run(prepared, near).passed and not self._passes(prepared, near, mutant)
            reading = reading_of(line)
            day = reading.day or self._day
            same = replace(self.pack, rules=self._about(reading))
            return (
                run_reading(reading, same, day).passed and not run_reading(reading, mutated(same, mutant), day).passed
            )
        except Exception:  # a line that cannot be read or run is no remedy
            return False

    def _passes(self, prepared: Prepared, near: Pack, mutant: Mutant) -> bool:
        try:
            return run(prepared, mutated(near, mutant)).passed
        except Exception:  # a pack that the evaluator stumbles over is noticed
            return False

    def _near(self, mutant: Mutant) -> Pack:
        """The pack with the tables only in which the slip is: the others say the same before and after."""
        if mutant.schemes or mutant.scope is not None:
            return self.pack
        return self._tables(frozenset(table_of(name) for name in islice(mutant.ids, 50)))

    def _tables(self, tables: frozenset[str]) -> Pack:
        found = self._packs.get(tables)
        if found is None:
            rules = tuple(rule for rule in self.pack.rules if table_of(rule.id) in tables)
            found = self._packs[tables] = replace(self.pack, rules=rules)
        return found

    def _about(self, reading: Reading) -> tuple[Rule, ...]:
        wanted = read_value(reading.form).parameters
        if wanted not in self._subsets:
            self._subsets[wanted] = tuple(about(wanted, self.pack))
        return self._subsets[wanted]

    def _read_case(self, line: str) -> Prepared:
        if line not in self._read:
            self._read[line] = case_of(line, self.pack)
        return self._read[line]

    def _candidates(self, mutant: Mutant) -> Iterator[str]:
        if mutant.schemes:
            yield from self._class_lines(mutant)
        for rule, point in self._places(mutant):
            for day in self._days(mutant, rule):
                found = self._reading(rule, point, day)
                if found:
                    yield found
                yield from self._cases(rule, point, day)

    def _places(self, mutant: Mutant) -> Iterator[tuple[Rule, Point]]:
        """Rules and points at which a slip may show."""
        for name in islice(mutant.ids, 3):
            old = self._rules.get(name)
            if old is None:
                continue
            new = mutant.rules.get(name, old)
            scope = mutant.scope if mutant.scope is not None else self.pack.scope
            known = _known(old, self.pack)
            before, after = all_of(self.pack.scope, old.applies, known), all_of(scope, new.applies, known)
            if before != after:
                context = ALWAYS if mutant.scope is not None else self.pack.scope
                for point, first in islice(apart(before, after, context, self.facts), 3):
                    if not first:
                        yield from ((other, point) for other in islice(self._others(old, point, mutant), 1))
                    yield old, point
                continue
            for table, rows in mutant.coefficients.items():
                for was, now in zip(self.pack.coefficients[table], rows, strict=True):
                    if was.applies != now.applies:
                        shown = apart(was.applies, now.applies, all_of(self.pack.scope, old.applies), self.facts)
                        yield from ((old, point) for point, _ in islice(shown, 4))
                    elif was != now:
                        context = all_of(self.pack.scope, old.applies, was.applies)
                        yield from ((old, point) for point in points(context, self.facts))
            for point in points(before, self.facts):
                yield old, point

    def _others(self, rule: Rule, point: Point, mutant: Mutant) -> Iterator[Rule]:
        """Limits of the same parameter that do apply where a slip puts one more."""
        test = rule.test
        if not isinstance(test, (LimitTest, NoLimitTest)):
            return
        view = self.projects.view(point, test.medium, self._day)
        for other in self.limits.values():
            same = isinstance(other.test, LimitTest) and other.test.parameter == test.parameter
            if same and other.id not in mutant.rules and view is not None and view.holds(other.applies).value is True:
                yield other

    def _days(self, mutant: Mutant, rule: Rule) -> tuple[date, ...]:
        if mutant.days:
            return mutant.days
        starts = [rule.valid.start]
        if isinstance(rule.test, LimitTest):
            starts.extend(one.valid.start for one in rule.test.segments if not one.abolished)
        listed = [self._day, *sorted({day for day in starts if day is not None}), rule.valid.end]
        return tuple(day for day in listed if day is not None and rule.valid.covers(day))[:2] or (self._day,)

    def _reading(self, rule: Rule, point: Point, day: date) -> str:
        test = rule.test
        segment = segment_on(test, day) if isinstance(test, LimitTest) and rule.valid.covers(day) else None
        if segment is None or not isinstance(test, LimitTest):
            return ""
        view = self.projects.view(point, test.medium, day)
        if view is None:
            return ""
        limit = limit_on(segment, view, self.pack.coefficients)
        if limit.missing or (limit.low, limit.high) == (None, None):
            return ""
        return reading_line(rule, limit, written(point, self.facts), day)

    def _cases(self, rule: Rule, point: Point, day: date) -> Iterator[str]:
        for project in self.projects.of(rule, point, day):
            short = rule.id.removeprefix(f"{self.pack.id}/")
            entry: dict[str, Any] = {
                "id": case_id(short, project, day),
                "as_of": day.isoformat(),
                "project": project,
                "expect": [],
            }
            try:
                prepared = case_of("- " + flow(entry), self.pack)
            except Exception:  # a point that no project file can state
                continue
            near = self._tables(frozenset({table_of(rule.id)}))
            found = snapshot(prepared.project, selection_of(near), day)
            finding = next((one for one in found.findings if one.rule == rule.id), None) or next(
                (member for one in found.findings for member in one.members if member.rule == rule.id), None
            )
            entry["expect"] = [{"rule": short, **_expected(finding)}]
            yield "- " + flow(entry)

    def _class_lines(self, mutant: Mutant) -> Iterator[str]:
        for name, new in mutant.schemes.items():
            old = next(one for one in self.pack.classifications if one.id == name)
            pairs: list[tuple[Condition, Condition, Condition]] = [(old.applies, new.applies, ALWAYS)]
            pairs.extend((a.when, b.when, old.applies) for a, b in zip(old.rules, new.rules, strict=True))
            for before, after, context in pairs:
                if before == after:
                    continue
                for point, _ in islice(apart(before, after, all_of(self.pack.scope, context), self.facts), 6):
                    yield from self._class_case(old.scheme, point, mutant.days)
            if mutant.days:
                yield from self._class_case(old.scheme, next(points(self.pack.scope, self.facts), {}), mutant.days)

    def _class_case(self, scheme: str, point: Point, days: tuple[date, ...]) -> Iterator[str]:
        day = days[0] if days else self._day
        project = self.projects.at(written(point, self.facts))
        entry: dict[str, Any] = {
            "id": case_id(f"{scheme}-class", project, day),
            "as_of": day.isoformat(),
            "project": project,
            "expect": [],
        }
        try:
            prepared = case_of("- " + flow(entry), self.pack)
        except Exception:  # a point that no project file can state
            return
        found = snapshot(prepared.project, selection_of(self.pack), day)
        value = next((one.value for one in found.classifications if one.scheme == scheme), None)
        entry["expect"] = [{"class": scheme, "value": value}]
        yield "- " + flow(entry)


def _known(rule: Rule, pack: Pack) -> Condition:
    """What must be stated for a computed limit to have a number."""
    parts: list[Condition] = []
    for segment in rule.test.segments if isinstance(rule.test, LimitTest) else ():
        for end in (segment.low, segment.high):
            if isinstance(end, Interpolated):
                parts.append(NumberIn(end.fact, end.points[0][0], end.points[-1][0]))
            for factor in end.factors if isinstance(end, Product) else ():
                if factor.fact:
                    parts.append(NumberIn(factor.fact, factor.over, factor.over, True, True))
                elif pack.coefficients.get(factor.coefficient):
                    parts.append(pack.coefficients[factor.coefficient][0].applies)
    return all_of(*dict.fromkeys(parts))


def _expected(finding: Finding | None) -> Mapping[str, Any]:
    if finding is None:
        return {"status": "not_applicable"}
    expected: dict[str, Any] = {"status": finding.status}
    if finding.cause is not None:
        expected["cause"] = finding.cause
    if finding.limit is not None and finding.limit.value is not None:
        expected["value"] = number(finding.limit.value)
    return expected
