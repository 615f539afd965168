"""Hand-written cases: what agrees passes in silence, what does not is told at its line with both outcomes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from greenbri.proving.proof import Proof, prove
from greenbri.proving.shelf import folders

Library = Callable[..., Path]
Case = Callable[..., str]


def told(proof: Proof) -> list[tuple[str, int]]:
    return [(one.code, one.position.line) for one in proof.diagnostics if one.position is not None]


def test_a_case_that_agrees_says_nothing(library: Library, case: Case) -> None:
    cases = case("{rule: t1.small.SO2, status: pass, normalised: 190, value: 200}")
    proof = prove(folders([str(library(cases=cases))]))
    assert [one.message("en") for one in proof.diagnostics] == []
    assert proof.counts["cases"] == 1 and proof.counts["cases_failed"] == 0


@pytest.mark.parametrize(
    ("expect", "code", "says"),
    [
        ("{rule: t1.small.SO2, status: fail}", "GRB270", "is pass, expected fail"),
        ("{rule: t1.small.SO2, status: pass, normalised: 191}", "GRB270", "is 190, expected 191"),
        ("{rule: t1.small.SO2, status: pass, value: 400}", "GRB270", "is 200, expected 400"),
        ("{rule: t1.small.SO2, status: pass, indicative: true}", "GRB270", "is no, expected yes"),
        ("{rule: t1.small.SO2, status: pass, governing: false}", "GRB270", "expected no"),
        ("{rule: t1.small.dust, status: unknown, cause: averaging}", "GRB270", "is no_data, expected averaging"),
        ("{rule: t1.large.SO2, status: pass}", "GRB270", "is not_applicable, expected pass"),
        ("{rule: t1.smal.SO2, status: pass}", "GRB272", "near: t1.small.SO2"),
        ("{class: xx-size, value: big}", "GRB270", "is little, expected big"),
        ("{status: pass}", "GRB271", "either a rule or a class"),
    ],
)
def test_a_case_that_does_not_agree_is_told_at_its_expectation(
    expect: str, code: str, says: str, library: Library, case: Case
) -> None:
    proof = prove(folders([str(library(cases=case(expect)))]))
    assert told(proof) == [(code, 10)]
    assert says in proof.diagnostics[0].message("en")
    assert proof.diagnostics[0].message("zh")


@pytest.mark.parametrize(
    ("expected", "agrees"),
    [
        ("108", True),
        ("107.69", True),
        ("107.7", True),
        ("107.6", False),
        ("109", False),
        ("107.692", True),
        ("107.690", False),
    ],
)
def test_a_normalised_value_is_compared_to_the_digits_of_the_case(
    expected: str, agrees: bool, library: Library, case: Case
) -> None:
    # 93.333 at 8 % O2 is 93.333 x 15/13 = 107.69154 at 6 %
    text = case(f"{{rule: t1.small.SO2, normalised: {expected}}}", value="93.3333333 mg/Nm3 @ 8 % O2, dry, 0 C")
    assert (prove(folders([str(library(cases=text))])).counts["cases_failed"] == 0) is agrees


def test_a_case_may_name_several_days(library: Library, case: Case) -> None:
    both = case(
        "{rule: t1.small.SO2, status: pass}", on="[2024-12-31, 2025-01-01]", value="300 mg/Nm3 @ 6 % O2, dry, 0 C"
    )
    proof = prove(folders([str(library(cases=both))]))
    assert ["2025-01-01" in one.message("en") for one in proof.diagnostics] == [True]


def test_a_rule_id_may_be_written_with_its_pack(library: Library, case: Case) -> None:
    text = case("{rule: xx/stack-2020/t1.small.SO2, status: pass}")
    assert prove(folders([str(library(cases=text))])).diagnostics == ()


def test_a_group_of_alternatives_and_its_members_have_expectations_of_their_own(library: Library) -> None:
    cases = """\
- id: removal
  as_of: 2026-11-01
  project: {country: VN, sector: power.coal, facts: {xx.zone: a},
            sources: [{id: w, kind: effluent, observations: [
              {parameter: COD, value: "120 mg/L", period: 24h, statistic: p95,
               covers: {from: 2025-01-01, to: 2025-12-31}},
              {parameter: removal.COD, value: "80 %", period: 24h, statistic: p5,
               covers: {from: 2025-01-01, to: 2025-12-31}}]}]}
  expect: [{rule: t2.all.COD.removal, value: 75}]
"""
    proof = prove(folders([str(library(cases=cases))]))
    assert [one.message("en") for one in proof.diagnostics] == []


def test_a_known_gap_does_not_fail_and_is_told_once_it_is_closed(library: Library, case: Case) -> None:
    open_gap = case("{rule: t1.small.SO2, status: fail}").replace("  as_of", "  todo: not yet\n  as_of")
    closed = case("{rule: t1.small.SO2, status: pass}", name="two").replace("  as_of", "  todo: not yet\n  as_of")
    proof = prove(folders([str(library(cases=open_gap + closed))]))
    assert [one.code for one in proof.diagnostics] == ["GRB274"]
    assert proof.counts["todo"] == 2 and proof.counts["todo_passed"] == 1 and proof.counts["cases"] == 0


def test_a_project_that_cannot_be_read_fails_its_case_alone(library: Library, case: Case) -> None:
    broken = case("{rule: t1.small.SO2, status: pass}").replace("190 mg/Nm3", "190 furlongs")
    proof = prove(folders([str(library(cases=broken + case("{rule: t1.small.SO2, status: pass}", name="two")))]))
    assert [line for _, line in told(proof)] == [7]
    assert proof.counts["cases_failed"] == 1


def test_cases_of_another_pack_are_refused(library: Library, case: Case) -> None:
    folder = library(cases=case("{rule: t1.small.SO2, status: pass}"))
    path = folder / "cases" / "stack-2020.yaml"
    path.write_text(path.read_text("utf-8").replace("pack: xx/stack-2020", "pack: xx/other"), "utf-8")
    assert told(prove(folders([str(folder)]))) == [("GRB273", 2)]


def test_a_case_file_that_is_misspelt_is_told_and_hides_nothing_else(library: Library) -> None:
    folder = library(cases="- {id: one, projct: {}, expect: []}\n", reading="")
    codes = {one.code for one in prove(folders([str(folder)])).diagnostics}
    assert {"GRB040", "GRB041"} <= codes


def test_two_cases_of_one_name_are_refused(library: Library, case: Case) -> None:
    twice = case("{rule: t1.small.SO2, status: pass}") * 2
    assert [code for code, _ in told(prove(folders([str(library(cases=twice))])))] == ["GRB215"]
