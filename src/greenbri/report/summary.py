"""What every format says first: why the light is what it is, what would change it, and the figures beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from greenbri import messages
from greenbri.model.assessment import LIGHTS, Assessment, Deciding, Snapshot
from greenbri.model.finding import Finding
from greenbri.model.rule import FRAMEWORKS, Framework, Text
from greenbri.report.numerals import percent
from greenbri.report.wording import both, heading


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over the binding findings of the deciding day; what is not yet due is in none but its own."""

    met: int
    indicative: int
    failed: int
    open: int
    waived: int
    not_due: int
    recalled: int
    secondary: int
    frameworks: int
    frameworks_green: int


def figures(snapshot: Snapshot) -> Figures:
    """The figures of one day. `recalled` and `secondary` count applicable findings by how their value was read."""
    due = [one for one in snapshot.findings if one.status != "not_applicable" and one.cause != "not_due"]
    binding = [one for one in due if one.binding]
    judged = [one for one in snapshot.verdict.frameworks.values() if any(one.counts.values())]
    return Figures(
        met=sum(one.status == "pass" for one in binding),
        indicative=sum(one.status == "pass" and one.indicative for one in binding),
        failed=sum(one.status == "fail" for one in binding),
        open=sum(one.status == "unknown" for one in binding),
        waived=sum(one.status == "waived" for one in binding),
        not_due=sum(one.cause == "not_due" for one in snapshot.findings if one.binding),
        recalled=sum(one.recalled for one in due),
        secondary=sum(one.citation.status == "secondary" for one in due),
        frameworks=len(judged),
        frameworks_green=sum(one.light == "green" for one in judged),
    )


def why(snapshot: Snapshot) -> Text:
    """One sentence: what decides the light."""
    verdict = snapshot.verdict
    decides = verdict.deciding
    if verdict.prohibited and decides:
        return both(lambda one: messages.text("report.why.prohibited", one, first=decides[0].message[one]))
    if decides:
        rules = len({entry.rule for entry in decides})
        return both(
            lambda one: messages.text(
                f"report.why.{verdict.light}", one, count=rules, first=_said(decides[0], one), source=_cited(decides[0])
            )
        )
    key = "report.why.nothing" if verdict.light == "undetermined" else "report.why.green"
    return both(lambda one: messages.text(key, one))


def change(snapshot: Snapshot) -> Text:
    """One sentence: what would change the light."""
    verdict = snapshot.verdict
    if verdict.prohibited:
        return both(lambda one: messages.text("report.change.prohibited", one))
    if verdict.light == "red":
        cut = _largest_cut(snapshot)
        rules = len({entry.rule for entry in verdict.deciding})
        if cut is None:
            return both(lambda one: messages.text("report.change.red", one, count=rules))
        return both(
            lambda one: messages.text(
                "report.change.red_reduction", one, count=rules, parameter=cut.parameter, subject=cut.subject,
                share=reduction(cut),
            )
        )  # fmt: skip
    if verdict.light == "undetermined" and snapshot.questions:
        first = snapshot.questions[0]
        return both(
            lambda one: messages.text(
                "report.change.undetermined", one, count=len(snapshot.questions), first=first.message[one]
            )
        )
    return both(lambda one: messages.text(f"report.change.{verdict.light}", one))


def reduction(finding: Finding) -> str | None:
    """By how many percent the figure must fall to meet an upper limit; None where that says nothing."""
    limit = finding.limit
    if finding.ratio is None or finding.ratio <= 1 or limit is None or limit.operator not in ("<=", "<", ""):
        return None
    return percent(1 - 1 / finding.ratio) if finding.kind != "removal" else None


def failures(findings: Iterable[Finding]) -> list[Finding]:
    """What fails: prohibitions, then what binds, then guidance, then benchmarks; the worst first."""
    return sorted((one for one in findings if one.status == "fail"), key=_weight)


def unknowns(findings: Iterable[Finding]) -> list[Finding]:
    """What is open and due: the critical and the binding first."""
    return sorted((one for one in findings if one.status == "unknown" and one.cause != "not_due"), key=_weight)


def frameworks(snapshot: Snapshot) -> list[Framework]:
    """The frameworks of a verdict in their fixed order."""
    return [name for name in FRAMEWORKS if name in snapshot.verdict.frameworks]


def light_rank(snapshot: Snapshot) -> int:
    """How bad the light is, the worst being 0."""
    return -1 if snapshot.verdict.prohibited else LIGHTS.index(snapshot.verdict.light)


def differs(assessment: Assessment) -> bool:
    """Whether the two days have two lights."""
    later = assessment.at_operation
    return later is not None and light_rank(later) != light_rank(assessment.now)


def _weight(one: Finding) -> tuple[object, ...]:
    force = 0 if one.binding else 1 if one.force == "guidance" else 2
    return one.kind != "prohibition", force, not one.critical, -(one.ratio or 0), one.rule, one.subject


def _largest_cut(snapshot: Snapshot) -> Finding | None:
    keys = {(one.rule, one.subject) for one in snapshot.verdict.deciding}
    found = [one for one in snapshot.findings if (one.rule, one.subject) in keys and reduction(one) is not None]
    return max(found, key=lambda one: one.ratio or 0, default=None)


def _said(entry: Deciding, one: str) -> str:
    return entry.message[one].rstrip(".。")


def _cited(entry: Deciding) -> str:
    return ", ".join(part for part in (entry.instrument, entry.clause) if part)


def title_of(finding: Finding) -> Text:
    """What a finding is about with its place: `SO2, stack-1` or the title of the duty."""
    about = heading(finding)
    if finding.parameter and finding.subject != "project":
        return Text(f"{about.en}, {finding.subject}", f"{about.zh}，{finding.subject}")
    return about
