"""Everything the templates read, gathered from an assessment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from greenbri.model.assessment import Assessment, Snapshot
from greenbri.model.finding import STATUSES, Finding, Remark
from greenbri.report import summary
from greenbri.report.explanation import measured
from greenbri.report.json import differing
from greenbri.report.numerals import against, points, rounded
from greenbri.report.pages import actions, charts, comparison, crosswalk, method, scope
from greenbri.report.pages.voice import Voice
from greenbri.report.terms import form_name, period_name
from greenbri.report.wording import country_name, decided, heading, medium_name, parameter_name, sector_name, status_key

SECTIONS = ("summary", "scope", "limits", "crosswalk", "requirements", "missing", "permits", "actions", "method")


def context(
    assessment: Assessment,
    lang: str,
    *,
    embedded: Mapping[str, Any] | None = None,
    receipt: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The names that the templates use; `receipt` are further lines of the receipt, such as versions of libraries."""
    snapshot, project, voice = assessment.deciding_snapshot, assessment.project, Voice(lang)
    findings = snapshot.findings
    milestones, changed = snapshot.milestones, _changed(assessment)
    return {
        "voice": voice,
        "t": voice.say,
        "plain": voice.plain,
        "words": voice.words,
        "run": voice.run,
        "quantity": voice.quantity,
        "code": voice.code,
        "remark": voice.remark,
        "sections": SECTIONS,
        "statuses": STATUSES,
        "assessment": assessment,
        "project": project,
        "snapshot": snapshot,
        "verdict": snapshot.verdict,
        "light": "prohibited" if snapshot.verdict.prohibited else snapshot.verdict.light,
        "days": _days(assessment),
        "most": _room(snapshot, voice),
        "why": summary.why(snapshot),
        "change": summary.change(snapshot),
        "figures": summary.figures(snapshot),
        "frameworks": summary.frameworks(snapshot),
        "score_line": charts.score(snapshot.verdict.score),
        "host": country_name(project.country),
        "sector": sector_name(project.sector),
        "cover_facts": scope.cover_facts(project),
        "fact_rows": scope.fact_rows(project),
        "failures": summary.failures(findings),
        "changed": [pair for pair in changed if pair[1].binding or pair[1].force == "guidance"],
        "changed_benchmarks": sum(not (one.binding or one.force == "guidance") for _, one in changed),
        "unsettled": comparison.unsettled(assessment),
        "open_benchmarks": comparison.open_benchmarks(assessment),
        "blanks": comparison.blanks(assessment),
        "unseen": comparison.unseen(assessment),
        "met": comparison.met(assessment),
        "governing": comparison.governing_rows(assessment),
        "crosswalks": crosswalk.crosswalks(assessment),
        "duties": _duties(findings),
        "what_if": _what_if(findings),
        "silent": [one for one in findings if one.cause == "no_rule"],
        "causes": _causes(findings),
        "assumed": _assumed(assessment),
        "data_findings": [(Remark(one.key, one.args), one.pointers) for one in assessment.data_findings],
        "milestones": milestones,
        "timeline": charts.timeline(milestones, assessment.as_of),
        "plan": actions.plan(assessment),
        "packs": method.pack_rows(assessment),
        "calculations": method.calculations(assessment),
        "method_rules": method.RULES,
        "receipt": method.receipt(assessment, embedded, receipt or {}),
        "about": summary.title_of,
        "heading": heading,
        "decided": decided,
        "status_key": status_key,
        "medium_name": medium_name,
        "period_name": period_name,
        "form_name": form_name,
        "parameter_name": parameter_name,
        "country_name": country_name,
        "document_name": scope.document_name,
        "due_zh": actions.due_in_chinese,
        "measured": measured,
        "points": points,
        "rounded": rounded,
        "against": against,
    }


# Columns of text that the first page has room for, a Chinese character being two of them.
_ROOM = 580


def _room(snapshot: Snapshot, voice: Voice) -> int:
    """How many deciding rules fit on the first page: three if they are short, at least one."""
    used = 0
    for number, one in enumerate(snapshot.verdict.deciding[:3]):
        used += len(one.instrument) + len(one.clause) + 20
        used += sum(len(one.message[code]) * (2 if code == "zh" else 1) for code in voice.codes)
        if used > _ROOM:
            return max(1, number)
    return 3 if voice.lang != "both" else 2


def _days(assessment: Assessment) -> list[tuple[str, Snapshot]]:
    days = [("as_of", assessment.now)]
    if assessment.at_operation is not None:
        days.append(("at_operation", assessment.at_operation))
    return days


def _changed(assessment: Assessment) -> list[tuple[Finding | None, Finding]]:
    """What is otherwise at the planned start: the finding today, where there is one, and the finding then."""
    later = assessment.at_operation
    if later is None:
        return []
    now = {(one.rule, one.subject): one for one in assessment.now.findings}
    found = differing(later, assessment.now)
    shown = [one for one in found if one.status != "not_applicable" or (one.rule, one.subject) in now]
    return [(now.get((one.rule, one.subject)), one) for one in shown]


_ORDER = {"fail": 0, "waived": 1, "unknown": 2, "indicative": 3, "not_due": 4, "pass": 5}


def _duties(findings: tuple[Finding, ...]) -> list[Finding]:
    """Requirements and bans that apply and bind or guide; what binds first, the worst first."""
    found = [one for one in _applicable(findings) if one.binding or one.force == "guidance"]
    return sorted(
        found, key=lambda one: (not one.binding, _ORDER[status_key(one)], one.kind != "prohibition", one.rule)
    )


def _what_if(findings: tuple[Finding, ...]) -> list[tuple[str, list[tuple[str, list[Finding]]]]]:
    """Duties of instruments that do not bind this project: by instrument and status, in short."""
    grouped: dict[str, dict[str, list[Finding]]] = {}
    for one in _applicable(findings):
        if not one.binding and one.force != "guidance":
            grouped.setdefault(one.citation.instrument, {}).setdefault(status_key(one), []).append(one)
    return [
        (instrument, sorted(by_status.items(), key=lambda entry: _ORDER[entry[0]]))
        for instrument, by_status in grouped.items()
    ]


def _applicable(findings: tuple[Finding, ...]) -> list[Finding]:
    duties = [one for one in findings if not comparison.is_limit(one) and one.cause != "no_rule"]
    return [one for one in duties if one.status != "not_applicable"]


def _causes(findings: tuple[Finding, ...]) -> list[tuple[str, int, int]]:
    """How many findings are open for each cause, and how many of them bind."""
    counts: dict[str, list[bool]] = {}
    for one in findings:
        if one.status == "unknown" and one.cause is not None:
            counts.setdefault(one.cause, []).append(one.binding)
    return [(cause, len(all_), sum(all_)) for cause, all_ in sorted(counts.items(), key=lambda entry: -len(entry[1]))]


def _assumed(assessment: Assessment) -> list[tuple[Remark, int]]:
    """Assumptions of the run and of its findings, with the number of findings that rest on each."""
    counts: dict[Remark, int] = dict.fromkeys(assessment.assumptions, 0)
    for one in assessment.deciding_snapshot.findings:
        for note in one.assumptions:
            counts[note] = counts.get(note, 0) + 1
    return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0].key, entry[0].args))
