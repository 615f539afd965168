"""The table of units: symbol, dimension, exact factor to the base unit, prefixes and other spellings.

Base units: kg, m, s, K, J, W, Pa, m3 of gas and of water, kWh of electricity, kg of product, one of everything else.
Factors are exact by definition: the international pound (0.45359237 kg) and foot (0.3048 m), the Btu and calorie of the
International Table (1055.05585262 J, 4.1868 J), the standard atmosphere (101.325 kPa), the tonne of coal equivalent of
7,000 kcal/kg (GB/T 2589). Two calendar units are conventions, listed as assumptions wherever they change a number:
a month of 30 days (the period of a dustfall sample) and a year of 365 days.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Literal

from greenbri.quantity.dimension import NONE, SIGNED, Dimension, dimension, exponent

# `actual`: the unit says nothing about the state; `normal`: Nm3; `standard`: dscm, dscf, scf (EPA: 20 C, 1 atm).
GasState = Literal["actual", "normal", "standard"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: canonical ASCII text, dimension, and `base = value * factor + offset`.

    `gas` is what the unit's volume of gas says about temperature and pressure, None without one; `moisture` what the
    name itself says (ppmvd, dscm); `conventions` names calendar and counting conventions inside the factor.
    """

    text: str
    dimension: Dimension
    factor: Fraction = Fraction(1)
    offset: Fraction = Fraction(0)
    gas: GasState | None = None
    moisture: Literal["dry", "wet"] | None = None
    conventions: tuple[str, ...] = ()

    @property
    def signed(self) -> bool:
        """Whether a magnitude may be negative."""
        return any(name in SIGNED for name, _ in self.dimension)

    @property
    def gaseous(self) -> bool:
        """Whether a state of the gas (oxygen, moisture) has a meaning for this unit."""
        return exponent(self.dimension, "gas") != 0 or exponent(self.dimension, "gas_fraction") != 0

    def __str__(self) -> str:
        return self.text


_PREFIXES = {
    "p": Fraction(1, 10**12),
    "n": Fraction(1, 10**9),
    "u": Fraction(1, 10**6),
    "m": Fraction(1, 1000),
    "c": Fraction(1, 100),
    "d": Fraction(1, 10),
    "h": Fraction(100),
    "k": Fraction(1000),
    "M": Fraction(10**6),
    "G": Fraction(10**9),
    "T": Fraction(10**12),
    "P": Fraction(10**15),
}
_POUND = Fraction("0.45359237")
_FOOT = Fraction("0.3048")
_BTU = Fraction("1055.05585262")
_CALORIE = Fraction("4.1868")

