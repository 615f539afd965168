"""The command line in this process: arguments in; exit code, standard output and standard error back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from greenbri.cli.app import run


@dataclass(frozen=True)
class Outcome:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Standard output as JSON, of a command that did its work."""
        assert self.code == 0, self.err
        return json.loads(self.out)


Cli = Callable[..., Outcome]


@pytest.fixture(autouse=True, scope="package")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache of this run's own, so that no test leans on what an earlier run left behind."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, and no variable that changes how a command prints."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "GREENBRI_TRACEBACK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def cli(place: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Run a command in the working directory of the test."""

    def call(*arguments: str) -> Outcome:
        capsys.readouterr()
        code = run(list(arguments))
        told = capsys.readouterr()
        return Outcome(code, told.out, told.err)

    return call


@pytest.fixture
def project(place: Path) -> Callable[..., str]:
    """Write a project file: `schema`, `id` and what is given. Returns its name, for the command line."""

    def write(text: str, name: str = "plant") -> str:
        file = place / f"{name}.yaml"
        file.write_text(f"schema: 1\nid: {name}\n{text}", encoding="utf-8")
        return file.name

    return write


@pytest.fixture
def judge(cli: Cli, project: Callable[..., str]) -> Callable[..., Any]:
    """The assessment of a project text as JSON, on a day and with the packs that a test is about."""

    def judged(text: str, *arguments: str, as_of: str = "2026-11-22") -> Any:
        return cli("assess", project(text), "--as-of", as_of, "--format", "json", *arguments).document

    return judged
