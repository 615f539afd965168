"""What a command asks for, in the names of the vocabularies; every wrong name is a UsageError that says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from greenbri.compare.common_form import Wanted
    from greenbri.compare.point import Point
    from greenbri.model.rule import Pack
    from greenbri.quantity import Quantity


def words(text: str | None) -> list[str]:
    """The parts of a list with commas."""
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def parameters(text: str | None) -> tuple[str, ...]:
    """Canonical names; a name that several parameters go by means all of them."""
    from greenbri.vocabulary import AmbiguousName, UnknownName
    from greenbri.vocabulary import parameter as known

    names: list[str] = []
    for name in words(text):
        try:
            names.append(known(name).name)
        except AmbiguousName as error:
            names.extend(error.suggestions)
        except UnknownName as error:
            raise _unknown(error) from None
    return tuple(dict.fromkeys(names))


def _unknown(error: object) -> Exception:
    from greenbri.errors import UsageError, diagnostic
    from greenbri.vocabulary import UnknownName

    assert isinstance(error, UnknownName)
    args = {"name": error.name, "vocabulary": error.vocabulary, "near": ", ".join(error.suggestions) or "-"}
    return UsageError(diagnostic("GRB220", None, args))


def codes(text: str | None) -> tuple[str, ...]:
    """Codes of jurisdictions, from codes or names."""
    from greenbri.vocabulary import UnknownName, jurisdiction

    try:
        return tuple(dict.fromkeys(jurisdiction(name if len(name) > 4 else name.upper()).code for name in words(text)))
    except UnknownName as error:
        raise _unknown(error) from None


def facts(given: Sequence[str]) -> dict[str, str]:
    """Facts by name, from NAME=VALUE."""
    from greenbri.errors import UsageError, diagnostic

    found: dict[str, str] = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign or not name.strip() or not value.strip():
            raise UsageError(diagnostic("GRB904", None, {"option": "--fact", "value": text, "known": "NAME=VALUE"}))
        found[name.strip()] = value.strip()
    return found


def point(
    sector: str,
    parameters: tuple[str, ...],
    day: date,
    media: tuple[str, ...],
    fuel: str,
    size: str,
    age: Literal["", "new", "existing"],
    facts: dict[str, str],
    rate: Quantity | None,
    volume: Quantity | None,
    wanted: Wanted,
) -> Point:
    """The point with its sector and fuel by their names in the vocabulary; UsageError for unknown ones."""
    from greenbri.compare.point import Point
    from greenbri.vocabulary import UnknownName
    from greenbri.vocabulary import fuel as known_fuel
    from greenbri.vocabulary import sector as known_sector

    try:
        name = known_sector(sector).name
        burnt = known_fuel(fuel).name if fuel else ""
    except UnknownName as error:
        raise _unknown(error) from None
    return Point(name, parameters, day, media, burnt, size, age, facts, rate, volume, wanted)


def check_facts(point: Point, packs: Sequence[Pack]) -> None:
    """A fact that no pack and no vocabulary knows decides nothing, so it is refused."""
    from greenbri.errors import UsageError, diagnostic
    from greenbri.rulepack.facts import common_facts

    known = {*common_facts(), *(fact.name for pack in packs for fact in pack.facts)}
    for name in point.facts:
        if name not in known and not name.startswith("class."):
            from difflib import get_close_matches

            near = ", ".join(get_close_matches(name, sorted(known), 3)) or "-"
            raise UsageError(diagnostic("GRB207", None, {"fact": name, "near": near}))


def packs(sector: str, wanted: str | None, codes: tuple[str, ...]) -> tuple[tuple[Pack, ...], tuple[str, ...]]:
    """The packs to lay side by side, and the jurisdictions asked for that have none at all."""
    from greenbri.model.project import Project
    from greenbri.model.text import Text
    from greenbri.rulepack.library import packs_where
    from greenbri.selection import _meets, select

    found: dict[str, Pack] = {}
    if not wanted or wanted.startswith("+"):
        found = {pack.id: pack for pack in packs_where(lambda entry: _meets(entry.sectors, sector))}
    if wanted:
        stand_in = Project("comparison", Text("", ""), "XX", sector, None, {}, ())
        chosen = select(stand_in, wanted.removeprefix("+"))
        found.update({pack.id: pack for pack in chosen.packs})
    kept = tuple(pack for pack in found.values() if not codes or pack.jurisdiction in codes)
    have = {pack.jurisdiction for pack in kept}
    return kept, tuple(code for code in codes if code not in have)
