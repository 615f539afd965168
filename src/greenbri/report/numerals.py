"""Numbers for people and for programs: rounded to be read, or exact to be computed with."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import TypeAlias

from greenbri.quantity import to_decimal

Number: TypeAlias = "Fraction | Decimal | int"

# From here on digits are grouped, and no decimals are shown.
_GROUPED = 10_000
_MOST_DIGITS = 17


def exact(value: Number) -> Decimal:
    """The number as a decimal: exactly where it ends, else to 34 digits."""
    return to_decimal(Fraction(value))


def literal(value: Number) -> str:
    """The exact number in plain digits, with an exponent only where that spares a long row of zeros."""
    number = exact(value)
    if not number:
        return "0"
    return format(number.normalize(Context(prec=80)), "f") if -10 <= number.adjusted() <= 20 else str(number).lower()


def rounded(value: Number, digits: int = 4) -> str:
    """The number to so many significant digits, without idle zeros, in groups of three from 10 000 on."""
    number = exact(value)
    if not number:
        return "0"
    cut = _cut(number, digits)
    if not -7 <= cut.adjusted() <= 15:
        return f"{cut.normalize():.{digits - 1}E}".replace("E", "e")
    text = format(cut, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    whole, point, rest = text.partition(".")
    if abs(cut) >= _GROUPED:
        sign, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
        whole = sign + f"{int(whole):,}".replace(",", "\u00a0")
    return whole + point + rest


def against(value: Number, limit: Number | None, digits: int = 4) -> str:
    """`rounded`, with as many digits as it takes to stay on the value's side of `limit`.

    A value just above its limit must not be printed as equal to it.
    """
    if limit is None or Fraction(value) == Fraction(limit):
        return rounded(value, digits)
    for count in range(digits, _MOST_DIGITS):
        if _cut(exact(value), count) != _cut(exact(limit), count):
            return rounded(value, count)
    return literal(value)


def percent(share: Number) -> str:
    """A share as a percentage with at most one decimal place."""
    number = (exact(share) * 100).quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN)
    text = format(number, "f")
    return text[:-2] if text.endswith(".0") else text


def points(value: Number) -> str:
    """A score, or the width of an interval of scores, with one decimal place."""
    return format(exact(value).quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN), "f").removesuffix(".0")


def _cut(number: Decimal, digits: int) -> Decimal:
    return Context(prec=digits, rounding=ROUND_HALF_EVEN).plus(number)
