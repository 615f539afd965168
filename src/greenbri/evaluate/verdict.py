"""The light: prohibited over red over undetermined over yellow over green, and the rules that decide it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from greenbri.evaluate.score import Weights, score
from greenbri.model.assessment import Deciding, FrameworkResult, Light, Verdict
from greenbri.model.finding import STATUSES, Finding
from greenbri.model.project import Project
from greenbri.model.rule import FRAMEWORKS, Framework


@dataclass(frozen=True, slots=True)
class Decision:
    """A light with the findings that decide it."""

    light: Light
    prohibited: bool
    deciding: tuple[Finding, ...]


def decide(
    findings: Iterable[Finding],
    project: Project,
    day: date,
    *,
    framework: Framework | None = None,
    named_benchmarks: frozenset[str] = frozenset(),
) -> Decision:
    """The overall light, or that of one framework, where its benchmarks count as if they bound."""
    design = not project.operating(day)
    reds: list[Finding] = []
    open_: list[Finding] = []
    yellows: list[Finding] = []
    settled = 0
    for finding in findings:
        if finding.status == "not_applicable" or finding.cause == "not_due":
            continue
        if framework is not None and framework not in finding.frameworks:
            continue
        guidance = finding.force == "guidance"
        weighs = finding.binding or (framework is not None and not guidance)
        named = finding.pack in named_benchmarks and finding.force == "benchmark"
        if not (weighs or guidance or named):
            continue
        if finding.status != "unknown":
            settled += 1
        if guidance or (named and not weighs):
            if finding.status == "fail" or finding.status == "waived":
                yellows.append(finding)
            continue
        _sort(finding, project, day, design, reds, open_, yellows)
    prohibited = tuple(one for one in reds if one.kind == "prohibition")
    if prohibited:
        return Decision("red", True, prohibited)
    if reds:
        return Decision("red", False, tuple(reds))
    if open_ or settled == 0:
        return Decision("undetermined", False, tuple(open_))
    if yellows:
        return Decision("yellow", False, tuple(yellows))
    return Decision("green", False, ())


def _sort(
    finding: Finding,
    project: Project,
    day: date,
    design: bool,
    reds: list[Finding],
    open_: list[Finding],
    yellows: list[Finding],
) -> None:
    if finding.status == "fail":
        if finding.recalled:
            open_.append(finding)
        elif _softened(finding, project, day):
            yellows.append(finding)
        else:
            reds.append(finding)
    elif finding.status == "waived":
        yellows.append(finding)
    elif finding.status == "unknown":
        if finding.critical:
            open_.append(finding)
    elif finding.critical and (finding.recalled or (finding.indicative and not design)):
        open_.append(finding)


def _softened(finding: Finding, project: Project, day: date) -> bool:
    """A lender's gap with an accepted, funded plan in time; before construction a contracted design change."""
    if finding.kind == "prohibition":
        return False
    for action in project.actions:
        if not finding.rule.startswith(action.rule):
            continue
        in_time = action.deadline is not None and action.deadline >= day
        lender = finding.force == "lender" and action.kind == "lender-action-plan" and action.accepted and action.funded
        not_built = project.status in ("proposed", "pre-permit", "permitted")
        change = action.kind == "design-change" and action.contracted and not_built
        if (lender and in_time) or change:
            return True
    return False


def verdict(
    findings: tuple[Finding, ...],
    project: Project,
    day: date,
    weights: Weights,
    *,
    named_benchmarks: frozenset[str] = frozenset(),
) -> Verdict:
    """Light, score interval, basis and the lights of the frameworks."""
    decision = decide(findings, project, day, named_benchmarks=named_benchmarks)
    design = not project.operating(day)
    frameworks: dict[Framework, FrameworkResult] = {}
    for framework in FRAMEWORKS:
        own = [one for one in findings if framework in one.frameworks]
        counts: dict[str, int] = {status: sum(one.status == status for one in own) for status in STATUSES}
        light = decide(own, project, day, framework=framework).light
        frameworks[framework] = FrameworkResult(light, counts, sum(one.binding for one in own))
    return Verdict(
        light=decision.light,
        prohibited=decision.prohibited,
        basis=_basis(findings, design),
        deciding=tuple(_deciding(one) for one in _ordered(decision.deciding)),
        score=score(findings, weights, design_counts=design, prohibited=decision.prohibited),
        frameworks=frameworks,
    )


def _basis(findings: tuple[Finding, ...], design: bool) -> Literal["measured", "design", "none"]:
    relied = [one for one in findings if one.binding and one.status in ("pass", "fail") and one.observed is not None]
    proven = any(not one.indicative for one in relied)
    if design:
        return "design" if any(one.indicative for one in relied) else "measured" if proven else "none"
    return "measured" if proven else "none"


def _deciding(finding: Finding) -> Deciding:
    citation = finding.citation
    return Deciding(
        finding.rule,
        finding.subject,
        citation.clause,
        citation.instrument,
        finding.status,
        finding.cause,
        finding.message,
    )


def _ordered(findings: tuple[Finding, ...]) -> list[Finding]:
    return sorted(findings, key=lambda one: (one.kind != "prohibition", -(one.ratio or 0), one.rule, one.subject))
