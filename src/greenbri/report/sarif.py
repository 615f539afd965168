"""SARIF 2.1.0 of findings, for code-scanning services and editors: what fails is an error at its place in the file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from greenbri import __version__
from greenbri.model.assessment import Assessment
from greenbri.model.finding import Finding
from greenbri.report.diagnostics.printable import one_line
from greenbri.report.records import position
from greenbri.report.wording import heading, pick

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(assessments: Sequence[Assessment], lang: str = "en") -> str:
    """One run for each project, so that the rules of one project do not describe another's."""
    runs = [_run(one, lang) for one in assessments]
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": runs}, ensure_ascii=False, indent=2) + "\n"


def _run(assessment: Assessment, lang: str) -> dict[str, Any]:
    snapshot = assessment.deciding_snapshot
    first: dict[str, Finding] = {}
    for one in snapshot.findings:
        first.setdefault(one.rule, one)
    ordinals = {rule: number for number, rule in enumerate(first)}
    verdict = snapshot.verdict
    return {
        "tool": {
            "driver": {
                "name": "greenbri",
                "version": __version__,
                "semanticVersion": __version__,
                "language": "zh-CN" if lang == "zh" else "en-US",
                "rules": [_rule(one, lang) for one in first.values()],
            }
        },
        "automationDetails": {"id": f"greenbri/{assessment.project.id}/"},
        "columnKind": "unicodeCodePoints",
        "properties": {
            "project": assessment.project.id,
            "as_of": assessment.as_of.isoformat(),
            "findings_as_of": snapshot.as_of.isoformat(),
            "light": verdict.light,
            "prohibited": verdict.prohibited,
        },
        "results": [_result(one, ordinals[one.rule], assessment, lang) for one in snapshot.findings],
    }


def _rule(one: Finding, lang: str) -> dict[str, Any]:
    cite = one.citation
    source = ", ".join(part for part in (cite.instrument, cite.clause) if part)
    rule: dict[str, Any] = {
        "id": one.rule,
        "shortDescription": {"text": one_line(pick(heading(one), lang))},
        "fullDescription": {"text": one_line(source or pick(heading(one), lang))},
        "defaultConfiguration": {"level": "error" if one.binding else "warning" if one.force == "guidance" else "note"},
        "properties": {
            "pack": one.pack,
            "jurisdiction": one.jurisdiction,
            "force": one.force,
            "binding": one.binding,
            "critical": one.critical,
            "kind": one.kind,
            "clause": cite.clause,
            "source": cite.status,
            "tags": [one.domain, *one.frameworks],
        },
    }
    if cite.url.startswith(("http://", "https://")):
        rule["helpUri"] = cite.url
    return rule


def _grade(one: Finding) -> dict[str, Any]:
    """Level and kind: a failure is an error where the rule binds, a warning for guidance, a note for a benchmark."""
    if one.status == "fail":
        return {"level": "error" if one.binding else "warning" if one.force == "guidance" else "note"}
    if one.status == "waived":
        waived = {"kind": "external", "status": "accepted", "justification": one_line(one.waiver)}
        return {"level": "error", "suppressions": [waived]}
    if one.status == "unknown" and one.cause != "not_due":
        return {"level": "warning" if one.critical else "note"}
    kinds = {"pass": "pass", "not_applicable": "notApplicable", "unknown": "informational"}
    return {"level": "none", "kind": kinds[one.status]}


def _result(one: Finding, ordinal: int, assessment: Assessment, lang: str) -> dict[str, Any]:
    facts = (assessment.project.id, one.rule, one.subject)
    return {
        "ruleId": one.rule,
        "ruleIndex": ordinal,
        **_grade(one),
        "message": {"text": one_line(pick(one.message, lang))},
        "locations": [_location(one, assessment)],
        # The finding stays the same finding when lines move or figures change.
        "partialFingerprints": {"greenbri/v1": hashlib.sha256("\0".join(facts).encode()).hexdigest()[:32]},
        "properties": {"status": one.status, "cause": one.cause, "subject": one.subject, "indicative": one.indicative},
    }


def _location(one: Finding, assessment: Assessment) -> dict[str, Any]:
    logical = {"fullyQualifiedName": one_line(one.pointer or one.subject)}
    if not assessment.file:
        return {"logicalLocations": [logical]}
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(assessment.file)}}
    place = position(assessment, one.pointer)
    if place is not None:
        physical["region"] = {"startLine": place[0], "startColumn": place[1]}
    return {"physicalLocation": physical, "logicalLocations": [logical]}


def _uri(file: str) -> str:
    path = quote(file.removeprefix("./"), safe="/", errors="surrogateescape")
    return f"file://{path}" if path.startswith("/") else path
