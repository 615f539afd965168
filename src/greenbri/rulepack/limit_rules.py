"""A cell of a table to its rule: what is limited, in which unit, state, period and form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from greenbri.model.condition import FUEL_COUNT, Condition, NumberIn, all_of
from greenbri.model.rule import (
    Fixed,
    Form,
    LimitTest,
    Mixed,
    NoLimitTest,
    Operator,
    Product,
    Rounding,
    Rule,
    Segment,
    Validity,
)
from greenbri.quantity import Reference, parse_unit
from greenbri.rulepack.cells import parse_form
from greenbri.rulepack.form import LimitColumnForm, RoundingForm, ScaledFormForm, TableForm
from greenbri.rulepack.head import Head, citation, text_of
from greenbri.rulepack.problems import CellError
from greenbri.rulepack.values import LimitCell, limit_cell

if TYPE_CHECKING:
    from greenbri.vocabulary.pollution import Family

_CITED = ("clause", "status", "url", "note")
_DEFAULT_OPERATOR: dict[str, Operator] = {"minimum": ">=", "removal": ">="}


def cell_rules(
    table: TableForm,
    head: Head,
    row_id: str,
    row: Mapping[str, Any],
    name: str,
    column: LimitColumnForm,
    applies: Condition,
    valid: Validity,
    rows: list[tuple[str, dict[str, Any], Condition]],
    place: str,
) -> Iterator[Rule]:
    default = _DEFAULT_OPERATOR.get(column.kind, "<=")
    cell = limit_cell(row[name], default=default, kind=column.kind, facts=head.facts, valid=valid)
    if cell.absent:
        return
    parameter = _parameter(column.parameter or name, table.medium)
    rule = Rule(
        id=f"{head.form.pack}/{table.id}.{row_id}.{name}",
        pack=head.form.pack,
        test=NoLimitTest(parameter, table.medium),
        citation=citation(head, table.source, row, table.clause),
        valid=valid,
        applies=applies,
        domain=table.domain or head.form.domain,
        critical=_critical(row, column, table),
        title=text_of(table.title),
        message=text_of(column.message or table.message),
        action=text_of(column.action or table.action),
        pointer=place,
    )
    cited = {key: cell.overrides[key] for key in _CITED if key in cell.overrides}
    if cited:
        rule = replace(rule, citation=citation(head, table.source, {**row, **cited}, table.clause))
    if cell.no_limit:
        yield rule
        return
    mixes = [isinstance(other[name], Mapping) and "mix" in other[name] for _, other, _ in rows]
    if cell.mix:
        cell = replace(cell, segments=(Segment(valid, None, _mixed(cell.mix, name, rows)),))
        rule = replace(rule, applies=all_of(rule.applies, NumberIn(FUEL_COUNT, Fraction(2), None)))
    elif any(mixes):
        rule = replace(rule, applies=all_of(rule.applies, NumberIn(FUEL_COUNT, None, Fraction(1), True, True)))
    for segment in cell.segments:
        _check_coefficients(segment, head)
    test = _limit_test(table, head, row, column, parameter, cell)
    if not table.forms:
        yield replace(rule, test=test)
        return
    for scaled in table.forms:
        yield replace(rule, id=f"{rule.id}.{scaled.id}", test=_scaled(test, scaled))


@cache
def _parameter(name: str, medium: str) -> str:
    """The canonical name of a parameter; `removal.BOD5` is BOD5 with the kind saying that its removal is meant."""
    from greenbri.vocabulary import AmbiguousName, UnknownName
    from greenbri.vocabulary import parameter as known

    bare = name.removeprefix("removal.").removesuffix(".removal")
    near = ""
    for candidate in (bare, name):
        try:
            return known(candidate).name
        except AmbiguousName:
            return known(candidate, family=_FAMILIES.get(medium, "process")).name
        except UnknownName as error:
            near = ", ".join(error.suggestions)
    raise CellError("GRB220", name=name, vocabulary="parameters", near=near or "-")


_FAMILIES: dict[str, Family] = {
    "stack": "air", "boundary": "air", "ambient": "air", "effluent": "water", "water-body": "water",
    "groundwater": "water", "noise": "noise", "soil": "soil", "sludge": "waste", "waste": "waste",
}  # fmt: skip


def _critical(row: Mapping[str, Any], column: LimitColumnForm, table: TableForm) -> bool | None:
    value = row.get("critical")
    if value is not None and value not in ("", "-"):
        return value in (True, "true")
    return column.critical if column.critical is not None else table.critical


def _limit_test(
    table: TableForm, head: Head, row: Mapping[str, Any], column: LimitColumnForm, parameter: str, cell: LimitCell
) -> LimitTest:
    def pick(key: str, *lower: Any) -> Any:
        for value in (cell.overrides.get(key), row.get(key), *lower):
            if value not in (None, "", "-"):
                return value
        return None

    period = pick("period", column.period, table.period)
    own_state = bool(cell.overrides.get("reference") or column.reference)
    state = str(pick("reference", column.reference, table.reference) or "")
    unit, reference = _unit_and_state(str(pick("unit", column.unit)), state, parameter, own_state)
    return LimitTest(
        parameter=parameter,
        medium=table.medium,
        operator=cell.operator,
        segments=cell.segments,
        unit=unit,
        kind=column.kind,
        basis=column.basis,
        fraction=column.fraction,
        reference=reference,
        period=str(period) if period is not None else None,
        form=parse_form(pick("form", column.form, table.form), str(period) if period else None),
        proof=pick("proof", column.proof, table.proof) == "test",
        oxygen_correction=str(row.get("oxygen_correction") or table.oxygen_correction),
        oxygen_in_air=head.oxygen_in_air,
        measures="increment" if column.kind == "increment" else column.measures,
        over=column.over,
        benchmark_volume=str(pick("benchmark_volume", column.benchmark_volume) or ""),
        members=tuple(column.members),
        weights=tuple(Fraction(column.weights.get(member, "1")) for member in column.members),
        non_detect=column.non_detect,
        uncertainty=column.uncertainty,
        rounding=_rounding(column.rounding or table.rounding),
        max_age_days=table.max_evidence_days,
    )


def _rounding(form: RoundingForm | None) -> Rounding | None:
    if form is None:
        return None
    step = Fraction(form.to)
    if step <= 0:
        raise CellError("GRB209", cell=f"rounding to {form.to}")
    return Rounding(step, form.mode)


@cache
def _unit_and_state(unit_text: str, state: str, parameter: str, own_state: bool) -> tuple[str, str]:
    """Unit and reference state in their canonical texts; the same few stand in hundreds of cells."""
    unit = parse_unit(_unit(unit_text, parameter))
    reference = Reference.parse(_state(state))
    if not unit.gaseous and not own_state:
        reference = Reference()  # the table's state of the gas says nothing about a rate, a level or an energy
    return str(unit), str(reference)


def _unit(text: str, parameter: str) -> str:
    """The unit of a column; `1` is a bare number, which for pH is a scale of its own."""
    if text != "1":
        return text
    return "pH" if parameter == "pH" else ""


def _state(text: str) -> str:
    """The reference state; `actual` says that the law corrects nothing."""
    return "" if text.strip() == "actual" else text


def _mixed(fact: str, name: str, rows: list[tuple[str, dict[str, Any], Condition]]) -> Mixed:
    from greenbri.rulepack.numbers import is_plain_number

    others = tuple(
        (applies, Fixed(Fraction(str(row[name])))) for _, row, applies in rows if is_plain_number(str(row[name]))
    )
    if not others:
        raise CellError("GRB209", cell=f"mix: {fact}")
    return Mixed(fact, others)


def _check_coefficients(segment: Segment, head: Head) -> None:
    for end in (segment.low, segment.high):
        if isinstance(end, Product):
            for factor in end.factors:
                if factor.coefficient and factor.coefficient not in head.coefficients:
                    raise CellError("GRB216", name=factor.coefficient)


def _scaled(test: LimitTest, scaled: ScaledFormForm) -> LimitTest:
    """The same limit in one of several forms, its numbers times the form's factor."""
    factor = Fraction(scaled.factor)

    def times(end: object) -> Any:
        if isinstance(end, Fixed):
            return Fixed(end.value * factor)
        if isinstance(end, Product):
            return Product(end.base * factor, end.factors)
        if isinstance(end, Mixed):
            return Mixed(end.fact, tuple((when, Fixed(fixed.value * factor)) for when, fixed in end.rows))
        if end is None:
            return None
        return replace(cast(Any, end), points=tuple((size, value * factor) for size, value in cast(Any, end).points))

    form: Form = parse_form(scaled.form, scaled.period)
    return replace(
        test,
        segments=tuple(Segment(part.valid, times(part.low), times(part.high)) for part in test.segments),
        period=scaled.period,
        form=form,
        proof=scaled.proof == "test",
    )
