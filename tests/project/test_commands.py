"""`greenbri check` and `greenbri init`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from greenbri.cli.check import check
from greenbri.cli.checking import FORMATS, check_files, is_plain_check
from greenbri.cli.init import init
from greenbri.errors import OutputError, UsageError
from greenbri.sources.project import read_project
from greenbri.sources.project.starter import starter
from greenbri.vocabulary import sectors

BAD = "size: {thermal: 600}\n"


def test_a_sound_file_is_said_to_be_sound(write: Any, capsys: Any) -> None:
    path = write("")
    assert check([path]) == 0
    assert capsys.readouterr().out == f"{path}: no errors\n"


def test_a_warning_is_shown_and_does_not_fail(write: Any, capsys: Any) -> None:
    path = write("parties: {sponsors: [China Example]}\n")
    assert check([path]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{path}:5:22: GRB136 ") and "1 to look at" in second


def test_an_error_is_one_line_with_its_place_and_remedy(write: Any, capsys: Any) -> None:
    path = write(BAD)
    assert check([path]) == 2
    out = capsys.readouterr().out
    assert out.startswith(f"{path}:5:17: GRB110 the number 600 has no unit (write the unit behind it: 600 MWth)")


def test_one_bad_file_does_not_hide_another(write: Any, tmp_path: Path, capsys: Any) -> None:
    path = write(BAD)
    good = tmp_path / "good.yaml"
    good.write_text("schema: 1\nid: g\ncountry: NO\nsector: power.hydro\n")
    assert check([path, tmp_path / "none.yaml", good], lang="zh") == 2
    out = capsys.readouterr().out
    assert "GRB110" in out and "GRB001" in out and f"{good}：没有错误" in out


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("body", ["", BAD])
def test_every_format_is_written(write: Any, capsys: Any, name: str, body: str) -> None:
    assert check([write(body)], output_format=name) == (2 if body else 0)
    out = capsys.readouterr().out
    # SARIF describes every rule, broken or not
    assert ("GRB110" in out) == bool(body) or name == "sarif"
    if name in ("json", "sarif"):
        json.loads(out)


@pytest.mark.parametrize("options", [{"output_format": "pdf"}, {"lang": "fr"}])
def test_an_unknown_option_is_refused(write: Any, options: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        check([write("")], **options)


def test_only_a_plain_check_is_answered_without_typer(write: Any) -> None:
    path = str(write(""))
    assert is_plain_check(["check", path])
    for other in (["check"], ["check", path, "--lang", "zh"], ["assess", path]):
        assert not is_plain_check(other)


def test_a_check_loads_nothing_of_reports_and_models_of_forms(write: Any) -> None:
    code = (
        "import sys\nfrom greenbri.cli.checking import check_files\n"
        f"assert check_files([{str(write(''))!r}]) == 0\n"
        "heavy = {'weasyprint', 'jinja2', 'pydantic', 'typer', 'rich', 'numpy', 'difflib', 'jsonschema'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def _uncommented(text: str) -> str:
    return "\n".join(
        line[2:] if line.startswith("# ") and "$schema" not in line else line for line in text.splitlines()
    )


def test_a_starter_passes_and_is_never_replaced(tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "p.yaml"
    init("power.coal", "Cambodia", path, "both")
    assert check_files([str(path)]) == 0
    project = read_project(path).project
    assert (project.country, project.sector, project.subjects) == ("KH", "power.coal", ())
    content = path.read_text(encoding="utf-8")
    assert content.startswith("# yaml-language-server: $schema=")
    with pytest.raises(OutputError):
        init("power.gas", "KH", path)
    assert path.read_text(encoding="utf-8") == content


def test_a_starter_goes_by_its_id_unless_it_is_named(tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)
    init("cement", "NO")
    assert read_project(tmp_path / "no-cement.yaml").project.country == "NO"


@pytest.mark.parametrize("sector", [entry.name for entry in sectors()])
def test_a_starter_of_any_sector_passes_before_and_after_it_is_uncommented(sector: str, tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(starter(sector, "VN"), encoding="utf-8")
    assert read_project(path).warnings == ()
    path.write_text(_uncommented(starter(sector, "VN", "both")), encoding="utf-8")
    assert read_project(path).project.documents


@pytest.mark.parametrize(
    ("sector", "country", "lang", "code"),
    [("power.cole", "KH", "en", "GRB102"), ("cement", "Atlantis", "en", "GRB104"), ("cement", "KH", "fr", "GRB904")],
)
def test_a_starter_of_something_unknown_is_refused(
    tmp_path: Path, sector: str, country: str, lang: str, code: str
) -> None:
    with pytest.raises(UsageError) as error:
        init(sector, country, tmp_path / "p.yaml", lang)
    assert [one.code for one in error.value.diagnostics] == [code]
    assert list(tmp_path.iterdir()) == []
