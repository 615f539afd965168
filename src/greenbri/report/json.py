"""JSON, the contract with other programs: `schemas/assessment.schema.json`, additive within a major version."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from json.encoder import encode_basestring
from typing import Any

from greenbri.model.assessment import Assessment, Snapshot
from greenbri.model.finding import Finding, Remark
from greenbri.report import records
from greenbri.report.numerals import literal

SCHEMA_VERSION = "1.0"


def to_json(assessment: Assessment, embedded: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The assessment as a document of plain values; numbers are `Decimal`, for `dumps` to print unrounded.

    `verdict` is the worse of the two days, and findings, governing limits, questions and classifications are those of
    the day that decides, `findings_as_of`. `now` and `at_operation` hold the verdict of each day with the findings
    that differ between them. `embedded` (project, packs, profile, waivers, receipt) is added as it is.
    """
    deciding, later = assessment.deciding_snapshot, assessment.at_operation
    project = assessment.project
    document: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "project": {
            "id": project.id,
            "name": records.text(project.name),
            "country": project.country,
            "sector": project.sector,
            "status": project.status,
            "operation": records.day(project.operation),
        },
        "as_of": assessment.as_of.isoformat(),
        "findings_as_of": deciding.as_of.isoformat(),
        "now": _differing(assessment, assessment.now, later),
        "at_operation": _differing(assessment, later, assessment.now) if later is not None else None,
        "packs": [records.pack(one) for one in assessment.packs],
        "verdict": records.verdict(assessment.verdict),
        "findings": [records.finding(one, assessment) for one in deciding.findings],
        "governing": [records.governing(one) for one in deciding.governing],
        "questions": [records.question(one) for one in deciding.questions],
        "classifications": [records.classified(one) for one in deciding.classifications],
        "milestones": [records.milestone(one) for one in deciding.milestones],
        "data_findings": [
            {**records.remarks([Remark(one.key, one.args)])[0], "paths": list(one.pointers)}
            for one in assessment.data_findings
        ],
        "assumptions": records.remarks(assessment.assumptions),
    }
    if embedded is not None:
        document["embedded"] = dict(embedded)
    return document


def differing(snapshot: Snapshot, other: Snapshot) -> tuple[Finding, ...]:
    """The findings of `snapshot` that `other` lacks, or has with another outcome or another limit."""
    known = {(one.rule, one.subject): _outcome(one) for one in other.findings}
    return tuple(one for one in snapshot.findings if known.get((one.rule, one.subject)) != _outcome(one))


def dumps(document: object) -> str:
    """The document as text, indented by two, in the order of its keys; decimals print all their digits."""
    parts: list[str] = []
    _put(document, "\n", parts.append)
    return "".join(parts) + "\n"


def render(
    assessments: Sequence[Assessment], lang: str = "en", *, embedded: Mapping[str, Mapping[str, Any]] | None = None
) -> str:
    """One document, or an array for several projects. `embedded` is by project id; every text is in both languages."""
    documents = [to_json(one, (embedded or {}).get(one.project.id)) for one in assessments]
    return dumps(documents[0] if len(documents) == 1 else documents)


def _differing(assessment: Assessment, snapshot: Snapshot, other: Snapshot | None) -> dict[str, Any]:
    changed = differing(snapshot, other) if other is not None else ()
    return {
        "as_of": snapshot.as_of.isoformat(),
        "verdict": records.verdict(snapshot.verdict),
        "findings": [records.finding(one, assessment) for one in changed],
    }


def _outcome(finding: Finding) -> tuple[object, ...]:
    return finding.status, finding.cause, finding.limit, finding.normalised, finding.indicative


def _put(value: object, indent: str, append: Callable[[str], None]) -> None:
    """An encoder of its own, because the standard one cannot print a number that is not a float or an int."""
    if isinstance(value, str):
        append(encode_basestring(value))
    elif value is None or isinstance(value, bool):
        append({None: "null", True: "true", False: "false"}[value])
    elif isinstance(value, (int, Decimal, Fraction)):
        append(literal(value))
    elif isinstance(value, float):
        append(repr(value))
    elif isinstance(value, Mapping):
        _put_entries("{}", [(f"{encode_basestring(str(name))}: ", one) for name, one in value.items()], indent, append)
    elif isinstance(value, Sequence):
        _put_entries("[]", [("", one) for one in value], indent, append)
    else:
        raise TypeError(f"not a value of JSON: {type(value).__name__}")


def _put_entries(
    brackets: str, entries: Sequence[tuple[str, object]], indent: str, append: Callable[[str], None]
) -> None:
    if not entries:
        append(brackets)
        return
    inner, mark = indent + "  ", brackets[0]
    for label, entry in entries:
        append(f"{mark}{inner}{label}")
        _put(entry, inner, append)
        mark = ","
    append(indent + brackets[1])
