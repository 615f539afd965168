"""Every check finds its fault at the line where it stands, and nothing in a pack that is well made."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenbri import messages
from greenbri.errors import Diagnostic
from greenbri.rulepack.lint import lint
from greenbri.rulepack.lint.run import checks

# name: code, what is replaced, by what, and the text whose line is to be told (else that of the replacement)
PLANTED: dict[str, tuple[str, str, str, str | None]] = {
    "a key that is misspelt": ("GRB040", "medium: stack", "medum: stack", None),
    "a cell that is no condition": ("GRB204", '">= 300 MWth", "< 2015-01-01"', '"big", "< 2015-01-01"', None),
    "a row that lacks a cell": ("GRB214", "300, 40]", "300]", "large-old"),
    "an unknown pollutant": (
        "GRB220", "SO2, dust]\n  limits:\n    SO2:", "SO9, dust]\n  limits:\n    SO9:", "small-old",
    ),
    "an unknown sector": ("GRB220", "{class.xx-water: strict}", "{sector: power.cole}", "- id: t3"),
    "an unknown document": ("GRB220", "{document: eia-approval}", "{document: eia-aproval}", "- id: approval"),
    "an unknown fact": ("GRB207", "columns: [id, size.flow, value]", "columns: [id, size.flows, value]", "[small,"),
    "an unknown jurisdiction": ("GRB235", "jurisdiction: VN", "jurisdiction: ZQ", None),
    "an unknown country": ("GRB235", "of: VN}", "of: VX}", None),
    "a verified value without a clause": (
        "GRB230", '{clause: Table 1, url: "https://law.example/1"', '{url: "https://law.example/1"', None,
    ),
    "a verified value without an address": ("GRB230", 'Table 2, url: "https://law.example/2",', "Table 2,", None),
    "a value without the day it was read": ("GRB230", '/3", checked: 2026-11-01,', '/3",', None),
    "a day that does not exist": ("GRB232", '/5", checked: 2026-11-01', '/5", checked: 2026-02-30', None),
    "an address left to be filled in": ("GRB233", 'url: "https://law.example/6"', 'url: "https://…"', None),
    "coefficients without a source": (
        "GRB231",
        '- id: K\n  source: {clause: Table 9, url: "https://law.example/9", checked: 2026-11-01, status: secondary}\n',
        "- id: K\n",
        None,
    ),
    "a misspelt period": ("GRB236", "period: 24h\n  reference", "period: 24hr\n  reference", None),
    "a class that nobody gives": ("GRB237", "{class.xx-water: strict}", "{class.xx-watr: strict}", "[all,"),
    "a fact that nobody needs": (
        "GRB238",
        "  xx.zone:\n",
        "  xx.spare: {type: bool, question: {en: Spare?, zh: 备用？}}\n  xx.zone:\n",
        None,
    ),
    "an assumption that is no word of its fact": ("GRB239", "{xx.zone: b}", "{xx.zone: c}", None),
    "water's unit on a stack": ("GRB240", "SO2: {unit: mg/m3}", "SO2: {unit: mg/L}", None),
    "a removal in milligrams": ("GRB240", 'COD.removal: {unit: "%"', "COD.removal: {unit: mg/L", None),
    "a stack limit without its state": ("GRB241", '"6 % O2, dry, 0 C, 101.325 kPa"', '""', "small-old"),
    "wet or dry left open": ("GRB241", "6 % O2, dry, 0 C", "6 % O2, 0 C", "small-old"),
    "rows that overlap": ("GRB243", '[small-old, "[50, 300) MWth"', '[small-old, "[50, 400) MWth"', "large-old"),
    "a row that is a copy": (
        "GRB244",
        '  - [large-new, ">= 300 MWth", ">= 2015-01-01", 100, 20]',
        '  - [large-new, ">= 300 MWth", "< 2015-01-01", 300, 40]',
        None,
    ),
    "a coefficient that is never reached": ("GRB245", '[small, "< 500 m3/d"', "[small, any", "[large, any, 1]"),
    "a column that says nothing": (
        "GRB246", "columns: [id, pH, COD, COD.removal, Hg]", "columns: [id, fuel, pH, COD, COD.removal, Hg]", None,
    ),
    "one pollutant in two columns": (
        "GRB247", "dust: {unit: mg/m3}", "dust: {unit: mg/m3, parameter: SO2}", "SO2, dust]",
    ),
    "a size that no row covers": ("GRB248", '">= 300 MWth", "< 2015', '"> 300 MWth", "< 2015', None),
    "an instrument that ends before it begins": ("GRB250", "repealed: null", "repealed: 2019-01-01", None),
    "a value older than its instrument": ("GRB251", "-dust-1, year, 2020-01-01", "-dust-1, year, 2019-01-01", None),
    "dates with a hole": ("GRB252", "year-dust-2, year, 2025-01-01", "year-dust-2, year, 2025-02-01", None),
    "dates that overlap": ("GRB252", "2020-01-01, 2024-12-31", "2020-01-01, 2025-12-31", "year-dust-2"),
    "micrograms for milligrams": ("GRB255", "400, 50]", "400000, 50]", None),
    "an hour stricter than a day": ("GRB256", "[hour, 1h, null, null, 200", "[hour, 1h, null, null, 20", None),
    "old plants stricter than new ones": (
        "GRB257", '"< 2015-01-01", 300, 40]', '"< 2015-01-01", 30, 40]', "[large-old",
    ),
    "a text that was not translated": ("GRB260", "zh: 锅炉}", "zh: Boilers}", None),
    "a translation with another number": ("GRB261", "zh: 12小时", "zh: 21小时", None),
    "an id that is a sentence": ("GRB263", "- id: t3", "- id: Table Three", None),
    "a table id that is used twice": ("GRB264", "- id: t3", "- id: t2", "- id: t2\n  title: {en: Waste"),
    "a pack in the wrong file": ("GRB265", "pack: xx/stack-2020", "pack: xx/stack-2021", None),
    "a version without a change": ("GRB266", "version: 1.0.0\ntitle", "version: 1.1.0\ntitle", None),
    "a condition that contradicts the scope": ("GRB267", "{class.xx-water: strict}", "{sector: cement}", "[all,"),
    "an exception as wide as its rule": (
        "GRB268", 'unless: {size.thermal: "< 10 MWth", xx.zone: b}', 'unless: {size.thermal: "< 20 MWth"}', None,
    ),
}  # fmt: skip


def found(folder: Path, text: str) -> tuple[Diagnostic, ...]:
    path = folder / "stack-2020.yaml"
    path.write_text(text, "utf-8")
    return lint([path]).diagnostics


def spread(text: str) -> str:
    """The added column of one planted fault needs a cell."""
    return text.replace('[all, "6-9"', '[all, any, "6-9"') if "[id, fuel, pH" in text else text


def test_nothing_is_found_in_a_good_pack(folder: Path, good: str) -> None:
    assert [(str(one.position), one.code, one.message("en")) for one in found(folder, good)] == []


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found_at_its_line(fault: str, folder: Path, good: str) -> None:
    code, old, new, anchor = PLANTED[fault]
    assert good.count(old) == 1, f"{old!r} stands {good.count(old)} times in the good pack"
    text = spread(good.replace(old, new))
    told = found(folder, text)
    place = text.index(anchor) if anchor is not None else text.index(new) + len(new) - len(new.lstrip("\n"))
    line = text.count("\n", 0, place) + 1
    assert [(one.code, one.position.line) for one in told if one.position and one.code == code][:1] == [(code, line)]


def test_at_least_thirty_kinds_of_fault_are_planted() -> None:
    assert len(PLANTED) >= 30
    assert len({code for code, *_ in PLANTED.values()}) >= 30


def test_a_file_that_cannot_be_read_hides_no_other(folder: Path, good: str) -> None:
    (folder / "broken.yaml").write_text("schema: 1\n\tpack: x\n", "utf-8")
    (folder / "stack-2020.yaml").write_text(good.replace("version: 1.0.0\ntitle", "version: 2.0.0\ntitle"), "utf-8")
    outcome = lint(sorted(folder.glob("*.yaml")))
    files = {one.position.file.rpartition("/")[2]: one.code for one in outcome.diagnostics if one.position}
    assert files["broken.yaml"].startswith("GRB0")
    assert files["stack-2020.yaml"] == "GRB266"
    assert outcome.failed and outcome.counts["packs"] == 1


def test_recalled_values_are_one_note_with_their_number_and_no_failure(folder: Path, good: str) -> None:
    recalled = good.replace(
        '"https://law.example/1", checked: 2026-11-01, status: verified',
        '"https://law.example/1", checked: 2026-11-01, status: recalled',
    )
    (folder / "stack-2020.yaml").write_text(recalled, "utf-8")
    outcome = lint([folder / "stack-2020.yaml"])
    assert [(one.code, one.level, one.args["count"]) for one in outcome.diagnostics] == [("GRB234", "note", 8)]
    assert not outcome.failed


def test_an_instrument_that_another_pack_replaces_needs_a_last_day(folder: Path, good: str) -> None:
    newer = good.replace("xx/stack-2020", "xx/stack-2025").replace("citation: XX 1-2020", "citation: XX 1-2025")
    newer = newer.replace("replaces: [XX 1-2010]", "replaces: [XX 1-2020]")
    (folder / "stack-2020.yaml").write_text(good, "utf-8")
    (folder / "stack-2025.yaml").write_text(newer, "utf-8")
    told = lint(sorted(folder.glob("*.yaml"))).diagnostics
    assert [(one.code, one.position.line) for one in told if one.position and one.code == "GRB253"] == [("GRB253", 13)]
    ended = good.replace("repealed: null", "repealed: 2024-12-31").replace("2025-01-01, null,", "2024-12-31, null,")
    (folder / "stack-2020.yaml").write_text(ended, "utf-8")
    assert "GRB253" not in {one.code for one in lint(sorted(folder.glob("*.yaml"))).diagnostics}


def test_a_note_that_names_the_other_row_explains_an_overlap(folder: Path, good: str) -> None:
    text = good.replace('[small-old, "[50, 300) MWth"', '[small-old, "[50, 400) MWth"')
    text = text.replace(
        "columns: [id, size.thermal, dates.permit, SO2, dust]",
        "columns: [id, size.thermal, dates.permit, note, SO2, dust]",
    )
    for row, note in (
        ("small-old", "up to 400 MW beside large-old"),
        ("small-new", ""),
        ("large-old", ""),
        ("large-new", ""),
    ):
        start = text.index(f"- [{row},")
        end = text.index("]\n", start)
        cells = text[start:end].rsplit(", ", 2)
        text = text[:start] + ", ".join([cells[0], f'"{note}"', *cells[1:]]) + text[end:]
    assert "GRB243" not in {one.code for one in found(folder, text)}


def test_every_check_has_one_code_that_is_registered_and_explained() -> None:
    codes = [check.code for check in checks()]
    assert len(set(codes)) == len(codes)
    for code in codes:
        assert set(messages.explanation(code, "en")) == set(messages.HEADINGS)
        assert messages.explain(code, "zh")
    assert all(type(check).__doc__ for check in checks())
