"""What is measured and limited: pollutants, indicators, levels and process figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, cast

from greenbri.vocabulary.lookup import Table

if TYPE_CHECKING:
    from greenbri.quantity.context import BasisRelation

Family = Literal["air", "water", "noise", "ghg", "soil", "waste", "process"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One definition of one thing: `COD` (dichromate) and `CODMn` are two.

    `basis` is what a value is expressed as (NO2 for NOx), `formula` that basis as a chemical formula, `molar_mass` its
    mass in g/mol. `also` lists further families. `related` names look like this one and are never compared with it
    without a relation or a cited rule. `negative` says that values below zero make sense.
    """

    name: str
    en: str
    zh: str
    family: Family
    kind: str
    also: tuple[Family, ...] = ()
    basis: str = ""
    formula: str = ""
    molar_mass: Fraction | None = None
    cas: str = ""
    negative: bool = False
    synonyms: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    note: str = ""

    @property
    def families(self) -> tuple[Family, ...]:
        """The family and the further ones."""
        return (self.family, *self.also)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name and synonym, the canonical name first."""
        return (self.name, self.en, self.zh, *self.synonyms)


@dataclass(frozen=True, slots=True)
class Relation:
    """Two parameters that are one thing: mass of `source` times `ratio` is mass of `target` (`NH4`, `NH3-N`)."""

    source: str
    target: str
    ratio: Fraction


def parameter(name: str, *, family: Family | None = None) -> Parameter:
    """The parameter that goes by `name`, in any spelling.

    `family` decides between parameters that share a spelling: `氟化物` is `fluorides` in air and `fluoride` in water.
    Raises `UnknownName` with suggestions, or `AmbiguousName` where the spelling is shared and nothing decides.
    """
    if family is None:
        return _data()[0].find(name)
    return _data()[0].find(name, lambda row: row["family"] == family or family in row.get("also", ()))


def parameters() -> tuple[Parameter, ...]:
    """Every parameter, in the order of the file."""
    return tuple(_data()[0])


@cache
def relations() -> tuple[Relation, ...]:
    """The parameters that are one thing under two expressions."""
    return tuple(
        Relation(row["from"], row["to"], _molar(row["from_formula"], row["to_formula"]))
        for row in _data()[1]["relations"]
    )


@cache
def basis_relations() -> tuple[BasisRelation, ...]:
    """The same mass expressed as another substance, as a conversion takes it."""
    from greenbri.quantity.context import BasisRelation

    return tuple(
        BasisRelation(
            row["from"],
            row["to"],
            _molar(row["from"], row["to"]) * int(row["atoms"][0]) / int(row["atoms"][1]),
            "ratio of molar masses",
        )
        for row in _data()[1]["bases"]
    )


def _molar(source: str, target: str) -> Fraction:
    from greenbri.vocabulary.atoms import molar_mass

    return molar_mass(target) / molar_mass(source)


@cache
def _data() -> tuple[Table[Parameter], Mapping[str, Any]]:
    from greenbri.vocabulary.files import read

    data = read("parameters")
    return Table("parameters", data["parameters"], _parameter), data


def _parameter(name: str, row: Mapping[str, Any]) -> Parameter:
    mass = row.get("molar_mass")
    return Parameter(
        name=name,
        en=row["en"],
        zh=row["zh"],
        family=cast(Family, row["family"]),
        kind=row["kind"],
        also=tuple(row.get("also", ())),
        basis=row.get("basis", ""),
        formula=row.get("formula", ""),
        molar_mass=Fraction(mass) if mass is not None else None,
        cas=row.get("cas", ""),
        negative=row.get("negative", False),
        synonyms=tuple(row.get("synonyms", ())),
        shared=tuple(row.get("shared", ())),
        related=tuple(row.get("related", ())),
        note=row.get("note", ""),
    )
