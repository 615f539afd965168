"""Whether a unit can be the unit of a parameter: a concentration in stack gas is no concentration in water.

Loose on purpose: rates and figures per product or heat are as good as concentrations, and what a limit needs is decided
when it is compared. Only what cannot be right is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from greenbri.quantity import Unit
    from greenbri.vocabulary import Parameter

_TEQ = frozenset({"TEQ", "I-TEQ", "WHO-TEQ"})
_LEVELS = frozenset({"dB", "dB(A)", "dB(C)"})
# What an amount may be of, and what it may be per, by the family of its medium. The empty name is a plain fraction.
_MATTER = frozenset({"mass", "count", "activity", "gas_fraction", "", *_TEQ})
_PER = frozenset({"time", "heat", "electricity", "product", "population_equivalent", "mass", "power", "length"})
_PER_OF_FAMILY = {"air": _PER | {"gas"}, "water": _PER | {"water"}}
_CONCENTRATIONS = frozenset({"concentration", "sum", "toxic-equivalent", "count"})
_EXAMPLES = {"air": "mg/Nm3", "water": "mg/L"}
_EXAMPLES_OF_MEDIA = {"ambient": "ug/m3", "boundary": "mg/m3", "sludge": "mg/kg", "soil": "mg/kg"}
_FAMILY_OF_MEDIA = {
    "stack": "air", "boundary": "air", "ambient": "air", "effluent": "water", "water-body": "water",
    "groundwater": "water",
}  # fmt: skip


def fits(unit: Unit, parameter: Parameter, medium: str) -> bool:
    """Whether a figure of the parameter can be stated in that unit."""
    above = {name for name, power in unit.dimension if power > 0}
    below = {name for name, power in unit.dimension if power < 0}
    kind = parameter.kind
    if kind in _CONCENTRATIONS:
        per = _PER_OF_FAMILY.get(_family(parameter, medium), _PER | {"gas", "water"})
        if not unit.dimension:
            # `ppm` in water and `% by volume` are written as plain fractions; a bare number is not a concentration
            return unit.text != "" or kind == "count"
        return (above or {""}) <= _MATTER and below <= per and above != below
    if kind == "level":
        return bool(above & _LEVELS) and not below
    if kind == "ph":
        return above == {"pH"}
    if kind in ("temperature", "temperature-difference"):
        return above == {"temperature"} and not below
    if kind == "ratio":
        return not unit.dimension or above == {"gas_fraction"} or above == below
    return True


def example(parameter: Parameter, medium: str) -> str:
    """A unit in which it is commonly stated."""
    kind = parameter.kind
    plain = {"level": "dB(A)", "ph": "pH", "ratio": "%", "temperature": "C", "temperature-difference": "C"}.get(kind)
    if plain is not None:
        return plain
    if kind == "count":
        return "MPN/L"
    return _EXAMPLES_OF_MEDIA.get(medium) or _EXAMPLES.get(_family(parameter, medium), "mg/L")


def _family(parameter: Parameter, medium: str) -> str:
    return _FAMILY_OF_MEDIA.get(medium) or parameter.family
