"""Exit codes, where output goes and in which format, and the smaller commands."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

COMMANDS = (
    "assess", "check", "questions", "convert", "compare", "horizon", "init", "schema", "doctor", "explain",
    "verify", "rules",
)  # fmt: skip
COAL = "country: KH\nsector: power.coal\nstatus: pre-permit\nparties: {sponsors: [{name: A, nationality: CN}]}\n"
OPEN = "country: KH\nsector: power.coal\n"
# nothing but the pack that a test is about, so that the reports stay short
BAN = ("--packs", "cn/ndrc-408-2022", "--as-of", "2026-11-22")

Project = Callable[..., str]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


# --- exit codes -----------------------------------------------------------------------------------------------------


def test_the_work_was_done_whatever_the_light(cli: Any, project: Project) -> None:
    for text in (COAL, OPEN):
        assert cli("assess", project(text), *BAN, "--format", "json").code == 0


@pytest.mark.parametrize(
    ("text", "gate", "code"),
    [
        (COAL, "never", 0),
        (COAL, "red", 1),
        (COAL, "undetermined", 1),
        (COAL, "yellow", 1),
        (OPEN, "red", 0),
        (OPEN, "undetermined", 1),
        (OPEN, "yellow", 1),
    ],
)
def test_a_gate_fails_on_its_light_and_on_every_worse_one(
    text: str, gate: str, code: int, cli: Any, project: Project, place: Path
) -> None:
    outcome = cli("assess", project(text), *BAN, "--fail-on", gate, "-o", "out.json", "--format", "csv")
    assert outcome.code == code
    assert outcome.out and (place / "out.json").stat().st_size, "the work is done all the same"


def test_one_project_of_several_that_fails_the_gate_is_enough(cli: Any, project: Project) -> None:
    outcome = cli("assess", project(OPEN, "a"), project(COAL, "b"), *BAN, "--fail-on", "red", "--format", "csv")
    assert outcome.code == 1


def test_a_fault_of_greenbri_itself_ends_with_70_and_names_itself(
    cli: Any, project: Project, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: Any, **options: Any) -> None:
        raise RuntimeError("a wheel came off")

    monkeypatch.setattr("greenbri.assessing.assess_file", broken)
    outcome = cli("assess", project(OPEN), "-o", "out.json")
    assert outcome.code == 70
    assert outcome.out == ""
    assert outcome.err.startswith("GRB900 ") and "a wheel came off" in outcome.err
    assert "Traceback" not in outcome.err
    assert not (place / "out.json").exists()


def test_check_ends_with_0_for_a_sound_file_and_with_2_if_one_of_several_is_not(cli: Any, project: Project) -> None:
    good, bad = project(OPEN, "good"), project("country: KH\n", "bad")
    assert cli("check", good).code == 0
    outcome = cli("check", good, bad)
    assert outcome.code == 2
    assert "good.yaml: no errors" in outcome.out and outcome.out.startswith("bad.yaml:1:1: GRB041 ")


# --- where output goes ----------------------------------------------------------------------------------------------


def test_results_go_to_standard_output_and_everything_else_to_standard_error(cli: Any, project: Project) -> None:
    name = project(f"{OPEN}parties: {{sponsors: [{{name: China Example}}]}}\n")
    outcome = cli("assess", name, *BAN, "--format", "json", "-o", "out.md")
    assert json.loads(outcome.out)["project"]["id"] == "plant"
    assert [line.split(" ")[0] for line in outcome.err.splitlines()] == ["plant.yaml:5:22:", "wrote"]


def test_another_format_without_an_output_writes_to_standard_output_only(
    cli: Any, project: Project, place: Path
) -> None:
    assert cli("assess", project(OPEN), *BAN, "--format", "markdown").out.startswith("# ")
    assert names(place) == {"plant.yaml"}


def test_without_output_and_format_the_summary_is_printed_and_a_pdf_is_written_beside_it(
    cli: Any, project: Project, place: Path
) -> None:
    outcome = cli("assess", project(COAL), *BAN)
    assert outcome.code == 0
    assert "RED: prohibited" in outcome.out and "cn/ndrc-408-2022/no-new-coal" in outcome.out
    assert outcome.err == "wrote plant.pdf\n"
    assert names(place) == {"plant.yaml", "plant.pdf"}
    assert (place / "plant.pdf").read_bytes().startswith(b"%PDF-")


def test_off_a_terminal_nothing_is_wrapped_cut_or_coloured(
    cli: Any, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "A name of a plant that is far longer than any terminal is wide, " * 4
    name = project(f'name: "{long.strip()}"\n{COAL}')
    free = cli("assess", name, *BAN, "-o", "out.json").out
    assert "\x1b" not in free
    assert any(long.strip() in line for line in free.splitlines())
    monkeypatch.setenv("COLUMNS", "40")
    assert cli("assess", name, *BAN, "-o", "out.json").out == free
    bad = project(f"country: KH\nsector: power.coal\n{'an_unknown_key_' * 12}: 1\n", "bad")
    told = cli("check", bad).out
    assert len(told.splitlines()) == 1 and "\x1b" not in told and "…" not in told


def test_no_color_wins_over_force_color(cli: Any, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    name = project(COAL)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in cli("assess", name, *BAN, "-o", "out.json").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in cli("assess", name, *BAN, "-o", "out.json").out


# --- formats --------------------------------------------------------------------------------------------------------


def test_the_suffix_of_an_output_decides_its_format_and_several_are_written(
    cli: Any, project: Project, place: Path
) -> None:
    wanted = ("a.json", "a.sarif", "a.md", "a.csv", "a.junit.xml", "a.html", "a.txt", "UPPER.JSON")
    outcome = cli("assess", project(COAL), *BAN, *(part for name in wanted for part in ("-o", name)))
    assert outcome.code == 0
    assert outcome.err == "".join(f"wrote {name}\n" for name in wanted)
    text = {name: (place / name).read_text(encoding="utf-8") for name in wanted}
    assert json.loads(text["a.json"]) == json.loads(text["UPPER.JSON"])
    assert json.loads(text["a.sarif"])["version"] == "2.1.0"
    assert text["a.md"].startswith("# ")
    assert len(list(csv.DictReader(io.StringIO(text["a.csv"])))) > 0
    assert ElementTree.fromstring(text["a.junit.xml"]).tag == "testsuites"
    assert text["a.html"].startswith("<!DOCTYPE html>")
    assert "cn/ndrc-408-2022/no-new-coal" in text["a.txt"]
    text["a.html"] = re.sub(r"<[^>]+>", "", text["a.html"])
    assert all("cn/ndrc-408-2022/no-new-coal" in one for one in text.values())


def test_every_format_on_standard_output_carries_the_deciding_rule_and_its_status(cli: Any, project: Project) -> None:
    name = project(COAL)

    def told(manner: str) -> str:
        outcome = cli("assess", name, *BAN, "--format", manner)
        assert outcome.code == 0 and outcome.err == ""
        return str(outcome.out)

    document = json.loads(told("json"))
    assert document["verdict"]["light"] == "red" and document["verdict"]["prohibited"] is True
    assert document["verdict"]["deciding"][0]["rule"] == "cn/ndrc-408-2022/no-new-coal"
    results = json.loads(told("sarif"))["runs"][0]["results"]
    assert [one["level"] for one in results if one["ruleId"] == "cn/ndrc-408-2022/no-new-coal"] == ["error"]
    rows = {row["rule"]: row for row in csv.DictReader(io.StringIO(told("csv").lstrip("\ufeff")))}
    assert rows["cn/ndrc-408-2022/no-new-coal"]["status"] == "fail"
    suites = ElementTree.fromstring(told("junit"))
    failed = [one.get("name") for one in suites.iter("testcase") if one.find("failure") is not None]
    assert failed == ["cn/ndrc-408-2022/no-new-coal"] or "cn/ndrc-408-2022/no-new-coal" in " ".join(map(str, failed))
    assert "cn/ndrc-408-2022/no-new-coal" in told("markdown")


def test_only_a_json_file_embeds_what_makes_it_verifiable(cli: Any, project: Project, place: Path) -> None:
    outcome = cli("assess", project(COAL), *BAN, "--format", "json", "-o", "out.json")
    assert "embedded" not in json.loads(outcome.out)
    written = json.loads((place / "out.json").read_text(encoding="utf-8"))
    assert set(written["embedded"]) == {"project", "packs", "profile", "waivers", "receipt"}
    assert written["embedded"]["project"]["country"] == "KH"
    assert [pack["id"] for pack in written["embedded"]["packs"]] == ["cn/ndrc-408-2022"]


def test_an_output_in_chinese_english_or_both(cli: Any, project: Project) -> None:
    name = project(COAL)
    english, chinese, both = (
        cli("assess", name, *BAN, "-o", "x.json", "--lang", lang).out for lang in ("en", "zh", "both")
    )
    assert "Green Compliance Assessment" in english and not re.search(r"绿色合规评估报告", english)
    assert "绿色合规评估报告" in chinese and "Green Compliance Assessment" not in chinese
    assert "绿色合规评估报告" in both and "Green Compliance Assessment" in both


# --- several projects -----------------------------------------------------------------------------------------------


def test_several_projects_are_an_array_and_one_is_an_object(cli: Any, project: Project) -> None:
    one, other = project(OPEN, "one"), project(OPEN, "other")
    assert cli("assess", one, *BAN, "--format", "json").document["project"]["id"] == "one"
    several = cli("assess", one, other, *BAN, "--format", "json").document
    assert [document["project"]["id"] for document in several] == ["one", "other"]


@pytest.mark.parametrize("target", ["all.pdf", "all.html"])
def test_several_projects_do_not_fit_into_one_report(target: str, cli: Any, project: Project, place: Path) -> None:
    outcome = cli("assess", project(OPEN, "one"), project(OPEN, "other"), *BAN, "-o", "all.json", "-o", target)
    assert outcome.code == 2
    assert outcome.out == ""
    assert "{id}" in outcome.err
    assert names(place) == {"one.yaml", "other.yaml"}


def test_the_id_in_the_name_of_an_output_makes_a_file_for_each(cli: Any, project: Project, place: Path) -> None:
    (place / "one").mkdir()
    (place / "other").mkdir()
    outcome = cli(
        "assess",
        project(OPEN, "one"),
        project(OPEN, "other"),
        *BAN,
        "-o",
        "{id}.html",
        "-o",
        "all.csv",
        "-o",
        "{id}/r.json",
    )
    assert outcome.code == 0
    assert names(place) == {"one.yaml", "other.yaml", "one.html", "other.html", "all.csv", "one", "other"}
    assert json.loads((place / "other" / "r.json").read_text(encoding="utf-8"))["project"]["id"] == "other"
    rows = csv.DictReader(io.StringIO((place / "all.csv").read_text(encoding="utf-8-sig")))
    assert {row["project"] for row in rows} == {"one", "other"}


def test_a_folder_that_one_id_lacks_is_told_before_anything_is_written(cli: Any, project: Project, place: Path) -> None:
    (place / "one").mkdir()
    outcome = cli("assess", project(OPEN, "one"), project(OPEN, "other"), *BAN, "-o", "all.csv", "-o", "{id}/r.json")
    assert outcome.code == 2
    assert "GRB301" in outcome.err
    assert names(place) == {"one.yaml", "other.yaml", "one"} and not names(place / "one")


def test_two_projects_of_one_id_do_not_overwrite_each_other(cli: Any, project: Project, place: Path) -> None:
    first = project(OPEN)
    (place / "second.yaml").write_text((place / first).read_text(encoding="utf-8"), encoding="utf-8")
    outcome = cli("assess", first, "second.yaml", *BAN, "-o", "{id}.json")
    assert outcome.code == 2
    assert names(place) == {"plant.yaml", "second.yaml"}


def test_one_output_named_twice_is_refused(cli: Any, project: Project, place: Path) -> None:
    outcome = cli("assess", project(OPEN), *BAN, "-o", "a.json", "-o", "./a.json")
    assert outcome.code == 2 and "GRB307" in outcome.err
    assert names(place) == {"plant.yaml"}


# --- the selection of packs -----------------------------------------------------------------------------------------


def chosen(outcome: Any) -> list[str]:
    return [pack["id"] for pack in outcome.document["packs"]]


def test_packs_names_the_whole_selection_by_id_folder_or_file(cli: Any, project: Project, place: Path) -> None:
    name = project(OPEN)
    (place / "own").mkdir()
    for number in (1, 2):
        (place / "own" / f"{number}.yaml").write_text(own_pack(f"own/pack-{number}"), encoding="utf-8")

    def with_packs(selection: str) -> list[str]:
        return chosen(cli("assess", name, "--format", "json", "--packs", selection))

    assert with_packs("cn/ndrc-408-2022") == ["cn/ndrc-408-2022"]
    assert with_packs("who/aqg-2021, cn/ndrc-408-2022") == ["who/aqg-2021", "cn/ndrc-408-2022"]
    whole = with_packs("cn")
    assert "cn/gb-13223-2011" in whole and "cn/ndrc-408-2022" in whole
    assert all(pack.startswith("cn/") for pack in whole)
    assert with_packs("own/1.yaml") == ["own/pack-1"]
    assert with_packs("own") == with_packs("./own/") == ["own/pack-1", "own/pack-2"]
    assert with_packs("cn/ndrc-408-2022,own/2.yaml") == ["cn/ndrc-408-2022", "own/pack-2"]


def test_a_leading_plus_adds_to_the_default(cli: Any, project: Project, place: Path) -> None:
    name = project(OPEN)
    (place / "mine.yaml").write_text(own_pack("own/mine"), encoding="utf-8")
    default = chosen(cli("assess", name, "--format", "json"))
    assert {pack.split("/")[0] for pack in default} >= {"kh", "cn", "eu", "us", "wbg", "who", "bri"}
    assert "vn" not in {pack.split("/")[0] for pack in default}
    added = chosen(cli("assess", name, "--format", "json", "--packs", "+mine.yaml"))
    assert sorted(added) == sorted([*default, "own/mine"])


def test_a_pack_that_cannot_be_read_is_told_with_its_place(cli: Any, project: Project, place: Path) -> None:
    (place / "mine.yaml").write_text(own_pack("own/mine").replace("mg/m3", "mg/m4"), encoding="utf-8")
    outcome = cli("assess", project(OPEN), "--packs", "mine.yaml", "-o", "out.json")
    assert outcome.code == 2
    assert re.match(r"mine\.yaml:\d+:\d+: GRB2\d\d ", outcome.err)
    assert not (place / "out.json").exists()


def own_pack(name: str) -> str:
    return f"""schema: 1
