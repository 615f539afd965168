"""The shipped library: sound by its own checks, in agreement with every case and every second reading."""

from __future__ import annotations

import re

import pytest

from greenbri.cli.app import run
from greenbri.resources import rules_dir
from greenbri.rulepack.library import library
from greenbri.rulepack.load import pack_files

PACKS = [path.relative_to(rules_dir()) for path in pack_files()]
# a mark of a text that was never seen in its source; one file may not call anything else verified
_STATUS = re.compile(r"status: *(verified|secondary|recalled)")


def test_no_check_finds_an_error_or_a_warning(capsys):
    assert run(["rules", "check"]) == 0, capsys.readouterr().out


def test_every_case_and_every_reading_agrees_with_its_pack(capsys):
    assert run(["rules", "test"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("path", PACKS, ids=str)
def test_every_pack_has_hand_written_cases(path):
    assert (rules_dir() / path.parent / "cases" / path.name).is_file()


@pytest.mark.parametrize("path", PACKS, ids=str)
def test_every_pack_says_where_its_values_were_read(path):
    text = (rules_dir() / path).read_text(encoding="utf-8")
    assert _STATUS.search(text) and "checked:" in text


def test_a_pack_that_calls_itself_reviewed_has_a_second_reading():
    for entry in library():
        if entry.pack().review_state == "reviewed":
            assert entry.path.with_suffix(".reading.yaml").is_file(), entry.path.name


def test_no_superseded_edition_is_in_force_beside_its_successor():
    packs = [entry.pack() for entry in library()]
    replaced = {old: pack for pack in packs for old in pack.instrument.replaces}
    for pack in packs:
        successor = replaced.get(pack.instrument.citation)
        if successor is not None and successor.instrument.in_force is not None:
            assert pack.instrument.repealed is not None or any(rule.valid.end for rule in pack.rules), pack.id
