"""What a rule says about a subject before force, waivers and words are added."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from greenbri.model.finding import Cause, Finding, Measure, Remark, Status
from greenbri.quantity import Step


@dataclass(frozen=True, slots=True)
class Want:
    """Something missing: its path in the project file, and the key and arguments of the question for it.

    A key that starts with `fact:` stands for the question of that fact's definition.
    """

    path: str
    key: str
    args: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """The outcome of a test."""

    status: Status
    cause: Cause | None = None
    indicative: bool = False
    observed: Measure | None = None
    normalised: Measure | None = None
    limit: Measure | None = None
    ratio: Fraction | None = None
    margin: Fraction | None = None
    steps: tuple[Step, ...] = ()
    assumptions: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    wants: tuple[Want, ...] = ()
    evidence: str = ""
    pointer: str = ""
    due: str = ""
    members: tuple[Finding, ...] = ()
    if_applied: Status | None = None


def rank(judged: Judged) -> int:
    """How bad an outcome is for choosing what decides: fail, proven pass, indicative pass, unknown."""
    if judged.status == "fail":
        return 0
    if judged.status == "pass":
        return 2 if judged.indicative else 1
    return 3
