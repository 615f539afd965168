"""Units as text: `mg/Nm3`, `MPN/100 mL`, `t/(km2*month)`, `ng I-TEQ/Nm3`, `gCO2/kWh`, `t/h steam`.

Three readings depend on the whole unit:

- A `m3` without N is gas where it stands under something that air or flue gas carries (mass, odour, organisms,
  activity: `mg/m3`, `Bq/m3`), and water everywhere else (`m3/d`, `m3/t`, `kWh/m3`). Gas elsewhere is written `Nm3`
  (`Nm3/t`, `Nm3/h`), water under a mass `L` (`mg/L`).
- A tonne under a mass, a volume or electricity is a tonne of product (`kg/t`, `m3/t`, `kWh/t`); a kilogram is matter,
  so that `mg/kg` of soil is never compared with `kg/t` of cement.
- A substance inside the unit (`gCO2/kWh`, `mgN/L`) is taken out as species, or as basis where it is an element or
  CaCO3. A TEQ scheme stays in the unit: each is a dimension of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from greenbri.quantity.dimension import MATTER, TEQ_SCHEMES, Dimension, dimension, exponent, product, without
from greenbri.quantity.errors import QuantityError
from greenbri.quantity.numbers import pattern
from greenbri.quantity.registry import AMBIGUOUS, ELEMENTS, Unit, symbols

MAX_LENGTH = 80
_MASS = dimension({"mass": 1})
_BASES = frozenset(("N", "P", "C", "S", "CaCO3"))
_FACTOR = r"(?P<count>[1-9]\d{0,6})? ?(?P<symbol>[^\d\s].*|)"
# `gCO2` without a blank needs a formula, or any misspelt unit would be a substance.
_ATTACHED = r"(?P<symbol>[pnumk]?g|[kM]?t|lb)(?P<blank> ?)(?P<species>[A-Z][A-Za-z0-9.+-]*)"
_FORMULA = r"(?:CO2e(?:q)?|(?:I-|WHO-)?TEQ|(?:(?:Ca|Cl|Hg|N|P|C|S|O|H|F)\d*)+)"
_PRODUCT_UNDER = frozenset((*MATTER, "gas", "water", "volume", "electricity"))


@dataclass(frozen=True, slots=True)
class UnitText:
    """What a unit's text says: the unit, and the species or basis written inside it."""

    unit: Unit
    species: str | None = None
    basis: str | None = None


def parse_unit(text: str) -> Unit:
    """The unit that `text` names, without a substance in it. Raises `QuantityError` with a suggestion."""
    found = read_unit(text)
    if found is None:
        raise unknown_unit(text, (0, len(text)))
    if found.species or found.basis:
        raise QuantityError("unit_with_species", span=(0, len(text)), hint=found.unit.text, unit=text)
    return found.unit


@lru_cache(maxsize=4096)
def read_unit(text: str) -> UnitText | None:
    """What `text` says as a unit, or None if it is none. `text` is plain, see `numbers.plain`."""
    text = re.sub(r" *([/*()]) *", r"\1", text.strip())
    if not text or len(text) > MAX_LENGTH:
        return None
    steam = text.endswith(" steam") or "(steam)" in text or " steam/" in text
    if steam:
        text = text.replace("(steam)", "").replace(" steam", "")
    above, *below = _quotient(text)
    species = basis = None
    scheme = None
    attached = pattern(_ATTACHED).fullmatch(above)
    # `mg SO2` alone is a unit and its species, which the reader of the whole quantity tells apart.
    if attached is not None and above not in symbols() and (below or not attached["blank"]):
        above, written = attached["symbol"], attached["species"].replace("CO2eq", "CO2e")
        if not attached["blank"] and pattern(_FORMULA).fullmatch(written) is None:
            return None
        if written in symbols() and written not in ELEMENTS:
            return None
        if written in TEQ_SCHEMES:
            scheme = written
        elif written in _BASES:
            basis = written
        else:
            species = written
    factors = [_factor(above if above or not below else "count"), *(_factor(part) for part in below)]
    if any(factor is None for factor in factors):
        return None
    unit = _compound([factor for factor in factors if factor is not None], scheme, implicit_count=not above)
    if unit is None or (steam and exponent(unit.dimension, "mass") != 1):
        return None
    if steam:
        of_steam = product((without(unit.dimension, "mass"), 1), (dimension({"steam": 1}), 1))
        unit = replace(unit, text=f"{unit.text} steam", dimension=of_steam)
    return UnitText(unit, species, basis)


