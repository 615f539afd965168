"""Missing facts, ranked by how many findings and how much of the score interval each would settle."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from greenbri.evaluate.score import Weights, counted
from greenbri.model.assessment import Question
from greenbri.model.finding import Finding, Missing
from greenbri.model.rule import Text


def questions(findings: Iterable[Finding], weights: Weights, extra: Iterable[Missing] = ()) -> tuple[Question, ...]:
    """One question for each missing path, the most decisive first. `width` is in points of the score, at most."""
    messages: dict[str, Text] = {}
    settles: dict[str, list[Finding]] = {}
    total = Fraction(0)
    for finding in findings:
        if counted(finding):
            total += weights.of(finding)
        for missing in finding.missing:
            messages.setdefault(missing.path, missing.question)
            settles.setdefault(missing.path, []).append(finding)
    for missing in extra:
        messages.setdefault(missing.path, missing.question)
        settles.setdefault(missing.path, [])
    made = []
    for path, message in messages.items():
        touched = settles[path]
        weight = sum((weights.of(one) for one in touched if counted(one)), Fraction(0))
        width = 100 * weight / total if total else Fraction(0)
        made.append(Question(path, message, len(touched), width, tuple(sorted({one.rule for one in touched}))))
    return tuple(sorted(made, key=lambda one: (-one.width, -one.settles, one.path)))
