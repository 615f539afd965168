"""What proves a pack, run once and kept: the cases and readings that agree with it, and those that do not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from greenbri.errors import Diagnostic, InputError, SourceText, diagnostic
from greenbri.model.rule import Pack
from greenbri.proving.case_file import CaseFile, read_cases
from greenbri.proving.case_run import CaseResult, Prepared, prepare, run
from greenbri.proving.proof import day_of_reading, of_this_pack, point_of
from greenbri.proving.reading_file import Reading, ReadingFile, read_reading
from greenbri.proving.reading_run import ReadingResult, run_reading
from greenbri.proving.shelf import Folder
from greenbri.rulepack.compile import try_compile
from greenbri.rulepack.lint.files import shown
from greenbri.sources import Document


@dataclass(frozen=True)
class HeldCase:
    """A case that holds, ready to be run again against a changed pack."""

    prepared: Prepared
    result: CaseResult


@dataclass(frozen=True)
class HeldReading:
    """A reading that agrees with the pack, its day, and what else was read at its point."""

    reading: Reading
    day: date
    beside: tuple[Reading, ...]
    result: ReadingResult


@dataclass(frozen=True)
class Evidence:
    """A pack with what holds of its proofs. Known gaps prove nothing, and what fails is told in `faults`.

    `unread` says that a file could not be read as a whole.
    """

    pack: Pack
    document: Document
    cases: tuple[HeldCase, ...]
    readings: tuple[HeldReading, ...]
    faults: tuple[Diagnostic, ...]
    documents: tuple[SourceText, ...]
    unread: bool = False


def evidence(folder: Folder) -> tuple[Evidence | None, tuple[Diagnostic, ...]]:
    """The evidence of a pack; None with the faults where the pack itself cannot be read."""
    from greenbri.sources import load_yaml

    try:
        document = load_yaml(folder.pack, shown(folder.pack))
        pack, found = try_compile(document)
    except InputError as error:
        return None, error.diagnostics
    if pack is None or found:
        return None, found
    faults: list[Diagnostic] = []
    documents: list[SourceText] = [document]
    unread: list[bool] = []
    cases = tuple(_cases(folder, pack, faults, documents, unread))
    readings = tuple(_readings(folder, pack, faults, documents, unread))
    return Evidence(pack, document, cases, readings, tuple(faults), tuple(documents), any(unread)), ()


def _usable(
    file: CaseFile | ReadingFile,
    pack: Pack,
    faults: list[Diagnostic],
    documents: list[SourceText],
    unread: list[bool],
) -> bool:
    """Whether a file could be read and is of the pack; what is wrong with it, and its text, join the lists."""
    faults.extend(file.faults)
    if file.document is not None:
        documents.append(file.document)
    usable = file.document is not None and of_this_pack(file.pack, pack, file.document, faults)
    unread.append(bool(file.faults) or not usable)
    return usable


def _cases(
    folder: Folder, pack: Pack, faults: list[Diagnostic], documents: list[SourceText], unread: list[bool]
) -> Iterator[HeldCase]:
    if folder.cases is None:
        return
    file = read_cases(folder.cases)
    if not _usable(file, pack, faults, documents, unread):
        return
    for case in file.cases:
        if case.todo:
            continue
        place = case.document.position(case.pointer)
        try:
            prepared = prepare(case, pack)
            result = run(prepared, pack)
        except Exception:  # a case that cannot be run proves nothing, as one that fails; `rules test` says why
            faults.append(diagnostic("GRB295", place, {"name": case.id}, pointer=case.pointer))
            continue
        if result.passed:
            yield HeldCase(prepared, result)
        else:
            faults.append(diagnostic("GRB295", place, {"name": case.id}, pointer=case.pointer))


def _readings(
    folder: Folder, pack: Pack, faults: list[Diagnostic], documents: list[SourceText], unread: list[bool]
) -> Iterator[HeldReading]:
    if folder.reading is None:
        return
    file = read_reading(folder.reading)
    if not _usable(file, pack, faults, documents, unread):
        return
    otherwise = day_of_reading(file, pack)
    points: dict[str, list[Reading]] = {}
    for one in file.values:
        points.setdefault(point_of(one), []).append(one)
    for one in file.values:
        beside = tuple(other for other in points[point_of(one)] if other is not one)
        day = one.day or otherwise
        result = run_reading(one, pack, day, beside=beside)
        if result.passed:
            yield HeldReading(one, day, beside, result)
        else:
            place = one.document.position(one.pointer)
            faults.append(diagnostic("GRB295", place, {"name": one.label}, pointer=one.pointer))
