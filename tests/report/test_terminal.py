from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len
from tests.report import factory

from greenbri.errors import UsageError
from greenbri.model.rule import Text
from greenbri.report.terminal import explain, render


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_a_summary_for_eighty_columns_is_never_wider(lang: str) -> None:
    text = render([factory.red(), factory.undetermined(), factory.long(5)], lang, width=80)
    assert max(cell_len(line) for line in text.splitlines()) <= 80


def test_off_a_terminal_nothing_is_wrapped_cut_or_coloured() -> None:
    text = render([factory.long(3)], "en")
    name = factory.long(3).project.name.en
    assert f"{name} (lao-coal-demo)" in text.splitlines()
    assert "\x1b" not in text and "…" not in text


def test_the_light_is_told_in_words_and_by_a_sign() -> None:
    assert "■ RED: does not comply" in render([factory.red()])
    assert "■ RED: prohibited" in render([factory.prohibited()])
    assert "? UNDETERMINED: cannot be decided on what is known" in render([factory.undetermined()])
    assert "▲ YELLOW" in render([factory.yellow()])
    assert "● 绿：合规" in render([factory.green()], "zh")


def test_colour_is_added_to_the_same_words() -> None:
    coloured = render([factory.red()], colour=True)
    assert "\x1b[1;31m" in coloured and "RED: does not comply" in coloured


def test_the_summary_says_why_what_would_change_it_and_when() -> None:
    text = render([factory.red()])
    assert "Binding rules that are not met and decide: 3. First: SO2 at stack-1: fail" in text
    change = "What would change it: every deciding rule is met (3); the largest reduction is COD at outfall-1 by 20.1 %"
    assert change in text
    assert "2026-06-01  RED: does not comply" in text and "2029-01-01  RED: does not comply" in text
    assert "14.3 to 43.4 of 100" in text
    assert "on design values, to be proven at commissioning" in text
    assert "1 findings rest on values that were recalled" in text


def test_the_deciding_rules_come_with_clause_and_status() -> None:
    lines = render([factory.red()]).splitlines()
    first = next(line for line in lines if line.endswith("la/nes-81-2017/table-9/SO2"))
    assert "Decree No. 81/PM" in first and "Table 9" in first and "not met" in first


def test_every_framework_has_its_row_of_counts() -> None:
    rows = {line.split("  ")[0]: line.split() for line in render([factory.red()]).splitlines()}
    assert rows["European Union"][-5:] == ["0", "2", "0", "0", "0"]
    assert rows["Own commitments"][-5:] == ["1", "0", "0", "0", "0"]


def test_questions_and_classes_are_listed() -> None:
    text = render([factory.red()])
    assert "/sources/0/oxygen | settles 6 findings, up to 12.5 points" in text
    assert "Equator Principles category: A (proposed); recorded: B, which disagrees" in text
    assert "BRI colour: open between red, yellow" in text


def test_both_languages_stand_on_one_line() -> None:
    assert "绿色合规评估报告 / Green Compliance Assessment" in render([factory.red()], "both")


def test_text_of_a_project_neither_formats_nor_moves_the_cursor() -> None:
    nasty = Text("[bold]x[/bold]\x1b[2J\nRED :smile:", "")
    text = render([factory.red(project=replace(factory.project(), name=nasty))])
    assert "[bold]x[/bold][2J RED :smile:" in text and "\x1b" not in text


def test_an_explanation_shows_figure_steps_limit_and_source() -> None:
    text = explain(factory.red(), "la/nes-81-2017/table-9/SO2")
    for part in (
        "Status: not met",
        "Force: law, binds this project, by territory, critical",
        "As stated: 300 mg/Nm3 @ 7 % O2, dry, 25 C",
        "Evidence: eia, ESIA of the plant (2024), p. 112, 2024-05-02",
        "c = c * (O_air - O_reference) / (O_air - O_measured)",
        "c = 327.45744, O_air = 21, O_reference = 6, O_measured = 7  ->  350.84726 mg/Nm3",
        "[GB 13223-2011, 5.2]",
        "Limit: ≤ 320 mg/Nm3 @ 6 % O2, dry, 0 C, 101.325 kPa (24h, every value)",
        "Value over limit: 1.1",
        "Table 9",
        "read in the source  2026-05-01",
        "lao-coal-demo.yaml:42:9 /sources/0/observations/0",
    ):
        assert part in text


def test_an_explanation_names_what_is_missing_and_every_alternative() -> None:
    text = explain(factory.red(), "us/40-cfr-60-da/60.43da/SO2")
    assert "Missing: What is the oxygen content of the flue gas at stack-1? (/sources/0/oxygen)" in text
    assert "Alternative: us/40-cfr-60-da/60.43da(a)/SO2" in text


def test_the_end_of_a_rule_id_suffices_where_it_is_the_only_one() -> None:
    assert explain(factory.red(), "table-12/COD").startswith("la/nes-81-2017/table-12/COD")


def test_an_unknown_rule_is_refused_with_those_that_look_like_it() -> None:
    with pytest.raises(UsageError) as error:
        explain(factory.red(), "la/nes-81-2017/table-9/SOx")
    (told,) = error.value.diagnostics
    assert told.code == "GRB323" and "la/nes-81-2017/table-9/SO2" in (told.remedy("en") or "")
