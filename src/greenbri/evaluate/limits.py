"""A numeric limit against the observations of one subject."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from greenbri.evaluate.averaging import Inference, infer
from greenbri.evaluate.compare import Bounds, Outcome, compare
from greenbri.evaluate.judged import Judged, Want, rank
from greenbri.evaluate.normalise import Normalised, normalise
from greenbri.evaluate.numbers import decimal_text
from greenbri.evaluate.observed import Found, candidates
from greenbri.evaluate.values import Coefficients, LimitOnDay, limit_on, segment_on
from greenbri.evaluate.view import View
from greenbri.model.condition import Condition, leaves
from greenbri.model.finding import Cause, Measure, Remark
from greenbri.model.project import Observation, Subject
from greenbri.model.rule import LimitTest
from greenbri.quantity import Incomparable

_NO_RATIO_UNITS = ("dB", "dB(A)", "dB(C)", "pH", "C", "K", "F")
_MIRRORED = frozenset({">=", ">"})


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a limit is applied: the day, the view, the coefficients of its pack and the oldest evidence it accepts.

    `observed_facts` are those that come with an observation (its load, the time of day) and are not asked for without.
    """

    day: date
    view: View
    coefficients: Coefficients
    max_age_days: int | None = None
    observed_facts: frozenset[str] = frozenset()

    @property
    def subject(self) -> Subject:
        """The subject of the view."""
        assert self.view.subject is not None
        return self.view.subject


def judge_limit(test: LimitTest, applies: Condition, setting: Setting) -> Judged:
    """The outcome of a limit for a subject: not applicable, pass, fail, or unknown with its cause."""
    without_observation = setting.view.holds(applies)
    if without_observation.value is False:
        return Judged("not_applicable")
    segment = segment_on(test, setting.day)
    if segment is None:
        return Judged("not_applicable")
    found = candidates(test, setting.subject, setting.view.project, setting.day)
    judged: list[Judged] = []
    taken_elsewhere = False
    for one in found.observations:
        view = setting.view.of(one)
        truth = view.holds(applies)
        if truth.value is False:
            taken_elsewhere = taken_elsewhere or any(leaf.fact in one.facts for leaf in leaves(applies))
            continue
        limit = limit_on(segment, view, setting.coefficients)
        outcome = _judge_one(test, limit, one, setting)
        if truth.value is None:
            outcome = _if_it_applied(outcome, truth.missing, setting.subject)
        judged.append(outcome)
    if not judged and taken_elsewhere:
        # the figures themselves say that they were taken under other conditions than this limit is for
        return Judged("not_applicable", remarks=(Remark("findings.other_conditions"),))
    if not judged:
        limit = limit_on(segment, setting.view, setting.coefficients)
        nothing = _no_data(test, limit, found, setting)
        open_facts = tuple(name for name in without_observation.missing if name not in setting.observed_facts)
        if open_facts:
            wants = fact_wants(open_facts, setting.subject)
            return replace(nothing, cause="applicability", wants=(*wants, *nothing.wants))
        return nothing
    return _decide(judged, found)


def _decide(judged: list[Judged], found: Found) -> Judged:
    """The worse decides where figures conflict; where they merely differ in kind, the one that can decide does."""
    best = min(judged, key=rank)
    if found.conflict:
        conflicting = [one for one in judged if one.pointer in found.conflict]
        if best.status != "fail" and any(one.status == "unknown" for one in conflicting):
            best = next(one for one in conflicting if one.status == "unknown")
        worst = [one for one in conflicting if one.status == best.status and one.ratio is not None]
        if worst:
            best = max(worst, key=lambda one: one.ratio or Fraction(0))
        best = replace(
            best, remarks=(*best.remarks, Remark("findings.conflict", (("count", str(len(found.conflict))),)))
        )
    else:
        same = [one for one in judged if rank(one) == rank(best) and one.ratio is not None]
        if same:
            best = max(same, key=lambda one: one.ratio or Fraction(0))
    return best


