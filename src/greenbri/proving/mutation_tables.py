"""The tables of a pack as they stand in its file: which rules come from a cell, a row, a column or the table itself.

A slip happens at one place, and all rules that take a unit, a period or a condition from there change with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from greenbri.model.condition import ALWAYS, Condition
from greenbri.model.rule import FactDefinition, LimitTest, NoLimitTest, Pack, Rule
from greenbri.proving.reading_run import limits_of
from greenbri.rulepack.cells import condition, conjunction, definition_of, disjunction
from greenbri.rulepack.tables import RESERVED
from greenbri.sources import Document
from greenbri.sources.pointers import pointer

Facts = Mapping[str, FactDefinition]


@dataclass(frozen=True)
class Cell:
    """A limit of a table and where it stands: the numbers of table, row and column, and its form among several."""

    rule: Rule
    table: int
    row: int
    column: int
    form: int | None


@dataclass(frozen=True)
class Table:
    """A table of the file and the limits that come from it."""

    number: int
    data: Mapping[str, Any]
    cells: tuple[Cell, ...]

    @property
    def columns(self) -> list[str]:
        """The names of its columns."""
        return [str(name) for name in self.data["columns"]]

    def place(self, cell: Cell, name: str) -> str | None:
        """Where a limit has its unit, reference, period or form from: its cell, row, column or table."""
        rows = self.data["rows"]
        own = rows[cell.row][cell.column]
        if cell.form is not None and name in ("period", "form"):
            return pointer(("limits", self.number, "forms", cell.form, name))
        if isinstance(own, Mapping) and own.get(name) is not None:
            return pointer(("limits", self.number, "rows", cell.row, cell.column, name))
        columns = self.columns
        if name in columns and rows[cell.row][columns.index(name)] not in (None, "", "-"):
            return pointer(("limits", self.number, "rows", cell.row, columns.index(name)))
        column = columns[cell.column]
        if self.data["limits"][column].get(name) is not None:
            return pointer(("limits", self.number, "limits", column, name))
        return pointer(("limits", self.number, name)) if self.data.get(name) is not None else None

    def start_place(self, cell: Cell) -> str:
        """Where a limit has its first day from."""
        columns = self.columns
        if "from" in columns and self.data["rows"][cell.row][columns.index("from")] not in (None, "", "-"):
            return pointer(("limits", self.number, "rows", cell.row, columns.index("from")))
        if (self.data.get("valid") or {}).get("from") is not None:
            return pointer(("limits", self.number, "valid", "from"))
        return "/instrument/in_force"

    def factor(self, cell: Cell) -> Fraction:
        """By what the number in the cell is multiplied for this form of it."""
        if cell.form is None:
            return Fraction(1)
        return Fraction(str(self.data["forms"][cell.form].get("factor", "1")))

    def conditions(self, facts: Facts) -> Iterator[tuple[str, Condition, tuple[Rule, ...], bool]]:
        """Each condition that the table states: its place, itself, the rules under it, whether it is of a row."""
        everything = tuple(cell.rule for cell in self.cells)
        for name, cell in (self.data.get("applies") or {}).items():
            part = conjunction(facts, {name: cell})
            yield pointer(("limits", self.number, "applies", name)), part, everything, False
        branches = disjunction(facts, list(self.data.get("applies_any") or ()))
        if branches != ALWAYS:
            yield pointer(("limits", self.number, "applies_any")), branches, everything, False
        for place, name in enumerate(self.columns):
            if name in RESERVED or name in self.data["limits"]:
                continue
            for number, row in enumerate(self.data["rows"]):
                part = condition(definition_of(facts, name), row[place])
                rules = tuple(cell.rule for cell in self.cells if cell.row == number)
                if part != ALWAYS and rules:
                    yield pointer(("limits", self.number, "rows", number, place)), part, rules, True


def tables_of(pack: Pack, document: Document) -> tuple[Table, ...]:
    """The tables of a pack with their limits, in the order of the file."""
    found: dict[int, list[Cell]] = {}
    for rule in limits_of(pack):
        assert isinstance(rule.test, (LimitTest, NoLimitTest))
        _, _, table, _, row, column = rule.pointer.split("/")[:6]
        forms = document.data["limits"][int(table)].get("forms") or ()
        form = None
        if isinstance(rule.test, LimitTest):
            form = next((n for n, one in enumerate(forms) if rule.id.endswith(f".{one['id']}")), None)
        found.setdefault(int(table), []).append(Cell(rule, int(table), int(row), int(column), form))
    return tuple(Table(number, document.data["limits"][number], tuple(cells)) for number, cells in found.items())


def by_place(table: Table, name: str) -> dict[str, list[Cell]]:
    """The limits of a table by the place that gives them their unit, reference, period or form."""
    found: dict[str, list[Cell]] = {}
    for cell in table.cells:
        place = table.place(cell, name) if isinstance(cell.rule.test, LimitTest) else None
        if place is not None:
            found.setdefault(place, []).append(cell)
    return found


def by_cell(cells: Iterable[Cell]) -> dict[tuple[int, int], list[Cell]]:
    """The forms of each cell together."""
    found: dict[tuple[int, int], list[Cell]] = {}
    for cell in cells:
        found.setdefault((cell.row, cell.column), []).append(cell)
    return found
