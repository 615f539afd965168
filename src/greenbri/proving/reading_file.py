"""Readings: what a second reader, who never saw the pack's tables, found in the source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from greenbri.errors import Diagnostic, InputError, diagnostic
from greenbri.rulepack.cells import parse_date
from greenbri.rulepack.form import Form, Medium, TextForm
from greenbri.rulepack.lint.files import shown
from greenbri.rulepack.problems import CellError
from greenbri.sources import Document
from greenbri.sources.pointers import pointer


class ReadSourceForm(Form):
    id: str
    title: str | TextForm = ""
    url: str = ""
    note: str = ""


class ReadValueForm(Form):
    """One number as read. What is left out was not read; `none` says that the source sets none."""

    id: str = ""
    source: str = ""
    clause: str = ""
    parameter: str
    medium: Medium | None = None
    kind: str | None = None
    on: str | None = None
    when: dict[str, Any] = Field(default_factory=dict)
    value: str
    unit: str = ""
    reference: str | None = None
    period: str | None = None
    form: Any = None
    basis: str | None = None
    fraction: str | None = None
    measures: Literal["total", "contribution", "increment"] | None = None
    note: str = ""


class ReadingForm(Form):
    schema_: Literal["1"] = Field(alias="schema")
    pack: str
    read: str
    reader: str = ""
    note: str = ""
    sources: list[ReadSourceForm] = Field(default_factory=list)
    values: list[ReadValueForm]


@dataclass(frozen=True)
class Reading:
    """One value of the list and where it stands."""

    form: ReadValueForm
    document: Document
    index: int
    day: date | None

    @property
    def pointer(self) -> str:
        """The address of the value."""
        return pointer(("values", self.index))

    @property
    def label(self) -> str:
        """The value in a few words."""
        unit = f" {self.form.unit}" if self.form.unit else ""
        return " ".join(part for part in (self.form.clause, self.form.parameter, self.form.value + unit) if part)


@dataclass(frozen=True)
class ReadingFile:
    """The values of a file, the day they were read, and the faults of the file."""

    pack: str
    document: Document | None
    read: date | None
    values: tuple[Reading, ...]
    faults: tuple[Diagnostic, ...]


def read_reading(path: Path) -> ReadingFile:
    """The values of a file; what is wrong with the file is among the faults."""
    from pydantic import ValidationError

    from greenbri.sources import load_yaml, located

    try:
        document = load_yaml(path, shown(path))
    except InputError as error:
        return ReadingFile("", None, None, (), error.diagnostics)
    try:
        form = ReadingForm.model_validate(document.data)
    except ValidationError as error:
        return ReadingFile("", document, None, (), tuple(located(error, document, model=ReadingForm)))
    faults: list[Diagnostic] = []
    read: date | None = None
    try:
        read = parse_date(form.read)
    except CellError as error:
        faults.append(diagnostic(error.code, document.position("/read"), error.args_of_message, pointer="/read"))
    return ReadingFile(form.pack, document, read, tuple(_values(form, document, faults)), tuple(faults))


def _values(form: ReadingForm, document: Document, faults: list[Diagnostic]) -> Iterator[Reading]:
    sources = {source.id for source in form.sources}
    for index, value in enumerate(form.values):
        try:
            day = parse_date(value.on) if value.on else None
        except CellError as error:
            place = pointer(("values", index, "on"))
            faults.append(diagnostic(error.code, document.position(place), error.args_of_message, pointer=place))
            continue
        if value.source and value.source not in sources:
            place = pointer(("values", index, "source"))
            args = {"source": value.source, "known": ", ".join(sorted(sources)) or "-"}
            faults.append(diagnostic("GRB279", document.position(place), args, pointer=place))
        yield Reading(value, document, index, day)
