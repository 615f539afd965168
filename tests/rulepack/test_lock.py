"""The lock of a selection: what it holds, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from greenbri.assessing import assess_file
from greenbri.cli.rules import rules_app
from greenbri.errors import InputError
from greenbri.resources import rules_dir
from greenbri.rulepack.library import packs_where
from greenbri.rulepack.load import read_pack
from greenbri.rulepack.lock import lock_of, lock_text, read_lock
from greenbri.selection import resolve
from greenbri.sources import load_yaml

WHO = rules_dir() / "who" / "aqg-2021.yaml"
PROJECT = "schema: 1\nid: plant\nname: Plant\ncountry: KH\nsector: power.coal\n"


def run(*arguments: str) -> str:
    result = CliRunner().invoke(rules_app, list(arguments), standalone_mode=False)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stdout


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "plant.yaml"
    path.write_text(PROJECT, "utf-8")
    return path


def test_a_lock_is_sorted_and_the_same_for_the_same_packs() -> None:
    packs = packs_where(lambda entry: entry.folder in ("kh", "who"))
    text = lock_text(reversed(packs))
    assert text == lock_text(packs) == lock_text((*packs, *packs))
    lock = lock_of(load_yaml(text.encode(), "lock"))
    assert list(lock.packs) == sorted(pack.id for pack in packs)
    assert {one.id: (one.version, one.sha256) for one in lock.packs.values()} == {
        pack.id: (pack.version, pack.sha256) for pack in packs
    }


def test_layout_and_comments_leave_the_lock_as_it_is_and_a_number_does_not(tmp_path: Path) -> None:
    lock = lock_of(load_yaml(lock_text([read_pack(WHO)]).encode(), "lock"))
    own = tmp_path / "aqg-2021.yaml"
    own.write_text("# a remark\n" + WHO.read_text("utf-8"), "utf-8")
    lock.refuse_others([read_pack(own)])
    own.write_text(WHO.read_text("utf-8").replace("version: ", "version: 9", 1), "utf-8")
    with pytest.raises(InputError) as error:
        lock.refuse_others([read_pack(own)])
    fault = error.value.diagnostics[0]
    assert fault.code == "GRB222" and fault.position is not None and fault.position.line > 1
    for told in ("who/aqg-2021", read_pack(own).sha256, read_pack(WHO).sha256):
        assert told in fault.message("en") and told in fault.message("zh")


def test_a_pack_more_and_a_pack_less_are_refused() -> None:
    one, other = packs_where(lambda entry: entry.folder in ("who", "bri"))[:2]
    lock = lock_of(load_yaml(lock_text([one]).encode(), "lock"))
    with pytest.raises(InputError) as error:
        lock.refuse_others([one, other])
    assert [fault.code for fault in error.value.diagnostics] == ["GRB223"]
    with pytest.raises(InputError) as error:
        lock.refuse_others([])
    assert [fault.code for fault in error.value.diagnostics] == ["GRB224"]
    lock.refuse_others([], present=[one.id])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("schema: 1\npacks: [{id: a, version: 1, sha256: zz}]", "GRB044"),
        ("schema: 1\npacks: []\nallow: any", "GRB040"),
        ("schema: 1\npacks:\n" + f"- {{id: a, version: '1', sha256: '{'0' * 64}'}}\n" * 2, "GRB228"),
    ],
)
def test_a_faulty_lock_is_refused_at_its_line(text: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "greenbri.lock"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError) as error:
        read_lock(path)
    assert error.value.diagnostics[0].code == code and error.value.diagnostics[0].position is not None


def test_the_lock_of_the_library_holds_for_every_selection_of_it(tmp_path: Path, project: Path) -> None:
    from datetime import date

    path = tmp_path / "greenbri.lock"
    assert run("lock", "-o", str(path)) == ""
    assert path.read_text("utf-8") == run("lock") == lock_text(resolve())
    for packs in (None, "kh", "kh,who"):
        assess_file(project, date(2026, 11, 22), packs=packs, locked=path)


def test_assess_refuses_packs_that_are_not_those_of_the_lock(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from greenbri.cli.app import run as greenbri

    monkeypatch.chdir(tmp_path)
    own = tmp_path / "aqg-2021.yaml"
    own.write_text(WHO.read_text("utf-8").replace("version: ", "version: 9", 1), "utf-8")
    path = tmp_path / "greenbri.lock"
    path.write_text(run("lock"), "utf-8")
    command = ["assess", project.name, "--as-of", "2026-11-22", "--format", "json", "--locked", path.name, "--packs"]
    assert greenbri([*command, "who"]) == 0
    capsys.readouterr()
    assert greenbri([*command, own.name]) == 2
    told = capsys.readouterr()
    assert told.out == "" and "greenbri.lock:" in told.err and "GRB222 `who/aqg-2021`" in told.err
