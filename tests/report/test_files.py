from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.report import factory

from greenbri.errors import OutputError, UsageError
from greenbri.model.assessment import Assessment
from greenbri.report import FORMATS, check_targets, format_of, render, targets, write


@dataclass(frozen=True)
class Done:
    assessment: Assessment
    embedded: Mapping[str, Any] = field(default_factory=dict)


@pytest.mark.parametrize(
    ("name", "format_"),
    [
        ("a.pdf", "pdf"), ("a.HTML", "html"), ("x/y.json", "json"), ("a.sarif", "sarif"), ("a.sarif.json", "sarif"),
        ("a.junit.xml", "junit"), ("a.md", "markdown"), ("a.csv", "csv"),
    ],
)  # fmt: skip
def test_the_ending_of_a_name_says_the_format(name: str, format_: str) -> None:
    assert format_of(name) == format_


def test_another_ending_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError) as error:
        format_of("report.docx")
    (told,) = error.value.diagnostics
    assert told.code == "GRB321" and ".pdf" in (told.remedy("en") or "")


def test_without_an_output_a_summary_comes_with_a_pdf_and_another_format_alone() -> None:
    assert targets([], "terminal") == [Path("{id}.pdf")]
    assert targets([], "json") == []
    assert targets([], "terminal", explain=True) == []
    assert targets([Path("a.md")], "terminal") == [Path("a.md")]


def test_several_projects_need_a_name_for_each_or_a_format_that_holds_all(tmp_path: Path) -> None:
    inputs = [Path("a.yaml"), Path("b.yaml")]
    check_targets([tmp_path / "all.json", tmp_path / "{id}.pdf"], inputs)
    with pytest.raises(UsageError) as error:
        check_targets([tmp_path / "all.pdf"], inputs)
    assert error.value.diagnostics[0].code == "GRB322"


def test_a_folder_that_does_not_exist_is_told_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as error:
        check_targets([tmp_path / "no" / "{id}.pdf"], [Path("a.yaml")])
    assert error.value.diagnostics[0].code == "GRB301"


def test_a_file_for_each_project_or_one_for_all(tmp_path: Path) -> None:
    done = [Done(factory.red(), {"receipt": {"tool": "x"}}), Done(factory.green())]
    assert [path.name for path in write(tmp_path / "{id}.json", done)] == ["lao-coal-demo.json", "lao-coal-green.json"]
    assert json.loads((tmp_path / "lao-coal-demo.json").read_text())["embedded"]["receipt"] == {"tool": "x"}
    (together,) = write(tmp_path / "all.json", done)
    assert len(json.loads(together.read_text())) == 2


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("pdf", "xlsx")])
def test_every_format_is_rendered_in_every_language(name: str) -> None:
    for lang in ("en", "zh", "both"):
        assert render(name, [factory.red()], lang).endswith(b"\n")
