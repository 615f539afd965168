"""What an assessment of a real question must say, on the law that is shipped.

Expected values are worked by hand in the comments. Every project is as small as its question allows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

Judge = Callable[..., Any]

YEAR = "covers: {from: 2025-01-01, to: 2025-12-31}"


def findings(document: Any) -> Iterator[Any]:
    """Every finding, and the members of groups of alternatives."""
    for one in document["findings"]:
        yield one
        yield from one["members"]


def finding(document: Any, rule: str) -> Any:
    found = [one for one in findings(document) if one["rule"] == rule]
    assert len(found) == 1, f"{len(found)} findings of {rule}"
    return found[0]


def light(document: Any, framework: str | None = None) -> str:
    verdict = document["verdict"]
    return str(verdict["light"] if framework is None else verdict["frameworks"][framework]["light"])


def deciding(document: Any) -> set[str]:
    return {one["rule"] for one in document["verdict"]["deciding"]}


# --- one stack value under every regime -----------------------------------------------------------------------------

PLANT = """country: LA
sector: power.coal
fuel: coal.bituminous
technology: boiler
firing: pulverised
status: operating
size: {electrical: 600 MW, thermal: 1600 MWth}
hours: 7000 h/yr
dates: {filing: 2014-01-01, permit: 2015-01-01, construction: 2015-06-01, operation: 2018-01-01}
site: {airshed: not-degraded}
sources:
- id: stack
  kind: stack
  size: {thermal: 1600 MWth}
  heat_rate: "9000 Btu/kWh @ HHV, gross"
  observations:
  - {parameter: SO2, value: "VALUE", period: 1h, statistic: max, YEAR}
