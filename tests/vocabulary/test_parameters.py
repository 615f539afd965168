"""Parameters are definitions: what is defined differently has another name."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from itertools import combinations

import pytest

from greenbri.vocabulary import (
    AmbiguousName,
    UnknownName,
    basis_relations,
    molar_mass,
    parameter,
    parameters,
    relations,
)

# IUPAC abridged standard atomic weights, written here a second time.
WEIGHTS = {
    "H": "1.008", "Li": "6.94", "Be": "9.0122", "B": "10.81", "C": "12.011", "N": "14.007", "O": "15.999",
    "F": "18.998",
    "Na": "22.990", "Mg": "24.305", "Al": "26.982", "Si": "28.085", "P": "30.974", "S": "32.06", "Cl": "35.45",
    "K": "39.098", "Ca": "40.078", "Ti": "47.867", "V": "50.942", "Cr": "51.996", "Mn": "54.938", "Fe": "55.845",
    "Co": "58.933", "Ni": "58.693", "Cu": "63.546", "Zn": "65.38", "As": "74.922", "Se": "78.971", "Br": "79.904",
    "Sr": "87.62", "Mo": "95.95", "Ag": "107.87", "Cd": "112.41", "Sn": "118.71", "Sb": "121.76", "Te": "127.60",
    "Ba": "137.33", "W": "183.84", "Hg": "200.59", "Tl": "204.38", "Pb": "207.2", "U": "238.03",
}  # fmt: skip


def weighed(formula: str) -> Decimal:
    total = Decimal(0)
    for element, count in re.findall("([A-Z][a-z]?)([0-9]*)", formula):
        total += Decimal(WEIGHTS[element]) * int(count or 1)
    return total


def test_molar_masses_agree_with_the_atomic_weights() -> None:
    for entry in parameters():
        assert (entry.molar_mass is None) == (entry.formula == ""), entry.name
        if entry.molar_mass is not None:
            expected = weighed(entry.formula).quantize(Decimal("0.001"), rounding=ROUND_HALF_EVEN)
            assert entry.molar_mass == Fraction(expected), entry.name


@pytest.mark.parametrize(
    ("formula", "mass"), [("SO2", "64.058"), ("NO2", "46.005"), ("CO", "28.010"), ("C3H8", "44.097")]
)
def test_the_mass_of_a_formula_is_the_sum_of_its_atoms(formula: str, mass: str) -> None:
    assert molar_mass(formula) == Fraction(mass)


@pytest.mark.parametrize("formula", ["", "so2", "Xx2", "H2O.2", "(CH3)3N", "C9999"])
def test_what_is_no_plain_formula_has_no_mass(formula: str) -> None:
    with pytest.raises(UnknownName):
        molar_mass(formula)


def test_there_are_enough_parameters_and_their_families_and_kinds_are_closed() -> None:
    assert len(parameters()) >= 220
    assert {family for entry in parameters() for family in entry.families} == {
        "air", "water", "noise", "ghg", "soil", "waste", "process",
    }  # fmt: skip
    for entry in parameters():
        assert len(set(entry.families)) == len(entry.families), entry.name


def test_cas_numbers_have_a_right_check_digit() -> None:
    for entry in parameters():
        if entry.cas:
            digits = entry.cas.replace("-", "")
            assert re.fullmatch("[0-9]{2,7}-[0-9]{2}-[0-9]", entry.cas), entry.name
            assert sum(place * int(digit) for place, digit in enumerate(reversed(digits[:-1]), 1)) % 10 == int(
                digits[-1]
            )


def test_related_names_exist_and_are_others() -> None:
    names = {entry.name for entry in parameters()}
    for entry in parameters():
        assert set(entry.related) <= names - {entry.name}, entry.name


@pytest.mark.parametrize(
    "group",
    [
        ("COD", "CODMn", "TOC"),
        ("BOD5", "CBOD5"),
        ("NH3", "NH3-N", "NH4", "TKN", "TN"),
        ("faecal-coliform", "total-coliform", "E-coli"),
        ("LAeq", "Lmax", "Lday", "Lnight"),
        ("dust", "dust.filterable", "dust.condensable", "TSP", "PM10", "PM2.5"),
        ("NMHC", "TOC", "VOC", "TVOC"),
        ("Cu", "Cu.dissolved"),
        ("Cr", "Cr6"),
        ("LAS", "MBAS"),
    ],
)
def test_what_is_defined_differently_has_another_name_and_knows_the_other(group: tuple[str, ...]) -> None:
    assert len({parameter(name).name for name in group}) == len(group)
    for one, other in combinations(group[:2], 2):
        assert other in parameter(one).related


def test_every_parameter_of_national_ambient_and_effluent_tables_is_known() -> None:
    words = (
        "二氧化硫 二氧化氮 一氧化碳 臭氧 可吸入颗粒物 细颗粒物 总悬浮颗粒物 氮氧化物 铅 苯并[a]芘 镉 汞 砷 六价铬 "
        "水温 pH值 溶解氧 高锰酸盐指数 化学需氧量 五日生化需氧量 氨氮 总磷 总氮 铜 锌 硒 氰化物 挥发酚 石油类 "
        "阴离子表面活性剂 硫化物 粪大肠菌群 硫酸盐 氯化物 铁 锰 动植物油 悬浮物 烷基汞 总铬 总镍 总铍 总银 有机磷农药 "
        "马拉硫磷 乐果 对硫磷 甲基对硫磷 五氯酚 三氯甲烷 四氯化碳 三氯乙烯 四氯乙烯 邻二甲苯 对二甲苯 间二甲苯 "
        "邻苯二甲酸二丁酯 丙烯腈 可吸附有机卤化物 氯化氢 铬酸雾 硫酸雾 氯气 酚类 氰化氢 甲醇 苯胺类 氯苯类 硝基苯类 "
        "光气 沥青烟 石棉尘 非甲烷总烃 三甲胺 甲硫醇 甲硫醚 二甲二硫 二硫化碳 苯乙烯 臭气浓度 二噁英类 林格曼黑度"
    )
    for word in words.split():
        assert parameter(word).name


def test_a_spelling_that_law_uses_for_two_things_needs_the_family() -> None:
    with pytest.raises(AmbiguousName) as caught:
        parameter("氟化物")
    assert set(caught.value.suggestions) == {"fluorides", "fluoride"}
    assert parameter("氟化物", family="air").name == "fluorides"
    assert parameter("氟化物", family="water").name == "fluoride"


def test_case_tells_cobalt_from_carbon_monoxide_and_is_needed() -> None:
    assert (parameter("Co").en, parameter("CO").en) == ("cobalt", "carbon monoxide")
    with pytest.raises(AmbiguousName):
        parameter("co")


def test_nitric_oxide_is_not_a_truth_value() -> None:
    assert parameter("NO").en == "nitric oxide"


def test_only_levels_may_be_negative() -> None:
    assert {entry.family for entry in parameters() if entry.negative} == {"noise"}


def test_ammonium_is_ammonia_nitrogen_by_molar_mass() -> None:
    ratio = {(relation.source, relation.target): relation.ratio for relation in relations()}["NH4", "NH3-N"]
    assert ratio == Fraction("14.007") / Fraction("18.039")
    known = {entry.name for entry in parameters()}
    assert all({relation.source, relation.target} <= known for relation in relations())


def test_basis_relations_count_the_atoms_of_the_common_element() -> None:
    ratios = {(relation.source, relation.target): relation.ratio for relation in basis_relations()}
    assert ratios["C3H8", "C"] == 3 * Fraction("12.011") / Fraction("44.097")
    assert ratios["P2O5", "P"] == 2 * Fraction("30.974") / Fraction("141.943")
