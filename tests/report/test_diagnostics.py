from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from greenbri import messages
from greenbri.errors import Diagnostic, InputError, Position, Related, diagnostic
from greenbri.report import diagnostics as formats
from greenbri.report.diagnostics import github, junit, markdown, sarif, terminal, text
from greenbri.sources import Document, load_yaml

FILE = "examples/项目 1.yaml"
DOUBLE = "名称: 洪沙\n燃料: {煤种: 褐煤, 燃料: 煤}\n燃料: 天然气\n"


def refusal(content: str) -> tuple[list[Diagnostic], dict[str, Document]]:
    with pytest.raises(InputError) as error:
        load_yaml(content.encode(), FILE)
    source = error.value.source
    assert isinstance(source, Document)
    return list(error.value.diagnostics), {FILE: source}


def at(line: int, column: int, end_column: int, **args: object) -> Diagnostic:
    place = Position(FILE, line, column, line, end_column)
    return diagnostic("GRB040", place, {"key": "k", "known": "a, b", "close": "", **args}, pointer="/k")


def hostile() -> Diagnostic:
    key = "a\x1b[31m|`x`<b>\n::error::%0A@team \u202eevil\ud800 ]]>&\"'"
    return diagnostic("GRB012", Position("p\n:,%.yaml", 1, 1, 1, 2), {"key": key})


def test_the_carets_stand_under_chinese_text() -> None:
    found, documents = refusal(DOUBLE)
    lines = terminal.render(found, documents, "en").splitlines()
    (source,) = [number for number, line in enumerate(lines) if line.startswith("3 | ")]
    caret = lines[source + 1]
    assert caret == "  | ^^^^"
    assert cell_len("燃料") == 4
    assert f"{FILE}:3:1" in lines[1]
    assert "first given here" in "".join(lines)


def test_carets_start_after_wide_characters() -> None:
    document = load_yaml("燃料: {煤种: 褐煤}\n".encode(), FILE)
    fault = diagnostic("GRB040", document.position("/燃料/煤种"), {"key": "k", "known": "", "close": ""})
    lines = terminal.render([fault], {FILE: document}, "zh").splitlines()
    source, caret = lines[3], lines[4]
    assert cell_len(source[: source.index("褐煤")]) == cell_len(caret[: caret.index("^")])
    assert caret.count("^") == 4
    assert f"{FILE}:1:10" in lines[1]


def test_a_syntax_error_shows_both_marks() -> None:
    found, documents = refusal("a: [1,\n  2\nb: 3\n")
    shown = terminal.render(found, documents, "en")
    assert "1 | a: [1," in shown
    assert "3 | b: 3" in shown
    assert "- still open here" in shown


def test_a_line_of_any_length_is_cut_around_the_place() -> None:
    found, documents = refusal("a: " + "中" * 100_000 + " \nb: 1\nb: 2\n")
    assert len(terminal.render(found, documents, "en")) < 1000
    found, documents = refusal("a: {x: " + "'" + "中" * 5000 + "', y: 1, y: 2, z: '" + "中" * 5000 + "'}\n")
    shown = terminal.render(found, documents, "en").splitlines()
    sources = [line for line in shown if line.startswith("1 | …")]
    assert max(map(cell_len, shown)) < 260
    assert sources and all("y: 2" in line and line.endswith("…") for line in sources)


def test_source_text_is_never_markup_and_moves_no_cursor() -> None:
    document = Document(None, FILE, "[bold]x[/bold]: \x1b[31m\tred\u202e\n")
    shown = terminal.render([at(1, 1, 7)], {FILE: document}, "en")
    assert "[bold]x[/bold]" in shown
    assert "\x1b" not in shown and "\u202e" not in shown and "\t" not in shown


def test_colour_is_only_given_when_asked_for() -> None:
    found, documents = refusal(DOUBLE)
    assert "\x1b[" not in terminal.render(found, documents, "en")
    coloured = terminal.render(found, documents, "en", colour=True)
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == terminal.render(found, documents, "en")


def test_a_pipe_gets_exactly_one_line_for_each() -> None:
    found, documents = refusal(DOUBLE)
    (line,) = text.render(found, documents, "zh").splitlines()
    assert line.startswith(f"{FILE}:3:1: GRB012 键 `燃料` 出现了两次")
    (line,) = text.render([hostile()], {}, "en").splitlines()
    assert "\x1b" not in line
    assert text.render([diagnostic("GRB901", args={"reason": "x"})], {}, "en").startswith("GRB901 x")


def test_a_cell_of_a_spreadsheet_is_named() -> None:
    fault = diagnostic("GRB041", Position("b.xlsx", 3, 2, 3, 2, "Sheet1!B3"), {"key": "k"})
    assert text.render([fault], {}, "en").startswith("b.xlsx:Sheet1!B3: GRB041 ")
    (result,) = json.loads(sarif.render([fault], {}, "en"))["runs"][0]["results"]
    (location,) = result["locations"]
    assert location["logicalLocations"] == [{"fullyQualifiedName": "Sheet1!B3"}]
    assert "region" not in location["physicalLocation"]


