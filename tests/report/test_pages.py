"""What the sections of a report gather from an assessment."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.report import factory

from greenbri.model.assessment import Score
from greenbri.model.finding import Finding
from greenbri.model.project import Subject
from greenbri.report.pages import actions, charts, comparison, crosswalk, method, notation


def with_findings(*findings: Finding, **more: object):  # type: ignore[no-untyped-def]
    return factory.red(now=factory.snapshot(findings, "red"), at_operation=None, **more)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("SO2", "SO<sub>2</sub>"),
        ("NOx as NO2", "NO<sub>x</sub> as NO<sub>2</sub>"),
        ("PM2.5, PM10", "PM<sub>2.5</sub>, PM<sub>10</sub>"),
        ("BOD5 CODCr NH3-N", "BOD<sub>5</sub> COD<sub>Cr</sub> NH<sub>3</sub>-N"),
        ("6 % O2, dry, 0 C", "6 % O<sub>2</sub>, dry, 0 °C"),
        ("85 mg/Nm3, 3 ug/m3, 40 m3/d", "85 mg/Nm³, 3 µg/m³, 40 m³/d"),
        ("Table 6 C, B2, Annex V, 40 CFR 60.43Da", "Table 6 C, B2, Annex V, 40 CFR 60.43Da"),
        ("a < b & c", "a &lt; b &amp; c"),
        ("gCO2/kWh", "gCO2/kWh"),
    ],
)
def test_formulas_and_units_are_set_and_the_rest_is_left_alone(text: str, marked: str) -> None:
    assert notation.marked(text) == marked


def test_a_state_is_said_in_chinese_in_a_chinese_report() -> None:
    assert notation.quantity("85 mg/Nm3 @ 6 % O2, dry", "zh") == "85 mg/Nm³ @ 6 % O<sub>2</sub>, 干基"
    assert notation.quantity("25 C") == "25 °C"


def test_a_gap_is_one_row_however_many_standards_it_fails() -> None:
    plan = actions.plan(factory.red())
    (row,) = [one for one in plan if one.kind == "fail" and one.gap.en.startswith("SO2 at stack-1")]
    assert row.cut == "8.8"
    assert row.standards == ("Decree No. 81/PM on the National Environmental Standards (2017), Table 9",)
    assert row.milestone.en == "before financial close"
    assert "≤ 320 mg/Nm3" in row.action.en and "≤ 320 mg/Nm3" in row.indicator.zh


def test_benchmarks_make_no_action() -> None:
    assert not [one for one in actions.plan(factory.red()) if "NOx" in one.gap.en and one.kind == "fail"]


def test_an_accepted_plan_sets_the_deadline() -> None:
    (row,) = [one for one in actions.plan(factory.red()) if one.gap.en == "Grievance mechanism in operation"]
    assert (row.accepted, row.milestone.en, row.owner.en) == (
        "lender-action-plan", "by 2026-12-31", "Sponsor, accepted by the lender",
    )  # fmt: skip


def test_design_values_get_their_test_at_commissioning() -> None:
    proofs = [one for one in actions.plan(factory.red()) if one.kind == "indicative"]
    assert [one.gap.en for one in proofs] == ["NOx at stack-1 are met on design values only"]
    assert proofs[0].milestone.en == "at commissioning (2029-01-01)"


def test_the_most_decisive_questions_close_the_plan() -> None:
    last = actions.plan(factory.red())[-4:]
    assert [one.action.en for one in last] == [one.message.en for one in factory.red().now.questions]


@pytest.mark.parametrize(
    ("due", "chinese"),
    [
        ("before construction (2026-12-01)", "开工前 (2026-12-01)"),
        ("before first disbursement", "首次放款前"),
        ("30 working days after operation (2029-01-31)", "30个工作日内，自投运 (2029-01-31)"),
    ],
)
def test_due_texts_are_said_in_chinese(due: str, chinese: str) -> None:
    assert actions.due_in_chinese(due) == chinese


def test_subjects_that_are_alike_share_their_rows() -> None:
    base = factory.limit_finding("la/nes-81-2017", "Table 9", "fail", "SO2", ("320", "400", "mg/Nm3"))
    found = [replace(base, subject=f"stack-{number}") for number in (1, 2, 3)]
    other = factory.limit_finding(
        "la/nes-81-2017", "Table 9", "fail", "SO2", ("320", "500", "mg/Nm3"), subject="stack-4"
    )
    subjects = tuple(Subject(f"stack-{number}", "stack", f"/sources/{number}") for number in (1, 2, 3, 4))
    tables = comparison.unsettled(with_findings(*found, other, project=factory.project(subjects=subjects)))
    assert [[name for name, _ in one.subjects] for one in tables] == [["stack-1", "stack-2", "stack-3"], ["stack-4"]]


def test_every_limit_of_the_assessment_is_in_exactly_one_table() -> None:
    assessment = factory.red()
    shown: list[str] = []
    for table in comparison.unsettled(assessment):
        shown += [row.finding.rule for figure in table.figures for row in figure.rows]
    shown += [row.finding.rule for group in comparison.open_benchmarks(assessment) for row in group.rows]
    shown += [row.finding.rule for group in comparison.blanks(assessment) for row in group.rows]
    shown += [row.finding.rule for row in comparison.met(assessment)]
    limits = [
        one.rule for one in assessment.now.findings if comparison.is_limit(one) and one.status != "not_applicable"
    ]
    unseen = sum(one.limits for one in comparison.unseen(assessment))
    assert len(shown) == len(set(shown)) and set(shown) <= set(limits)
    assert len(shown) + unseen == len(limits)


def test_the_crosswalk_puts_jurisdictions_side_by_side_as_printed() -> None:
    (stack, *_) = crosswalk.crosswalks(factory.red())
    assert [column for column, _ in stack.columns] == ["host", "PROJECT", "CN", "EU", "US", "WBG"]
    cells = next(cells for parameter, cells in stack.rows if parameter == "SO2")
    assert [[one.limit for one in cell] for cell in cells] == [
        ["≤ 320 mg/Nm3"],
        ["≤ 400 mg/Nm3"],
        ["≤ 100 mg/Nm3"],
        ["≤ 150 mg/Nm3"],
        ["≤ 1.4 lb/MWh", "≤ 97 %"],
        ["≤ 850 mg/Nm3"],
    ]
    assert [name.en for name, _ in stack.alone] == ["Lao PDR", "China"]


def test_bars_are_cut_at_twice_the_limit_and_intervals_are_marked() -> None:
    high = charts.bar(factory.limit_finding("la/nes-81-2017", "T", "fail", "SO2", ("100", "350", "mg/Nm3")))
    assert high is not None and (high.end, high.beyond, high.limit, high.label) == (100.0, True, 50.0, "3.5")
    open_ = factory.limit_finding("la/nes-81-2017", "T", "unknown", "SO2", ("100", "", "mg/Nm3"))
    seen = factory.measure(None, "mg/Nm3", "", "", low="80", high="120")
    interval = charts.bar(replace(open_, normalised=seen))
    assert interval is not None and (interval.start, interval.end, interval.open) == (40.0, 60.0, True)
    assert charts.bar(open_) is None


def test_a_score_that_is_a_point_can_still_be_seen() -> None:
    assert charts.score(Score(Fraction(0), Fraction(0))) == (0.0, 0.8)
    assert charts.score(Score(Fraction(100), Fraction(100))) == (99.2, 100.0)


def test_the_timeline_holds_the_dated_milestones_in_order() -> None:
    line = charts.timeline(factory.red().now.milestones, factory.DAY)
    assert line is not None
    assert [one.number for one in line.stops] == [1, 2, 3] and line.stops[0].x < line.stops[1].x
    assert line.stops[1].row != line.stops[2].row or line.stops[2].x - line.stops[1].x >= 26
    assert charts.timeline(factory.red().now.milestones[3:], factory.DAY) is None


def test_equal_calculations_are_printed_once_with_all_that_rest_on_them() -> None:
    (one,) = method.calculations(factory.red())
    assert len(one.steps) == 2 and len(one.findings) == 4
    assert one.stated == "300 mg/Nm3 @ 7 % O2, dry, 25 C"
