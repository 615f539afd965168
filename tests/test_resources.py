"""rules/ and templates/ are found from a wheel and from an editable install."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import greenbri
from greenbri import resources

ROOT = Path(__file__).resolve().parent.parent
PRINT_FOLDERS = "import greenbri; print(greenbri.__file__, greenbri.rules_dir(), greenbri.templates_dir(), sep='\\n')"


def _python(*arguments: str, cwd: Path, pythonpath: Path | None = None) -> list[str]:
    """Run a new interpreter away from the checkout; return the lines it prints."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    if pythonpath is not None:
        environment["PYTHONPATH"] = str(pythonpath)
    done = subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def unpacked_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this checkout, built without network and unpacked as pip would."""
    folder = tmp_path_factory.mktemp("wheel")
    _python("-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder), cwd=ROOT)
    (wheel,) = folder.glob("*.whl")
    target = folder / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def test_a_checkout_uses_the_folders_people_edit() -> None:
    assert resources.rules_dir() == ROOT / "rules"
    assert resources.templates_dir() == ROOT / "templates"


def test_an_editable_install_finds_the_checkout_from_any_folder(tmp_path: Path) -> None:
    package, rules, templates = _python("-c", PRINT_FOLDERS, cwd=tmp_path)
    assert Path(package) == ROOT / "src" / "greenbri" / "__init__.py"
    assert (Path(rules), Path(templates)) == (ROOT / "rules", ROOT / "templates")


def test_a_wheel_finds_the_folders_it_carries(unpacked_wheel: Path, tmp_path: Path) -> None:
    package, rules, templates = _python("-c", PRINT_FOLDERS, cwd=tmp_path, pythonpath=unpacked_wheel)
    home = unpacked_wheel / "greenbri"
    assert Path(package) == home / "__init__.py"
    assert (Path(rules), Path(templates)) == (home / "_data" / "rules", home / "_data" / "templates")


@pytest.mark.parametrize("folder", ["rules", "templates"])
def test_a_wheel_carries_every_file_of_the_checkout(unpacked_wheel: Path, folder: str) -> None:
    def listing(top: Path) -> set[str]:
        hidden_or_compiled = ("__pycache__", ".DS_Store")
        return {
            path.relative_to(top).as_posix()
            for path in top.rglob("*")
            if path.is_file() and not any(part in hidden_or_compiled for part in path.parts)
        }

    carried = listing(unpacked_wheel / "greenbri" / "_data" / folder)
    assert carried
    assert carried == listing(ROOT / folder)


def test_a_wheel_carries_the_marker_of_types_and_the_licences(unpacked_wheel: Path) -> None:
    assert (unpacked_wheel / "greenbri" / "py.typed").is_file()
    licences = {path.name for path in unpacked_wheel.glob("*.dist-info/licenses/**/*") if path.is_file()}
    assert {"LICENSE", "NOTICE", "Apache-2.0.txt", "CC-BY-4.0.txt", "OFL-1.1.txt"} <= licences


def test_a_missing_folder_is_named_with_the_places_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "_HERE", tmp_path / "a" / "b")
    with pytest.raises(FileNotFoundError, match=r"no rules folder.*_data/rules or .*/rules"):
        resources.rules_dir()


def test_finding_resources_imports_nothing_heavy(tmp_path: Path) -> None:
    program = (
        "import sys, greenbri; greenbri.rules_dir();"
        "print(sorted({'typer', 'rich', 'pydantic', 'yaml', 'jinja2', 'weasyprint'} & set(sys.modules)))"
    )
    assert _python("-c", program, cwd=tmp_path) == ["[]"]


def test_the_public_face_is_complete_and_refuses_other_names() -> None:
    for name in greenbri.__all__:
        assert getattr(greenbri, name) is not None
        assert name in dir(greenbri)
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = greenbri.no_such_name


def test_version_is_answered_without_the_command_line_stack(tmp_path: Path) -> None:
    program = (
        "import sys; sys.argv = ['greenbri', '--version'];"
        "from greenbri.__main__ import main; main(); print('typer' in sys.modules)"
    )
    assert _python("-c", program, cwd=tmp_path) == [f"greenbri {greenbri.__version__}", "False"]