def test_json_holds_every_fact_in_both_languages() -> None:
    found, documents = refusal(DOUBLE)
    (record,) = json.loads(formats.render("json", found, documents, "en"))["diagnostics"]
    assert record["code"] == "GRB012"
    assert record["message"] == {"en": "the key `燃料` is given twice", "zh": "键 `燃料` 出现了两次"}
    assert (record["file"], record["line"], record["column"], record["end_column"]) == (FILE, 3, 1, 3)
    assert record["path"] == "/燃料"
    assert record["related"][0]["line"] == 2


def test_sarif_lists_every_code_as_a_rule() -> None:
    found, documents = refusal(DOUBLE)
    log = json.loads(sarif.render(found, documents, "en"))
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(messages.codes())
    assert all("What to do" in rule["help"]["text"] for rule in rules)
    (result,) = run["results"]
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == "GRB012"
    physical = result["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "examples/%E9%A1%B9%E7%9B%AE%201.yaml"
    assert physical["region"] == {"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 3}
    assert result["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 2
    assert log["version"] == "2.1.0"
    assert run["columnKind"] == "unicodeCodePoints"


def test_a_fingerprint_survives_moved_lines_and_tells_equal_faults_apart() -> None:
    def prints(content: str) -> list[str]:
        found, documents = refusal(content)
        results = json.loads(sarif.render(found, documents, "en"))["runs"][0]["results"]
        return [result["partialFingerprints"]["greenbri/v1"] for result in results]

    assert prints(DOUBLE) == prints("# moved\n\n" + DOUBLE)
    assert prints(DOUBLE) != prints(DOUBLE.replace("天然气", "石油"))
    twice = prints("a: *x\nb:\n- *x\n- *x\n")
    assert len(set(twice)) == 3


def test_junit_fails_a_case_for_each_error_and_passes_a_clean_file() -> None:
    found, documents = refusal(DOUBLE)
    warning = Diagnostic("GRB040", "warning", "GRB012.message", {"key": "k"}, Position("other.yaml", 1, 1, 1, 2))
    clean = {"clean.yaml": Document({}, "clean.yaml", "a: 1\n")}
    root = ElementTree.fromstring(junit.render([*found, warning], {**documents, **clean}, "en"))
    assert root.attrib == {"name": "greenbri", "tests": "3", "failures": "1", "errors": "0"}
    suites = {suite.attrib["name"]: suite for suite in root}
    assert sorted(suites) == sorted(["clean.yaml", FILE, "other.yaml"])
    assert suites[FILE].find("testcase/failure") is not None
    assert suites["clean.yaml"].find("testcase/failure") is None
    assert suites["other.yaml"].find("testcase/system-out") is not None


def test_a_github_annotation_cannot_be_broken_out_of() -> None:
    (line,) = github.render([hostile()], {}, "en").splitlines()
    assert line.startswith("::error file=p %3A%2C%25.yaml,line=1,endLine=1,col=1,endColumn=1,title=GRB012::")
    assert "%250A" in line
    note = Diagnostic("GRB040", "note", "GRB012.message", {"key": "k"})
    assert github.render([note], {}, "en").startswith("::notice title=GRB040::the key `k`")


def test_a_markdown_table_cannot_be_broken_out_of() -> None:
    rows = markdown.render([hostile()], {}, "en").splitlines()
    assert len(rows) == 3
    assert len(re.findall(r"(?<!\\)\|", rows[2])) == 6
    assert "<b>" not in rows[2]
    assert r"\@team" in rows[2]
    assert markdown.render([], {}, "zh") == "未发现问题。\n"


ARGUMENT = st.text(max_size=30)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(ARGUMENT, ARGUMENT, st.integers(1, 5), st.integers(1, 40), st.integers(0, 9)), max_size=4),
    ARGUMENT,
)
def test_any_text_can_be_printed_in_every_format(faults: list[tuple[str, str, int, int, int]], source: str) -> None:
    found = [
        diagnostic(
            "GRB012",
            place := Position(file, line, column, line, column + width),
            {"key": key},
            related=[Related(place, "sources.first")],
        )
        for key, file, line, column, width in faults
    ]
    documents = {file: Document(None, file, source) for _, file, _, _, _ in faults}
    for name in formats.FORMATS:
        for lang in ("en", "zh", "both"):
            rendered = formats.render(name, found, documents, lang)
            assert rendered == formats.render(name, found, documents, lang)
            rendered.encode("utf-8")
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", rendered), name
            if name in ("json", "sarif"):
                json.loads(rendered)
            elif name == "junit":
                ElementTree.fromstring(rendered.encode())
            elif name in ("text", "github"):
                assert len(rendered.splitlines()) == len(found)


def test_an_unknown_format_is_a_fault_of_the_code() -> None:
    with pytest.raises(ValueError, match="no such format"):
        formats.render("../json", [], {}, "en")
