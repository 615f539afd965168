"""The facts that conditions may name: those of the vocabulary and those that a pack adds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, cast

from greenbri.model.rule import FactDefinition, Text

if TYPE_CHECKING:
    from greenbri.rulepack.form import FactForm


@cache
def common_facts() -> dict[str, FactDefinition]:
    """The facts of `rules/vocabulary/facts.yaml`, by name."""
    from greenbri.vocabulary.files import read

    data = read("facts")
    return {name: _definition(name, entry) for name, entry in data["facts"].items()}


def _definition(name: str, entry: Mapping[str, Any]) -> FactDefinition:
    return FactDefinition(
        name=name,
        type=cast(Literal["term", "number", "date", "bool"], entry["type"]),
        of=cast(Literal["project", "subject", "observation"], entry["of"]),
        question=Text(str(entry["en"]), str(entry["zh"])),
        values=tuple(str(value) for value in entry.get("values", ())),
        vocabulary=str(entry.get("vocabulary", "")),
        unit=str(entry.get("unit", "")),
    )


def pack_fact(name: str, form: FactForm) -> FactDefinition:
    """A fact that a pack declares; users enter it under `facts:`."""
    return FactDefinition(
        name=name,
        type=form.type,
        of=form.of,
        question=Text(form.question.en, form.question.zh),
        values=tuple(form.values),
        vocabulary=form.vocabulary,
        unit=form.unit,
    )
