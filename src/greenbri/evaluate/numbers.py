"""Numbers as text."""

from __future__ import annotations

from fractions import Fraction

from greenbri.quantity import to_decimal


def decimal_text(number: Fraction) -> str:
    """The number in plain digits: exact where it ends, else to 34 digits."""
    return format(to_decimal(number).normalize(), "f")