""".replace("YEAR", YEAR)
WITH_OXYGEN = PLANT.replace("VALUE", "300 mg/Nm3 @ 7 % O2, dry, 25 C")
WITHOUT_OXYGEN = PLANT.replace("VALUE", "300 mg/Nm3 @ dry, 25 C")
REGIMES = ("--packs", "+id/p15-2019,kh/sub-decree-42-2000")

# From 7 to 6 % oxygen and from 25 to 0 C: 300 x (21 - 6) / (21 - 7) x 298.15 / 273.15 = 350.8473.
AT_6_PERCENT_AND_0_C = 300 * 15 / 14 * 298.15 / 273.15
# At 20 C, where the American dscf is: 300 x 298.15 / 293.15 = 305.1168 mg/m3, which is 1.904782e-5 lb/dscf with
# 453592.37 mg/lb and 0.3048 m/ft. Method 19 with 9,780 dscf/MMBtu: x 9780 x 20.9 / (20.9 - 7) = 0.2801016 lb/MMBtu;
# at 9,000 Btu/kWh that is x 9 = 2.520915 lb/MWh gross.
PER_MWH = 300 * 298.15 / 293.15 / 453592.37 * 0.3048**3 * 9780 * 20.9 / 13.9 * 9

# rule, the value in the limit's own unit and state, the limit, and what a 1-hour maximum of a whole year says of it
UNDER = [
    # GB 13223-2011, new since 2012: every hour at most 100
    ("cn/gb-13223-2011/t1.new.SO2", AT_6_PERCENT_AND_0_C, "mg/m3", 100, "fail", None),
    # IED Annex V part 2, over 300 MW: 150 a month, 110 % of it a day; 95 % of the hours within 200 %. The highest
    # hour lies above all three, and proves none of them exceeded. 101.3 kPa is the standard 101.325 printed short.
    ("eu/ied-annex-v/p2-so2.coal-300.SO2.month", AT_6_PERCENT_AND_0_C, "mg/m3", 150, "unknown", "averaging"),
    ("eu/ied-annex-v/p2-so2.coal-300.SO2.day", AT_6_PERCENT_AND_0_C, "mg/m3", 165, "unknown", "averaging"),
    ("eu/ied-annex-v/p2-so2.coal-300.SO2.hours", AT_6_PERCENT_AND_0_C, "mg/m3", 300, "unknown", "averaging"),
    # NSPS Da, begun after 3 May 2011: 1.0 lb/MWh gross over 30 days
    ("us/40-cfr-60-da/so2-i.l-new.SO2.gross", PER_MWH, "lb/MWh", 1, "unknown", "averaging"),
    # EHS Guidelines, 600 MWth and more: a range of 200 to 850, and inside of it the assessment decides
    ("wbg/ehs-thermal-power-2008/t6c.solid-600.SO2-range", AT_6_PERCENT_AND_0_C, "mg/m3", None, "unknown", "judgement"),
    # Indonesia writes its limit at 7 % and 25 C itself: nothing is left to convert
    ("id/p15-2019/ia.coal.SO2", 300, "mg/Nm3", 550, "pass", None),
    # Cambodia sets no reference oxygen: the value is compared as it stands
    ("kh/sub-decree-42-2000/annex-3.all.SO2", 300, "mg/m3", 500, "pass", None),
]


@pytest.mark.parametrize(("rule", "value", "unit", "limit", "status", "cause"), UNDER, ids=[one[0] for one in UNDER])
def test_a_stack_value_is_compared_at_the_conditions_of_each_regime(
    rule: str, value: float, unit: str, limit: float | None, status: str, cause: str | None, judge: Judge
) -> None:
    found = finding(judge(WITH_OXYGEN, "--packs", rule.rsplit("/", 1)[0]), rule)
    assert found["normalised"]["value"] == pytest.approx(value, rel=1e-9)
    assert found["normalised"]["unit"] == unit
    assert found["limit"]["value"] == limit
    assert (found["status"], found["cause"]) == (status, cause)
    if limit is not None:
        assert found["ratio"] == pytest.approx(value / limit, rel=1e-9)


def test_every_step_of_a_conversion_can_be_read_in_the_json(judge: Judge) -> None:
    document = judge(WITH_OXYGEN, *REGIMES)
    steps = finding(document, "cn/gb-13223-2011/t1.new.SO2")["steps"]
    assert [step["operation"] for step in steps] == ["oxygen", "temperature"]
    oxygen, temperature = steps
    assert oxygen["inputs"] == {"c": 300, "O2_air": 21, "O2_ref": 6, "O2": 7}
    assert oxygen["result"] == pytest.approx(300 * 15 / 14)
    assert temperature["inputs"] == {"c": oxygen["result"], "T": 298.15, "T_ref": 273.15}
    assert temperature["result"] == pytest.approx(AT_6_PERCENT_AND_0_C)
    american = finding(document, "us/40-cfr-60-da/so2-i.l-new.SO2.gross")["steps"]
    factor = next(step for step in american if step["operation"] == "f_factor")
    assert (factor["inputs"]["Fd"], factor["inputs"]["O2"], factor["inputs"]["Fd_heating_value"]) == (9780, 7, "HHV")
    assert factor["result"] == pytest.approx(PER_MWH / 9)
    assert (
        american[-1]["operation"] == "heat_rate" and american[-1]["inputs"]["HR_stated"] == "9000 Btu/kWh @ HHV, gross"
    )
    assert all(step["formula"] and step["source"] for one in findings(document) for step in one["steps"])


def test_explain_prints_every_step_with_its_numbers(cli: Any, project: Callable[..., str]) -> None:
    name = project(WITH_OXYGEN)
    told = cli("assess", name, "--as-of", "2026-11-22", "--explain", "cn/gb-13223-2011/t1.new.SO2")
    assert told.code == 0
    assert "c = c * (O2_air - O2_ref) / (O2_air - O2)" in told.out
    assert "c = 300, O2_air = 21, O2_ref = 6, O2 = 7  ->  321.42857 mg/Nm3" in told.out
    assert "T = 298.15, T_ref = 273.15  ->  350.84726 mg/m3" in told.out
    assert "GB 13223-2011" in told.out and "100 mg/m3" in told.out
    american = cli("assess", name, "--as-of", "2026-11-22", "--explain", "us/40-cfr-60-da/so2-i.l-new.SO2").out
    assert "Fd = 9780" in american and "2.5209148 lb/MWh" in american


def test_without_oxygen_no_limit_with_a_reference_oxygen_can_be_compared(judge: Judge) -> None:
    document = judge(WITHOUT_OXYGEN, *REGIMES)
    stack = [
        one
        for one in findings(document)
        if one["parameter"] == "SO2" and one["medium"] == "stack" and one["status"] != "not_applicable"
    ]
    states = {one["rule"]: (one["limit"] or {}).get("reference") or {} for one in stack}
    corrected = [one for one in stack if states[one["rule"]].get("oxygen_pct") is not None]
    assert {one["jurisdiction"] for one in corrected} == {"CN", "EU", "WBG", "ID"}
    # the American limit has no reference oxygen, but Method 19 needs the oxygen all the same
    corrected.append(finding(document, "us/40-cfr-60-da/so2-i.l-new.SO2.gross"))
    for one in corrected:
        assert (one["status"], one["cause"]) == ("unknown", "incomparable"), one["rule"]
        assert [missing["path"] for missing in one["missing"]] == ["/sources/0:oxygen"], one["rule"]
        assert "oxygen" in one["missing"][0]["message"]["en"] and "氧" in one["missing"][0]["message"]["zh"]
        assert one["normalised"] is None and one["ratio"] is None, "it is never compared raw"
    assert finding(document, "kh/sub-decree-42-2000/annex-3.all.SO2")["status"] == "pass"
    asked = [one for one in document["questions"] if "oxygen" in one["path"]]
    assert [one["path"] for one in asked] == ["/sources/0:oxygen"], "one question for it"
    assert asked[0]["settles"] == len(corrected)


def test_oxygen_that_is_stated_beside_the_value_is_as_good(judge: Judge) -> None:
    beside = WITHOUT_OXYGEN.replace("period: 1h", "oxygen: 7 %, period: 1h")
    found = finding(judge(beside, "--packs", "cn/gb-13223-2011"), "cn/gb-13223-2011/t1.new.SO2")
    assert found["normalised"]["value"] == pytest.approx(AT_6_PERCENT_AND_0_C, rel=1e-9)


# --- averaging ------------------------------------------------------------------------------------------------------


def air(parameter: str, value: str, extent: str) -> str:
    return (
        "country: LA\nsector: power.coal\nstatus: operating\ndates: {operation: 2018-01-01}\n"
        f"ambient:\n- {{parameter: {parameter}, value: {value}, of: total, {extent}}}\n"
    )


def test_an_annual_mean_above_a_daily_limit_without_exceedances_fails_it(judge: Judge) -> None:
    # some day lies at or above the mean of its year: 80 > 60 of GB 3095-2026 in 2026
    document = judge(air("PM2.5", "80 ug/m3", f"period: year, statistic: mean, {YEAR}"), "--packs", "cn/gb-3095-2026")
    assert finding(document, "cn/gb-3095-2026/t1.day-2.PM2.5")["status"] == "fail"


def test_an_annual_mean_above_a_daily_limit_with_counted_exceedances_is_unknown(judge: Judge) -> None:
    # 18 days may exceed 25 ug/m3 from 2030, and a mean of 80 may come from fewer
    document = judge(
        air("PM2.5", "80 ug/m3", f"period: year, statistic: mean, {YEAR}"),
        "--packs",
        "eu/aaq-2024-2881",
        as_of="2030-06-01",
    )
    found = finding(document, "eu/aaq-2024-2881/t1.pm25-day.PM2.5")
    assert (found["status"], found["cause"]) == ("unknown", "averaging")


def test_a_percentile_form_is_not_failed_by_a_mean_either(judge: Judge) -> None:
    # NAAQS: the 98th percentile of the days, averaged over three years
    document = judge(air("PM2.5", "80 ug/m3", f"period: year, statistic: mean, {YEAR}"), "--packs", "us/naaqs")
    found = finding(document, "us/naaqs/t.pm25-24h.PM2.5")
    assert (found["status"], found["cause"]) == ("unknown", "averaging")


def test_an_hourly_maximum_of_a_whole_year_below_a_daily_limit_passes_it(judge: Judge) -> None:
    # no day can be above its highest hour: 140 < 150
    document = judge(
        air("SO2", '"140 ug/m3 @ 25 C, 101.325 kPa"', f"period: 1h, statistic: max, {YEAR}"),
        "--packs",
        "cn/gb-3095-2026",
    )
    assert finding(document, "cn/gb-3095-2026/t1.day-2.SO2")["status"] == "pass"


@pytest.mark.parametrize(
    "extent",
    [
        "period: 1h, statistic: max, covers: {from: 2025-03-01, to: 2025-03-01, count: 3}",
        "period: 1h, statistic: mean, covers: {count: 3}",
    ],
)
def test_three_runs_below_a_daily_limit_leave_it_unknown(extent: str, judge: Judge) -> None:
    document = judge(air("SO2", '"140 ug/m3 @ 25 C, 101.325 kPa"', extent), "--packs", "cn/gb-3095-2026")
    found = finding(document, "cn/gb-3095-2026/t1.day-2.SO2")
    assert (found["status"], found["cause"]) == ("unknown", "averaging")


# --- dated law ------------------------------------------------------------------------------------------------------

FINE_DUST = air("PM2.5", "32 ug/m3", f"period: year, statistic: mean, {YEAR}")


@pytest.mark.parametrize(
    ("day", "rule", "limit", "status"),
    [
        ("2025-01-01", "cn/gb-3095-2012/t1.year-2.PM2.5", 35, "pass"),
        ("2026-06-01", "cn/gb-3095-2026/t1.year-2.PM2.5", 30, "fail"),
        ("2031-06-01", "cn/gb-3095-2026/t1.year-2.PM2.5", 25, "fail"),
    ],
)
def test_three_days_give_three_chinese_limits_of_fine_dust(
    day: str, rule: str, limit: int, status: str, judge: Judge
) -> None:
    document = judge(FINE_DUST, "--packs", "cn", as_of=day)
    yearly = [
        one
        for one in findings(document)
        if one["parameter"] == "PM2.5" and one["period"] == "year" and one["status"] != "not_applicable"
    ]
    assert [(one["rule"], one["limit"]["value"], one["status"]) for one in yearly] == [(rule, limit, status)]


@pytest.mark.parametrize(
    ("day", "limits"),
    [
        ("2026-02-28", {"cn/gb-3095-2012"}),
        ("2026-03-01", {"cn/gb-3095-2026"}),
    ],
)
def test_the_older_edition_ends_the_day_before_the_newer_begins(day: str, limits: set[str], judge: Judge) -> None:
    document = judge(FINE_DUST, "--packs", "cn", as_of=day)
    assert {one["pack"] for one in findings(document) if one["parameter"] == "PM2.5" and one["pack"]} == limits


@pytest.mark.parametrize(
    ("day", "rule", "limit"),
    [
        ("2026-06-01", "eu/aaq-2008-50/pm25.stage-1.limit", 25),
        ("2029-12-31", "eu/aaq-2024-2881/t2.pm25-year.PM2.5", 25),
        ("2030-01-01", "eu/aaq-2024-2881/t1.pm25-year.PM2.5", 10),
        ("2031-06-01", "eu/aaq-2024-2881/t1.pm25-year.PM2.5", 10),
    ],
)
def test_the_limit_of_the_union_steps_down_in_2030(day: str, rule: str, limit: int, judge: Judge) -> None:
    document = judge(FINE_DUST, "--packs", "eu", as_of=day)
    yearly = {
        one["rule"]: one["limit"]["value"]
        for one in findings(document)
        if one["parameter"] == "PM2.5" and one["period"] == "year" and one["kind"] == "limit"
        and one["status"] != "not_applicable"
    }  # fmt: skip
    assert yearly == {rule: limit}


# --- new coal abroad ------------------------------------------------------------------------------------------------

BAN = "cn/ndrc-408-2022/no-new-coal"
COAL = """country: KH
sector: power.coal
fuel: coal.bituminous
status: pre-permit
size: {electrical: 600 MW}
dates: {construction: 2027-06-01, operation: 2030-01-01}
parties:
  sponsors: [{name: Aba Power, nationality: KH}]
  contractors: [{name: Bab Build, nationality: KH}]
  suppliers: [{name: Cac Boilers, nationality: KH}]
  insurers: []
