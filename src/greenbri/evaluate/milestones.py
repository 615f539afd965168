"""The dated permit timeline: every requirement with a due date, the earliest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from greenbri.evaluate.calendar import due_on
from greenbri.model.assessment import Milestone
from greenbri.model.finding import Finding
from greenbri.model.project import Project
from greenbri.model.rule import RequirementTest, Rule, Text


def milestones(findings: Iterable[Finding], rules: Mapping[str, Rule], project: Project) -> tuple[Milestone, ...]:
    """Requirements that apply, in the order of their days; those without a day come last."""
    made: list[Milestone] = []
    for finding in findings:
        rule = rules.get(finding.rule)
        if rule is None or not isinstance(rule.test, RequirementTest) or finding.status == "not_applicable":
            continue
        if not (finding.binding or finding.force == "guidance") or rule.test.due is None:
            continue
        test = rule.test
        made.append(
            Milestone(
                rule=rule.id,
                title=rule.title or Text(rule.id, rule.id),
                authority=test.authority,
                due=finding.due,
                date=due_on(test.due, project) if test.due is not None else None,
                days=test.days,
                days_calendar=test.days_calendar,
                status=finding.cause or finding.status,
                citation=rule.citation,
            )
        )
    return tuple(sorted(made, key=lambda one: (one.date is None, one.date or date.max, one.rule)))
