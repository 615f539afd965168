"""Rules as the evaluator reads them: one intermediate form for the single and the columnar path."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from greenbri.model.condition import ALWAYS, Condition
from greenbri.model.limit import (
    Factor as Factor,
)
from greenbri.model.limit import (
    Fixed as Fixed,
)
from greenbri.model.limit import (
    Form as Form,
)
from greenbri.model.limit import (
    Interpolated as Interpolated,
)
from greenbri.model.limit import (
    LimitKind as LimitKind,
)
from greenbri.model.limit import (
    LimitTest as LimitTest,
)
from greenbri.model.limit import (
    LimitValue as LimitValue,
)
from greenbri.model.limit import (
    Mixed as Mixed,
)
from greenbri.model.limit import (
    Operator as Operator,
)
from greenbri.model.limit import (
    Product as Product,
)
from greenbri.model.limit import (
    Rounding as Rounding,
)
from greenbri.model.limit import (
    Segment as Segment,
)
from greenbri.model.limit import (
    Validity as Validity,
)
from greenbri.model.text import Text as Text

Force = Literal["law", "supervisory", "lender", "commitment", "treaty", "guidance", "benchmark"]
Domain = Literal["management", "technology", "engineering"]
SourceStatus = Literal["verified", "secondary", "recalled"]
Framework = Literal["host", "CN", "EU", "US", "lenders", "BRI", "commitments"]
FRAMEWORKS: tuple[Framework, ...] = ("host", "CN", "EU", "US", "lenders", "BRI", "commitments")


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a value or a duty was read."""

    instrument: str
    clause: str
    url: str
    status: SourceStatus
    checked: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class NoLimitTest:
    """The law says that it sets no limit: a sourced row, never the same as silence."""

    parameter: str
    medium: str


@dataclass(frozen=True, slots=True)
class AlternativeTest:
    """One of several limits suffices."""

    parameter: str
    medium: str
    members: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class DocumentNeed:
    """A document of this type must be in evidence."""

    document: str


@dataclass(frozen=True, slots=True)
class FactNeed:
    """A condition on facts must hold."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class NeedGroup:
    """Several needs: all of them, or any one."""

    mode: Literal["all", "any"]
    parts: tuple[Need, ...]


Need = DocumentNeed | FactNeed | NeedGroup


@dataclass(frozen=True, slots=True)
class Due:
    """When a requirement falls due: before a milestone, or days after an event."""

    event: str
    before: bool = True
    days: int = 0
    calendar: Literal["calendar", "working"] = "calendar"


@dataclass(frozen=True, slots=True)
class RequirementTest:
    """A duty shown by documents or facts.

    A document is good for `valid_years`; with `lapses_if_not` it only lapses then if that milestone was not reached.
    """

    kind: Literal["document", "measure", "step"]
    need: Need
    due: Due | None = None
    authority: Text | None = None
    days: int | None = None
    days_calendar: Literal["calendar", "working"] = "calendar"
    valid_years: int | None = None
    lapses_if_not: str = ""


@dataclass(frozen=True, slots=True)
class ProhibitionTest:
    """A ban: fails where `when` holds and no exception does; judgement where `judgement` holds."""

    when: Condition
    judgement: Condition | None = None
    unless: Condition | None = None


Test = LimitTest | NoLimitTest | AlternativeTest | RequirementTest | ProhibitionTest


@dataclass(frozen=True, slots=True)
class Rule:
    """One duty of one instrument: a cell of a table, an alternative, a requirement or a prohibition."""

    id: str
    pack: str
    test: Test
    citation: Citation
    valid: Validity
    applies: Condition = ALWAYS
    domain: Domain = "technology"
    critical: bool | None = None
    title: Text | None = None
    message: Text | None = None
    action: Text | None = None
    aliases: tuple[str, ...] = ()
    pointer: str = ""


# --- packs ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Binds:
    """By what a pack binds a project; where it does not, it is a benchmark."""

    by: Literal["territory", "person", "market", "instrument"]
    of: str = ""
    roles: tuple[str, ...] = ()
    lenders: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """A fact that conditions may name: what it is and how it is asked for."""

    name: str
    type: Literal["term", "number", "date", "bool"]
    of: Literal["project", "subject", "observation"]
    question: Text
    values: tuple[str, ...] = ()
    vocabulary: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class CoefficientRow:
    """A coefficient and the condition under which it holds."""

    applies: Condition
    value: Fraction


@dataclass(frozen=True, slots=True)
class ClassRule:
    """A class and the condition that leads to it."""

    value: str
    when: Condition
    clause: str


@dataclass(frozen=True, slots=True)
class Classification:
    """A scheme of classes, most demanding first; the first rule that holds decides."""

    id: str
    pack: str
    scheme: str
    title: Text
    values: tuple[str, ...]
    rules: tuple[ClassRule, ...]
    otherwise: str | None
    citation: Citation
    valid: Validity
    applies: Condition = ALWAYS
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of the instrument that the pack does not say."""

    clause: str
    text: Text


@dataclass(frozen=True, slots=True)
class Instrument:
    """The law or standard that a pack writes down."""

    citation: str
    issuer: Text
    url: str
    in_force: date | None
    repealed: date | None
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """One edition of one instrument as data."""

    id: str
    version: str
    sha256: str
    title: Text
    jurisdiction: str
    framework: Framework | None
    force: Force
    domain: Domain
    instrument: Instrument
    binds: Binds
    scope: Condition
    sectors: tuple[str, ...]
    rules: tuple[Rule, ...]
    classifications: tuple[Classification, ...] = ()
    coefficients: dict[str, tuple[CoefficientRow, ...]] = field(default_factory=dict)
    facts: tuple[FactDefinition, ...] = ()
    as_benchmark: dict[str, object] = field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()
    review_state: str = "draft"
    file: str = ""