financing: {lenders: []}
"""
CHINESE = {
    "sponsor": ("{name: Aba Power, nationality: KH}", "{name: Aba Power, nationality: CN}"),
    "contractor": ("{name: Bab Build, nationality: KH}", "{name: Bab Build, nationality: 中国}"),
    "supplier": ("{name: Cac Boilers, nationality: KH}", "{name: Cac Boilers, nationality: China}"),
    "lender": ("lenders: []", "lenders: [{name: Dad Bank, country: CN}]"),
    "insurer": ("insurers: []", "insurers: [{name: Ebe Insurance, country: CN}]"),
}


@pytest.mark.parametrize("role", CHINESE)
def test_new_coal_abroad_with_a_chinese_party_is_prohibited_whatever_its_emissions(role: str, judge: Judge) -> None:
    clean = (
        "sources:\n- id: s\n  kind: stack\n  observations:\n"
        '  - {parameter: SO2, value: "1 mg/Nm3 @ 6 % O2, dry, 0 C", period: 1h, statistic: guarantee}\n'
    )
    document = judge(COAL.replace(*CHINESE[role]) + clean, "--packs", "kh,cn")
    assert light(document) == "red" and document["verdict"]["prohibited"] is True
    assert deciding(document) == {BAN}
    assert document["verdict"]["score"] == {"low": 0, "high": 0}
    found = finding(document, BAN)
    assert (found["binding"], found["binds_by"], found["force"]) == (True, "person", "law")
    assert "Chinese" in found["message"]["en"] and "中方" in found["message"]["zh"], "it says why"
    (why,) = document["verdict"]["deciding"]
    assert (why["status"], why["clause"]) == ("fail", "III, item (14)")


def test_new_coal_abroad_without_any_chinese_party_is_not_prohibited(judge: Judge) -> None:
    document = judge(COAL, "--packs", "kh,cn")
    assert document["verdict"]["prohibited"] is False
    assert {one["status"] for one in findings(document) if one["rule"] == BAN} <= {"not_applicable"}


def test_coal_abroad_that_is_under_construction_is_judgement(judge: Judge) -> None:
    text = COAL.replace(*CHINESE["sponsor"]).replace("status: pre-permit", "status: construction")
    document = judge(text.replace("2027-06-01", "2024-06-01"), "--packs", "kh,cn")
    found = finding(document, BAN)
    assert (found["status"], found["cause"]) == ("unknown", "judgement")
    assert light(document) == "undetermined" and BAN in deciding(document)


def test_coal_that_runs_already_is_not_new(judge: Judge) -> None:
    text = COAL.replace(*CHINESE["sponsor"]).replace("status: pre-permit", "status: operating")
    text = text.replace("{construction: 2027-06-01, operation: 2030-01-01}", "{operation: 2015-01-01}")
    assert finding(judge(text, "--packs", "kh,cn"), BAN)["status"] == "pass"


def test_the_same_plant_in_china_is_judged_without_the_rules_for_abroad(judge: Judge) -> None:
    text = COAL.replace("country: KH", "country: CN").replace("nationality: KH", "nationality: CN")
    document = judge(text)
    outbound = ("cn/ndrc-408-2022", "cn/ndrc-408-2022-guidance", "cn/cbirc-15-2022", "cn/mofcom-mee-gdg-2021")
    assert {one["status"] for one in findings(document) if one["pack"] in outbound} <= {"not_applicable"}
    assert document["verdict"]["prohibited"] is False
    home = [
        one for one in findings(document) if one["pack"] == "cn/gb-13223-2011" and one["status"] != "not_applicable"
    ]
    assert home and all(one["binding"] and "host" in one["frameworks"] for one in home), "at home it binds as host law"


@pytest.mark.parametrize("name", ["China Example Power", "Sinoexample Energy", "示例电力集团"])
def test_a_nationality_that_is_only_guessed_from_a_name_decides_nothing(
    name: str, cli: Any, project: Callable[..., str]
) -> None:
    file = project(COAL.replace("{name: Aba Power, nationality: KH}", f"{{name: {name}}}"))
    outcome = cli("assess", file, "--packs", "kh,cn", "--as-of", "2026-11-22", "--format", "json")
    document = outcome.document
    found = finding(document, BAN)
    assert (found["status"], found["cause"]) == ("unknown", "applicability")
    assert light(document) == "undetermined" and BAN in deciding(document)
    assert document["verdict"]["prohibited"] is False
    assert any(one["path"] == "parties.sponsor" for one in document["questions"])
    assert "GRB136" in outcome.err and name in outcome.err, "the guess is said aloud"


def test_a_party_whose_nationality_nobody_stated_leaves_the_ban_open(judge: Judge) -> None:
    document = judge(COAL.replace("{name: Aba Power, nationality: KH}", "{name: Aba Power}"), "--packs", "kh,cn")
    found = finding(document, BAN)
    assert (found["status"], found["cause"]) == ("unknown", "applicability")
    assert light(document) == "undetermined"


# --- whom a law binds -----------------------------------------------------------------------------------------------

# 80 mg/m3 of NOx a day meets Pakistan's 400, and exceeds 110 % of the 50 of IED Annex V for new combined cycles: 55.
PAKISTAN = f"""country: PK
sector: power.gas
fuel: gas.natural
technology: gas-turbine.combined-cycle
status: operating
size: {{electrical: 300 MW, thermal: 600 MWth}}
hours: 7000 h/yr
dates: {{filing: 2014-06-01, permit: 2015-01-01, construction: 2015-06-01, operation: 2018-01-01}}
parties:
  sponsors: [{{name: Aba Power, nationality: PK}}]
  contractors: []
  suppliers: []
  insurers: []
