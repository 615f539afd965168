"""The facts a conversion needs beside the two forms; each comes from the caller, none is looked up."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from greenbri.quantity.errors import QuantityError
from greenbri.quantity.reference import OXYGEN_IN_AIR, ZERO_CELSIUS, HeatingValue, check_moisture, check_oxygen

if TYPE_CHECKING:
    from greenbri.quantity.quantity import Quantity

METHOD_19 = "EPA Method 19 (40 CFR Part 60, Appendix A-7), Table 19-2"


@dataclass(frozen=True, slots=True)
class FFactor:
    """Flue gas per heat input of a fuel, at 20 C, 101.325 kPa and no excess oxygen.

    `dry` is Fd in dscf/MMBtu, `wet` Fw in wscf/MMBtu (None where the source gives none), per the `heating_value` named;
    `ambient_moisture` is Bwa, the volume fraction of water in the combustion air of eq. 19-2.
    """

    dry: Fraction
    wet: Fraction | None = None
    heating_value: HeatingValue = "HHV"
    source: str = METHOD_19
    ambient_moisture: Fraction = Fraction("0.027")

    def __post_init__(self) -> None:
        if self.dry <= 0 or (self.wet is not None and self.wet <= 0):
            raise QuantityError("not_positive", name="F-factor", value=self.dry)


@dataclass(frozen=True, slots=True)
class BasisRelation:
    """Mass expressed as `source` times `ratio` is mass expressed as `target`; usable in both directions."""

    source: str
    target: str
    ratio: Fraction
    citation: str

    def __post_init__(self) -> None:
        if self.ratio <= 0:
            raise QuantityError("not_positive", name=f"{self.source} -> {self.target}", value=self.ratio)


def molar_relation(
    source: str,
    target: str,
    *,
    source_mass: Fraction,
    target_mass: Fraction,
    source_atoms: int = 1,
    target_atoms: int = 1,
) -> BasisRelation:
    """The relation of two substances that share an element, by molar masses in g/mol.

    `source_atoms` and `target_atoms` count the shared element in each: P2O5 (2) as P (1) is 2 * 30.974 / 141.943.
    """
    ratio = target_mass * source_atoms / (source_mass * target_atoms)
    return BasisRelation(source, target, ratio, "ratio of molar masses")


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a conversion may use. Raises `QuantityError` for an ingredient that cannot be.

    - `molar_mass`, g/mol: of what the mass is expressed as (NO2 for NOx as NO2), per mole that ppm counts
    - `oxygen_in_air`, volume % (21, or 20.9 in US law), and `oxygen_correction` (`when_above`: only where the oxygen
      measured exceeds the reference): of the target's instrument
    - `moisture`, volume fraction of water in the wet gas, and `measured_oxygen`, volume % of the gas as the source
      states it: used where the source does not state its own
    - `f_factor`, `hhv_lhv_ratio` (HHV/LHV): of the fuel
    - `heat_rate`: heat per electricity, such as 9500 kJ/kWh @ LHV, net
    - `gas_volume`, `water_volume`: per product, time or heat, such as 2300 Nm3/t @ 10 % O2, dry, 0 C; 1.5 m3/t
    - `normal_temperature`, K: what Nm3 without a temperature means in the source; `target_normal_temperature` elsewhere
    - `basis_relations`: between what masses are expressed as
    """

    molar_mass: Fraction | None = None
    oxygen_in_air: Fraction = OXYGEN_IN_AIR
    oxygen_correction: Literal["always", "when_above", "never"] = "always"
    moisture: Fraction | None = None
    measured_oxygen: Fraction | None = None
    f_factor: FFactor | None = None
    hhv_lhv_ratio: Fraction | None = None
    heat_rate: Quantity | None = None
    gas_volume: Quantity | None = None
    water_volume: Quantity | None = None
    normal_temperature: Fraction = ZERO_CELSIUS
    target_normal_temperature: Fraction = ZERO_CELSIUS
    basis_relations: tuple[BasisRelation, ...] = ()

    def __post_init__(self) -> None:
        if self.moisture is not None:
            check_moisture(self.moisture)
        if self.measured_oxygen is not None:
            check_oxygen(self.measured_oxygen, air=self.oxygen_in_air)
        for name, value in (
            ("molar mass", self.molar_mass),
            ("HHV/LHV", self.hhv_lhv_ratio),
            ("normal temperature", self.normal_temperature),
            ("normal temperature", self.target_normal_temperature),
        ):
            if value is not None and value <= 0:
                raise QuantityError("not_positive", name=name, value=value)
        for quantity in (self.heat_rate, self.gas_volume, self.water_volume):
            if quantity is not None and (quantity.value is None or quantity.bound or quantity.value <= 0):
                raise QuantityError("not_single", text=str(quantity))
