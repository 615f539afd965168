"""How the result was reached, so that somebody else reaches it too: packs, gaps, every step, the receipt."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from greenbri import __version__
from greenbri.model.assessment import Assessment, PackUse
from greenbri.model.finding import STATUSES, Finding
from greenbri.quantity import Step
from greenbri.report.explanation import step_inputs, step_result

# The rules of judgement in short, each a text `report.method.rule.<number>` of the catalogue.
RULES = tuple(range(1, 11))


@dataclass(frozen=True, slots=True)
class PackRow:
    """A pack with what came of its rules."""

    pack: PackUse
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step as it is printed."""

    operation: str
    formula: str
    inputs: str
    result: str
    source: str


@dataclass(frozen=True, slots=True)
class Calculation:
    """The steps from a figure as stated to a figure that is compared, and the findings that rest on them."""

    number: int
    parameter: str
    subject: str
    stated: str
    steps: tuple[ShownStep, ...]
    findings: tuple[Finding, ...]


def pack_rows(assessment: Assessment) -> tuple[PackRow, ...]:
    """Every pack in the selection, in its order."""
    counts = {one.id: dict.fromkeys(STATUSES, 0) for one in assessment.packs}
    for finding in assessment.deciding_snapshot.findings:
        if finding.pack in counts:
            counts[finding.pack][finding.status] += 1
    return tuple(PackRow(one, tuple(counts[one.id].items())) for one in assessment.packs)


def calculations(assessment: Assessment) -> tuple[Calculation, ...]:
    """Every chain of steps behind a failure, an unknown or a waiver; equal chains are printed once."""
    grouped: dict[tuple[object, ...], list[Finding]] = {}
    chains: dict[tuple[object, ...], tuple[ShownStep, ...]] = {}
    for top in assessment.deciding_snapshot.findings:
        for one in (top, *top.members):
            if top.status not in ("fail", "unknown", "waived") or not one.steps:
                continue
            shown = tuple(_shown(step) for step in one.steps)
            stated = one.observed.text if one.observed is not None else ""
            key = (one.subject, one.parameter, stated, shown)
            chains[key] = shown
            known = grouped.setdefault(key, [])
            if one.rule not in {other.rule for other in known}:
                known.append(one)
    return tuple(
        Calculation(number, str(key[1]), str(key[0]), str(key[2]), chains[key], tuple(findings))
        for number, (key, findings) in enumerate(grouped.items(), 1)
    )


def receipt(assessment: Assessment, embedded: Mapping[str, Any] | None, more: Mapping[str, str]) -> dict[str, str]:
    """What made this report, in order: tool, days, selection, project, Python, and what the caller adds."""
    lines = {
        "tool": f"greenbri {__version__}",
        "as_of": assessment.as_of.isoformat(),
        "packs": str(len(assessment.packs)),
    }
    given = dict((embedded or {}).get("receipt") or {})
    for name, value in given.items():
        if isinstance(value, (str, int)) and str(value):
            lines[str(name)] = str(value)
        elif isinstance(value, (list, tuple)) and value:
            lines[str(name)] = "; ".join(map(str, value))
    if assessment.project.digest:
        lines["project_sha256"] = assessment.project.digest
    lines["python"] = platform.python_version()
    return {**lines, **more}


def _shown(step: Step) -> ShownStep:
    return ShownStep(step.operation, step.formula, step_inputs(step), step_result(step), step.source)
