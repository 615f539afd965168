"""Rules as the evaluator reads them: one intermediate form for the single and the columnar path."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal, Union

from greenbri.model.condition import ALWAYS, Condition
from greenbri.model.text import Text as Text

Force = Literal["law", "supervisory", "lender", "commitment", "treaty", "guidance", "benchmark"]
Domain = Literal["management", "technology", "engineering"]
SourceStatus = Literal["verified", "secondary", "recalled"]
LimitKind = Literal[
    "limit", "minimum", "range", "removal", "load", "intensity", "increment", "sum", "band", "benchmark"
]
Operator = Literal["<=", "<", ">=", ">", "range", "band"]
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
class Validity:
    """First and last day, both inclusive; None is open."""

    start: date | None = None
    end: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the day lies inside."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


# --- limit values ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fixed:
    """A number printed in the law."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Interpolated:
    """Linear between sizes; outside the points: clamped, no limit, or the square law of GB 16297 Appendix B."""

    fact: str
    points: tuple[tuple[Fraction, Fraction], ...]
    outside: Literal["clamp", "none", "square"] = "clamp"


@dataclass(frozen=True, slots=True)
class Factor:
    """A multiplier: a coefficient table of the pack, or a fact over a number in the fact's unit."""

    coefficient: str = ""
    fact: str = ""
    over: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Product:
    """A base value times coefficients (QCVN Kq x Kf, efficiency-scaled turbines)."""

    base: Fraction
    factors: tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class Mixed:
    """The mean of the same column's other rows over the project's fuels, weighted by heat input (IED art. 40)."""

    fact: str
    rows: tuple[tuple[Condition, Fixed], ...]


LimitValue = Union[Fixed, Interpolated, Product, Mixed]


@dataclass(frozen=True, slots=True)
class Form:
    """How the values of a period are judged.

    `share` of the values in a year must comply (1: every one); `years` is the number of years a percentile is averaged
    over; `exceedances` is the count that `share` was derived from, kept for printing; `samples` is the number of
    samples that the law itself takes for proof of a year.
    """

    share: Fraction = Fraction(1)
    years: int = 1
    exceedances: int | None = None
    samples: int | None = None

    @property
    def every(self) -> bool:
        """True when no exceedance is allowed."""
        return self.share == 1 and self.years == 1


@dataclass(frozen=True, slots=True)
class Segment:
    """A value (or the two ends of a range or band) from one day to another; both ends None: abolished."""

    valid: Validity
    low: LimitValue | None
    high: LimitValue | None

    @property
    def abolished(self) -> bool:
        """True where the law ended the value without a successor."""
        return self.low is None and self.high is None


@dataclass(frozen=True, slots=True)
class Rounding:
    """How an instrument rounds before it compares: to multiples of `step` in the limit's unit."""

    step: Fraction
    mode: Literal["half-up", "half-even", "truncate"]

    def apply(self, value: Fraction) -> Fraction:
        """The value rounded; halves go up, to the even neighbour (GB/T 8170), or digits are dropped."""
        steps = value / self.step
        if self.mode == "truncate":
            return (steps.numerator // steps.denominator) * self.step
        if self.mode == "half-even":
            return round(steps) * self.step
        whole = (2 * steps.numerator + steps.denominator) // (2 * steps.denominator)
        return whole * self.step


@dataclass(frozen=True, slots=True)
class LimitTest:
    """A numeric limit: what is measured, in which state and period, and what it is compared with.

    `unit` and `reference` are canonical texts of the quantity package; `segments` are sorted and do not overlap.
    """

    parameter: str
    medium: str
    operator: Operator
    segments: tuple[Segment, ...]
    unit: str
    kind: LimitKind = "limit"
    basis: str = ""
    fraction: str = ""
    reference: str = ""
    period: str | None = None
    form: Form = Form()
    proof: bool = False
    oxygen_correction: str = "always"
    oxygen_in_air: Fraction = Fraction(21)
    measures: Literal["total", "contribution", "increment"] = "total"
    over: str = ""
    benchmark_volume: str = ""
    members: tuple[str, ...] = ()
    weights: tuple[Fraction, ...] = ()
    non_detect: Literal["zero", "half", "full"] = "full"
    uncertainty: Literal["face", "subtract", "interval"] = "face"
    rounding: Rounding | None = None
    max_age_days: int | None = None


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


Need = Union[DocumentNeed, FactNeed, NeedGroup]


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


Test = Union[LimitTest, NoLimitTest, AlternativeTest, RequirementTest, ProhibitionTest]


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
