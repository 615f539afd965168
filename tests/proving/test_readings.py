"""Readings: what a second reader found must be what the pack says: number, unit, operator, state, period and form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from greenbri.proving.proof import prove
from greenbri.proving.shelf import folders

Library = Callable[..., Path]
SMALL = (
    "- {source: a, clause: Table 1, parameter: SO2, medium: stack, on: 2026-11-01, when: {size.thermal: 100 MW}, "
    'value: 200 mg/m3, reference: "6 % O2, dry, 0 C", period: 24h}'
)
LARGE = (
    "- {source: a, parameter: dust, medium: stack, when: {size: {thermal: 300 MW}}, "
    'value: "< 20 mg/m3", reference: "6 % O2, dry, 273 K, 101.3 kPa", period: 24h}'
)
WATER = "- {source: a, parameter: COD, medium: effluent, when: {xx.zone: a}, value: 100 mg/L, period: 24h, form: p95}"
REMOVAL = (
    "- {source: a, parameter: removal.COD, medium: effluent, when: {xx.zone: a}, "
    'value: ">= 75 %", period: day, form: p95}'
)


def messages(library: Library, reading: str) -> list[str]:
    proof = prove(folders([str(library(reading=reading + "\n"))]))
    return [f"{one.code} {one.message('en')}" for one in proof.diagnostics]


@pytest.mark.parametrize(
    "reading",
    [
        SMALL,
        SMALL.replace("200 mg/m3", "200000 ug/Nm3"),
        SMALL.replace("2026-11-01", "2024-12-31").replace("200 mg/m3", "400 mg/m3"),
        LARGE,
        WATER,
        REMOVAL,
        "- {source: a, parameter: pH, medium: effluent, when: {xx.zone: a}, value: 6-9, period: 24h, form: p95}",
        "- {source: a, parameter: Hg, medium: stack, when: {size.thermal: 400 MW}, value: none}",
        "- {parameter: TSS, medium: effluent, when: {xx.zone: a, size.flow: 400 m3/d}, value: 60 mg/L, form: p95}",
        "- {parameter: 悬浮物, medium: effluent, when: {xx.zone: a, size.flow: 600 m3/d}, value: 0.05 g/L, form: p95}",
    ],
)
def test_a_value_that_was_read_as_the_pack_has_it_says_nothing(reading: str, library: Library) -> None:
    assert messages(library, reading) == []


@pytest.mark.parametrize(
    ("reading", "says"),
    [
        (
            SMALL.replace("200 mg", "201 mg"),
            "the value was read as 201 mg/m3; xx/stack-2020/t1.small.SO2 says 200 mg/m3",
        ),
        (SMALL.replace("200 mg/m3", "200 ug/m3"), "the value was read as 200 ug/m3"),
        (SMALL.replace("200 mg/m3", "200 mg/L"), "the unit was read as mg/L"),
        (SMALL.replace("6 % O2", "7 % O2"), "the reference state was read as 7 % O2"),
        (SMALL.replace("dry", "wet"), "the reference state was read as"),
        (SMALL.replace("0 C", "25 C"), "the reference state was read as"),
        (SMALL.replace("period: 24h", "period: 1h"), "the period was read as 1h"),
        (SMALL.replace("period: 24h", "period: 24h, form: p95"), "the form was read as p95"),
        (SMALL.replace("200 mg", "< 200 mg"), "the operator was read as <"),
        (LARGE.replace("< 20", "20"), "the operator was read as <="),
        (WATER.replace(", form: p95", ""), "the form was read as every"),
        (REMOVAL.replace("75", "70"), "the value was read as >= 70 %"),
        (SMALL.replace("200 mg/m3", "none"), "the value was read as none"),
    ],
)
def test_each_quality_in_which_they_differ_is_told_with_both(reading: str, says: str, library: Library) -> None:
    found = messages(library, reading)
    assert len(found) == 1 and found[0].startswith("GRB275") and says in found[0]


def test_a_day_before_the_first_has_no_limit(library: Library) -> None:
    assert [one[:6] for one in messages(library, SMALL.replace("2026-11-01", "2019-12-31"))] == ["GRB276"]


def test_facts_that_decide_and_were_not_stated_are_named(library: Library) -> None:
    found = messages(library, SMALL.replace("size.thermal: 100 MW", ""))
    assert found[0].startswith("GRB277") and "size.thermal" in found[0]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("SO2", "SO9", "GRB278"),
        ("200 mg/m3", "two hundred", "GRB278"),
        ("100 MW", "huge", "GRB204"),
        ("size.thermal", "size.termal", "GRB207"),
        ("source: a", "source: b", "GRB279"),
        ("2026-11-01", "2026-02-30", "GRB205"),
        ("6 % O2", "60 % O2", "GRB278"),
    ],
)
def test_what_cannot_be_understood_is_told_at_its_line(old: str, new: str, code: str, library: Library) -> None:
    proof = prove(folders([str(library(reading=WATER + "\n" + SMALL.replace(old, new) + "\n"))]))
    assert [(one.code, one.position.line) for one in proof.diagnostics if one.position] == [(code, 7)]


def test_every_limit_at_a_point_must_have_been_read(library: Library, pack_text: str) -> None:
    second = pack_text.replace(
        '  - [large, ">= 300', '  - [extra, "[50, 300) MWth", 150, "-", "-"]\n  - [large, ">= 300'
    )
    folder = library(pack=second, reading=SMALL + "\n")
    told = [one.message("en") for one in prove(folders([str(folder)])).diagnostics]
    assert len(told) == 1 and "t1.extra.SO2 says 150 mg/m3" in told[0]
    library(pack=second, reading=f"{SMALL}\n{SMALL.replace('200 mg', '150 mg')}\n")
    assert prove(folders([str(folder)])).diagnostics == ()


def test_the_line_of_the_pack_is_shown_beside(library: Library) -> None:
    proof = prove(folders([str(library(reading=SMALL.replace("200 mg", "201 mg") + "\n"))]))
    related = proof.diagnostics[0].related[0]
    assert related.position.file.endswith("stack-2020.yaml") and related.position.line == 39


def test_numbers_that_law_prints_in_two_systems_agree_as_far_as_it_rounds(library: Library, pack_text: str) -> None:
    pounds = pack_text.replace("SO2: {unit: mg/m3}", "SO2: {unit: lb/MMBtu, reference: HHV}").replace(
        "2025-01-01: 200", "2025-01-01: 1.2"
    )
    reading = "- {parameter: SO2, medium: stack, when: {size.thermal: 100 MW}, value: 520 ng/J, period: 24h}\n"
    assert prove(folders([str(library(pack=pounds, reading=reading))])).diagnostics == ()
    slip = prove(folders([str(library(pack=pounds, reading=reading.replace("520", "560")))]))
    assert [one.code for one in slip.diagnostics] == ["GRB275"]
