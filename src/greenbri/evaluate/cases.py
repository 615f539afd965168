"""Rows of one table that exclude each other: where every case that is still open fails, the missing fact is no excuse.

A table may ask for a fact that nobody stated, with one row for each answer. Each row alone is then undecided. But when
a row applies in every case and its limit is exceeded in every case, the outcome is decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise, product
from math import prod

from greenbri import messages
from greenbri.evaluate.context import Scene
from greenbri.evaluate.findings import number_text
from greenbri.evaluate.view import View
from greenbri.model.condition import Condition, DateIn, Is, NumberIn, TermIn, all_of, leaves
from greenbri.model.finding import Finding, Remark
from greenbri.model.project import FactValue, Subject
from greenbri.model.rule import LimitTest, Rule, Text

_MOST_CASES = 512
# a word that no law uses stands for every answer that no row names
_OTHER = "other"


def settle_by_cases(
    found: list[Finding], rules: dict[str, Rule], scene: Scene, subjects: dict[str, Subject]
) -> list[Finding]:
    """The findings of a pack, with the laxest row of a table failed where every open case fails."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for place, finding in enumerate(found):
        rule = rules[finding.rule]
        if finding.cause == "applicability" and isinstance(rule.test, LimitTest):
            test = rule.test
            table = finding.rule.split("/")[-1].split(".")[0]
            key = (table, finding.parameter, finding.subject, test.period, test.form, test.kind, test.operator)
            groups.setdefault(key, []).append(place)
    settled = list(found)
    for members in groups.values():
        failing = [place for place in members if found[place].if_applied == "fail"]
        if not failing:
            continue
        subject = subjects.get(found[members[0]].subject)
        conditions = {place: all_of(scene.pack.scope, rules[found[place].rule].applies) for place in members}
        if _always_fails(conditions, frozenset(failing), scene.view(subject)):
            laxest = max(failing, key=lambda place: -(found[place].ratio or Fraction(0)))
            chosen = found[laxest]
            settled[laxest] = replace(
                chosen,
                status="fail",
                cause=None,
                message=_message(chosen, subject),
                remarks=(*chosen.remarks, Remark("findings.fails_in_every_case")),
            )
    return settled


def _message(finding: Finding, subject: Subject | None) -> Text:
    """What the finding says once it is a failure."""
    words = {
        "parameter": finding.parameter,
        "subject": (subject.name or subject.id) if subject is not None else finding.subject,
        "observed": number_text(finding.normalised, finding.observed),
        "limit": finding.limit.text if finding.limit is not None else "",
    }
    return Text(*(messages.text("findings.limit.fail", lang, **words) for lang in ("en", "zh")))


def _always_fails(conditions: dict[int, Condition], failing: frozenset[int], view: View) -> bool:
    """Whether in every case some row that fails applies."""
    seen = False
    for case in _cases(conditions.values(), view):
        seen = True
        inside = View(view.project, view.subject, view.observation, {**view.assumed, **case})
        if not any(inside.holds(conditions[place]).value is True for place in failing):
            return False
    return seen


def _cases(conditions: Iterable[Condition], view: View) -> Iterator[dict[str, FactValue]]:
    """Every combination of answers to the open facts that the known facts allow; none where there are too many."""
    tests = [leaf for condition in conditions for leaf in leaves(condition)]
    open_tests = [leaf for leaf in tests if view.fact(leaf.fact) is None]
    answers = {
        name: _answers([leaf for leaf in tests if leaf.fact == name])
        for name in dict.fromkeys(leaf.fact for leaf in open_tests)
    }
    if not answers or prod(len(values) for values in answers.values()) > _MOST_CASES:
        return
    # what the other facts already decide about an open one (a permit follows its filing) rules answers out
    known = [(leaf, decided) for leaf in open_tests if (decided := view.holds(leaf).value) is not None]
    for combination in product(*answers.values()):
        case: dict[str, FactValue] = dict(zip(answers, combination, strict=True))
        inside = View(view.project, view.subject, view.observation, {**view.assumed, **case})
        if all(inside.holds(leaf).value is decided for leaf, decided in known):
            yield case


def _answers(tests: list[TermIn | NumberIn | DateIn | Is]) -> list[FactValue]:
    """One answer for each stretch between the bounds that the rows name."""
    first = tests[0]
    if isinstance(first, Is):
        return [True, False]
    if isinstance(first, TermIn):
        words = dict.fromkeys(word for test in tests if isinstance(test, TermIn) for word in test.terms)
        return [*words, _OTHER]
    if isinstance(first, DateIn):
        days = sorted({day for test in tests if isinstance(test, DateIn) for day in (test.start, test.end) if day})
        return [days[0] - timedelta(days=1), *days] if days else [date(2000, 1, 1)]
    bounds = sorted(
        {end for test in tests if isinstance(test, NumberIn) for end in (test.low, test.high) if end is not None}
    )
    if not bounds:
        return [Fraction(1)]
    middles = [(low + high) / 2 for low, high in pairwise(bounds)]
    return [bounds[0] / 2, *bounds, *middles, bounds[-1] * 2]
