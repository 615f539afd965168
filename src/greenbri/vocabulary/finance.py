"""Lenders, insurers and export credit agencies, and the standards that they apply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast

from greenbri.vocabulary.lookup import Source, Table, source_of

LenderKind = Literal["multilateral", "bilateral", "policy-bank", "commercial", "eca", "insurer", "fund"]


@dataclass(frozen=True, slots=True)
class Standard:
    """A set of rules that institutions adopt, such as `EP` or `IFC-PS`."""

    name: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Adoption:
    """That an institution applies a standard; `since` is a date, a year, or empty where it is not known."""

    standard: str
    since: str
    source: Source


@dataclass(frozen=True, slots=True)
class Lender:
    """An institution; `country` is where its licence or seat puts it under home law, empty for multilaterals."""

    name: str
    en: str
    zh: str
    kind: LenderKind
    country: str = ""
    adoptions: tuple[Adoption, ...] = ()
    synonyms: tuple[str, ...] = ()

    @property
    def standards(self) -> tuple[str, ...]:
        """The standards it is said to apply, however well that is known: a reason to ask."""
        return tuple(adoption.standard for adoption in self.adoptions)

    @property
    def confirmed(self) -> tuple[str, ...]:
        """The standards that a source was read for: a fact to rely on."""
        return tuple(adoption.standard for adoption in self.adoptions if adoption.source.status != "recalled")

    @property
    def chinese(self) -> bool:
        """Whether it is a Chinese bank, insurer or fund, on which the supervisor's guidelines are binding."""
        return self.country == "CN"


def lender(name: str) -> Lender:
    """The institution that goes by `name`: `CDB`, `国开行`; raises `UnknownName` with suggestions."""
    return _tables()[0].find(name)


def lenders() -> tuple[Lender, ...]:
    """Every institution, in the order of the file."""
    return tuple(_tables()[0])


def standard(name: str) -> Standard:
    """The standard that goes by `name`; raises `UnknownName` with suggestions."""
    return _tables()[1].find(name)


def standards() -> tuple[Standard, ...]:
    """Every standard that a lender of the list applies."""
    return tuple(_tables()[1])


@cache
def _tables() -> tuple[Table[Lender], Table[Standard]]:
    from greenbri.vocabulary.files import read

    data = read("lenders")
    return (
        Table("lenders", data["lenders"], _lender),
        Table("standards", data["standards"], lambda name, row: Standard(name, row["en"], row["zh"])),
    )


def _lender(name: str, row: Mapping[str, Any]) -> Lender:
    return Lender(
        name=name,
        en=row["en"],
        zh=row["zh"],
        kind=cast(LenderKind, row["kind"]),
        country=row.get("country", ""),
        adoptions=tuple(
            Adoption(entry["id"], entry.get("from", ""), source_of(entry)) for entry in row.get("standards", ())
        ),
        synonyms=tuple(row.get("synonyms", ())),
    )
