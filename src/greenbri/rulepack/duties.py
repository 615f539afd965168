"""Requirements, prohibitions and classifications of a pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from greenbri.model.condition import AllOf, AnyOf, all_of
from greenbri.model.rule import (
    Classification,
    ClassRule,
    DocumentNeed,
    Due,
    FactNeed,
    Need,
    NeedGroup,
    ProhibitionTest,
    RequirementTest,
    Rule,
    Text,
)
from greenbri.rulepack.cells import condition, conjunction, definition_of, disjunction
from greenbri.rulepack.form import ClassificationForm, RequirementForm
from greenbri.rulepack.head import Head, citation, text_of, validity
from greenbri.rulepack.problems import CellError, Problems

MILESTONES = ("filing", "permit", "approval", "construction", "close", "disbursement", "operation")


def requirement_rule(form: RequirementForm, head: Head, pointer: str, problems: Problems) -> Iterator[Rule]:
    """The rule of a requirement or prohibition; nothing where it is faulty, which is noted."""
    try:
        applies = all_of(conjunction(head.facts, form.applies), disjunction(head.facts, list(form.applies_any)))
        test: ProhibitionTest | RequirementTest
        if form.kind == "prohibition":
            test = ProhibitionTest(
                when=conjunction(head.facts, form.prohibited_when or {}),
                judgement=conjunction(head.facts, form.judgement_when) if form.judgement_when else None,
                unless=conjunction(head.facts, form.unless) if form.unless else None,
            )
        else:
            if form.needs is None:
                raise CellError("GRB217", id=form.id)
            test = RequirementTest(
                kind=form.kind,
                need=_need(form.needs, head),
                due=_due(form),
                authority=text_of(form.authority),
                days=form.days.value if form.days else None,
                days_calendar=form.days.calendar if form.days else "calendar",
                valid_years=form.valid_for.years if form.valid_for else None,
                lapses_if_not=(form.valid_for.lapses_if_not or "") if form.valid_for else "",
            )
        yield Rule(
            id=f"{head.form.pack}/{form.id}",
            pack=head.form.pack,
            test=test,
            citation=citation(head, form.source, {}),
            valid=validity(form.valid, head.valid),
            applies=applies,
            domain=form.domain,
            critical=form.critical,
            title=text_of(form.title),
            message=text_of(form.message),
            action=text_of(form.action),
            aliases=tuple(form.aliases),
            pointer=pointer,
        )
    except CellError as error:
        problems.add_cell(error, pointer)


def _need(cells: Mapping[str, Any], head: Head) -> Need:
    keys = set(cells)
    if keys == {"document"}:
        from greenbri.vocabulary import UnknownName, document_type

        try:
            return DocumentNeed(document_type(str(cells["document"])).name)
        except UnknownName as error:
            near = ", ".join(error.suggestions)
            raise CellError("GRB220", name=str(cells["document"]), vocabulary="documents", near=near or "-") from None
    if keys == {"fact", "is"}:
        return FactNeed(condition(definition_of(head.facts, str(cells["fact"])), cells["is"]))
    for mode in ("all", "any"):
        if keys == {mode} and isinstance(cells[mode], (list, tuple)) and cells[mode]:
            return NeedGroup(cast(Any, mode), tuple(_need(part, head) for part in cells[mode]))
    raise CellError("GRB217", id=str(dict(cells)))


def _due(form: RequirementForm) -> Due | None:
    due = form.due
    if due is None:
        return None
    event = due.before or due.after
    if event is None or event not in MILESTONES:
        raise CellError("GRB218", event=str(event), known=", ".join(MILESTONES))
    return Due(event, due.before is not None, due.days, due.calendar)


def classification(form: ClassificationForm, head: Head, pointer: str, problems: Problems) -> Iterator[Classification]:
    """A classification scheme; nothing where it is faulty, which is noted."""
    try:
        rules = []
        for rule in form.rules:
            for value in (rule.value,):
                if value not in form.values:
                    raise CellError("GRB219", value=value, known=", ".join(form.values))
            when = conjunction(head.facts, rule.when) if rule.when else AllOf(())
            if rule.any:
                branches = AnyOf(tuple(conjunction(head.facts, part) for part in rule.any))
                when = all_of(when, branches)
            rules.append(ClassRule(rule.value, when, rule.clause))
        if form.otherwise is not None and form.otherwise not in form.values:
            raise CellError("GRB219", value=form.otherwise, known=", ".join(form.values))
        yield Classification(
            id=f"{head.form.pack}/{form.id}",
            pack=head.form.pack,
            scheme=form.scheme,
            title=Text(form.title.en, form.title.zh),
            values=tuple(form.values),
            rules=tuple(rules),
            otherwise=form.otherwise,
            citation=citation(head, form.source, {}),
            valid=validity(form.valid, head.valid),
            applies=conjunction(head.facts, form.applies),
            pointer=pointer,
        )
    except CellError as error:
        problems.add_cell(error, pointer)
