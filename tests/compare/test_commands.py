"""The commands compare and horizon: formats, languages, refusals, and a project of its own."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
import yaml

from greenbri.cli.app import run
from greenbri.compare.wording import say
from greenbri.proving.listing_text import width

from .build import body, limit

PROJECT = """
schema: 1
id: plant
country: VN
sector: power.coal
fuel: coal.bituminous
status: operating
name: {en: Plant, zh: 电厂}
sources:
- id: s1
  kind: stack
  observations:
  - {parameter: SO2, value: "90 mg/Nm3 @ 7 % O2, dry, 0 C", period: 1h, statistic: max}
"""
QUESTION = ("--sector", "power.coal", "--parameter", "SO2", "--as-of", "2026-11-22")


@pytest.fixture
def call(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name, table in (("a", limit("50")), ("b", limit("100", "mg/Nm3", "10 % O2, dry, 0 C"))):
        text = yaml.safe_dump(body(table, land="VN" if name == "a" else "LA", name=name), allow_unicode=True)
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")
    Path("plant.yaml").write_text(PROJECT, encoding="utf-8")

    def called(*arguments):
        capsys.readouterr()
        code = run(list(arguments))
        told = capsys.readouterr()
        return code, told.out, told.err

    return called


def compared(call, *arguments):
    code, out, err = call("compare", *QUESTION, "--packs", "a.yaml,b.yaml", *arguments)
    assert code == 0, err
    return out


def test_json_has_the_rows_of_the_contract_with_exact_numbers(call):
    rows = json.loads(compared(call, "--format", "json", "--reference", "6 % O2, dry, 0 C"))["rows"]
    assert {"jurisdiction", "rule", "parameter", "limit", "normalised", "missing", "ratio", "steps", "citation"} <= {
        *rows[0]
    }
    assert [row["rule"] for row in rows] == ["vn/a/t.r.v", "la/b/t.r.v"]
    assert rows[1]["normalised"]["value"] == pytest.approx(136.363636, rel=1e-8)
    assert rows[1]["normalised"]["unit"] == "mg/Nm3" and rows[1]["normalised"]["reference"].startswith("6 % O2")
    assert rows[1]["ratio"] == pytest.approx(2.72727, rel=1e-5) and rows[1]["steps"][0]["operation"] == "oxygen"
    assert rows[0]["citation"]["clause"] == "1" and rows[0]["missing"] == []


def test_csv_and_markdown_hold_every_row(call):
    table = list(csv.DictReader(io.StringIO(compared(call, "--format", "csv"))))
    assert [row["standing"] for row in table] == ["binding", "looser"]
    assert compared(call, "--format", "markdown", "--lang", "zh").count("| LA |") == 1


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_the_page_has_a_dot_plot_on_a_logarithmic_axis(call, lang):
    page = compared(call, "--format", "html", "--lang", lang)
    assert page.count("<circle") == 2 and "<svg" in page and "http-equiv" not in page
    places = [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', page)]
    ticks = {
        text: float(x) for x, text in re.findall(r'<text x="([\d.]+)" y="\d+" text-anchor="middle">([\d.]+)<', page)
    }
    assert places[0] < places[1]
    assert ticks["200"] - ticks["100"] == pytest.approx(ticks["100"] - ticks["50"], abs=0.2)


def test_the_terminal_prints_the_arithmetic_and_what_is_missing(call):
    out = compared(call, "--reference", "6 % O2, dry, 0 C")
    assert "(O2_air - O2_ref) / (O2_air - O2)" in out and "136.4" in out and "met where vn/a/t.r.v is met" in out
    assert "not comparable: needs" in compared(call, "--unit", "lb/MWh")


@pytest.mark.parametrize("lang", ("en", "zh"))
def test_a_terminal_gets_no_line_that_is_wider_and_loses_no_word(call, monkeypatch, lang):
    whole = compared(call, "--reference", "6 % O2, dry, 0 C", "--lang", lang)
    monkeypatch.setattr("greenbri.cli.console.console_width", lambda: 80)
    narrow = compared(call, "--reference", "6 % O2, dry, 0 C", "--lang", lang)
    assert max(map(width, whole.splitlines())) > 80 >= max(map(width, narrow.splitlines()))
    unheaded = [line for line in whole.splitlines() if say("heading.limit", lang) not in line]
    words = {word for line in unheaded for word in line.split()}
    assert words <= {*narrow.split(), "|"}


def test_a_jurisdiction_without_a_pack_is_named(call):
    out = compared(call, "--jurisdictions", "VN,FR", "--format", "json")
    assert json.loads(out)["without_packs"] == ["FR"] and len(json.loads(out)["rows"]) == 1


def test_a_project_is_laid_beside_the_limits_of_its_sources_with_its_values(call):
    asked = ("compare", "plant.yaml", "--packs", "a.yaml,b.yaml", "--as-of", "2026-11-22")
    code, out, err = call(*asked, "--format", "json")
    assert code == 0, err
    found = json.loads(out)
    assert {row["subject"] for row in found["rows"]} == {"s1"} and len(found["rows"]) == 2
    (value,) = found["values"]
    state = found["rows"][0]["normalised"]["reference"]
    expected = 90 * 15 / 14 if state.startswith("6 %") else 90 * 11 / 14
    assert value["normalised"]["value"] == pytest.approx(expected)
    _, page, _ = call(*asked, "--format", "html")
    assert '<path d="M' in page


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("compare",), "GRB990"),
        (("compare", "--sector", "power.coal"), "GRB990"),
        (("compare", "plant.yaml", "--sector", "power.coal"), "GRB990"),
        (("compare", "plant.yaml", "--strictest", "-o", "x.yaml"), "GRB990"),
        (("compare", "--sector", "nonsense", "--parameter", "SO2"), "GRB220"),
        (("compare", "--sector", "power.coal", "--parameter", "XYZ"), "GRB220"),
        (("compare", *QUESTION, "--fact", "nothing=1"), "GRB207"),
        (("compare", *QUESTION, "--size", "600 mg"), "GRB204"),
        (("compare", *QUESTION, "--reference", "25 % O2"), "GRB404"),
        (("compare", *QUESTION, "--format", "xml"), "GRB904"),
        (("compare", *QUESTION, "--strictest"), "GRB904"),
        (("horizon", "plant.yaml", "--until", "2020-01-01"), "GRB990"),
        (("horizon", "plant.yaml", "--until", "soon"), "GRB905"),
    ],
)
def test_a_wrong_question_ends_with_2_and_says_what_is_wrong(call, arguments, code):
    ended, out, err = call(*arguments)
    assert ended == 2 and out == "" and code in err


def test_the_strictest_is_written_clean_and_can_be_assessed_with(call):
    code, _, err = call("compare", *QUESTION, "--packs", "a.yaml,b.yaml", "--strictest", "-o", "joint.yaml")
    assert code == 0, err
    assert call("rules", "check", "joint.yaml")[0] == 0
    code, out, err = call("assess", "plant.yaml", "--packs", "joint.yaml", "--as-of", "2026-11-22", "--format", "json")
    assert code == 0, err
    (finding,) = [one for one in json.loads(out)["findings"] if one["parameter"] == "SO2" and one["limit"]]
    assert finding["status"] == "fail" and finding["limit"]["value"] == 50


def test_horizon_lists_changes_for_programs(call):
    Path("c.yaml").write_text(
        yaml.safe_dump(body(limit({"dated": {"2020-01-01": "200", "2029-01-01": "60"}}), name="c"), allow_unicode=True),
        encoding="utf-8",
    )
    arguments = ("horizon", "plant.yaml", "--until", "2035-12-31", "--as-of", "2026-11-22", "--packs", "c.yaml")
    code, out, err = call(*arguments, "--format", "json")
    assert code == 0, err
    (change,) = json.loads(out)["changes"]
    assert change["date"] == "2029-01-01" and change["after"]["status"] == "fail"
    assert change["ratio"] == pytest.approx(90 * 15 / 14 / 60)
    assert "2029-01-01" in call(*arguments)[1]
