"""The state of a gas: wet to dry, reference oxygen, temperature and pressure, ppm to mass.

A concentration goes to the dry gas, to the reference oxygen there, back to the wet gas if the target is wet, then to
the target's temperature and pressure. Oxygen is volume % of the gas as stated: of the wet gas where that is wet.
Ideal gas throughout, with R = 8.314462618 J/(mol K) (CODATA 2018).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from greenbri.quantity.context import Context
from greenbri.quantity.quantity import Form
from greenbri.quantity.reference import ATMOSPHERE_KPA, ZERO_CELSIUS, Moisture, check_oxygen, format_reference
from greenbri.quantity.steps import Draft
from greenbri.quantity.unit_text import parse_unit

GAS_CONSTANT = Fraction("8.314462618")
# EPA standard conditions: 20 C (68 F) and 1 atm, 40 CFR 60.2.
STANDARD_TEMPERATURE = ZERO_CELSIUS + 20
NORMAL_ALTERNATIVES = (ZERO_CELSIUS, ZERO_CELSIUS + 20, ZERO_CELSIUS + 25)

IDEAL_GAS = "ideal gas law"
DRY_GAS = "share of dry gas in wet gas"
_OXYGEN_SOURCES = (
    "dilution with air; 20.9 % oxygen as in 40 CFR Part 60",
    "Directive 2010/75/EU, Annex VI Part 7; 21 % oxygen in air",
)
# What law prints for a standard state, and the state it means: no instrument corrects from 101.3 to 101.325 kPa.
_ROUNDED_TEMPERATURES = {Fraction(k): Fraction(k) + Fraction("0.15") for k in (273, 288, 293, 298)}
_ROUNDED_PRESSURE = Fraction("101.3")


@dataclass(frozen=True, slots=True)
class GasState:
    """What is known of a gas: oxygen in volume % of the gas as stated, moisture, K, kPa; None is unknown or not set."""

    oxygen: Fraction | None = None
    moisture: Moisture | None = None
    temperature: Fraction | None = None
    pressure: Fraction | None = None


def amount(state: GasState) -> GasState:
    """The state of an amount of gas in gas (ppm), which knows no temperature and pressure."""
    return replace(state, temperature=None, pressure=None)


def oxygen_of(excess_air: Fraction, context: Context) -> Fraction:
    """Oxygen in volume % at a coefficient of excess air: alpha = 21 / (21 - O2), solved for O2."""
    return context.oxygen_in_air * (1 - 1 / excess_air)


def stated(draft: Draft, form: Form, context: Context, side: Literal["source", "target", "volume"]) -> GasState:
    """The state that a form says by its reference and by its unit's name; what the name implies is listed."""
    reference, unit = form.reference, form.unit
    temperature, pressure = reference.temperature_k, reference.pressure_kpa
    if unit.gas == "normal" and temperature is None:
        temperature = context.normal_temperature if side == "source" else context.target_normal_temperature
        celsius = f"{float(temperature - ZERO_CELSIUS):g}"
        draft.assume("normal_temperature", NORMAL_ALTERNATIVES, side=side, celsius=celsius)
    if unit.gas == "standard" and temperature is None:
        temperature = STANDARD_TEMPERATURE
        draft.assume("standard_conditions", side=side, unit=unit.text)
    if unit.gas in ("normal", "standard") and pressure is None:
        pressure = ATMOSPHERE_KPA
        if unit.gas == "normal":
            draft.assume("normal_pressure", side=side)
    if temperature in _ROUNDED_TEMPERATURES or pressure == _ROUNDED_PRESSURE:
        draft.assume("rounded_standard_state", side=side, state=format_reference(reference))
        temperature = _ROUNDED_TEMPERATURES.get(temperature, temperature) if temperature is not None else None
        pressure = ATMOSPHERE_KPA if pressure == _ROUNDED_PRESSURE else pressure
    oxygen = reference.oxygen_pct
    if reference.excess_air is not None:
        oxygen = oxygen_of(reference.excess_air, context)
    if oxygen is not None:
        check_oxygen(oxygen, air=context.oxygen_in_air)
    # `0 % H2O` is a statement: no truth test on a number.
    moisture = reference.moisture if reference.moisture is not None else unit.moisture
    return GasState(oxygen, moisture, temperature, pressure)


