"""From one form to another: which route, which ingredients, in which order.

Media form a tree: ppm - gas concentration - heat input - output, and a concentration in gas or water - mass per
product or time. A route is the path between two of them, so there is never a choice between two results. Everything
that is missing on the path is collected before it is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from greenbri.quantity import energy, gas
from greenbri.quantity.context import Context
from greenbri.quantity.dimension import TEQ_SCHEMES, Dimension, dimension, exponent, product, without
from greenbri.quantity.errors import Incomparable
from greenbri.quantity.quantity import Form, Quantity
from greenbri.quantity.reference import HeatingValue, Output, Reference
from greenbri.quantity.species import relate_species
from greenbri.quantity.steps import Conversion, Draft
from greenbri.quantity.volume import missing_volume, through_volume, volume_between

MASS = dimension({"mass": 1})
_FRACTION = dimension({"gas_fraction": 1})
# Scales that people write as a bare number.
_BARE_SCALES = frozenset(dimension({name: 1}) for name in ("pH", "dilution", "ringelmann"))
_NOTHING = Context()


@dataclass(frozen=True, slots=True)
class _Reached:
    """The state of the result, as far as its route knows it."""

    gas: gas.GasState | None = None
    heating_value: HeatingValue | None = None
    output: Output | None = None


def conversion(source: Form | Quantity, target: Form | Quantity, context: Context = _NOTHING) -> Conversion:
    """How a magnitude in the form `source` becomes one in the form `target`, as an affine map with its steps.

    Raises `Incomparable` naming every missing ingredient, and `QuantityError` where a state cannot be (oxygen at or
    above that of air once it is in the dry gas). A component that the target does not set is not corrected.
    """
    source = source.form if isinstance(source, Quantity) else source
    target = target.form if isinstance(target, Quantity) else target
    draft = Draft(source.unit)
    molar = (source.unit.dimension == _FRACTION) != (target.unit.dimension == _FRACTION)
    basis = relate_species(draft, source, target, context, molar=molar)
    reached = _route(draft, source, target, context)
    if draft.missing:
        raise Incomparable(tuple(draft.missing), str(source), str(target))
    draft.change_unit(target.unit)
    species = target.species or source.species
    result = Form(target.unit, species, basis, _reference(source, target, reached, context))
    return Conversion(source, result, tuple(draft.operations), tuple(draft.assumptions))


def convert(quantity: Quantity, target: Form | Quantity, context: Context = _NOTHING) -> tuple[Quantity, Conversion]:
    """The quantity in the form `target`, and how it got there. Raises like `conversion`."""
    plan = conversion(quantity, target, context)
    return plan.apply_to(quantity), plan


def _route(draft: Draft, source: Form, target: Form, context: Context) -> _Reached:
    here, there = source.unit.dimension, target.unit.dimension
    (start, carried), (end, wanted) = _medium(here), _medium(there)
    if here == there:
        return _same_dimension(draft, source, target, context)
    if carried != wanted and _unschemed(carried) == _unschemed(wanted):
        # Toxic equivalents of two schemes, or of one and plain mass.
        draft.lack("species_relation")
    if {start, end} == {"fraction", "gas"} and carried == wanted:
        return _Reached(gas=_molar(draft, source, target, context))
    if "" in (source.unit.text, target.unit.text) and (here in _BARE_SCALES or there in _BARE_SCALES):
        draft.assume("bare_number", unit=target.unit.text or source.unit.text)
        draft.unit = target.unit
        return _Reached()
    volume = volume_between(here, there, context)
    if volume is not None:
        return _Reached(gas=through_volume(draft, source, target, volume, context))
    energetic = {"fraction", "gas", "heat", "electricity"}
    if start != end and start in energetic and end in energetic and _unschemed(carried) == _unschemed(wanted) == MASS:
        return _through_heat(draft, source, target, context)
    if "species_relation" not in draft.missing:
        draft.lack(missing_volume(here, there) or "dimension")
    return _Reached()


def _same_dimension(draft: Draft, source: Form, target: Form, context: Context) -> _Reached:
    of = source.unit.dimension
    state, heating_value = None, None
    if source.unit.gaseous:
        here, there = gas.stated(draft, source, context, "source"), gas.stated(draft, target, context, "target")
        if of == _FRACTION:
            here, there = gas.amount(here), gas.amount(there)
        state = gas.bring(draft, here, there, context, power=exponent(of, "gas") or -1)
    power = exponent(of, "heat") or exponent(of, "power")
    if power:
        basis, wanted = source.reference.heating_value, target.reference.heating_value
        heating_value = energy.change_heating_value(draft, basis, wanted, context, power=power)
    if exponent(of, "electricity") or exponent(of, "power"):
        energy.check_output(draft, source.reference.output, target.reference.output)
    return _Reached(state, heating_value, source.reference.output)


def _molar(draft: Draft, source: Form, target: Form, context: Context) -> gas.GasState:
    """Between ppm and mass: oxygen and moisture of the gas, temperature and pressure of the mass side."""
    here, there = gas.stated(draft, source, context, "source"), gas.stated(draft, target, context, "target")
    state = gas.bring(draft, gas.amount(here), gas.amount(there), context)
    if source.unit.dimension == _FRACTION:
        gas.ppm_to_mass(draft, there, context)
        return replace(state, temperature=there.temperature, pressure=there.pressure)
    gas.mass_to_ppm(draft, here, context)
    return state


def _through_heat(draft: Draft, source: Form, target: Form, context: Context) -> _Reached:
    """The chain gas - heat input - output, from any of the three to any other."""
    (start, carried), (end, _) = _medium(source.unit.dimension), _medium(target.unit.dimension)
    numerator = "lb" if carried == MASS else f"ng {carried[0][0]}"
    basis = source.reference.heating_value
    factor = context.f_factor.heating_value if context.f_factor is not None else None
    if start in ("gas", "fraction"):
        state = gas.stated(draft, source, context, "source")
        if start == "fraction":
            state = replace(state, temperature=energy.STATE.temperature, pressure=energy.STATE.pressure)
            gas.ppm_to_mass(draft, state, context)
        energy.gas_to_heat(draft, state, context, numerator)
        basis = factor
    wanted = target.reference.heating_value if end == "heat" else factor
    if end == "electricity":
        output = target.reference.output
        energy.heat_and_output(draft, context, numerator, to_output=True, heat_basis=basis, output=output)
        rate = context.heat_rate
        return _Reached(output=rate.reference.output if rate is not None else None)
    if start == "electricity":
        output = source.reference.output
        energy.heat_and_output(draft, context, numerator, to_output=False, heat_basis=wanted, output=output)
        basis = wanted
    elif "f_factor" not in draft.missing and context.f_factor is not None:
        basis = energy.change_heating_value(draft, basis, wanted, context)
    if end == "heat":
        return _Reached(heating_value=basis or factor)
    state = gas.stated(draft, target, context, "target")
    if end == "fraction":
        state = replace(state, temperature=energy.STATE.temperature, pressure=energy.STATE.pressure)
    reached = energy.heat_to_gas(draft, state, context, numerator)
    if end == "fraction":
        gas.mass_to_ppm(draft, state, context)
        reached = gas.amount(reached)
    return _Reached(gas=reached)


def _reference(source: Form, target: Form, reached: _Reached, context: Context) -> Reference:
    """The target's state, completed by what the result is really at."""
    wanted = target.reference
    state = reached.gas
    excess_air = wanted.excess_air
    if state is None:
        return replace(
            wanted,
            heating_value=wanted.heating_value or reached.heating_value,
            output=wanted.output or reached.output,
        )
    if excess_air is None and wanted.oxygen_pct is None:
        excess_air = source.reference.excess_air
    if excess_air is not None and state.oxygen != gas.oxygen_of(excess_air, context):
        excess_air = None
    return Reference(
        oxygen_pct=None if excess_air is not None else state.oxygen,
        excess_air=excess_air,
        moisture=state.moisture,
        temperature_k=state.temperature,
        pressure_kpa=state.pressure,
        heating_value=wanted.heating_value or reached.heating_value,
        output=wanted.output or reached.output,
    )


def _medium(of: Dimension) -> tuple[str, Dimension]:
    """What a dimension is a concentration in or an emission per, and of what; ("", itself) for anything else."""
    if of == _FRACTION:
        return "fraction", MASS
    for name in ("gas", "water", "heat", "electricity"):
        if exponent(of, name) == -1:
            return name, without(of, name)
    return "", of


def _unschemed(of: Dimension) -> Dimension:
    """The dimension with toxic equivalents of any scheme as plain mass."""
    return product(*((((("mass" if name in TEQ_SCHEMES else name), 1),), power) for name, power in of))


def exact(quantity: Quantity) -> Fraction:
    """The magnitude as a fraction, in the quantity's own unit. Raises `ValueError` for a range."""
    if quantity.value is None:
        raise ValueError(f"{quantity} is a range")
    return Fraction(quantity.value)
