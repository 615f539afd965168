"""A polluted baseline does not fail the project: it sets the state of the airshed or the water."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from greenbri.evaluate.averaging import Inference
from greenbri.evaluate.binding import Binding
from greenbri.evaluate.compare import Bounds, compare
from greenbri.evaluate.normalise import normalise
from greenbri.evaluate.values import limit_on, segment_on
from greenbri.evaluate.view import View
from greenbri.model.project import Fact, Project
from greenbri.model.rule import LimitTest, Pack
from greenbri.quantity import Incomparable

_STATES = {"ambient": "airshed", "water-body": "water_state"}


def degraded(project: Project, packs: Iterable[Pack], bindings: Mapping[str, Binding], day: date) -> Project:
    """The project with `airshed` and `water_state` set from its baseline, where it did not state them itself."""
    facts = dict(project.facts)
    ordered = sorted(packs, key=lambda pack: "host" not in bindings[pack.id].frameworks)
    for medium, name in _STATES.items():
        if name in facts:
            continue
        baseline = [
            (subject, one)
            for subject in project.subjects
            if subject.medium == medium
            for one in subject.observations
            if one.of in ("baseline", "background") or (one.of == "total" and not project.operating(day))
        ]
        state = None
        for pack in ordered:
            for rule in pack.rules:
                test = rule.test
                if not isinstance(test, LimitTest) or test.medium != medium or not rule.valid.covers(day):
                    continue
                segment = segment_on(test, day)
                if segment is None or test.measures != "total":
                    continue
                for subject, one in baseline:
                    if one.parameter != test.parameter or one.period != test.period:
                        continue
                    view = View(project, subject, one)
                    if view.holds(rule.applies).value is not True:
                        continue
                    limit = limit_on(segment, view, pack.coefficients)
                    if limit.low is None and limit.high is None:
                        continue
                    try:
                        normal = normalise(one, subject, test, Inference(True, True))
                    except Incomparable:
                        continue
                    outcome = compare(Bounds(normal.low, normal.high), test.operator, limit.low, limit.high)
                    if outcome == "fail":
                        state = "degraded"
                    elif outcome == "pass" and state is None:
                        state = "not-degraded"
            if state is not None:
                break  # the host's standard is heard first; another one only where the host has none
        if state is not None:
            facts[name] = Fact(state, "")
    return replace(project, facts=facts)