# symbol: (dimension, factor, prefixes, other spellings of the bare symbol)
_SIMPLE: dict[str, tuple[str, Fraction | int, str, str]] = {
    "g": ("mass", Fraction(1, 1000), "p n u m k", ""),
    "t": ("mass", 1000, "k M", "tonne tonnes"),
    "lb": ("mass", _POUND, "", "lbs"),
    "gr": ("mass", _POUND / 7000, "", "grain grains"),
    "ston": ("mass", 2000 * _POUND, "", "short-ton"),
    "m": ("length", 1, "u m c k", "metre metres meter meters"),
    "ft": ("length", _FOOT, "", ""),
    "m2": ("length^2", 1, "", ""),
    "cm2": ("length^2", Fraction(1, 10**4), "", ""),
    "km2": ("length^2", 10**6, "", ""),
    "ha": ("length^2", 10**4, "", ""),
    "L": ("water", Fraction(1, 1000), "u m d", "l litre liter dm3"),
    "gal": ("water", Fraction("0.003785411784"), "", "gallon gallons"),
    "s": ("time", 1, "m", "sec second seconds"),
    "min": ("time", 60, "", "minute minutes"),
    "h": ("time", 3600, "", "hr hour hours"),
    "d": ("time", 86400, "", "day days"),
    "month": ("time", 30 * 86400, "", "months mo"),
    "yr": ("time", 365 * 86400, "", "a y year years annum"),
    "K": ("temperature", 1, "", ""),
    "J": ("heat", 1, "k M G T P", ""),
    "Btu": ("heat", _BTU, "", "BTU btu"),
    "MMBtu": ("heat", 10**6 * _BTU, "", "MMBTU mmBtu mmbtu mmBTU"),
    "cal": ("heat", _CALORIE, "k M G", ""),
    "gce": ("heat", 7000 * _CALORIE, "k", ""),
    "tce": ("heat", 7000 * 10**6 * _CALORIE, "", ""),
    "Wh": ("electricity", Fraction(1, 1000), "k M G T", ""),
    "W": ("power", 1, "m k M G T", ""),
    "Wp": ("peak_power", 1, "k M G", ""),
    "Pa": ("pressure", 1, "h k M", ""),
    "bar": ("pressure", 10**5, "m", ""),
    "atm": ("pressure", 101325, "", ""),
    "mmHg": ("pressure", Fraction(101325, 760), "", "Torr"),
    "ppm": ("gas_fraction", Fraction(1, 10**6), "", "ppmv"),
    "ppb": ("gas_fraction", Fraction(1, 10**9), "", "ppbv"),
    "vol%": ("gas_fraction", Fraction(1, 100), "", "%vol"),
    "%": ("", Fraction(1, 100), "", "percent pct"),
    "permille": ("", Fraction(1, 1000), "", "‰"),
    "pH": ("pH", 1, "", ""),
    "dB": ("dB", 1, "", ""),
    "dB(A)": ("dB(A)", 1, "", "dBA"),
    "dB(C)": ("dB(C)", 1, "", "dBC"),
    "p.e.": ("population_equivalent", 1, "", "pe PE p.e"),
    "times": ("dilution", 1, "", "倍 x"),
    "OUE": ("odour", 1, "", "ouE ou OU"),
    "Ringelmann": ("ringelmann", 1, "", "林格曼级"),
    "Pt-Co": ("platinum_cobalt", 1, "", "Hazen PtCo PCU TCU"),
    "NTU": ("turbidity_ntu", 1, "", ""),
    "FTU": ("turbidity_ftu", 1, "", "FNU"),
    "Bq": ("activity", 1, "m k M G T", ""),
    "S": ("conductance", 1, "u m", ""),
    "V": ("voltage", 1, "m k", ""),
    "A": ("current", 1, "m k", ""),
}
# What the table above cannot say.
_SPECIAL = (
    (Unit("Wth", dimension({"heat": 1, "time": -1})), "k M G", ("Wt",)),
    (Unit("We", dimension({"electricity": 1, "time": -1}), Fraction(1, 3_600_000)), "k M G", ("Wel",)),
    (Unit("Whth", dimension({"heat": 1}), Fraction(3600)), "k M G", ()),
    (Unit("C", dimension({"temperature": 1}), Fraction(1), Fraction("273.15")), "", ("°C", "degC")),
    (Unit("F", dimension({"temperature": 1}), Fraction(5, 9), Fraction("459.67") * 5 / 9), "", ("°F", "degF")),
    # Gas or water is decided by the whole unit, see `unit_text`.
    (Unit("m3", dimension({"volume": 1})), "", ("cbm",)),
    (Unit("ft3", dimension({"volume": 1}), _FOOT**3), "", ("cf",)),
    (Unit("Nm3", dimension({"gas": 1}), gas="normal"), "", ("m3N", "m3n", "m3(N)", "Ncm")),
    (Unit("dscm", dimension({"gas": 1}), gas="standard", moisture="dry"), "", ("dsm3",)),
    (Unit("scm", dimension({"gas": 1}), gas="standard"), "", ()),
    (Unit("dscf", dimension({"gas": 1}), _FOOT**3, gas="standard", moisture="dry"), "", ()),
    (Unit("wscf", dimension({"gas": 1}), _FOOT**3, gas="standard", moisture="wet"), "", ()),
    (Unit("scf", dimension({"gas": 1}), _FOOT**3, gas="standard"), "", ()),
    (Unit("ppmvd", dimension({"gas_fraction": 1}), Fraction(1, 10**6), moisture="dry"), "", ("ppmd",)),
    (Unit("ppmvw", dimension({"gas_fraction": 1}), Fraction(1, 10**6), moisture="wet"), "", ("ppmw",)),
    (Unit("ppbvd", dimension({"gas_fraction": 1}), Fraction(1, 10**9), moisture="dry"), "", ("ppbd",)),
    (Unit("ppbvw", dimension({"gas_fraction": 1}), Fraction(1, 10**9), moisture="wet"), "", ("ppbw",)),
    (Unit("MPN", dimension({"count": 1}), conventions=("MPN",)), "", ()),
    (Unit("CFU", dimension({"count": 1}), conventions=("CFU",)), "", ("cfu",)),
    (Unit("count", dimension({"count": 1})), "", ("个", "ind", "cells")),
    (Unit("USD", dimension({"USD": 1})), "", ()),
    (Unit("CNY", dimension({"CNY": 1})), "", ("RMB",)),
    (Unit("EUR", dimension({"EUR": 1})), "", ()),
)
_CONVENTIONAL = {"month": ("month",), "yr": ("year",)}
_BARE = Unit("", NONE)

# Units that are also symbols of elements, so that `10 mg/L F` is fluoride.
ELEMENTS = frozenset("CFKSVW")

# Symbols that two trades read differently, and what to write instead.
AMBIGUOUS = {
    "ton": "t / ston",
    "tons": "t / ston",
    "Mg": "t / mg",
    "MBtu": "MMBtu / kJ",
    "Sm3": "Nm3 / dscm",
    "sm3": "Nm3 / dscm",
    "MWht": "MWhth",
    "GPM": "L/min",
    "MGD": "m3/d",
    "ppt": "ng/m3 / ng/L",
}


@cache
def symbols() -> dict[str, Unit]:
    """Every symbol with its prefixes and other spellings, as the unit it means. Built at first use."""
    table = {"": _BARE}
    for symbol, (base, factor, prefixes, others) in _SIMPLE.items():
        name, _, power = base.partition("^")
        of = dimension({name: int(power or 1)}) if name else NONE
        unit = Unit(symbol, of, Fraction(factor), conventions=_CONVENTIONAL.get(symbol, ()))
        _enter(table, unit, prefixes, tuple(others.split()))
    for unit, prefixes, spellings in _SPECIAL:
        _enter(table, unit, prefixes, spellings)
    return table


def _enter(table: dict[str, Unit], unit: Unit, prefixes: str, spellings: tuple[str, ...]) -> None:
    for prefix, size in (("", Fraction(1)), *((name, _PREFIXES[name]) for name in prefixes.split())):
        scaled = Unit(
            prefix + unit.text,
            unit.dimension,
            unit.factor * size,
            unit.offset,
            unit.gas,
            unit.moisture,
            unit.conventions,
        )
        for spelling in (unit.text, *spellings):
            if table.setdefault(prefix + spelling, scaled) != scaled:
                raise AssertionError(f"two units are written {prefix + spelling}")
