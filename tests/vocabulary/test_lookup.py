"""Names are found as people write them, and never guessed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from greenbri import vocabulary
from greenbri.vocabulary.files import read
from greenbri.vocabulary.lookup import folded

SECTIONS = {
    "parameters": "parameters",
    "fuels": "fuels",
    "sectors": "sectors",
    "countries": "countries",
    "documents": "documents",
    "lenders": "lenders",
    "memberships": "groups",
}


def rows(name: str) -> dict[str, dict[str, Any]]:
    section: dict[str, dict[str, Any]] = read(name)[SECTIONS[name]]
    return section


def spellings(name: str, row: dict[str, Any]) -> Iterable[str]:
    return [name, row["en"], row["zh"], *row.get("synonyms", ()), *([row["alpha3"]] if "alpha3" in row else [])]


@pytest.mark.parametrize("name", SECTIONS)
def test_a_spelling_belongs_to_one_entry_only(name: str) -> None:
    owners: dict[str, str] = {}
    for entry, row in rows(name).items():
        for spelling in spellings(entry, row):
            assert owners.setdefault(spelling, entry) == entry, (
                f"{spelling!r} is a name of {owners[spelling]} and of {entry}"
            )


@pytest.mark.parametrize("name", SECTIONS)
def test_spellings_differ_by_more_than_case_save_for_chemical_symbols(name: str) -> None:
    owners: dict[str, set[str]] = {}
    for entry, row in rows(name).items():
        for spelling in spellings(entry, row):
            owners.setdefault(folded(spelling), set()).add(entry)
    clashes = {key: found for key, found in owners.items() if len(found) > 1}
    assert clashes == ({"co": {"CO", "Co"}, "tin": {"TIN", "Sn"}} if name == "parameters" else {})


@pytest.mark.parametrize("name", SECTIONS)
def test_every_entry_has_an_english_and_a_chinese_name_that_differ(name: str) -> None:
    for entry, row in rows(name).items():
        assert row["en"].strip() and row["zh"].strip(), entry
        assert row["en"] != row["zh"], entry
        assert any("\u4e00" <= character <= "\u9fff" for character in row["zh"]), entry
        assert not any("\u4e00" <= character <= "\u9fff" for character in row["en"]), entry


@pytest.mark.parametrize("name", SECTIONS)
def test_every_value_but_the_flags_is_text(name: str) -> None:
    def check(value: Any) -> None:
        if isinstance(value, dict):
            for entry in value.values():
                check(entry)
        elif isinstance(value, list):
            for entry in value:
                check(entry)
        else:
            assert type(value) in (str, bool) and value != "", value

    check(rows(name))


@pytest.mark.parametrize("name", ["fuels", "sectors"])
def test_a_dotted_name_has_its_parent(name: str) -> None:
    known = rows(name)
    for entry in known:
        assert all(parent in known for parent in vocabulary.ancestors(entry)), entry


@pytest.mark.parametrize(
    ("find", "spelling", "name"),
    [
        (vocabulary.parameter, "CODCr", "COD"),
        (vocabulary.parameter, "codcr", "COD"),
        (vocabulary.parameter, "化学需氧量（CODCr）", "COD"),
        (vocabulary.parameter, "化学需氧量(CODCr)", "COD"),
        (vocabulary.parameter, "PM₂.₅", "PM2.5"),
        (vocabulary.parameter, "  sulfur   dioxide ", "SO2"),
        (vocabulary.parameter, "Tổng chất rắn lơ lửng", "TSS"),
        (vocabulary.parameter, "minyak dan lemak", "oil-grease"),
        (vocabulary.fuel, "烟煤", "coal.bituminous"),
        (vocabulary.fuel, "LNG", "gas.lng"),
        (vocabulary.sector, "污水处理厂", "water.municipal"),
        (vocabulary.sector, "Waste-to-Energy", "waste.incineration"),
        (vocabulary.lender, "国开行", "cdb"),
        (vocabulary.document_type, "AMDAL", "eia-report"),
    ],
)
def test_a_name_is_found_in_any_spelling(find: Callable[[str], Any], spelling: str, name: str) -> None:
    assert find(spelling).name == name


def test_an_unknown_name_is_refused_with_what_looks_like_it() -> None:
    with pytest.raises(vocabulary.UnknownName) as caught:
        vocabulary.fuel("coal.bitumnious")
    assert caught.value.name == "coal.bitumnious"
    assert caught.value.suggestions[0] == "coal.bituminous"
    assert "did you mean coal.bituminous" in str(caught.value)


def test_an_unknown_name_without_a_likeness_has_no_suggestion() -> None:
    with pytest.raises(vocabulary.UnknownName) as caught:
        vocabulary.sector("zzzzzzzz")
    assert caught.value.suggestions == ()


def test_every_public_name_exists() -> None:
    for name in vocabulary.__all__:
        assert getattr(vocabulary, name) is not None
    with pytest.raises(AttributeError):
        vocabulary.nothing  # noqa: B018


def test_importing_the_package_reads_nothing_and_imports_little() -> None:
    script = """
import sys
import greenbri.vocabulary as vocabulary
def loaded():
    return {name.rpartition(".")[2] for name in sys.modules if name.startswith("greenbri.vocabulary.")}
assert not loaded()
vocabulary.country("NO")
assert loaded() == {"geography", "files", "lookup"}, loaded()
assert not {"pydantic", "rich", "typer", "greenbri.quantity"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", script], check=True)
