"""Units and reference states: what a number of the law is a number of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from greenbri.messages import Word
from greenbri.model.rule import LimitTest
from greenbri.quantity import QuantityError, Reference, Unit, parse, parse_unit
from greenbri.rulepack.lint.examined import Check, Examined, Issue, LimitRule, escaped

_GAS_MEDIA = frozenset({"stack", "ambient", "boundary"})
_WATER_MEDIA = frozenset({"effluent", "water-body", "groundwater"})
# The dimension that the kind of a parameter leaves no choice about.
_OF_KINDS = {
    "level": ("dB", "dB(A)", "dB(C)"),
    "level-difference": ("dB", "dB(A)", "dB(C)"),
    "ph": ("pH",),
    "temperature": ("temperature",),
    "turbidity": ("turbidity_ntu", "turbidity_ftu"),
    "odour": ("odour", "dilution"),
    "duration": ("time",),
    "time": ("time",),
}
_AMOUNTS = frozenset(
    {"mass", "count", "activity", "odour", "TEQ", "I-TEQ", "WHO-TEQ", "gas_fraction", "dilution", "platinum_cobalt"}
)
_NO_AMOUNT = frozenset({"dB", "dB(A)", "dB(C)", "pH", "temperature", "ringelmann", "conductance"})
_EXPLAINS = re.compile(
    r"oxygen|reference|moisture|\bdry\b|\bwet\b|(?:standard|normal) (?:state|condition)|temperature|pressure|O2|273",
    re.IGNORECASE,
)


class WrongDimension(Check):
    """A unit that cannot be a unit of this parameter, this medium or this kind of limit."""

    code = "GRB240"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        seen: set[tuple[int, int, str]] = set()
        for one in pack.limits:
            unit = parse_unit(one.test.unit)
            if self._fits(one, unit, pack) or (one.table, one.column, one.test.unit) in seen:
                continue
            seen.add((one.table, one.column, one.test.unit))
            table = pack.form.limits[one.table]
            name = table.columns[one.column]
            own = parse_unit(_declared(table.limits[name].unit)) == unit
            pointer = f"/limits/{one.table}/limits/{escaped(name)}/unit" if own else one.rule.pointer
            args: dict[str, object] = {"unit": one.test.unit or "1", "parameter": one.test.parameter}
            yield self.issue(pointer, medium=one.test.medium, kind=one.test.kind, **args)

    @staticmethod
    def _fits(one: LimitRule, unit: Unit, pack: Examined) -> bool:
        from greenbri.vocabulary import parameter

        test, bases = one.test, dict(unit.dimension)
        table = pack.form.limits[one.table]
        name = table.columns[one.column]
        removal = test.kind == "removal" or "removal" in f"{name} {table.limits[name].parameter or ''}"
        if removal:
            return not bases and unit.factor <= 1 and unit.text != ""
        if test.kind == "load":
            return bases.get("time", 0) < 0 or "product" in bases or "population_equivalent" in bases
        if (test.medium in _GAS_MEDIA and "water" in bases) or (test.medium in _WATER_MEDIA and "gas" in bases):
            return False
        kind = parameter(test.parameter).kind
        wanted = _OF_KINDS.get(kind)
        if wanted is not None:
            return set(bases) <= set(wanted) and bool(bases)
        if kind in ("concentration", "sum", "toxic-equivalent"):
            if not bases:
                return test.medium not in _GAS_MEDIA | _WATER_MEDIA | {"noise"} or test.kind in ("minimum", "increment")
            return bool(set(bases) & _AMOUNTS) and not set(bases) & _NO_AMOUNT
        return True


def _declared(unit: str) -> str:
    return "" if unit == "1" else unit


class NoReferenceState(Check):
    """A concentration in flue gas without the state that it is stated at: the same gas has many."""

    code = "GRB241"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        told: set[tuple[int, str]] = set()
        for one in pack.limits:
            for part in missing_state(one.test):
                if part == "oxygen" and self._oxygen_in_table(one, pack):
                    continue
                if (one.table, part) in told or self._explained(one, pack):
                    continue
                told.add((one.table, part))
                yield self.issue(one.rule.pointer, parameter=one.test.parameter, missing=Word(f"lint.state.{part}"))

    @staticmethod
    def _oxygen_in_table(one: LimitRule, pack: Examined) -> bool:
        table = pack.form.limits[one.table]
        states = [other.test.reference for other in pack.limits if other.table == one.table]
        return table.oxygen_correction == "never" or any("O2" in state or "excess air" in state for state in states)

    @staticmethod
    def _explained(one: LimitRule, pack: Examined) -> bool:
        table = pack.form.limits[one.table]
        note = table.source.note if isinstance(table.source.note, str) else table.source.note.en
        texts = [note, one.rule.citation.note, *(f"{gap.clause} {gap.en}" for gap in pack.form.gaps)]
        name = table.columns[one.column]
        stated = (table.reference, table.limits[name].reference or "")
        return "actual" in stated or any(_EXPLAINS.search(text) for text in texts)


def missing_state(test: LimitTest) -> Iterator[str]:
    """The parts of the reference state that a limit on flue gas needs and does not say."""
    if test.medium != "stack" or test.kind not in ("limit", "band", "sum", "benchmark"):
        return
    unit, state = parse_unit(test.unit), Reference.parse(test.reference)
    by_volume = unit.gas is not None
    if not by_volume and "gas_fraction" not in dict(unit.dimension):
        return
    if unit.gas == "actual" and state.temperature_k is None:
        yield "temperature"
    if state.moisture is None and unit.moisture is None:
        yield "moisture"
    if state.oxygen_pct is None and state.excess_air is None:
        yield "oxygen"


class NoBenchmarkVolume(Check):
    """A benchmark volume that is no volume of gas or water for a tonne of product."""

    code = "GRB242"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        told: set[tuple[int, str]] = set()
        for one in pack.limits:
            text = one.test.benchmark_volume
            if not text or (one.table, text) in told:
                continue
            told.add((one.table, text))
            try:
                bases = dict(parse(text).unit.dimension)
            except QuantityError:
                bases = {}
            if not ({"gas", "water", "volume"} & set(bases) and min(bases.values(), default=0) < 0):
                yield self.issue(one.rule.pointer, text=text)


CHECKS: tuple[type[Check], ...] = (WrongDimension, NoReferenceState, NoBenchmarkVolume)
