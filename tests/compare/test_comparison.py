"""Limits of several laws in one column: the arithmetic, what is missing, what rules a row out, and which one binds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from greenbri.compare import compare
from greenbri.compare.common_form import Wanted
from greenbri.quantity import parse

from .build import STATE, limit, pack, point

WANTED = Wanted("mg/Nm3", STATE)
RATE = parse("9500 kJ/kWh @ HHV, gross")
VOLUME = parse("2300 Nm3/t @ 10 % O2, dry, 0 C")


def rows(*packs, **more):
    return compare(point(wanted=WANTED, **more), packs).rows


def one(table, **more):
    facts = {name: more.pop(name) for name in ("land", "air") if name in more}
    (row,) = rows(pack(table, **facts), **more)
    return row


# By hand: 0.15 / 9780 lb/dscf * 14.9 / 20.9 * 16 018 463.4 mg/m3 per lb/ft3 * 293.15 / 273.15 = 187.976;
# 1.4 lb/MWh / (9500 / 1055.056 MMBtu/MWh) = 0.155482 lb/MMBtu; 10 ppm * 14.9 / 5.9 * 64.058 / 22.41397;
# 80 * 15 / 14 * 298.15 / 273.15; 100 * 15 / 11; 200 000 mg / 2300 Nm3 * 15 / 11.
@pytest.mark.parametrize(
    ("table", "air", "by_hand"),
    [
        (limit("0.15", "lb/MMBtu", "HHV"), "20.9", 188.0),
        (limit("1.4", "lb/MWh", "", column={"reference": "gross"}), "20.9", 194.8),
        (limit("10", "ppmvd", "15 % O2"), "20.9", 72.18),
        (limit("80", "mg/Nm3", "7 % O2, dry, 25 C"), "21", 93.56),
        (limit("100", "mg/Nm3", "10 % O2, dry, 0 C"), "21", 136.4),
        (limit("0.2", "kg/t", "", column={"kind": "load"}), "21", 118.6),
    ],
    ids=["lb/MMBtu", "lb/MWh", "ppmvd", "25 C", "10 % O2", "kg/t"],
)
def test_each_form_of_a_limit_equals_the_hand_calculation(table, air, by_hand):
    if table["limits"]["v"]["unit"] == "lb/MMBtu":
        table["limits"]["v"]["reference"] = "HHV"
    row = one(table, air=air, fuel="coal.bituminous", heat_rate=RATE, volume=VOLUME)
    assert row.missing == ()
    assert float(row.normal.value) == pytest.approx(by_hand, rel=5e-4)
    assert f"{float(row.normal.value):.4g}" == f"{by_hand:.4g}"
    assert row.steps and row.normal.unit == "mg/Nm3"


def test_all_six_forms_stand_in_one_column():
    packs = [
        pack(limit("0.15", "lb/MMBtu", "", column={"reference": "HHV"}), land="US", air="20.9", name="a"),
        pack(limit("1.4", "lb/MWh", "", column={"reference": "gross"}), land="US", air="20.9", name="b"),
        pack(limit("10", "ppmvd", "15 % O2"), land="US", air="20.9", name="c"),
        pack(limit("80", "mg/Nm3", "7 % O2, dry, 25 C"), land="PK"),
        pack(limit("100", "mg/Nm3", "10 % O2, dry, 0 C"), land="CN"),
        pack(limit("0.2", "kg/t", "", column={"kind": "load"}), land="LA"),
    ]
    found = compare(point(wanted=WANTED, fuel="coal.bituminous", heat_rate=RATE, volume=VOLUME), packs)
    assert len(found.columns()) == 1
    assert [f"{float(row.normal.value):.4g}" for row in found.rows] == [
        "72.18", "93.56", "118.6", "136.4", "188", "194.8",
    ]  # fmt: skip
    assert float(found.rows[-1].ratio) == pytest.approx(194.846 / 72.1757, rel=1e-4)


@pytest.mark.parametrize(
    ("table", "missing"),
    [
        (limit("1.4", "lb/MWh", "", column={"reference": "gross"}), ("f_factor", "heat_rate")),
        (limit("0.2", "kg/t", "", column={"kind": "load"}), ("gas_volume",)),
        (limit("100", "mg/Nm3", "dry, 0 C"), ("oxygen",)),
        (limit("100", "mg/Nm3", "6 % O2, wet, 0 C"), ("moisture",)),
        (limit("100", "mg/m3", "6 % O2, dry"), ("temperature", "pressure")),
    ],
)
def test_a_limit_that_lacks_an_ingredient_names_it_and_is_never_compared_raw(table, missing):
    row = one(table)
    assert row.normal is None and row.ratio is None
    assert set(missing) <= set(row.missing)
    assert row.standing == "binding"


def test_an_option_supplies_the_ingredient():
    at_eleven = replace(WANTED, oxygen=Fraction(11))
    (row,) = compare(point(wanted=at_eleven), [pack(limit("100", "mg/Nm3", "dry, 0 C"))]).rows
    assert row.normal.value == 150
    damp = replace(WANTED, moisture=Fraction("0.2"))
    (row,) = compare(point(wanted=damp), [pack(limit("80", "mg/Nm3", "6 % O2, wet, 0 C"))]).rows
    assert row.normal.value == Fraction(80 * 10, 8) * 15 / (21 - Fraction(60, 8))


def test_without_a_wish_a_column_has_the_form_that_most_of_its_limits_have():
    found = compare(
        point(),
        [
            pack(
                limit("100", "mg/m3", "10 % O2, dry, 0 C, 101.325 kPa", id="a"),
                limit("90", "mg/m3", "10 % O2, dry, 0 C, 101.325 kPa", id="b"),
            ),
            pack(limit("60"), land="CN"),
        ],
    )
    assert {(row.normal.unit, row.normal.reference) for row in found.rows} == {
        ("mg/m3", "10 % O2, dry, 0 C, 101.325 kPa")
    }
    assert float(found.rows[0].normal.value) == pytest.approx(60 * 11 / 15)


def test_what_the_facts_rule_out_is_left_out_and_what_they_leave_open_stays_with_its_condition():
    packs = [
        pack(
            limit("1", id="oil", applies={"fuel": "oil"}),
            limit("2", id="coal", applies={"fuel": "coal"}),
            limit("3", id="small", applies={"size.electrical": "< 100 MW"}),
            limit("4", id="grate", applies={"firing": "stoker", "fuel": "coal"}),
            limit("5", id="gas", applies={"sector": "power.gas"}),
            limit("6", id="past", valid={"from": "2000-01-01", "to": "2020-12-31"}),
        )
    ]
    found = {row.rule.id.split("/")[2].split(".")[0]: row for row in rows(*packs, size="600 MW")}
    assert set(found) == {"coal", "grate"}
    assert found["coal"].conditions == ()
    assert found["grate"].conditions == ("firing stoker",)
    undecided = {row.rule.id.split("/")[2].split(".")[0] for row in rows(*packs)}
    assert undecided == {"coal", "grate", "small"}


def test_new_and_existing_installations_fall_under_their_own_rows():
    law = pack(
        limit("50", id="new", applies={"dates.permit": ">= 2012-01-01"}),
        limit("90", id="old", applies={"dates.permit": "< 2012-01-01"}),
        limit("10", id="future", applies={"dates.permit": ">= 2030-01-01"}),
    )
    ids = lambda **more: {row.rule.id.split("/")[2].split(".")[0] for row in rows(law, **more)}  # noqa: E731
    assert ids(age="new") == {"new", "future"}
    assert ids(age="existing") == {"new", "old"}
    assert ids(facts={"dates.permit": "2005-01-01"}) == {"old"}


def test_a_law_that_sets_no_limit_is_a_row_and_a_computed_limit_without_its_facts_shows_its_formula():
    steps = {"interpolate": "size.thermal", "points": [["50 MWth", "2000"], ["500 MWth", "400"]], "outside": "clamp"}
    found = rows(pack(limit("none", id="a"), limit(steps, id="b")))
    none, computed = sorted(found, key=lambda row: row.rule.id)
    assert none.standing == "none" and none.limit.text == "none"
    assert computed.missing == ("size.thermal",) and "linear in size.thermal" in computed.limit.text
    (_, known) = sorted(
        rows(pack(limit("none", id="a"), limit(steps, id="b")), size="275 MWth"), key=lambda r: r.rule.id
    )
    assert known.normal.value == 1200


def test_limits_of_one_period_are_ranked_by_value():
    strict, loose = rows(pack(limit("50"), land="CN"), pack(limit("80")))
    assert (strict.standing, loose.standing) == ("binding", "looser")
    assert loose.implied_by == (strict.rule.id,)
    assert float(loose.ratio) == 1.6


@pytest.mark.parametrize(
    ("first", "second", "standings"),
    [
        ({"period": "1h"}, {"period": "24h"}, ("binding", "looser")),
        ({"period": "24h"}, {"period": "1h"}, ("binding", "binding")),
        ({"period": "24h"}, {"period": "month"}, ("binding", "looser")),
        ({"period": "30d"}, {"period": "year"}, ("binding", "binding")),
        ({"period": "3h"}, {"period": "8h"}, ("binding", "binding")),
        ({"period": "1h", "form": "p95"}, {"period": "1h"}, ("binding", "binding")),
        ({"period": "1h"}, {"period": "1h", "form": "p95"}, ("binding", "looser")),
        ({"period": "1h", "form": "p98"}, {"period": "1h", "form": "p95"}, ("binding", "looser")),
        ({"period": "1h", "form": "p95"}, {"period": "24h"}, ("binding", "binding")),
        ({"period": "run"}, {"period": "1h"}, ("binding", "binding")),
        ({"period": "1h", "proof": "test"}, {"period": "1h"}, ("binding", "binding")),
        ({"form": {"percentile": "98", "years": "3"}}, {"form": "p95"}, ("binding", "binding")),
    ],
)
def test_limits_of_different_period_or_form_are_ranked_only_where_one_implies_the_other(first, second, standings):
    strict, loose = rows(pack(limit("50", **first), land="CN"), pack(limit("80", **second)))
    assert (strict.standing, loose.standing) == standings


def test_strictly_below_is_not_implied_by_at_most():
    found = rows(pack(limit("50"), land="CN"), pack(limit("< 50")))
    assert {row.limit.operator: row.standing for row in found} == {"<=": "looser", "<": "binding"}


def test_of_two_equal_limits_one_stands_for_both():
    found = rows(pack(limit("50"), land="CN"), pack(limit("50")))
    assert sorted(row.standing for row in found) == ["binding", "looser"]


def test_what_may_not_apply_or_need_not_be_met_makes_nothing_redundant():
    group = limit("20", columns={"w": {"unit": "%", "kind": "removal", "parameter": "SO2"}}, values=["95"],
                  alternatives=[{"id": "so2", "any": ["v", "w"]}])  # fmt: skip
    found = rows(pack(limit("10", applies={"firing": "stoker"}), land="CN"), pack(group), pack(limit("80"), land="LA"))
    assert {row.standing for row in found} == {"binding"}
    assert [row.alternative for row in found if row.alternative] == ["vn/t/t.r.so2"] * 2


def test_minima_and_removal_rates_rank_the_other_way_round():
    column = {"kind": "removal"}
    found = compare(
        point(), [pack(limit("90", "%", "", column=column), land="CN"), pack(limit("80", "%", "", column=column))]
    ).rows
    assert [(row.pack.jurisdiction, row.standing) for row in found] == [("CN", "binding"), ("VN", "looser")]
    assert found[1].ratio == 2


def test_what_a_pack_supposes_abroad_is_supposed_unless_it_is_stated():
    facts = {"cn.key": {"type": "bool", "question": {"en": "Key?", "zh": "重点？"}}}
    law = pack(
        limit("20", id="special", applies={"cn.key": "true"}), limit("50", id="usual", applies={"cn.key": "false"}),
        land="CN", facts=facts, as_benchmark={"cn.key": False},
    )  # fmt: skip
    assert [row.limit.value for row in rows(law)] == [50]
    assert [row.limit.value for row in rows(law, facts={"cn.key": "true"})] == [20]
