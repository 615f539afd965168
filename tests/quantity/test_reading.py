"""Text to quantity: every unit of the field, every shape, every refusal with its place."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from greenbri.quantity import (
    Form,
    Quantity,
    QuantityError,
    Reference,
    as_power,
    expect,
    format_quantity,
    parse,
    parse_form,
    parse_unit,
)

# As people write it, and as it is printed.
TEXTS = {
    "85 mg/Nm3 @ 6 % O2, dry": "85 mg/Nm3 @ 6 % O2, dry",
    "12 ppmvd @ 15 % O2": "12 ppmvd @ 15 % O2",
    "12ppmv@15%O2": "12 ppm @ 15 % O2",
    "0.15 lb/MMBtu": "0.15 lb/MMBtu",
    "45 mg/L": "45 mg/L",
    "45 mg/l": "45 mg/L",
    "57 dB(A)": "57 dB(A)",
    "-3 dB": "-3 dB",
    "0.08 ng I-TEQ/Nm3 @ 11 % O2": "0.08 ng I-TEQ/Nm3 @ 11 % O2",
    "0.1 ng TEQ/m3": "0.1 ng TEQ/m3",
    "6.1 pg I-TEQ/Nm3": "6.1 pg I-TEQ/Nm3",
    "85 ± 10 mg/Nm3": "85 ± 10 mg/Nm3",
    "85 +/- 10 mg/Nm3": "85 ± 10 mg/Nm3",
    "< 0.005 mg/L": "< 0.005 mg/L",
    "≤0.005 mg/L": "<= 0.005 mg/L",
    "> 80 %": "> 80 %",
    "6-9 pH": "6-9 pH",
    "6.5–8.5": "6.5-8.5",
    "6 ~ 9": "6-9",
    "6 to 9": "6-9",
    "-5--2 °C": "-5 to -2 C",
    "-5 – 3 ℃": "-5 to 3 C",
    "1e-3-2e-3 mg/L": "0.001-0.002 mg/L",
    "85 μg/m³": "85 ug/m3",
    "85 µg/m3": "85 ug/m3",
    "５０ｍｇ／Ｌ": "50 mg/L",
    "35 mg / m3N": "35 mg/Nm3",
    "35 mg/Nm³": "35 mg/Nm3",
    "1,234.5 mg/L": "1234.5 mg/L",
    "1,234,567 t/a": "1234567 t/yr",
    "1.2×10^3 CFU/100 mL": "1200 CFU/100 mL",
    "10^4 MPN/100mL": "10000 MPN/100 mL",
    "1.5E3 /L": "1500 /L",
    "20000 个/L": "20000 count/L",
    "200 /100 mL": "200 /100 mL",
    "1878 MW": "1878 MW",
    "50 MWth": "50 MWth",
    "600 MWe": "600 MWe",
    "35 t/h": "35 t/h",
    "35 t/h steam": "35 t/h steam",
    "35 t steam/h": "35 t/h steam",
    "400 gCO2/kWh": "400 g/kWh CO2",
    "9 tCO2e/yr": "9 t/yr CO2e",
    "5 mgN/L": "5 mg/L as N",
    "5 mg N/L": "5 mg/L as N",
    "5 mg/L NO3 as N": "5 mg/L NO3 as N",
    "8 mg/L NH3-N": "8 mg/L NH3-N",
    "10 mg/L F": "10 mg/L F",
    "200 mg/Nm3 NOx as NO2 @ dry, 0 C": "200 mg/Nm3 NOx as NO2 @ dry, 0 C",
    "1000 MPN/100 mL E. coli": "1000 MPN/100 mL E. coli",
    "30 倍": "30 times",
    "20 OUE/m3": "20 OUE/m3",
    "1 Ringelmann": "1 Ringelmann",
    "15 Hazen": "15 Pt-Co",
    "5 NTU": "5 NTU",
    "5 FTU": "5 FTU",
    "10 Bq/L": "10 Bq/L",
    "1.2 mS/cm": "1.2 mS/cm",
    "4 V/m": "4 V/m",
    "3 USD/t": "3 USD/t",
    "12 t/km2/month": "12 t/km2/month",
    "12 t/(km2·month)": "12 t/km2/month",
    "400 mg/m2/d": "400 mg/m2/d",
    "30 kWh/pe/yr": "30 kWh/p.e./yr",
    "0.5 kWh/m3": "0.5 kWh/m3",
    "4 W/m2": "4 W/m2",
    "9 kg/kW": "9 kg/kW",
    "1000 m3/day": "1000 m3/d",
    "1.5 m3/t": "1.5 m3/t",
    "2300 Nm3/t @ 10 % O2, dry, 0 C": "2300 Nm3/t @ 10 % O2, dry, 0 C",
    "9500 kJ/kWh @ LHV, net": "9500 kJ/kWh @ LHV, net",
    "250 MMBtu/h": "250 MMBtu/h",
    "900 GJ/h": "900 GJ/h",
    "10000 p.e.": "10000 p.e.",
    "12 ha": "12 ha",
    "40 mg/kg": "40 mg/kg",
    "850 C": "850 C",
    "-40 F": "-40 F",
    "2 s": "2 s",
    "8760 h": "8760 h",
    "101.3 kPa": "101.3 kPa",
    "1e25 Bq": "1e+25 Bq",
    "0 mg/L": "0 mg/L",
}


@pytest.mark.parametrize(("text", "printed"), TEXTS.items())
def test_a_text_is_read_and_printed_in_its_canonical_form(text: str, printed: str) -> None:
    quantity = parse(text)
    assert format_quantity(quantity) == printed
    assert parse(printed) == quantity


def test_numbers_are_exact() -> None:
    assert parse("0.1 mg/L").value == Decimal("0.1")
    assert parse("0.0000000000000000000000001 mg/L").value == Decimal("1E-25")


def test_the_four_shapes_and_their_intervals() -> None:
    assert parse("85 mg/L").interval == (85, 85)
    spread = parse("85 ± 10 mg/L")
    assert (spread.value, spread.low, spread.high, spread.interval) == (85, 75, 95, (75, 95))
    assert parse("5 ± 10 mg/L").interval == (0, 15)
    assert (parse("6-9 pH").value, parse("6-9 pH").interval) == (None, (6, 9))
    assert parse("< 5 mg/L").interval == (0, 5)
    assert parse("< 5 dB").interval == (None, 5)
    assert parse(">= 5 mg/L").interval == (5, None)


def test_a_cubic_metre_is_gas_under_what_air_carries_and_water_elsewhere() -> None:
    for gas in ("mg/m3", "ug/m3", "OUE/m3", "Bq/m3", "ng I-TEQ/m3", "mg/Nm3", "Nm3/h", "g/dscm"):
        assert dict(parse_unit(gas).dimension).keys() >= {"gas"}, gas
    for water in ("m3/d", "m3/t", "kWh/m3", "m3", "mg/L", "m3/s", "USD/m3"):
        assert dict(parse_unit(water).dimension).keys() >= {"water"}, water


def test_kinds_are_never_mixed() -> None:
    pairs = [
        ("mg/L", "mg/m3"), ("kg/t", "mg/kg"), ("MWth", "MWe"), ("MW", "MWth"), ("t/h", "t/h steam"), ("GJ", "kWh"),
        ("ng I-TEQ/m3", "ng TEQ/m3"), ("ng TEQ/m3", "ng/m3"), ("dB", "dB(A)"), ("NTU", "FTU"), ("USD", "CNY"),
        ("times", "OUE/m3"), ("p.e.", "/L"), ("ppm", "mg/kg"),
    ]  # fmt: skip
    for one, other in pairs:
        assert parse_unit(one).dimension != parse_unit(other).dimension, (one, other)


# Text, message, the part of it that is wrong, what to write instead.
REFUSED = [
    ("", "empty", "", None),
    ("mg/L", "no_number", "mg/L", None),
    ("nan mg/L", "not_finite", "nan", None),
    ("-inf mg/L", "not_finite", "-inf", None),
    ("1,234 mg/L", "ambiguous_separator", "1,234", "1234 / 1.234"),
    ("0,05 mg/L", "ambiguous_separator", "0,05", "005 / 0.05"),
    ("12,34,567 mg/L", "ambiguous_separator", "12,34,567", None),
    ("1 234 mg/L", "spaced_digits", "1 234", None),
    ("10³ /L", "superscript_power", "10³", "10^3"),
    ("1e99999999 mg/L", "number_out_of_range", "1e99999999", None),
    ("10e40 mg/L", "number_out_of_range", "10e40", None),
    (f"{'9' * 60} mg/L", "number_out_of_range", "9" * 60, None),
    ("9-6 pH", "range_order", "9-6", None),
    ("< 6-9 pH", "bound_of_range", "< 6-9", None),
    ("85 mgg/Nm3", "unknown_unit", "mgg", "mg"),
    ("85 mg/Nm4", "unknown_unit", "Nm4", "Nm3"),
    ("85 MG/L", "unknown_unit", "MG", "mg"),
    ("5 ton/yr", "ambiguous_unit", "ton", "t / ston"),
    ("5 MBtu/h", "ambiguous_unit", "MBtu", "MMBtu / kJ"),
    ("85 mg/Nm3 dry", "condition_without_at", "dry", "@ dry"),
    ("85 mg/Nm3 at 6 % O2", "condition_without_at", "at", "@ 6 % O2"),
    ("85 mg Nm3", "no_species", "Nm3", None),
    ("85 mg/Nm3 SO2!", "no_species", "SO2!", None),
    ("85 mgN/L as P", "two_species", " mgN/L as P", None),
    ("85 mg/Nm3 @ 21 % O2", "oxygen_of_air", "21 % O2", None),
    ("85 mg/Nm3 @ dry, 20,95 % O2", "unknown_condition", "20", None),
    ("85 mg/Nm3 @ -1 % O2", "negative", "-1 % O2", None),
    ("85 mg/Nm3 @ 100 % H2O", "moisture_range", "100 % H2O", None),
    ("85 mg/Nm3 @ -300 C", "below_absolute_zero", "-300 C", None),
    ("85 mg/Nm3 @ 0 kPa", "pressure_range", "0 kPa", None),
    ("85 mg/Nm3 @ excess air 0.4", "excess_air_range", "excess air 0.4", None),
    ("85 mg/Nm3 @ dyr", "unknown_condition", "dyr", "dry"),
    ("85 mg/Nm3 @ STP", "ambiguous_condition", "STP", "0 C, 101.325 kPa"),
    ("85 mg/Nm3 @ 6 % O2, 7 % O2", "condition_twice", "7 % O2", None),
    ("85 mg/Nm3 @ dry, 10 % H2O", "condition_twice", "10 % H2O", None),
    ("85 mg/Nm3 @ 6 % O2, excess air 1.4", "condition_conflict", " 6 % O2, excess air 1.4", None),
    ("85 mg/Nm3 @", "unknown_condition", "@", None),
    ("85 mg/Nm3 @ dry,,0 C", "unknown_condition", "", None),
    ("12 ppmvd @ wet", "condition_conflict", "@ wet", None),
    ("45 mg/L @ 6 % O2", "condition_not_applicable", "@ 6 % O2", None),
    ("85 mg/Nm3 @ HHV", "condition_not_applicable", "@ HHV", None),
    ("0.15 lb/MMBtu @ gross", "condition_not_applicable", "@ gross", None),
    ("-5 mg/L", "negative", "-5", None),
    ("-5 %", "negative", "-5", None),
    ("5 ± -1 mg/L", "negative", "-1", None),
    ("-300 C", "below_absolute_zero", "-300", None),
    ("x" * 301, "text_too_long", "x", None),
]


@pytest.mark.parametrize(("text", "key", "culprit", "hint"), REFUSED, ids=[row[0][:30] for row in REFUSED])
def test_what_is_no_quantity_is_refused_at_its_place(text: str, key: str, culprit: str, hint: str | None) -> None:
    with pytest.raises(QuantityError) as caught:
        parse(text)
    error = caught.value
    assert error.message_key == f"quantity.{key}"
    assert error.span is not None
    assert text[slice(*error.span)] == culprit
    assert error.hint == hint
    assert error.code.startswith("GRB4")
    assert str(error) == error.message("en") != error.message("zh")
    assert hint is None or hint in str(error)


def test_a_form_has_no_number() -> None:
    form = parse_form("mg/Nm3 NOx as NO2 @ 7 % O2, dry, 20 C")
    assert (form.unit.text, form.species, form.basis) == ("mg/Nm3", "NOx", "NO2")
    assert form.reference == Reference(Fraction(7), None, "dry", Fraction("293.15"))
    assert parse_form(str(form)) == form
    assert parse_form("/100 mL").unit.text == "/100 mL"
    with pytest.raises(QuantityError, match="has a number"):
        parse_form("85 mg/Nm3")


def test_oxygen_is_bounded_by_the_constant_of_the_instrument() -> None:
    assert parse("5 ppm @ 20.9 % O2").reference.oxygen_pct == Fraction("20.9")
    with pytest.raises(QuantityError, match="at or above that of air"):
        parse("5 ppm @ 20.9 % O2", oxygen_in_air=Fraction("20.9"))


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("", Reference()),
        ("6 % O2, dry, 0 C, 101.325 kPa", Reference(Fraction(6), None, "dry", Fraction("273.15"), Fraction("101.325"))),
        (
            "1 atm, 32 F, dry basis, O2 6 %",
            Reference(Fraction(6), None, "dry", Fraction("273.15"), Fraction("101.325")),
        ),
        ("1013 hPa,273 K, 6 vol% O2", Reference(Fraction(6), None, None, Fraction(273), Fraction("101.3"))),
        ("wet, 12.5 % H2O", Reference(moisture=Fraction("0.125"))),
        ("α = 1.7", Reference(excess_air=Fraction("1.7"))),
        ("excess air coefficient 1.2", Reference(excess_air=Fraction("1.2"))),
        ("NCV, net", Reference(heating_value="LHV", output="net")),
        ("60 F, 750 mmHg", Reference(temperature_k=Fraction(51967, 180), pressure_kpa=Fraction(101325 * 750, 760000))),
    ],
)
def test_a_reference_state_is_read_in_any_subset_and_order(text: str, reference: Reference) -> None:
    assert Reference.parse(text) == reference
    assert Reference.parse(str(reference)) == reference
    assert bool(reference) == bool(text)


def test_a_quantity_checks_itself_however_it_is_made() -> None:
    unit = parse_unit("mg/L")
    for value, low, high in ((Decimal(-1), None, None), (None, Decimal(2), Decimal(1)), (None, None, None)):
        with pytest.raises(QuantityError):
            Quantity(value, low, high, None, unit)
    with pytest.raises(QuantityError):
        Quantity(Decimal("NaN"), None, None, None, unit)
    with pytest.raises(QuantityError):
        Quantity(Decimal(2), Decimal(1), Decimal(3), "<", unit)
    with pytest.raises(QuantityError):
        Quantity(None, Decimal(1), Decimal(3), "<", unit)
    with pytest.raises(QuantityError):
        Quantity(None, None, None, "<", unit)
    with pytest.raises(QuantityError):
        Form(unit, reference=Reference.parse("6 % O2"))


def test_a_bare_unit_has_no_substance_in_it() -> None:
    with pytest.raises(QuantityError, match="names a substance") as caught:
        parse_unit("gCO2/kWh")
    assert caught.value.hint == "g/kWh"
    with pytest.raises(QuantityError, match="mgg") as caught:
        parse_unit("mgg/L")
    assert caught.value.span == (0, 3)


def test_a_wanted_dimension_is_checked_by_name() -> None:
    assert expect(parse("9 GJ/h"), "MWth").value == 9
    with pytest.raises(QuantityError, match="mass / water"):
        expect(parse("5 mg/L"), "mg/Nm3")


def test_a_field_says_which_power_a_megawatt_is() -> None:
    assert as_power(parse("1878 MW"), "electrical") == parse("1878 MWe")
    assert as_power(parse("50 MW"), "thermal") == parse("50 MWth")
    assert as_power(parse("50 MWth"), "electrical") == parse("50 MWth")