def measured(draft: Draft, state: GasState, context: Context, *, oxygen: bool, moisture: bool) -> GasState:
    """A source's state completed by what the context says was measured, for the components that are needed."""
    if oxygen and state.oxygen is None and context.measured_oxygen is not None:
        state = replace(state, oxygen=context.measured_oxygen)
        draft.assume("measured_oxygen", percent=f"{float(context.measured_oxygen):g}")
    if moisture and state.moisture in (None, "wet") and context.moisture is not None:
        if state.moisture is None:
            draft.assume("taken_as_wet", percent=f"{float(100 * context.moisture):g}")
        state = replace(state, moisture=context.moisture)
    return state


def bring(draft: Draft, source: GasState, target: GasState, context: Context, *, power: int = -1) -> GasState:
    """Append the operations from one state to the other, for a unit with `power` of gas volume (-1: a concentration).

    A component that the target does not set is left alone; one that it sets and the source lacks is named as missing.
    Returns the state reached.
    """
    oxygen = _oxygen_and_moisture(draft, source, target, context, power)
    for name, here, there in (
        ("temperature", source.temperature, target.temperature),
        ("pressure", source.pressure, target.pressure),
    ):
        if there is None:
            if here is not None:
                draft.assume("uncorrected", component=name)
        elif here is None:
            draft.lack(name)
        elif here != there and name == "temperature":
            _scale(draft, name, "T / T_ref", here / there, power, {"T": here, "T_ref": there}, IDEAL_GAS)
        elif here != there:
            _scale(draft, name, "p_ref / p", there / here, power, {"p": here, "p_ref": there}, IDEAL_GAS)
    return GasState(
        oxygen,
        target.moisture if target.moisture is not None else source.moisture,
        target.temperature if target.temperature is not None else source.temperature,
        target.pressure if target.pressure is not None else source.pressure,
    )


def _oxygen_and_moisture(
    draft: Draft, source: GasState, target: GasState, context: Context, power: int
) -> Fraction | None:
    """Append both corrections; returns the oxygen that the value is then at, in the target's moisture."""
    wanted = target.oxygen is not None and context.oxygen_correction != "never"
    if not wanted and source.oxygen is not None:
        draft.assume("uncorrected", component="oxygen")
    if target.moisture is None and source.moisture is not None:
        draft.assume("uncorrected", component="moisture")
    source = measured(draft, source, context, oxygen=wanted, moisture=False)
    if wanted and source.oxygen is None:
        draft.lack("oxygen")
    wet_already = target.moisture == "wet" and isinstance(source.moisture, Fraction)
    same_moisture = target.moisture is None or source.moisture == target.moisture or wet_already
    if same_moisture and (not wanted or source.oxygen in (None, target.oxygen)):
        return source.oxygen
    needs_water = source.moisture == "wet" or target.moisture is not None
    source = measured(draft, source, context, oxygen=False, moisture=needs_water)
    water = _water(source.moisture)
    end = water
    if target.moisture == "wet":
        end = water if wet_already else context.moisture
    elif target.moisture is not None:
        end = _water(target.moisture)
    if needs_water and (water is None or end is None):
        draft.lack("moisture")
        return source.oxygen
    # Where neither side says dry or wet, both are read as one gas.
    water, end = water or Fraction(0), end or Fraction(0)
    corrected = True
    if target.moisture is not None and water:
        _scale(draft, "moisture", "1 / (1 - H2O)", 1 / (1 - water), power, {"H2O": water}, DRY_GAS)
    if wanted and source.oxygen is not None and target.oxygen is not None:
        corrected = _oxygen(draft, (source.oxygen, water), (target.oxygen, end), context, power)
    if target.moisture is not None and end:
        _scale(draft, "moisture", "(1 - H2O)", 1 - end, power, {"H2O": end}, DRY_GAS)
    if wanted and corrected:
        return target.oxygen
    return None if source.oxygen is None else source.oxygen * (1 - end) / (1 - water)


