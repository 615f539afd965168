from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from greenbri.errors import Diagnostic, ExitCode, InputError
from greenbri.sources import load, load_yaml

Refused = Callable[[Callable[[], object]], list[Diagnostic]]

CHINESE = "名称: 老挝洪沙燃煤电站\n燃料: 褐煤\n"


def test_a_missing_file_is_named_with_its_neighbour(tmp_path: Path, refused: Refused) -> None:
    (tmp_path / "hongsa.yaml").write_text("a: 1\n")
    (fault,) = refused(lambda: load_yaml(tmp_path / "honsga.yaml"))
    assert fault.code == "GRB001"
    assert "hongsa.yaml" in str(fault.remedy("en"))
    assert refused(lambda: load_yaml(tmp_path / "q" / "z.yaml"))[0].code == "GRB001"
    assert refused(lambda: load_yaml(tmp_path / "hongsa.yaml" / "z.yaml"))[0].code == "GRB001"


def test_a_folder_is_no_file(tmp_path: Path, refused: Refused) -> None:
    assert refused(lambda: load_yaml(tmp_path))[0].code == "GRB002"


def test_a_file_that_may_not_be_read_is_refused(
    tmp_path: Path, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("a: 1\n")
    file.chmod(0)
    if os.geteuid() == 0:  # the administrator may read everything

        def deny(*args: object, **kwargs: object) -> None:
            raise PermissionError

        monkeypatch.setattr("builtins.open", deny)
        from greenbri.sources.reading import DEFAULT_LIMITS, _read

        with pytest.raises(InputError) as error:
            _read(str(file), "x.yaml", DEFAULT_LIMITS)
        monkeypatch.undo()
        assert error.value.diagnostics[0].code == "GRB003"
    else:
        assert refused(lambda: load_yaml(file))[0].code == "GRB003"


def test_a_name_with_a_nul_is_refused(refused: Refused) -> None:
    assert refused(lambda: load_yaml("a\0b"))[0].code == "GRB004"


def test_a_large_file_is_refused_by_its_size_alone(tmp_path: Path, refused: Refused) -> None:
    file = tmp_path / "large.yaml"
    with file.open("wb") as sparse:
        sparse.truncate(50_000_000_000)
    started = time.perf_counter()
    (fault,) = refused(lambda: load(file))
    assert time.perf_counter() - started < 0.5
    assert fault.code == "GRB005"
    assert "50000.0 MB" in fault.message("en")


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no endless device here")
def test_an_endless_device_is_read_up_to_the_limit_only(refused: Refused) -> None:
    assert refused(lambda: load_yaml("/dev/zero"))[0].code == "GRB005"


@pytest.mark.parametrize(
    ("content", "encoding", "place"),
    [
        (CHINESE.encode("gb18030"), "GB18030", (1, 1)),
        (b"# comment\nname: " + "中文名称".encode("gbk"), "GB18030", (2, 7)),
        (CHINESE.encode("utf-16"), "UTF-16", (1, 1)),
        ("name: x\n".encode("utf-16-le"), "UTF-16LE", (1, 1)),
        ("name: x\n".encode("utf-16-be"), "UTF-16BE", (1, 1)),
        ("a: 1\n".encode("utf-32"), "UTF-32", (1, 1)),
        ("a: café crème\n".encode("latin-1"), "WINDOWS-1252", (1, 7)),
    ],
)
def test_other_encodings_are_recognised_and_converting_is_explained(
    content: bytes, encoding: str, place: tuple[int, int], refused: Refused
) -> None:
    (fault,) = refused(lambda: load_yaml(content, "p.yaml"))
    assert fault.code == "GRB006"
    assert fault.position is not None
    assert (fault.position.line, fault.position.column) == place
    assert f"iconv -f {encoding} -t UTF-8" in str(fault.remedy("en"))
    assert encoding in fault.message("zh")


def test_a_damaged_file_names_the_byte(refused: Refused) -> None:
    (fault,) = refused(lambda: load_yaml("a: 中".encode() + b"\xff\x00\x81", "p.yaml"))
    assert fault.code == "GRB007"
    assert "0xFF" in fault.message("en")


@pytest.mark.parametrize(
    ("text", "name"), [("a: \0", "U+0000"), ("a: x\x1b[31m", "U+001B"), ("a: 1 # x\u2028b: 2", "U+2028")]
)
def test_invisible_characters_are_refused_by_name(text: str, name: str, refused: Refused) -> None:
    (fault,) = refused(lambda: load_yaml(text.encode(), "p.yaml"))
    assert fault.code == "GRB008"
    assert name in fault.message("en")


@pytest.mark.parametrize("content", [b"", b"  \n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(content: bytes, refused: Refused) -> None:
    assert refused(lambda: load_yaml(content, "p.yaml"))[0].code == "GRB009"


@pytest.mark.parametrize("content", [b"PK\x03\x04rest", b"%PDF-1.7"])
def test_another_kind_of_file_is_called_by_its_name(content: bytes, refused: Refused) -> None:
    assert refused(lambda: load_yaml(content, "p.yaml"))[0].code == "GRB033"


def test_the_suffix_chooses_the_reader(tmp_path: Path) -> None:
    file = tmp_path / "p.JSON"
    file.write_text('{"a": "\\ud83d\\ude00"}')
    assert load(file).data == {"a": "😀"}


def test_an_error_ends_with_exit_code_two_and_says_where() -> None:
    with pytest.raises(InputError) as error:
        load_yaml(b"a: 1\na: 2\n", "p.yaml")
    assert error.value.exit_code is ExitCode.BAD_INPUT
    assert str(error.value) == "p.yaml:2:1: GRB012 the key `a` is given twice"
    assert error.value.source is not None
    assert error.value.source.line(2) == "a: 2"
