"""The score as an interval, never shown without the light.

Each rule has a weight; its findings over several subjects are reduced by the worst. The share r of weight that is met
lies between taking every open rule at its worst and at its best. A determined outcome with any failed binding rule
scores 49 r, one without 50 + 50 r, a prohibited one 0: so a red project always stays under any green one. Answering a
question can only narrow the interval, because what a rule may become is always inside what was assumed of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from greenbri.model.assessment import Score
from greenbri.model.finding import Finding
from greenbri.model.rule import Domain

_RED_CEILING = 49
_FLOOR = 50


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by force and domain, a factor for critical rules; from `rules/scoring.yaml`, where the reasons stand."""

    force: Mapping[str, Fraction]
    domain: Mapping[Domain, Fraction]
    critical: Fraction

    def of(self, finding: Finding) -> Fraction:
        """The weight of a finding's rule."""
        weight = self.force.get(finding.force, Fraction(0)) * self.domain[finding.domain]
        return weight * self.critical if finding.critical else weight


@dataclass(frozen=True, slots=True)
class _State:
    weight: Fraction
    worst: int  # 0 not met, 1 met
    best: int
    binding: bool


def counted(finding: Finding) -> bool:
    """Whether a finding enters the score: binding rules and guidance that are due, and silences of host law."""
    if finding.status == "not_applicable" or finding.cause == "not_due":
        return False
    return finding.binding or finding.force == "guidance"


def score(findings: Iterable[Finding], weights: Weights, *, design_counts: bool, prohibited: bool) -> Score:
    """The interval over binding rules and applicable guidance. `design_counts`: an indicative pass is taken as met."""
    if prohibited:
        return Score(Fraction(0), Fraction(0))
    states: dict[str, _State] = {}
    for finding in findings:
        if counted(finding):
            state = _state(finding, weights, design_counts)
            known = states.get(finding.rule)
            states[finding.rule] = state if known is None else _worst(known, state)
    if not states:
        return Score(Fraction(0), Fraction(100))
    return Score(_points(states.values(), best=False), _points(states.values(), best=True))


def _state(finding: Finding, weights: Weights, design_counts: bool) -> _State:
    weight = weights.of(finding)
    if finding.status == "fail":
        return _State(weight, 0, 0, finding.binding)
    if finding.status == "unknown" or (finding.status == "pass" and finding.indicative and not design_counts):
        return _State(weight, 0, 1, finding.binding)
    return _State(weight, 1, 1, finding.binding)


def _worst(one: _State, other: _State) -> _State:
    return _State(max(one.weight, other.weight), min(one.worst, other.worst), min(one.best, other.best), one.binding)


def _points(states: Iterable[_State], *, best: bool) -> Fraction:
    total, met, red = Fraction(0), Fraction(0), False
    for state in states:
        value = state.best if best else state.worst
        total += state.weight
        met += state.weight * value
        red = red or (state.binding and value == 0)
    share = met / total if total else Fraction(1)
    return _RED_CEILING * share if red else _FLOOR + (100 - _FLOOR) * share
