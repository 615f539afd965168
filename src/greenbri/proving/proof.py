"""Everything that proves packs, run: hand-written cases and readings, and what is generated for reading only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from greenbri.errors import Diagnostic, InputError, SourceText, diagnostic
from greenbri.model.rule import Pack
from greenbri.proving.case_file import read_cases
from greenbri.proving.case_run import CaseResult, day_of, run_case
from greenbri.proving.reading_file import Reading, ReadingFile, read_reading
from greenbri.proving.reading_run import ReadingResult, run_reading
from greenbri.proving.shelf import Folder
from greenbri.rulepack.compile import try_compile
from greenbri.rulepack.lint.files import shown
from greenbri.sources import Document


@dataclass(frozen=True)
class Proof:
    """What came of all cases and readings.

    `faults` are those of the files themselves: packs, cases and readings that cannot be read.
    """

    packs: tuple[Pack, ...]
    cases: tuple[CaseResult, ...]
    readings: tuple[ReadingResult, ...]
    faults: tuple[Diagnostic, ...]
    documents: dict[str, SourceText]

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything to be told, in the order of files and lines; a known gap that still is one is not told."""
        told = [*self.faults]
        for result in self.cases:
            if not result.case.todo:
                told.extend(result.failures)
            elif result.passed and result.case.expectations:
                place = result.case.document.position(result.case.pointer)
                told.append(diagnostic("GRB274", place, {"case": result.case.id}, pointer=result.case.pointer))
        told.extend(fault for result in self.readings for fault in result.failures)
        return tuple(sorted(told, key=_place))

    @property
    def counts(self) -> dict[str, int]:
        """How many there are, and how many failed; a known gap is neither passed nor failed."""
        whole = [result for result in self.cases if not result.case.todo]
        return {
            "packs": len(self.packs),
            "cases": len(whole),
            "cases_failed": sum(not result.passed for result in whole),
            "todo": len(self.cases) - len(whole),
            "todo_passed": sum(
                result.passed and bool(result.case.expectations) for result in self.cases if result.case.todo
            ),
            "readings": len(self.readings),
            "readings_failed": sum(not result.passed for result in self.readings),
        }


def _place(fault: Diagnostic) -> tuple[str, int, int]:
    place = fault.position
    return (place.file, place.line, place.column) if place is not None else ("", 0, 0)


def prove(folders: Sequence[Folder]) -> Proof:
    """Run the cases and readings of each pack against that pack alone."""
    from greenbri.sources import load_yaml

    packs: list[Pack] = []
    cases: list[CaseResult] = []
    readings: list[ReadingResult] = []
    faults: list[Diagnostic] = []
    documents: dict[str, SourceText] = {}
    for folder in folders:
        pack, document = None, None
        try:
            document = load_yaml(folder.pack, shown(folder.pack))
            documents[document.name] = document
            pack, found = try_compile(document)
            faults.extend(found)
        except InputError as error:
            faults.extend(error.diagnostics)
        if pack is None or document is None:
            continue
        packs.append(pack)
        cases.extend(_cases(folder, pack, faults, documents))
        readings.extend(_readings(folder, pack, document, faults, documents))
    return Proof(tuple(packs), tuple(cases), tuple(readings), tuple(faults), documents)


def _cases(folder: Folder, pack: Pack, faults: list[Diagnostic], documents: dict[str, SourceText]) -> list[CaseResult]:
    if folder.cases is None:
        return []
    file = read_cases(folder.cases)
    faults.extend(file.faults)
    if file.document is None:
        return []
    documents[file.document.name] = file.document
    if not of_this_pack(file.pack, pack, file.document, faults):
        return []
    return [run_case(case, pack) for case in file.cases]


def _readings(
    folder: Folder, pack: Pack, document: Document, faults: list[Diagnostic], documents: dict[str, SourceText]
) -> list[ReadingResult]:
    if folder.reading is None:
        return []
    file = read_reading(folder.reading)
    faults.extend(file.faults)
    if file.document is None:
        return []
    documents[file.document.name] = file.document
    if not of_this_pack(file.pack, pack, file.document, faults):
        return []
    otherwise = day_of_reading(file, pack)
    points: dict[str, list[Reading]] = {}
    for one in file.values:
        points.setdefault(point_of(one), []).append(one)
    results: list[ReadingResult] = []
    for one in file.values:
        beside = [other for other in points[point_of(one)] if other is not one]
        results.append(run_reading(one, pack, one.day or otherwise, document, beside=beside))
    return results


def point_of(reading: Reading) -> str:
    """Where in the law a value was read: parameter, medium, day and facts."""
    form = reading.form
    return repr((form.parameter, form.medium, form.on, sorted((name, str(value)) for name, value in form.when.items())))


def day_of_reading(file: ReadingFile, pack: Pack) -> date:
    """The day of values that name none: when they were read, or the nearest day with the instrument in force."""
    day = file.read or day_of(pack)
    if pack.instrument.repealed is not None and day > pack.instrument.repealed:
        return pack.instrument.repealed
    if pack.instrument.in_force is not None and day < pack.instrument.in_force:
        return pack.instrument.in_force
    return day


def of_this_pack(named: str, pack: Pack, document: Document, faults: list[Diagnostic]) -> bool:
    if named == pack.id:
        return True
    if named:  # without a name the form's own fault has been noted
        place = document.position("/pack")
        faults.append(diagnostic("GRB273", place, {"named": named, "pack": pack.id}, pointer="/pack"))
    return False
