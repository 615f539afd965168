"""Mass per product, time or heat from a concentration and a volume: E = c * V, in gas at one stated state, or in water.

The volume says per what: `2300 Nm3/t @ 10 % O2, dry, 0 C` gives kg/t, `500000 Nm3/h @ ...` gives kg/h, `1.5 m3/t` of
water gives kg/t.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from greenbri.quantity import gas
from greenbri.quantity.context import Context
from greenbri.quantity.dimension import Dimension, dimension, exponent, product
from greenbri.quantity.quantity import Form, Quantity
from greenbri.quantity.steps import Draft
from greenbri.quantity.unit_text import parse_unit

_FRACTION = dimension({"gas_fraction": 1})
_MASS_PER_GAS = dimension({"mass": 1, "gas": -1})
_PER = frozenset(("product", "time", "heat"))


def volume_between(here: Dimension, there: Dimension, context: Context) -> Quantity | None:
    """The volume of the context that turns one dimension into the other, or None."""
    for volume in (context.gas_volume, context.water_volume):
        if volume is not None and (_loads(here, volume, there) or _loads(there, volume, here)):
            return volume
    return None


def missing_volume(here: Dimension, there: Dimension) -> str | None:
    """`gas_volume` or `water_volume` where a volume per product or time would turn one dimension into the other."""
    for start, end in ((here, there), (there, here)):
        concentration = _MASS_PER_GAS if start == _FRACTION else start
        for medium in ("gas", "water"):
            if exponent(concentration, medium) == -1:
                per = product((end, 1), (concentration, -1), (dimension({medium: 1}), -1))
                if per and all(name in _PER and power < 0 for name, power in per):
                    return f"{medium}_volume"
    return None


def through_volume(draft: Draft, source: Form, target: Form, volume: Quantity, context: Context) -> gas.GasState | None:
    """Append E = c * V or c = E / V with the gas brought to the volume's state on the way.

    Returns the state of a gas concentration reached, None for any other result.
    """
    # The mass is that of the real gas: an instrument's rule when to correct has no part in it.
    always = replace(context, oxygen_correction="always")
    gaseous = exponent(volume.unit.dimension, "gas") != 0
    state = gas.stated(draft, volume.form, context, "volume") if gaseous else gas.GasState()
    if _loads(source.unit.dimension, volume, target.unit.dimension):
        if gaseous:
            _to_volume(draft, source, state, always)
        size, inputs = _size(volume, draft.unit.factor / target.unit.factor)
        draft.operate("specific_volume", "E = c * V * factor", size, inputs, "mass balance", unit=target.unit)
        return None
    fraction = target.unit.dimension == _FRACTION
    unit = parse_unit("mg/m3") if fraction else target.unit
    size, inputs = _size(volume, unit.factor / draft.unit.factor)
    draft.operate("specific_volume", "c = E / (V * factor)", 1 / size, inputs, "mass balance", symbol="E", unit=unit)
    if not gaseous:
        return None
    there = gas.stated(draft, target, context, "target")
    if fraction:
        gas.mass_to_ppm(draft, state, context)
        state, there = gas.amount(state), gas.amount(there)
    return gas.bring(draft, state, there, context)


def _loads(concentration: Dimension, volume: Quantity, load: Dimension) -> bool:
    """Whether concentration times volume is the load."""
    of = volume.unit.dimension
    if concentration == _FRACTION:
        concentration = _MASS_PER_GAS
    medium = "gas" if exponent(of, "gas") == 1 else "water"
    return exponent(concentration, medium) == -1 and product((concentration, 1), (of, 1)) == load


def _to_volume(draft: Draft, source: Form, through: gas.GasState, context: Context) -> None:
    here = gas.stated(draft, source, context, "source")
    here = gas.measured(draft, here, context, oxygen=True, moisture=through.moisture is not None)
    for name, known, wanted in (
        ("oxygen", here.oxygen, through.oxygen),
        ("moisture", here.moisture, through.moisture),
    ):
        # The volume grows with air and water: without its own state it may be of another gas.
        if known is not None and wanted is None:
            draft.lack(name)
        elif known is None and wanted is None:
            draft.assume("same_gas", component=name)
    if source.unit.dimension == _FRACTION:
        gas.bring(draft, gas.amount(here), gas.amount(through), context)
        gas.ppm_to_mass(draft, through, context)
    else:
        gas.bring(draft, here, through, context)


def _size(volume: Quantity, units: Fraction) -> tuple[Fraction, dict[str, Fraction | str]]:
    """The factor of E = c * V, and its parts: the volume as stated and what the units make of it."""
    assert volume.value is not None
    number = Fraction(volume.value)
    factor = volume.unit.factor * units
    return number * factor, {"V": number, "factor": factor, "V_stated": str(volume)}
