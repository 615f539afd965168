from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenbri.model.rule import FactDefinition, Text
from greenbri.sources import Document, load_yaml
from greenbri.sources.project import digest, read_fragment, read_project

RULES = Path(__file__).resolve().parents[2] / "rules"


def test_nothing_but_the_identity_is_a_project(read: Any) -> None:
    project = read().project
    assert (project.id, project.country, project.sector, project.status) == ("plant", "KH", "power.coal", None)
    assert project.subjects == () and project.exports is None and project.roles_complete == frozenset()


def test_no_is_norway(read: Any) -> None:
    head = "schema: 1\nid: n\ncountry: NO\nsector: power.hydro\n"
    assert read("", head).project.country == "NO"


@pytest.mark.parametrize("name", ["LA", "LAO", "Laos", "老挝"])
def test_a_country_is_known_by_any_of_its_names(read: Any, name: str) -> None:
    assert read("", f"schema: 1\nid: n\ncountry: {name}\nsector: power.coal\n").project.country == "LA"


def test_a_name_in_one_language_serves_for_both(read: Any) -> None:
    assert read("name: Hongsa\n").project.name == Text("Hongsa", "Hongsa")
    assert read("name: {zh: 洪沙}\n").project.name == Text("洪沙", "洪沙")
    assert read().project.name == Text("plant", "plant")


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("size: {electrical: 1878 MW}", "size.electrical", Fraction(1878)),
        ("size: {electrical: 1.878 GW}", "size.electrical", Fraction(1878)),
        ("size: {thermal: 600 MW}", "size.thermal", Fraction(600)),
        ("size: {flow: 1500 m3/day}", "size.flow", Fraction(1500)),
        ("size: {area: 250000 m2}", "size.area", Fraction(25)),
        ("size: {households: 12}", "size.households", Fraction(12)),
        ("hours: 8000 h", "hours", Fraction(8000)),
        ("hours: 8000", "hours", Fraction(8000)),
        ("efficiency: 42.5", "efficiency", Fraction("42.5")),
        ("efficiency: 42.5 %", "efficiency", Fraction("42.5")),
        ("dates: {permit: 2015-06-02}", "dates.permit", date(2015, 6, 2)),
        ("financing: {first_disbursement: 2015-06-02}", "dates.disbursement", date(2015, 6, 2)),
        ("financing: {close: 2015-06-02}", "dates.close", date(2015, 6, 2)),
        ("financing: {total_cost: 3.7 billion USD}", "financing.total_cost", Fraction(3_700_000_000)),
        ('financing: {total_cost: "$1,200,000"}', "financing.total_cost", Fraction(1_200_000)),
        ("financing: {product: project finance}", "financing.product", "project-finance"),
        ("status: under construction", "status", "construction"),
        ("site: {protected_area: yes}", "site.protected_area", True),
        ("site: {protected_area: false}", "site.protected_area", False),
        ("site: {airshed: degraded}", "airshed", "degraded"),
        ("airshed: degraded", "airshed", "degraded"),
        ("water: {stress: Extremely High}", "site.water_stress", "extremely-high"),
        ("biodiversity: {critical_habitat: true}", "site.critical_habitat", True),
        ("land: {forest: true}", "site.forest", True),
        ("social: {resettlement_households: 40}", "social.resettlement_households", Fraction(40)),
        ("labour: {accommodation: true}", "labour.accommodation", True),
        ("ghg: {annual: 1200000 t/yr}", "ghg.annual", Fraction(1_200_000)),
        ("hydro: {reservoir: true}", "hydro.reservoir", True),
        ("dam: {height: 98 m}", "dam.height", Fraction(98)),
        ("fuel: 褐煤", "fuel", "coal.lignite"),
        ("fuel: [coal.lignite, oil.diesel]", "fuel", ("coal.lignite", "oil.diesel")),
        ("firing: circulating fluidised bed", "firing", "cfb"),
        ("technology: [boiler, gas-turbine]", "technology", ("boiler", "gas-turbine")),
        ("subdivision: kh-12", "subdivision", "KH-12"),
        ("transboundary: true", "transboundary", True),
        ("facts: {cn.key_region: true}", "cn.key_region", True),
        ("facts: {reservoir.area: 20 ha}", "reservoir.area", Fraction(20)),
    ],
)
def test_a_fact_is_read_under_the_name_that_rules_use(read: Any, text: str, name: str, value: object) -> None:
    assert read(f"{text}\n").project.facts[name].value == value