def _judge_one(test: LimitTest, limit: LimitOnDay, observation: Observation, setting: Setting) -> Judged:
    subject = setting.subject
    base = Judged(
        "unknown",
        observed=measure_of(observation),
        limit=limit_measure(test, limit),
        evidence=evidence_text(observation),
        pointer=observation.pointer,
        steps=limit.steps,
    )
    if limit.missing or (limit.low is None and limit.high is None):
        return replace(base, cause="applicability", wants=fact_wants(limit.missing, subject))
    mirrored = test.operator in _MIRRORED
    inference = infer(observation, test.period, test.form, proof=test.proof, mirrored=mirrored)
    if test.operator in ("range", "band"):
        inference = _both_ways(observation, test)
    if observation.of == "contribution" and test.measures == "total":
        # the total is at least the project's own part of it
        inference = Inference(inference.lower, False, inference.indicative)
    try:
        normal = normalise(observation, subject, test, inference)
    except Incomparable as error:
        return replace(base, cause="incomparable", wants=ingredient_wants(error.missing, observation, subject))
    judged = replace(
        base,
        normalised=Measure(test.unit, test.reference, normal.value, normal.low, normal.high),
        steps=(*normal.steps, *limit.steps),
        assumptions=normal.assumptions,
        indicative=inference.indicative,
    )
    judged = _with_ratio(judged, test, limit, normal)
    if test.max_age_days is not None and _stale(observation, setting.day, test.max_age_days):
        return replace(judged, cause="stale", wants=(observation_want(test, subject),))
    outcome = compare(Bounds(normal.low, normal.high), test.operator, limit.low, limit.high)
    for low, high in normal.alternatives:
        if compare(Bounds(low, high), test.operator, limit.low, limit.high) != outcome:
            return replace(judged, cause="incomparable", wants=ingredient_wants(("temperature",), observation, subject))
    if (
        outcome == "pass"
        and setting.max_age_days is not None
        and _stale(observation, setting.day, setting.max_age_days)
    ):
        # what an institution asks beyond the law may take a pass away, never a failure
        return replace(judged, cause="stale", wants=(observation_want(test, subject),))
    return _settle(judged, outcome, test, observation, setting, inference)


def _settle(
    judged: Judged, outcome: Outcome, test: LimitTest, observation: Observation, setting: Setting, inference: Inference
) -> Judged:
    if outcome == "pass":
        return replace(judged, status="pass")
    if outcome == "fail":
        return replace(judged, status="fail")
    if outcome == "between":
        if any(one.parameter == test.parameter and one.kind == "permit" for one in setting.view.project.commitments):
            return replace(judged, status="pass", remarks=(*judged.remarks, Remark("findings.permit_value_binds")))
        return replace(judged, cause="judgement", remarks=(*judged.remarks, Remark("findings.inside_band")))
    if observation.of == "contribution" and test.measures == "total":
        return replace(judged, cause="no_data", wants=(observation_want(test, setting.subject, "findings.want.total"),))
    uncertain = observation.quantity.value is None or observation.quantity.bound is not None
    cause: Cause = "uncertainty" if uncertain and (inference.lower or inference.upper) else "averaging"
    key = "findings.want.period" if cause == "averaging" else "findings.want.precision"
    return replace(judged, cause=cause, wants=(observation_want(test, setting.subject, key),))


def _both_ways(observation: Observation, test: LimitTest) -> Inference:
    """A range needs the highest and the lowest value; a figure that states only one of them bounds only that one."""
    if test.operator == "band":
        return infer(observation, test.period, test.form, proof=test.proof)
    high = infer(observation, test.period, test.form, proof=test.proof)
    low = infer(observation, test.period, test.form, proof=test.proof, mirrored=True)
    if observation.quantity.value is None:
        return Inference(low.lower or high.lower, high.upper or low.upper, high.indicative or low.indicative)
    return Inference(high.lower or low.lower, high.upper or low.upper, high.indicative or low.indicative)


def _if_it_applied(outcome: Judged, missing: tuple[str, ...], subject: Subject) -> Judged:
    """Whether the rule applies is open: a value that would meet it passes with that remark, any other stays unknown."""
    if outcome.status == "pass":
        return replace(outcome, remarks=(*outcome.remarks, Remark("findings.met_if_applied")))
    wants = fact_wants(missing, subject)
    if outcome.status == "unknown":
        # two things are open; the figure's own is the nearer one to mend
        return replace(outcome, wants=(*outcome.wants, *wants))
    return replace(outcome, status="unknown", cause="applicability", wants=wants, if_applied=outcome.status)


