"""The words that packs and projects share: parameters, fuels, sectors, countries, documents, lenders.

    parameter("CODCr").name          'COD', from any spelling in English, Chinese or a host's language
    fuel("烟煤").f_factor             the F-factors of EPA Method 19, with source and status
    sector("power.coal").expects     what law normally sets, per medium
    members("ENC", date(2026, 1, 1)) the contracting parties of the Energy Community on that day
    covers("power", "power.coal")    True: a prefix covers its children

The words are data, in `rules/vocabulary/`. Each file is read on the first use of its vocabulary, then kept.
No module here is called as a function is: an import of `fuels.py` would put the module in the place of `fuels`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from greenbri.vocabulary.atoms import molar_mass
    from greenbri.vocabulary.combustion import Fuel, fuel, fuels
    from greenbri.vocabulary.documents import DocumentType, document_type, document_types, serves
    from greenbri.vocabulary.finance import Adoption, Lender, Standard, lender, lenders, standard, standards
    from greenbri.vocabulary.geography import Country, countries, country, jurisdiction
    from greenbri.vocabulary.industry import Sector, sector, sectors
    from greenbri.vocabulary.lookup import AmbiguousName, Source, UnknownName
    from greenbri.vocabulary.memberships import Membership, NotRecorded, groups, is_group, members, membership
    from greenbri.vocabulary.pollution import Parameter, Relation, basis_relations, parameter, parameters, relations
    from greenbri.vocabulary.trees import ancestors, children, covers

_HOMES = {
    "atoms": ("molar_mass",),
    "combustion": ("Fuel", "fuel", "fuels"),
    "documents": ("DocumentType", "document_type", "document_types", "serves"),
    "finance": ("Adoption", "Lender", "Standard", "lender", "lenders", "standard", "standards"),
    "geography": ("Country", "countries", "country", "jurisdiction"),
    "industry": ("Sector", "sector", "sectors"),
    "lookup": ("AmbiguousName", "Source", "UnknownName"),
    "memberships": ("Membership", "NotRecorded", "groups", "is_group", "members", "membership"),
    "pollution": ("Parameter", "Relation", "basis_relations", "parameter", "parameters", "relations"),
    "trees": ("ancestors", "children", "covers"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Adoption",
    "AmbiguousName",
    "Country",
    "DocumentType",
    "Fuel",
    "Lender",
    "Membership",
    "NotRecorded",
    "Parameter",
    "Relation",
    "Sector",
    "Source",
    "Standard",
    "UnknownName",
    "ancestors",
    "basis_relations",
    "children",
    "countries",
    "country",
    "covers",
    "document_type",
    "document_types",
    "fuel",
    "fuels",
    "groups",
    "is_group",
    "jurisdiction",
    "lender",
    "lenders",
    "members",
    "membership",
    "molar_mass",
    "parameter",
    "parameters",
    "relations",
    "sector",
    "sectors",
    "serves",
    "standard",
    "standards",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
