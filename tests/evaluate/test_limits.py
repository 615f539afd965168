"""A limit against observations: conversion, inference, applicability, and what each unknown names."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from tests.evaluate.build import DAY, limit, observation, pack, project, selection, subject, table

from greenbri.evaluate.assess import snapshot
from greenbri.model.project import Covers

CHINA = {"reference": "6 % O2, dry, 0 C, 101.325 kPa"}


def judge(body, *observations, day=DAY, medium="stack", facts=None, **more):
    """The findings of a one-pack assessment, by the last part of the rule's id."""
    of_subject = subject(*observations, medium=medium, **(facts or {}))
    found = snapshot(project(of_subject, **more), selection(pack(body)), day).findings
    return {one.rule.split("/")[-1]: one for one in found if one.cause != "no_rule"}


def one(body, *observations, **more):
    return next(iter(judge(body, *observations, **more).values()))


def test_a_value_is_compared_at_the_conditions_of_the_limit():
    # 300 mg/m3 at 7 % O2, 25 C: times 298.15/273.15 for the smaller normal volume, times (21-6)/(21-7) for oxygen
    found = one(limit(400, **CHINA), observation("SO2", "300 mg/Nm3 @ 7 % O2, dry, 25 C, 101.325 kPa"))
    expected = Fraction(300) * Fraction("298.15") / Fraction("273.15") * Fraction(15, 14)
    assert found.normalised.value == expected
    assert found.status == "pass" and not found.indicative
    assert [step.operation for step in found.steps]
    assert found.ratio == expected / 400


def test_at_the_limit_is_inside_unless_the_law_says_below():
    value = observation("SO2", "100 mg/Nm3 @ 6 % O2, dry, 0 C, 101.325 kPa")
    assert one(limit(100, **CHINA), value).status == "pass"
    assert one(limit("< 100", **CHINA), value).status == "fail"


def test_without_oxygen_a_limit_with_reference_oxygen_is_incomparable_and_asks_for_it():
    found = one(limit(400, **CHINA), observation("SO2", "300 mg/Nm3 @ dry, 25 C, 101.325 kPa"))
    assert (found.status, found.cause) == ("unknown", "incomparable")
    assert [missing.path for missing in found.missing] == ["/sources/0:oxygen"]


def test_a_limit_without_reference_oxygen_is_not_corrected():
    found = one(
        limit(400, reference="dry, 0 C, 101.325 kPa"), observation("SO2", "300 mg/Nm3 @ 12 % O2, dry, 0 C, 101.325 kPa")
    )
    assert found.normalised.value == 300


def test_an_assumed_normal_temperature_is_listed_where_it_does_not_matter():
    found = one(limit(400, **CHINA), observation("SO2", "300 mg/Nm3 @ 6 % O2, dry, 101.325 kPa"))
    assert found.status == "pass"
    assert any("normal_temperature" in remark.key for remark in found.assumptions)


def test_an_assumed_normal_temperature_that_decides_leaves_it_open():
    # 390 at 0 C passes; 390 * 298.15 / 273.15 = 425.7 at 25 C would not
    found = one(limit(400, **CHINA), observation("SO2", "390 mg/Nm3 @ 6 % O2, dry, 101.325 kPa"))
    assert (found.status, found.cause) == ("unknown", "incomparable")
    assert found.missing[0].path.endswith(":temperature")


def test_an_annual_mean_over_a_daily_limit_fails_and_under_it_decides_nothing():
    over = observation("SO2", "300 mg/m3", period="year", statistic="mean", covers=Covers())
    under = observation("SO2", "80 mg/m3", period="year", statistic="mean", covers=Covers())
    assert one(limit(200, period="24h"), over).status == "fail"
    assert one(limit(200, period="24h"), under).cause == "averaging"
    assert one(limit(200, period="24h", form="p95"), over).cause == "averaging"


def test_counted_exceedances_are_not_decided_by_a_longer_mean():
    over = observation("SO2", "300 mg/m3", period="year", statistic="mean", covers=Covers())
    assert one(limit(200, period="24h", form={"exceedances": "3", "per": "year"}), over).cause == "averaging"


