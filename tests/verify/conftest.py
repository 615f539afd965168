"""A report of a small project, in the three forms that can be verified, and the same after somebody changed it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from greenbri.assessing import assess_file
from greenbri.report import render
from greenbri.resources import rules_dir

ROOT = Path(__file__).resolve().parents[2]
PROJECT = ROOT / "examples" / "eth-park-bolelemi.yaml"
PACK = "et/industrial-pollution-standards"
DAY = date(2026, 11, 22)


@pytest.fixture(autouse=True, scope="package")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache of this run's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def written() -> Callable[..., bytes]:
    """The report of the project in a format, as `assess -o` writes it."""

    def write(name: str, lang: str = "en", **more: Any) -> bytes:
        done = assess_file(more.pop("project", PROJECT), DAY, packs=more.pop("packs", "et"), **more)
        return render(name, [done.assessment], lang, embedded={done.assessment.project.id: done.embedded})

    return write


@pytest.fixture(scope="session")
def report(written: Callable[..., bytes]) -> str:
    """The JSON of the report."""
    return written("json").decode()


@pytest.fixture
def older(tmp_path: Path) -> str:
    """The file of an edition of the pack that is not the installed one: it allows 150 mg/L of suspended solids."""
    text = (rules_dir() / f"{PACK}.yaml").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("  - [") and "50, 150, 30" in line)
    changed = text.replace(row, row.replace("50, 150, 30", "50, 150, 150"), 1)
    assert changed != text
    file = tmp_path / "older.yaml"
    file.write_text(changed.replace("version: 1.0.0", "version: 0.9.0", 1), encoding="utf-8")
    return str(file)
