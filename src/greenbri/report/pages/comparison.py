"""Limits beside figures: per subject and parameter for what is not settled, compact for what is met."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from greenbri.model.assessment import Assessment, Governing
from greenbri.model.finding import Finding
from greenbri.model.rule import Text
from greenbri.report.explanation import measured
from greenbri.report.numerals import rounded
from greenbri.report.pages.charts import Bar, bar
from greenbri.report.pages.notation import split_state
from greenbri.report.wording import parameter_name, status_key


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One limit with the figure brought to its state; `subjects` share both and the outcome."""

    finding: Finding
    subjects: tuple[str, ...]
    value: str
    limit: str
    state: str
    status: str
    bar: Bar | None
    margin: str


@dataclass(frozen=True, slots=True)
class Compared:
    """The limits that one figure is held against."""

    parameter: str
    name: Text
    stated: str
    evidence: str
    rows: tuple[LimitRow, ...]


@dataclass(frozen=True, slots=True)
class SubjectTable:
    """What is compared at one source, outfall or receptor, or at several that are alike."""

    subjects: tuple[tuple[str, str], ...]
    medium: str
    figures: tuple[Compared, ...]


@dataclass(frozen=True, slots=True)
class OpenBenchmarks:
    """Figures of one parameter, and the benchmarks that each of them leaves open for one cause."""

    parameter: str
    cause: str
    figures: tuple[tuple[tuple[str, ...], str], ...]
    rows: tuple[LimitRow, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """A parameter without a figure, and the limits that count and therefore stay open."""

    subjects: tuple[str, ...]
    parameter: str
    name: Text
    medium: str
    cause: str
    rows: tuple[LimitRow, ...]


@dataclass(frozen=True, slots=True)
class Unseen:
    """Parameters without a figure that only benchmarks limit, with the number of limits and the instruments."""

    medium: str
    limits: int
    parameters: tuple[str, ...]
    instruments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoverningRow:
    """The limits to design to for one parameter of one subject, or of several that are alike."""

    parameter: str
    name: Text
    subjects: tuple[str, ...]
    must_meet: tuple[Governing, ...]
    good_practice: tuple[Governing, ...]

    @property
    def alike(self) -> bool:
        """Whether guidance and benchmarks ask for nothing more."""
        return [one.rule for one in self.must_meet] == [one.rule for one in self.good_practice]


def is_limit(finding: Finding) -> bool:
    """Whether a finding is about a figure and a limit, not a duty; silence of the law is told elsewhere."""
    return bool(finding.parameter) and finding.cause != "no_rule" and finding.kind not in ("requirement", "prohibition")


def unsettled(assessment: Assessment) -> tuple[SubjectTable, ...]:
    """What a figure decides against the project or leaves open, in full: failures, unknowns and waivers that count."""
    return _tables(
        assessment,
        _rows(
            assessment,
            lambda one: (
                one.status == "fail"
                or (_counts(one) and (one.status == "waived" or (one.status == "unknown" and one.observed is not None)))
            ),
        ),
    )


def blanks(assessment: Assessment) -> tuple[Blank, ...]:
    """Limits that count and for which there is no figure, a row for each parameter and cause."""
    rows = _rows(assessment, lambda one: _counts(one) and one.status == "unknown" and one.observed is None)
    grouped: dict[tuple[tuple[str, ...], str, str, str], list[LimitRow]] = {}
    for row in rows:
        one = row.finding
        grouped.setdefault((row.subjects, one.medium, one.parameter, one.cause or ""), []).append(row)
    return tuple(
        Blank(subjects, parameter, parameter_name(parameter), medium, cause, tuple(found))
        for (subjects, medium, parameter, cause), found in grouped.items()
    )


def open_benchmarks(assessment: Assessment) -> tuple[OpenBenchmarks, ...]:
    """Benchmarks that a figure does not decide, a row for each parameter and cause."""
    rows = _rows(assessment, lambda one: not _counts(one) and one.status == "unknown" and one.observed is not None)
    figures: dict[tuple[str, str, tuple[str, ...], str], dict[tuple[str, str, str], LimitRow]] = {}
    for row in rows:
        one = row.finding
        stated = one.observed.text if one.observed is not None else ""
        limits = figures.setdefault((one.parameter, one.cause or "", row.subjects, stated), {})
        limits.setdefault((row.limit, one.period or "", one.citation.instrument), row)
    shared: dict[tuple[object, ...], tuple[list[tuple[tuple[str, ...], str]], tuple[LimitRow, ...]]] = {}
    for (parameter, cause, subjects, stated), limits in figures.items():
        known = shared.setdefault((parameter, cause, tuple(limits)), ([], tuple(limits.values())))
        known[0].append((subjects, stated))
    return tuple(
        OpenBenchmarks(str(key[0]), str(key[1]), tuple(stated), rows) for key, (stated, rows) in shared.items()
    )


def unseen(assessment: Assessment) -> tuple[Unseen, ...]:
    """Benchmarks without a figure: parameters that the same instruments limit share a row."""
    grouped: dict[tuple[str, str], dict[str, set[str]]] = {}
    for one in _limits(assessment):
        if one.status == "unknown" and not _counts(one) and one.observed is None:
            grouped.setdefault((one.medium, one.parameter), {}).setdefault(one.citation.instrument, set()).add(one.rule)
    shared: dict[tuple[str, tuple[str, ...]], tuple[list[str], list[int]]] = {}
    for (medium, parameter), rules in grouped.items():
        parameters, counts = shared.setdefault((medium, tuple(sorted(rules))), ([], []))
        parameters.append(parameter)
        counts.append(sum(map(len, rules.values())))
    return tuple(
        Unseen(medium, sum(counts), tuple(parameters), instruments)
        for (medium, instruments), (parameters, counts) in shared.items()
    )


def met(assessment: Assessment) -> tuple[LimitRow, ...]:
    """Limits that are met."""
    return _rows(assessment, lambda one: one.status == "pass")


def governing_rows(assessment: Assessment) -> tuple[GoverningRow, ...]:
    """Both sets of governing limits side by side; subjects with the same limits share a row."""
    grouped: dict[tuple[str, str], list[Governing]] = {}
    for one in assessment.deciding_snapshot.governing:
        grouped.setdefault((one.parameter, one.subject), []).append(one)
    shared: dict[tuple[object, ...], tuple[list[str], list[Governing]]] = {}
    for (parameter, subject), entries in grouped.items():
        key = (parameter, tuple((one.set, one.rule, one.limit, one.period, one.form) for one in entries))
        shared.setdefault(key, ([], entries))[0].append(subject)
    return tuple(
        GoverningRow(
            entries[0].parameter,
            parameter_name(entries[0].parameter),
            tuple(subjects),
            tuple(one for one in entries if one.set == "must_meet"),
            tuple(one for one in entries if one.set == "good_practice"),
        )
        for subjects, entries in shared.values()
    )


def _counts(one: Finding) -> bool:
    """Whether a finding can weigh on the light: the others are benchmarks and what-ifs."""
    return one.binding or one.force == "guidance"


def _limits(assessment: Assessment) -> list[Finding]:
    return [one for one in assessment.deciding_snapshot.findings if is_limit(one)]


def _rows(assessment: Assessment, wanted: Callable[[Finding], bool]) -> tuple[LimitRow, ...]:
    """Rows in the order of subjects and parameters; findings that differ only in their subject share one."""
    order = {one.id: number for number, one in enumerate(assessment.project.subjects)}
    found = [one for one in _limits(assessment) if wanted(one)]
    found.sort(key=lambda one: (order.get(one.subject, len(order)), one.subject, one.parameter, *_rank(one), one.rule))
    shared: dict[tuple[object, ...], tuple[Finding, list[str]]] = {}
    for one in found:
        shared.setdefault(_alike(one), (one, []))[1].append(one.subject)
    return tuple(_row(one, tuple(subjects)) for one, subjects in shared.values())


def _alike(one: Finding) -> tuple[object, ...]:
    stated = one.observed.text if one.observed is not None else ""
    return one.rule, stated, one.evidence, one.normalised, one.limit, one.status, one.cause, one.indicative, one.remarks


def _tables(assessment: Assessment, rows: Iterable[LimitRow]) -> tuple[SubjectTable, ...]:
    names = {one.id: one.name for one in assessment.project.subjects}
    grouped: dict[tuple[str, ...], dict[tuple[str, str, str], list[LimitRow]]] = {}
    for row in rows:
        one = row.finding
        stated = one.observed.text if one.observed is not None else ""
        grouped.setdefault(row.subjects, {}).setdefault((one.parameter, stated, one.evidence), []).append(row)
    tables = []
    for subjects, figures in grouped.items():
        compared = tuple(
            Compared(parameter, parameter_name(parameter), stated, evidence, tuple(sorted(entries, key=_row_order)))
            for (parameter, stated, evidence), entries in sorted(figures.items(), key=_figure_order)
        )
        medium = compared[0].rows[0].finding.medium
        tables.append(SubjectTable(tuple((one, names.get(one, "")) for one in subjects), medium, compared))
    return tuple(tables)


def _figure_order(entry: tuple[tuple[str, str, str], list[LimitRow]]) -> tuple[object, ...]:
    key, rows = entry
    return min(_rank(row.finding) for row in rows), key


def _row_order(row: LimitRow) -> tuple[object, ...]:
    one = row.finding
    return *_rank(one), -(one.ratio or 0), one.rule


def _rank(one: Finding) -> tuple[int, int]:
    force = 0 if one.binding else 1 if one.force == "guidance" else 2
    return force, {"fail": 0, "waived": 1, "unknown": 2}.get(one.status, 3)


def _row(one: Finding, subjects: tuple[str, ...]) -> LimitRow:
    limit = (one.limit.text or measured(one.limit)) if one.limit is not None else ""
    number, state = split_state(limit)
    value = split_state(measured(one.normalised, one.limit))[0] if one.normalised is not None else ""
    margin = ""
    if one.ratio is None and one.margin is not None and one.limit is not None:
        margin = f"{rounded(one.margin)} {one.limit.unit}".strip()
    return LimitRow(one, subjects, value, number, state, status_key(one), bar(one), margin)
