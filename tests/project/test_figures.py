"""Figures and what they were taken at."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenbri.evaluate.averaging import HOURS
from greenbri.sources.project import words


def test_a_figure_keeps_everything_that_gives_it_a_meaning(figure: Any) -> None:
    one = figure(
        'id: a, parameter: NOx as NO2, value: "510 ± 5 mg/Nm3 @ 6 % O2, dry, 0 C", period: 24 h, statistic: Average, '
        "covers: {from: 2025-01-01, to: 2025-12-31, count: 365, state: normal operation}, oxygen: 7.5 %, moisture: 8, "
        "evidence: {kind: CEMS, document: Report, page: 4, date: 2026-01-10, url: http://x}, load: 95 %"
    )
    assert (one.parameter, one.period, one.statistic, one.of) == ("NOx", "24h", "mean", "total")
    assert (one.quantity.value, one.quantity.low, one.quantity.high) == (510, 505, 515)
    assert (one.covers.start, one.covers.end, one.covers.count) == (date(2025, 1, 1), date(2025, 12, 31), 365)
    assert (one.covers.state, one.facts["operating_state"].value) == ("normal", "normal")
    assert (one.oxygen, one.moisture, one.facts["load"].value) == (Fraction("7.5"), 8, 95)
    assert (one.evidence.kind, one.evidence.date) == ("continuous", date(2026, 1, 10))
    assert (one.pointer, one.id) == ("/sources/0/observations/0", "a")


def test_what_a_figure_does_not_say_stays_open(figure: Any) -> None:
    one = figure("parameter: SO2, value: 230 mg/Nm3")
    assert (one.period, one.statistic, one.covers.days, one.evidence.kind) == (None, None, None, None)


def test_the_unit_may_have_a_key_of_its_own(figure: Any) -> None:
    one = figure("parameter: SO2, value: '< 5 @ 6 % O2, dry', unit: mg/Nm3")
    assert (str(one.quantity.unit), one.quantity.bound, one.quantity.reference.oxygen_pct) == ("mg/Nm3", "<", 6)


@pytest.mark.parametrize(("text", "days"), [("2025", 365), ("2024-02", 29), ("{from: 2025-03, to: 2025-04}", 61)])
def test_a_cover_may_be_a_whole_year_or_month(figure: Any, text: str, days: int) -> None:
    assert figure(f"parameter: SO2, value: 2 mg/Nm3, covers: {text}").covers.days == days


def test_a_value_that_is_not_known_is_no_figure(read: Any) -> None:
    body = "sources: [{id: s, kind: stack, observations: [{parameter: SO2, value: unknown}]}]\n"
    assert read(body).project.subjects[0].observations == ()


def test_a_removal_is_a_parameter_of_its_own(figure: Any) -> None:
    assert figure("parameter: SO2, kind: removal, value: 95 %").parameter == "removal.SO2"


def test_acidity_needs_no_unit(figure: Any) -> None:
    one = figure("parameter: pH, value: 7.2", "outfalls:\n- id: o\n  observations:\n  - {")
    assert (str(one.quantity.unit), one.quantity.value) == ("pH", Fraction("7.2"))


@pytest.mark.parametrize("fields", ["water: {temperature: 11 C}", "water.temperature: 11 C", "water_temperature: 11 C"])
def test_the_temperature_of_the_water_belongs_to_the_figure(figure: Any, fields: str) -> None:
    one = figure(f"parameter: NH3-N, value: 5 mg/L, {fields}", "outfalls:\n- id: o\n  observations:\n  - {")
    assert one.facts["water.temperature"].value == 11


@pytest.mark.parametrize(
    "text", ["85 mg/Nm3 @ 6 % O2, dry", "0.15 lb/MMBtu @ HHV", "12 ppmvd @ 15 % O2", "3 kg/h", "5 g/GJ"]
)
def test_every_way_to_state_an_emission_is_accepted(figure: Any, text: str) -> None:
    assert figure(f'parameter: NOx, value: "{text}"').text == text


@pytest.mark.parametrize(
    ("kind", "medium"),
    [
        ("stack", "stack"),
        ("fenceline", "boundary"),
        ("fugitive", "boundary"),
        ("outfall", "effluent"),
        ("烟囱", "stack"),
    ],
)
def test_the_kind_of_a_source_is_its_medium(read: Any, kind: str, medium: str) -> None:
    assert read(f"sources: [{{id: s, kind: {kind}}}]\n").project.subjects[0].medium == medium


def test_a_source_has_facts_of_its_own(read: Any) -> None:
    body = (
        "sources: [{id: s, name: {en: Unit 1}, kind: stack, size: {thermal: 650 MW}, stack_height: 210 m, "
        "hours: 7500 h, stack: {size: {thermal: 1300 MWth}}, dates: {permit: 2014-01-01}, "
        "facts: {eu.emergency_unit: false}, specific_volume: 9 Nm3/kg, heat_rate: 9.5 MJ/kWh}]\n"
    )
    stack = read(body).project.subjects[0]
    values = {name: fact.value for name, fact in stack.facts.items()}
    assert values == {
        "size.thermal": 650, "stack.height": 210, "hours": 7500, "stack.size.thermal": 1300,
        "dates.permit": date(2014, 1, 1), "eu.emergency_unit": False,
    }  # fmt: skip
    assert (stack.name, str(stack.heat_rate.unit), stack.specific_volume.value) == ("Unit 1", "MJ/kWh", 9)


def test_an_outfall_knows_its_water(read: Any) -> None:
    body = "outfalls: [{id: o, discharge: direct, receiving_water: {kind: River, class: III, sensitive: true}}]\n"
    facts = read(body).project.subjects[0].facts
    assert {name: fact.value for name, fact in facts.items()} == {
        "discharge": "direct", "receiving_water.kind": "river", "receiving_water.class": "III",
        "receiving_water.sensitive": True,
    }  # fmt: skip


def test_figures_of_ambient_air_gather_at_their_receptor(read: Any) -> None:
    body = (
        "receptors: [{id: v, name: Village, kind: residential, area: rural,"
        " observations: [{parameter: LAeq, value: 50 dB(A)}]}]\n"
        "ambient:\n- {parameter: NO2, value: 7 ug/m3, receptor: v, of: contribution}\n"
        "- {parameter: NO2, value: 30 ug/m3, receptor: v, of: baseline}\n- {parameter: SO2, value: 3 ug/m3}\n"
        "noise: [{parameter: LAeq, value: 45 dB(A), receptor: v, time_of_day: night}]\n"
    )
    subjects = {(one.medium, one.id): one for one in read(body).project.subjects}
    assert set(subjects) == {("noise", "v"), ("ambient", "v"), ("ambient", "ambient")}
    village = subjects["ambient", "v"]
    assert [one.of for one in village.observations] == ["contribution", "baseline"]
    assert (village.name, village.facts["receptor.kind"].value, village.facts["area"].value) == (
        "Village", "residential", "rural",
    )  # fmt: skip
    assert [one.facts.get("time_of_day") is not None for one in subjects["noise", "v"].observations] == [False, True]


def test_a_station_may_describe_its_receptor_itself(read: Any) -> None:
    body = "noise: [{id: n1, receptor: {kind: school}, observations: [{parameter: LAeq, value: 50 dB(A)}]}]\n"
    station = read(body).project.subjects[0]
    assert (station.id, station.medium, station.facts["receptor.kind"].value) == ("n1", "noise", "school")


def test_water_bodies_are_subjects_with_their_class(read: Any) -> None:
    body = "water_bodies: [{id: w, kind: river, class: B1, observations: [{parameter: DO, value: 5 mg/L}]}]\n"
    water = read(body).project.subjects[0]
    assert (water.medium, water.facts["receiving_water.class"].value) == ("water-body", "B1")


def test_figures_of_the_whole_project_are_one_subject(read: Any) -> None:
    file = read("observations: [{parameter: ghg-intensity, value: 950 g/kWh}]\nwaste: {observations: []}\n")
    assert [(one.id, one.medium) for one in file.project.subjects] == [("project", "project")]
    assert file.warnings == ()


def test_a_concentration_of_the_whole_project_is_pointed_out(read: Any) -> None:
    assert [one.code for one in read("observations: [{parameter: SO2, value: 30 mg/Nm3}]\n").warnings] == ["GRB134"]


def test_places_without_an_id_are_numbered(read: Any) -> None:
    subjects = read("sources: [{kind: stack}, {kind: stack}, {kind: boundary}]\n").project.subjects
    assert [one.id for one in subjects] == ["stack-1", "stack-2", "boundary-1"]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("annual", "year"), ("年均", "year"), ("daily", "24h"), ("24 h", "24h"), ("24-hour", "24h"), ("日均值", "24h"),
        ("1 h", "1h"), ("hourly", "1h"), ("1小时平均", "1h"), ("60 min", "1h"), ("10 min", "10min"),
        ("half-hour", "30min"),
        ("7 days", "week"), ("30 days", "30d"), ("monthly", "month"), ("3 months", "quarter"), ("12 months", "year"),
        ("3 years", "3y"), ("grab", "instant"), ("6min", "6min"), ("4h", "4h"),
    ],
)  # fmt: skip
def test_an_averaging_time_has_one_canonical_form(text: str, period: str) -> None:
    assert words.period(text) == period


def test_canonical_periods_are_those_of_the_evaluator() -> None:
    assert set(words.PERIODS) - {"15min"} <= set(HOURS)
    assert all(words.period(name) is not None for name in HOURS)


@pytest.mark.parametrize(
    ("text", "statistic"),
    [("Maximum", "max"), ("均值", "mean"), ("95th percentile", "p95"), ("P98", "p98"), ("99.9 percentile", "p99.9")],
)
def test_a_statistic_has_one_canonical_form(text: str, statistic: str) -> None:
    assert words.statistic(text) == statistic


@given(st.text(max_size=30))
def test_normalising_a_word_twice_is_normalising_it_once(text: str) -> None:
    for normal in (words.period, words.statistic):
        once = normal(text)
        assert once is None or normal(once) == once
