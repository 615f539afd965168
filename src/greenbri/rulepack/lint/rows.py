"""Decision tables: rows that overlap, repeat or hide each other, empty columns, classes that leave a hole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import combinations, pairwise

from greenbri.model.condition import AllOf, Condition, DateIn, NumberIn
from greenbri.model.rule import Fixed, LimitTest, Segment
from greenbri.quantity import parse_unit
from greenbri.rulepack.lint.examined import Check, Examined, Issue, LimitRule
from greenbri.rulepack.lint.regions import Leaf, implies, meet
from greenbri.rulepack.tables import RESERVED

_FIRST = "lint.related.first_row"
# Words by which a note says that two rows are meant to hold together.
_TOGETHER = re.compile(r"\b(?:both|govern|strict|beside|in addition|together|also|overlap)\w*\b", re.IGNORECASE)
_MOST_PAIRS = 20_000


def about(test: LimitTest) -> tuple[object, ...]:
    """What two limits must share to be limits of the same thing, judged in the same way."""
    return (
        test.parameter, test.medium, test.kind, test.basis, test.fraction, test.measures, test.over, test.period,
        test.form, test.reference, test.operator in (">=", ">"), parse_unit(test.unit).dimension,
        test.benchmark_volume, test.proof,
    )  # fmt: skip


def same_table(pack: Examined) -> Iterator[list[LimitRule]]:
    """The limits of each column of each table that are limits of the same thing, in the order of the rows."""
    groups: dict[tuple[object, ...], list[LimitRule]] = {}
    for one in pack.limits:
        groups.setdefault((one.table, one.column, *about(one.test)), []).append(one)
    yield from groups.values()


def together(one: Segment, other: Segment) -> bool:
    """Whether two segments share a day."""
    starts = [part.valid.start for part in (one, other) if part.valid.start is not None]
    ends = [part.valid.end for part in (one, other) if part.valid.end is not None]
    return not starts or not ends or max(starts) <= min(ends)


def values_differ(one: LimitTest, other: LimitTest) -> bool:
    """Whether two limits print different numbers for a common day. Computed numbers are not compared."""
    factors = parse_unit(one.unit).factor, parse_unit(other.unit).factor
    for mine in one.segments:
        for theirs in other.segments:
            if not together(mine, theirs):
                continue
            for end, opposite in ((mine.low, theirs.low), (mine.high, theirs.high)):
                both = isinstance(end, Fixed) and isinstance(opposite, Fixed)
                if both and end.value * factors[0] != opposite.value * factors[1]:  # type: ignore[union-attr]
                    return True
    return False


class OverlappingRows(Check):
    """Two rows that can hold for one project and set different numbers for the same thing."""

    code = "GRB243"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        told: set[tuple[str, str]] = set()
        for group in same_table(pack):
            for one, other in _pairs(group):
                key = (one.row_pointer, other.row_pointer)
                rungs = one.test.kind == "benchmark"  # interim targets and thresholds are a ladder of several numbers
                if one.row == other.row or key in told or rungs or not values_differ(one.test, other.test):
                    continue
                if _meant(one, other, pack) or meet(one.rule.applies, other.rule.applies, pack.facts) is not True:
                    continue
                told.add(key)
                first = _row_id(pack, one)
                args: dict[str, object] = {
                    "first": first,
                    "row": _row_id(pack, other),
                    "parameter": other.test.parameter,
                }
                yield self.issue(other.rule.pointer, (one.rule.pointer, _FIRST), **args)


def _pairs(group: Sequence[LimitRule]) -> Iterable[tuple[LimitRule, LimitRule]]:
    return combinations(group, 2) if len(group) ** 2 <= 2 * _MOST_PAIRS else ()


def _meant(one: LimitRule, other: LimitRule, pack: Examined) -> bool:
    """The rows are of different clauses, or a note of either names the other row or says that both hold."""
    if different_clauses(one, other, pack):
        return True
    notes = (one.rule.citation.note, other.rule.citation.note)
    table = pack.form.limits[one.table]
    if "note" not in table.columns:
        notes = ("", "")
    names = (_row_id(pack, other), _row_id(pack, one))
    named = [re.search(rf"\b{re.escape(name)}\b", note) for note, name in zip(notes, names, strict=True)]
    return any(named) or any(_TOGETHER.search(note) for note in notes)


def different_clauses(one: LimitRule, other: LimitRule, pack: Examined) -> bool:
    """Whether the rows cite different clauses: the law itself then says two things."""
    clauses = (one.rule.citation.clause, other.rule.citation.clause)
    return "clause" in pack.form.limits[one.table].columns and clauses[0] != clauses[1]


def _row_id(pack: Examined, one: LimitRule) -> str:
    return str(pack.form.limits[one.table].rows[one.row][0])


class IdenticalRows(Check):
    """Two rows that say the same under the same conditions: one of them was meant to be another."""

    code = "GRB244"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        for pointer, table in pack.tables():
            skipped = {place for place, name in enumerate(table.columns) if name == "id"}
            if all(limit.kind == "benchmark" for limit in table.limits.values()):
                continue  # an alert and an information threshold may be one number
            seen: dict[str, int] = {}
            for number, row in enumerate(table.rows):
                content = repr([cell for place, cell in enumerate(row) if place not in skipped])
                first = seen.setdefault(content, number)
                if first != number:
                    related = (f"{pointer}/rows/{first}", _FIRST)
                    names = {"row": str(row[0]), "first": str(table.rows[first][0])}
                    yield Issue(self.code, f"{pointer}/rows/{number}", names, related=(related,))


class ShadowedRow(Check):
    """A coefficient or class that is never reached, because an earlier one holds wherever it does."""

    code = "GRB245"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        for number, table in enumerate(pack.form.coefficients):
            rows = pack.pack.coefficients.get(table.id, ())
            if len(rows) == len(table.rows):
                yield from self._hidden([row.applies for row in rows], f"/coefficients/{number}/rows", pack)
        for scheme in pack.pack.classifications:
            yield from self._hidden([rule.when for rule in scheme.rules], f"{scheme.pointer}/rules", pack)

    def _hidden(self, conditions: Sequence[Condition], pointer: str, pack: Examined) -> Iterator[Issue]:
        for number, condition in enumerate(conditions):
            for earlier in range(number):
                if implies(condition, conditions[earlier], pack.facts):
                    yield self.issue(f"{pointer}/{number}", (f"{pointer}/{earlier}", _FIRST))
                    break


class UselessColumn(Check):
    """A column of facts that is `any` in every row, or a column of limits without a limit."""

    code = "GRB246"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        for pointer, table in pack.tables():
            for place, name in enumerate(table.columns):
                cells = [row[place] for row in table.rows if len(row) == len(table.columns)]
                empty = ("-", None) if name in table.limits else ("any", None)
                if name not in RESERVED and cells and all(_is_one_of(cell, empty) for cell in cells):
                    yield self.issue(f"{pointer}/columns/{place}", column=name)


def _is_one_of(cell: object, words: Sequence[str | None]) -> bool:
    return cell is None or (isinstance(cell, str) and cell in words)


class SameParameterTwice(Check):
    """Two columns of a table that limit the same thing in the same rows."""

    code = "GRB247"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        by_row: dict[tuple[object, ...], LimitRule] = {}
        told: set[tuple[int, int]] = set()
        for one in pack.limits:
            table = pack.form.limits[one.table]
            name = table.columns[one.column]
            grouped = {column for group in table.alternatives for column in group.any}
            key = (one.table, one.row, *about(one.test))
            first = by_row.setdefault(key, one)
            if first.column == one.column or (one.table, one.column) in told:
                continue
            other = table.columns[first.column]
            if {name, other} & grouped:
                continue  # one number as an alternative and another by itself is a shape of law
            told.add((one.table, one.column))
            related = (f"/limits/{one.table}/columns/{first.column}", "lint.related.first_column")
            args: dict[str, object] = {"column": name, "first": other, "parameter": one.test.parameter}
            yield self.issue(f"/limits/{one.table}/columns/{one.column}", related, **args)


class HoleBetweenRows(Check):
    """Rows that differ in one size or date only, with sizes or dates between them that no row covers."""

    code = "GRB248"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        told: set[str] = set()
        for group in same_table(pack):
            families: dict[tuple[str, frozenset[Leaf]], list[tuple[NumberIn | DateIn, LimitRule]]] = {}
            for one in group:
                for leaf, rest in _one_apart(one.rule.applies):
                    families.setdefault((leaf.fact, rest), []).append((leaf, one))
            for (fact, _), members in families.items():
                for first, second, text in _holes(members):
                    pointer = second.row_pointer
                    if pointer not in told and not self._filled(first, second, group, fact):
                        told.add(pointer)
                        args: dict[str, object] = {"first": _row_id(pack, first), "row": _row_id(pack, second)}
                        yield self.issue(pointer, (first.row_pointer, _FIRST), fact=fact, hole=text, **args)

    @staticmethod
    def _filled(first: LimitRule, second: LimitRule, group: Sequence[LimitRule], fact: str) -> bool:
        """Another row, apart in other facts too, may be meant for the hole."""
        from greenbri.model.condition import leaves

        return any(
            one.row not in (first.row, second.row) and not any(leaf.fact == fact for leaf in leaves(one.rule.applies))
            for one in group
        )


def _one_apart(condition: Condition) -> Iterator[tuple[NumberIn | DateIn, frozenset[Leaf]]]:
    """Each bound of a plain conjunction, with all that is said beside it."""
    parts = condition.parts if isinstance(condition, AllOf) else (condition,)
    whole = frozenset(parts)
    for part in parts:
        if isinstance(part, (NumberIn, DateIn)):
            yield part, whole - {part}  # type: ignore[misc]  # branches with OR are compared whole, as any other part


def _holes(members: Sequence[tuple[NumberIn | DateIn, LimitRule]]) -> Iterator[tuple[LimitRule, LimitRule, str]]:
    numbers = [(leaf, one) for leaf, one in members if isinstance(leaf, NumberIn)]
    days = [(leaf, one) for leaf, one in members if isinstance(leaf, DateIn)]
    yield from _number_holes(numbers)
    yield from _day_holes(days)


def _number_holes(members: Sequence[tuple[NumberIn, LimitRule]]) -> Iterator[tuple[LimitRule, LimitRule, str]]:
    ordered = sorted(members, key=lambda pair: (pair[0].low is not None, pair[0].low or 0, not pair[0].low_inclusive))
    for (lower, one), (upper, other) in pairwise(ordered):
        if lower.high is None or upper.low is None or one.row == other.row:
            continue
        if lower.high == upper.low and not lower.high_inclusive and not upper.low_inclusive:
            yield one, other, f"{float(lower.high):g}"
        elif lower.high < upper.low:
            yield one, other, f"{float(lower.high):g} - {float(upper.low):g}"


def _day_holes(members: Sequence[tuple[DateIn, LimitRule]]) -> Iterator[tuple[LimitRule, LimitRule, str]]:
    ordered = sorted(members, key=lambda pair: (pair[0].start is not None, pair[0].start or pair[0].end))
    for (lower, one), (upper, other) in pairwise(ordered):
        if lower.end is not None and upper.start is not None and lower.end < upper.start and one.row != other.row:
            yield one, other, f"{lower.end} - {upper.start - timedelta(days=1)}"


CHECKS: tuple[type[Check], ...] = (
    OverlappingRows,
    IdenticalRows,
    ShadowedRow,
    UselessColumn,
    SameParameterTwice,
    HoleBetweenRows,
)
