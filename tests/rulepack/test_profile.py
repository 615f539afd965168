"""Profiles add and tighten; there is no way to say less than the law."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from greenbri.assessing import assess_file
from greenbri.errors import InputError, UsageError
from greenbri.model.assessment import LIGHTS, Verdict
from greenbri.rulepack.profile import Profile, profile_of, profiles, read_profile
from greenbri.selection import resolve, select
from greenbri.sources import load_yaml
from greenbri.sources.project import read_project

DAY = date(2026, 11, 22)
EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.yaml"))
PROJECT = b"schema: 1\nid: plant\nname: Plant\ncountry: KH\nsector: power.coal\n"


def profile(text: str) -> Profile:
    head = "schema: 1\nprofile: own\ntitle: {en: Own, zh: 自有}\n"
    return profile_of(load_yaml((head + text).encode(), "own.yaml"))


def chosen(text: str, wanted: str | None = None):  # type: ignore[no-untyped-def]
    return select(read_project(load_yaml(PROJECT, "plant.yaml")).project, wanted, profile(text))


@pytest.mark.parametrize("name", profiles())
def test_a_shipped_profile_is_named_by_its_file_and_names_packs_that_are_there(name: str) -> None:
    shipped = read_profile(name)
    assert shipped.name == name and shipped.named
    assert {pack.id for pack in resolve(None, shipped)} == {pack.id for pack in resolve()}


def test_the_four_profiles_are_shipped() -> None:
    assert profiles() == ("chinese-policy-bank", "equator-bank", "exporter-to-eu", "state-contractor")


@cache
def by_law(example: Path) -> Verdict:
    return assess_file(example, DAY).assessment.verdict


@pytest.mark.parametrize("name", profiles())
@pytest.mark.parametrize("example", EXAMPLES[:3], ids=lambda path: path.stem)
def test_no_light_gets_better_under_a_profile(name: str, example: Path) -> None:
    without = by_law(example)
    within = assess_file(example, DAY, profile=name).assessment.verdict
    assert LIGHTS.index(within.light) <= LIGHTS.index(without.light)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("packs: {remove: [kh/sub-decree-42-2000]}\n", 4, 9),
        ("relax: {SO2: 2}\n", 4, 1),
        ("waive: [kh]\n", 4, 1),
        ("binding: [WBG]\nfactor: 2\n", 5, 1),
    ],
)
def test_there_is_no_key_that_loosens(text: str, line: int, column: int) -> None:
    with pytest.raises(InputError) as error:
        profile(text)
    fault = error.value.diagnostics[0]
    assert fault.code == "GRB040" and fault.position is not None
    assert (fault.position.line, fault.position.column) == (line, column)


@pytest.mark.parametrize("age", ["0", "-1", "soon", "1.5"])
def test_the_age_of_evidence_is_a_number_of_days(age: str) -> None:
    with pytest.raises(InputError):
        profile(f"max_evidence_age: {age}\n")
    assert profile("max_evidence_age: 365\n").max_evidence_age == 365


def test_what_a_profile_names_joins_whatever_was_selected() -> None:
    assert {pack.id.partition("/")[0] for pack in chosen("packs: {add: [WHO]}\nbinding: [wbg]\n", "kh").packs} >= {
        "kh", "who", "wbg",
    }  # fmt: skip
    assert not {"who", "wbg"} & {pack.id.partition("/")[0] for pack in chosen("", "kh").packs}


def test_a_name_that_is_no_pack_is_refused_at_its_place() -> None:
    with pytest.raises(InputError) as error:
        chosen("binding: [WBG, kh/no-such-decree]\n")
    fault = error.value.diagnostics[0]
    assert fault.code == "GRB226" and fault.position is not None and fault.position.line == 4
    assert "kh/no-such-decree" in fault.message("en")


def test_an_unknown_profile_is_bad_usage_and_the_known_ones_are_named() -> None:
    for name in ("no-such-bank", "../profiles/equator-bank"):
        with pytest.raises(UsageError) as error:
            read_profile(name)
        assert "equator-bank" in str(error.value.diagnostics[0].remedy("en"))


def test_packs_bind_by_the_profile_and_benchmarks_are_named() -> None:
    selection = chosen("binding: [WBG]\nbenchmarks: [EU]\nmax_evidence_age: 700\n")
    assert "wbg/ehs-general-2007" in selection.made_binding and "eu/ied-annex-v" in selection.named_benchmarks
    assert selection.max_age_days == 700
    uses = {one.id: one for one in assess_file(EXAMPLES[0], DAY, profile="equator-bank").assessment.packs}
    assert uses["ep/ep4-2020"].binding and uses["ep/ep4-2020"].binds_by in ("profile", "instrument")


def test_guidance_that_is_made_binding_stands_as_a_duty_and_law_keeps_its_force() -> None:
    forces = {pack.id: pack.force for pack in chosen("binding: [cn/mee-mofcom-guide-2022, kh]\n").packs}
    assert forces["cn/mee-mofcom-guide-2022"] == "commitment"
    assert forces["kh/sub-decree-42-2000"] == "law"
    assert {pack.id: pack.force for pack in chosen("").packs}["cn/mee-mofcom-guide-2022"] == "guidance"


def test_a_report_embeds_the_profile_with_its_content() -> None:
    embedded = assess_file(EXAMPLES[0], DAY, profile="equator-bank").embedded
    assert embedded["profile"]["name"] == "equator-bank" == embedded["receipt"]["profile"]["name"]
    assert embedded["profile"]["content"]["binding"] == ["EP", "IFC", "WBG"]
    assert embedded["profile"]["sha256"] == read_profile("equator-bank").digest
    assert assess_file(EXAMPLES[0], DAY).embedded["profile"] is None


def test_a_profile_of_ones_own_is_named_by_its_file(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("schema: 1\nprofile: own\ntitle: {en: Own, zh: 自有}\nbinding: [WBG]\n", "utf-8")
    assert assess_file(EXAMPLES[0], DAY, profile=str(path)).embedded["profile"]["name"] == "own"
