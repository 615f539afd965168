"""Golden values of the state of a gas, worked by hand in the comments."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from greenbri.quantity import (
    Context,
    Incomparable,
    QuantityError,
    Reference,
    conversion,
    convert,
    parse,
    parse_form,
)

SO2 = Context(molar_mass=Fraction("64.066"))
NO2 = Context(molar_mass=Fraction("46.006"))
OZONE = Context(molar_mass=Fraction("47.998"))
CO = Context(molar_mass=Fraction("28.010"))
US = Context(oxygen_in_air=Fraction("20.9"))
WET = Context(moisture=Fraction(1, 10))

GOLDEN = [
    # 300 * (21 - 6) / (21 - 7) = 300 * 15 / 14
    ("300 mg/Nm3 @ 7 % O2", "mg/Nm3 @ 6 % O2", Context(), "321.428571"),
    # the same with the constant of US law: 300 * 14.9 / 13.9
    ("300 mg/Nm3 @ 7 % O2", "mg/Nm3 @ 6 % O2", US, "321.582734"),
    # 11 % to 7 % for waste: 10 * 14 / 10
    ("10 mg/Nm3 @ 11 % O2", "mg/Nm3 @ 7 % O2", Context(), "14"),
    # alpha = 21 / (21 - O2), so c' = c * alpha / alpha': 100 * 1.7 / 1.2
    ("100 mg/Nm3 @ excess air 1.7", "mg/Nm3 @ excess air 1.2", Context(), "141.666667"),
    # alpha 1.4 is 21 * (1 - 1/1.4) = 6 % O2
    ("100 mg/Nm3 @ excess air 1.4", "mg/Nm3 @ 6 % O2", Context(), "100"),
    # 100 * 298.15 / 273.15
    ("100 mg/Nm3 @ 25 C", "mg/Nm3 @ 0 C", Context(), "109.152480"),
    # 100 * 273.15 / 293.15
    ("100 mg/Nm3 @ 0 C", "mg/Nm3 @ 20 C", Context(), "93.177554"),
    # 100 * 101.325 / 90
    ("100 mg/m3 @ 0 C, 90 kPa", "mg/Nm3", Context(), "112.583333"),
    # dry gas is nine tenths of the wet gas: 90 / 0.9, and back
    ("90 mg/Nm3 @ 10 % H2O", "mg/Nm3 @ dry", Context(), "100"),
    ("90 mg/Nm3 @ wet", "mg/Nm3 @ dry", WET, "100"),
    ("100 mg/Nm3 @ dry", "mg/Nm3 @ wet", WET, "90"),
    ("100 mg/Nm3 @ dry", "mg/Nm3 @ 20 % H2O", Context(), "80"),
    ("90 mg/Nm3 @ 10 % H2O", "mg/Nm3 @ 20 % H2O", Context(), "80"),
    # oxygen of the wet gas is 9 / 0.9 = 10 % of the dry: 90 / 0.9 * (21 - 6) / (21 - 10)
    ("90 mg/Nm3 @ 9 % O2, 10 % H2O", "mg/Nm3 @ 6 % O2, dry", Context(), "136.363636"),
    # wet on both sides: 9 / 0.9 = 10 and 5.4 / 0.9 = 6 in the dry gas, and the gas is wet again: 90 * 15 / 11
    ("90 mg/Nm3 @ 9 % O2, wet", "mg/Nm3 @ 5.4 % O2, wet", WET, "122.727273"),
    # all at once: 90 / 0.9 * 15 / 11 * 298.15 / 273.15 * 101.325 / 100
    ("90 mg/m3 @ 9 % O2, 10 % H2O, 25 C, 100 kPa", "mg/Nm3 @ 6 % O2, dry, 0 C", Context(), "150.816478"),
    # molar volume at 0 C, 1 atm: 8.314462618 * 273.15 / 101.325 = 22.413970 L; 100 * 64.066 / 22.413970
    ("100 ppm", "mg/Nm3", SO2, "285.830673"),
    # at 20 C: 24.055117 L; 100 * 46.006 / 24.055117
    ("100 ppmvd @ 15 % O2", "mg/dscm @ 15 % O2", NO2, "191.252449"),
    # US ozone standard at 25 C: 24.465404 L; 0.070 * 47998 / 24.465404; EPA prints 137 ug/m3
    ("0.070 ppm", "ug/m3 @ 25 C, 101.325 kPa", OZONE, "137.331067"),
    # 9 ppm CO at 25 C: 9 * 28.01 / 24.465404; EPA prints 10 mg/m3
    ("9 ppm", "mg/m3 @ 25 C, 101.325 kPa", CO, "10.303938"),
    # and back with another oxygen: 200 * 22.413970 / 46.006 * (21 - 15) / (21 - 6)
    ("200 mg/Nm3 @ 6 % O2, dry", "ppmvd @ 15 % O2", NO2, "38.975733"),
    # 0.1 grain = 6.479891 mg in 0.028316846592 m3
    ("0.1 gr/dscf", "mg/dscm", Context(), "228.835191"),
    # a volume grows where a concentration falls: 2300 * (21 - 10) / (21 - 6)
    ("2300 Nm3/t @ 10 % O2, dry", "Nm3/t @ 6 % O2, dry", Context(), "1686.666667"),
    ("1000 Nm3/h @ 0 C", "Nm3/h @ 25 C", Context(), "1091.524803"),
    ("0.05 ng I-TEQ/Nm3 @ 11 % O2", "ng I-TEQ/Nm3 @ 7 % O2", Context(), "0.07"),
]


@pytest.mark.parametrize(("text", "form", "context", "value"), GOLDEN, ids=[f"{row[0]} to {row[1]}" for row in GOLDEN])
def test_golden_values(text: str, form: str, context: Context, value: str) -> None:
    result, plan = convert(parse(text), parse_form(form), context)
    assert result.value is not None
    assert round(result.value, 6) == Decimal(value)
    # What is printed is what was done: the last step is the result, each step follows from its own inputs.
    steps = plan.steps(parse(text).value or 0)
    assert not steps or steps[-1].result == result.value
    assert all(step.source and step.formula and step.unit for step in steps)


def test_every_step_can_be_worked_again_from_what_it_prints() -> None:
    plan = conversion(parse_form("mg/m3 @ 9 % O2, 10 % H2O, 25 C, 100 kPa"), parse_form("ppmvd @ 6 % O2"), SO2)
    steps = plan.steps(Decimal(90))
    assert [step.operation for step in steps] == ["moisture", "oxygen", "molar_volume"]
    for step in steps:
        right = step.formula.split(" = ")[1]
        names = {name: value for name, value in step.inputs.items() if isinstance(value, Decimal)}
        assert abs(eval(right, {}, names) - step.result) < Decimal("1e-20")
    assert steps[0].inputs["c"] == 90
    assert steps[1].inputs["c"] == steps[0].result


MISSING = [
    ("85 mg/Nm3", "mg/Nm3 @ 6 % O2", Context(), ("oxygen",)),
    ("85 mg/Nm3 @ 6 % O2", "mg/Nm3 @ 6 % O2, dry", Context(), ("moisture",)),
    ("85 mg/Nm3 @ 6 % O2, wet", "mg/Nm3 @ 6 % O2, dry", Context(), ("moisture",)),
    ("85 mg/Nm3 @ 6 % O2, wet", "mg/Nm3 @ 3 % O2", Context(), ("moisture",)),
    ("85 mg/Nm3 @ dry", "mg/Nm3 @ wet", Context(), ("moisture",)),
    ("85 mg/m3", "mg/Nm3", Context(), ("temperature", "pressure")),
    ("85 mg/m3 @ 25 C", "mg/Nm3", Context(), ("pressure",)),
    ("85 mg/m3", "mg/Nm3 @ 6 % O2, dry", Context(), ("oxygen", "moisture", "temperature", "pressure")),
    ("85 mg/m3", "ppm", Context(), ("temperature", "pressure", "molar_mass")),
    ("85 ppm", "mg/m3", SO2, ("temperature", "pressure")),
    ("85 ppm", "mg/Nm3", Context(), ("molar_mass",)),
    ("85 mg/m3", "mg/L", Context(), ("dimension",)),
    ("85 mg/L", "ppm", SO2, ("dimension",)),
    ("57 dB", "dB(A)", Context(), ("dimension",)),
    ("50 MW", "MWth", Context(), ("dimension",)),
    ("0.1 ng I-TEQ/Nm3", "ng TEQ/Nm3", Context(), ("species_relation",)),
    ("0.1 ng/Nm3", "ng I-TEQ/Nm3", Context(), ("species_relation",)),
    ("0.1 ng WHO-TEQ/kg", "ng I-TEQ/kg", Context(), ("species_relation",)),
]


@pytest.mark.parametrize(("text", "form", "context", "missing"), MISSING, ids=[f"{r[0]} to {r[1]}" for r in MISSING])
def test_what_is_missing_is_named_and_nothing_is_guessed(
    text: str, form: str, context: Context, missing: tuple[str, ...]
) -> None:
    with pytest.raises(Incomparable) as caught:
        conversion(parse(text), parse_form(form), context)
    assert caught.value.missing == missing
    assert str(caught.value).startswith("cannot bring ")
    assert caught.value.message("zh") != str(caught.value)


def keys(text: str, form: str, context: Context = WET) -> list[str]:
    return [one.key for one in conversion(parse(text), parse_form(form), context).assumptions]


def test_a_component_that_the_target_does_not_set_is_not_corrected() -> None:
    plan = conversion(parse("300 mg/Nm3 @ 12 % O2, dry, 25 C"), parse_form("mg/m3"))
    assert plan.scale == 1
    assert [dict(one.arguments)["component"] for one in plan.assumptions if one.key == "uncorrected"] == [
        "oxygen", "moisture", "temperature", "pressure",
    ]  # fmt: skip
    assert plan.result.reference == Reference.parse("12 % O2, dry, 25 C, 101.325 kPa")


def test_nothing_is_assumed_about_ambient_air_and_water() -> None:
    for text, form in (("35 ug/m3", "mg/m3"), ("45 mg/L", "ug/L"), ("57 dB(A)", "dB(A)"), ("7 pH", "pH")):
        assert keys(text, form, Context()) == []


def test_oxygen_is_corrected_only_above_the_reference_where_the_instrument_says_so() -> None:
    above = Context(oxygen_correction="when_above")
    form = parse_form("mg/Nm3 @ 11 % O2")
    assert conversion(parse("10 mg/Nm3 @ 13 % O2"), form, above).scale == Fraction(10, 8)
    below = conversion(parse("10 mg/Nm3 @ 8 % O2"), form, above)
    assert below.scale == 1
    assert below.result.reference.oxygen_pct == 8
    assert "oxygen_not_above" in [one.key for one in below.assumptions]
    assert conversion(parse("10 mg/Nm3 @ 8 % O2"), form, Context(oxygen_correction="never")).scale == 1
    assert conversion(parse("10 mg/Nm3"), form, Context(oxygen_correction="never")).scale == 1
    with pytest.raises(Incomparable):
        conversion(parse("10 mg/Nm3"), form, above)


def test_the_result_says_the_excess_air_it_is_really_at() -> None:
    source, target = parse("10 mg/Nm3 @ excess air 1.7"), parse_form("mg/Nm3 @ excess air 1.2")
    assert conversion(source, target).result.reference.excess_air == Fraction("1.2")
    uncorrected = conversion(source, target, Context(oxygen_correction="never")).result.reference
    # 21 * (1 - 1 / 1.7)
    assert (uncorrected.excess_air, uncorrected.oxygen_pct) == (None, Fraction(147, 17))
    assert conversion(source, parse_form("mg/m3")).result.reference.excess_air == Fraction("1.7")


def test_what_was_measured_stands_in_for_what_the_text_leaves_out() -> None:
    context = Context(measured_oxygen=Fraction(9), moisture=Fraction(1, 10))
    plan = conversion(parse("90 mg/Nm3"), parse_form("mg/Nm3 @ 6 % O2, dry"), context)
    assert plan.scale == Fraction(10, 9) * Fraction(15, 11)
    assert {"measured_oxygen", "taken_as_wet"} <= {one.key for one in plan.assumptions}
    # What nothing asks for is not used.
    assert conversion(parse("90 mg/Nm3 @ 9 % O2"), parse_form("mg/Nm3 @ 6 % O2"), context).scale == Fraction(15, 12)
    assert conversion(parse("90 mg/Nm3 @ 10 % H2O"), parse_form("mg/Nm3 @ dry"), context).scale == Fraction(10, 9)
    unused = conversion(parse("90 mg/Nm3"), parse_form("mg/Nm3"), context)
    assert not {"measured_oxygen", "taken_as_wet"} & {one.key for one in unused.assumptions}
    unused = conversion(parse("90 mg/Nm3"), parse_form("mg/Nm3 @ dry"), context)
    assert "measured_oxygen" not in {one.key for one in unused.assumptions}
    # What the text states goes first.
    assert conversion(parse("90 mg/Nm3 @ 6 % O2, dry"), parse_form("mg/Nm3 @ 6 % O2, dry"), context).scale == 1


def test_a_normal_temperature_that_is_not_stated_is_an_assumption_with_alternatives() -> None:
    source, target = parse("100 mg/Nm3"), parse_form("mg/Nm3 @ 0 C, 101.325 kPa")
    plan = conversion(source, target)
    (assumption,) = [one for one in plan.assumptions if one.key == "normal_temperature"]
    assert assumption.arguments["side"] == "source"
    results = [
        conversion(source, target, replace(Context(), normal_temperature=kelvin)).apply(Fraction(100))
        for kelvin in assumption.alternatives
    ]
    # 100, 100 * 293.15 / 273.15, 100 * 298.15 / 273.15
    assert [round(float(result), 3) for result in results] == [100, 107.322, 109.152]
    assert "normal_temperature" not in keys("100 mg/Nm3 @ 25 C", "mg/Nm3 @ 0 C")


def test_a_standard_state_printed_short_is_that_state() -> None:
    plan = conversion(parse("200 mg/Nm3 @ 273 K, 101.3 kPa"), parse_form("mg/Nm3 @ 0 C, 101.325 kPa"))
    assert plan.scale == 1
    assert "rounded_standard_state" in [one.key for one in plan.assumptions]
    # Any other pressure is taken at its word.
    assert conversion(parse("200 mg/Nm3 @ 0 C, 101 kPa"), parse_form("mg/Nm3 @ 0 C")).scale == Fraction(101325, 101000)


def test_a_name_of_a_unit_implies_its_state() -> None:
    assert conversion(parse("10 mg/dscm"), parse_form("mg/Nm3 @ dry, 20 C")).scale == 1
    assert conversion(parse("10 ppmvd"), parse_form("ppm @ dry")).scale == 1
    assert conversion(parse("9 ppmvw"), parse_form("ppmvd"), WET).scale == Fraction(10, 9)


def test_oxygen_at_that_of_air_in_the_dry_gas_is_an_error() -> None:
    # 19 / 0.9 = 21.1 %
    with pytest.raises(QuantityError, match="at or above that of air"):
        conversion(parse("1 mg/Nm3 @ 19 % O2, 10 % H2O"), parse_form("mg/Nm3 @ 6 % O2, dry"))
    with pytest.raises(QuantityError, match="at or above that of air"):
        conversion(parse("1 mg/Nm3 @ 20.95 % O2"), parse_form("mg/Nm3 @ 6 % O2"), US)


def test_uncertainties_ranges_and_bounds_convert_at_both_ends() -> None:
    form = parse_form("mg/Nm3 @ 6 % O2")
    spread, _ = convert(parse("84 ± 14 mg/Nm3 @ 7 % O2"), form)
    assert (spread.value, spread.low, spread.high) == (90, 75, 105)
    band, _ = convert(parse("14-28 mg/Nm3 @ 7 % O2"), form)
    assert (band.value, band.low, band.high) == (None, 15, 30)
    bound, _ = convert(parse("< 14 mg/Nm3 @ 7 % O2"), form)
    assert (bound.value, bound.bound) == (15, "<")
    odd, _ = convert(parse("10 ± 1 mg/Nm3 @ 25 C"), parse_form("mg/Nm3 @ 0 C"))
    assert parse(str(odd)) == odd