@pytest.mark.parametrize(
    "text",
    ["site: {protected_area: unknown}", "site: {protected_area: }", "site:", "size: {thermal: n/a}", "fuel: 未知"],
)
def test_what_is_not_known_is_no_fact(read: Any, text: str) -> None:
    assert set(read(f"{text}\n").project.facts) == {"country", "sector"}


def test_a_fact_keeps_its_place_and_its_evidence(read: Any) -> None:
    body = "site: {protected_area: {value: false, evidence: {kind: ESIA, document: Vol. 2, page: 12, date: 2019-05}}}\n"
    fact = read(body).project.facts["site.protected_area"]
    assert (fact.value, fact.pointer) == (False, "/site/protected_area")
    assert (fact.evidence.kind, fact.evidence.document, fact.evidence.page) == ("eia", "Vol. 2", "12")
    assert fact.evidence.date == date(2019, 5, 1)


def test_a_technology_in_prose_stays_open_and_is_said_so(read: Any) -> None:
    file = read("technology: pulverised lignite with ESP and FGD\n")
    assert "technology" not in file.project.facts
    assert [one.code for one in file.warnings] == ["GRB113"]


def test_an_amount_in_another_currency_is_not_compared(read: Any) -> None:
    file = read("financing: {total_cost: 5 亿 元}\n")
    assert "financing.total_cost" not in file.project.facts
    assert [one.code for one in file.warnings] == ["GRB112"]


def test_dates_out_of_order_are_used_and_pointed_out(read: Any) -> None:
    file = read("dates: {permit: 2016-01-01, construction: 2015-01-01}\n")
    assert file.project.facts["dates.construction"].value == date(2015, 1, 1)
    assert [(one.code, one.position.line) for one in file.warnings] == [("GRB125", 5)]


def test_the_operation_is_a_date_of_the_project(read: Any) -> None:
    project = read("dates: {operation: 2026-03-01}\n").project
    assert project.operation == date(2026, 3, 1)
    assert project.operating(date(2026, 3, 1)) and not project.operating(date(2026, 2, 28))


def test_shares_of_fuels_are_shares_of_the_whole(read: Any) -> None:
    body = "fuel: [{fuel: coal, share: 60 %}, {fuel: gas.natural, share: 40}]\nsources: [{id: s, kind: stack}]\n"
    stack = read(body).project.subjects[0]
    assert stack.fuels == (("coal", Fraction(3, 5)), ("gas.natural", Fraction(2, 5)))
    assert stack.facts["fuel"].value == ("coal", "gas.natural")


def test_a_stack_burns_the_fuel_of_the_project_unless_it_says_another(read: Any) -> None:
    body = "fuel: coal.lignite\nsources: [{id: a, kind: stack}, {id: b, kind: stack, fuel: oil.diesel}]\n"
    first, second = read(body).project.subjects
    assert (first.facts["fuel"].value, second.facts["fuel"].value) == ("coal.lignite", "oil.diesel")
    assert (first.fuels, second.fuels) == ((("coal.lignite", 1),), (("oil.diesel", 1),))


def test_facts_of_packs_are_read_by_their_definitions(read: Any) -> None:
    facts = {
        "cn.influent_cod": FactDefinition("cn.influent_cod", "number", "project", Text("?", "?"), unit="mg/L"),
        "cn.level": FactDefinition("cn.level", "term", "project", Text("?", "?"), values=("level-1a", "level-1b")),
    }
    project = read("facts: {cn.influent_cod: 0.4 g/L, cn.level: Level 1A}\n", facts=facts).project
    assert project.facts["cn.influent_cod"].value == 400
    assert project.facts["cn.level"].value == "level-1a"
    found = read("facts: {cn.levl: level-1a}\n", facts=facts).warnings
    assert [(one.code, one.remedy("en")) for one in found] == [("GRB151", "did you mean `cn.level`?")]


def test_a_fact_without_a_jurisdiction_is_pointed_out(read: Any) -> None:
    assert [one.code for one in read("facts: {beauty: great}\n").warnings] == ["GRB150"]


def test_documents_permits_and_plans_are_one_list(read: Any) -> None:
    body = (
        "documents: [{type: EIA approval, title: {zh: 批复}, date: 2019, status: granted, authority: MoE}]\n"
        "permits: [{type: discharge-permit, valid_until: 2027-01-01, covers_project: false}]\n"
        "plans: [{type: esmp, status: draft, independent_review: true}]\n"
    )
    first, second, third = read(body).project.documents
    assert (first.type, first.title, first.status) == ("eia-approval", "批复", "issued")
    assert first.date == date(2019, 12, 31)  # in doubt the later day, on which less was yet approved
    assert (second.valid_until, second.covers_project, second.pointer) == (date(2027, 1, 1), False, "/permits/0")
    assert (third.status, third.independent_review) == ("draft", True)


