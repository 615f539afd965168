"""What changes for a project between two days: every outcome, when, and because of which clause.

The project is judged on the first day and on every day on which something it rests on can change; in between nothing
does. What is published today is all that is known of the law to come.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from greenbri.compare.turning import Reason, turning_days
from greenbri.evaluate.assess import Selection, snapshot
from greenbri.model.assessment import Snapshot, Verdict
from greenbri.model.finding import Finding
from greenbri.model.project import Project

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """An outcome before and after a day; None where the rule says nothing then. `gap` is value to limit afterwards."""

    day: date
    rule: str
    subject: str
    parameter: str
    before: Finding | None
    after: Finding | None
    reasons: tuple[Reason, ...]

    @property
    def shown(self) -> Finding:
        """The finding that says what the rule is: the later one, where there is one."""
        found = self.after if self.after is not None else self.before
        assert found is not None
        return found

    @property
    def gap(self) -> Fraction | None:
        """How many times the limit the project's value is afterwards, above 1 where it is to be closed."""
        return self.after.ratio if self.after is not None and self.after.status != "not_applicable" else None


@dataclass(frozen=True, slots=True)
class Horizon:
    """The changes in the order of their days; `lights` are the verdicts on the first day and wherever they change."""

    project: Project
    as_of: date
    until: date
    days: tuple[date, ...]
    changes: tuple[Change, ...]
    lights: tuple[tuple[date, Verdict], ...]


def horizon(project: Project, selection: Selection, as_of: date, until: date) -> Horizon:
    """The changes behind `as_of` up to and on `until`, of rules that bind and of guidance."""
    first = snapshot(project, selection, as_of)
    known = _outcomes(first)
    lights: list[tuple[date, Verdict]] = [(as_of, first.verdict)]
    changes: list[Change] = []
    days: list[date] = [as_of]
    for day, reasons in turning_days(project, selection, as_of, until):
        now = snapshot(project, selection, day)
        days.append(day)
        found = _outcomes(now)
        changes.extend(_changes(known, found, day, reasons))
        if _light(now.verdict) != _light(lights[-1][1]):
            lights.append((day, now.verdict))
        known = found
    return Horizon(project, as_of, until, tuple(days), tuple(changes), tuple(lights))


def _light(verdict: Verdict) -> tuple[str, bool]:
    return verdict.light, verdict.prohibited


def _outcomes(found: Snapshot) -> dict[_Key, Finding]:
    return {(one.rule, one.subject): one for one in found.findings if one.binding or one.force == "guidance"}


def _changes(
    before: Mapping[_Key, Finding], after: Mapping[_Key, Finding], day: date, reasons: Iterable[Reason]
) -> Iterable[Change]:
    given = tuple(reasons)
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        if _outcome(old) == _outcome(new):
            continue
        rule, subject = key
        own = tuple(one for one in given if one.rule == rule)
        general = tuple(one for one in given if not one.rule)
        shown = new if new is not None else old
        assert shown is not None
        yield Change(day, rule, subject, shown.parameter, old, new, own or general or given)


def _outcome(finding: Finding | None) -> tuple[object, ...] | None:
    """What counts as a change; a rule that does not apply says no more than one that is not there."""
    if finding is None or finding.status == "not_applicable":
        return None
    limit = finding.limit
    number = (limit.value, limit.low, limit.high, limit.unit, limit.reference) if limit is not None else None
    return finding.status, finding.cause, finding.indicative, finding.binding, number
