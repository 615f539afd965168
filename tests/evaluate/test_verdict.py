"""Force, lights, waivers, dates and the score."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evaluate.build import (
    DAY,
    WEIGHTS,
    limit,
    observation,
    pack,
    party,
    project,
    requirement,
    selection,
    subject,
    table,
)

from greenbri.evaluate.assess import assess, snapshot
from greenbri.evaluate.score import score
from greenbri.model.project import ActionItem, Document, Fact, Waiver

CRITICAL = {"column": {"critical": True}}
PERSONS = {"by": "person", "of": "CN", "roles": ["sponsor", "contractor", "supplier", "lender", "insurer"]}
ALL_ROLES = frozenset({"sponsor", "contractor", "supplier", "lender", "insurer"})


def coal_ban():
    body = {
        "requirements": [
            {
                "id": "no-new-coal",
                "kind": "prohibition",
                "title": {"en": "No new coal", "zh": "不新建煤电"},
                "applies": {"sector": "power.coal", "country": "not CN"},
                "prohibited_when": {"status": ["proposed", "pre-permit", "permitted"]},
                "judgement_when": {"status": "construction"},
                "source": {
                    "clause": "14",
                    "url": "https://example.org",
                    "checked": "2026-11-22",
                    "status": "secondary",
                },
            }
        ]
    }
    return pack(body, name="cn/ban", jurisdiction="CN", binds=PERSONS)


def verdict_of(*packs, of=None, day=DAY, **more):
    return snapshot(of or project(subject()), selection(*packs), day).verdict


# other sectors of the vocabulary expect parameters of their own; this one lets a test's single rule decide
def plain(*observations, **more):
    more.setdefault("sector", "forestry")
    return project(subject(*observations), **more)


def light(*packs, of, day=DAY):
    return verdict_of(*packs, of=of, day=day).light


def test_a_binding_rule_that_fails_makes_red_and_is_named():
    verdict = verdict_of(pack(limit(100)), of=plain(observation("SO2", "120 mg/m3")))
    assert verdict.light == "red"
    assert [(one.rule, one.clause, one.status) for one in verdict.deciding] == [("la/test/t.r.SO2", "1", "fail")]


def test_every_binding_rule_met_is_green():
    assert light(pack(limit(100)), of=plain(observation("SO2", "90 mg/m3"))) == "green"


def test_a_foreign_law_is_a_benchmark_and_shows_in_its_framework_only():
    home, eu = (
        pack(limit(100)),
        pack(limit(50), name="eu/test", jurisdiction="EU", framework="EU", binds={"by": "territory", "of": "EU"}),
    )
    verdict = verdict_of(home, eu, of=plain(observation("SO2", "90 mg/m3")))
    assert verdict.light == "green"
    assert verdict.frameworks["EU"].light == "red" and verdict.frameworks["host"].light == "green"


def test_a_loan_that_names_a_standard_makes_it_bind():
    wbg = pack(
        limit(50),
        name="wbg/test",
        jurisdiction="WBG",
        force="lender",
        binds={"by": "instrument", "standards": ["WBG-EHS"]},
    )
    value = observation("SO2", "90 mg/m3")
    assert light(pack(limit(100)), wbg, of=plain(value)) == "green"
    lent = plain(value, parties=(party("lender", "DE", standards=("WBG-EHS",)),))
    assert light(pack(limit(100)), wbg, of=lent) == "red"


@pytest.mark.parametrize("named", ["EU", "eu/test", "2010/75/EU"])
def test_a_loan_that_contracts_foreign_law_makes_it_bind(named):
    instrument = {
        "citation": "Directive 2010/75/EU",
        "issuer": {"en": "EU", "zh": "欧盟"},
        "url": "https://example.org",
        "in_force": "2011-01-06",
    }
    eu = pack(
        limit(50), name="eu/test", jurisdiction="EU", binds={"by": "territory", "of": "EU"}, instrument=instrument
    )
    value = observation("SO2", "90 mg/m3")
    assert light(pack(limit(100)), eu, of=plain(value)) == "green"
    assert light(pack(limit(100)), eu, of=plain(value, parties=(party("lender", "DE", standards=(named,)),))) == "red"


def test_who_finances_is_asked_once_where_a_lenders_rules_are_a_what_if():
    wbg = pack(
        limit(50),
        name="wbg/test",
        jurisdiction="WBG",
        force="lender",
        binds={"by": "instrument", "standards": ["WBG-EHS"]},
    )
    found = snapshot(plain(observation("SO2", "90 mg/m3")), selection(pack(limit(100)), wbg), DAY)
    assert [one.path for one in found.questions].count("financing.lenders") == 1


@pytest.mark.parametrize("role", sorted(ALL_ROLES))
def test_new_coal_abroad_with_a_chinese_person_is_prohibited_whatever_it_emits(role):
    coal = plain(sector="power.coal", status="proposed", parties=(party(role, "CN"),))
    verdict = verdict_of(coal_ban(), of=coal)
    assert (verdict.light, verdict.prohibited) == ("red", True)
    assert (verdict.score.low, verdict.score.high) == (0, 0)
    assert verdict.deciding[0].rule == "cn/ban/no-new-coal"


def test_coal_under_construction_is_judgement():
    coal = plain(sector="power.coal", status="construction", parties=(party("sponsor", "CN"),))
    found = snapshot(coal, selection(coal_ban()), DAY)
    assert found.verdict.light == "undetermined"
    assert found.findings[0].cause == "judgement"


def test_the_ban_does_not_reach_a_plant_at_home():
    coal = plain(country="CN", sector="power.coal", status="proposed", parties=(party("sponsor", "CN"),))
    assert snapshot(coal, selection(coal_ban()), DAY).findings[0].status == "not_applicable"


def test_a_chinese_party_only_guessed_from_a_name_leaves_the_ban_open():
    coal = plain(
        sector="power.coal",
        status="proposed",
        parties=(party("sponsor", "CN", inferred=True),),
        roles_complete=ALL_ROLES,
    )
    found = snapshot(coal, selection(coal_ban()), DAY)
    assert found.verdict.light == "undetermined" and found.findings[0].cause == "applicability"


def test_the_ban_does_not_reach_a_project_whose_persons_are_all_of_elsewhere():
    parties = tuple(party(role, "DE") for role in ALL_ROLES)
    coal = plain(sector="power.coal", status="proposed", parties=parties, roles_complete=ALL_ROLES)
    assert all(one.cause == "no_rule" for one in snapshot(coal, selection(coal_ban()), DAY).findings)


def test_silence_about_persons_leaves_the_ban_open():
    coal = plain(sector="power.coal", status="proposed")
    assert light(coal_ban(), of=coal) == "undetermined"


def test_a_host_without_a_pack_is_never_green():
    verdict = verdict_of(of=plain(observation("SO2", "1 mg/m3"), country="FJ"))
    assert verdict.light == "undetermined" and verdict.frameworks["host"].light == "undetermined"


def test_a_recalled_value_makes_neither_red_nor_green():
    source = {"clause": "1", "url": "https://example.org", "checked": "2026-11-22", "status": "recalled"}
    body = limit(100, source=source, **CRITICAL)
    for value in ("90 mg/m3", "120 mg/m3"):
        verdict = verdict_of(pack(body), of=plain(observation("SO2", value)))
        assert verdict.light == "undetermined" and verdict.deciding[0].rule == "la/test/t.r.SO2"


def test_a_design_value_may_make_a_project_green_before_it_runs_and_not_after():
    design = observation("SO2", "90 mg/m3", statistic="design", kind="design")
    before = verdict_of(pack(limit(100, **CRITICAL)), of=plain(design, status="proposed"))
    assert (before.light, before.basis) == ("green", "design")
    assert light(pack(limit(100, **CRITICAL)), of=plain(design)) == "undetermined"


def test_a_design_value_over_the_limit_fails():
    design = observation("SO2", "120 mg/m3", statistic="design", kind="design")
    assert light(pack(limit(100)), of=plain(design)) == "red"


def test_guidance_that_is_not_met_is_yellow():
    guidance = pack(limit(50), name="cn/guide", jurisdiction="CN", force="guidance", binds=PERSONS)
    chinese = plain(observation("SO2", "90 mg/m3"), parties=(party("sponsor", "CN"),))
    assert light(pack(limit(100)), guidance, of=chinese) == "yellow"


def test_guidance_to_persons_counts_once_one_of_them_is_known_to_take_part():
    guidance = pack(limit(50), name="cn/guide", jurisdiction="CN", force="guidance", binds=PERSONS)
    assert light(pack(limit(100)), guidance, of=plain(observation("SO2", "90 mg/m3"))) == "green"


def waiver(**more):
    fields = dict(
        rule="la/test/t.r.SO2",
        granted_by="authority",
        document="Decision 5",
        pointer="",
        date=date(2026, 1, 1),
        expires=date(2027, 1, 1),
    )
    return Waiver(**{**fields, **more})


def waived(value="120 mg/m3", **more):
    return plain(observation("SO2", value), waivers=(waiver(**more),))


def test_a_waiver_by_the_authority_leaves_yellow_at_best_and_stays_visible():
    found = snapshot(waived(), selection(pack(limit(100))), DAY)
    assert found.verdict.light == "yellow" and found.findings[0].status == "waived"


@pytest.mark.parametrize(
    "fault",
    [
        {"granted_by": "lender"},
        {"expires": date(2026, 6, 1)},
        {"expires": None},
        {"document": ""},
        {"date": date(2026, 12, 1)},
        {"scope": "another-stack"},
    ],
)
def test_a_faulty_waiver_fails_closed(fault):
    assert light(pack(limit(100)), of=waived(**fault)) == "red"


def test_a_waiver_holds_up_to_its_cap():
    from greenbri.quantity import parse

    assert light(pack(limit(100)), of=waived(cap=parse("130 mg/m3"))) == "yellow"
    assert light(pack(limit(100)), of=waived(cap=parse("110 mg/m3"))) == "red"


def test_a_ban_cannot_be_waived():
    coal = plain(
        sector="power.coal",
        status="proposed",
        parties=(party("sponsor", "CN"),),
        waivers=(waiver(rule="cn/ban/no-new-coal"),),
    )
    assert verdict_of(coal_ban(), of=coal).prohibited


def test_a_lenders_gap_is_yellow_only_with_an_accepted_funded_plan_in_time():
    wbg = pack(
        limit(50),
        name="wbg/test",
        jurisdiction="WBG",
        force="lender",
        binds={"by": "instrument", "standards": ["WBG-EHS"]},
    )
    lent = plain(observation("SO2", "90 mg/m3"), parties=(party("lender", "DE", standards=("WBG-EHS",)),))
    plan = ActionItem(
        "wbg/test/t.r.SO2", "", "lender-action-plan", accepted=True, funded=True, deadline=date(2027, 6, 1)
    )
    assert light(pack(limit(100)), wbg, of=replace(lent, actions=(plan,))) == "yellow"
    assert light(pack(limit(100)), wbg, of=replace(lent, actions=(replace(plan, funded=False),))) == "red"
    assert light(pack(limit(100)), wbg, of=replace(lent, actions=(replace(plan, deadline=date(2026, 6, 1)),))) == "red"


def test_a_failed_law_stays_red_whatever_plan_there_is():
    plan = ActionItem(
        "la/test/t.r.SO2", "", "lender-action-plan", accepted=True, funded=True, deadline=date(2027, 6, 1)
    )
    assert light(pack(limit(100)), of=plain(observation("SO2", "120 mg/m3"), actions=(plan,))) == "red"


def test_a_contracted_design_change_before_construction_is_yellow():
    change = ActionItem("la/test/t.r.SO2", "", "design-change", contracted=True)
    design = observation("SO2", "120 mg/m3", statistic="design", kind="design")
    assert light(pack(limit(100)), of=plain(design, status="permitted", actions=(change,))) == "yellow"
    assert light(pack(limit(100)), of=plain(design, actions=(change,))) == "red"


def test_the_worse_of_today_and_planned_start_is_the_light():
    body = limit({"dated": {"2020-01-01": "100", "2030-01-01": "50"}})
    design = observation("SO2", "90 mg/m3", statistic="design", kind="design")
    planned = plain(design, status="permitted", operation=date(2031, 1, 1))
    result = assess(planned, selection(pack(body)), DAY)
    assert (result.now.verdict.light, result.at_operation.verdict.light, result.verdict.light) == (
        "green",
        "red",
        "red",
    )


def eia(**more):
    return requirement(needs={"document": "eia-approval"}, due={"before": "construction"}, critical=True, **more)


def test_a_document_is_not_due_before_its_milestone_and_open_after_it():
    early = snapshot(plain(status="proposed"), selection(pack(eia())), DAY).findings[0]
    assert early.cause == "not_due"
    late = snapshot(plain(), selection(pack(eia())), DAY).findings[0]
    assert (late.status, late.cause) == ("unknown", "no_data")


@pytest.mark.parametrize(
    ("document", "status"),
    [
        (Document("eia-approval", "", date=date(2020, 1, 1)), "pass"),
        (Document("eia-approval", "", status="absent"), "fail"),
        (Document("eia-approval", "", status="applied"), "fail"),
        (Document("eia-approval", "", date=date(2020, 1, 1), valid_until=date(2025, 1, 1)), "fail"),
        (Document("eia-approval", "", date=date(2027, 1, 1)), "fail"),
        (Document("eia-approval", "", covers_project=False), "fail"),
    ],
)
def test_a_document_is_judged_on_status_date_validity_and_scope(document, status):
    found = snapshot(plain(documents=(document,)), selection(pack(eia())), DAY).findings[0]
    assert found.status == status


def test_an_approval_lapses_unless_the_works_began_in_time():
    life = {"years": 5, "lapses_if_not": "construction"}
    body = requirement(needs={"document": "eia-approval"}, due={"before": "construction"}, valid_for=life)
    old = (Document("eia-approval", "", date=date(2018, 1, 1)),)
    begun = {"dates.construction": date(2022, 6, 1)}
    late = {"dates.construction": date(2024, 6, 1)}
    assert snapshot(plain(documents=old, facts=begun), selection(pack(body)), DAY).findings[0].status == "pass"
    assert snapshot(plain(documents=old, facts=late), selection(pack(body)), DAY).findings[0].status == "fail"


def test_the_approval_of_the_assessment_is_critical_by_itself():
    found = snapshot(plain(), selection(pack(requirement(needs={"document": "eia-approval"}))), DAY).findings[0]
    assert found.critical
    other = snapshot(plain(), selection(pack(requirement(needs={"document": "grievance-mechanism"}))), DAY).findings[0]
    assert not other.critical


def test_days_after_an_event_are_counted_in_the_laws_calendar():
    body = requirement(needs={"document": "eia-approval"}, due={"after": "permit", "days": 10, "calendar": "working"})
    given_facts = {"dates.permit": date(2026, 11, 6)}  # a Friday: ten working days later is Friday the 20th
    late = Document("eia-approval", "", status="applied")
    of = plain(documents=(late,), facts=given_facts)
    assert snapshot(of, selection(pack(body)), date(2026, 11, 19)).findings[0].cause == "not_due"
    assert snapshot(of, selection(pack(body)), date(2026, 11, 20)).findings[0].status == "fail"


def test_a_class_is_proposed_with_its_triggers_and_switches_requirements():
    body = requirement(needs={"document": "eia-approval"}, applies={"class.la-eia": "full"})
    body["classifications"] = [
        {
            "id": "eia",
            "scheme": "la-eia",
            "title": {"en": "EIA class", "zh": "环评类别"},
            "values": ["full", "none"],
            "rules": [{"value": "full", "any": [{"size.electrical": ">= 100 MW"}, {"site.protected_area": True}]}],
            "otherwise": "none",
            "source": {"clause": "3", "url": "https://example.org", "checked": "2026-11-22", "status": "verified"},
        }
    ]
    big = snapshot(plain(facts={"size.electrical": Fraction(600)}), selection(pack(body)), DAY)
    assert big.classifications[0].value == "full" and big.findings[0].cause == "no_data"
    open_ = snapshot(plain(facts={"size.electrical": Fraction(50)}), selection(pack(body)), DAY)
    assert open_.classifications[0].value is None and open_.classifications[0].possible == ("full", "none")
    assert open_.findings[0].cause == "applicability" and open_.findings[0].missing[0].path == "site.protected_area"
    small = plain(facts={"size.electrical": Fraction(50), "site.protected_area": False})
    assert snapshot(small, selection(pack(body)), DAY).findings[0].status == "not_applicable"


def test_a_recorded_class_is_kept_and_the_disagreement_reported():
    scheme = {
        "id": "c",
        "scheme": "x",
        "title": {"en": "C", "zh": "类"},
        "values": ["a", "b"],
        "rules": [],
        "otherwise": "a",
        "source": {"clause": "1", "url": "https://example.org", "checked": "2026-11-22", "status": "verified"},
    }
    body = {"classifications": [scheme]}
    found = snapshot(plain(classes={"x": Fact("b", "")}), selection(pack(body)), DAY).classifications[0]
    assert found.value == "a" and found.recorded == "b" and found.disagrees


def test_the_governing_limit_is_the_stricter_of_comparable_ones_and_all_of_incomparable_ones():
    strict = pack(limit(50), name="la/b")
    later = pack(limit(40, period="year"), name="la/c")
    loose_day = pack(limit(60, period="24h"), name="la/d")
    found = snapshot(plain(observation("SO2", "45 mg/m3")), selection(pack(limit(100)), strict, later, loose_day), DAY)
    must = {one.rule.split("/")[1]: set(one.losing) for one in found.governing if one.set == "must_meet"}
    assert set(must) == {"b", "c"}
    assert must["b"] == {"la/test/t.r.SO2", "la/d/t.r.SO2"}


def test_a_polluted_baseline_sets_the_airshed_and_does_not_fail_the_project():
    body = limit(50, parameter="PM10", unit="ug/m3", medium="ambient", period="year")
    extra = table([["d", "degraded", 10]], ["id", "airshed", "dust"], {"dust": {"unit": "mg/m3"}})
    both = {"limits": [body["limits"][0], {**extra["limits"][0], "id": "da"}]}
    air = subject(observation("PM10", "80 ug/m3", period="year", statistic="mean", of="baseline"), medium="ambient")
    stack = replace(subject(observation("dust", "20 mg/m3")), id="s2")
    found = {
        one.rule: one for one in snapshot(project(air, stack, sector="forestry"), selection(pack(both)), DAY).findings
    }
    assert found["la/test/t.r.PM10"].status != "fail"
    assert found["la/test/da.d.dust"].status == "fail"


# --- the score over random projects ----------------------------------------------------------------------------------

LIMITS = {"SO2": 100, "NOx": 200, "dust": 30}
VALUES = st.dictionaries(st.sampled_from(sorted(LIMITS)), st.integers(1, 400))
DUTIES = st.sampled_from([None, "issued", "absent"])


def random_pack():
    columns = {name: {"unit": "mg/m3", "critical": name == "SO2"} for name in LIMITS}
    body = table([["r", *LIMITS.values()]], ["id", *LIMITS], columns)
    return pack({**body, **eia()})


RANDOM = random_pack()


def built(values, duty):
    observations = [observation(name, f"{value} mg/m3", pointer=f"/{name}") for name, value in values.items()]
    documents = (Document("eia-approval", "", status=duty),) if duty else ()
    return plain(*observations, documents=documents)


def result(values, duty):
    return snapshot(built(values, duty), selection(RANDOM), DAY).verdict


@settings(max_examples=60, deadline=None)
@given(VALUES, DUTIES, st.data())
def test_a_worse_value_never_raises_a_bound(values, duty, data):
    if not values:
        return
    name = data.draw(st.sampled_from(sorted(values)))
    worse = {**values, name: values[name] + data.draw(st.integers(1, 400))}
    before, after = result(values, duty).score, result(worse, duty).score
    assert after.low <= before.low and after.high <= before.high


@settings(max_examples=60, deadline=None)
@given(VALUES, st.integers(1, 400), st.sampled_from(sorted(LIMITS)), DUTIES)
def test_an_answer_narrows_the_interval_and_stays_inside_it(values, answer, name, duty):
    if name in values:
        return
    before, after = result(values, duty).score, result({**values, name: answer}, duty).score
    assert before.low <= after.low <= after.high <= before.high


@settings(max_examples=60, deadline=None)
@given(VALUES, DUTIES)
def test_a_red_project_stays_under_any_green_one(values, duty):
    verdict = result(values, duty)
    if verdict.light == "red":
        assert verdict.score.high < 50
    if verdict.light == "green":
        assert verdict.score.high >= 50


@settings(max_examples=40, deadline=None)
@given(VALUES, DUTIES)
def test_the_light_is_never_green_while_a_critical_rule_is_open(values, duty):
    verdict = result(values, duty)
    if "SO2" not in values or duty is None:
        assert verdict.light != "green"


def test_a_prohibited_score_is_zero():
    assert score([], WEIGHTS, design_counts=False, prohibited=True).high == 0
