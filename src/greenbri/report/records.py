"""Parts of an assessment as plain records: what JSON prints, CSV flattens and SARIF attaches.

Numbers are exact decimals, units ASCII; absent is None, never an empty guess.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from greenbri.model.assessment import Assessment, Classified, Deciding, Governing, Milestone, PackUse, Question, Verdict
from greenbri.model.finding import STATUSES, Finding, Measure, Remark
from greenbri.model.rule import Citation, Text
from greenbri.quantity import QuantityError, Reference, Step
from greenbri.report.numerals import exact
from greenbri.report.wording import remark

Record = dict[str, Any]


def text(value: Text) -> Record:
    """A text in both languages."""
    return {"en": value.en, "zh": value.zh}


def number(value: Fraction | Decimal | int | None) -> Decimal | None:
    """A number that JSON prints unrounded."""
    return None if value is None else exact(value)


def day(value: date | None) -> str | None:
    """A date in ISO 8601."""
    return None if value is None else value.isoformat()


def reference(state: str) -> Record | None:
    """A state of reference by its parts, as `rules list` gives it, and as text; None where nothing is stated."""
    if not state:
        return None
    try:
        known = Reference.parse(state)
    except QuantityError:
        known = Reference()
    moisture = known.moisture if isinstance(known.moisture, str) or known.moisture is None else number(known.moisture)
    return {
        "oxygen_pct": number(known.oxygen_pct),
        "excess_air": number(known.excess_air),
        "moisture": moisture,
        "temperature_k": number(known.temperature_k),
        "pressure_kpa": number(known.pressure_kpa),
        "heating_value": known.heating_value,
        "output": known.output,
        "text": state,
    }


def measure(value: Measure | None, *, operator: bool = False) -> Record | None:
    """A number or an interval, with its unit and state; `operator` for limits."""
    if value is None:
        return None
    record: Record = {
        "value": number(value.value),
        "low": number(value.low),
        "high": number(value.high),
        "unit": value.unit,
        "reference": reference(value.reference),
    }
    if operator:
        record["operator"] = value.operator
    return {**record, "text": value.text}


def step(value: Step) -> Record:
    """One operation on the way from the figure as stated to the figure that is compared."""
    return {
        "operation": value.operation,
        "formula": value.formula,
        "inputs": {name: one if isinstance(one, str) else number(one) for name, one in value.inputs.items()},
        "result": number(value.result),
        "unit": getattr(value, "unit", ""),
        "source": value.source,
    }


def citation(value: Citation) -> Record:
    """Where a value or a duty was read."""
    return {
        "instrument": value.instrument,
        "clause": value.clause,
        "url": value.url,
        "status": value.status,
        "checked": value.checked,
        "note": value.note,
    }


def remarks(values: Iterable[Remark]) -> list[Record]:
    """Remarks with their words."""
    return [{"key": one.key, "message": {lang: remark(one, lang) for lang in ("en", "zh")}} for one in values]


def position(assessment: Assessment, pointer: str) -> tuple[int, int] | None:
    """Line and column of a pointer, or of the nearest thing around it that has a place."""
    while pointer:
        found = assessment.positions.get(pointer)
        if found is not None:
            return found
        pointer = pointer.rpartition("/")[0]
    return assessment.positions.get("")


def finding(value: Finding, assessment: Assessment) -> Record:
    """A finding with everything that led to it."""
    place = position(assessment, value.pointer) if value.pointer else None
    return {
        "rule": value.rule,
        "pack": value.pack,
        "jurisdiction": value.jurisdiction,
        "frameworks": list(value.frameworks),
        "force": value.force,
        "binding": value.binding,
        "binds_by": value.binds_by,
        "critical": value.critical,
        "kind": value.kind,
        "domain": value.domain,
        "parameter": value.parameter or None,
        "medium": value.medium or None,
        "subject": value.subject,
        "status": value.status,
        "cause": value.cause,
        "indicative": value.indicative,
        "due": value.due or None,
        "period": value.period,
        "form": value.form or None,
        "observed": measure(value.observed),
        "normalised": measure(value.normalised),
        "limit": measure(value.limit, operator=True),
        "ratio": number(value.ratio),
        "margin": number(value.margin),
        "steps": [step(one) for one in value.steps],
        "assumptions": remarks(value.assumptions),
        "remarks": remarks(value.remarks),
        "missing": [{"path": one.path, "message": text(one.question)} for one in value.missing],
        "evidence": value.evidence or None,
        "waiver": value.waiver or None,
        "citation": citation(value.citation),
        "title": text(value.title) if value.title is not None else None,
        "action": text(value.action) if value.action is not None else None,
        "message": text(value.message),
        "group": value.group or None,
        "members": [finding(one, assessment) for one in value.members],
        "file": assessment.file or None,
        "path": value.pointer or None,
        "line": place[0] if place else None,
        "column": place[1] if place else None,
    }


def deciding(value: Deciding) -> Record:
    """A rule that decides the light."""
    return {
        "rule": value.rule,
        "subject": value.subject,
        "clause": value.clause,
        "instrument": value.instrument,
        "status": value.status,
        "cause": value.cause,
        "message": text(value.message),
    }


def verdict(value: Verdict) -> Record:
    """Light, why, score and the frameworks on their own."""
    return {
        "light": value.light,
        "prohibited": value.prohibited,
        "basis": value.basis,
        "deciding": [deciding(one) for one in value.deciding],
        "score": {"low": number(value.score.low), "high": number(value.score.high)},
        "frameworks": {
            name: {
                "light": one.light,
                "counts": {status: one.counts.get(status, 0) for status in STATUSES},
                "binding": one.binding,
            }
            for name, one in value.frameworks.items()
        },
    }


def governing(value: Governing) -> Record:
    """A limit to design to."""
    return {
        "parameter": value.parameter,
        "medium": value.medium,
        "subject": value.subject,
        "set": value.set,
        "rule": value.rule,
        "limit": measure(value.limit, operator=True),
        "period": value.period,
        "form": value.form or None,
        "losing": list(value.losing),
        "reason": text(value.reason) if value.reason is not None else None,
        "citation": citation(value.citation),
    }


def question(value: Question) -> Record:
    """A missing fact and what it would settle."""
    return {
        "path": value.path,
        "message": text(value.message),
        "settles": value.settles,
        "width": number(value.width),
        "rules": list(value.rules),
    }


def classified(value: Classified) -> Record:
    """A class that a scheme proposes."""
    return {
        "scheme": value.scheme,
        "title": text(value.title),
        "value": value.value,
        "possible": list(value.possible),
        "rule": value.rule,
        "triggers": list(value.triggers),
        "recorded": value.recorded,
        "disagrees": value.disagrees,
        "proposed": value.proposed,
        "citation": citation(value.citation),
    }


def milestone(value: Milestone) -> Record:
    """A permit or requirement with its day."""
    return {
        "rule": value.rule,
        "title": text(value.title),
        "authority": text(value.authority) if value.authority is not None else None,
        "due": value.due,
        "date": day(value.date),
        "days": value.days,
        "days_calendar": value.days_calendar,
        "status": value.status,
        "citation": citation(value.citation),
    }


def pack(value: PackUse) -> Record:
    """A pack of the selection."""
    return {
        "id": value.id,
        "version": value.version,
        "sha256": value.sha256,
        "title": text(value.title),
        "jurisdiction": value.jurisdiction,
        "instrument": value.instrument,
        "force": value.force,
        "binding": value.binding,
        "binds_by": value.binds_by,
        "review": value.review_state,
        "rules": value.rules,
        "gaps": [{"clause": one.clause, "message": text(one.text)} for one in value.gaps],
    }