def dry_oxygen(draft: Draft, state: GasState, context: Context) -> Fraction | None:
    """Oxygen in volume % of the dry gas, or None (and named as missing) where oxygen or moisture is not known."""
    water = _water(state.moisture)
    for name, value in (("oxygen", state.oxygen), ("moisture", water)):
        if value is None:
            draft.lack(name)
    if state.oxygen is None or water is None:
        return None
    return _in_dry_gas(state.oxygen, water, context)


def ppm_to_mass(draft: Draft, target: GasState, context: Context) -> None:
    """From ppm to mg/m3 at the target's temperature and pressure: c = x * M * p / (R * T)."""
    volume = _molar_volume(draft, target, context)
    if volume is None or context.molar_mass is None:
        return
    draft.change_unit(parse_unit("ppm"))
    draft.operate(
        "molar_volume",
        "c = x * M * p / (R * T)",
        context.molar_mass / volume,
        _molar_inputs(context.molar_mass, target),
        f"{IDEAL_GAS}; R of CODATA 2018",
        symbol="x",
        unit=parse_unit("mg/m3"),
    )


def mass_to_ppm(draft: Draft, source: GasState, context: Context) -> None:
    """From a mass concentration at the source's temperature and pressure to ppm: x = c * R * T / (M * p)."""
    volume = _molar_volume(draft, source, context)
    if volume is None or context.molar_mass is None:
        return
    draft.change_unit(parse_unit("mg/m3"))
    draft.operate(
        "molar_volume",
        "x = c * R * T / (M * p)",
        volume / context.molar_mass,
        _molar_inputs(context.molar_mass, source),
        f"{IDEAL_GAS}; R of CODATA 2018",
        unit=parse_unit("ppm"),
    )


def _molar_inputs(molar_mass: Fraction, state: GasState) -> dict[str, Fraction | str]:
    assert state.temperature is not None and state.pressure is not None
    return {"M": molar_mass, "R": GAS_CONSTANT, "T": state.temperature, "p": state.pressure}


def _molar_volume(draft: Draft, state: GasState, context: Context) -> Fraction | None:
    """Litres of ideal gas per mole, None (and named) where something is missing."""
    needed = {"molar_mass": context.molar_mass, "temperature": state.temperature, "pressure": state.pressure}
    for name, value in needed.items():
        if value is None:
            draft.lack(name)
    if state.temperature is None or state.pressure is None:
        return None
    return GAS_CONSTANT * state.temperature / state.pressure


def _water(moisture: Moisture | None) -> Fraction | None:
    return Fraction(0) if moisture == "dry" else moisture if isinstance(moisture, Fraction) else None


def _in_dry_gas(oxygen: Fraction, water: Fraction, context: Context) -> Fraction:
    """Volume % of the dry gas; `QuantityError` where that is not below the oxygen of air."""
    dry = oxygen / (1 - water)
    check_oxygen(dry, air=context.oxygen_in_air)
    return dry


def _oxygen(
    draft: Draft, source: tuple[Fraction, Fraction], target: tuple[Fraction, Fraction], context: Context, power: int
) -> bool:
    """Correct from one (oxygen, water) to another; False where the instrument does not correct at this oxygen."""
    air = context.oxygen_in_air
    here, there = _in_dry_gas(*source, context), _in_dry_gas(*target, context)
    if context.oxygen_correction == "when_above" and here < there:
        draft.assume("oxygen_not_above", measured=f"{float(here):g}", reference=f"{float(there):g}")
        return False
    if here != there:
        inputs: dict[str, Fraction | str] = {"O2_air": air, "O2_ref": there, "O2": here}
        scale = (air - there) / (air - here)
        _scale(draft, "oxygen", "(O2_air - O2_ref) / (O2_air - O2)", scale, power, inputs, _OXYGEN_SOURCES[air == 21])
    return True


def _scale(
    draft: Draft,
    operation: str,
    ratio: str,
    scale: Fraction,
    power: int,
    inputs: Mapping[str, Fraction | str],
    source: str,
) -> None:
    """Scale a concentration; a gas volume (power 1) goes the other way."""
    if power == -1:
        draft.operate(operation, f"c = c * {ratio}", scale, inputs, source)
    else:
        sign = "*" if power < 0 else "/"
        times = f" ^ {abs(power)}" if abs(power) != 1 else ""
        draft.operate(operation, f"V = V {sign} ({ratio}){times}", scale**-power, inputs, source, symbol="V")
