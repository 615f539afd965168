"""The limit to design to: per parameter the binding set, and the set with guidance and chosen benchmarks.

Limits are ranked only after normalisation to one state and only where their period and form allow inference: a limit
on every shorter period that is no higher makes one on a longer period redundant. What cannot be ranked all binds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from greenbri.evaluate.normalise import context_for, target_form
from greenbri.evaluate.stringency import implies
from greenbri.model.assessment import Governing
from greenbri.model.finding import Finding
from greenbri.model.project import Subject
from greenbri.model.rule import LimitTest, Rule
from greenbri.quantity import Incomparable, QuantityError, conversion

_AT_MOST = frozenset({"<=", "<"})


@dataclass(frozen=True, slots=True)
class _Candidate:
    finding: Finding
    test: LimitTest
    value: Fraction | None  # in the state of the first of its group; None where it cannot be brought there


def governing(
    findings: Iterable[Finding], rules: Mapping[str, Rule], subjects: Mapping[str, Subject], benchmarks: frozenset[str]
) -> tuple[Governing, ...]:
    """The governing limits of every parameter and subject, for both sets."""
    groups: dict[tuple[str, str, str, str], list[tuple[Finding, LimitTest]]] = {}
    for finding in findings:
        rule = rules.get(finding.rule)
        if rule is None or not isinstance(rule.test, LimitTest) or finding.limit is None:
            continue
        if finding.status == "not_applicable" or finding.cause == "applicability" or finding.limit.text.startswith("?"):
            continue
        test = rule.test
        if test.kind not in ("limit", "minimum", "removal", "range", "band", "sum", "intensity", "load"):
            continue
        side = "most" if test.operator in _AT_MOST else test.operator
        key = (finding.medium, finding.parameter, finding.subject, f"{side}/{test.measures}")
        groups.setdefault(key, []).append((finding, test))
    made: list[Governing] = []
    for key in sorted(groups):
        members = groups[key]
        subject = subjects.get(key[2])
        binding = [pair for pair in members if pair[0].binding]
        wider = [
            pair for pair in members if pair[0].binding or pair[0].force == "guidance" or pair[0].pack in benchmarks
        ]
        made.extend(_set(binding, "must_meet", subject))
        made.extend(_set(wider, "good_practice", subject))
    return tuple(made)


def _set(
    members: list[tuple[Finding, LimitTest]], which: Literal["must_meet", "good_practice"], subject: Subject | None
) -> list[Governing]:
    if not members:
        return []
    ranked = [_Candidate(finding, test, _common(finding, test, members[0][1], subject)) for finding, test in members]
    made: list[Governing] = []
    for one in ranked:
        losing = tuple(other.finding.rule for other in ranked if other is not one and _dominates(one, other))
        if any(
            _dominates(other, one) and not (_dominates(one, other) and _first(one, other))
            for other in ranked
            if other is not one
        ):
            continue
        assert one.finding.limit is not None
        made.append(
            Governing(
                one.finding.parameter,
                one.finding.medium,
                one.finding.subject,
                which,
                one.finding.rule,
                one.finding.limit,
                one.finding.citation,
                one.test.period,
                one.finding.form,
                losing,
            )
        )
    return made


def _first(one: _Candidate, other: _Candidate) -> bool:
    """Of two equally strict limits the first in the order of rules stands for both."""
    return one.finding.rule < other.finding.rule


def _common(finding: Finding, test: LimitTest, target: LimitTest, subject: Subject | None) -> Fraction | None:
    limit = finding.limit
    if limit is None or limit.value is None:
        return None
    if subject is None:
        return limit.value if (test.unit, test.reference) == (target.unit, target.reference) else None
    try:
        plan = conversion(target_form(test), target_form(target), context_for(None, subject, target))
    except (Incomparable, QuantityError):
        return None
    return plan.apply(limit.value)


def _dominates(one: _Candidate, other: _Candidate) -> bool:
    """Whether meeting `one` implies meeting `other`, both values being in one form."""
    if one.value is None or other.value is None or one.test.operator not in _AT_MOST:
        return False
    return implies(one.test, one.value, other.test, other.value)
