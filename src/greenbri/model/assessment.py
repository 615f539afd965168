"""An assessment: everything a renderer needs, and nothing it must compute."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from greenbri.model.finding import Finding, Measure, Remark
from greenbri.model.project import Project
from greenbri.model.rule import Citation, Framework, Gap, Text

Light = Literal["red", "undetermined", "yellow", "green"]
LIGHTS: tuple[Light, ...] = ("red", "undetermined", "yellow", "green")  # worst first


@dataclass(frozen=True, slots=True)
class Deciding:
    """A rule that decides the light."""

    rule: str
    subject: str
    clause: str
    instrument: str
    status: str
    cause: str | None
    message: Text


@dataclass(frozen=True, slots=True)
class Score:
    """Bounds from 0 to 100 over binding rules and applicable guidance."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class FrameworkResult:
    """Light and counts of one framework; never averaged with another."""

    light: Light
    counts: dict[str, int]
    binding: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """The overall light, why, and how sure."""

    light: Light
    prohibited: bool
    basis: Literal["measured", "design", "none"]
    deciding: tuple[Deciding, ...]
    score: Score
    frameworks: dict[Framework, FrameworkResult]


@dataclass(frozen=True, slots=True)
class Governing:
    """The limit to design to for one parameter of one subject; `losing` are the comparable weaker ones."""

    parameter: str
    medium: str
    subject: str
    set: Literal["must_meet", "good_practice"]
    rule: str
    limit: Measure
    citation: Citation
    period: str | None
    form: str
    losing: tuple[str, ...] = ()
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A missing fact, with how many findings and how much of the score interval it would settle."""

    path: str
    message: Text
    settles: int
    width: Fraction
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Classified:
    """A class that a scheme proposes, and what triggered it; None where facts are missing."""

    scheme: str
    title: Text
    value: str | None
    possible: tuple[str, ...]
    rule: str
    triggers: tuple[str, ...]
    citation: Citation
    recorded: str | None = None
    proposed: bool = True

    @property
    def disagrees(self) -> bool:
        """Whether the institution recorded another class than the rules propose."""
        return self.recorded is not None and self.value is not None and self.recorded != self.value


@dataclass(frozen=True, slots=True)
class PackUse:
    """A pack in the selection and what it was taken for."""

    id: str
    version: str
    sha256: str
    title: Text
    jurisdiction: str
    instrument: str
    force: str
    binding: bool
    binds_by: str
    review_state: str
    gaps: tuple[Gap, ...] = ()
    rules: int = 0


@dataclass(frozen=True, slots=True)
class Milestone:
    """A permit or requirement on the timeline."""

    rule: str
    title: Text
    authority: Text | None
    due: str
    date: date | None
    days: int | None
    days_calendar: str
    status: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class DataFinding:
    """Something odd in the data: a conflict or an implausible pair. It corrects nothing."""

    key: str
    args: tuple[tuple[str, str], ...]
    pointers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Findings and verdict on one day."""

    as_of: date
    verdict: Verdict
    findings: tuple[Finding, ...]
    governing: tuple[Governing, ...]
    questions: tuple[Question, ...]
    classifications: tuple[Classified, ...]
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """A project judged on one day and, where it does not run yet, on the day it will.

    `verdict` is the worse of the two; `now` and `at_operation` keep both.
    """

    project: Project
    as_of: date
    now: Snapshot
    at_operation: Snapshot | None
    packs: tuple[PackUse, ...]
    data_findings: tuple[DataFinding, ...] = ()
    assumptions: tuple[Remark, ...] = ()
    positions: dict[str, tuple[int, int]] = field(default_factory=dict)
    file: str = ""

    @property
    def verdict(self) -> Verdict:
        """The worse of the verdict today and the verdict at planned start."""
        return self.deciding_snapshot.verdict

    @property
    def deciding_snapshot(self) -> Snapshot:
        """The day whose verdict is the light of the cover."""
        later = self.at_operation
        if later is None:
            return self.now
        first, second = self.now.verdict, later.verdict
        key_first = (not first.prohibited, LIGHTS.index(first.light))
        key_second = (not second.prohibited, LIGHTS.index(second.light))
        return later if key_second < key_first else self.now
