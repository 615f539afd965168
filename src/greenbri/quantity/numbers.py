"""Numbers as people write them, read exactly.

A comma is a thousands separator only where nothing else is possible (`1,234,567` or `1,234.5`); `1,234` could be a
decimal comma and is refused, as are `1 234`, NaN and infinities.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal
from fractions import Fraction
from functools import cache

from greenbri.quantity.errors import QuantityError

# Enough for any figure of the field, and small enough that no text can make arithmetic slow.
MAX_DIGITS = 40
MAX_EXPONENT = 40

# Digits after the decimal point of a result that does not end: well above the 28 of the decimal module.
PRECISION = 34

_NUMBER = (
    r"[+-]?(?:10\^(?P<power>[+-]?\d+)|(?P<mantissa>\d+(?:,\d+)*(?:\.\d*)?|\.\d+)"
    r"(?:[eE](?P<exponent>[+-]?\d+)|\s?[x*]\s?10\^(?P<times>[+-]?\d+))?)"
)
_GROUPED = r"[1-9]\d{0,2}(?:(?:,\d{3}){2,}(?:\.\d+)?|,\d{3}\.\d+)"
_NOT_FINITE = r"(?i:[+-]?(?:nan|inf(?:inity)?)\b|[+-]?∞)"
# Every sign is one character for one, so that offsets in the plain text are offsets in the original.
_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord(sign): plain
    for signs, plain in (
        ("µμ", "u"),
        ("³", "3"),
        ("²", "2"),
        ("–—−‐‑‒", "-"),
        ("×", "x"),
        ("·⋅∙", "*"),
        ("\u00a0\u2009\u202f\u3000\t", " "),
        ("～〜", "~"),
        ("，、", ","),
        ("；", ";"),
        ("℃", "C"),
        ("℉", "F"),
    )
    for sign in signs
}
_NEXT_NUMBER = r" +\d[\d.,]*"
_SUPERSCRIPT = r"10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+"


@cache
def pattern(source: str) -> re.Pattern[str]:
    """The compiled pattern, made at its first use: compiling all of them would double the time of an import."""
    return re.compile(source)


def plain(text: str) -> str:
    """`text` with full-width and typographic characters as ASCII ones, of the same length.

    Raises `QuantityError` for a power written with raised digits, which would read as another number.
    """
    raised = pattern(_SUPERSCRIPT).search(text)
    if raised is not None:
        raise QuantityError("superscript_power", span=raised.span(), hint="10^3", text=raised.group())
    return text.translate(_PLAIN)


def read_number(text: str, start: int) -> tuple[Decimal, int]:
    """The number at `start` of a plain `text`, exactly, and the offset behind it. Raises `QuantityError`."""
    not_finite = pattern(_NOT_FINITE).match(text, start)
    if not_finite is not None:
        raise QuantityError("not_finite", span=not_finite.span(), text=not_finite.group())
    found = pattern(_NUMBER).match(text, start)
    if found is None:
        end = next((i for i in range(start, len(text)) if text[i] == " "), len(text))
        raise QuantityError("no_number", span=(start, max(end, start)), text=text[start:end])
    written = found.group("mantissa") or "1"
    if "," in written:
        written = _without_separators(written, found.span("mantissa"))
    exponent = found.group("power") or found.group("exponent") or found.group("times") or "0"
    # Both are checked as text: an int of a million digits is itself the attack.
    huge = len(written) > MAX_DIGITS + 1 or len(exponent) > 4
    sign = "-" if found.group().startswith("-") else ""
    value = Decimal(0) if huge else Decimal(f"{sign}{written}E{int(exponent)}")
    if huge or abs(value.adjusted()) > MAX_EXPONENT:
        raise QuantityError("number_out_of_range", span=found.span(), text=_shortened(found.group()))
    after = pattern(_NEXT_NUMBER).match(text, found.end())
    if after is not None:
        raise QuantityError("spaced_digits", span=(start, after.end()), text=text[start : after.end()])
    return value, found.end()


def to_decimal(value: Fraction) -> Decimal:
    """`value` as a decimal: exactly if it ends within 60 digits, else to 34 significant digits."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    context = Context(prec=60 if rest == 1 else PRECISION)
    return context.divide(Decimal(value.numerator), Decimal(value.denominator))


def format_decimal(value: Decimal) -> str:
    """`value` without loss, in plain digits unless that takes a long row of zeros."""
    if not value:
        return "0"
    return format(value, "f") if -10 <= value.adjusted() <= 20 else str(value).lower()


def _without_separators(written: str, span: tuple[int, int]) -> str:
    if pattern(_GROUPED).fullmatch(written) is None:
        candidates = f"{written.replace(',', '')} / {written.replace(',', '.')}" if written.count(",") == 1 else None
        raise QuantityError("ambiguous_separator", span=span, hint=candidates, text=written)
    return written.replace(",", "")


def _shortened(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:24]}..."
