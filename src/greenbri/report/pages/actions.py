"""The action plan: what closes each gap, by which standard, who, until when, and how it is known to be closed.

In the form that Equator banks and IFC use. One row stands for one gap, however many standards it fails.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from greenbri import messages
from greenbri.model.assessment import Assessment, Question, Snapshot
from greenbri.model.finding import Finding
from greenbri.model.project import ActionItem, Project
from greenbri.model.rule import Text
from greenbri.report.explanation import measured
from greenbri.report.summary import reduction, title_of
from greenbri.report.wording import both

_MOST_QUESTIONS = 10
_MOST_STANDARDS = 4


@dataclass(frozen=True, slots=True)
class Action:
    """A row of the plan; `cut` is the required reduction in percent."""

    kind: str
    gap: Text
    action: Text
    standards: tuple[str, ...]
    more: int
    owner: Text
    milestone: Text
    indicator: Text
    cut: str = ""
    accepted: str = ""


def plan(assessment: Assessment) -> tuple[Action, ...]:
    """Bans, failed limits, failed duties, what is for judgement, what must be proven, and what must be asked for."""
    snapshot, project = assessment.deciding_snapshot, assessment.project
    relevant = [one for one in snapshot.findings if one.binding or one.force == "guidance"]
    failed = [one for one in relevant if one.status == "fail"]
    return (
        *(_ban(one, project) for one in failed if one.kind == "prohibition"),
        *_limits((one for one in failed if one.parameter), project),
        *(_duty(one, project) for one in failed if not one.parameter and one.kind != "prohibition"),
        *(_judgement(one) for one in relevant if one.cause == "judgement" and one.critical),
        *_proofs(relevant, snapshot, project),
        *(_question(one, snapshot) for one in snapshot.questions[:_MOST_QUESTIONS]),
    )


def _say(key: str, **args: object) -> Text:
    return both(lambda one: messages.text(f"report.action.{key}", one, **args))


def _joined(*texts: Text) -> Text:
    return Text(" ".join(one.en for one in texts if one.en), "".join(one.zh for one in texts if one.zh))


def _cited(findings: Iterable[Finding], most: int = _MOST_STANDARDS) -> tuple[tuple[str, ...], int]:
    cited = dict.fromkeys(
        ", ".join(part for part in (one.citation.instrument, one.citation.clause) if part) for one in findings
    )
    names = tuple(name for name in cited if name)
    return names[:most], max(0, len(names) - most)


def _owner(one: Finding) -> Text:
    if one.kind == "prohibition":
        return _say("owner.parties")
    if one.force == "lender":
        return _say("owner.lender")
    return _say("owner.engineering" if one.parameter else "owner.management")


def _milestone(one: Finding, project: Project, item: ActionItem | None) -> Text:
    if item is not None and item.deadline is not None:
        return _say("milestone.deadline", day=item.deadline.isoformat())
    if one.due:
        return Text(one.due, due_in_chinese(one.due))
    if project.status in ("operating", "mothballed", "retired"):
        return _say("milestone.now")
    if one.force == "lender":
        return _say("milestone.disbursement")
    if project.operation is not None and project.status == "construction":
        return _say("milestone.operation", day=project.operation.isoformat())
    return _say("milestone.close")


def due_in_chinese(due: str) -> str:
    """`before construction (2026-12-01)` and its like in Chinese, as far as the words are known."""
    text = due
    for english, chinese in _DUE:
        text = text.replace(english, chinese)
    if text.startswith("before "):
        text = f"{text[7:].partition(' (')[0]}前" + (f" ({text.partition(' (')[2]}" if " (" in text else "")
    return text


_DUE = (
    (" calendar days after ", "个自然日内，自"),
    (" working days after ", "个工作日内，自"),
    ("first disbursement", "首次放款"),
    ("first_disbursement", "首次放款"),
    ("financial close", "融资关闭"),
    ("construction", "开工"),
    ("operation", "投运"),
    ("approval", "批复"),
    ("filing", "申请"),
    ("close", "融资关闭"),
    ("permit", "许可"),
    ("end", "退役"),
)


def _planned(findings: Iterable[Finding], project: Project) -> ActionItem | None:
    rules = tuple(one.rule for one in findings)
    return next((item for item in project.actions if any(rule.startswith(item.rule) for rule in rules)), None)


def _accepted(item: ActionItem | None) -> str:
    return item.kind if item is not None and (item.accepted or item.contracted) else ""


def _ban(one: Finding, project: Project) -> Action:
    standards, more = _cited([one])
    action = one.action or _say("do.ban")
    return Action(
        "fail", one.message, action, standards, more, _owner(one), _say("milestone.now"), _say("indicator.ban")
    )


def _limits(findings: Iterable[Finding], project: Project) -> Iterator[Action]:
    grouped: dict[tuple[str, str], list[Finding]] = {}
    for one in findings:
        grouped.setdefault((one.subject, one.parameter), []).append(one)
    for (subject, parameter), entries in grouped.items():
        worst = max(entries, key=lambda one: (one.binding, one.ratio or 0))
        limit = (worst.limit.text or measured(worst.limit)) if worst.limit is not None else ""
        value = measured(worst.normalised, worst.limit) if worst.normalised is not None else ""
        item = _planned(entries, project)
        generic = _say("do.limit", parameter=parameter, subject=subject, limit=limit)
        standards, more = _cited(sorted(entries, key=lambda one: (not one.binding, -(one.ratio or 0))))
        yield Action(
            "fail",
            _say("gap.limit", parameter=parameter, subject=subject, value=value, limit=limit),
            _joined(worst.action, generic) if worst.action is not None else generic,
            standards,
            more,
            _owner(worst),
            _milestone(worst, project, item),
            _say("indicator.limit", period=worst.period or "-", limit=limit),
            reduction(worst) or "",
            _accepted(item),
        )


def _duty(one: Finding, project: Project) -> Action:
    item = _planned([one], project)
    title = title_of(one)
    standards, more = _cited([one])
    generic = both(lambda code: messages.text("report.action.do.duty", code, title=title[code]))
    return Action(
        "fail", title, one.action or generic, standards, more, _owner(one), _milestone(one, project, item),
        _say("indicator.duty"), "", _accepted(item),
    )  # fmt: skip


def _judgement(one: Finding) -> Action:
    standards, more = _cited([one])
    return Action(
        "unknown", one.message, one.action or _say("do.judgement"), standards, more, _say("owner.independent"),
        _say("milestone.decision"), _say("indicator.judgement"),
    )  # fmt: skip


def _proofs(findings: Iterable[Finding], snapshot: Snapshot, project: Project) -> Iterator[Action]:
    """Where design values carry the verdict, the tests that prove them: one row for each subject."""
    if snapshot.verdict.basis != "design":
        return
    grouped: dict[str, list[Finding]] = {}
    for one in findings:
        if one.status == "pass" and one.indicative:
            grouped.setdefault(one.subject, []).append(one)
    for subject, entries in grouped.items():
        names = ", ".join(dict.fromkeys(one.parameter for one in entries))
        day = project.operation.isoformat() if project.operation is not None else ""
        standards, more = _cited(entries)
        milestone = _say("milestone.commissioning", day=day) if day else _say("milestone.commissioning_undated")
        yield Action(
            "indicative",
            _say("gap.proof", parameters=names, subject=subject),
            _say("do.proof", parameters=names),
            standards,
            more,
            _say("owner.engineering"),
            milestone,
            _say("indicator.proof"),
        )


def _question(one: Question, snapshot: Snapshot) -> Action:
    touched = [finding for finding in snapshot.findings if finding.rule in one.rules]
    standards, more = _cited(touched, 2)
    return Action(
        "unknown",
        _say("gap.question", count=one.settles),
        one.message,
        standards,
        more,
        _say("owner.data"),
        _say("milestone.decision"),
        _say("indicator.question"),
    )