def test_a_list_of_documents_is_complete_only_when_it_is_said(read: Any) -> None:
    assert "documents_complete" not in read("documents: []\n").project.facts
    assert "documents_complete" not in read("documents_complete: false\n").project.facts
    assert read("documents_complete: true\n").project.facts["documents_complete"].value is True


def test_commitments_keep_their_clause_and_take_the_medium_of_their_subject(read: Any) -> None:
    body = (
        "outfalls: [{id: o}]\ncommitments:\n"
        "- {kind: permit, parameter: COD, value: <= 50 mg/L, subject: o, document: P 7, clause: 3.1, period: daily}\n"
        "- {kind: guarantee, parameter: removal.SO2, limit: '>= 90 %', document: d, clause: c}\n"
    )
    first, second = read(body).project.commitments
    assert (first.medium, first.operator, first.period, first.clause, first.subject) == (
        "effluent",
        "<=",
        "24h",
        "3.1",
        "o",
    )
    assert first.quantity.value == 50 and first.quantity.bound is None
    assert (second.operator, second.kind, second.id) == (">=", "guarantee", "2")


def test_a_waiver_that_lacks_something_is_kept_so_that_it_can_fail_closed(read: Any) -> None:
    waiver = read("waivers: [{rule: cn/x/t1.a.SO2, cap: 120 mg/Nm3}]\n").project.waivers[0]
    assert (waiver.granted_by, waiver.document, waiver.expires) == ("", "", None)
    assert waiver.cap is not None and waiver.cap.value == 120


def test_actions_say_what_was_accepted(read: Any) -> None:
    action = read(
        "actions: [{rule: r, kind: lender action plan, accepted: true, deadline: 2027-01-01}]\n"
    ).project.actions[0]
    assert (action.kind, action.accepted, action.funded, action.deadline) == (
        "lender-action-plan", True, False, date(2027, 1, 1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "markets"),
    [("[]", ()), ("none", ()), ("EU", ("EU",)), ("[EU, US, Japan]", ("EU", "US", "JP")), ("", None)],
)
def test_no_exports_and_nothing_said_about_exports_are_two_things(read: Any, text: str, markets: object) -> None:
    assert read(f"exports: {text}\n").project.exports == markets


def test_recorded_classes_are_kept(read: Any) -> None:
    assert read("classes: {ep: A, kh-eia: full}\n").project.classes["ep"].value == "A"


def test_the_digest_does_not_depend_on_the_layout() -> None:
    one = load_yaml(b"a: 1.0\nb: [x, true]\n").data
    other = load_yaml(b'{"b": ["x", true],  # why\n "a": 1.0}\n').data
    assert digest(one) == digest(other) != digest(load_yaml(b"a: 1.00\nb: [x, true]\n").data)


def test_numbers_stay_exact(figure: Any) -> None:
    assert (
        str(figure("parameter: SO2, value: 0.10000000000000000001 mg/Nm3").quantity.value) == "0.10000000000000000001"
    )


def test_plain_data_reads_like_a_file() -> None:
    data = {
        "schema": 1,
        "id": "x",
        "country": "KH",
        "sector": "power.coal",
        "size": {"thermal": "600 MWth"},
        "hours": 8000,
    }
    assert read_project(Document.of(data, "x")).project.facts["hours"].value == 8000


def _cases() -> list[Path]:
    return sorted(RULES.glob("*/cases/*.yaml"))


@pytest.mark.parametrize("path", _cases(), ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_the_projects_of_every_case_of_every_pack_can_be_read(path: Path) -> None:
    document = load_yaml(path)
    for index, case in enumerate(document.data["cases"]):
        if "project" in case:
            project, _ = read_fragment(document, ("cases", index, "project"))
            assert project.country == case["project"]["country"]


@given(st.decimals(min_value=0, max_value=10**9, allow_nan=False, allow_infinity=False, places=6))
def test_a_size_is_the_same_in_every_unit(number: Any) -> None:
    def size(text: str) -> object:
        data = {"schema": "1", "id": "x", "country": "KH", "sector": "power.coal", "size": {"thermal": text}}
        return read_project(Document.of(data, "x")).project.facts["size.thermal"].value

    assert size(f"{number} MWth") == size(f"{number} MW") == size(f"{number * 1000} kWth") == Fraction(number)
