"""Hand-written cases as they stand in `cases/<pack>.yaml`: a project fragment, days, and what is to come out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from greenbri.errors import Diagnostic, InputError, diagnostic
from greenbri.rulepack.cells import parse_date
from greenbri.rulepack.form import Form, TextForm
from greenbri.rulepack.lint.files import shown
from greenbri.rulepack.problems import CellError
from greenbri.sources import Document
from greenbri.sources.pointers import pointer

Day = str | list[str]


class ExpectForm(Form):
    """What is to come out for one rule, or for one scheme of classes (`class`)."""

    rule: str | None = None
    class_: str | None = Field(None, alias="class")
    subject: str | None = None
    as_of: str | None = None
    status: str | None = None
    cause: str | None = None
    indicative: bool | None = None
    normalised: str | None = None
    value: str | None = None
    governing: bool | Literal["must_meet", "good_practice"] | None = None
    note: str = ""


class CaseForm(Form):
    id: str = Field(min_length=1)
    why: str | TextForm = ""
    as_of: Day | None = None
    project: dict[str, Any]
    expect: list[ExpectForm] | ExpectForm = Field(default_factory=list)
    todo: str | bool | None = None
    note: str = ""


class CaseFileForm(Form):
    schema_: Literal["1"] = Field(alias="schema")
    pack: str
    note: str = ""
    cases: list[CaseForm]


@dataclass(frozen=True)
class Expectation:
    """One expectation and where it stands; `stated` are the fields that the file gives, null included."""

    form: ExpectForm
    stated: frozenset[str]
    pointer: str
    day: date | None

    @property
    def target(self) -> str:
        """The rule or the scheme that it is about."""
        return self.form.rule or f"class.{self.form.class_}"


@dataclass(frozen=True)
class Case:
    """A case of a file; `days` is empty where it names none. `todo` says why it cannot hold yet."""

    id: str
    document: Document
    index: int
    days: tuple[date, ...]
    expectations: tuple[Expectation, ...]
    todo: str

    @property
    def base(self) -> tuple[str | int, ...]:
        """The steps to its project fragment."""
        return ("cases", self.index, "project")

    @property
    def pointer(self) -> str:
        """The address of the case."""
        return pointer(("cases", self.index))


@dataclass(frozen=True)
class CaseFile:
    """The cases of a file for the pack that it names, and its faults."""

    pack: str
    document: Document | None
    cases: tuple[Case, ...]
    faults: tuple[Diagnostic, ...]


def read_cases(path: Path) -> CaseFile:
    """The cases of a file; what is wrong with the file is among the faults."""
    from pydantic import ValidationError

    from greenbri.sources import load_yaml, located

    try:
        document = load_yaml(path, shown(path))
    except InputError as error:
        return CaseFile("", None, (), error.diagnostics)
    try:
        form = CaseFileForm.model_validate(document.data)
    except ValidationError as error:
        return CaseFile("", document, (), tuple(located(error, document, model=CaseFileForm)))
    faults: list[Diagnostic] = []
    cases = tuple(_cases(form, document, faults))
    return CaseFile(form.pack, document, cases, tuple(faults))


def _cases(form: CaseFileForm, document: Document, faults: list[Diagnostic]) -> Iterator[Case]:
    seen: set[str] = set()
    for index, case in enumerate(form.cases):
        place = ("cases", index)
        if case.id in seen:
            faults.append(_fault(document, (*place, "id"), "GRB215", {"id": case.id}))
            continue
        seen.add(case.id)
        try:
            texts = case.as_of if isinstance(case.as_of, list) else [case.as_of] if case.as_of else []
            days = tuple(parse_date(text) for text in texts)
            expectations = tuple(_expectations(case, document, index))
        except CellError as error:
            faults.append(_fault(document, (*place, "as_of"), error.code, error.args_of_message))
            continue
        for one in expectations:
            if (one.form.rule is None) == (one.form.class_ is None):
                where = document.position(one.pointer)
                faults.append(diagnostic("GRB271", where, {"case": case.id}, pointer=one.pointer))
        todo = case.todo if isinstance(case.todo, str) else "todo" if case.todo else ""
        yield Case(case.id, document, index, days, expectations, todo)


def _expectations(case: CaseForm, document: Document, index: int) -> Iterator[Expectation]:
    listed = isinstance(case.expect, list)
    forms = case.expect if isinstance(case.expect, list) else [case.expect]
    for number, form in enumerate(forms):
        place: tuple[str | int, ...] = ("cases", index, "expect", *((number,) if listed else ()))
        stated = {"class" if name == "class_" else name for name in form.model_fields_set}
        yield Expectation(form, frozenset(stated), pointer(place), parse_date(form.as_of) if form.as_of else None)


def _fault(document: Document, steps: tuple[str | int, ...], code: str, args: dict[str, object]) -> Diagnostic:
    return diagnostic(code, document.position(steps), args, pointer=pointer(steps))