pack: {name}
version: 1.0.0
title: {{en: A pack of one's own, zh: 自有规则包}}
jurisdiction: KH
force: law
domain: technology
instrument:
  citation: {name}
  issuer: {{en: A ministry, zh: 某部}}
  url: https://example.org
  in_force: 2000-01-01
  repealed: null
  replaces: []
binds: {{by: territory, of: KH}}
review: {{state: draft, entries: [{{role: author, date: 2026-11-23, result: made up}}]}}
limits:
- id: t
  title: {{en: Stacks, zh: 烟囱}}
  medium: stack
  period: 24h
  form: every
  source: {{clause: "1", url: "https://example.org", checked: 2026-11-23, status: verified}}
  columns: [id, SO2]
  limits: {{SO2: {{unit: mg/m3}}}}
  rows: [[all, 100]]
changes: [{{version: 1.0.0, date: 2026-11-23, en: First edition., zh: 首版。}}]
"""


# --- assumptions and explanations -----------------------------------------------------------------------------------


def test_an_assumption_stands_in_for_a_missing_fact_and_is_listed(cli: Any, project: Project) -> None:
    name = project(OPEN)
    before = cli("assess", name, *BAN, "--format", "json").document
    after = cli("assess", name, *BAN, "--format", "json", "--assume", "status=operating").document
    assert before["assumptions"] == []
    assert any("operating" in one["message"]["en"] for one in after["assumptions"])
    assert all(one["message"]["zh"] for one in after["assumptions"])

    def ban(document: Any) -> Any:
        return next(one["status"] for one in document["findings"] if one["rule"] == "cn/ndrc-408-2022/no-new-coal")

    assert (ban(before), ban(after)) == ("unknown", "pass")


def test_explain_prints_one_rule_with_its_source_and_where_the_figure_stands(cli: Any, project: Project) -> None:
    text = (
        "country: ID\nsector: power.coal\nfuel: coal.bituminous\nstatus: operating\nsize: {electrical: 600 MW}\n"
        "dates: {operation: 2022-01-01}\nsources:\n- id: s\n  kind: stack\n  observations:\n"
        '  - {parameter: SO2, value: "300 mg/Nm3 @ 7 % O2, dry, 25 C", period: 1h, statistic: max}\n'
    )
    outcome = cli("assess", project(text), "--packs", "cn/gb-13223-2011", "--explain", "t1.new.SO2")
    assert outcome.code == 0 and outcome.err == ""
    assert outcome.out.startswith("cn/gb-13223-2011/t1.new.SO2\n")
    assert "GB 13223-2011" in outcome.out and "plant.yaml:13:5 /sources/0/observations/0" in outcome.out


# --- the same input, the same output --------------------------------------------------------------------------------


def test_the_same_input_gives_the_same_bytes_whatever_surrounds_it(project: Project, place: Path) -> None:
    name = project(COAL)
    text = (place / name).read_text(encoding="utf-8")
    seen = []
    for number, (zone, seed) in enumerate([("Asia/Shanghai", "1"), ("America/Lima", "2")]):
        folder = place / f"folder-{number}"
        folder.mkdir()
        (folder / name).write_text(text, encoding="utf-8")
        surroundings = {
            **os.environ, "HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache"), "TZ": zone,
            "PYTHONHASHSEED": seed, "LANG": ("C", "C.UTF-8")[number],
        }  # fmt: skip
        command = [
            sys.executable,
            "-m",
            "greenbri",
            "assess",
            name,
            *BAN,
            "--format",
            "json",
            "-o",
            f"out-{number}.json",
        ]
        done = subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, check=True)
        seen.append((done.stdout, (folder / f"out-{number}.json").read_bytes()))
    assert seen[0] == seen[1]


def test_the_folder_of_the_input_enters_no_result(cli: Any, project: Project, place: Path) -> None:
    name = project(COAL)
    (place / "below").mkdir()
    (place / "below" / name).write_text((place / name).read_text(encoding="utf-8"), encoding="utf-8")
    here = cli("assess", name, *BAN, "--format", "json").out
    assert cli("assess", f"below/{name}", *BAN, "--format", "json").out == here
    assert cli("assess", str(place / name), *BAN, "--format", "json").out == here


# --- the smaller commands -------------------------------------------------------------------------------------------


def test_the_version_is_told_by_every_way_of_asking(cli: Any) -> None:
    from greenbri import __version__

    for asked in (["--version"], ["-q", "--version"], ["--version", "-v"]):
        assert cli(*asked).out == f"greenbri {__version__}\n", asked
    done = subprocess.run([sys.executable, "-m", "greenbri", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"greenbri {__version__}\n"


def test_help_lists_every_command_and_every_command_has_help(cli: Any) -> None:
    overview = cli("--help")
    assert overview.code == 0
    listed = re.findall(r"^  ([a-z]+)  +\S", overview.out.split("Commands:")[1], re.MULTILINE)
    assert tuple(listed) == COMMANDS
    for command in COMMANDS:
        told = cli(command, "--help")
        assert told.code == 0
        assert told.out.startswith(f"Usage: greenbri {command}")
        options = told.out.split("Options:")[1]
        for name in re.findall(r"^  (?:-\w, )?(--[a-z-]+)", options, re.MULTILINE):
            assert re.search(rf"{name}\b.*\s\s+\S|{name}\b.*\n\s{{10,}}\S", options), f"{command} {name} has no help"


def test_a_command_that_does_not_exist_is_usage_and_the_near_one_is_named(cli: Any) -> None:
    outcome = cli("asess", "x.yaml")
    assert outcome.code == 2
    assert outcome.out == ""
    assert "assess" in outcome.err


def test_init_writes_a_file_that_check_accepts_and_replaces_none(cli: Any, place: Path) -> None:
    outcome = cli("init", "--sector", "power.coal", "--country", "柬埔寨", "-o", "new.yaml")
    assert outcome.code == 0 and outcome.out == "" and "new.yaml" in outcome.err
    assert cli("check", "new.yaml").code == 0
    text = (place / "new.yaml").read_text(encoding="utf-8")
    again = cli("init", "--sector", "power.gas", "--country", "KH", "-o", "new.yaml")
    assert again.code == 2 and again.err.startswith("GRB170 ")
    assert (place / "new.yaml").read_text(encoding="utf-8") == text


def test_questions_are_listed_the_most_decisive_first(cli: Any, project: Project) -> None:
    outcome = cli("questions", project(OPEN), "--as-of", "2026-11-22", "--packs", "kh,cn", "--most", "4")
    assert outcome.code == 0 and outcome.err == ""
    widths = [float(width) for width in re.findall(r"width ([\d.]+)", outcome.out)]
    assert len(widths) == 4 and widths == sorted(widths, reverse=True)
    document = cli("assess", project(OPEN), "--as-of", "2026-11-22", "--packs", "kh,cn", "--format", "json").document
    assert outcome.out.split("\n")[0] == f"1. {document['questions'][0]['message']['en']}"


def test_every_schema_is_json_and_of_draft_7(cli: Any) -> None:
    for name in ("project", "assessment", "pack"):
        schema = cli("schema", name).document
        assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert cli("schema", "nothing").code == 2


def test_explain_knows_every_code_and_names_the_near_one(cli: Any) -> None:
    assert "GRB012" in cli("explain", "grb012").out
    unknown = cli("explain", "GRB999")
    assert unknown.code == 2 and "GRB9" in unknown.err


def test_doctor_tells_what_is_installed_without_changing_anything(cli: Any, place: Path) -> None:
    outcome = cli("doctor")
    assert outcome.code == 0
    assert {line.split()[0] for line in outcome.out.splitlines()} >= {"greenbri", "python", "rules", "cache", "pdf"}
    assert not names(place)


def test_rules_list_gives_each_limit_with_its_names_unit_and_dates(cli: Any) -> None:
    rows = cli("rules", "list", "cn/gb-3095-2026", "--parameter", "PM2.5", "--format", "json").document
    classes = [row for row in rows if row["rule"] == "cn/gb-3095-2026/t1.year-2.PM2.5"]
    assert [(row["value"], row["unit"], row["valid_from"], row["valid_to"]) for row in classes] == [
        (30, "ug/m3", "2026-03-01", "2030-12-31"),
        (25, "ug/m3", "2031-01-01", None),
    ]
    assert all("细颗粒物" in " ".join(row["names"]) for row in classes)
    on_a_day = cli("rules", "list", "cn/gb-3095-2026", "--as-of", "2031-06-01", "--format", "json").document
    assert [row["value"] for row in on_a_day if row["rule"] == "cn/gb-3095-2026/t1.year-2.PM2.5"] == [25]
    assert cli("rules", "list", "cn/no-such-pack").code == 2
