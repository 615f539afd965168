"""Dates: validity, dated values, editions that replace each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from greenbri.messages import Word
from greenbri.model.condition import Condition
from greenbri.model.rule import Pack, Validity
from greenbri.rulepack.cells import parse_date
from greenbri.rulepack.lint.examined import Check, Examined, Issue, LimitRule
from greenbri.rulepack.lint.rows import about, different_clauses, values_differ
from greenbri.rulepack.problems import CellError

_ONE_DAY = timedelta(days=1)


class NeverInForce(Check):
    """A repeal before the first day in force, or a dated value outside the days of its rule: it can never apply."""

    code = "GRB250"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        instrument = pack.pack.instrument
        first, last = instrument.in_force, instrument.repealed
        if first is not None and last is not None and last < first:
            yield self.issue("/instrument/repealed", start=first, end=last)
        for one in pack.limits:
            for pointer, valid in _dated(one, pack):
                start, end = valid.start, valid.end
                if start is not None and end is not None and end < start:
                    yield self.issue(pointer, start=start, end=end)
                elif start is not None and one.rule.valid.end is not None and start > one.rule.valid.end:
                    yield self.issue(pointer, start=start, end=one.rule.valid.end)


def _dated(one: LimitRule, pack: Examined) -> Iterator[tuple[str, Validity]]:
    """The dated values of a cell with their addresses."""
    cell = pack.form.limits[one.table].rows[one.row][one.column]
    if not isinstance(cell, Mapping) or not isinstance(cell.get("dated"), Mapping):
        return
    for segment in one.test.segments:
        yield f"{one.rule.pointer}/dated/{segment.valid.start}", segment.valid


class BeforeItsInstrument(Check):
    """A value that is in force before its instrument is."""

    code = "GRB251"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        first = pack.pack.instrument.in_force
        if first is None:
            return
        for pointer, text in _starts(pack):
            day = _day(text)
            if day is not None and day < first:
                yield self.issue(pointer, start=day, first=first)


def _starts(pack: Examined) -> Iterator[tuple[str, str]]:
    form = pack.form
    limits = [(f"/limits/{number}", part.valid) for number, part in enumerate(form.limits)]
    duties = [(f"/requirements/{number}", part.valid) for number, part in enumerate(form.requirements)]
    classes = [(f"/classifications/{number}", part.valid) for number, part in enumerate(form.classifications)]
    for pointer, valid in (*limits, *duties, *classes):
        if valid.from_:
            yield f"{pointer}/valid/from", valid.from_
    for pointer, table in pack.tables():
        for place, column in enumerate(table.columns):
            for number, row in enumerate(table.rows):
                cell = row[place] if len(row) == len(table.columns) else None
                if column == "from" and cell not in (None, "", "-"):
                    yield f"{pointer}/rows/{number}/{place}", str(cell)
                elif isinstance(cell, Mapping) and isinstance(cell.get("dated"), Mapping):
                    yield from ((f"{pointer}/rows/{number}/{place}/dated/{day}", str(day)) for day in cell["dated"])


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except CellError:
        return None


class DatedRows(Check):
    """Rows for the same conditions that follow each other in time, with days that two of them or none of them cover."""

    code = "GRB252"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        families: dict[tuple[object, ...], list[LimitRule]] = {}
        for one in pack.limits:
            if {"from", "to"} & set(pack.form.limits[one.table].columns):
                key: tuple[object, ...] = (one.table, one.column, _key(one.rule.applies), *about(one.test))
                families.setdefault(key, []).append(one)
        told: set[str] = set()
        for members in families.values():
            ordered = sorted(members, key=lambda one: one.rule.valid.start or date.min)
            for first, second in pairwise(ordered):
                found = self._between(first, second)
                if found is None or second.row_pointer in told or different_clauses(first, second, pack):
                    continue
                told.add(second.row_pointer)
                start, end, variant = found
                related = (first.row_pointer, "lint.related.first_row")
                args: dict[str, object] = {"parameter": second.test.parameter, "start": start, "end": end}
                args["what"] = Word(f"lint.dates.{variant}")
                yield self.issue(second.row_pointer, related, **args)

    @staticmethod
    def _between(first: LimitRule, second: LimitRule) -> tuple[date | str, date | str, str] | None:
        end, start = first.rule.valid.end, second.rule.valid.start
        if start is None or end is None or end >= start:
            if not values_differ(first.test, second.test):
                return None
            last = min((day for day in (end, second.rule.valid.end) if day is not None), default=None)
            return start or "-", last or "-", "overlap"
        if end + _ONE_DAY < start:
            return end + _ONE_DAY, start - _ONE_DAY, "hole"
        return None


def _key(condition: Condition) -> object:
    from greenbri.model.condition import AllOf

    return frozenset(condition.parts) if isinstance(condition, AllOf) else condition


class SupersededInstrument(Check):
    """An instrument that another pack replaces, and that has no last day."""

    code = "GRB253"

    def compare(self, packs: Sequence[Examined], library: Sequence[Pack]) -> Iterator[tuple[Examined, Issue]]:
        replaced: dict[str, Pack] = {}
        for pack in (*(one.pack for one in packs), *library):
            for citation in pack.instrument.replaces:
                replaced.setdefault(_plain(citation), pack)
        for one in packs:
            newer = replaced.get(_plain(one.pack.instrument.citation))
            if newer is None or newer.id == one.pack.id or one.pack.instrument.repealed is not None:
                continue
            in_force = newer.instrument.in_force
            pointer = "/instrument/repealed" if "repealed" in one.document.data["instrument"] else "/instrument"
            yield one, self.at_key(pointer, newer=newer.id, day=in_force or "-")


def _plain(citation: str) -> str:
    return " ".join(citation.casefold().replace(",", " ").split())


CHECKS: tuple[type[Check], ...] = (NeverInForce, BeforeItsInstrument, DatedRows, SupersededInstrument)
