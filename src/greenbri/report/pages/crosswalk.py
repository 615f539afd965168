"""Standards side by side: for each parameter what every jurisdiction prints, in its own unit and state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from greenbri import messages
from greenbri.model.assessment import Assessment
from greenbri.model.finding import Finding
from greenbri.model.rule import Text
from greenbri.report.explanation import measured
from greenbri.report.pages.comparison import is_limit
from greenbri.report.pages.notation import split_state
from greenbri.report.wording import both, country_name, status_key

_ORDER = ("host", "PROJECT", "CN", "EU", "US", "WBG", "WHO")
_MOST_IN_CELL = 6


@dataclass(frozen=True, slots=True)
class Printed:
    """A limit as the law prints it, with what it is judged over and how the project stands to it."""

    limit: str
    state: str
    period: str
    form: str
    clause: str
    instrument: str
    status: str


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """The table of one medium: columns are jurisdictions, a row is a parameter.

    `alone` are parameters that only one jurisdiction limits and no figure decides: there is nothing to compare.
    """

    medium: str
    columns: tuple[tuple[str, Text], ...]
    rows: tuple[tuple[str, tuple[tuple[Printed, ...], ...]], ...]
    alone: tuple[tuple[Text, tuple[tuple[str, tuple[Printed, ...]], ...]], ...]


def crosswalks(assessment: Assessment) -> tuple[Crosswalk, ...]:
    """One table for each medium, in the order of the findings; where nothing is printed the cell is empty."""
    host = assessment.project.country
    media: dict[str, dict[str, dict[str, list[Printed]]]] = {}
    for top in assessment.deciding_snapshot.findings:
        for one in (top, *top.members) if top.members else (top,):
            if not is_limit(one) or one.limit is None or (top.members and one is top):
                continue
            column = "host" if one.jurisdiction == host or "host" in one.frameworks else one.jurisdiction
            cell = media.setdefault(one.medium, {}).setdefault(one.parameter, {}).setdefault(column, [])
            printed = _printed(one)
            if not any(_same(known, printed) for known in cell) and len(cell) < _MOST_IN_CELL:
                cell.append(printed)
    return tuple(_table(medium, parameters, host) for medium, parameters in media.items())


def _table(medium: str, parameters: dict[str, dict[str, list[Printed]]], host: str) -> Crosswalk:
    single = {name: cells for name, cells in parameters.items() if _is_alone(cells)}
    compared = {name: cells for name, cells in parameters.items() if name not in single}
    order = {name: number for number, name in enumerate(_ORDER)}

    def ordered(columns: Iterable[str]) -> list[str]:
        return sorted(set(columns), key=lambda name: (order.get(name, len(order)), name))

    columns = ordered(column for cells in compared.values() for column in cells)
    rows = tuple(
        (parameter, tuple(tuple(cells.get(column, ())) for column in columns)) for parameter, cells in compared.items()
    )
    alone = tuple(
        (
            _heading(column, host),
            tuple((parameter, tuple(cells[column])) for parameter, cells in single.items() if column in cells),
        )
        for column in ordered(column for cells in single.values() for column in cells)
    )
    return Crosswalk(medium, tuple((column, _heading(column, host)) for column in columns), rows, alone)


def _is_alone(cells: dict[str, list[Printed]]) -> bool:
    return len(cells) == 1 and all(one.status == "unknown" for entries in cells.values() for one in entries)


def _heading(column: str, host: str) -> Text:
    if column == "host":
        return country_name(host)
    if column == "PROJECT":
        return both(lambda one: messages.text("report.framework.commitments", one))
    return country_name(column)


def _printed(one: Finding) -> Printed:
    assert one.limit is not None
    limit, state = split_state(one.limit.text or measured(one.limit))
    cite = one.citation
    return Printed(limit, state, one.period or "", one.form, cite.clause, cite.instrument, status_key(one))


def _same(one: Printed, other: Printed) -> bool:
    return (one.limit, one.state, one.period, one.form) == (other.limit, other.state, other.period, other.form)
