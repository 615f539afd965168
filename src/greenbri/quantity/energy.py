"""Emission per heat input and per output: F-factors, heating values, heat rates.

Emission per heat input follows EPA Method 19 (40 CFR Part 60, Appendix A-7) with its own 20.9 % of oxygen in air,
whatever the constant of the target's oxygen correction: E = C * Fd * 20.9 / (20.9 - O2), C and Fd dry at 20 C, 1 atm.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from greenbri.quantity import gas
from greenbri.quantity.context import Context, FFactor
from greenbri.quantity.quantity import Quantity
from greenbri.quantity.reference import ATMOSPHERE_KPA, HeatingValue, Output, check_oxygen
from greenbri.quantity.steps import Draft
from greenbri.quantity.unit_text import parse_unit

AIR = Fraction("20.9")
_FORWARD = "EPA Method 19, eq. 19-1"
_WET = "EPA Method 19, eq. 19-2"
STATE = gas.GasState(None, "dry", gas.STANDARD_TEMPERATURE, ATMOSPHERE_KPA)


def gas_to_heat(draft: Draft, source: gas.GasState, context: Context, numerator: str) -> None:
    """From a concentration to `numerator` per MMBtu, on the heating value of the F-factor."""
    factor = context.f_factor
    if factor is None:
        draft.lack("f_factor")
    wet = factor is not None and factor.wet is not None and context.moisture is None and source.moisture == "wet"
    source = gas.measured(draft, source, context, oxygen=True, moisture=not wet)
    if factor is not None and wet and source.oxygen is not None:
        _wet_gas_to_heat(draft, source, context, factor, numerator)
        return
    oxygen = gas.dry_oxygen(draft, source, context)
    gas.bring(draft, replace(source, oxygen=None), STATE, context)
    if factor is None or oxygen is None:
        return
    check_oxygen(oxygen, air=AIR)
    draft.change_unit(parse_unit(f"{numerator}/dscf"))
    draft.operate(
        "f_factor",
        "E = C * Fd * 20.9 / (20.9 - O2)",
        factor.dry * AIR / (AIR - oxygen),
        {"Fd": factor.dry, "O2": oxygen, "Fd_heating_value": factor.heating_value, "Fd_source": factor.source},
        _FORWARD,
        symbol="C",
        unit=parse_unit(f"{numerator}/MMBtu"),
    )


def heat_to_gas(draft: Draft, target: gas.GasState, context: Context, numerator: str) -> gas.GasState:
    """From emission per MMBtu to a concentration in the target's state, which must set oxygen and moisture.

    Returns the state the concentration has been brought to.
    """
    factor = context.f_factor
    if factor is None:
        draft.lack("f_factor")
    # Fuel burnt says nothing of dilution: without a reference oxygen the concentration is that of the real gas.
    target = gas.measured(draft, target, context, oxygen=True, moisture=True)
    oxygen = gas.dry_oxygen(draft, target, context)
    for name, value in (("temperature", target.temperature), ("pressure", target.pressure)):
        if value is None:
            draft.lack(name)
    if factor is None or oxygen is None:
        return target
    check_oxygen(oxygen, air=AIR)
    draft.change_unit(parse_unit(f"{numerator}/MMBtu"))
    draft.operate(
        "f_factor",
        "C = E / Fd * (20.9 - O2) / 20.9",
        (AIR - oxygen) / (AIR * factor.dry),
        {"Fd": factor.dry, "O2": oxygen, "Fd_heating_value": factor.heating_value, "Fd_source": factor.source},
        f"{_FORWARD}, solved for C",
        symbol="E",
        unit=parse_unit(f"{numerator}/dscf"),
    )
    gas.bring(draft, STATE, replace(target, oxygen=None), context)
    return target


def heating_value_of(draft: Draft, basis: HeatingValue | None, context: Context) -> HeatingValue | None:
    """The basis stated, or that of the F-factor as a listed assumption, or None."""
    if basis is not None or context.f_factor is None:
        return basis
    draft.assume("heating_value", basis=context.f_factor.heating_value)
    return context.f_factor.heating_value


def change_heating_value(
    draft: Draft, source: HeatingValue | None, target: HeatingValue | None, context: Context, *, power: int = -1
) -> HeatingValue | None:
    """From one heating value to the other, for a unit with `power` of heat: a fuel has fewer GJ of LHV than of HHV.

    Returns the heating value reached, None where neither side states one.
    """
    if source == target:
        return target
    source, target = heating_value_of(draft, source, context), heating_value_of(draft, target, context)
    if target is None:
        draft.assume("uncorrected", component=str(source))
        return source
    if source is None or (source != target and context.hhv_lhv_ratio is None):
        draft.lack("heating_value")
    elif source != target and context.hhv_lhv_ratio is not None:
        ratio = context.hhv_lhv_ratio
        up = (source == "HHV") == (power < 0)
        formula = "E = E * HHV_LHV" if up else "E = E / HHV_LHV"
        scale = (ratio if source == "HHV" else 1 / ratio) ** -power
        inputs: dict[str, Fraction | str] = {"HHV_LHV": ratio, "from": source, "to": target}
        draft.operate("heating_value", formula, scale, inputs, "heating values of the fuel", symbol="E")
    return target


def check_output(draft: Draft, source: Output | None, target: Output | None) -> None:
    """Gross and net output differ by the plant's own use, which nothing here knows: they have to agree."""
    if target is None:
        if source is not None:
            draft.assume("uncorrected", component=f"{source} output")
    elif source != target:
        draft.lack("output_basis")


