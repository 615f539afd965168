from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from greenbri.errors import ExitCode, OutputError
from greenbri.sources.output import check_outputs, check_writable, replacing, write_atomically


def code(path: Path | str, **options: object) -> str:
    with pytest.raises(OutputError) as error:
        check_writable(path, **options)  # type: ignore[arg-type]
    assert error.value.exit_code is ExitCode.BAD_INPUT
    fault = error.value.diagnostics[0]
    assert fault.message("en") and fault.message("zh") and fault.remedy("zh")
    return fault.code


def test_a_missing_folder_is_refused_and_not_created(tmp_path: Path) -> None:
    assert code(tmp_path / "no" / "such" / "x.pdf") == "GRB301"
    assert os.listdir(tmp_path) == []


def test_a_file_cannot_be_the_parent_of_the_output(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert code(tmp_path / "file" / "x.pdf") == "GRB302"
    assert code(tmp_path / "file" / "deeper" / "x.pdf") == "GRB302"


def test_a_folder_is_no_output_file(tmp_path: Path) -> None:
    assert code(tmp_path) == "GRB304"
    assert code(f"{tmp_path}/") == "GRB304"


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """A folder outside the user's own ones; an administrator asks for access as somebody else, since he gets all."""
    administrator = os.getuid() == 0
    with TemporaryDirectory() as name:
        if administrator:
            os.setreuid(65534, -1)  # access is asked for the real user; the effective one still cleans up
        try:
            yield Path(name)
        finally:
            if administrator:
                os.setreuid(0, -1)
            os.chmod(name, 0o700)


def test_a_folder_without_permission_is_refused(shared_folder: Path) -> None:
    shared_folder.chmod(0o777)
    check_writable(shared_folder / "x.pdf")
    shared_folder.chmod(0o555)
    assert code(shared_folder / "x.pdf") == "GRB303"


def test_an_input_is_never_overwritten(tmp_path: Path) -> None:
    project = tmp_path / "p.json"
    project.write_text("{}")
    (tmp_path / "link.json").symlink_to(project)
    assert code(tmp_path / "link.json", inputs=[project]) == "GRB306"


def test_two_results_cannot_share_a_file_and_all_faults_are_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as error:
        check_outputs([tmp_path / "a.pdf", f"{tmp_path}/./a.pdf", tmp_path / "no" / "b.pdf", os.devnull, os.devnull])
    assert [fault.code for fault in error.value.diagnostics] == ["GRB307", "GRB301"]


def test_the_whole_content_arrives_with_ordinary_permissions(tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    write_atomically(file, "绿色\n")
    (tmp_path / "plain").write_text("")
    assert file.read_bytes() == "绿色\n".encode()
    assert file.stat().st_mode == (tmp_path / "plain").stat().st_mode
    file.chmod(0o640)
    write_atomically(file, b"2")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert sorted(os.listdir(tmp_path)) == ["plain", "x.md"]


def test_a_failure_on_the_way_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    file.write_text("old")
    with pytest.raises(RuntimeError), replacing(file) as half:
        half.write(b"new")
        raise RuntimeError
    assert file.read_text() == "old"
    assert os.listdir(tmp_path) == ["x.pdf"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full device here")
def test_a_full_disk_is_told() -> None:
    with pytest.raises(OutputError) as error:
        write_atomically("/dev/full", "x")
    assert error.value.diagnostics[0].code == "GRB305"


def test_a_symbolic_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("old")
    (tmp_path / "link.md").symlink_to("real.md")
    write_atomically(tmp_path / "link.md", "new")
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_text() == "new"
