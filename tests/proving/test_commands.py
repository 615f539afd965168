"""The commands `rules list`, `show`, `check` and `test`: formats, exit codes, and what they name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from greenbri.cli.rules import rules_app
from greenbri.errors import InputError, UsageError
from greenbri.proving.boundaries import boundaries
from greenbri.proving.printed import printed
from greenbri.proving.shelf import folders, pack_paths, read_shelf

Library = Callable[..., Path]
Case = Callable[..., str]


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(rules_app, list(arguments), standalone_mode=False)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return int(result.return_value or 0), result.stdout


def test_list_prints_an_array_of_records(library: Library) -> None:
    code, text = run("list", str(library()), "--format", "json", "--parameter", "二氧化硫", "--as-of", "2026-11-01")
    assert code == 0
    assert [one["value"] for one in json.loads(text)] == [200, 100]


def test_list_with_a_faulty_pack_never_ends_with_0(library: Library, pack_text: str) -> None:
    folder = library(pack=pack_text.replace("mg/m3}\n    dust", "mg/m9}\n    dust"))
    assert run("list", str(folder))[0] == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "--parameter", "SO9"),
        ("list", "--sector", "nowhere"),
        ("list", "--jurisdiction", "ZQ"),
        ("list", "--as-of", "yesterday"),
        ("list", "--format", "xml"),
        ("list", "no/such-pack"),
        ("show", "no/such-pack"),
        ("check", "--format", "pdf"),
        ("test", "no-such-folder"),
    ],
)
def test_what_cannot_be_asked_is_bad_usage(arguments: tuple[str, ...]) -> None:
    with pytest.raises(UsageError) as error:
        run(*arguments)
    assert error.value.exit_code == 2 and error.value.diagnostics[0].message("en")


def test_show_prints_tables_as_in_the_law_with_their_source(library: Library) -> None:
    path = str(library() / "stack-2020.yaml")
    text = printed(path)
    assert "XX 1-2020  Emission limits of boilers" in text
    assert "id     size.thermal" in text and "SO2 (mg/m3)" in text
    assert "source: Table 1  verified  2026-11-01  https://law.example/1" in text
    assert "锅炉排放限值" in printed(path, lang="zh") and "锅炉排放限值" in printed(path, lang="both")


def test_show_prints_one_rule_by_its_id() -> None:
    first = next(rule for rule in read_shelf().packs[0].rules)
    text = printed(first.id)
    assert text.startswith(first.id) and "source:" in text
    with pytest.raises(UsageError):
        printed(f"{first.id}-nothing")


def test_show_facts_gives_a_second_reader_the_words_and_no_number(library: Library) -> None:
    text = printed(str(library() / "stack-2020.yaml"), facts=True)
    assert "xx.zone: a, b" in text and "Which zone?" in text and "size.thermal: MWth" in text
    assert not any(number in text for number in ("300", "400", "100", "50"))


def test_show_of_a_faulty_pack_says_where(library: Library, pack_text: str) -> None:
    with pytest.raises(InputError) as error:
        printed(str(library(pack=pack_text.replace("medium: stack", "medium: nowhere")) / "stack-2020.yaml"))
    assert error.value.diagnostics[0].position is not None


def test_check_ends_with_0_for_a_good_pack_and_with_1_for_another(library: Library, pack_text: str) -> None:
    folder = library()
    code, text = run("check", str(folder))
    assert (code, text.count("\n")) == (0, 1)
    library(pack=pack_text.replace("version: 1.0.0\ntitle", "version: 1.0.1\ntitle"))
    code, text = run("check", str(folder))
    assert code == 1 and "stack-2020.yaml:3:10: GRB266" in text


def test_test_prints_one_line_for_each_failure_and_the_counts(library: Library, case: Case) -> None:
    folder = library(cases=case("{rule: t1.small.SO2, status: fail}"))
    code, text = run("test", str(folder))
    lines = text.splitlines()
    assert code == 1 and len(lines) == 2
    assert "cases/stack-2020.yaml:10:5: GRB270" in lines[0] and "cases: 1, failed: 1" in lines[1]
    assert run("test", str(library(cases=case("{rule: t1.small.SO2, status: pass}"))))[0] == 0


@pytest.mark.parametrize("command", ["check", "test"])
def test_every_format_is_what_it_says(command: str, library: Library, pack_text: str, case: Case) -> None:
    pack = pack_text.replace("version: 1.0.0\ntitle", "version: 1.0.1\ntitle")
    folder = str(library(pack=pack, cases=case("{rule: t1.small.SO2, status: fail}")))
    code = {"check": "GRB266", "test": "GRB270"}[command]
    assert json.loads(run(command, folder, "--format", "json")[1])["diagnostics"][0]["code"] == code
    sarif = json.loads(run(command, folder, "--format", "sarif")[1])["runs"][0]
    assert sarif["results"][0]["ruleId"] == code
    assert code in {rule["id"] for rule in sarif["tool"]["driver"]["rules"]}
    assert ElementTree.fromstring(run(command, folder, "--format", "junit")[1]).tag == "testsuites"
    assert run(command, folder, "--format", "github")[1].startswith(("::warning", "::error"))
    assert run(command, folder, "--format", "markdown")[1].startswith("|")


def test_generated_cases_are_notes_and_never_counted(library: Library) -> None:
    folder = library()
    code, text = run("test", str(folder), "--boundaries")
    assert code == 0 and "GRB280" in text and "cases: 0" in text


def test_generated_cases_show_the_edges_of_a_limit(library: Library) -> None:
    pack = read_shelf([str(library())]).packs[0]
    found = {(one.rule.rpartition("/")[2], one.what): one.status for one in boundaries(pack)}
    assert found["t1.small.SO2", "at"] == "pass" and found["t1.small.SO2", "over"] == "fail"
    assert found["t1.large.dust", "at"] == "fail" and found["t1.large.dust", "under"] == "pass"
    assert found["t1.large.SO2", "day_before"] == "not_applicable" and found["t1.large.SO2", "first_day"] == "pass"
    assert found["t1.small.dust", "wet"].startswith("unknown")


def test_a_path_may_be_a_folder_a_file_an_id_or_a_jurisdiction(library: Library, case: Case) -> None:
    folder = library(cases=case("{rule: t1.small.SO2}"), reading="")
    pack = folder / "stack-2020.yaml"
    for named in (
        folder,
        pack,
        folder / "cases",
        folder / "cases" / "stack-2020.yaml",
        folder / "stack-2020.reading.yaml",
    ):
        assert pack_paths([str(named)]) == (pack,), named
    assert folders([str(folder / "cases" / "stack-2020.yaml")])[0].reading is None
    shipped = pack_paths()
    first = shipped[0]
    assert pack_paths([f"{first.parent.name}/{first.stem}"]) == (first,)
    assert set(pack_paths([first.parent.name.upper()])) == {path for path in shipped if path.parent == first.parent}


def test_the_library_as_a_folder_is_the_library(library: Library) -> None:
    from greenbri.resources import rules_dir

    assert pack_paths([str(rules_dir())]) == pack_paths()
