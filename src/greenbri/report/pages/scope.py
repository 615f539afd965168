"""What was assessed and what was not: facts of the project, people, money, documents, classes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from greenbri import messages
from greenbri.model.project import Fact, FactValue, Project
from greenbri.model.rule import Text
from greenbri.report.numerals import rounded
from greenbri.report.wording import both

# What the cover says in one line, where the project states it.
_COVER = ("fuel", "technology", "size.electrical", "size.thermal", "size.flow", "size.pe", "size.throughput")


_IDENTITY = ("country", "sector", "status")


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact with its name, its value and what it rests on."""

    name: str
    label: Text
    value: Text
    evidence: str


def fact_rows(project: Project) -> tuple[FactRow, ...]:
    """Every fact of the project that its head does not say, in the order of its file."""
    definitions = _definitions()
    rows = (item for item in project.facts.items() if item[0] not in _IDENTITY)
    return tuple(_row(name, fact, definitions.get(name, {})) for name, fact in rows)


def cover_facts(project: Project) -> tuple[FactRow, ...]:
    """The few facts that say what the project is."""
    definitions = _definitions()
    return tuple(_row(name, project.facts[name], definitions.get(name, {})) for name in _COVER if name in project.facts)


def document_name(name: str) -> Text:
    """What a type of document is called."""
    from greenbri.vocabulary import UnknownName, document_type

    try:
        known = document_type(name)
    except UnknownName:
        return Text(name, name)
    return Text(known.en, known.zh)


def _row(name: str, fact: Fact, definition: dict[str, Any]) -> FactRow:
    label = Text(str(definition.get("en", name)), str(definition.get("zh", name)))
    parts: list[str] = []
    if fact.evidence is not None:
        said = fact.evidence
        page = f"p. {said.page}" if said.page else ""
        day = said.date.isoformat() if said.date else ""
        parts = [part for part in (said.kind or "", said.document, page, day) if part]
    return FactRow(name, label, _value(fact.value, definition), ", ".join(parts))


def _value(value: FactValue, definition: dict[str, Any]) -> Text:
    if isinstance(value, bool):
        key = "report.yes" if value else "report.no"
        return both(lambda one: messages.text(key, one))
    if isinstance(value, date):
        return Text(value.isoformat(), value.isoformat())
    if isinstance(value, tuple):
        return Text(", ".join(map(str, value)), "、".join(map(str, value)))
    if isinstance(value, str):
        return _term(value, str(definition.get("vocabulary", "")))
    unit = str(definition.get("unit", ""))
    shown = f"{rounded(Fraction(value), 8)} {unit if unit != '1' else ''}".strip()
    return Text(shown, shown)


def _term(value: str, vocabulary: str) -> Text:
    from greenbri.report.wording import country_name, sector_name
    from greenbri.vocabulary import UnknownName, fuel

    if vocabulary == "fuels":
        try:
            known = fuel(value)
        except UnknownName:
            return Text(value, value)
        return Text(known.en, known.zh)
    if vocabulary == "countries":
        return country_name(value)
    return sector_name(value) if vocabulary == "sectors" else Text(value, value)


def _definitions() -> dict[str, dict[str, Any]]:
    from greenbri.vocabulary.files import read

    facts: dict[str, dict[str, Any]] = read("facts")["facts"]
    return facts
