from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from greenbri.errors import Diagnostic, InputError
from greenbri.sources.project import ProjectFile, read_project

HEAD = "schema: 1\nid: plant\ncountry: KH\nsector: power.coal\n"
Read = Callable[..., ProjectFile]
Faults = Callable[..., list[Diagnostic]]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    """A project file with four lines at its head and the text behind them."""

    def call(body: str, head: str = HEAD) -> Path:
        path = tmp_path / "plant.yaml"
        path.write_text(head + body, encoding="utf-8")
        return path

    return call


@pytest.fixture
def read(write: Callable[..., Path]) -> Read:
    """The project in that file."""

    def call(body: str = "", head: str = HEAD, **options: Any) -> ProjectFile:
        return read_project(write(body, head), **options)

    return call


@pytest.fixture
def faults(write: Callable[..., Path]) -> Faults:
    """What is refused in that file."""

    def call(body: str, head: str = HEAD, **options: Any) -> list[Diagnostic]:
        with pytest.raises(InputError) as error:
            read_project(write(body, head), **options)
        return list(error.value.diagnostics)

    return call


@pytest.fixture
def fault(faults: Faults) -> Callable[..., Diagnostic]:
    """The one thing that is refused in that file."""

    def call(body: str, head: str = HEAD, **options: Any) -> Diagnostic:
        found = faults(body, head, **options)
        assert len(found) == 1, [str(one.position) + one.code for one in found]
        return found[0]

    return call


@pytest.fixture
def figure(read: Read) -> Callable[..., Any]:
    """The observation that one line under a stack, or another list, makes."""

    def call(fields: str, under: str = "sources:\n- id: s\n  kind: stack\n  observations:\n  - {") -> Any:
        return read(f"{under}{fields}}}\n").project.subjects[0].observations[0]

    return call
