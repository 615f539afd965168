"""Laws that hold for every quantity and every conversion."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenbri.quantity import (
    Context,
    FFactor,
    Form,
    Incomparable,
    QuantityError,
    Reference,
    conversion,
    format_quantity,
    parse,
    parse_form,
    parse_unit,
)

AIR = Fraction("20.9")
# One constant of air throughout, so that routes through the F-factor agree with the oxygen correction.
FULL = Context(
    molar_mass=Fraction("46.006"),
    oxygen_in_air=AIR,
    moisture=Fraction(1, 10),
    f_factor=FFactor(Fraction(9780)),
    hhv_lhv_ratio=Fraction(100, 95),
    heat_rate=parse("9500 kJ/kWh @ LHV, net"),
)
UNITS = [
    "mg/Nm3",
    "ug/m3",
    "mg/L",
    "lb/MMBtu",
    "ppmvd",
    "kg/t",
    "t/yr",
    "MPN/100 mL",
    "ng I-TEQ/Nm3",
    "W/m2",
    "mg/dscm",
]
GAS = ["mg/Nm3", "ug/Nm3", "lb/dscf", "g/dscm", "mg/m3"]

numbers = st.decimals(min_value=0, max_value=10**9, allow_nan=False, allow_infinity=False, places=6)
signed = st.decimals(min_value=-200, max_value=10**4, allow_nan=False, allow_infinity=False, places=4)
hundredths = st.integers(0, 2089).map(lambda n: Fraction(n, 100))
references = st.builds(
    Reference,
    oxygen_pct=st.none() | hundredths,
    moisture=st.none() | st.just("dry") | st.just("wet") | st.integers(0, 99).map(lambda n: Fraction(n, 100)),
    temperature_k=st.none() | st.integers(20000, 60000).map(lambda n: Fraction(n, 100)),
    pressure_kpa=st.none() | st.integers(500, 2000).map(lambda n: Fraction(n, 10)),
)
# States with everything said, in which any gas can be brought to any other; dry, because a wet one needs its water.
complete = st.builds(
    Reference,
    oxygen_pct=st.integers(0, 1500).map(lambda n: Fraction(n, 100)),
    moisture=st.just("dry") | st.integers(0, 20).map(lambda n: Fraction(n, 100)),
    temperature_k=st.integers(250, 500).map(Fraction),
    pressure_kpa=st.integers(80, 120).map(Fraction),
)
gases = st.builds(
    lambda unit, state: Form(parse_unit(unit), reference=state), st.sampled_from(GAS[:2] + GAS[4:]), complete
)
fractions = complete.map(
    lambda state: Form(parse_unit("ppm"), reference=Reference(state.oxygen_pct, None, state.moisture))
)
heats = st.sampled_from(["lb/MMBtu @ HHV", "g/GJ @ LHV", "g/kWh @ net", "lb/MWh @ net"]).map(parse_form)
forms = gases | fractions | heats


@given(value=numbers, unit=st.sampled_from(UNITS), species=st.sampled_from(["", " SO2", " NOx as NO2", " as N"]))
def test_what_is_printed_reads_back_as_the_same(value: Decimal, unit: str, species: str) -> None:
    quantity = parse(f"{value} {unit}{species}")
    assert quantity.value == value
    assert parse(format_quantity(quantity)) == quantity


@given(
    first=signed,
    second=signed,
    unit=st.sampled_from(["C", "dB", "dB(A)", "pH"]),
    joint=st.sampled_from(["-", " to ", "~", "–"]),
)
def test_ranges_of_negative_numbers_are_read_without_confusion(
    first: Decimal, second: Decimal, unit: str, joint: str
) -> None:
    low, high = sorted((first, second))
    quantity = parse(f"{low}{joint}{high} {unit}")
    assert (quantity.low, quantity.high, quantity.value) == (low, high, None)
    assert parse(format_quantity(quantity)) == quantity


@given(value=numbers, spread=numbers, state=references, sign=st.sampled_from(["", "<", "<=", ">", ">="]))
def test_states_uncertainties_and_bounds_read_back_as_the_same(
    value: Decimal, spread: Decimal, state: Reference, sign: str
) -> None:
    number = f"{sign} {value}" if sign else f"{value} ± {spread}"
    quantity = parse(f"{number} mg/Nm3" + (f" @ {state}" if state else ""))
    assert quantity.reference == state
    assert parse(format_quantity(quantity)) == quantity


@given(text=st.text(max_size=40) | st.from_regex(r"[<>-]?[0-9.,e]{1,6} ?[a-zA-Z/µ³%()]{0,8}( @[ 0-9a-zA-Z%,]{0,12})?"))
@settings(max_examples=300)
def test_any_text_is_a_quantity_or_is_refused_inside_itself(text: str) -> None:
    try:
        quantity = parse(text)
    except QuantityError as error:
        assert str(error)
        assert error.span is None or 0 <= error.span[0] <= error.span[1] <= len(text)
    else:
        assert parse(format_quantity(quantity)) == quantity


@given(source=forms, target=forms, value=numbers)
@settings(max_examples=150, deadline=None)
def test_there_and_back_is_exactly_where_it_began(source: Form, target: Form, value: Decimal) -> None:
    there, back = conversion(source, target, FULL), conversion(target, source, FULL)
    assert back.apply(there.apply(Fraction(value))) == Fraction(value)


@given(first=forms, second=forms, third=forms)
@settings(max_examples=150, deadline=None)
def test_a_detour_changes_nothing(first: Form, second: Form, third: Form) -> None:
    detour = conversion(first, second, FULL).scale * conversion(second, third, FULL).scale
    assert detour == conversion(first, third, FULL).scale


@given(source=forms, target=forms, one=numbers, other=numbers)
@settings(max_examples=100, deadline=None)
def test_a_conversion_keeps_the_order_of_values(source: Form, target: Form, one: Decimal, other: Decimal) -> None:
    plan = conversion(source, target, FULL)
    assert plan.offset == 0
    assert (plan.apply(Fraction(one)) < plan.apply(Fraction(other))) == (one < other)


@given(
    value=numbers,
    limit=numbers,
    source=gases,
    unit=st.sampled_from(GAS[:4]),
    wanted=complete,
)
@settings(max_examples=100, deadline=None)
def test_a_comparison_does_not_depend_on_the_unit_or_state_it_is_made_in(
    value: Decimal, limit: Decimal, source: Form, unit: str, wanted: Reference
) -> None:
    target = Form(parse_unit("mg/Nm3"), reference=wanted)
    elsewhere = Form(parse_unit("ug/Nm3"), reference=Reference.parse("3 % O2, dry, 25 C, 100 kPa"))
    direct = conversion(source, target, FULL).apply(Fraction(value)) <= Fraction(limit)
    moved = conversion(source, elsewhere, FULL).apply(Fraction(value)) <= conversion(target, elsewhere, FULL).apply(
        Fraction(limit)
    )
    assert direct == moved
    assert parse_unit(unit).dimension == target.unit.dimension


@given(
    low=hundredths,
    high=hundredths,
    target=st.sampled_from(["mg/Nm3 @ 6 % O2, dry, 0 C", "lb/MMBtu @ HHV", "g/kWh @ net"]),
)
@settings(deadline=None)
def test_more_oxygen_in_the_gas_means_more_after_correction(low: Fraction, high: Fraction, target: str) -> None:
    def at(oxygen: Fraction) -> Fraction:
        source = Form(parse_unit("mg/Nm3"), reference=Reference(oxygen, None, "dry"))
        return conversion(source, parse_form(target), FULL).scale

    assert (at(low) < at(high)) == (low < high)


@given(measured=hundredths, reference=hundredths)
def test_correcting_only_above_the_reference_never_lowers_a_value(measured: Fraction, reference: Fraction) -> None:
    source, target = (Form(parse_unit("mg/Nm3"), reference=Reference(oxygen)) for oxygen in (measured, reference))
    context = Context(oxygen_in_air=AIR, oxygen_correction="when_above")
    scale = conversion(source, target, context).scale
    assert scale == max(Fraction(1), (AIR - reference) / (AIR - measured))


@given(value=numbers, source=forms, target=forms)
@settings(max_examples=100, deadline=None)
def test_the_steps_end_at_the_result(value: Decimal, source: Form, target: Form) -> None:
    plan = conversion(source, target, FULL)
    steps = plan.steps(value)
    result = plan.apply(Fraction(value))
    last = Fraction(steps[-1].result) if steps else Fraction(value)
    assert abs(last - result) <= abs(result) * Fraction(1, 10**30)
    assert all(step.source for step in steps)


@given(source=gases, target=forms, unsaid=st.sampled_from(["oxygen_pct", "moisture", "temperature_k", "pressure_kpa"]))
@settings(max_examples=100, deadline=None)
def test_a_statement_taken_away_is_named_or_listed_never_guessed(source: Form, target: Form, unsaid: str) -> None:
    context = replace(FULL, moisture=None)
    if source.unit.gas == "normal":
        # Nm3 says its temperature and pressure by its name.
        unsaid = "oxygen_pct"
    less = replace(source, reference=replace(source.reference, **{unsaid: None}))
    component = {"oxygen_pct": "oxygen", "temperature_k": "temperature", "pressure_kpa": "pressure"}.get(unsaid, unsaid)
    with pytest.raises(Incomparable) as caught:
        conversion(less, target, context)
    assert caught.value.missing == (component,)