def test_a_year_of_hourly_maxima_proves_a_daily_limit_and_three_runs_do_not():
    year = observation("SO2", "150 mg/m3")
    runs = observation("SO2", "150 mg/m3", covers=Covers(date(2025, 6, 1), date(2025, 6, 1), 3))
    assert one(limit(200, period="24h"), year).status == "pass"
    assert one(limit(200, period="24h"), runs).cause == "averaging"


def test_a_non_detect_passes_above_it_and_leaves_a_lower_limit_open():
    assert one(limit(10), observation("SO2", "< 5 mg/m3")).status == "pass"
    found = one(limit(3), observation("SO2", "< 5 mg/m3"))
    assert (found.status, found.cause) == ("unknown", "uncertainty")


def test_an_observed_range_that_straddles_the_limit_is_uncertain():
    assert one(limit(10), observation("SO2", "8-12 mg/m3")).cause == "uncertainty"
    assert one(limit(12), observation("SO2", "8-12 mg/m3")).status == "pass"
    assert one(limit(7), observation("SO2", "8-12 mg/m3")).status == "fail"


@pytest.mark.parametrize(("rule", "status"), [("face", "fail"), ("subtract", "pass"), ("interval", "unknown")])
def test_a_stated_uncertainty_counts_as_the_instrument_says(rule, status):
    body = limit(80, column={"uncertainty": rule})
    assert one(body, observation("SO2", "85 ± 10 mg/m3")).status == status


def test_a_minimum_a_range_and_a_removal_rate():
    assert (
        one(
            limit(5, parameter="DO", unit="mg/L", medium="effluent", column={"kind": "minimum"}),
            observation("DO", "6 mg/L", statistic="min"),
            medium="effluent",
        ).status
        == "pass"
    )
    body = limit("6-9", parameter="pH", unit="1", medium="effluent")
    assert one(body, observation("pH", "6.5-8.2 pH"), medium="effluent").status == "pass"
    assert one(body, observation("pH", "5.1-8.2 pH"), medium="effluent").cause == "uncertainty"
    assert one(body, observation("pH", "9.4 pH"), medium="effluent").status == "fail"
    body = table(
        [["r", 75]],
        ["id", "removal"],
        {"removal": {"parameter": "COD", "unit": "%", "kind": "removal"}},
        medium="effluent",
    )
    found = one(body, observation("COD", "80 %", statistic="min"), medium="effluent")
    assert found.status == "pass" and found.ratio == Fraction(20, 25)


def test_a_removal_rate_is_not_judged_by_a_concentration():
    body = table(
        [["r", 75]],
        ["id", "removal"],
        {"removal": {"parameter": "COD", "unit": "%", "kind": "removal"}},
        medium="effluent",
    )
    assert one(body, observation("COD", "80 mg/L"), medium="effluent").cause == "no_data"


def test_one_of_two_alternatives_suffices():
    body = table(
        [["r", 125, 75]],
        ["id", "COD", "removal"],
        {"COD": {"unit": "mg/L"}, "removal": {"parameter": "COD", "unit": "%", "kind": "removal"}},
        medium="effluent",
        alternatives=[{"id": "COD", "any": ["COD", "removal"]}],
    )
    high, removed = (
        observation("COD", "150 mg/L", pointer="/a"),
        observation("COD", "90 %", statistic="min", pointer="/b"),
    )
    assert one(body, high, removed, medium="effluent").status == "pass"
    assert one(body, high, medium="effluent").status == "unknown"
    low = observation("COD", "60 %", statistic="min", pointer="/b")
    assert one(body, high, low, medium="effluent").status == "fail"


def test_a_value_between_two_sizes_is_interpolated():
    cell = {"interpolate": "size.thermal", "points": [["50 MWth", "2000"], ["500 MWth", "400"]]}
    found = one(limit(cell), observation("SO2", "1500 mg/m3"), facts={"size__thermal": Fraction(275)})
    assert found.limit.value == 1200 and found.status == "fail"
    assert one(limit(cell), observation("SO2", "1500 mg/m3")).cause == "applicability"


