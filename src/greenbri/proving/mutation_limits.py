"""Slips in limits: an operator, a digit, a power of ten, a unit, the state of the gas, a period, rows exchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any, cast

from greenbri.evaluate.findings import form_text
from greenbri.model.rule import (
    Fixed,
    Form,
    Interpolated,
    LimitTest,
    LimitValue,
    Mixed,
    Operator,
    Product,
    Rule,
    Segment,
)
from greenbri.proving.conditions import number
from greenbri.proving.mutation_form import Kind, Mutant, last_place
from greenbri.proving.mutation_tables import Cell, Table, by_cell, by_place
from greenbri.quantity import QuantityError, Reference, parse_unit
from greenbri.sources.pointers import pointer

_TURNED: dict[str, Operator] = {"<=": "<", "<": "<=", ">=": ">", ">": ">="}
_PERIODS = {"1h": "24h", "24h": "1h", "year": "24h", "month": "24h"}
_OXYGEN = {Fraction(6): Fraction(3), Fraction(3): Fraction(6), Fraction(11): Fraction(7), Fraction(15): Fraction(3)}
# a prefix lost or taken for its neighbour
_UNITS = (("mg", "ug"), ("ug", "mg"), ("ng", "ug"), ("kg", "g"), ("ppm", "ppb"), ("GJ", "MJ"), ("g/", "mg/"))
_Change = Callable[[Fraction], Fraction]


def limit_slips(table: Table) -> Iterator[Mutant]:
    """Every slip in the limits of a table."""
    for cells in by_cell(table.cells).values():
        yield from _in_cell(table, [cell for cell in cells if isinstance(cell.rule.test, LimitTest)])
    yield from _in_factors(table)
    yield from _in_qualities(table)
    yield from _swaps(table)


def _in_cell(table: Table, cells: Sequence[Cell]) -> Iterator[Mutant]:
    if not cells:
        return
    tests = {cell.rule.id: cast(LimitTest, cell.rule.test) for cell in cells}
    first = cells[0].rule
    operator = tests[first.id].operator
    if operator in _TURNED:
        turned = {cell.rule.id: _with(cell.rule, operator=_TURNED[operator]) for cell in cells}
        yield Mutant("operator", first.pointer, first.id, operator, _TURNED[operator], turned)
    for place, segment in enumerate(tests[first.id].segments):
        day = segment.valid.start or first.valid.start
        for end in ("low", "high"):
            value = getattr(segment, end)
            for item, printed in enumerate(_numbers(value)):
                own = printed / table.factor(cells[0])
                for kind, slipped in _slips(own):
                    rules = {
                        cell.rule.id: _renumbered(cell.rule, place, end, item, slipped * table.factor(cell))
                        for cell in cells
                    }
                    days = (day,) if day is not None and len(tests[first.id].segments) > 1 else ()
                    yield Mutant(kind, first.pointer, first.id, number(own), number(slipped), rules, days=days)


def _slips(value: Fraction) -> Iterator[tuple[Kind, Fraction]]:
    yield "digit", value + last_place(value)
    if value:
        yield "x10", value * 10
        yield "x1000", value * 1000


def _numbers(value: LimitValue | None) -> tuple[Fraction, ...]:
    """The numbers that the cell prints; those of a mean over fuels stand in other cells."""
    if isinstance(value, Fixed):
        return (value.value,)
    if isinstance(value, Interpolated):
        return tuple(level for _, level in value.points)
    if isinstance(value, Product):
        return (value.base,)
    return ()


def _renumbered(rule: Rule, place: int, end: str, item: int, slipped: Fraction) -> Rule:
    test = cast(LimitTest, rule.test)
    segment = test.segments[place]
    value = getattr(segment, end)
    changed: LimitValue
    if isinstance(value, Fixed):
        changed = Fixed(slipped)
    elif isinstance(value, Product):
        changed = replace(value, base=slipped)
    else:
        points = list(cast(Interpolated, value).points)
        points[item] = (points[item][0], slipped)
        changed = replace(cast(Interpolated, value), points=tuple(points))
    new = replace(segment, low=changed) if end == "low" else replace(segment, high=changed)
    return _with(rule, segments=(*test.segments[:place], new, *test.segments[place + 1 :]))


def _with(rule: Rule, **changes: Any) -> Rule:
    return replace(rule, test=replace(cast(LimitTest, rule.test), **changes))


def _in_factors(table: Table) -> Iterator[Mutant]:
    """The factor of a form is a number of the law too, and in every limit of that form."""
    for form, data in enumerate(table.data.get("forms") or ()):
        cells = [cell for cell in table.cells if cell.form == form and isinstance(cell.rule.test, LimitTest)]
        if not cells or data.get("factor") is None:
            continue
        factor = Fraction(str(data["factor"]))
        for kind, slipped in _slips(factor):
            rules = {cell.rule.id: _scaled(cell.rule, slipped / factor) for cell in cells}
            place = pointer(("limits", table.number, "forms", form, "factor"))
            yield Mutant(kind, place, cells[0].rule.id, number(factor), number(slipped), rules)


def _scaled(rule: Rule, by: Fraction) -> Rule:
    def times(value: LimitValue | None) -> LimitValue | None:
        if isinstance(value, Fixed):
            return Fixed(value.value * by)
        if isinstance(value, Product):
            return replace(value, base=value.base * by)
        if isinstance(value, Interpolated):
            return replace(value, points=tuple((size, level * by) for size, level in value.points))
        if isinstance(value, Mixed):
            return replace(value, rows=tuple((when, Fixed(one.value * by)) for when, one in value.rows))
        return None

    segments = cast(LimitTest, rule.test).segments
    return _with(rule, segments=tuple(Segment(one.valid, times(one.low), times(one.high)) for one in segments))


def _in_qualities(table: Table) -> Iterator[Mutant]:
    for place, cells in by_place(table, "unit").items():
        yield from _changed("unit", place, cells, _other_unit, lambda test: test.unit)
    for place, cells in by_place(table, "reference").items():
        yield from _changed("oxygen", place, cells, _other_oxygen, lambda test: test.reference)
        yield from _changed("moisture", place, cells, _wet, lambda test: test.reference)
    for place, cells in by_place(table, "period").items():
        yield from _changed("period", place, cells, _other_period, lambda test: str(test.period))
    for place, cells in by_place(table, "form").items():
        yield from _changed("form", place, cells, _every, lambda test: form_text(test.form))


def _changed(
    kind: Kind,
    place: str,
    cells: Sequence[Cell],
    change: Callable[[LimitTest], LimitTest],
    shown: Callable[[LimitTest], str],
) -> Iterator[Mutant]:
    """One mutant for all the limits that have a quality from one place; those that cannot change stay."""
    rules = {cell.rule.id: replace(cell.rule, test=change(cast(LimitTest, cell.rule.test))) for cell in cells}
    differing = [cell.rule for cell in cells if rules[cell.rule.id] != cell.rule]
    if differing:
        first = differing[0]
        was, now = shown(cast(LimitTest, first.test)), shown(cast(LimitTest, rules[first.id].test))
        yield Mutant(kind, place, first.id, was, now, {rule.id: rules[rule.id] for rule in differing})


def _other_unit(test: LimitTest) -> LimitTest:
    own = parse_unit(test.unit)
    for was, now in _UNITS:
        if not test.unit.startswith(was):
            continue
        try:
            other = parse_unit(now + test.unit[len(was) :])
        except QuantityError:
            continue
        if other.dimension == own.dimension and other.factor != own.factor:
            return replace(test, unit=str(other))
    return test


def _other_oxygen(test: LimitTest) -> LimitTest:
    state = Reference.parse(test.reference)
    if state.oxygen_pct is None:
        return test
    other = _OXYGEN.get(state.oxygen_pct, state.oxygen_pct + 1)
    return replace(test, reference=str(replace(state, oxygen_pct=other)))


def _wet(test: LimitTest) -> LimitTest:
    state = Reference.parse(test.reference)
    return replace(test, reference=str(replace(state, moisture="wet"))) if state.moisture == "dry" else test


def _other_period(test: LimitTest) -> LimitTest:
    return test if test.period is None else replace(test, period=_PERIODS.get(test.period, "24h"))


def _every(test: LimitTest) -> LimitTest:
    return replace(test, form=Form())


def _swaps(table: Table) -> Iterator[Mutant]:
    """The values of two neighbouring rows exchanged in one column."""
    columns: dict[int, dict[int, list[Cell]]] = {}
    for (row, column), cells in by_cell(table.cells).items():
        if all(isinstance(cell.rule.test, LimitTest) for cell in cells):
            columns.setdefault(column, {})[row] = cells
    for found in columns.values():
        for upper, lower in pairwise(sorted(found)):
            if lower != upper + 1 or len(found[upper]) != len(found[lower]):
                continue
            rules: dict[str, Rule] = {}
            for one, other in zip(found[upper], found[lower], strict=True):
                rules.update(_exchanged(one.rule, other.rule))
            if rules:
                first, second = found[upper][0].rule, found[lower][0].rule
                yield Mutant("swap", first.pointer, first.id, _short(first), _short(second), rules)


def _exchanged(one: Rule, other: Rule) -> dict[str, Rule]:
    first, second = cast(LimitTest, one.test), cast(LimitTest, other.test)
    if len(first.segments) != 1 or len(second.segments) != 1 or first.unit != second.unit:
        return {}
    a, b = first.segments[0], second.segments[0]
    if (a.low, a.high, first.operator) == (b.low, b.high, second.operator):
        return {}
    return {
        one.id: _with(one, operator=second.operator, segments=(replace(a, low=b.low, high=b.high),)),
        other.id: _with(other, operator=first.operator, segments=(replace(b, low=a.low, high=a.high),)),
    }


def _short(rule: Rule) -> str:
    segment = cast(LimitTest, rule.test).segments[0]
    shown = [number(item) for end in (segment.low, segment.high) for item in _numbers(end)]
    return "-".join(shown) or "computed"
