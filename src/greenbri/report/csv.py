"""CSV, a row for each finding; text that a spreadsheet would run as a formula is made harmless."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any

from greenbri.model.assessment import Assessment
from greenbri.report import records
from greenbri.report.diagnostics.printable import one_line
from greenbri.report.numerals import literal

# What begins a formula, also in full width; a tab or a return before it does not help.
_FORMULA = re.compile("^[\\s\u0000]*[=+\\-@\uff1d\uff0b\uff0d\uff20\u2212]|^[\t\r]")

_MEASURES = (("observed", "text value low high unit reference"), ("normalised", "value low high unit reference"),
             ("limit", "text operator value low high unit reference"))  # fmt: skip
_FIELDS = (
    "rule", "pack", "jurisdiction", "frameworks", "force", "binding", "binds_by", "critical", "kind", "domain",
    "parameter", "medium", "subject", "status", "cause", "indicative", "due", "period", "form",
)  # fmt: skip
_AFTER = ("ratio", "margin", "evidence", "waiver")
_CITATION = ("instrument", "clause", "url", "status")
_PLACE = ("file", "path", "line")

COLUMNS = (
    "project", "as_of", "findings_as_of", "light", *_FIELDS,
    *(f"{name}_{part}" for name, parts in _MEASURES for part in parts.split()), *_AFTER,
    *(f"citation_{name}" for name in _CITATION), "message_en", "message_zh", *_PLACE,
)  # fmt: skip


def render(assessments: Sequence[Assessment], lang: str = "en") -> str:
    """A heading row and the findings of every project on the day that decides; messages in both languages."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for assessment in assessments:
        for row in _rows(assessment):
            writer.writerow([_cell(value) for value in row])
    return file.getvalue()


def _rows(assessment: Assessment) -> Iterator[list[Any]]:
    snapshot = assessment.deciding_snapshot
    head = [assessment.project.id, assessment.as_of.isoformat(), snapshot.as_of.isoformat(), snapshot.verdict.light]
    for one in snapshot.findings:
        record = records.finding(one, assessment)
        row = [*head, *(record[name] for name in _FIELDS)]
        for name, parts in _MEASURES:
            measure = record[name] or {}
            state = measure.get("reference") or {}
            row.extend(state.get("text") if part == "reference" else measure.get(part) for part in parts.split())
        row.extend(record[name] for name in _AFTER)
        row.extend(record["citation"][name] for name in _CITATION)
        row.extend((record["message"]["en"], record["message"]["zh"], *(record[name] for name in _PLACE)))
        yield row


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, Decimal)):
        return literal(value)
    text = one_line(" ".join(value) if isinstance(value, list) else value)
    return f"'{text}" if _FORMULA.match(str(value)) or _FORMULA.match(text) else text