def test_the_square_law_below_the_lowest_stack():
    cell = {"interpolate": "stack.height", "points": [["15 m", "10"], ["30 m", "40"]], "outside": "square"}
    found = one(limit(cell, unit="kg/h"), observation("SO2", "2 kg/h"), facts={"stack__height": Fraction(10)})
    assert found.limit.value == Fraction(10) * Fraction(10, 15) ** 2


def test_a_product_of_coefficients():
    body = limit({"base": "50", "times": ["Kq", "Kf"]}, parameter="COD", unit="mg/L", medium="effluent")
    body["coefficients"] = [
        {
            "id": "Kq",
            "columns": ["id", "receiving_water.kind", "value"],
            "rows": [["r", "river", "0.9"], ["l", "lake", "0.6"]],
        },
        {
            "id": "Kf",
            "columns": ["id", "size.flow", "value"],
            "rows": [["s", "< 50 m3/d", "1.2"], ["m", ">= 50 m3/d", "1.1"]],
        },
    ]
    facts = {"receiving_water__kind": "river", "size__flow": Fraction(100)}
    found = one(body, observation("COD", "49 mg/L"), medium="effluent", facts=facts)
    assert found.limit.value == Fraction("49.5") and found.status == "pass"


def test_an_efficiency_scales_a_turbine_limit():
    cell = {"base": "50", "times": [{"fact": "efficiency", "over": "35 %"}]}
    found = one(limit(cell, parameter="NOx"), observation("NOx", "70 mg/m3"), facts={"efficiency": Fraction(55)})
    assert found.limit.value == Fraction(50) * 55 / 35


def test_several_fuels_give_a_mean_weighted_by_heat_input():
    body = table(
        [["c", "coal", 200], ["g", "gas", 35], ["m", "any", {"mix": "fuel"}]],
        ["id", "fuel", "SO2"],
        {"SO2": {"unit": "mg/m3"}},
    )
    body["limits"][0]["rows"] = [["c", "coal", "200"], ["g", "gas", "35"], ["m", "any", {"mix": "fuel"}]]
    from dataclasses import replace

    both = replace(
        subject(observation("SO2", "150 mg/m3")), fuels=(("coal.lignite", Fraction(60)), ("gas.natural", Fraction(40)))
    )
    found = snapshot(project(both), selection(pack(body)), DAY).findings
    mixed = next(one for one in found if one.rule.endswith("t.m.SO2"))
    assert mixed.limit.value == Fraction(134) and mixed.status == "fail"


def test_a_higher_actual_volume_raises_the_concentration():
    from dataclasses import replace

    from greenbri.quantity import parse

    body = limit(60, parameter="COD", unit="mg/L", medium="effluent", column={"benchmark_volume": "3 m3/t"})
    plant = subject(observation("COD", "50 mg/L"), medium="effluent")
    for actual, expected in (("4.5 m3/t", 75), ("2 m3/t", 50)):
        given = replace(plant, specific_volume=parse(actual))
        found = snapshot(project(given), selection(pack(body)), DAY).findings[0]
        assert found.normalised.value == expected
    assert snapshot(project(plant), selection(pack(body)), DAY).findings[0].cause == "incomparable"


def test_a_limit_that_depends_on_the_observation():
    body = table(
        [["warm", "> 12 C", 5], ["cold", "<= 12 C", 8]],
        ["id", "water.temperature", "NH3-N"],
        {"NH3-N": {"unit": "mg/L"}},
        medium="effluent",
    )
    cold = observation("NH3-N", "6 mg/L", facts={"water.temperature": Fraction(10)})
    found = judge(body, cold, medium="effluent")
    assert found["t.cold.NH3-N"].status == "pass"
    assert found["t.warm.NH3-N"].status == "not_applicable"
    unsaid = judge(body, observation("NH3-N", "4 mg/L"), medium="effluent")
    assert {one.status for one in unsaid.values()} == {"pass"}
    between = judge(body, observation("NH3-N", "6 mg/L"), medium="effluent")
    assert between["t.warm.NH3-N"].cause == "applicability"


