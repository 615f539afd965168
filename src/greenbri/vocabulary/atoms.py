"""Molar masses from chemical formulas."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

_PART = re.compile("([A-Z][a-z]?)([0-9]{0,3})")
_FORMULA = re.compile("(?:[A-Z][a-z]?[0-9]{0,3})+")


@cache
def _weights() -> dict[str, Fraction]:
    from greenbri.vocabulary.files import read

    return {element: Fraction(weight) for element, weight in read("atomic-weights")["weights"].items()}


def molar_mass(formula: str) -> Fraction:
    """The molar mass in g/mol of a formula such as `SO2` or `C3H8`, from the abridged standard atomic weights.

    For bases that are no parameter, as in `45 mg/m3 as C3H8`. Raises `UnknownName` for what is no plain formula.
    """
    from greenbri.vocabulary.lookup import UnknownName

    if _FORMULA.fullmatch(formula) is None:
        raise UnknownName(formula, vocabulary="chemical formulas")
    total = Fraction(0)
    for element, count in _PART.findall(formula):
        weight = _weights().get(element)
        if weight is None:
            raise UnknownName(formula, vocabulary="chemical formulas")
        total += weight * int(count or 1)
    return total
