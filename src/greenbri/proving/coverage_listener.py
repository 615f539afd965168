"""What hears the cases and readings of a pack, and notes which outcomes of which rule they reach."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from greenbri.evaluate.values import segment_on
from greenbri.evaluate.view import View
from greenbri.model.assessment import Snapshot
from greenbri.model.condition import ALWAYS
from greenbri.model.finding import Finding
from greenbri.model.rule import AlternativeTest, LimitTest, NoLimitTest, Pack, Rule, Segment, Validity
from greenbri.proving.coverage_evidence import HeldReading

By = Literal["case", "reading"]
_CLASS = "class."


@dataclass
class Outcomes:
    """The outcomes that a rule, a group or a scheme can have, and which of them were reached by what."""

    rule: str
    pointer: str
    wanted: tuple[str, ...]
    reached: dict[str, set[By]] = field(default_factory=dict)

    def hear(self, outcome: str, by: By) -> None:
        """Note that an outcome was reached."""
        if outcome in self.wanted:
            self.reached.setdefault(outcome, set()).add(by)

    @property
    def missing(self) -> tuple[str, ...]:
        """What was never reached, in the order in which it is wanted."""
        return tuple(one for one in self.wanted if one not in self.reached)

    @property
    def proven(self) -> bool:
        """Whether its value was ever decided on."""
        decided = [one for one in self.wanted if one in ("pass", "fail")] or list(self.wanted)
        return any(one in self.reached for one in decided)


@dataclass
class DateSegment:
    """A limit between two days, and whether a case or a reading lies inside."""

    rule: str
    pointer: str
    valid: Validity
    reached: bool = False


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    reached: int
    total: int

    @property
    def percent(self) -> str:
        """With one decimal, rounded down: 100.0 is all."""
        tenths = 1000 if not self.total else self.reached * 1000 // self.total
        return f"{tenths // 10}.{tenths % 10}"

    def __str__(self) -> str:
        return f"{self.reached}/{self.total} ({self.percent} %)"

    @property
    def exact(self) -> Fraction:
        """The share itself; nothing of nothing is all of it."""
        return Fraction(self.reached, self.total) if self.total else Fraction(1)


class Listener:
    """Hears the findings of cases and the results of readings; a group and its first member may share an id."""

    def __init__(self, pack: Pack) -> None:
        from greenbri.rulepack.facts import common_facts

        self.pack = pack
        self.facts = {**common_facts(), **{fact.name: fact for fact in pack.facts}}
        self.outcomes: dict[tuple[str, bool], Outcomes] = {}
        self.segments: list[DateSegment] = []
        self._limits: list[Rule] = []
        self._groups: dict[str, tuple[str, ...]] = {}
        self._ended: dict[str, list[Validity]] = {}
        for rule in pack.rules:
            members = rule.test.members if isinstance(rule.test, AlternativeTest) else ()
            self._enter(rule, group=bool(members))
            for member in members:
                self._enter(member, group=False)
            if members:
                self._groups[rule.id] = tuple(member.id for member in members)
        for scheme in pack.classifications:
            wanted = dict.fromkeys([*(one.value for one in scheme.rules), scheme.otherwise])
            name = f"{_CLASS}{scheme.scheme}"
            listed = tuple(value for value in wanted if value is not None)
            self.outcomes[name, False] = Outcomes(name, scheme.pointer, listed)
        self._by_rule: dict[str, list[DateSegment]] = {}
        for segment in self.segments:
            self._by_rule.setdefault(segment.rule, []).append(segment)

    def _enter(self, rule: Rule, *, group: bool) -> None:
        wanted: tuple[str, ...] = ("pass", "fail", "unknown", "not_applicable")
        if isinstance(rule.test, NoLimitTest):
            wanted = ("not_applicable",)
        elif rule.applies == ALWAYS and self.pack.scope == ALWAYS:
            wanted = wanted[:3]
        self.outcomes[rule.id, group] = Outcomes(rule.id, rule.pointer, wanted)
        if isinstance(rule.test, (LimitTest, NoLimitTest)):
            self._limits.append(rule)
        if isinstance(rule.test, LimitTest):
            self._ended[rule.id] = [one.valid for one in rule.test.segments if one.abolished]
            self.segments.extend(
                DateSegment(rule.id, rule.pointer, valid)
                for segment in rule.test.segments
                if (valid := _inside(segment, rule)) is not None
            )

    def hear_case(self, found: Snapshot) -> None:
        """What came out on one day of a case."""
        silent = dict.fromkeys(self.outcomes)
        for finding in found.findings:
            self._hear(finding, found.as_of, silent)
            for member in finding.members:
                self._hear(member, found.as_of, silent)
        for key in silent:
            if not key[0].startswith(_CLASS):
                self.outcomes[key].hear("not_applicable", "case")
                self._abolished(key[0], found.as_of)
        for scheme in found.classifications:
            heard = self.outcomes.get((f"{_CLASS}{scheme.scheme}", False))
            if heard is not None and scheme.value is not None:
                heard.hear(scheme.value, "case")

    def _hear(self, finding: Finding, day: date, silent: dict[tuple[str, bool], None]) -> None:
        key = (finding.rule, bool(finding.members))
        heard = self.outcomes.get(key)
        if heard is None:
            return
        silent.pop(key, None)
        if heard.wanted == ("not_applicable",) and not finding.remarks:
            return  # a row that sets no limit was not asked: the project lies outside it
        heard.hear(finding.status, "case")
        if finding.status in ("pass", "fail"):
            self._inside(finding.rule, day)
        elif finding.status == "not_applicable":
            self._abolished(finding.rule, day)

    def hear_reading(self, held: HeldReading) -> None:
        """What a reading that agrees shows of the limits of its parameter."""
        from greenbri.proving.read_value import read_value
        from greenbri.proving.standpoint import applies, standpoint

        read = read_value(held.reading.form)
        matched = set(held.result.rules)
        views: dict[str, View] = {}
        for rule in self._limits:
            test = rule.test
            assert isinstance(test, (LimitTest, NoLimitTest))
            heard = self.outcomes[rule.id, False]
            if rule.id in matched:
                for outcome in ("not_applicable",) if isinstance(test, NoLimitTest) else ("pass", "fail"):
                    heard.hear(outcome, "reading")
                self._inside(rule.id, held.day)
                continue
            medium = held.reading.form.medium or test.medium
            if test.parameter not in read.parameters or medium != test.medium or isinstance(test, NoLimitTest):
                continue
            if not rule.valid.covers(held.day) or segment_on(test, held.day) is None:
                heard.hear("not_applicable", "reading")
                self._abolished(rule.id, held.day)
                continue
            if medium not in views:
                views[medium] = standpoint(held.reading.form.when, self.pack, self.facts, medium, held.day)
            value = applies(views[medium], self.pack.scope, rule.applies).value
            if value is not True:
                heard.hear("unknown" if value is None else "not_applicable", "reading")
        for group, members in self._groups.items():
            # the group only chooses among numbers that were all read
            if all("reading" in self.outcomes[one, False].reached.get("pass", ()) for one in members):
                self.outcomes[group, True].hear("pass", "reading")
                self.outcomes[group, True].hear("fail", "reading")

    def _inside(self, rule: str, day: date) -> None:
        for segment in self._by_rule.get(rule, ()):
            segment.reached = segment.reached or segment.valid.covers(day)

    def _abolished(self, rule: str, day: date) -> None:
        """A segment in which the law ended the value is reached where nothing applies."""
        if any(valid.covers(day) for valid in self._ended.get(rule, ())):
            self._inside(rule, day)

    def tables(self) -> dict[str, Share]:
        """The cells of each table that were decided on; the forms of one cell are one cell."""
        cells: dict[str, dict[str, list[bool]]] = {}
        for rule in self._limits:
            table = rule.id.removeprefix(f"{self.pack.id}/").split(".")[0]
            proven = self.outcomes[rule.id, False].proven
            cells.setdefault(table, {}).setdefault(rule.pointer, []).append(proven)
        return {table: Share(sum(all(forms) for forms in found.values()), len(found)) for table, found in cells.items()}


def _inside(segment: Segment, rule: Rule) -> Validity | None:
    """The part of a segment in which its rule is valid."""
    starts = [day for day in (segment.valid.start, rule.valid.start) if day is not None]
    ends = [day for day in (segment.valid.end, rule.valid.end) if day is not None]
    start, end = max(starts, default=None), min(ends, default=None)
    return None if start is not None and end is not None and start > end else Validity(start, end)
