"""The whole form of a project file: its own keys, and those of the facts of `rules/vocabulary/facts.yaml`.

A fact that is added to the vocabulary has its place in the project file at once: `site.ramsar` is the key `ramsar` of
the section `site`, and of a source, an outfall or a receptor too where the fact is one of subjects.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from greenbri.sources.project import figures_form as figures
from greenbri.sources.project.kinds import (
    ANY,
    DAY,
    FLAG,
    MONEY,
    NAMES,
    TEXT,
    WORD,
    Kind,
    joined,
    many,
    mapping,
    named,
    number,
    table,
    term,
)
from greenbri.sources.project.papers_form import ACTION, COMMITMENT, DOCUMENT, PARTIES, PARTY, WAIVER
from greenbri.sources.project.sections_form import ALIASES, SECTIONS

# Facts that are read by code of their own, or that follow from others.
_OWN = frozenset({"country", "subdivision", "sector", "fuel", "technology", "firing", "abatement", "status"})
_DERIVED = "plant."


@cache
def definitions() -> Mapping[str, Mapping[str, Any]]:
    """The facts of the vocabulary as data: `type`, `of`, `unit`, `values`, `vocabulary`, `en`, `zh`."""
    from greenbri.vocabulary.files import read

    facts: Mapping[str, Mapping[str, Any]] = read("facts")["facts"]
    return facts


def kind_of(definition: Mapping[str, Any]) -> Kind:
    """The kind of value that a fact takes."""
    sort, unit = definition["type"], definition.get("unit", "")
    values, vocabulary = definition.get("values", ()), definition.get("vocabulary", "")
    if sort == "bool":
        return FLAG
    if sort == "date":
        return DAY
    if sort == "number":
        return MONEY if unit == "USD" else number(unit)
    if values:
        return term(*values)
    return named(vocabulary) if vocabulary else term()


@cache
def form() -> Kind:
    """The form of the whole file."""
    sections = {name: Kind("mapping", keys=keys) for name, keys in SECTIONS.items()}
    sections["financing"] = mapping(
        lenders=many(PARTY),
        insurers=many(PARTY),
        close=DAY,
        first_disbursement=DAY,
        disbursement=DAY,
        description=NAMES,
    )
    sections["waste"] = joined(sections["waste"], {"observations": many(observation())})
    sections["dates"] = mapping(disbursement=DAY)
    own = {
        "schema": TEXT,
        "id": TEXT,
        "name": NAMES,
        "description": NAMES,
        "country": named("countries"),
        "subdivision": TEXT,
        "sector": named("sectors"),
        "technology": many(WORD),
        "fuel": figures.FUEL,
        "fuels": figures.FUEL,
        "status": term(*definitions()["status"]["values"]),
        "firing": WORD,
        "abatement": many(WORD),
        "stack_height": number("m"),
        "units": TEXT,
        "parties": PARTIES,
        "associated_facilities": many(figures.ITEM),
        "sources": many(source()),
        "outfalls": many(outfall()),
        "receptors": many(receptor()),
        "ambient": many(station()),
        "noise": many(station()),
        "water_bodies": many(water_body()),
        "observations": many(observation()),
        "commitments": many(COMMITMENT),
        "permits": many(DOCUMENT),
        "documents": many(DOCUMENT),
        "documents_complete": FLAG,
        "plans": many(DOCUMENT),
        "exports": many(TEXT),
        "facts": figures.FREE_FACTS,
        "classes": table(ANY),
        "waivers": many(WAIVER),
        "actions": many(ACTION),
        "action_plan": many(ACTION),
        "references": many(ANY),
        "note": TEXT,
        **sections,
    }
    base = Kind("mapping", keys=own, required=("schema", "id", "country", "sector"))
    return _with_facts(base, "", ("project", "subject"), ALIASES)


@cache
def observation() -> Kind:
    """The form of a figure."""
    base = Kind("mapping", keys=figures.OBSERVATION_KEYS, required=figures.OBSERVATION_REQUIRED)
    found = {name: kind_of(entry) for name, entry in definitions().items() if entry["of"] == "observation"}
    # A dotted name cannot nest here: `water` is a section of the project.
    return joined(base, {**found, **{name.replace(".", "_"): kind for name, kind in found.items()}})


@cache
def source() -> Kind:
    """The form of a source."""
    return _place({**figures.SOURCE_KEYS, "receptor": figures.SPOT}, ("kind",))


@cache
def outfall() -> Kind:
    """The form of an outfall."""
    return _place(figures.OUTFALL_KEYS, ())


@cache
def receptor() -> Kind:
    """The form of a receptor."""
    return _place(figures.RECEPTOR_KEYS, ("id",))


@cache
def station() -> Kind:
    """The form of an entry of `ambient` or `noise`: a figure, or a station with several."""
    found = _place({**figures.STATION_KEYS, "receptor": figures.SPOT}, ())
    return Kind("mapping", keys=found.keys, required=("observations",), other=observation())


@cache
def water_body() -> Kind:
    """The form of a receiving water with figures of its own."""
    return _place(figures.WATER_KEYS, ())


def _place(keys: Mapping[str, Kind], required: tuple[str, ...]) -> Kind:
    base = Kind("mapping", keys={**keys, "observations": many(observation())}, required=required)
    return _with_facts(base, "", ("subject",), {})


def _with_facts(base: Kind, prefix: str, of: tuple[str, ...], aliases: Mapping[str, str]) -> Kind:
    """The form with the facts of the vocabulary put where their dotted names say."""
    wanted = {
        prefix + name: kind_of(entry)
        for name, entry in definitions().items()
        if entry["of"] in of and name not in _OWN and not name.startswith((_DERIVED, "receptor."))
    }
    for place, fact in aliases.items():
        if fact in wanted:
            wanted[place] = wanted[fact]
    return _grown(base, {tuple(name.split(".")): kind for name, kind in wanted.items()})


def _grown(base: Kind, wanted: Mapping[tuple[str, ...], Kind]) -> Kind:
    keys = dict(base.keys)
    below: dict[str, dict[tuple[str, ...], Kind]] = {}
    for path, kind in wanted.items():
        if len(path) == 1:
            keys.setdefault(path[0], kind)
        else:
            below.setdefault(path[0], {})[path[1:]] = kind
    for step, inner in below.items():
        known = keys.get(step)
        section = known if known is not None and known.type == "mapping" else Kind("mapping")
        if known is not None and known.type != "mapping":
            continue
        keys[step] = _grown(section, inner)
    return Kind("mapping", keys=keys, required=base.required, other=base.other, doc=base.doc)
