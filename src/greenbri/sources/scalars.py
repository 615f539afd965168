"""YAML 1.2 core scalars, with numbers kept as the text that stands in the file."""

from __future__ import annotations

import re


class Number(str):
    """The text of an unquoted number, such as `010`, `0.10` or `180e6`; `Decimal` reads every one exactly.

    A `str`, so that no digit is lost or added; its own class, so that a model can tell `1.0` from `"1.0"`.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Number({str(self)!r})"


# Bounded, so that a number can never be a bomb for the arithmetic behind: longer ones stay text, which no model takes
# for a number. Hexadecimal and octal notation is text too.
is_number = re.compile(
    r"[-+]?(?:[0-9]{1,64}(?:\.[0-9]{0,64})?|\.[0-9]{1,64})(?:[eE][-+]?[0-9]{1,3})?",
).fullmatch

CONSTANTS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}

NOT_FINITE = frozenset(sign + word for sign in ("", "+", "-") for word in (".inf", ".Inf", ".INF")) | {
    ".nan",
    ".NaN",
    ".NAN",
}
