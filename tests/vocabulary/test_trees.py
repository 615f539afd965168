"""Fuels and sectors are trees, and a prefix covers its children."""

from __future__ import annotations

from fractions import Fraction

import pytest

from greenbri.vocabulary import ancestors, children, covers, document_types, fuel, fuels, parameters, sector, sectors

MEDIA = {
    "stack", "effluent", "ambient", "noise", "boundary", "water-body", "groundwater", "soil", "sludge", "waste",
    "process", "project", "requirements",
}  # fmt: skip


@pytest.mark.parametrize(
    ("prefix", "name", "expected"),
    [
        ("power", "power.coal", True),
        ("power.coal", "power.coal", True),
        ("power.coal", "power", False),
        ("oil", "oil-shale", False),
        ("coal", "coalition", False),
        ("power.wind", "power.wind.offshore", True),
        ("power.wind.offshore", "power.wind", False),
    ],
)
def test_a_prefix_covers_its_children(prefix: str, name: str, expected: bool) -> None:
    assert covers(prefix, name) is expected


def test_ancestors_and_children_mirror_each_other() -> None:
    names = [entry.name for entry in sectors()]
    assert ancestors("power.wind.offshore") == ("power.wind", "power")
    for name in names:
        for child in children(name, names):
            assert name in ancestors(child)


def test_the_tree_of_sectors_holds_every_sector_of_the_library() -> None:
    words = (
        "power.coal power.gas power.oil power.biomass power.hydro power.solar power.wind power.grid power.geothermal "
        "power.nuclear waste.incineration waste.landfill waste.composting cement lime steel steel.sinter steel.coking "
        "steel.ferroalloy nonferrous.copper nonferrous.nickel nonferrous.aluminium refinery chemical textile "
        "water.municipal water.industrial-park water.supply transport.rail transport.urban transport.fleet road bridge "
        "port airport pipeline mining mining.coal buildings river-remediation agriculture forestry industrial-park"
    )
    for word in words.split():
        assert sector(word).name == word


def test_what_a_sector_expects_is_in_the_vocabularies() -> None:
    known = {entry.name for entry in parameters()}
    documents = {entry.name for entry in document_types()}
    for entry in sectors():
        assert set(entry.expects) <= MEDIA, entry.name
        for medium, names in entry.expects.items():
            assert set(names) <= (documents if medium == "requirements" else known), (entry.name, medium)
            assert len(set(names)) == len(names), (entry.name, medium)


def test_key_parameters_are_among_the_expected_ones() -> None:
    for entry in sectors():
        for medium, names in entry.key.items():
            assert names and set(names) <= set(entry.expects[medium]), (entry.name, medium)
    assert sector("power.coal").key["stack"] == ("SO2", "NOx", "dust")
    assert sector("water.municipal").key["effluent"] == ("COD", "BOD5", "TSS", "NH3-N", "TN", "TP")
    assert sector("power.coal").is_key("requirements", "eia-approval")
    assert not sector("power.coal").is_key("stack", "CO")


def test_every_sector_has_the_codes_of_three_classifications() -> None:
    for entry in sectors():
        assert entry.isic and entry.nace and entry.gbt4754, entry.name


def test_bituminous_coal_has_the_factor_of_method_19() -> None:
    found = fuel("coal.bituminous")
    assert found.f_factor is not None and found.factor_source is not None
    assert (found.f_factor.dry, found.f_factor.wet, found.carbon) == (Fraction(9780), Fraction(10640), Fraction(1800))
    assert found.f_factor.heating_value == "HHV"
    assert "Method 19" in found.factor_source.clause


def test_wet_flue_gas_is_more_than_dry_and_carbon_dioxide_a_part_of_it() -> None:
    for entry in fuels():
        if entry.dry is not None:
            assert entry.carbon is not None and Fraction("0.1") < entry.carbon / entry.dry < Fraction("0.21"), (
                entry.name
            )
            assert entry.wet is None or entry.wet > entry.dry, entry.name


def test_net_heating_values_are_five_percent_lower_for_coal_and_oil_and_ten_for_gas() -> None:
    assert fuel("coal.lignite").net_to_gross == Fraction("0.95")
    assert fuel("gas.natural").hhv_lhv_ratio == Fraction(10, 9)
    assert fuel("biomass.wood").hhv_lhv_ratio is None


def test_a_fuel_without_a_row_has_no_factor() -> None:
    assert fuel("gas.blast-furnace").f_factor is None
    assert fuel("gas.blast-furnace").factor_source is None


def test_solid_and_liquid_fuels_of_like_names_are_apart() -> None:
    assert (fuel("oil-shale").state, fuel("oil.shale-oil").state, fuel("bioliquid").state) == (
        "solid",
        "liquid",
        "liquid",
    )
    for entry in fuels():
        if covers("coal", entry.name) or covers("biomass", entry.name):
            assert entry.state == "solid", entry.name
        if covers("oil", entry.name):
            assert entry.state == "liquid", entry.name
        if covers("gas", entry.name):
            assert entry.state == "gaseous", entry.name