def unknown_unit(text: str, span: tuple[int, int]) -> QuantityError:
    """The error for a unit that is none, with the nearest one that is, or what to write for an ambiguous one."""
    bad = next((part for part in _quotient(text.strip()) if part and _factor(part) is None), text.strip())
    word = bad.split(" ")[0]
    at = text.find(word)
    if at >= 0 and word:
        span = (span[0] + at, span[0] + at + len(word))
    if word in AMBIGUOUS:
        return QuantityError("ambiguous_unit", span=span, hint=AMBIGUOUS[word], unit=word)
    return QuantityError("unknown_unit", span=span, hint=_nearest(word), unit=word or text)


def _nearest(word: str) -> str | None:
    from difflib import get_close_matches

    folded = [symbol for symbol in symbols() if symbol.lower() == word.lower() and symbol]
    near = folded or get_close_matches(word, [symbol for symbol in symbols() if symbol], n=1, cutoff=0.5)
    return symbols()[near[0]].text if near else None


def _quotient(text: str) -> list[str]:
    """Numerator and denominators: `a/b/c` and `a/(b*c)` alike."""
    above, *below = text.split("/")
    parts = [above]
    for part in below:
        inner = part[1:-1] if part.startswith("(") and part.endswith(")") else part
        parts.extend(inner.split("*"))
    return parts


def _factor(text: str) -> tuple[int, Unit] | None:
    """`100 mL` as (100, mL)."""
    unit = symbols().get(text)
    if unit is not None:
        return 1, unit
    found = pattern(_FACTOR).fullmatch(text)
    if found is None or not found["count"] or found["symbol"] not in symbols() or not found["symbol"]:
        return None
    return int(found["count"]), symbols()[found["symbol"]]


def _compound(factors: list[tuple[int, Unit]], scheme: str | None, *, implicit_count: bool) -> Unit | None:
    (count, first), *below = factors
    if not below and count == 1 and scheme is None:
        return _settled(first, first.dimension, first.factor)
    if count != 1:
        return None
    total = product((first.dimension, 1), *((unit.dimension, -1) for _, unit in below))
    if scheme is not None:
        if first.dimension != _MASS:
            return None
        total = product((total, 1), (_MASS, -1), (dimension({scheme: 1}), 1))
    tonnes = any(unit.text in ("t", "kt", "Mt", "ston") for _, unit in below)
    if tonnes and any(name in _PRODUCT_UNDER for name, _ in first.dimension):
        total = product((total, 1), (_MASS, 1), (dimension({"product": 1}), -1))
    size = first.factor
    for number, unit in below:
        size /= number * unit.factor
    tails = "".join(f"/{number} {unit.text}" if number != 1 else f"/{unit.text}" for number, unit in below)
    head = "" if implicit_count else f"{first.text} {scheme}" if scheme else first.text
    units = (first, *(unit for _, unit in below))
    named = Unit(
        head + tails,
        total,
        size,
        gas=next((unit.gas for unit in units if unit.gas), None),
        moisture=next((unit.moisture for unit in units if unit.moisture), None),
        conventions=tuple(convention for unit in units for convention in unit.conventions),
    )
    return _settled(named, total, size)


def _settled(unit: Unit, total: Dimension, size: Fraction) -> Unit:
    """The unit with its plain cubic metres read as gas or water."""
    volume = exponent(total, "volume")
    if volume == 0:
        return unit
    gas = volume == -1 and any(name in MATTER and power > 0 for name, power in total)
    kind = "gas" if gas else "water"
    merged = dimension({**dict(without(total, "volume")), kind: exponent(total, kind) + volume})
    return replace(unit, dimension=merged, factor=size, gas="actual" if gas else unit.gas)
