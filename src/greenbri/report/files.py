"""Which files a run writes, checked before any work, and the writing itself."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from greenbri.model.assessment import Assessment
from greenbri.report import FORMATS, check_number, format_of, render
from greenbri.sources.output import check_outputs, write_atomically

# Stands for the id of the project in the name of an output.
_ID = "{id}"


class Assessed(Protocol):
    """An assessment with what is embedded in its report."""

    @property
    def assessment(self) -> Assessment: ...

    @property
    def embedded(self) -> Mapping[str, Any]: ...


def targets(outputs: Sequence[Path], output_format: str = "terminal", *, explain: bool = False) -> list[Path]:
    """What to write: the outputs asked for; else a PDF beside the summary on the terminal, and nothing otherwise."""
    if outputs or explain or output_format != "terminal":
        return list(outputs)
    return [Path(f"{_ID}.pdf")]


def check_targets(wanted: Sequence[Path], inputs: Sequence[Path]) -> None:
    """Check formats, the number of projects and every folder, before any work is done.

    Raises `UsageError` or `OutputError`. A folder whose own name holds `{id}` is checked when it is written to.
    """
    known: list[str] = []
    for path in wanted:
        one = FORMATS[format_of(path)]
        name = os.fspath(path)
        if _ID not in name:
            check_number(one, len(inputs))
        if _ID not in os.path.dirname(name):
            known.append(name)
    # A name with the id still open cannot be an input, so that only its folder is looked at.
    check_outputs(known, inputs=[path for path in inputs if os.path.exists(path)])


def write(path: Path, done: Sequence[Assessed], lang: str = "en") -> Iterator[Path]:
    """Write the file of one output, or one for each project where its name holds `{id}`; yields what was written."""
    name = os.fspath(path)
    known = format_of(name)
    if _ID not in name:
        _write(name, known, done, lang)
        yield path
        return
    named = _expanded(name, done)
    for target, one in zip(named, done, strict=True):
        _write(target, known, [one], lang)
        yield Path(target)


def check_expanded(wanted: Sequence[Path], done: Sequence[Assessed]) -> None:
    """Check the names that hold `{id}`, now that the ids are known and before anything is written."""
    if any(format_of(path) == "pdf" for path in wanted):
        from greenbri.report.pdf import require

        require()
    check_outputs([name for path in wanted if _ID in os.fspath(path) for name in _expanded(os.fspath(path), done)])


def _expanded(name: str, done: Sequence[Assessed]) -> list[str]:
    return [name.replace(_ID, one.assessment.project.id.replace(os.sep, "-")) for one in done]


def _write(name: str, known: str, done: Sequence[Assessed], lang: str) -> None:
    embedded = {one.assessment.project.id: one.embedded for one in done}
    write_atomically(name, render(known, [one.assessment for one in done], lang, embedded=embedded))
