"""Findings: what one rule says about one subject of one project, with every step that led to it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from greenbri.model.rule import Citation, Domain, Force, Framework, Text
from greenbri.quantity import Step

Status = Literal["pass", "fail", "unknown", "not_applicable", "waived"]
STATUSES: tuple[Status, ...] = ("pass", "fail", "unknown", "not_applicable", "waived")
Cause = Literal[
    "no_data", "incomparable", "averaging", "uncertainty", "applicability", "judgement", "stale", "no_rule", "not_due"
]
CAUSES: tuple[Cause, ...] = (
    "no_data", "incomparable", "averaging", "uncertainty", "applicability", "judgement", "stale", "no_rule", "not_due",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Missing:
    """An ingredient that would settle a finding: its path in the project file and what to ask."""

    path: str
    question: Text


@dataclass(frozen=True, slots=True)
class Remark:
    """A note on a finding: a key of the message catalogue and its arguments."""

    key: str
    args: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """A number or an interval in a unit and a state, as observed or as limited."""

    unit: str
    reference: str = ""
    value: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    text: str = ""
    operator: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one rule for one subject.

    `ratio` above 1 is always worse; `margin` is limit minus observation for dB and pH, in the limit's unit.
    `if_applied` is the status that a rule of open applicability would have, if it applied.
    """

    rule: str
    pack: str
    jurisdiction: str
    frameworks: tuple[Framework, ...]
    force: Force
    binding: bool
    binds_by: str
    critical: bool
    kind: str
    domain: Domain
    parameter: str
    medium: str
    subject: str
    status: Status
    citation: Citation
    message: Text
    cause: Cause | None = None
    indicative: bool = False
    due: str = ""
    period: str | None = None
    form: str = ""
    observed: Measure | None = None
    normalised: Measure | None = None
    limit: Measure | None = None
    ratio: Fraction | None = None
    margin: Fraction | None = None
    steps: tuple[Step, ...] = ()
    assumptions: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    missing: tuple[Missing, ...] = ()
    evidence: str = ""
    pointer: str = ""
    title: Text | None = None
    action: Text | None = None
    waiver: str = ""
    group: str = ""
    members: tuple[Finding, ...] = ()
    if_applied: Status | None = None

    @property
    def settled(self) -> bool:
        """Whether the light and the score may rely on the status: an indicative pass may not."""
        return self.status != "unknown" and not (self.status == "pass" and self.indicative)

    @property
    def recalled(self) -> bool:
        """Whether the rule's value was never seen in a source."""
        return self.citation.status == "recalled"