def test_start_up_has_its_own_limit():
    body = table(
        [["n", "normal", 100], ["s", "startup", 400]], ["id", "operating_state", "SO2"], {"SO2": {"unit": "mg/m3"}}
    )
    normal = observation("SO2", "90 mg/m3", pointer="/a")
    starting = observation("SO2", "300 mg/m3", facts={"operating_state": "startup"}, pointer="/b")
    found = judge(body, normal, starting)
    assert found["t.n.SO2"].status == "pass" and found["t.s.SO2"].status == "pass"


def test_a_band_is_judgement_inside():
    body = limit("200-850", column={"kind": "band"})
    assert one(body, observation("SO2", "150 mg/m3")).status == "pass"
    assert one(body, observation("SO2", "230 mg/m3")).cause == "judgement"
    assert one(body, observation("SO2", "900 mg/m3")).status == "fail"


def test_several_forms_of_one_value():
    forms = [
        {"id": "month", "period": "month", "factor": "1"},
        {"id": "day", "period": "24h", "factor": "1.1"},
        {"id": "hours", "period": "1h", "form": "p95", "factor": "2"},
    ]
    found = judge(limit(200, forms=forms), observation("SO2", "215 mg/m3"))
    assert {name: one.limit.value for name, one in found.items()} == {
        "t.r.SO2.month": 200, "t.r.SO2.day": 220, "t.r.SO2.hours": 400,
    }  # fmt: skip
    assert {name: one.status for name, one in found.items()} == {
        "t.r.SO2.month": "unknown", "t.r.SO2.day": "pass", "t.r.SO2.hours": "pass",
    }  # fmt: skip


def test_a_sum_that_lacks_a_member_may_fail_and_never_passes():
    body = table([["r", "0.05"]], ["id", "Cd+Tl"], {"Cd+Tl": {"unit": "mg/m3", "kind": "sum", "members": ["Cd", "Tl"]}})
    cadmium, thallium = observation("Cd", "0.03 mg/m3", pointer="/a"), observation("Tl", "0.01 mg/m3", pointer="/b")
    assert one(body, cadmium, thallium).status == "pass"
    assert one(body, cadmium).cause == "uncertainty" or one(body, cadmium).status == "unknown"
    assert one(body, observation("Cd", "0.06 mg/m3")).status == "fail"


@pytest.mark.parametrize(("counts", "status"), [("zero", "pass"), ("half", "pass"), ("full", "unknown")])
def test_a_non_detect_in_a_sum_counts_as_the_instrument_says(counts, status):
    column = {"unit": "mg/m3", "kind": "sum", "members": ["Cd", "Tl"], "non_detect": counts}
    body = table([["r", "0.05"]], ["id", "Cd+Tl"], {"Cd+Tl": column})
    found = one(body, observation("Cd", "0.04 mg/m3", pointer="/a"), observation("Tl", "< 0.02 mg/m3", pointer="/b"))
    assert found.status == status


def test_an_increment_is_total_minus_background_at_the_same_time_of_day():
    body = limit(3, parameter="LAeq", unit="dB(A)", medium="noise", column={"kind": "increment", "over": "background"})
    day = {"time_of_day": "day"}
    total = observation("LAeq", "57 dB(A)", facts=day, pointer="/a")
    before = observation("LAeq", "52 dB(A)", facts=day, of="background", pointer="/b")
    found = one(body, total, before, medium="noise")
    assert found.normalised.value == 5 and found.status == "fail" and found.margin == -2 and found.ratio is None


def test_a_contribution_is_a_lower_bound_of_the_total_and_is_added_to_a_baseline():
    body = limit(50, parameter="PM10", unit="ug/m3", medium="ambient", period="24h")
    own = observation("PM10", "8 ug/m3", period="24h", of="contribution", pointer="/ambient/0")
    base = observation("PM10", "45 ug/m3", period="24h", of="baseline", pointer="/ambient/1")
    assert one(body, own, medium="ambient").status == "unknown"
    assert one(body, own, base, medium="ambient").status == "fail"
    share = limit(
        12, parameter="PM10", unit="ug/m3", medium="ambient", period="24h", column={"measures": "contribution"}
    )
    assert one(share, own, base, medium="ambient").status == "pass"


