"""Fuels, with the volumes of their flue gas and the ratio of their heating values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, cast

from greenbri.vocabulary.lookup import Source, Status, Table, source_of

if TYPE_CHECKING:
    from greenbri.quantity.context import FFactor

State = Literal["solid", "liquid", "gaseous", "none"]


@dataclass(frozen=True, slots=True)
class Fuel:
    """A fuel of the tree.

    `dry`, `wet` and `carbon` are the F-factors Fd (dscf/MMBtu), Fw (wscf/MMBtu) and Fc (scf of CO2 per MMBtu), per heat
    of the gross (higher) heating value; None where the source has no row. `net_to_gross` is the net heating value as a
    share of the gross one; None where moisture and hydrogen vary too much for a default.
    """

    name: str
    en: str
    zh: str
    state: State
    dry: Fraction | None = None
    wet: Fraction | None = None
    carbon: Fraction | None = None
    factor_source: Source | None = None
    net_to_gross: Fraction | None = None
    ratio_source: Source | None = None
    synonyms: tuple[str, ...] = ()
    note: str = ""

    @property
    def f_factor(self) -> FFactor | None:
        """The factors as a conversion takes them."""
        from greenbri.quantity.context import FFactor

        if self.dry is None or self.factor_source is None:
            return None
        return FFactor(self.dry, self.wet, source=self.factor_source.clause)

    @property
    def hhv_lhv_ratio(self) -> Fraction | None:
        """The gross heating value as a multiple of the net one, as a conversion takes it."""
        return 1 / self.net_to_gross if self.net_to_gross is not None else None


def fuel(name: str) -> Fuel:
    """The fuel that goes by `name`; raises `UnknownName` with suggestions."""
    return _table().find(name)


def fuels() -> tuple[Fuel, ...]:
    """Every fuel, in the order of the tree."""
    return tuple(_table())


@cache
def _table() -> Table[Fuel]:
    from greenbri.vocabulary.files import read

    data = read("fuels")
    sources = {name: source_of(row) for name, row in data["sources"].items()}
    return Table("fuels", data["fuels"], lambda name, row: _fuel(name, row, sources))


def _fuel(name: str, row: Mapping[str, Any], sources: Mapping[str, Source]) -> Fuel:
    factors = row.get("f_factors", {})
    ratio = row.get("net_to_gross", {})
    return Fuel(
        name=name,
        en=row["en"],
        zh=row["zh"],
        state=cast(State, row["state"]),
        dry=_number(factors, "Fd"),
        wet=_number(factors, "Fw"),
        carbon=_number(factors, "Fc"),
        factor_source=_cited(factors, sources),
        net_to_gross=_number(ratio, "value"),
        ratio_source=_cited(ratio, sources),
        synonyms=tuple(row.get("synonyms", ())),
        note=row.get("note", ""),
    )


def _number(row: Mapping[str, str], key: str) -> Fraction | None:
    return Fraction(row[key]) if key in row else None


def _cited(row: Mapping[str, str], sources: Mapping[str, Source]) -> Source | None:
    """The source named by a row, with the status of that very row: one figure may be read and its neighbour not."""
    if not row:
        return None
    named = sources[row["source"]]
    return Source(named.clause, named.url, cast(Status, row["status"]))
