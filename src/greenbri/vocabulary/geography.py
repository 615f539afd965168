"""Countries of ISO 3166-1, and the jurisdictions that are not countries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from greenbri.vocabulary.lookup import Table, UnknownName


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory by its alpha-2 code; or, with an empty `alpha3`, a body such as `EU` or `WBG`.

    `iso` is False for codes that ISO 3166-1 does not assign.
    """

    code: str
    en: str
    zh: str
    alpha3: str = ""
    iso: bool = True
    synonyms: tuple[str, ...] = ()


def country(name: str) -> Country:
    """The country that goes by an alpha-2 or alpha-3 code or by a name: `NO`, `NOR`, `Norway`, `挪威`.

    Raises `UnknownName` with suggestions.
    """
    return _tables()[0].find(name)


def countries() -> tuple[Country, ...]:
    """Every country and territory, by code."""
    return tuple(_tables()[0])


def jurisdiction(name: str) -> Country:
    """A country, or a body whose rules stand beside national law: EU, WBG, WHO, EP, AIIB, ADB, BRI."""
    lands, bodies = _tables()
    if name in lands:
        return lands.entry(name)
    try:
        return bodies.find(name)
    except UnknownName:
        return lands.find(name)


@cache
def _tables() -> tuple[Table[Country], Table[Country]]:
    from greenbri.vocabulary.files import read

    data = read("countries")
    return Table("countries", data["countries"], _country), Table("jurisdictions", data["jurisdictions"], _country)


def _country(code: str, row: Mapping[str, Any]) -> Country:
    alpha3 = row.get("alpha3", "")
    return Country(
        code,
        row["en"],
        row["zh"],
        alpha3,
        iso=bool(alpha3) and row.get("iso", True),
        synonyms=tuple(row.get("synonyms", ())),
    )