def _no_data(test: LimitTest, limit: LimitOnDay, found: Found, setting: Setting) -> Judged:
    remarks = tuple(Remark("findings.related_parameter", (("parameter", name),)) for name in found.related)
    cause: Cause = "incomparable" if found.related else "no_data"
    want = observation_want(test, setting.subject)
    return Judged("unknown", cause, limit=limit_measure(test, limit), steps=limit.steps, remarks=remarks, wants=(want,))


def _stale(observation: Observation, day: date, max_age_days: int) -> bool:
    taken = observation.covers.end or observation.evidence.date
    return taken is not None and taken < day - timedelta(days=max_age_days)


def _with_ratio(judged: Judged, test: LimitTest, limit: LimitOnDay, normal: Normalised) -> Judged:
    value = normal.value
    if value is None:
        value = normal.high if normal.high is not None else normal.low
    if value is None:
        return judged
    end = limit.high if limit.high is not None and test.operator not in _MIRRORED else limit.low
    if test.operator == "range":
        assert limit.low is not None and limit.high is not None
        margin = min(limit.high - value, value - limit.low)
        return replace(judged, margin=margin)
    if end is None:
        return judged
    at_least = test.operator in _MIRRORED
    margin = value - end if at_least else end - value
    if test.unit.split()[0] in _NO_RATIO_UNITS:
        return replace(judged, margin=margin)
    if test.kind == "removal":
        ratio = (100 - value) / (100 - end) if end != 100 else None
    elif at_least:
        ratio = end / value if value > 0 else None
    else:
        ratio = value / end if end > 0 else None
    return replace(judged, ratio=ratio, margin=margin)


def measure_of(observation: Observation) -> Measure:
    """The observation as stated."""
    quantity = observation.quantity
    low, high = quantity.interval if quantity.bound else (quantity.low, quantity.high)
    return Measure(
        str(quantity.unit),
        str(quantity.reference),
        Fraction(quantity.value) if quantity.value is not None and not quantity.bound else None,
        Fraction(low) if low is not None else None,
        Fraction(high) if high is not None else None,
        observation.text,
    )


def limit_measure(test: LimitTest, limit: LimitOnDay) -> Measure:
    """The limit in the law's own unit and state."""
    both = limit.low is not None and limit.high is not None
    single = None if both else (limit.high if limit.high is not None else limit.low)
    reference = f" @ {test.reference}" if test.reference else ""
    if both:
        assert limit.low is not None and limit.high is not None
        number = f"{decimal_text(limit.low)}-{decimal_text(limit.high)}"
    else:
        number = decimal_text(single) if single is not None else "?"
    sign = {"<=": "≤ ", "<": "< ", ">=": "≥ ", ">": "> "}.get(test.operator, "")
    text = f"{sign}{number} {test.unit}{reference}" if test.unit not in ("1", "") else f"{sign}{number}"
    return Measure(
        test.unit,
        test.reference,
        single,
        limit.low if both else None,
        limit.high if both else None,
        text,
        test.operator,
    )


def evidence_text(observation: Observation) -> str:
    """Document, page and date of the evidence in one line."""
    evidence = observation.evidence
    parts = [evidence.kind or "", evidence.document, evidence.page and f"p. {evidence.page}", str(evidence.date or "")]
    return ", ".join(part for part in parts if part)


def observation_want(test: LimitTest, subject: Subject, key: str = "findings.want.observation") -> Want:
    """The question for a figure of this parameter."""
    name = test.parameter
    if test.kind == "removal":
        name = f"removal.{name.removeprefix('removal.')}"
    args = (("parameter", name), ("subject", subject.name or subject.id), ("medium", subject.medium))
    return Want(f"{subject.pointer or '/' + subject.medium}:{name}", key, args)


def fact_wants(facts: tuple[str, ...], subject: Subject) -> tuple[Want, ...]:
    """The questions for missing facts."""
    return tuple(Want(fact, f"fact:{fact}", (("subject", subject.id),)) for fact in facts)


def ingredient_wants(missing: tuple[str, ...], observation: Observation, subject: Subject) -> tuple[Want, ...]:
    """The questions for ingredients of a conversion, one for each of a subject however many figures need it."""
    args = (("subject", subject.name or subject.id), ("parameter", observation.parameter))
    place = subject.pointer or f"/{subject.medium}"
    return tuple(Want(f"{place}:{name}", f"findings.want.{name}", args) for name in missing)