def test_another_definition_is_incomparable_and_named():
    body = limit(100, parameter="COD", unit="mg/L", medium="effluent")
    found = one(body, observation("CODMn", "20 mg/L"), medium="effluent")
    assert (found.status, found.cause) == ("unknown", "incomparable")
    assert ("parameter", "CODMn") in found.remarks[0].args


def test_of_two_contradicting_figures_the_worse_decides():
    first = observation("SO2", "90 mg/m3", pointer="/a")
    second = observation("SO2", "120 mg/m3", pointer="/b")
    found = one(limit(100), first, second)
    assert found.status == "fail" and any(remark.key == "findings.conflict" for remark in found.remarks)


def test_a_superseded_figure_is_left_out():
    old = observation("SO2", "120 mg/m3", pointer="/a", superseded_by="new")
    assert one(limit(100), old, observation("SO2", "90 mg/m3", pointer="/b")).status == "pass"


def test_an_open_condition_leaves_a_failure_open_and_a_pass_with_a_remark():
    body = table([["big", ">= 300 MWth", 100]], ["id", "size.thermal", "SO2"], {"SO2": {"unit": "mg/m3"}})
    assert one(body, observation("SO2", "120 mg/m3")).cause == "applicability"
    found = one(body, observation("SO2", "90 mg/m3"))
    assert found.status == "pass" and any(remark.key == "findings.met_if_applied" for remark in found.remarks)


def test_a_family_of_fuels_does_not_decide_a_rule_for_a_member():
    body = table([["l", "coal.lignite", 100]], ["id", "fuel", "SO2"], {"SO2": {"unit": "mg/m3"}})
    value = observation("SO2", "120 mg/m3")
    assert one(body, value, facts={"fuel": "coal"}).cause == "applicability"
    assert one(body, value, facts={"fuel": "coal.bituminous"}).status == "not_applicable"


def test_the_sector_says_the_family_of_the_fuel_and_not_its_member():
    body = table([["o", "oil", 100], ["l", "coal.lignite", 90]], ["id", "fuel", "SO2"], {"SO2": {"unit": "mg/m3"}})
    found = judge(body, observation("SO2", "120 mg/m3"), sector="power.coal")
    assert found["t.o.SO2"].status == "not_applicable" and found["t.l.SO2"].cause == "applicability"


def test_heat_input_is_at_least_the_electricity_given_out():
    facts = {"size__electrical": Fraction(600)}
    body = table([["small", "< 50 MWth", 100]], ["id", "size.thermal", "SO2"], {"SO2": {"unit": "mg/m3"}})
    assert one(body, observation("SO2", "120 mg/m3"), facts=facts).status == "not_applicable"
    body = table([["large", ">= 300 MWth", 100]], ["id", "size.thermal", "SO2"], {"SO2": {"unit": "mg/m3"}})
    assert one(body, observation("SO2", "120 mg/m3"), facts=facts).status == "fail"


def test_milestones_bound_a_date_that_is_not_stated():
    body = table([["new", ">= 2012-01-01", 100]], ["id", "dates.permit", "SO2"], {"SO2": {"unit": "mg/m3"}})
    value = observation("SO2", "120 mg/m3")
    assert one(body, value, facts={"dates__operation": date(2010, 5, 1)}).status == "not_applicable"
    assert one(body, value, facts={"dates__filing": date(2013, 5, 1)}).status == "fail"
    assert one(body, value, facts={"dates__operation": date(2014, 5, 1)}).cause == "applicability"


