"""A comparison for programs: JSON as design section 6 names it, and CSV."""

from __future__ import annotations

import csv
import io
from typing import Any

from greenbri.compare.comparison import Comparison, Normal, Own, Row
from greenbri.compare.wording import missing_names
from greenbri.report import records
from greenbri.report.numerals import literal

Record = dict[str, Any]
_COLUMNS = (
    "subject", "medium", "parameter", "jurisdiction", "rule", "limit", "period", "form", "normalised", "normalised_low",
    "unit", "reference", "ratio", "margin", "standing", "implied_by", "missing", "conditions", "alternative", "force",
    "instrument", "clause", "status", "url",
)  # fmt: skip


def to_json(comparison: Comparison) -> Record:
    """Rows with exact numbers; `values` are a project's own."""
    return {
        "as_of": comparison.as_of.isoformat(),
        "facts": dict(comparison.facts),
        "rows": [_row(row) for row in comparison.rows],
        "values": [_own(one) for one in comparison.values],
        "assumptions": records.remarks(comparison.assumptions),
        "without_packs": list(comparison.without_packs),
    }


def _row(row: Row) -> Record:
    test = row.test
    return {
        "jurisdiction": row.pack.jurisdiction,
        "rule": row.rule.id,
        "pack": row.pack.id,
        "parameter": row.parameter,
        "medium": row.medium,
        "subject": row.subject or None,
        "force": row.pack.force,
        "kind": test.kind if test is not None else "limit",
        "limit": records.measure(row.limit, operator=True) if test is not None else None,
        "period": test.period if test is not None else None,
        "form": row.form or None,
        "conditions": list(row.conditions),
        "alternative": row.alternative or None,
        "normalised": _normal(row.normal),
        "missing": list(row.missing),
        "missing_message": {lang: missing_names(row.missing, lang) for lang in ("en", "zh")} if row.missing else None,
        "ratio": records.number(row.ratio),
        "margin": records.number(row.margin),
        "standing": row.standing,
        "implied_by": list(row.implied_by),
        "steps": [records.step(step) for step in row.steps],
        "remarks": records.remarks(row.remarks),
        "citation": records.citation(row.rule.citation),
    }


def _own(value: Own) -> Record:
    return {
        "subject": value.column[0],
        "medium": value.column[1],
        "parameter": value.column[2],
        "text": value.text,
        "period": value.period,
        "statistic": value.statistic,
        "normalised": _normal(value.normal),
        "missing": list(value.missing),
        "steps": [records.step(step) for step in value.steps],
        "evidence": value.evidence,
    }


def _normal(value: Normal | None) -> Record | None:
    if value is None:
        return None
    record: Record = {"value": records.number(value.value), "unit": value.unit, "reference": value.reference}
    if value.low is not None and value.high is not None and value.low != value.high:
        record.update(low=records.number(value.low), high=records.number(value.high))
    return record


def to_csv(comparison: Comparison) -> str:
    """One line for each limit; lists are joined with `; `, numbers are exact."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for row in comparison.rows:
        normal, cited = row.normal, row.rule.citation
        two = normal is not None and normal.low is not None and normal.high is not None
        cells = (
            row.subject, row.medium, row.parameter, row.pack.jurisdiction, row.rule.id, row.limit.text,
            (row.test.period or "") if row.test is not None else "", row.form,
            literal(normal.value) if normal is not None else "",
            literal(normal.low) if two and normal is not None and normal.low is not None else "",
            normal.unit if normal is not None else "", normal.reference if normal is not None else "",
            literal(row.ratio) if row.ratio is not None else "",
            literal(row.margin) if row.margin is not None else "",
            row.standing, "; ".join(row.implied_by), "; ".join(row.missing), "; ".join(row.conditions),
            row.alternative, row.pack.force, cited.instrument, cited.clause, cited.status, cited.url,
        )  # fmt: skip
        writer.writerow([_safe(cell) for cell in cells])
    return out.getvalue()


def _safe(text: str) -> str:
    """A spreadsheet would take such a text for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "@") else text
