"""Golden values of heat input, output and mass per product, worked by hand in the comments."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from greenbri.quantity import (
    BasisRelation,
    Context,
    FFactor,
    Incomparable,
    QuantityError,
    Reference,
    conversion,
    convert,
    molar_relation,
    parse,
    parse_form,
)

COAL = FFactor(Fraction(9780), Fraction(10640))
RATIO = Fraction(100, 95)
BURNT = Context(f_factor=COAL, hhv_lhv_ratio=RATIO, molar_mass=Fraction("46.006"))
NET = Context(f_factor=COAL, hhv_lhv_ratio=RATIO, heat_rate=parse("9000 kJ/kWh @ LHV, net"))
GROSS = Context(f_factor=COAL, heat_rate=parse("9000 Btu/kWh @ HHV, gross"))
CEMENT = Context(gas_volume=parse("2300 Nm3/t @ 10 % O2, dry, 0 C"), molar_mass=Fraction("46.006"))
STACK = Context(gas_volume=parse("500000 Nm3/h @ 6 % O2, dry, 0 C"))
MILL = Context(water_volume=parse("2 m3/t"))
FLOW = Context(water_volume=parse("10000 m3/d"))

GOLDEN = [
    # C = E / Fd * (20.9 - O2) / 20.9 at 20 C: 0.15 lb / 9780 dscf * 14.9 / 20.9 = 1.093434e-5 lb/dscf
    # * 453592.37 mg/lb / 0.028316846592 m3/ft3 = 175.15125 mg/dscm; * 293.15 / 273.15 = 187.9758 mg/Nm3.
    # The rule of thumb for coal, 1 lb/MMBtu = 1230 mg/Nm3, gives 184.5, two per cent less.
    ("0.15 lb/MMBtu", "mg/Nm3 @ 6 % O2, dry, 0 C", BURNT, "187.9758"),
    ("187.9758 mg/Nm3 @ 6 % O2, dry, 0 C", "lb/MMBtu", BURNT, "0.1500"),
    # E = 175.15125 mg/dscm at 6 % is the same gas as 175.15125 * (20.9 - 3) / 14.9 = 210.4166 at 3 %
    ("210.4166 mg/dscm @ 3 % O2", "lb/MMBtu", BURNT, "0.1500"),
    # Method 19 prints 1.194e-7 lb/scf for 1 ppm NO2: 100 * 1.194e-7 * 9780 * 20.9 / (20.9 - 15) = 0.41365;
    # from first principles 1.194 is 1.193950
    ("100 ppmvd @ 15 % O2", "lb/MMBtu", BURNT, "0.4136"),
    ("0.41363691 lb/MMBtu", "ppmvd @ 15 % O2", BURNT, "100.0000"),
    # 0.15 * 453.59237 g / 1.05505585262 GJ
    ("0.15 lb/MMBtu", "g/GJ", Context(), "64.4884"),
    # the same fuel has 5 % fewer GJ of LHV: 64.4884 / 0.95
    ("0.15 lb/MMBtu @ HHV", "g/GJ @ LHV", BURNT, "67.8825"),
    ("67.8825 g/GJ @ LHV", "lb/MMBtu @ HHV", BURNT, "0.1500"),
    # a heat input goes the other way: 250 MMBtu/h = 73.2678 MWth (40 CFR 60.40Da: 73 MW); * 0.95
    ("250 MMBtu/h", "MWth", Context(), "73.2678"),
    ("250 MMBtu/h @ HHV", "MWth @ LHV", BURNT, "69.6044"),
    # 1 lb/MWh over 9 MMBtu/MWh
    ("1 lb/MWh @ gross", "lb/MMBtu", GROSS, "0.1111"),
    ("0.15 lb/MMBtu @ HHV", "lb/MWh @ gross", GROSS, "1.3500"),
    # 1.35 lb/MWh = 1.35 * 453.59237 / 1000 g/kWh
    ("0.15 lb/MMBtu @ HHV", "g/kWh @ gross", GROSS, "0.6123"),
    # 67.8825 g/GJ LHV * 9 GJ/MWh LHV = 610.9427 g/MWh
    ("0.15 lb/MMBtu @ HHV", "g/kWh @ net", NET, "0.6109"),
    # the whole chain: 187.9758 mg/Nm3 is 0.15 lb/MMBtu
    ("187.9758 mg/Nm3 @ 6 % O2, dry, 0 C", "g/kWh @ net", NET, "0.6109"),
    ("0.61094266 g/kWh @ net", "mg/Nm3 @ 6 % O2, dry, 0 C", NET, "187.9758"),
    # 300 g of coal equivalent of 29.3076 kJ
    ("300 gce/kWh", "kJ/kWh", Context(), "8792.2800"),
    # 500 mg/Nm3 * 2300 Nm3/t = 1.15 kg/t
    ("500 mg/Nm3 @ 10 % O2, dry, 0 C", "kg/t", CEMENT, "1.1500"),
    # at 7 % first: 500 * (21 - 10) / (21 - 7) * 2300
    ("500 mg/Nm3 @ 7 % O2, dry, 0 C", "kg/t", CEMENT, "0.9036"),
    ("1.15 kg/t", "mg/Nm3 @ 10 % O2, dry, 25 C", CEMENT, "458.0748"),
    # 100 ppm NO2 at 0 C = 205.2559 mg/Nm3; * 2300
    ("100 ppmvd @ 10 % O2", "kg/t", CEMENT, "0.4721"),
    ("1 kg/t", "ppmvd @ 10 % O2", CEMENT, "211.8246"),
    # 100 mg/Nm3 * 500000 Nm3/h
    ("100 mg/Nm3 @ 6 % O2, dry, 0 C", "kg/h", STACK, "50.0000"),
    # 50 mg/L * 2 m3/t = 100 g/t
    ("50 mg/L", "kg/t", MILL, "0.1000"),
    ("0.1 kg/t", "mg/L", MILL, "50.0000"),
    ("50 mg/L", "t/d", FLOW, "0.5000"),
]


@pytest.mark.parametrize(("text", "form", "context", "value"), GOLDEN, ids=[f"{row[0]} to {row[1]}" for row in GOLDEN])
def test_golden_values(text: str, form: str, context: Context, value: str) -> None:
    result, plan = convert(parse(text), parse_form(form), context)
    assert result.value is not None
    assert round(result.value, 4) == Decimal(value)
    steps = plan.steps(parse(text).value or 0)
    assert steps[-1].result == result.value
    assert steps[-1].unit == result.unit.text


def test_wet_gas_without_its_moisture_takes_the_wet_factor() -> None:
    # E = C Fw 20.9 / (20.9 (1 - 0.027) - 6) = 10640 * 20.9 / 14.3357 = 15512.0 scf/MMBtu of the wet gas at 6 %;
    # 100 mg/m3 * 6.242796e-8 lb m3 / (mg ft3) * 15512.0 = 0.0968
    plan = conversion(parse_form("mg/scm @ 6 % O2, wet"), parse_form("lb/MMBtu"), BURNT)
    assert round(float(plan.apply(Fraction(100))), 4) == 0.0968
    assert "ambient_moisture" in [one.key for one in plan.assumptions]
    # With the moisture of the stack it is eq. 19-1: 100 / 0.9, O2 = 6 / 0.9
    wet = Context(f_factor=COAL, moisture=Fraction(1, 10))
    known = conversion(parse_form("mg/scm @ 6 % O2, wet"), parse_form("lb/MMBtu"), wet)
    dry = conversion(parse_form("mg/scm @ 6 % O2, 10 % H2O"), parse_form("lb/MMBtu"), Context(f_factor=COAL))
    assert known.scale == dry.scale
    # 6.242796e-8 * 9780 / 0.9 * 20.9 / (20.9 - 6.666667) * 100
    assert round(float(known.apply(Fraction(100))), 4) == 0.0996


def test_the_basis_of_the_factor_is_the_basis_of_what_does_not_state_one() -> None:
    plan = conversion(parse_form("lb/MMBtu"), parse_form("mg/Nm3 @ 6 % O2, dry"), BURNT)
    assert [one.arguments["basis"] for one in plan.assumptions if one.key == "heating_value"] == ["HHV"]
    lower = conversion(parse_form("g/GJ @ LHV"), parse_form("g/GJ"), BURNT)
    assert lower.scale == 1 / RATIO
    assert lower.result.reference == Reference(heating_value="HHV")
    result = conversion(parse_form("mg/Nm3 @ 6 % O2, dry"), parse_form("lb/MMBtu"), BURNT).result
    assert result.reference.heating_value == "HHV"


def test_the_factor_keeps_its_own_constant_of_air() -> None:
    forms = parse_form("lb/MMBtu"), parse_form("mg/Nm3 @ 6 % O2, dry")
    us = Context(f_factor=COAL, oxygen_in_air=Fraction("20.9"))
    assert conversion(*forms, us).scale == conversion(*forms, BURNT).scale


def test_measured_oxygen_and_moisture_serve_the_factor_on_either_side() -> None:
    context = Context(f_factor=COAL, measured_oxygen=Fraction(6), moisture=Fraction(1, 10))
    said, bare = parse_form("mg/Nm3 @ 6 % O2, 10 % H2O"), parse_form("mg/Nm3")
    heat, stated = parse_form("lb/MMBtu"), Context(f_factor=COAL)
    assert conversion(bare, heat, context).scale == conversion(said, heat, stated).scale
    # Without a reference oxygen the concentration is that of the real gas.
    assert conversion(heat, bare, context).scale == conversion(heat, said, stated).scale
    dry = Context(f_factor=COAL, measured_oxygen=Fraction(6))
    assert conversion(parse_form("mg/Nm3 @ dry"), heat, dry).scale != conversion(said, heat, stated).scale


def test_what_neither_side_states_about_a_heat_rate_is_listed() -> None:
    def keys(source: str, target: str, context: Context) -> set[str]:
        return {one.key for one in conversion(parse_form(source), parse_form(target), context).assumptions}

    bare = Context(heat_rate=parse("9000 kJ/kWh"))
    assert keys("g/GJ", "g/kWh", bare) == {"output_basis_unstated", "heat_rate_basis"}
    assert keys("g/kWh", "g/GJ", bare) == {"output_basis_unstated", "heat_rate_basis"}
    said = Context(heat_rate=parse("9000 kJ/kWh @ HHV, net"))
    assert keys("g/GJ @ HHV", "g/kWh @ net", said) == set()
    assert keys("g/GJ @ HHV", "g/kWh", said) == {"uncorrected"}


MISSING = [
    ("85 mg/m3", "lb/MMBtu", Context(), ("oxygen", "moisture", "temperature", "pressure", "f_factor")),
    ("85 mg/Nm3 @ dry", "lb/MMBtu", BURNT, ("oxygen",)),
    ("85 mg/Nm3 @ 6 % O2", "lb/MMBtu", BURNT, ("moisture",)),
    ("0.15 lb/MMBtu", "mg/Nm3", BURNT, ("oxygen", "moisture")),
    ("0.15 lb/MMBtu", "mg/m3 @ 6 % O2, dry", BURNT, ("temperature", "pressure")),
    ("0.15 lb/MMBtu", "ppmvd @ 15 % O2", Context(f_factor=COAL), ("molar_mass",)),
    ("0.15 lb/MMBtu", "lb/MWh", Context(), ("heat_rate",)),
    ("85 mg/Nm3 @ 6 % O2, dry", "lb/MWh", Context(), ("f_factor", "heat_rate")),
    ("0.15 lb/MMBtu", "lb/MWh @ net", GROSS, ("output_basis",)),
    ("1 lb/MWh", "lb/MMBtu", GROSS, ("output_basis",)),
    ("1 lb/MWh", "lb/MWh @ gross", Context(), ("output_basis",)),
    ("1 lb/MWh @ net", "lb/MWh @ gross", Context(), ("output_basis",)),
    ("1 g/GJ @ LHV", "g/GJ @ HHV", Context(), ("heating_value",)),
    ("1 g/GJ", "g/GJ @ HHV", Context(), ("heating_value",)),
    ("1 g/GJ @ LHV", "lb/MWh", Context(heat_rate=parse("9000 kJ/kWh")), ("heating_value",)),
    ("85 mg/Nm3 @ 6 % O2, dry", "kg/t", Context(), ("gas_volume",)),
    ("85 ppm", "kg/t", Context(), ("gas_volume",)),
    ("1 kg/t", "mg/Nm3 @ 6 % O2", Context(), ("gas_volume",)),
    ("85 mg/Nm3 @ 6 % O2, dry", "kg/h", Context(), ("gas_volume",)),
    ("85 mg/Nm3 @ dry, 0 C", "kg/t", CEMENT, ("oxygen",)),
    ("85 mg/Nm3 @ 6 % O2, dry", "kg/t", Context(gas_volume=parse("2300 Nm3/t @ dry")), ("oxygen",)),
    ("45 mg/L", "kg/t", CEMENT, ("water_volume",)),
    ("45 mg/L", "kg/t", Context(), ("water_volume",)),
    ("45 mg/L", "mg/Nm3", MILL, ("dimension",)),
    ("1 kg/t", "lb/MMBtu", BURNT, ("dimension",)),
    ("1 ng I-TEQ/Nm3 @ 6 % O2, dry", "g/GJ", BURNT, ("species_relation",)),
]


@pytest.mark.parametrize(("text", "form", "context", "missing"), MISSING, ids=[f"{r[0]} to {r[1]}" for r in MISSING])
def test_what_is_missing_is_named(text: str, form: str, context: Context, missing: tuple[str, ...]) -> None:
    with pytest.raises(Incomparable) as caught:
        conversion(parse(text), parse_form(form), context)
    assert caught.value.missing == missing


def test_toxic_equivalents_per_heat_keep_their_scheme() -> None:
    # 0.1 ng/Nm3 at 6 %, dry: * 273.15 / 293.15 * 0.028316846592 * 9780 * 20.9 / 14.9 / 1.05505585262 GJ
    plan = conversion(parse_form("ng I-TEQ/Nm3 @ 6 % O2, dry"), parse_form("ng I-TEQ/GJ"), BURNT)
    assert round(float(plan.apply(Fraction(1, 10))), 4) == 34.3068


def test_a_mass_is_expressed_as_another_substance_by_a_given_relation() -> None:
    no = molar_relation("NO", "NO2", source_mass=Fraction("30.006"), target_mass=Fraction("46.006"))
    ammonia = molar_relation("NH3", "N", source_mass=Fraction("17.031"), target_mass=Fraction("14.007"))
    phosphorus = molar_relation(
        "P2O5", "P", source_mass=Fraction("141.943"), target_mass=Fraction("30.974"), source_atoms=2
    )
    cod = BasisRelation("CODMn", "COD", Fraction(3), "a cited study")
    context = Context(basis_relations=(no, ammonia, phosphorus, cod))

    def value(text: str, form: str) -> float:
        return round(
            float(conversion(parse(text), parse_form(form), context).apply(Fraction(parse(text).value or 0))), 4
        )

    # 100 * 46.006 / 30.006
    assert value("100 mg/Nm3 NO", "mg/Nm3 NO as NO2") == 153.3227
    # 10 * 14.007 / 17.031, and back
    assert value("10 mg/L NH3", "mg/L NH3-N") == 8.2244
    assert value("8.2244 mg/L NH3-N", "mg/L NH3") == 10.0
    assert value("10 mg/L NH3", "mg/L as N") == 8.2244
    # 10 * 2 * 30.974 / 141.943
    assert value("10 mg/L P2O5", "mg/L P2O5 as P") == 4.3643
    assert value("10 mg/L CODMn", "mg/L COD") == 30
    assert value("10 mg/L NH3-N", "ug/L NH3 as N") == 10000
    plan = conversion(parse_form("mg/Nm3 NO"), parse_form("mg/Nm3 NO as NO2"), context)
    assert [step.source for step in plan.steps(1)] == ["ratio of molar masses"]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("1 mg/L COD", "mg/L CODMn"),
        ("1 mg/L NH3", "mg/L NH3-N"),
        ("1 mg/L NH3-N", "mg/L NH3"),
        ("1 mg/L NO3", "mg/L as N"),
        ("1 mg/Nm3 NO", "mg/Nm3 as NO2"),
        ("1 mg/Nm3 SO2", "ppm NO2"),
        ("1 g/kWh CO2", "g/kWh CO2e"),
        ("1 mg/Nm3 VOC as C", "mg/Nm3 VOC"),
    ],
)
def test_substances_without_a_relation_are_incomparable(text: str, form: str) -> None:
    with pytest.raises(Incomparable) as caught:
        conversion(parse(text), parse_form(form), Context(molar_mass=Fraction(46)))
    assert "species_relation" in caught.value.missing


def test_a_name_that_is_no_formula_sets_no_basis() -> None:
    plan = conversion(parse("1 mg/Nm3 NOx as NO2"), parse_form("mg/Nm3 NOx"))
    assert plan.scale == 1
    assert plan.result.basis == "NO2"
    assert "as NO2" in [one.arguments.get("component") for one in plan.assumptions if one.key == "uncorrected"]
    # What says nothing of its substance is taken as what is asked for.
    assert conversion(parse("1 mg/L"), parse_form("mg/L NO3 as N")).scale == 1


UNITS = [
    ("1 mg/L", "ug/L", "1000"),
    ("10 t/km2/month", "mg/m2/d", "333.333333"),  # 10^10 mg / 10^6 m2 / 30 d
    ("1000 MPN/100 mL", "/L", "10000"),
    ("365 t/yr", "kg/d", "1000"),
    ("212 F", "C", "100"),
    ("-40 C", "F", "-40"),
    ("0 C", "K", "273.15"),
    ("1 atm", "kPa", "101.325"),
    ("1 ha", "m2", "10000"),
    ("0.5 %", "mg/kg", "5000"),
    ("95 %", "", "0.95"),
    ("1 kg/MWh", "g/kWh", "1"),
    ("2204.622622 lb", "t", "1.000000"),
    ("7.2", "pH", "7.2"),
    ("1000 gal/d", "m3/d", "3.785412"),
]


@pytest.mark.parametrize(("text", "form", "value"), UNITS)
def test_units_convert_by_definition(text: str, form: str, value: str) -> None:
    target = parse_form(form) if form else parse("1").form
    result, _ = convert(parse(text), target)
    assert result.value is not None
    assert round(result.value, 6) == Decimal(value)


def test_conventions_inside_a_unit_are_listed_where_they_change_something() -> None:
    def keys(text: str, form: str) -> list[str]:
        return [one.key for one in conversion(parse(text), parse_form(form)).assumptions]

    assert keys("1 t/km2/month", "mg/m2/d") == ["month_length"]
    assert keys("1 t/yr", "kg/h") == ["year_length"]
    assert keys("1 t/yr", "kg/yr") == []
    assert keys("1 MPN/L", "CFU/100 mL") == ["count_method"]
    assert keys("7", "pH") == ["bare_number"]


@pytest.mark.parametrize(
    "make",
    [
        lambda: Context(moisture=Fraction(1)),
        lambda: Context(measured_oxygen=Fraction(21)),
        lambda: Context(molar_mass=Fraction(0)),
        lambda: Context(hhv_lhv_ratio=Fraction(-1)),
        lambda: Context(heat_rate=parse("9000-9500 kJ/kWh")),
        lambda: Context(gas_volume=parse("0 Nm3/t")),
        lambda: FFactor(Fraction(0)),
        lambda: BasisRelation("A", "B", Fraction(0), ""),
    ],
)
def test_an_ingredient_that_cannot_be_is_refused(make: object) -> None:
    with pytest.raises(QuantityError):
        make()  # type: ignore[operator]
