"""Cells of decision tables: conditions on facts, and limit values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from greenbri.model.condition import ALWAYS, AnyOf, Condition, DateIn, Is, NumberIn, TermIn, all_of
from greenbri.model.rule import FactDefinition, Form
from greenbri.rulepack.numbers import number_in
from greenbri.rulepack.problems import CellError

_RANGE = re.compile(r"^([\[(])\s*(.*?)\s*,\s*(.*?)\s*([\])])\s*(.*)$")
_BOUND = re.compile(r"^(>=|<=|>|<|≥|≤)\s*(.+)$")
_ISO_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_SHARE = re.compile(r"^p(\d{1,2}(?:\.\d+)?)$")
_HOURS_A_YEAR = 8760
_VALUES_A_YEAR = {"10min": 52560, "15min": 35040, "30min": 17520, "1h": 8760, "8h": 365, "24h": 365, "week": 52,
                  "month": 12, "6min": 87600, "4h": 2190, "3h": 2920, "day": 365}  # fmt: skip


def parse_date(text: str) -> date:
    """A day written YYYY-MM-DD; CellError for anything else, also for a day that does not exist."""
    if not _ISO_DATE.match(text):
        raise CellError("GRB205", text=text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CellError("GRB205", text=text) from None


def condition(definition: FactDefinition, cell: Any) -> Condition:
    """What a fact cell says about a fact: a word, a list, `any`, `not X`, a bound, a half-open range, true or false."""
    if cell is None or cell == "any":
        return ALWAYS
    if isinstance(cell, Mapping):
        if set(cell) == {"not"}:
            return _terms(definition, cell["not"], negated=True)
        raise CellError("GRB203", cell=str(dict(cell)), fact=definition.name)
    if definition.type == "bool":
        return _truth(definition, cell)
    if definition.type == "term":
        if isinstance(cell, str) and cell.startswith("not "):
            rest = cell[4:].strip()
            terms = [part.strip() for part in rest[1:-1].split(",")] if rest.startswith("[") else [rest]
            return _terms(definition, terms, negated=True)
        return _terms(definition, cell, negated=False)
    if isinstance(cell, (bool, list, tuple)):
        raise CellError("GRB203", cell=str(cell), fact=definition.name)
    text = str(cell).strip()
    if definition.type == "date":
        return _dates(definition, text)
    return _numbers(definition, text)


def _truth(definition: FactDefinition, cell: Any) -> Condition:
    if isinstance(cell, bool):
        return Is(definition.name, cell)
    if cell in ("true", "false"):
        return Is(definition.name, cell == "true")
    raise CellError("GRB203", cell=str(cell), fact=definition.name)


def _terms(definition: FactDefinition, cell: Any, *, negated: bool) -> Condition:
    terms = tuple(str(part) for part in cell) if isinstance(cell, (list, tuple)) else (str(cell),)
    if definition.values:
        for term in terms:
            if not any(term == known or known.startswith(term + ".") for known in definition.values):
                raise CellError("GRB206", term=term, fact=definition.name, known=", ".join(definition.values))
    if definition.vocabulary:
        terms = tuple(_canonical(term, definition.vocabulary) for term in terms)
    return TermIn(definition.name, terms, negated)


def _canonical(term: str, vocabulary: str) -> str:
    """The name that the vocabulary gives a word, so that a synonym in a pack still matches."""
    from greenbri import vocabulary as known

    try:
        if vocabulary == "fuels":
            return known.fuel(term).name
        return known.sector(term).name if vocabulary == "sectors" else known.country(term).code
    except known.UnknownName as error:
        near = ", ".join(error.suggestions) or "-"
        raise CellError("GRB220", name=term, vocabulary=vocabulary, near=near) from None


def _dates(definition: FactDefinition, text: str) -> Condition:
    if match := _RANGE.match(text):
        start = parse_date(match[2]) if match[2] else None
        end = parse_date(match[3]) if match[3] else None
        if match[1] == "(" and start is not None:
            start = date.fromordinal(start.toordinal() + 1)
        if match[4] == "]" and end is not None:
            end = date.fromordinal(end.toordinal() + 1)
        if start is not None and end is not None and start >= end:
            raise CellError("GRB203", cell=text, fact=definition.name)
        return DateIn(definition.name, start, end)
    match = _BOUND.match(text)
    if match is None:
        raise CellError("GRB203", cell=text, fact=definition.name)
    day = parse_date(match[2].strip())
    following = date.fromordinal(day.toordinal() + 1)
    return {
        ">=": DateIn(definition.name, day, None),
        ">": DateIn(definition.name, following, None),
        "<": DateIn(definition.name, None, day),
        "<=": DateIn(definition.name, None, following),
    }[_ascii(match[1])]


def _numbers(definition: FactDefinition, text: str) -> Condition:
    name, unit = definition.name, definition.unit
    if match := _RANGE.match(text):
        tail = f" {match[5]}" if match[5] else ""
        low = number_in(match[2] + tail, unit) if match[2] else None
        high = number_in(match[3] + tail, unit) if match[3] else None
        if low is not None and high is not None and low > high:
            raise CellError("GRB203", cell=text, fact=name)
        return NumberIn(name, low, high, match[1] == "[", match[4] == "]")
    if match := _BOUND.match(text):
        value = number_in(match[2], unit)
        return {
            ">=": NumberIn(name, value, None, True, False),
            ">": NumberIn(name, value, None, False, False),
            "<=": NumberIn(name, None, value, True, True),
            "<": NumberIn(name, None, value, True, False),
        }[_ascii(match[1])]
    value = number_in(text, unit)
    return NumberIn(name, value, value, True, True)


def _ascii(sign: str) -> str:
    return {"≥": ">=", "≤": "<="}.get(sign, sign)


def conjunction(facts: Mapping[str, FactDefinition], cells: Mapping[str, Any]) -> Condition:
    """AND of the conditions in a mapping of fact to cell."""
    return all_of(*(condition(definition_of(facts, name), cell) for name, cell in cells.items()))


def disjunction(facts: Mapping[str, FactDefinition], alternatives: list[Mapping[str, Any]]) -> Condition:
    """OR over mappings of fact to cell; nothing listed holds always."""
    if not alternatives:
        return ALWAYS
    return AnyOf(tuple(conjunction(facts, cells) for cells in alternatives))


def definition_of(facts: Mapping[str, FactDefinition], name: str) -> FactDefinition:
    """The definition of a fact; `class.<scheme>` needs none. CellError with near names for an unknown one."""
    known = facts.get(name)
    if known is not None:
        return known
    if name.startswith("class."):
        from greenbri.model.rule import Text

        return FactDefinition(name, "term", "project", Text(name, name))
    from difflib import get_close_matches

    near = get_close_matches(name, list(facts), 3)
    raise CellError("GRB207", fact=name, near=", ".join(near) or "-")


def parse_form(cell: Any, period: str | None) -> Form:
    """The statistical form of a limit; the period turns a count of exceedances into a share of the year's values."""
    if cell is None or cell == "every":
        return Form()
    if isinstance(cell, str) and (match := _SHARE.match(cell)):
        return Form(Fraction(match[1]) / 100)
    if isinstance(cell, Mapping):
        keys = set(cell)
        if {"exceedances"} <= keys <= {"exceedances", "per", "years"}:
            return _exceedances(cell, period)
        if {"percentile"} <= keys <= {"percentile", "years"}:
            return Form(Fraction(str(cell["percentile"])) / 100, int(cell.get("years", 1)))
        if {"share"} <= keys <= {"share", "of", "years"}:
            return Form(Fraction(str(cell["share"])) / 100, int(cell.get("years", 1)))
    raise CellError("GRB208", form=_shown(cell))


def _exceedances(cell: Mapping[str, Any], period: str | None) -> Form:
    """A count of allowed exceedances as the share of values that must comply; of samples the number taken is needed."""
    count, per = int(cell["exceedances"]), str(cell.get("per", "year"))
    in_year = _VALUES_A_YEAR.get(period or "")
    samples: int | None = None
    if per == "year" and in_year is not None:
        values = Fraction(in_year)
    elif per == "hour" and in_year is not None:
        values = Fraction(in_year, _HOURS_A_YEAR)
    elif match := re.match(r"^(\d+) samples$", per):
        values, samples = Fraction(match[1]), int(match[1])
    else:
        raise CellError("GRB208", form=_shown(cell))
    if count >= values:
        raise CellError("GRB208", form=_shown(cell))
    return Form(1 - count / values, int(cell.get("years", 1)), count, samples)


def _shown(cell: Any) -> str:
    if isinstance(cell, Mapping):
        return "{" + ", ".join(f"{key}: {value}" for key, value in cell.items()) + "}"
    return str(cell)
