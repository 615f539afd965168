"""What a pack gives to each of its parts: dates, facts, constants, and where a value was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from greenbri.model.rule import Citation, FactDefinition, Text, Validity
from greenbri.rulepack.cells import parse_date
from greenbri.rulepack.form import PackForm, SourceForm, TextForm, ValidForm
from greenbri.rulepack.problems import CellError


@dataclass(frozen=True)
class Head:
    """What a pack gives to each of its tables."""

    form: PackForm
    valid: Validity
    facts: Mapping[str, FactDefinition]
    coefficients: frozenset[str]

    @property
    def oxygen_in_air(self) -> Fraction:
        """The constant of the instrument's own correction formula, per cent by volume."""
        return Fraction(self.form.constants.get("oxygen_in_air", "21"))


def text_of(form: TextForm | None) -> Text | None:
    """A text in both languages, or None."""
    return Text(form.en, form.zh) if form is not None else None


def validity(form: ValidForm, default: Validity) -> Validity:
    """Dates of a part of the pack; what it leaves out is the instrument's."""
    start = parse_date(form.from_) if form.from_ else default.start
    end = parse_date(form.to) if form.to else default.end
    if start is not None and end is not None and end < start:
        raise CellError("GRB211", start=str(start), end=str(end))
    return Validity(start, end)


def citation(head: Head, source: SourceForm, row: Mapping[str, Any], clause: str = "") -> Citation:
    """Where a value was read; columns of a row override the table's source."""
    note = source.note if isinstance(source.note, str) else source.note.en
    status = row.get("status") or source.status
    if status not in ("verified", "secondary", "recalled"):
        raise CellError("GRB210", status=str(status))
    return Citation(
        head.form.instrument.citation,
        str(row.get("clause") or clause or source.clause),
        str(row.get("url") or source.url or head.form.instrument.url),
        status,
        source.checked,
        str(row.get("note") or note),
    )
