"""`rules coverage`: what cases and readings reach, as exact fractions, and what is missing at its line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from greenbri.cli.rules import rules_app
from greenbri.proving.coverage import Coverage, coverage
from greenbri.proving.coverage_listener import Outcomes, Share
from greenbri.proving.shelf import folders

Library = Callable[..., Path]
Case = Callable[..., str]
READING = "- {source: a, parameter: SO2, medium: stack, when: {size.thermal: 100 MW}, value: 200 mg/m3, period: 24h}\n"


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(rules_app, ["coverage", *arguments], standalone_mode=False)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return int(result.return_value or 0), result.stdout


def of(folder: Path) -> Coverage:
    (found,), faults = coverage(folders([str(folder)]))
    assert faults == ()
    return found


def outcomes(found: Coverage, rule: str) -> Outcomes:
    return next(one for one in found.outcomes if one.rule in (rule, f"xx/stack-2020/{rule}"))


def codes(found: Coverage) -> list[str]:
    return [one.code for one in (*found.faults, *found.missing)]


def test_a_case_reaches_what_comes_out_for_every_rule_of_its_pack(library: Library, case: Case) -> None:
    found = of(library(cases=case("{rule: t1.small.SO2, status: pass}")))
    assert outcomes(found, "t1.small.SO2").reached == {"pass": {"case"}}
    assert outcomes(found, "t1.small.dust").reached == {"unknown": {"case"}}
    assert outcomes(found, "t1.large.SO2").reached == {"not_applicable": {"case"}}
    assert outcomes(found, "t1.small.SO2").missing == ("fail", "unknown", "not_applicable")


def test_a_reading_reaches_both_sides_of_its_limit_and_shows_which_others_do_not_apply(library: Library) -> None:
    found = of(library(reading=READING))
    assert outcomes(found, "t1.small.SO2").reached == {"pass": {"reading"}, "fail": {"reading"}}
    assert outcomes(found, "t1.large.SO2").reached == {"not_applicable": {"reading"}}
    assert outcomes(found, "t1.small.dust").reached == {}


def test_what_fails_and_known_gaps_prove_nothing(library: Library, case: Case) -> None:
    failing = case("{rule: t1.small.SO2, status: fail}")
    gap = case("{rule: t1.small.SO2, status: pass}", name="two").replace("  as_of", "  todo: not yet\n  as_of")
    found = of(library(cases=failing + gap, reading=READING.replace("200", "300")))
    assert found.share.reached == 0
    assert codes(found)[:3] == ["GRB295", "GRB295", "GRB293"]


def test_each_dated_value_wants_a_case_or_a_reading_of_its_time(library: Library) -> None:
    late = of(library(reading=READING))
    assert [(one.rule.split("/")[-1], one.reached) for one in late.segments][:2] == [
        ("t1.small.SO2", False),
        ("t1.small.SO2", True),
    ]
    told = [one.message("en") for one in late.missing if one.code == "GRB292"]
    assert told == ["xx/stack-2020/t1.small.SO2: no case or reading lies between 2020-01-01 and 2024-12-31"]
    early = READING.replace("value: 200", "on: 2024-12-31, value: 400")
    both = of(library(reading=READING + early))
    assert not [one for one in both.missing if one.code == "GRB292"]


def test_a_row_that_sets_no_limit_has_one_outcome_and_is_not_reached_from_outside_it(
    library: Library, case: Case
) -> None:
    cases = case("{rule: t1.small.SO2, status: pass}")
    assert outcomes(of(library(cases=cases)), "t1.large.Hg").missing == ("not_applicable",)
    inside = cases.replace("thermal: 100 MW", "thermal: 400 MW").replace("small.SO2, status: pass", "large.dust")
    assert outcomes(of(library(cases=inside)), "t1.large.Hg").missing == ()


def test_a_group_and_its_first_member_of_the_same_name_are_counted_apart(library: Library) -> None:
    found = of(library())
    assert [one.rule.split("/")[-1] for one in found.outcomes if one.rule.endswith(".COD")] == ["t2.all.COD"] * 2


def test_a_scheme_of_classes_wants_each_of_its_values(library: Library, case: Case) -> None:
    found = of(library(cases=case("{class: xx-size, value: little}")))
    assert outcomes(found, "class.xx-size").missing == ("big",)


def test_clauses_are_counted_against_the_gaps_and_fail_nothing(library: Library, pack_text: str) -> None:
    gaps = "gaps: [{clause: Article 9, en: Not encoded., zh: 未编码。}]\nlimits:"
    found = of(library(pack=pack_text.replace("limits:", gaps, 1)))
    assert str(found.clauses) == "4/5 (80.0 %)"


@pytest.mark.parametrize(
    ("reached", "total", "shown"),
    [(999, 1000, "99.9"), (9999, 10000, "99.9"), (2, 3, "66.6"), (0, 0, "100.0"), (3, 3, "100.0"), (0, 7, "0.0")],
)
def test_a_share_is_never_rounded_up(reached: int, total: int, shown: str) -> None:
    assert str(Share(reached, total)) == f"{reached}/{total} ({shown} %)"


def test_the_command_ends_with_1_and_says_where_something_is_missing(library: Library) -> None:
    folder = str(library(reading=READING))
    code, text = run(folder)
    assert code == 1
    assert "stack-2020.yaml:40:28: GRB291 xx/stack-2020/t1.large.SO2: no case or reading reaches pass, " in text
    assert "xx/stack-2020: outcomes 3/" in text and "t1: cells 1/5 (20.0 %)" in text
    code, gate = run(folder, "--gate")
    assert code == 1 and "GRB291" in gate and "outcomes 3/" not in gate


def test_what_is_whole_passes_the_gate_in_silence(library: Library, pack_text: str, case: Case) -> None:
    head, tail = pack_text.split("coefficients:")[0], ""
    small = """\