def heat_and_output(
    draft: Draft,
    context: Context,
    numerator: str,
    *,
    to_output: bool,
    heat_basis: HeatingValue | None,
    output: Output | None,
) -> None:
    """Between emission per heat and per electricity through the heat rate, either way.

    `heat_basis` is the heating value of the emission per heat, `output` the basis that the emission per output states.
    """
    rate = context.heat_rate
    if rate is None:
        draft.lack("heat_rate")
        return
    if rate.reference.output is None and output is None:
        draft.assume("output_basis_unstated")
    elif to_output:
        check_output(draft, rate.reference.output, output)
    elif rate.reference.output != output:
        draft.lack("output_basis")
    rate_basis = heating_value_of(draft, rate.reference.heating_value, context)
    if rate_basis is None and heat_basis is None:
        draft.assume("heat_rate_basis")
    elif rate_basis is None:
        draft.lack("heating_value")
    elif to_output and "f_factor" not in draft.missing:
        change_heating_value(draft, heat_basis, rate_basis, context)
    draft.change_unit(parse_unit(f"{numerator}/{'GJ' if to_output else 'MWh'}"))
    gigajoules = _heat_rate(rate)
    draft.operate(
        "heat_rate",
        "E_out = E_heat * HR" if to_output else "E_heat = E_out / HR",
        gigajoules if to_output else 1 / gigajoules,
        {"HR": gigajoules, "HR_unit": "GJ/MWh", "HR_stated": str(rate)},
        "definition of the heat rate",
        symbol="E_heat" if to_output else "E_out",
        unit=parse_unit(f"{numerator}/{'MWh' if to_output else 'GJ'}"),
    )
    if not to_output and rate_basis is not None and "f_factor" not in draft.missing:
        change_heating_value(draft, rate_basis, heat_basis, context)


def _heat_rate(rate: Quantity) -> Fraction:
    """In GJ/MWh."""
    assert rate.value is not None
    unit = parse_unit("GJ/MWh")
    return Fraction(rate.value) * rate.unit.factor / unit.factor


def _wet_gas_to_heat(draft: Draft, source: gas.GasState, context: Context, factor: FFactor, numerator: str) -> None:
    """Eq. 19-2, for a wet concentration and wet oxygen where the moisture of the stack is not known."""
    assert source.oxygen is not None and factor.wet is not None
    wet = gas.GasState(None, "wet", source.temperature, source.pressure)
    gas.bring(draft, wet, replace(STATE, moisture="wet"), context)
    left = AIR * (1 - factor.ambient_moisture) - source.oxygen
    if left <= 0:
        check_oxygen(source.oxygen, air=AIR * (1 - factor.ambient_moisture))
    draft.assume("ambient_moisture", fraction=f"{float(factor.ambient_moisture):g}")
    draft.change_unit(parse_unit(f"{numerator}/wscf"))
    draft.operate(
        "f_factor",
        "E = C * Fw * 20.9 / (20.9 * (1 - Bwa) - O2)",
        factor.wet * AIR / left,
        {
            "Fw": factor.wet,
            "Bwa": factor.ambient_moisture,
            "O2": source.oxygen,
            "Fw_heating_value": factor.heating_value,
            "Fw_source": factor.source,
        },
        _WET,
        symbol="C",
        unit=parse_unit(f"{numerator}/MMBtu"),
    )