def test_dated_values_step_on_their_day():
    body = limit(
        {"dated": {"2026-03-01": "30", "2031-01-01": "25"}},
        parameter="PM2.5",
        unit="ug/m3",
        medium="ambient",
        period="year",
    )
    value = observation("PM2.5", "28 ug/m3", period="year", statistic="mean", covers=Covers())
    for day, status in (
        (date(2026, 2, 28), "not_applicable"),
        (date(2026, 3, 1), "pass"),
        (date(2030, 12, 31), "pass"),
        (date(2031, 1, 1), "fail"),
    ):
        assert one(body, value, medium="ambient", day=day).status == status


def test_a_law_that_says_there_is_no_limit_is_not_silence():
    found = snapshot(project(subject()), selection(pack(limit("none"))), DAY).findings
    row = next(one for one in found if one.rule == "la/test/t.r.SO2")
    assert row.status == "not_applicable" and row.remarks[0].key == "findings.law_sets_none"


def test_a_missing_fact_is_no_excuse_where_every_row_that_can_apply_is_exceeded():
    body = table(
        [["cfb", "cfb", 200], ["other", {"not": "cfb"}, 150]], ["id", "firing", "SO2"], {"SO2": {"unit": "mg/m3"}}
    )
    found = judge(body, observation("SO2", "350 mg/m3"))
    assert found["t.cfb.SO2"].status == "fail"
    assert any(remark.key == "findings.fails_in_every_case" for remark in found["t.cfb.SO2"].remarks)
    assert {one.status for one in judge(body, observation("SO2", "180 mg/m3")).values()} == {"pass", "unknown"}
    gap = table([["cfb", "cfb", 200]], ["id", "firing", "SO2"], {"SO2": {"unit": "mg/m3"}})
    assert one(gap, observation("SO2", "350 mg/m3")).cause == "applicability"


def test_open_sizes_and_dates_are_tried_between_every_bound():
    body = table(
        [
            ["s", "< 300 MWth", "any", 200],
            ["l", ">= 300 MWth", ">= 2010-01-01", 100],
            ["o", ">= 300 MWth", "< 2010-01-01", 150],
        ],
        ["id", "size.thermal", "dates.permit", "SO2"],
        {"SO2": {"unit": "mg/m3"}},
    )
    statuses = [one.status for one in judge(body, observation("SO2", "350 mg/m3")).values()]
    assert statuses.count("fail") == 1


def test_what_a_value_is_expressed_as_is_the_parameters_own_basis_unless_said():
    body = limit(40, parameter="NH3-N", unit="mg/L", medium="effluent", column={"basis": "NH3"})
    # 35 mg/L as N is 35 * 17.031 / 14.007 = 42.56 mg/L as NH3
    found = one(body, observation("NH3-N", "35 mg/L"), medium="effluent")
    assert found.status == "fail" and round(float(found.normalised.value), 2) == 42.56


@pytest.mark.parametrize(("mode", "status"), [("half-up", "fail"), ("truncate", "pass"), ("half-even", "pass")])
def test_a_law_that_rounds_before_it_compares_says_how(mode, status):
    body = limit(9, rounding={"to": "1", "mode": mode})
    value = "9.5 mg/m3" if mode != "half-even" else "8.5 mg/m3"
    found = one(body, observation("SO2", value))
    assert (found.status, found.normalised.value) == (status, {"half-up": 10, "truncate": 9, "half-even": 8}[mode])


def test_evidence_older_than_the_rule_accepts_is_stale():
    body = limit(100, max_evidence_days=365)
    old = Covers(date(2023, 1, 1), date(2023, 12, 31))
    assert one(body, observation("SO2", "90 mg/m3", covers=old)).cause == "stale"
    assert one(body, observation("SO2", "90 mg/m3")).status == "pass"


def test_what_an_institution_asks_of_the_age_of_evidence_takes_a_pass_away_and_never_a_failure():
    old = Covers(date(2023, 1, 1), date(2023, 12, 31))
    for value, status in (("90 mg/m3", "unknown"), ("120 mg/m3", "fail")):
        of_subject = subject(observation("SO2", value, covers=old))
        chosen = selection(pack(limit(100)), max_age_days=365)
        found = snapshot(project(of_subject, sector="forestry"), chosen, DAY).findings
        assert found[0].status == status
