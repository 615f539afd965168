"""Sectors, with what law normally sets for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from greenbri.vocabulary.lookup import Table


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector of the tree.

    `expects` lists, per medium (`stack`, `effluent`, `ambient`, `noise`, ... and `requirements`), the parameters or
    documents that law normally sets; `key` those without which no verdict can be given. Codes are for finding and
    grouping: ISIC rev. 4, NACE rev. 2, GB/T 4754-2017, and activity numbers of Annex I to Regulation (EU) 2021/2139.
    """

    name: str
    en: str
    zh: str
    expects: Mapping[str, tuple[str, ...]]
    key: Mapping[str, tuple[str, ...]]
    isic: tuple[str, ...] = ()
    nace: tuple[str, ...] = ()
    gbt4754: tuple[str, ...] = ()
    taxonomy: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()

    def is_key(self, medium: str, name: str) -> bool:
        """Whether that parameter or document decides if a verdict can be given."""
        return name in self.key.get(medium, ())


def sector(name: str) -> Sector:
    """The sector that goes by `name`; raises `UnknownName` with suggestions."""
    return _table().find(name)


def sectors() -> tuple[Sector, ...]:
    """Every sector, in the order of the tree."""
    return tuple(_table())


@cache
def _table() -> Table[Sector]:
    from greenbri.vocabulary.files import read

    return Table("sectors", read("sectors")["sectors"], _sector)


def _sector(name: str, row: Mapping[str, Any]) -> Sector:
    codes = row.get("codes", {})
    return Sector(
        name=name,
        en=row["en"],
        zh=row["zh"],
        expects={medium: tuple(names) for medium, names in row.get("expects", {}).items()},
        key={medium: tuple(names) for medium, names in row.get("key", {}).items()},
        isic=tuple(codes.get("isic", ())),
        nace=tuple(codes.get("nace", ())),
        gbt4754=tuple(codes.get("gbt4754", ())),
        taxonomy=tuple(codes.get("taxonomy", ())),
        synonyms=tuple(row.get("synonyms", ())),
    )
