"""Numbers that are likely slips: a thousand times too large, or strict where the law is usually lenient."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from statistics import median

from greenbri.model.condition import AllOf, Condition, DateIn
from greenbri.model.rule import Fixed, LimitTest, LimitValue, Product
from greenbri.quantity import parse_unit
from greenbri.rulepack.lint.examined import Check, Examined, Issue, LimitRule
from greenbri.rulepack.lint.regions import implies
from greenbri.rulepack.lint.rows import about

_JUMP = 1000
# Words by which a note or a gap says that the law is as odd as it looks.
_EXPLAINED = re.compile(r"\bas printed\b|\bsic\b|\bstrict|\bodd\b|\balthough\b|\bno slip\b", re.IGNORECASE)
_HOURS = {
    "1min": 1, "6min": 6, "10min": 10, "15min": 15, "30min": 30, "1h": 60, "3h": 180, "4h": 240, "8h": 480, "24h": 1440,
    "week": 10080, "30d": 43200, "month": 43200, "3month": 129600, "quarter": 129600, "season": 129600, "year": 525600,
}  # fmt: skip


def size(one: LimitRule) -> Fraction | None:
    """The first printed number of a maximum, in the base unit of its dimension."""
    if one.test.operator not in ("<=", "<", "band") or parse_unit(one.test.unit).signed:
        return None
    for segment in one.test.segments:
        if (value := _number(segment.high)) is not None:
            return value * parse_unit(one.test.unit).factor
    return None


def explained(one: LimitRule, pack: Examined) -> bool:
    """Whether a note at the value, its row or its table, or a gap that names the parameter, says that it is no slip."""
    gaps = [gap.en for gap in pack.form.gaps if one.test.parameter in f"{gap.clause} {gap.en}"]
    return any(_EXPLAINED.search(text) for text in (one.rule.citation.note, *gaps))


def _number(end: LimitValue | None) -> Fraction | None:
    if isinstance(end, Fixed):
        return end.value
    return end.base if isinstance(end, Product) else None


class Jump(Check):
    """A number a thousand times off the others of its column: a slip of the unit or of the point."""

    code = "GRB255"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        columns: dict[tuple[object, ...], list[tuple[LimitRule, Fraction]]] = {}
        for one in pack.limits:
            value = size(one)
            if value:
                key = (one.table, one.column, parse_unit(one.test.unit).dimension)
                columns.setdefault(key, []).append((one, value))
        for members in columns.values():
            middle = median([value for _, value in members])
            largest, smallest = max(value for _, value in members), min(value for _, value in members)
            if largest < _JUMP * smallest:
                continue
            worst = max(members, key=lambda pair: max(pair[1] / middle, middle / pair[1]))[0]
            if not explained(worst, pack):
                yield self.issue(worst.rule.pointer, parameter=worst.test.parameter, factor=int(largest / smallest))


class ShorterStricter(Check):
    """A limit on a shorter mean below the one on a longer mean, which can then never be missed."""

    code = "GRB256"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        groups: dict[tuple[object, ...], list[LimitRule]] = {}
        for one in pack.limits:
            if one.test.period in _HOURS and one.test.kind in ("limit", "benchmark") and size(one) is not None:
                groups.setdefault((one.table, *_without_period(one.test)), []).append(one)
        told: set[str] = set()
        for members in groups.values():
            for short in members:
                longer = self._longer(short, members, pack)
                if longer is None or short.rule.pointer in told or explained(short, pack):
                    continue
                told.add(short.rule.pointer)
                related = (longer.rule.pointer, "lint.related.longer")
                args: dict[str, object] = {"short": short.test.period, "long": longer.test.period}
                yield self.issue(short.rule.pointer, related, parameter=short.test.parameter, **args)

    @staticmethod
    def _longer(short: LimitRule, members: Sequence[LimitRule], pack: Examined) -> LimitRule | None:
        value = size(short)
        for one in members:
            other = size(one)
            if value is None or other is None or not short.test.form.every:
                continue
            longer = _HOURS[one.test.period or ""] > _HOURS[short.test.period or ""]
            stricter = longer and value < other and _same_days(short, one)
            if stricter and implies(short.rule.applies, one.rule.applies, pack.facts):
                return one
        return None


def _same_days(one: LimitRule, other: LimitRule) -> bool:
    return one.rule.valid == other.rule.valid and one.test.segments[0].valid == other.test.segments[0].valid


def _without_period(test: LimitTest) -> tuple[object, ...]:
    parts = about(test)
    return (*parts[:7], *parts[9:])


class OlderStricter(Check):
    """Rows that differ in one date only, of which the one for older plants is the stricter."""

    code = "GRB257"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        families: dict[tuple[object, ...], list[tuple[DateIn, LimitRule]]] = {}
        for one in pack.limits:
            value = size(one)
            for leaf, rest in _date_apart(one.rule.applies) if value is not None else ():
                key = (one.table, one.column, leaf.fact, rest, one.rule.valid.end, *about(one.test))
                families.setdefault(key, []).append((leaf, one))
        told: set[str] = set()
        for members in families.values():
            ordered = sorted(members, key=lambda pair: (pair[0].start is not None, pair[0].start or pair[0].end))
            for (_, older), (_, newer) in pairwise(ordered):
                before, after = size(older), size(newer)
                if before is None or after is None or before >= after or older.rule.pointer in told:
                    continue
                if explained(older, pack) or explained(newer, pack):
                    continue
                told.add(older.rule.pointer)
                related = (newer.rule.pointer, "lint.related.newer")
                yield self.issue(older.rule.pointer, related, parameter=older.test.parameter)


def _date_apart(condition: Condition) -> Iterator[tuple[DateIn, frozenset[Condition]]]:
    parts: tuple[Condition, ...] = condition.parts if isinstance(condition, AllOf) else (condition,)
    for part in parts:
        if isinstance(part, DateIn):
            yield part, frozenset(parts) - {part}


CHECKS: tuple[type[Check], ...] = (Jump, ShorterStricter, OlderStricter)
