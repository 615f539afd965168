from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from tests.report import factory

from greenbri.model.rule import Text
from greenbri.report import render
from greenbri.report.request import render_markdown, render_xlsx, requests

openpyxl = pytest.importorskip("openpyxl")

NAMES = {
    "en": ["Overview", "Register", "Limits", "Actions", "Missing data", "Citations"],
    "zh": ["概览", "合规登记", "限值对照", "行动计划", "缺失数据", "引文"],
}


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def book() -> Any:
    return opened(render("xlsx", [factory.red()], "en"))


def column(sheet: Any, title: str) -> list[Any]:
    number = next(cell.column for cell in sheet[1] if cell.value == title)
    return [sheet.cell(row, number).value for row in range(2, sheet.max_row + 1)]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_sheets_are_named_in_the_language_asked_for(lang: str) -> None:
    assert opened(render("xlsx", [factory.red()], lang)).sheetnames == NAMES[lang]


def test_both_languages_stand_in_one_cell() -> None:
    both = opened(render("xlsx", [factory.red()], "both"))
    assert both.sheetnames[1] == "合规登记 - Register"
    assert both.worksheets[1]["E1"].value == "条款 / Clause"


def test_every_sheet_has_a_filter_and_a_heading_that_stays(book: Any) -> None:
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")


def test_the_light_stands_on_the_first_sheet(book: Any) -> None:
    values = dict(zip(column(book["Overview"], "What"), column(book["Overview"], "Value"), strict=True))
    assert values["Light"] == "RED: does not comply"


def test_the_register_has_every_finding_with_its_status(book: Any) -> None:
    findings = factory.red().deciding_snapshot.findings
    assert column(book["Register"], "Rule") == [one.rule for one in findings]
    assert {"not met", "unknown", "met"} <= set(column(book["Register"], "Status"))


def test_limits_and_values_are_numbers_beside_their_unit(book: Any) -> None:
    values = [one for one in column(book["Limits"], "Value") if one is not None]
    assert values and all(isinstance(one, (int, float)) for one in values)
    assert all(column(book["Limits"], "Unit"))


def test_owner_deadline_and_state_are_left_to_the_user(book: Any) -> None:
    sheet = book["Actions"]
    for title in ("Owner", "Deadline", "State"):
        assert set(column(sheet, title)) == {None}
    (validation,) = sheet.data_validations.dataValidation
    assert validation.formula1 == '"open,in progress,done"'


def test_every_clause_that_was_applied_is_cited_once(book: Any) -> None:
    rows = [tuple(cell.value for cell in row) for row in book["Citations"].iter_rows(min_row=2)]
    assert len(rows) == len(set(rows)) > 5
    cited = {(row[0], row[1] or "") for row in rows}
    applied = {(one.citation.instrument, one.citation.clause) for one in factory.red().now.findings}
    assert cited >= applied - {("", "")}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "＝", "＋", "－", "＠", " ="])
def test_no_text_becomes_a_formula(start: str) -> None:
    bad = f'{start}HYPERLINK("https://evil.example","x")'
    assessment = factory.red()
    first = replace(assessment.now.findings[0], message=Text(bad, bad), evidence=bad, subject=bad)
    now = replace(assessment.now, findings=(first, *assessment.now.findings[1:]))
    content = render("xlsx", [replace(assessment, now=now, project=replace(assessment.project, name=Text(bad, bad)))])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            assert b"<f>" not in archive.read(name) and b"<f " not in archive.read(name)
    marked = [cell for sheet in opened(content).worksheets for row in sheet for cell in row
              if isinstance(cell.value, str) and "HYPERLINK" in cell.value and cell.column_letter in "GNP"]  # fmt: skip
    assert marked and all(cell.data_type == "s" for cell in marked)
    assert all(cell.quotePrefix for cell in marked if cell.value.startswith(bad.strip()[:1]))


def test_characters_that_no_workbook_holds_are_left_out() -> None:
    assessment = factory.red()
    first = replace(assessment.now.findings[0], evidence="a\x00\x0bb\ud800c" + "x" * 40_000)
    content = render("xlsx", [replace(assessment, now=replace(assessment.now, findings=(first,)))])
    (told,) = column(opened(content)["Register"], "Evidence")
    assert told.startswith("a") and "c" in told[:5] and len(told) < 32_767
    assert not re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff]", told)


def test_the_same_assessment_gives_the_same_bytes_with_no_clock() -> None:
    one = render("xlsx", [factory.red()], "both")
    assert one == render("xlsx", [factory.red()], "both")
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\d", core)) == {"2026-06-01"}


def test_the_request_says_who_asks_what_why_and_in_which_form() -> None:
    letter = render_markdown(factory.red(), "en", asker="Export Bank")
    assert "This request comes from Export Bank" in letter
    assert "## 1. What is the oxygen content of the flue gas at stack-1?" in letter
    assert letter.count("Form of the answer:") == len(factory.red().now.questions)
    assert "RED: does not comply" in letter and "2026-06-01" in letter


def test_without_a_name_the_letter_has_no_blank_to_fill() -> None:
    letter = render_markdown(factory.red(), "both")
    assert not re.search(r"\[\s*\]|_{3,}|\{|TODO|XX", letter)
    assert "环境资料补充函" in letter and "Request for environmental information" in letter


def test_of_many_questions_the_first_are_asked_and_the_number_of_all_is_told() -> None:
    assessment = factory.red()
    assert len(requests(assessment, 2)) == 2
    assert f"It lacks {len(assessment.now.questions)} facts; the 2 most decisive follow" in render_markdown(
        assessment, "en", most=2
    )


def test_the_request_as_a_workbook_has_room_for_each_answer() -> None:
    book = opened(render_xlsx(factory.red(), "both"))
    assert book.sheetnames == ["函 - Letter", "缺失数据 - Missing data"]
    sheet = book.worksheets[1]
    assert sheet.max_row == len(factory.red().now.questions) + 1
    assert set(column(sheet, "答复 / Answer")) == {None}
