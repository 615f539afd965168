"""Text to quantity: `NUMBER [± NUMBER] UNIT [SPECIES] [as BASIS] [@ CONDITION, ...]`, bounds and ranges.

Full-width and typographic signs are read as the plain ones; offsets in errors count characters of the original text.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal
from fractions import Fraction
from typing import cast

from greenbri.quantity.errors import QuantityError
from greenbri.quantity.numbers import pattern, plain, read_number
from greenbri.quantity.quantity import Bound, Form, Quantity, check_magnitude
from greenbri.quantity.reference import OXYGEN_IN_AIR, WORDS, Reference, check_reference, read_reference
from greenbri.quantity.registry import ELEMENTS, symbols
from greenbri.quantity.unit_text import UnitText, read_unit, unknown_unit

MAX_TEXT = 300

_BOUND = r"\s*(?P<bound><=|>=|≤|≥|<|>)?\s*"
_SIGNS = {"≤": "<=", "≥": ">="}
_UNCERTAINTY = r"\s*(?:±|\+/-|\+-)\s*"
_RANGE = r"\s*(?:-|~|to\b)\s*(?=[+-]?\s?[\d.])"
_BASIS = r"(?:^|\s)as\s+(?P<basis>[A-Z][A-Za-z0-9]*)\s*$"
_SPECIES = r"[^\W\d][\w.,+'-]*(?:\([\w.+-]+\)[\w.+-]*)?"
_WORDS_OF_CONDITIONS = frozenset((*WORDS, "O2", "at", "as", "dry,", "wet,", "H2O"))
_EXACT = Context(prec=200)


def parse(text: str, *, oxygen_in_air: Fraction = OXYGEN_IN_AIR) -> Quantity:
    """The quantity that `text` says, with exact decimals in the unit it was written in.

    `oxygen_in_air`, in volume %, is the bound of a stated oxygen content. Raises `QuantityError` with the offsets of
    the culprit for anything that is no quantity or cannot be.
    """
    body = _prepared(text)
    opening = pattern(_BOUND).match(body)
    assert opening is not None
    sign = opening["bound"]
    at = opening.end()
    first, end = read_number(body, at)
    value: Decimal | None = first
    low = high = None
    if (apart := pattern(_UNCERTAINTY).match(body, end)) is not None:
        spread, end = read_number(body, apart.end())
        if spread < 0:
            raise QuantityError("negative", span=(apart.end(), end), value=f"± {spread}")
        low, high = _EXACT.subtract(first, spread), _EXACT.add(first, spread)
    elif (joint := pattern(_RANGE).match(body, end)) is not None:
        last, end = read_number(body, joint.end())
        if last < first:
            raise QuantityError("range_order", span=(at, end), low=first, high=last)
        value, low, high = None, first, last
    if sign is not None and low is not None:
        raise QuantityError("bound_of_range", span=(0, end), text=body[:end].strip())
    form = _read_form(body, end, oxygen_in_air)
    check_magnitude(Fraction(first), form.unit, (at, end))
    bound = cast("Bound | None", _SIGNS.get(sign, sign) if sign else None)
    return Quantity(value, low, high, bound, form.unit, form.species, form.basis, form.reference)


def parse_form(text: str, *, oxygen_in_air: Fraction = OXYGEN_IN_AIR) -> Form:
    """The form that `text` says: a quantity without its number. Raises `QuantityError` like `parse`."""
    body = _prepared(text)
    number = re.match(r"\s*[<>≤≥]?=?\s*[+-]?\.?\d[\d.,eE+-]*", body)
    if number is not None:
        raise QuantityError("form_with_number", span=number.span(), text=body.strip())
    return _read_form(body, 0, oxygen_in_air)


def _prepared(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise QuantityError("text_too_long", span=(MAX_TEXT, len(text)), length=len(text), limit=MAX_TEXT)
    body = plain(text)
    if not body.strip():
        raise QuantityError("empty", span=(0, len(text)))
    return body


def _read_form(body: str, start: int, oxygen_in_air: Fraction) -> Form:
    at = body.find("@", start)
    end = len(body) if at < 0 else at
    reference = Reference() if at < 0 else read_reference(body, at + 1, oxygen_in_air=oxygen_in_air)
    if at >= 0 and not reference:
        raise QuantityError("unknown_condition", span=(at, len(body)), text=body[at:])
    stated = pattern(_BASIS).search(body, start, end)
    basis = stated["basis"] if stated is not None else None
    found, species = _unit_and_species(body, start, stated.start() if stated is not None else end)
    for one, other in ((species, found.species), (basis, found.basis)):
        if one is not None and other is not None and one != other:
            raise QuantityError("two_species", span=(start, end), one=other, other=one)
    check_reference(found.unit, reference, (at, len(body)) if at >= 0 else None)
    return Form(found.unit, species or found.species, basis or found.basis, reference)


def _unit_and_species(body: str, start: int, end: int) -> tuple[UnitText, str | None]:
    """The longest run of words that is a unit, and the words behind it as the species."""
    words = [(found.start(), found.end()) for found in re.compile(r"\S+").finditer(body, start, end)]
    if not words:
        return UnitText(symbols()[""]), None
    for count in range(len(words), 0, -1):
        found = read_unit(body[words[0][0] : words[count - 1][1]])
        if found is not None:
            return found, _species(body, words[count:])
    span = (words[0][0], words[-1][1])
    raise unknown_unit(body[slice(*span)], span)


def _species(body: str, words: list[tuple[int, int]]) -> str | None:
    for span in words:
        word = body[slice(*span)]
        if word in _WORDS_OF_CONDITIONS or word.lower() in WORDS or word[0].isdigit() or word[0] == "%":
            tail = body[words[0][0] : words[-1][1]]
            raise QuantityError("condition_without_at", span=span, hint=f"@ {tail.removeprefix('at ')}", text=word)
        if pattern(_SPECIES).fullmatch(word) is None or (word in symbols() and word not in ELEMENTS):
            raise QuantityError("no_species", span=span, text=word)
    return " ".join(body[slice(*span)] for span in words) or None
