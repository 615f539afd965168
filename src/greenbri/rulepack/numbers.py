"""Numbers with units in the unit of a fact or a limit."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

from greenbri.quantity import Incomparable, QuantityError, as_power, conversion, parse, parse_form
from greenbri.rulepack.problems import CellError

_PLAIN = re.compile(r"^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$")
_MONEY = re.compile(
    r"^(?:(?P<before>[A-Z]{3})\s*)?(?P<number>[+-]?[\d.]+(?:[eE][+-]?\d+)?)\s*(?P<scale>million|billion|m|bn|k)?"
    r"\s*(?P<after>[A-Z]{3})?$"
)
_CURRENCIES = frozenset({"USD", "CNY", "EUR"})
_SCALES = {"k": 10**3, "m": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9, None: 1}


def is_plain_number(text: str) -> bool:
    """Whether the text is a bare number."""
    return bool(_PLAIN.match(text))


@cache
def number_in(text: str, unit: str) -> Fraction:
    """The magnitude of `text` in `unit`; a bare number is taken in that unit.

    Raises CellError where the text is no number, its unit has another dimension, or money is in another currency.
    """
    text = text.strip()
    if is_plain_number(text):
        return Fraction(text)
    if unit in _CURRENCIES:
        return _money_in(text, unit)
    try:
        quantity = parse(text)
        if unit.startswith("MW"):
            quantity = as_power(quantity, "thermal" if unit == "MWth" else "electrical")
        if quantity.value is None or quantity.bound is not None:
            raise CellError("GRB204", text=text, unit=unit, reason="a single value is needed")
        return conversion(quantity, parse_form(unit)).apply(Fraction(quantity.value))
    except (Incomparable, QuantityError) as error:
        raise CellError("GRB204", text=text, unit=unit, reason=str(error)) from None


def _money_in(text: str, currency: str) -> Fraction:
    match = _MONEY.match(text)
    code = (match["before"] or match["after"]) if match else None
    if match is None or code != currency:
        raise CellError("GRB204", text=text, unit=currency, reason="another currency or no amount")
    return Fraction(match["number"]) * _SCALES[match["scale"]]
