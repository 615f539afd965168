"""A project as the evaluator reads it: facts, subjects with observations, people, money, documents.

The file a user writes is checked by `greenbri.sources.project`; this is what comes out of it. Everything carries the
JSON pointer of the place it was read from.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from greenbri.model.text import Text
from greenbri.quantity import Quantity

FactValue = str | bool | date | Fraction | tuple[str, ...]
Status = Literal[
    "proposed", "pre-permit", "permitted", "construction", "operating", "mothballed", "retired", "cancelled", "shelved"
]
EvidenceKind = Literal[
    "measured", "laboratory", "continuous", "eia", "guarantee", "design", "claim", "inferred", "assumed"
]
# kinds whose values are promises or predictions: compared at face value and marked indicative
UNPROVEN: frozenset[str] = frozenset({"eia", "guarantee", "design", "claim", "inferred", "assumed"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a statement rests on."""

    kind: EvidenceKind | None = None
    document: str = ""
    page: str = ""
    url: str = ""
    date: datetime.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Covers:
    """The time and the operating state that a figure speaks for."""

    start: date | None = None
    end: date | None = None
    count: int | None = None
    state: str | None = None

    @property
    def days(self) -> int | None:
        """Number of days from first to last, both inclusive; None where an end is not given."""
        return (self.end - self.start).days + 1 if self.start and self.end else None


@dataclass(frozen=True, slots=True)
class Fact:
    """The value of a fact and where it stands; numbers are in the unit of the fact's definition."""

    value: FactValue
    pointer: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure and what it means: parameter, quantity, period of each value, statistic over such values, cover."""

    parameter: str
    quantity: Quantity
    text: str
    pointer: str
    id: str = ""
    period: str | None = None
    statistic: str | None = None
    of: Literal["total", "contribution", "baseline", "background", "upwind", "increment"] = "total"
    covers: Covers = Covers()
    evidence: Evidence = Evidence()
    fraction: str = ""
    superseded_by: str = ""
    oxygen: Fraction | None = None
    moisture: Fraction | None = None
    facts: dict[str, Fact] = field(default_factory=dict)
    lower_bound_only: bool = False  # a sum that lacks a member


@dataclass(frozen=True, slots=True)
class Subject:
    """What a limit is applied to: a stack, an outfall, a receptor, or the project as a whole."""

    id: str
    medium: str
    pointer: str
    name: str = ""
    facts: dict[str, Fact] = field(default_factory=dict)
    observations: tuple[Observation, ...] = ()
    fuels: tuple[tuple[str, Fraction], ...] = ()
    specific_volume: Quantity | None = None
    heat_rate: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A person bound by nationality; `role` is sponsor, contractor, supplier, lender or insurer."""

    name: str
    role: str
    nationality: str | None
    pointer: str
    inferred: bool = False
    standards: tuple[str, ...] = ()
    amount: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document, permit, plan or approval in evidence."""

    type: str
    pointer: str
    title: str = ""
    status: str = "issued"
    authority: str = ""
    number: str = ""
    date: datetime.date | None = None
    valid_until: datetime.date | None = None
    covers_project: bool = True
    independent_review: bool = False


@dataclass(frozen=True, slots=True)
class Commitment:
    """A limit that the project's own permit, approval, loan or contract sets."""

    id: str
    kind: str
    parameter: str
    operator: str
    quantity: Quantity
    text: str
    pointer: str
    document: str
    clause: str
    medium: str = "stack"
    subject: str | None = None
    period: str | None = None
    form: str = "every"
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Waiver:
    """A written exception by the owner of a rule."""

    rule: str
    granted_by: str
    document: str
    pointer: str
    scope: str = ""
    cap: Quantity | None = None
    date: datetime.date | None = None
    expires: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class ActionItem:
    """An accepted step that closes a gap: for a lender's gap, or a contracted design change before construction."""

    rule: str
    pointer: str
    kind: Literal["lender-action-plan", "design-change"]
    accepted: bool = False
    funded: bool = False
    contracted: bool = False
    deadline: date | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """A project description, checked and normalised."""

    id: str
    name: Text
    country: str
    sector: str
    status: Status | None
    facts: dict[str, Fact]
    subjects: tuple[Subject, ...]
    parties: tuple[Party, ...] = ()
    roles_complete: frozenset[str] = frozenset()
    documents: tuple[Document, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    actions: tuple[ActionItem, ...] = ()
    exports: tuple[str, ...] | None = None
    classes: dict[str, Fact] = field(default_factory=dict)
    operation: date | None = None
    assumed: tuple[str, ...] = ()
    digest: str = ""

    def operating(self, on: date) -> bool:
        """Whether the project runs on that day, by its status first and its date of operation second."""
        if self.status in ("operating", "mothballed", "retired"):
            return True
        if self.status is not None:
            return False
        return self.operation is not None and self.operation <= on
