from __future__ import annotations

from pathlib import Path

import pytest

from greenbri.cli.app import run

PROJECT = str(Path(__file__).resolve().parents[2] / "examples" / "eth-park-bolelemi.yaml")


def test_the_request_is_written_as_a_letter_in_both_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter, book = tmp_path / "request.md", tmp_path / "request.xlsx"
    arguments = ["questions", PROJECT, "--as-of", "2026-11-22", "--packs", "et", "-o", str(letter), "-o", str(book)]
    assert run([*arguments, "--from", "Export Bank"]) == 0
    told = capsys.readouterr()
    assert told.out == "" and told.err.count("wrote ") == 2
    text = letter.read_text(encoding="utf-8")
    assert "Export Bank" in text and "环境资料补充函 / Request for environmental information" in text
    assert book.read_bytes().startswith(b"PK")


def test_one_language_can_be_asked_for(tmp_path: Path) -> None:
    letter = tmp_path / "request.md"
    run(["questions", PROJECT, "--as-of", "2026-11-22", "--packs", "et", "--lang", "zh", "-o", str(letter)])
    assert "环境资料补充函" in letter.read_text(encoding="utf-8")
    assert "Request for" not in letter.read_text(encoding="utf-8")


def test_another_ending_and_the_project_itself_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["questions", PROJECT, "-o", str(tmp_path / "request.docx")]) == 2
    assert "GRB321" in capsys.readouterr().err
    assert run(["questions", PROJECT, "-o", str(tmp_path / "no" / "request.md")]) == 2
    assert "GRB301" in capsys.readouterr().err


def test_without_an_output_the_list_is_printed_as_before(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["questions", PROJECT, "--as-of", "2026-11-22", "--packs", "et", "--most", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4 and lines[0].startswith("1. ") and "settles" in lines[1]
