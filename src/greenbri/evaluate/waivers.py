"""Waivers: only the owner of a rule grants one, in writing, for a scope, up to a cap and a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from greenbri.evaluate.normalise import context_for, target_form
from greenbri.model.finding import Finding, Remark
from greenbri.model.project import Subject, Waiver
from greenbri.model.rule import LimitTest, Rule
from greenbri.quantity import Incomparable, QuantityError, conversion

_OWNERS = {"law": "authority", "treaty": "authority", "supervisory": "supervisor", "lender": "lender",
           "commitment": "counterparty", "guidance": "issuer"}  # fmt: skip


def apply_waiver(
    finding: Finding, rule: Rule | None, subject: Subject | None, waivers: tuple[Waiver, ...], day: date
) -> Finding:
    """The finding as waived where a valid waiver covers it; a faulty one leaves the failure and says why."""
    if finding.status != "fail":
        return finding
    for waiver in waivers:
        if waiver.rule != finding.rule:
            continue
        reason = _fault(finding, rule, subject, waiver, day)
        label = (("document", waiver.document), ("until", str(waiver.expires or "")))
        if reason is None:
            return replace(
                finding,
                status="waived",
                waiver=waiver.document,
                remarks=(*finding.remarks, Remark("findings.waived", label)),
            )
        return replace(finding, remarks=(*finding.remarks, Remark(reason, label)))
    return finding


def _fault(finding: Finding, rule: Rule | None, subject: Subject | None, waiver: Waiver, day: date) -> str | None:
    if finding.kind == "prohibition":
        return "findings.waiver_prohibition"
    if not waiver.document or waiver.expires is None or waiver.date is None:
        return "findings.waiver_malformed"
    if waiver.granted_by != _OWNERS.get(finding.force):
        return "findings.waiver_not_owner"
    if not waiver.date <= day <= waiver.expires:
        return "findings.waiver_expired"
    if waiver.scope and waiver.scope not in (finding.subject, "project"):
        return "findings.waiver_scope"
    if waiver.cap is not None and not _under_cap(finding, rule, subject, waiver):
        return "findings.waiver_cap"
    return None


def _under_cap(finding: Finding, rule: Rule | None, subject: Subject | None, waiver: Waiver) -> bool:
    """Whether the value stays within the cap, both in the limit's own state; what cannot be compared is not covered."""
    cap = waiver.cap
    measured = finding.normalised
    if (
        cap is None
        or cap.value is None
        or measured is None
        or measured.value is None
        or rule is None
        or subject is None
    ):
        return False
    if not isinstance(rule.test, LimitTest):
        return False
    test = rule.test
    try:
        plan = conversion(cap, target_form(test), context_for(None, subject, test))
    except (Incomparable, QuantityError):
        return False
    limit = plan.apply(Fraction(cap.value))
    return measured.value >= limit if test.operator in (">=", ">") else measured.value <= limit
