"""Who belonged to the European Union, the Energy Community and other groups, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from greenbri.vocabulary.lookup import Source, Table, source_of


class NotRecorded(LookupError):
    """The list of a group cannot speak of that day; this is not the answer that nobody belonged to it."""

    def __init__(self, group: str, on: date, first: date) -> None:
        super().__init__(f"the members of {group} on {on} are not recorded; the list begins on {first}")
        self.group = group
        self.on = on
        self.first = first


@dataclass(frozen=True, slots=True)
class Membership:
    """A group with its periods of membership: country, first and last day, both inclusive; None is open.

    `known_from` is the first day the list can speak of, None where it goes back to the founding.
    """

    group: str
    en: str
    zh: str
    periods: tuple[tuple[str, date | None, date | None], ...]
    source: Source
    known_from: date | None = None
    note: str = ""

    def members(self, on: date) -> frozenset[str]:
        """The alpha-2 codes of the members on that day; raises `NotRecorded` for days before the list begins."""
        if self.known_from is not None and on < self.known_from:
            raise NotRecorded(self.group, on, self.known_from)
        return frozenset(
            country
            for country, first, last in self.periods
            if (first is None or first <= on) and (last is None or on <= last)
        )


def members(group: str, on: date) -> frozenset[str]:
    """The alpha-2 codes of the members of `EU`, `EEA`, `ENC`, `OECD`, `EP-designated` or `WB-high-income` on that day.

    Raises `UnknownName` for another group and `NotRecorded` where the list cannot speak of the day.
    """
    return membership(group).members(on)


def is_group(name: str) -> bool:
    """Whether `name` is the code of a group whose members are listed."""
    return name in _table()


def membership(group: str) -> Membership:
    """The group, with periods and source; raises `UnknownName`."""
    return _table().find(group)


def groups() -> tuple[Membership, ...]:
    """Every group."""
    return tuple(_table())


@cache
def _table() -> Table[Membership]:
    from greenbri.vocabulary.files import read

    return Table("memberships", read("memberships")["groups"], _membership)


def _membership(group: str, row: Mapping[str, Any]) -> Membership:
    return Membership(
        group=group,
        en=row["en"],
        zh=row["zh"],
        periods=tuple((entry["country"], _day(entry, "from"), _day(entry, "to")) for entry in row["members"]),
        source=source_of(row["source"]),
        known_from=_day(row, "known_from"),
        note=row.get("note", ""),
    )


def _day(row: Mapping[str, str], key: str) -> date | None:
    return date.fromisoformat(row[key]) if key in row else None
