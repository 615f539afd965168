"""Requirements and prohibitions."""

from __future__ import annotations

from datetime import date

from typing_extensions import assert_never

from greenbri.evaluate.calendar import due_on, is_due, milestone, years_after
from greenbri.evaluate.judged import Judged, Want
from greenbri.evaluate.truth import Truth
from greenbri.evaluate.view import View
from greenbri.model.condition import Condition
from greenbri.model.finding import Remark
from greenbri.model.project import Document, Project
from greenbri.model.rule import DocumentNeed, Due, FactNeed, Need, NeedGroup, ProhibitionTest, RequirementTest

_IN_FORCE = frozenset({"issued", "approved", "final", "valid", "disclosed", "signed", "implemented"})
_NOT_THERE = frozenset({"absent", "refused", "revoked", "missing"})


def judge_requirement(test: RequirementTest, applies: Condition, view: View, day: date) -> Judged:
    """Met, not met, not yet due, or unknown for want of a document or a fact."""
    truth = view.holds(applies)
    if truth.value is False:
        return Judged("not_applicable")
    project = view.project
    met = _need(test.need, view, day, test)
    due = _due_text(test.due, project)
    judged = Judged(
        "unknown", due=due, pointer=met.pointer, remarks=met.remarks, evidence=met.evidence, wants=met.wants
    )
    if met.value is True:
        return Judged("pass", due=due, pointer=met.pointer, remarks=met.remarks, evidence=met.evidence)
    if truth.value is None:
        wants = tuple(Want(fact, f"fact:{fact}") for fact in truth.missing)
        return Judged("unknown", "applicability", due=due, wants=(*wants, *met.wants))
    falls_due = is_due(test.due, project, day)
    if falls_due is False:
        return Judged("unknown", "not_due", due=due, pointer=met.pointer, remarks=met.remarks)
    if met.value is None:
        return Judged("unknown", "no_data", due=due, wants=met.wants, pointer=met.pointer, remarks=met.remarks)
    if falls_due is None:
        event = test.due.event if test.due is not None else ""
        want = Want(f"dates.{event}", "findings.want.milestone", (("event", event),))
        return Judged("unknown", "applicability", due=due, wants=(want,), remarks=judged.remarks)
    return Judged("fail", due=due, pointer=met.pointer, remarks=met.remarks, evidence=met.evidence)


class _Met:
    """Whether a need is met, where that was read, and what would tell."""

    __slots__ = ("evidence", "pointer", "remarks", "value", "wants")

    def __init__(
        self,
        value: bool | None,
        pointer: str = "",
        remarks: tuple[Remark, ...] = (),
        wants: tuple[Want, ...] = (),
        evidence: str = "",
    ) -> None:
        self.value = value
        self.pointer = pointer
        self.remarks = remarks
        self.wants = wants
        self.evidence = evidence


def _need(need: Need, view: View, day: date, test: RequirementTest) -> _Met:
    if isinstance(need, DocumentNeed):
        return _document(need.document, view.project, day, test)
    if isinstance(need, FactNeed):
        return _fact(view.holds(need.condition))
    if isinstance(need, NeedGroup):
        parts = [_need(part, view, day, test) for part in need.parts]
        values = [part.value for part in parts]
        decisive = need.mode == "any"
        if decisive in values:
            return parts[values.index(decisive)]
        if None in values:
            wants = tuple(want for part in parts if part.value is None for want in part.wants)
            return _Met(None, wants=wants)
        return _Met(not decisive, pointer=parts[0].pointer, remarks=parts[0].remarks, evidence=parts[0].evidence)
    assert_never(need)


def _fact(truth: Truth) -> _Met:
    return _Met(truth.value, wants=tuple(Want(fact, f"fact:{fact}") for fact in truth.missing))


def _document(kind: str, project: Project, day: date, test: RequirementTest) -> _Met:
    """A document passes on status, date, validity and scope; whether it is adequate is another's judgement."""
    from greenbri.vocabulary import serves

    found = [one for one in project.documents if serves(one.type, kind)]
    want = Want(f"documents:{kind}", "findings.want.document", (("document", kind),))
    if not found:
        complete = "documents" in project.assumed or project.facts.get("documents_complete") is not None
        return _Met(False if complete else None, wants=(want,))
    verdicts = [(_in_force(one, day, project, test), one) for one in found]
    for (value, _), one in verdicts:
        if value is True:
            remarks = () if one.independent_review else (Remark("findings.adequacy_not_judged"),)
            label = ", ".join(part for part in (one.title, one.number, one.authority, str(one.date or "")) if part)
            return _Met(True, one.pointer, remarks, evidence=label or one.type)
    for (value, remark), one in verdicts:
        if value is None:
            return _Met(None, one.pointer, (remark,) if remark else (), wants=(want,))
    (_, remark), one = verdicts[0]
    return _Met(False, one.pointer, (remark,) if remark else ())


def _in_force(one: Document, day: date, project: Project, test: RequirementTest) -> tuple[bool | None, Remark | None]:
    label = (("document", one.title or one.type), ("status", one.status))
    if one.status in _NOT_THERE:
        return False, Remark("findings.document_absent", label)
    if one.date is not None and one.date > day:
        return False, Remark("findings.document_later", label)
    until = one.valid_until or _good_until(one, project, test)
    if until is not None and until < day:
        return False, Remark("findings.document_expired", (*label, ("until", str(until))))
    if not one.covers_project:
        return False, Remark("findings.document_scope", label)
    if one.status not in _IN_FORCE:
        return False, Remark("findings.document_pending", label)
    return True, None


def _good_until(one: Document, project: Project, test: RequirementTest) -> date | None:
    """The last day of a document that the law gives a life, unless the milestone that saves it was reached in time."""
    if one.date is None or test.valid_years is None:
        return None
    until = years_after(one.date, test.valid_years)
    if test.lapses_if_not:
        reached = milestone(project, test.lapses_if_not)
        if reached is not None and reached <= until:
            return None
        if reached is None and is_due(Due(test.lapses_if_not), project, until):
            return None  # the status says that the milestone is behind
    return until


def _due_text(due: Due | None, project: Project) -> str:
    if due is None:
        return ""
    day = due_on(due, project)
    text = f"before {due.event}" if due.before else f"{due.days} {due.calendar} days after {due.event}"
    return f"{text} ({day})" if day is not None else text


def judge_prohibition(test: ProhibitionTest, applies: Condition, bound: Truth, view: View) -> Judged:
    """A ban on a person or an activity; what is under construction, or otherwise for judgement, stays unknown."""
    scope = view.holds(applies)
    if scope.value is False or bound.value is False:
        return Judged("not_applicable")
    wants = tuple(Want(fact, f"fact:{fact}") for fact in (*scope.missing, *bound.missing))
    exception = view.holds(test.unless) if test.unless is not None else Truth(False)
    if exception.value is True:
        return Judged("pass", remarks=(Remark("findings.exception_holds"),))
    banned = view.holds(test.when)
    if test.judgement is not None:
        judgement = view.holds(test.judgement)
        if judgement.value is True and banned.value is not True:
            if scope.value is None or bound.value is None:
                return Judged("unknown", "applicability", wants=wants)
            return Judged("unknown", "judgement", remarks=(Remark("findings.institution_judges"),))
    if banned.value is False:
        return Judged("pass")
    if scope.value is None or bound.value is None:
        return Judged("unknown", "applicability", wants=wants)
    if banned.value is None or exception.value is None:
        missing = (*banned.missing, *exception.missing)
        return Judged("unknown", "applicability", wants=tuple(Want(fact, f"fact:{fact}") for fact in missing))
    return Judged("fail")
