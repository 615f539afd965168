"""The state of reference of a quantity: oxygen, moisture, temperature, pressure, heating value, output."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

from greenbri.quantity.dimension import exponent
from greenbri.quantity.errors import QuantityError
from greenbri.quantity.numbers import format_decimal, pattern, plain, read_number, to_decimal
from greenbri.quantity.registry import Unit, symbols

HeatingValue = Literal["HHV", "LHV"]
Output = Literal["gross", "net"]
Moisture: TypeAlias = "Literal['dry', 'wet'] | Fraction"

OXYGEN_IN_AIR = Fraction(21)
ZERO_CELSIUS = Fraction("273.15")
ATMOSPHERE_KPA = Fraction("101.325")


@dataclass(frozen=True, slots=True)
class Reference:
    """What a text states after `@`; None is "not stated", never a default.

    `oxygen_pct` is volume % of the gas as it is stated, so of the wet gas where `moisture` is wet or a number;
    `excess_air` the coefficient alpha; `moisture` dry, wet, or the volume fraction of water in the wet gas;
    `temperature_k` in K, `pressure_kpa` in kPa.
    """

    oxygen_pct: Fraction | None = None
    excess_air: Fraction | None = None
    moisture: Moisture | None = None
    temperature_k: Fraction | None = None
    pressure_kpa: Fraction | None = None
    heating_value: HeatingValue | None = None
    output: Output | None = None

    @classmethod
    def parse(cls, text: str, *, oxygen_in_air: Fraction = OXYGEN_IN_AIR) -> Reference:
        """The state that `6 % O2, dry, 0 C, 101.325 kPa` says, in any subset and order; the empty text says nothing.

        Raises `QuantityError` for an unknown, repeated, contradictory or impossible condition.
        """
        return read_reference(plain(text), oxygen_in_air=oxygen_in_air)

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) is not None for field in fields(self))

    def __str__(self) -> str:
        return format_reference(self)


_NUMBER_OF = r"(?P<number>[+-]?[\d.][\d.,eE^x* +-]*?)"
_OXYGEN = rf"(?:{_NUMBER_OF} ?(?:vol ?%|%(?: ?v/v| ?vol)?) ?O2|O2 ?[:=]? ?(?P<after>[\d.]+) ?%)"
_MOISTURE = rf"(?i:{_NUMBER_OF} ?(?:vol ?%|%) ?(?:H2O|moisture|water))"
_EXCESS_AIR = r"(?i:(?:excess air(?: coefficient)?|alpha|α) ?[:=]? ?(?P<number>[+-]?[\d.]+))"
_MEASURE = rf"{_NUMBER_OF} ?(?P<unit>°?[CF]|deg[CF]|K|[hkM]?Pa|m?bar|atm|mmHg|Torr)"
WORDS: dict[str, tuple[str, str]] = {
    "dry": ("moisture", "dry"),
    "dry basis": ("moisture", "dry"),
    "dry gas": ("moisture", "dry"),
    "wet": ("moisture", "wet"),
    "wet basis": ("moisture", "wet"),
    "wet gas": ("moisture", "wet"),
    "HHV": ("heating_value", "HHV"),
    "GCV": ("heating_value", "HHV"),
    "LHV": ("heating_value", "LHV"),
    "NCV": ("heating_value", "LHV"),
    "gross": ("output", "gross"),
    "gross output": ("output", "gross"),
    "net": ("output", "net"),
    "net output": ("output", "net"),
}
# Two trades mean two states by each.
_AMBIGUOUS = {
    "STP": "0 C, 101.325 kPa",
    "NTP": "20 C, 101.325 kPa",
    "SATP": "25 C, 100 kPa",
    "ISO": "15 C, 101.325 kPa",
}


def read_reference(text: str, start: int = 0, *, oxygen_in_air: Fraction = OXYGEN_IN_AIR) -> Reference:
    """The conditions from `start` to the end of a plain text; spans in errors are offsets in the whole text."""
    found: dict[str, object] = {}
    offset = start
    for part in re.split(r"[,;]", text[start:]):
        span = (offset + len(part) - len(part.lstrip()), offset + len(part.rstrip()))
        offset += len(part) + 1
        condition = " ".join(part.split())
        if not condition:
            if text[start:].strip():
                raise QuantityError("unknown_condition", span=span, text=part)
            continue
        name, value = _condition(condition, span, oxygen_in_air)
        if name in found:
            # `wet, 10 % H2O` says one thing; `dry, 10 % H2O` contradicts itself.
            both = {found[name], value}
            if name == "moisture" and "wet" in both and len(both) == 2 and "dry" not in both:
                found[name] = (both - {"wet"}).pop()
                continue
            raise QuantityError("condition_twice", span=span, text=condition)
        found[name] = value
    if "oxygen_pct" in found and "excess_air" in found:
        raise QuantityError("condition_conflict", span=(start, len(text)), text=text[start:].strip())
    return Reference(**found)  # type: ignore[arg-type]  # the keys are its field names


def check_reference(unit: Unit, reference: Reference, span: tuple[int, int] | None = None) -> None:
    """Raise `QuantityError` for a condition that means nothing for the unit, or contradicts its name."""
    gas = unit.gaseous
    heat = any(exponent(unit.dimension, name) for name in ("heat", "power"))
    output = any(exponent(unit.dimension, name) for name in ("electricity", "power"))
    allowed = {"heating_value": heat, "output": output}
    for field in fields(reference):
        if getattr(reference, field.name) is not None and not allowed.get(field.name, gas):
            raise QuantityError("condition_not_applicable", span=span, unit=unit.text, condition=str(reference))
    stated = reference.moisture
    if unit.moisture and stated is not None and (stated == "dry") != (unit.moisture == "dry"):
        raise QuantityError("condition_conflict", span=span, text=f"{unit.text} @ {reference}")


def format_reference(reference: Reference) -> str:
    """Conditions in their canonical order; parses back to an equal state."""
    said = []
    if reference.oxygen_pct is not None:
        said.append(f"{_shown(reference.oxygen_pct)} % O2")
    if reference.excess_air is not None:
        said.append(f"excess air {_shown(reference.excess_air)}")
    if isinstance(reference.moisture, str):
        said.append(reference.moisture)
    elif reference.moisture is not None:
        said.append(f"{_shown(100 * reference.moisture)} % H2O")
    if reference.temperature_k is not None:
        said.append(_temperature(reference.temperature_k))
    if reference.pressure_kpa is not None:
        said.append(_pressure(reference.pressure_kpa))
    said.extend(word for word in (reference.heating_value, reference.output) if word is not None)
    return ", ".join(said)


def check_oxygen(oxygen_pct: Fraction, span: tuple[int, int] | None = None, *, air: Fraction = OXYGEN_IN_AIR) -> None:
    """Raise `QuantityError` unless the oxygen content, in volume %, is at least 0 and below that of air."""
    if oxygen_pct < 0:
        raise QuantityError("negative", span=span, value=f"{_shown(oxygen_pct)} % O2")
    if oxygen_pct >= air:
        raise QuantityError("oxygen_of_air", span=span, value=_shown(oxygen_pct), air=_shown(air))


def check_moisture(fraction: Fraction, span: tuple[int, int] | None = None) -> None:
    """Raise `QuantityError` unless the volume fraction of water is at least 0 and below 1."""
    if not 0 <= fraction < 1:
        raise QuantityError("moisture_range", span=span, value=_shown(100 * fraction))


def _condition(text: str, span: tuple[int, int], air: Fraction) -> tuple[str, object]:
    word = WORDS.get(text) or WORDS.get(text.lower()) or WORDS.get(text.upper())
    if word is not None:
        return word
    if text.upper() in _AMBIGUOUS:
        raise QuantityError("ambiguous_condition", span=span, hint=_AMBIGUOUS[text.upper()], text=text)
    if (found := pattern(_OXYGEN).fullmatch(text)) is not None:
        oxygen = _number(found["number"] or found["after"], span)
        check_oxygen(oxygen, span, air=air)
        return "oxygen_pct", oxygen
    if (found := pattern(_MOISTURE).fullmatch(text)) is not None:
        water = _number(found["number"], span) / 100
        check_moisture(water, span)
        return "moisture", water
    if (found := pattern(_EXCESS_AIR).fullmatch(text)) is not None:
        alpha = _number(found["number"], span)
        if alpha < 1:
            raise QuantityError("excess_air_range", span=span, value=_shown(alpha))
        return "excess_air", alpha
    if (found := pattern(_MEASURE).fullmatch(text)) is not None:
        unit = symbols()[found["unit"]]
        base = _number(found["number"], span) * unit.factor + unit.offset
        if unit.dimension == (("temperature", 1),):
            if base <= 0:
                raise QuantityError("below_absolute_zero", span=span, value=text)
            return "temperature_k", base
        if base <= 0:
            raise QuantityError("pressure_range", span=span, value=text)
        return "pressure_kpa", base / 1000
    raise QuantityError("unknown_condition", span=span, hint=_nearest(text), text=text)


def _number(text: str, span: tuple[int, int]) -> Fraction:
    try:
        value, end = read_number(text.strip(), 0)
    except QuantityError as error:
        raise error.shifted(span[0]) from None
    if text.strip()[end:].strip():
        raise QuantityError("unknown_condition", span=span, text=text)
    return Fraction(value)


def _nearest(text: str) -> str | None:
    from difflib import get_close_matches

    near = get_close_matches(text, [*WORDS, "6 % O2", "10 % H2O", "25 C", "101.325 kPa", "excess air 1.2"], n=1)
    return near[0] if near else None


def _temperature(kelvin: Fraction) -> str:
    """In the unit in which the number is whole, else in one in which it ends."""
    celsius = kelvin - ZERO_CELSIUS
    scales = ((celsius, "C"), (kelvin, "K"), (kelvin * 9 / 5 - Fraction("459.67"), "F"))
    whole = next((scale for scale in scales if scale[0].denominator == 1), None)
    value, unit = whole or next((scale for scale in scales if _ends(scale[0])), scales[0])
    return f"{_shown(value)} {unit}"


def _pressure(kpa: Fraction) -> str:
    return f"{_shown(kpa)} kPa" if _ends(kpa) else f"{_shown(kpa * 760 / ATMOSPHERE_KPA)} mmHg"


def _ends(value: Fraction) -> bool:
    return Fraction(to_decimal(value)) == value


def _shown(value: Fraction) -> str:
    decimal = to_decimal(value)
    return format_decimal(decimal if decimal != decimal.to_integral_value() else Decimal(int(decimal)))
