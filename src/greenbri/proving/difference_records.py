"""A difference as plain records, for programs; numbers are exact decimals where they have one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from fractions import Fraction
from typing import Any

from greenbri.model.assessment import Verdict
from greenbri.model.rule import Pack
from greenbri.proving.difference import PackDifference
from greenbri.proving.difference_change import KINDS, Amount, Change
from greenbri.proving.difference_lights import LightChange
from greenbri.quantity import to_decimal

Record = dict[str, Any]
SCHEMA_VERSION = "1.0"


def difference_record(found: Sequence[PackDifference], lights: Sequence[LightChange] | None) -> Record:
    """The whole of it. `lights` is null where no project was asked about."""
    changes = [change for one in found for change in one.changes]
    return {
        "schema_version": SCHEMA_VERSION,
        "counts": {kind: sum(change.kind == kind for change in changes) for kind in KINDS},
        "packs": [
            {"pack": one.id, "old": _pack(one.old), "new": _pack(one.new), "version_not_raised": one.same_version}
            for one in found
        ],
        "changes": [_change(change) for change in changes],
        "lights": None if lights is None else [_light(one) for one in lights],
    }


def _pack(pack: Pack | None) -> Record | None:
    return None if pack is None else {"id": pack.id, "version": pack.version, "sha256": pack.sha256}


def _change(change: Change) -> Record:
    days = change.days
    return {
        "kind": change.kind,
        "rule": change.rule,
        "pack": change.pack,
        "was": change.was or None,
        "field": change.field or None,
        "old": change.old or None,
        "new": change.new or None,
        "from": days.start.isoformat() if days is not None and days.start is not None else None,
        "to": days.end.isoformat() if days is not None and days.end is not None else None,
        "amount": _amount(change.amount),
        "reason": change.reason or None,
        "missing": list(change.missing),
    }


def _amount(amount: Amount | None) -> Record | None:
    if amount is None:
        return None
    ends = {field.name: getattr(amount, field.name) for field in fields(amount)}
    return {name: _ends(value) if not isinstance(value, str) else value for name, value in ends.items()}


def _ends(value: tuple[Fraction, Fraction] | None) -> Record | None:
    return None if value is None else {"low": to_decimal(value[0]), "high": to_decimal(value[1])}


def _light(one: LightChange) -> Record:
    return {
        "project": one.project,
        "changed": one.changed,
        "old": _verdict(one.old),
        "new": _verdict(one.new),
        "findings": [
            {"rule": item.rule, "subject": item.subject, "old": item.old or None, "new": item.new or None}
            for item in one.statuses
        ],
    }


def _verdict(verdict: Verdict) -> Record:
    score = {"low": to_decimal(verdict.score.low), "high": to_decimal(verdict.score.high)}
    deciding = [{"rule": item.rule, "clause": item.clause, "status": item.status} for item in verdict.deciding]
    return {"light": verdict.light, "prohibited": verdict.prohibited, "score": score, "deciding": deciding}
