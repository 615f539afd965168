"""CSV, Markdown, SARIF and JUnit."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from tests.report import factory

from greenbri.model.rule import Text
from greenbri.report import render


def rows(*assessments: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render("csv", assessments).decode())))  # type: ignore[arg-type]


def test_csv_has_a_row_for_each_finding_of_every_project() -> None:
    found = rows(factory.red(), factory.green())
    assert len(found) == len(factory.red().now.findings) + len(factory.green().now.findings)
    first = found[0]
    assert (first["project"], first["light"], first["rule"]) == ("lao-coal-demo", "red", "la/nes-81-2017/table-9/SO2")
    assert (first["normalised_value"], first["limit_value"]) == ("350.84725817839491645", "320")
    assert first["margin"].startswith("-30.8")
    assert {row["status"] for row in found} == {"pass", "fail", "unknown", "not_applicable", "waived"}


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\r=1", "＝1", "＋1", "－1", "＠x"])
def test_csv_text_is_never_a_formula(start: str) -> None:
    first = replace(factory.red().now.findings[0], message=Text(start, start), evidence=start)
    found = rows(factory.red(now=factory.snapshot([first], "red"), at_operation=None))
    assert found[0]["message_en"].startswith("'") and found[0]["evidence"].startswith("'")


def test_markdown_text_from_outside_neither_formats_nor_mentions() -> None:
    name = Text("*x* @team [a](http://b) <script>|", "")
    text = render("markdown", [factory.red(project=replace(factory.project(), name=name))]).decode()
    assert r"\*x\* \@team \[a\]\(http://b\) &lt;script&gt;\|" in text


def test_markdown_tables_have_as_many_cells_as_heads() -> None:
    for lang in ("en", "zh", "both"):
        lines = render("markdown", [factory.red()], lang).decode().splitlines()
        for above, line in pairwise(lines):
            if above.startswith("| ") and line.startswith("| "):
                assert above.replace(r"\|", "").count("|") == line.replace(r"\|", "").count("|")


def test_sarif_grades_findings_by_what_binds() -> None:
    run = json.loads(render("sarif", [factory.red()]))["runs"][0]
    graded = {(one["ruleId"], one["properties"]["subject"]): one for one in run["results"]}

    def grade(rule: str, subject: str = "stack-1") -> tuple[object, object]:
        one = graded[rule, subject]
        return one["level"], one.get("kind")

    assert grade("la/nes-81-2017/table-9/SO2") == ("error", None)
    assert grade("bri/gdg-2020/ch.-4", "project") == ("warning", None)
    assert grade("cn/gb-13223-2011/table-1/NOx") == ("note", None)
    assert grade("la/eia-389-2022/art.-60", "project") == ("warning", None)
    assert grade("la/nes-81-2017/table-9/CO") == ("note", None)
    assert grade("la/nes-81-2017/table-9/dust") == ("none", "pass")
    assert grade("la/nes-81-2017/table-12/TN", "outfall-1") == ("none", "notApplicable")
    assert grade("la/eia-389-2022/art.-48", "project") == ("none", "informational")
    (waiver,) = graded["la/nes-81-2017/table-12/TSS", "outfall-1"]["suppressions"]
    assert waiver == {"kind": "external", "status": "accepted", "justification": "Letter 77/MONRE of 2026-01-10"}


def test_sarif_points_into_the_project_file() -> None:
    run = json.loads(render("sarif", [factory.red()]))["runs"][0]
    (place,) = run["results"][0]["locations"]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "lao-coal-demo.yaml"},
        "region": {"startLine": 42, "startColumn": 9},
    }
    assert run["tool"]["driver"]["rules"][run["results"][3]["ruleIndex"]]["id"] == run["results"][3]["ruleId"]


def test_sarif_fingerprints_are_distinct_and_stay_when_lines_move() -> None:
    def prints(**more: object) -> list[str]:
        run = json.loads(render("sarif", [factory.red(**more)]))["runs"][0]
        return [one["partialFingerprints"]["greenbri/v1"] for one in run["results"]]

    assert len(set(prints())) == len(prints())
    assert prints() == prints(positions={"/sources/0": (99, 1)})


def test_junit_fails_what_binds_and_passes_only_what_is_met() -> None:
    root = ElementTree.fromstring(render("junit", [factory.red(), factory.green()]))
    suite = root[0]
    assert suite.get("name") == "lao-coal-demo"
    cases = {case.get("name"): [child.tag for child in case] for case in suite.iter("testcase")}
    assert cases["la/nes-81-2017/table-9/SO2 [stack-1]"] == ["failure"]
    assert cases["cn/gb-13223-2011/table-1/NOx [stack-1]"] == ["skipped"]
    assert cases["la/eia-389-2022/art.-60 [project]"] == ["error"]
    assert cases["la/eia-389-2022/art.-48 [project]"] == ["skipped"]
    assert cases["la/nes-81-2017/table-9/dust [stack-1]"] == []
    assert int(suite.get("tests", 0)) == len(cases) == len(factory.red().now.findings)
    assert int(root.get("failures", 0)) == 3


def test_junit_does_not_pass_a_figure_at_face_value_of_a_plant_that_runs() -> None:
    one = replace(factory.green().now.findings[0], indicative=True)
    running = factory.red(now=factory.snapshot([one], "green", basis="measured"), at_operation=None)
    (case,) = ElementTree.fromstring(render("junit", [running])).iter("testcase")
    assert [child.tag for child in case] == ["skipped"]
