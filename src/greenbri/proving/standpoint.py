"""A point in the space of facts, such as a second reader names one, as the view that conditions are asked in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from greenbri.evaluate.classify import classify
from greenbri.evaluate.truth import Truth
from greenbri.evaluate.view import View
from greenbri.model.condition import AllOf, Condition, Is, TermIn
from greenbri.model.project import Fact, FactValue, Project, Subject
from greenbri.model.rule import FactDefinition, Pack, Text
from greenbri.rulepack.cells import condition, definition_of
from greenbri.rulepack.problems import CellError

_PLANT = "plant."
# What nobody says, because it is the rule; the same is assumed of observations.
_USUAL = {"operating_state": "normal", "phase": "operation"}
_OF_PROJECTS = frozenset({"country", "subdivision", "sector", "status"})


def standpoint(
    when: Mapping[str, Any], pack: Pack, facts: Mapping[str, FactDefinition], medium: str, day: date
) -> View:
    """The view from a point. Raises CellError for a fact that is unknown or a value that it cannot take.

    What the scope of the pack or its territory implies need not be said, nor that operation is normal.
    """
    stated = {name: Fact(value(name, cell, facts), "") for name, cell in flat(when) if name != "fuels"}
    implied = {name: Fact(word, "") for name, word in _implied(pack) if name not in stated}
    usual = {name: Fact(word, "") for name, word in _USUAL.items() if name not in stated}
    own = {**usual, **implied, **{name: fact for name, fact in stated.items() if not name.startswith(_PLANT)}}
    plant = {name[len(_PLANT) :]: fact for name, fact in stated.items() if name.startswith(_PLANT)}
    fuels = _fuels(when.get("fuels"), facts)
    if len(fuels) > 1 and "fuel" not in own:
        own["fuel"] = Fact(tuple(name for name, _ in fuels), "")
    whole = {name: fact for name, fact in own.items() if name in _OF_PROJECTS or name not in stated}
    project = Project(
        id="reading",
        name=Text("reading", "reading"),
        country=_word(own.get("country"), "XX"),
        sector=_word(own.get("sector"), ""),
        status=None,
        facts={**own, **whole, **plant},
        subjects=(),
    )
    subject = Subject("reading", medium, "", facts=own, fuels=fuels)
    view = View(project, subject, None, {})
    return View(project, _with_classes(subject, view, pack, day), None, {})


def _word(fact: Fact | None, otherwise: str) -> str:
    return str(fact.value) if fact is not None and isinstance(fact.value, str) else otherwise


def flat(cells: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Facts with dotted names, however deep the file nests them."""
    for name, cell in cells.items():
        if isinstance(cell, Mapping) and prefix + name != "fuels":
            yield from flat(cell, f"{prefix}{name}.")
        else:
            yield prefix + name, cell


def value(name: str, cell: Any, facts: Mapping[str, FactDefinition]) -> FactValue:
    """The value of a fact as a cell of a table would be read; CellError for a range, which is no value."""
    definition = definition_of(facts, name)
    if definition.type == "number":
        return _number(str(cell), definition.unit)
    if definition.type == "date":
        from greenbri.rulepack.cells import parse_date

        return parse_date(str(cell))
    read = condition(definition, cell)
    if isinstance(read, Is):
        return read.value
    if isinstance(read, TermIn) and not read.negated:
        return read.terms[0] if len(read.terms) == 1 else read.terms
    raise CellError("GRB203", cell=str(cell), fact=name)


@lru_cache(maxsize=10_000)
def _number(text: str, unit: str) -> Fraction:
    from greenbri.rulepack.numbers import number_in

    return number_in(text, unit)


def _implied(pack: Pack) -> Iterator[tuple[str, FactValue]]:
    """What every project within the pack's reach has: its one sector, its country."""
    from greenbri.vocabulary import is_group

    if pack.binds.by == "territory" and "-" not in pack.binds.of:
        home = pack.binds.of or pack.jurisdiction
        if not is_group(home):
            yield "country", home
    parts = pack.scope.parts if isinstance(pack.scope, AllOf) else (pack.scope,)
    for part in parts:
        if isinstance(part, TermIn) and not part.negated and len(part.terms) == 1:
            yield part.fact, part.terms[0]
        elif isinstance(part, Is):
            yield part.fact, part.value


def _fuels(cells: Any, facts: Mapping[str, FactDefinition]) -> tuple[tuple[str, Fraction], ...]:
    from greenbri.rulepack.numbers import number_in

    if not isinstance(cells, Mapping):
        return ()
    return tuple((str(value("fuel", name, facts)), number_in(str(share), "%")) for name, share in cells.items())


def _with_classes(subject: Subject, view: View, pack: Pack, day: date) -> Subject:
    """The classes that the pack proposes here, unless they are stated."""
    facts = dict(subject.facts)
    for scheme in pack.classifications:
        found, _ = classify(scheme, view, day)
        if found is not None and found.value is not None:
            facts.setdefault(f"class.{scheme.scheme}", Fact(found.value, ""))
    return Subject(subject.id, subject.medium, "", facts=facts, fuels=subject.fuels)


def applies(view: View, scope: Condition, rule: Condition) -> Truth:
    """Whether a rule definitely applies: its own conditions must hold, those of the pack must not fail."""
    if view.holds(scope).value is False:
        return Truth(False)
    return view.holds(rule)
