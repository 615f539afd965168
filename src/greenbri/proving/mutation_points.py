"""Concrete points in the space of facts: where a rule applies, and where a slip in its conditions shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import islice, pairwise, product
from typing import Any

from greenbri.evaluate.view import View
from greenbri.model.condition import FUEL_COUNT, Condition, DateIn, Is, NumberIn, TermIn, all_of, leaves
from greenbri.model.project import Fact, FactValue, Project
from greenbri.model.rule import FactDefinition, Text
from greenbri.proving.boundaries import _value
from greenbri.proving.conditions import number, unit_of
from greenbri.rulepack.lint.regions import branches, possible

Facts = Mapping[str, FactDefinition]
Point = dict[str, FactValue]
_MOST = 3000
_BRANCHES = 4
# for conditions that only say what a fact must not be; a fact without a vocabulary takes any word
_WORDS = {
    "sectors": ("cement", "water.municipal", "power.coal"),
    "fuels": ("coal.bituminous", "gas.natural", "biomass", "oil"),
    "countries": ("BR", "KE"),
    "": ("other",),
}


def points(condition: Condition, facts: Facts) -> Iterator[Point]:
    """A point for each of the first branches in which a condition can hold."""
    for branch in islice((one for one in branches(condition) or () if possible(one, facts)), _BRANCHES):
        names = dict.fromkeys(leaf.fact for leaf in branch if leaf.fact != FUEL_COUNT)
        point = {name: _answer(name, [leaf for leaf in branch if leaf.fact == name], facts) for name in names}
        if all(value is not None for value in point.values()):
            yield {name: value for name, value in point.items() if value is not None}


def _answer(name: str, found: Sequence[TermIn | NumberIn | DateIn | Is], facts: Facts) -> FactValue | None:
    value = _value(found)
    return _other(name, found, facts) if value == "other" else value


def _other(name: str, found: Iterable[Any], facts: Facts) -> str | None:
    """A word of the fact's own list that none of the tests names."""
    from greenbri.vocabulary import covers

    definition = facts.get(name)
    if definition is None:
        return None
    found = list(found)
    named = [term for leaf in found if isinstance(leaf, TermIn) for term in leaf.terms]
    words = definition.values or _WORDS.get(definition.vocabulary, ())
    return next((word for word in words if not any(covers(term, word) for term in named)), None)


def apart(one: Condition, other: Condition, context: Condition, facts: Facts) -> Iterator[tuple[Point, bool]]:
    """Points in the context at which just one of two conditions holds, and whether it is the first.

    Each starts where one of them holds and differs in at most two facts from there.
    """
    tests = [*leaves(one), *leaves(other), *leaves(context)]
    listed = {leaf.fact: None for leaf in tests if leaf.fact != FUEL_COUNT}
    answers = {name: _answers(name, [leaf for leaf in tests if leaf.fact == name], facts) for name in listed}
    differing = {leaf.fact for leaf in (*_only(one, other), *_only(other, one))} & answers.keys()
    seen: set[str] = set()
    for start in (*points(all_of(context, other), facts), *points(all_of(context, one), facts)):
        rest = [name for name in answers if name not in differing]
        for changes in islice(_changes(differing, rest, answers), _MOST):
            point = {**start, **changes}
            mark = repr(sorted(point.items(), key=lambda entry: entry[0]))
            if mark in seen:
                continue
            seen.add(mark)
            view = _view(point)
            first, second = view.holds(one).value, view.holds(other).value
            if first is not None and second is not None and first is not second and view.holds(context).value is True:
                yield point, first


def _only(one: Condition, other: Condition) -> list[TermIn | NumberIn | DateIn | Is]:
    known = list(leaves(other))
    return [leaf for leaf in leaves(one) if leaf not in known] or ([] if one == other else list(leaves(one)))  # AND, OR


def _changes(differing: Iterable[str], rest: Sequence[str], answers: Mapping[str, list[FactValue]]) -> Iterator[Point]:
    for name in differing:
        for value in answers[name]:
            yield {name: value}
    for name in differing:
        for other in rest:
            for value, second in product(answers[name], answers[other]):
                yield {name: value, other: second}


def _answers(name: str, tests: Sequence[TermIn | NumberIn | DateIn | Is], facts: Facts) -> list[FactValue]:
    """Values on, between and beyond the bounds that the tests name."""
    first = tests[0]
    if isinstance(first, Is):
        return [True, False]
    if isinstance(first, TermIn):
        words: dict[str, None] = {term: None for leaf in tests if isinstance(leaf, TermIn) for term in leaf.terms}
        definition = facts.get(name)
        if definition is not None and definition.values:
            return [*dict.fromkeys((*words, *definition.values))]
        other = _other(name, tests, facts)
        return [*words, *([other] if other is not None else [])]
    if isinstance(first, DateIn):
        days = sorted({day for leaf in tests if isinstance(leaf, DateIn) for day in (leaf.start, leaf.end) if day})
        return [*days, *(day - timedelta(days=1) for day in days[:1])]
    bounds = sorted(
        {end for leaf in tests if isinstance(leaf, NumberIn) for end in (leaf.low, leaf.high) if end is not None}
    )
    if not bounds:
        return []
    middles = [(low + high) / 2 for low, high in pairwise(bounds)]
    return [*bounds, *middles, bounds[-1] * 2 or Fraction(1), bounds[0] / 2]


def _view(point: Point) -> View:
    facts = {name.removeprefix("plant."): Fact(value, "") for name, value in point.items() if name.startswith("plant.")}
    facts.update({name: Fact(value, "") for name, value in point.items() if not name.startswith("plant.")})
    text = Text("point", "point")
    return View(Project(id="point", name=text, country="XX", sector="", status=None, facts=facts, subjects=()))


def written(point: Point, facts: Facts) -> dict[str, Any]:
    """The facts of a point as a file says them, with their units."""
    return {name: _written(name, value, facts) for name, value in point.items()}


def _written(name: str, value: FactValue, facts: Facts) -> Any:
    if isinstance(value, (bool, str)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return f"{number(value)} {unit_of(name, facts)}".strip()
    return list(value)