financing: {{lenders: [{{name: Dad Bank, country: PK}}]}}
sources:
- id: stack
  kind: stack
  observations:
  - {{parameter: NOx, value: "80 mg/Nm3 as NO2 @ 15 % O2, dry, 0 C", load: 100 %, period: 24h, statistic: max, {YEAR}}}
"""
DAILY = "eu/ied-annex-v/p2-gas-turbine.combined.NOx.day"


def test_a_plant_in_pakistan_is_not_red_for_exceeding_european_limits(judge: Judge) -> None:
    document = judge(PAKISTAN)
    assert finding(document, "pk/neqs-2000-air/annex-2-no.gas.NOx")["status"] == "pass"
    found = finding(document, DAILY)
    assert (found["status"], found["binding"], found["force"]) == ("fail", False, "benchmark")
    assert light(document, "EU") == "red", "the framework shows it"
    assert light(document) != "red" and DAILY not in deciding(document)


@pytest.mark.parametrize("standard", ["EU", "eu/ied-annex-v", "2010/75/EU"])
def test_with_a_lender_that_contracts_european_standards_it_is_red(standard: str, judge: Judge) -> None:
    document = judge(
        PAKISTAN.replace("{name: Dad Bank, country: PK}", f"{{name: Dad Bank, country: PK, standards: [{standard}]}}")
    )
    found = finding(document, DAILY)
    assert (found["status"], found["binding"], found["binds_by"], found["force"]) == (
        "fail",
        True,
        "instrument",
        "lender",
    )
    assert found["ratio"] == pytest.approx(80 / 55)
    assert light(document) == "red" and deciding(document) == {DAILY}
    assert document["verdict"]["prohibited"] is False


# --- what is not known is never green -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "country: KZ\nsector: power.coal\n",
        "country: KZ\nsector: water.municipal\nstatus: operating\ndocuments: [{type: eia-approval}]\n",
        PAKISTAN.replace("country: PK\nsector", "country: NG\nsector"),
    ],
)
def test_a_host_without_a_pack_is_never_green(text: str, judge: Judge) -> None:
    document = judge(text)
    assert light(document) not in ("green", "yellow")
    assert light(document, "host") == "undetermined"
    host = [one for one in findings(document) if "host" in one["frameworks"]]
    assert host and {(one["status"], one["cause"]) for one in host} == {("unknown", "no_rule")}


@pytest.mark.parametrize("country", ["KH", "LA", "VN", "ID", "PK", "MM", "ET", "CN", "KZ"])
@pytest.mark.parametrize(
    ("sector", "size"), [("power.coal", "electrical: 600 MW"), ("water.municipal", "flow: 40000 m3/d")]
)
def test_country_sector_and_size_alone_give_a_useful_report_that_is_never_green(
    country: str, sector: str, size: str, judge: Judge
) -> None:
    document = judge(f"country: {country}\nsector: {sector}\nsize: {{{size}}}\n")
    assert light(document) == "undetermined"
    assert {one["light"] for one in document["verdict"]["frameworks"].values()} == {"undetermined"}
    assert document["verdict"]["deciding"], "it says which rules are open"
    assert document["verdict"]["score"] == {"low": 0, "high": 100}
    assert not [one for one in findings(document) if one["status"] in ("pass", "fail")]
    assert len(document["questions"]) >= 6, "it says what to ask for"
    assert [one["width"] for one in document["questions"]] == sorted(
        (one["width"] for one in document["questions"]), reverse=True
    )
    assert document["governing"], "it says which limits to design to"


# --- what holds everywhere ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [WITH_OXYGEN, COAL, PAKISTAN], ids=["stack", "coal", "pakistan"])
def test_every_status_is_counted_and_every_finding_is_cited_in_both_languages(text: str, judge: Judge) -> None:
    document = judge(text)
    for name, framework in document["verdict"]["frameworks"].items():
        own = [one["status"] for one in document["findings"] if name in one["frameworks"]]
        assert framework["counts"] == {status: own.count(status) for status in framework["counts"]}
        assert set(own) <= set(framework["counts"])
    for one in findings(document):
        assert one["message"]["en"] and one["message"]["zh"], one["rule"]
        assert (one["cause"] is not None) == (one["status"] == "unknown"), one["rule"]
        if one["pack"]:
            assert one["citation"]["instrument"] and one["citation"]["clause"] and one["citation"]["url"], one["rule"]
            assert one["citation"]["status"] in ("verified", "secondary", "recalled"), one["rule"]
    low, high = document["verdict"]["score"]["low"], document["verdict"]["score"]["high"]
    assert 0 <= low <= high <= 100
