"""Decision tables to rules: one cell of the law is one rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast

from greenbri.model.condition import FUEL_COUNT, Condition, NumberIn, all_of
from greenbri.model.rule import (
    AlternativeTest,
    Citation,
    FactDefinition,
    Fixed,
    Form,
    LimitTest,
    Mixed,
    NoLimitTest,
    Operator,
    Product,
    Rule,
    Segment,
    Text,
    Validity,
)
from greenbri.quantity import QuantityError, Reference, parse_unit
from greenbri.rulepack.cells import condition, conjunction, definition_of, disjunction, parse_date, parse_form
from greenbri.rulepack.form import LimitColumnForm, PackForm, ScaledFormForm, SourceForm, TableForm, TextForm, ValidForm
from greenbri.rulepack.problems import CellError, Problems
from greenbri.rulepack.values import LimitCell, limit_cell

if TYPE_CHECKING:
    from greenbri.vocabulary.pollution import Family

RESERVED = frozenset(
    {"id", "clause", "status", "url", "note", "reference", "period", "form", "proof", "unit", "from", "to",
     "benchmark_volume", "critical", "oxygen_correction"}
)  # fmt: skip
_CITED = ("clause", "status", "url", "note")
_DEFAULT_OPERATOR: dict[str, Operator] = {"minimum": ">=", "removal": ">="}


@dataclass(frozen=True)
class Head:
    """What a pack gives to each of its tables."""

    form: PackForm
    valid: Validity
    facts: Mapping[str, FactDefinition]
    coefficients: frozenset[str]

    @property
    def oxygen_in_air(self) -> Fraction:
        """The constant of the instrument's own correction formula, per cent by volume."""
        return Fraction(self.form.constants.get("oxygen_in_air", "21"))


def text_of(form: TextForm | None) -> Text | None:
    """A text in both languages, or None."""
    return Text(form.en, form.zh) if form is not None else None


def validity(form: ValidForm, default: Validity) -> Validity:
    """Dates of a part of the pack; what it leaves out is the instrument's."""
    start = parse_date(form.from_) if form.from_ else default.start
    end = parse_date(form.to) if form.to else default.end
    if start is not None and end is not None and end < start:
        raise CellError("GRB211", start=str(start), end=str(end))
    return Validity(start, end)


def citation(head: Head, source: SourceForm, row: Mapping[str, Any], clause: str = "") -> Citation:
    """Where a value was read; columns of a row override the table's source."""
    note = source.note if isinstance(source.note, str) else source.note.en
    status = row.get("status") or source.status
    if status not in ("verified", "secondary", "recalled"):
        raise CellError("GRB210", status=str(status))
    return Citation(
        head.form.instrument.citation,
        str(row.get("clause") or clause or source.clause),
        str(row.get("url") or source.url or head.form.instrument.url),
        status,
        source.checked,
        str(row.get("note") or note),
    )


def table_rules(table: TableForm, head: Head, pointer: str, problems: Problems) -> Iterator[Rule]:
    """The rules of a table, in its order; faulty cells are noted and left out."""
    try:
        base = all_of(conjunction(head.facts, table.applies), disjunction(head.facts, list(table.applies_any)))
        valid = validity(table.valid, head.valid)
    except CellError as error:
        problems.add_cell(error, pointer)
        return
    for name in table.columns:
        if name not in RESERVED and name not in table.limits:
            try:
                definition_of(head.facts, name)
            except CellError as error:
                problems.add_cell(error, f"{pointer}/columns/{table.columns.index(name)}")
                return
    if table.columns[:1] != ["id"]:
        problems.add("GRB212", f"{pointer}/columns")
        return
    for name in table.limits:
        if name not in table.columns:
            problems.add("GRB213", f"{pointer}/limits/{name}", column=name)
            return
    seen: set[str] = set()
    rows: list[tuple[str, dict[str, Any], Condition]] = []
    for number, cells in enumerate(table.rows):
        place = f"{pointer}/rows/{number}"
        if len(cells) != len(table.columns):
            problems.add("GRB214", place, cells=len(cells), columns=len(table.columns))
            continue
        row = dict(zip(table.columns, cells, strict=True))
        row_id = str(row["id"])
        if row_id in seen:
            problems.add("GRB215", f"{place}/0", id=row_id)
            continue
        seen.add(row_id)
        try:
            parts = [
                condition(definition_of(head.facts, name), row[name])
                for name in table.columns
                if name not in RESERVED and name not in table.limits
            ]
        except CellError as error:
            problems.add_cell(error, place)
            continue
        rows.append((row_id, row, all_of(base, *parts)))
    by_place = {str(cells[0]): f"{pointer}/rows/{number}" for number, cells in enumerate(table.rows) if cells}
    for row_id, row, applies in rows:
        yield from _row_rules(table, head, row_id, row, applies, valid, rows, by_place[row_id], problems)


def _row_rules(
    table: TableForm,
    head: Head,
    row_id: str,
    row: Mapping[str, Any],
    applies: Condition,
    valid: Validity,
    rows: list[tuple[str, dict[str, Any], Condition]],
    place: str,
    problems: Problems,
) -> Iterator[Rule]:
    members: dict[str, list[Rule]] = {group.id: [] for group in table.alternatives}
    try:
        valid = validity(ValidForm.model_validate({"from": row.get("from"), "to": row.get("to")}), valid)
    except CellError as error:
        problems.add_cell(error, place)
        return
    for name, column in table.limits.items():
        cell_place = f"{place}/{table.columns.index(name)}"
        try:
            made = list(_cell_rules(table, head, row_id, row, name, column, applies, valid, rows, cell_place))
        except (CellError, QuantityError) as error:
            if isinstance(error, QuantityError):
                error = CellError("GRB204", text=str(row[name]), unit=column.unit, reason=str(error))
            problems.add_cell(error, cell_place)
            continue
        groups = [group.id for group in table.alternatives if name in group.any]
        for group_id in groups:
            members[group_id].extend(made)
        if not groups:
            yield from made
    for group in table.alternatives:
        rules = members[group.id]
        if len(rules) == 1:
            yield rules[0]
        elif rules:
            yield _alternative(head, table, row_id, group.id, rules)


def _alternative(head: Head, table: TableForm, row_id: str, group: str, rules: list[Rule]) -> Rule:
    first = rules[0]
    assert isinstance(first.test, (LimitTest, NoLimitTest))
    return replace(
        first,
        id=f"{head.form.pack}/{table.id}.{row_id}.{group}",
        test=AlternativeTest(first.test.parameter, first.test.medium, tuple(rules)),
    )


def _cell_rules(
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
    unit = parse_unit(_unit(str(pick("unit", column.unit)), parameter))
    reference = Reference.parse(_state(str(pick("reference", column.reference, table.reference) or "")))
    if not unit.gaseous and not (cell.overrides.get("reference") or column.reference):
        reference = Reference()  # the table's state of the gas says nothing about a rate, a level or an energy
    return LimitTest(
        parameter=parameter,
        medium=table.medium,
        operator=cell.operator,
        segments=cell.segments,
        unit=str(unit),
        kind=column.kind,
        basis=column.basis,
        fraction=column.fraction,
        reference=str(reference),
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
    )


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
