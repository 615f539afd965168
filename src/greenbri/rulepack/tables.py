"""Decision tables to rules: one cell of the law is one rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from greenbri.model.condition import Condition, all_of
from greenbri.model.rule import AlternativeTest, LimitTest, NoLimitTest, Rule, Validity
from greenbri.quantity import QuantityError
from greenbri.rulepack.cells import condition, conjunction, definition_of, disjunction
from greenbri.rulepack.form import TableForm, ValidForm
from greenbri.rulepack.head import Head, validity
from greenbri.rulepack.limit_rules import cell_rules
from greenbri.rulepack.problems import CellError, Problems

RESERVED = frozenset(
    {"id", "clause", "status", "url", "note", "reference", "period", "form", "proof", "unit", "from", "to",
     "benchmark_volume", "critical", "oxygen_correction"}
)  # fmt: skip


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
            made = list(cell_rules(table, head, row_id, row, name, column, applies, valid, rows, cell_place))
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
