"""The form of a pack file as pydantic models: what keys may stand where. Meaning is given by the compiler.

Cells of tables stay as they are read (text, truth or mapping); numbers are text and so stay exact.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Cell = Any
SourceStatus = Literal["verified", "secondary", "recalled"]


class Form(BaseModel):
    """Strict about keys: a slip of the keyboard is an error, not an ignored field."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class TextForm(Form):
    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)


class SourceForm(Form):
    clause: str = ""
    url: str = ""
    checked: str = ""
    status: SourceStatus | None = None
    note: str | TextForm = ""


class ValidForm(Form):
    from_: str | None = Field(None, alias="from")
    to: str | None = None


class InstrumentForm(Form):
    citation: str = Field(min_length=1)
    issuer: TextForm
    url: str
    in_force: str | None = None
    repealed: str | None = None
    replaces: list[str] = []


class BindsForm(Form):
    by: Literal["territory", "person", "market", "instrument"]
    of: str = ""
    roles: list[Literal["sponsor", "contractor", "supplier", "lender", "insurer"]] = []
    lenders: list[str] = []
    standards: list[str] = []


class FactForm(Form):
    type: Literal["term", "number", "date", "bool"]
    of: Literal["project", "subject", "observation"] = "project"
    values: list[str] = []
    vocabulary: str = ""
    unit: str = ""
    question: TextForm


class ReviewEntry(Form):
    role: str
    date: str
    result: str


class ReviewForm(Form):
    state: Literal["draft", "reviewed", "stable"]
    entries: list[ReviewEntry] = []


class GapForm(Form):
    clause: str
    en: str
    zh: str


class ChangeForm(Form):
    version: str
    date: str
    en: str
    zh: str


class RoundingForm(Form):
    to: str
    mode: Literal["half-up", "half-even", "truncate"] = "half-up"


class LimitColumnForm(Form):
    unit: str
    parameter: str | None = None
    kind: Literal[
        "limit", "minimum", "range", "removal", "load", "intensity", "increment", "sum", "band", "benchmark"
    ] = "limit"
    period: str | None = None
    form: Cell = None
    reference: str | None = None
    proof: Literal["test"] | None = None
    basis: str = ""
    fraction: str = ""
    critical: bool | None = None
    measures: Literal["total", "contribution", "increment"] = "total"
    over: Literal["", "background", "baseline", "upwind"] = ""
    members: list[str] = []
    weights: dict[str, str] = {}
    non_detect: Literal["zero", "half", "full"] = "full"
    uncertainty: Literal["face", "subtract", "interval"] = "face"
    rounding: RoundingForm | None = None
    benchmark_volume: str = ""
    message: TextForm | None = None
    action: TextForm | None = None


class ScaledFormForm(Form):
    id: str
    period: str
    form: Cell = "every"
    factor: str = "1"
    proof: Literal["test"] | None = None


class AlternativeForm(Form):
    id: str
    any: list[str] = Field(min_length=2)


class CoefficientForm(Form):
    id: str
    title: TextForm | None = None
    source: SourceForm = SourceForm()
    columns: list[str]
    rows: list[list[Cell]]


Medium = Literal[
    "stack", "effluent", "ambient", "noise", "boundary", "water-body", "groundwater", "soil", "sludge", "waste",
    "process", "project",
]  # fmt: skip


class TableForm(Form):
    id: str
    title: TextForm
    medium: Medium
    clause: str = ""
    domain: Literal["management", "technology", "engineering"] | None = None
    period: str | None = None
    form: Cell = "every"
    proof: Literal["test"] | None = None
    reference: str = ""
    oxygen_correction: Literal["always", "when_above", "never"] = "always"
    applies: dict[str, Cell] = {}
    applies_any: list[dict[str, Cell]] = []
    source: SourceForm
    valid: ValidForm = ValidForm()
    columns: list[str]
    limits: dict[str, LimitColumnForm]
    forms: list[ScaledFormForm] = []
    alternatives: list[AlternativeForm] = []
    rounding: RoundingForm | None = None
    max_evidence_days: int | None = None
    critical: bool | None = None
    message: TextForm | None = None
    action: TextForm | None = None
    rows: list[list[Cell]]


class DueForm(Form):
    before: str | None = None
    after: str | None = None
    days: int = 0
    calendar: Literal["calendar", "working"] = "calendar"


class DaysForm(Form):
    value: int
    calendar: Literal["calendar", "working"] = "calendar"
    of: str = "decision"


class ValidForForm(Form):
    years: int | None = None
    lapses_if_not: str | None = None


class RequirementForm(Form):
    id: str
    kind: Literal["document", "measure", "step", "prohibition"]
    title: TextForm
    domain: Literal["management", "technology", "engineering"] = "management"
    applies: dict[str, Cell] = {}
    applies_any: list[dict[str, Cell]] = []
    needs: dict[str, Cell] | None = None
    authority: TextForm | None = None
    days: DaysForm | None = None
    due: DueForm | None = None
    critical: bool | None = None
    valid_for: ValidForForm | None = None
    valid: ValidForm = ValidForm()
    prohibited_when: dict[str, Cell] | None = None
    judgement_when: dict[str, Cell] | None = None
    unless: dict[str, Cell] | None = None
    message: TextForm | None = None
    action: TextForm | None = None
    source: SourceForm
    aliases: list[str] = []


class ClassRuleForm(Form):
    value: str
    when: dict[str, Cell] | None = None
    any: list[dict[str, Cell]] = []
    clause: str = ""


class ClassificationForm(Form):
    id: str
    scheme: str
    title: TextForm
    values: list[str]
    rules: list[ClassRuleForm]
    otherwise: str | None = None
    applies: dict[str, Cell] = {}
    valid: ValidForm = ValidForm()
    source: SourceForm


class PackForm(Form):
    schema_: Literal["1"] = Field(alias="schema")
    pack: str
    version: str
    title: TextForm
    jurisdiction: str
    framework: Literal["CN", "EU", "US", "lenders", "BRI"] | None = None
    force: Literal["law", "supervisory", "lender", "guidance", "treaty", "benchmark"]
    domain: Literal["management", "technology", "engineering"]
    instrument: InstrumentForm
    constants: dict[str, str] = {}
    binds: BindsForm
    scope: dict[str, Cell] = {}
    as_benchmark: dict[str, Cell] = {}
    facts: dict[str, FactForm] = {}
    review: ReviewForm
    gaps: list[GapForm] = []
    changes: list[ChangeForm] = []
    coefficients: list[CoefficientForm] = []
    limits: list[TableForm] = []
    requirements: list[RequirementForm] = []
    classifications: list[ClassificationForm] = []