limits:
- id: t1
  title: {en: Boilers, zh: 锅炉}
  medium: stack
  period: 24h
  reference: "6 % O2, dry, 0 C, 101.325 kPa"
  source: {clause: Table 1, url: "https://law.example/1", checked: 2026-11-01, status: verified}
  columns: [id, SO2]
  limits: {SO2: {unit: mg/m3}}
  rows: [[small, 200]]
"""
    high = "210 mg/Nm3 @ 6 % O2, dry, 0 C"
    cases = (
        case("{rule: t1.small.SO2, status: pass}")
        + case("{rule: t1.small.SO2, status: fail}", name="two", value=high)
        + case("{rule: t1.small.SO2, status: not_applicable}", name="three").replace("power.coal", "cement")
        + "- {id: four, as_of: 2026-11-01, project: {country: VN, sector: power.coal}, "
        "expect: [{rule: t1.small.SO2, status: unknown}]}\n"
    )
    folder = str(library(pack=head + small + tail, cases=cases))
    assert run(folder, "--gate") == (0, "")
    assert "outcomes 4/4 (100.0 %)" in run(folder)[1]


def test_each_format_can_be_read(library: Library, case: Case) -> None:
    folder = str(library(cases=case("{rule: t1.small.SO2, status: pass}")))
    data = json.loads(run(folder, "--format", "json")[1])
    assert data["packs"][0]["outcomes"]["reached"] == data["total"]["outcomes"]["reached"] > 0
    assert data["packs"][0]["rule_outcomes"][0]["outcomes"]["pass"] == ["case"]
    assert int(ElementTree.fromstring(run(folder, "--format", "junit")[1]).attrib["failures"]) > 0
    assert "| xx/stack-2020 |" in run(folder, "--format", "markdown")[1]
    assert "条款" in run(folder, "--lang", "zh")[1]


def test_a_pack_that_cannot_be_read_is_bad_input_and_the_others_are_counted(library: Library, pack_text: str) -> None:
    folder = library(reading=READING)
    (folder / "broken.yaml").write_text(pack_text.replace("mg/m3}\n    dust", "mg/m9}\n    dust"), "utf-8")
    code, text = run(str(folder))
    assert code == 2 and "xx/stack-2020: outcomes 3/" in text
