"""Classes that schemes propose: the first rule that holds decides, an undecidable earlier one leaves the class open."""

from __future__ import annotations

from datetime import date

from greenbri.evaluate.view import View
from greenbri.model.assessment import Classified
from greenbri.model.condition import DateIn, Is, NumberIn, TermIn, leaves
from greenbri.model.rule import Classification, ClassRule


def classify(scheme: Classification, view: View, day: date) -> tuple[Classified | None, tuple[str, ...]]:
    """The class of a project under a scheme, and the facts missing for it; None where the scheme does not apply."""
    if not scheme.valid.covers(day):
        return None, ()
    scope = view.holds(scheme.applies)
    if scope.value is False:
        return None, ()
    missing: list[str] = list(scope.missing)
    possible: list[str] = []
    value: str | None = None
    triggers: tuple[str, ...] = ()
    clause = scheme.citation.clause
    for rule in scheme.rules:
        truth = view.holds(rule.when)
        if truth.value is True:
            value, triggers, clause = rule.value, _triggers(rule, view), rule.clause or clause
            break
        if truth.value is None:
            possible.append(rule.value)
            missing.extend(truth.missing)
    else:
        value = scheme.otherwise
    if value is not None:
        possible.append(value)
    distinct = tuple(dict.fromkeys(possible))
    decided = value if len(distinct) == 1 and scope.value is True else None
    recorded = view.project.classes.get(scheme.scheme)
    return (
        Classified(
            scheme=scheme.scheme,
            title=scheme.title,
            value=decided,
            possible=distinct,
            rule=scheme.id,
            triggers=triggers if decided is not None else (),
            citation=scheme.citation.__class__(
                scheme.citation.instrument, clause, scheme.citation.url, scheme.citation.status, scheme.citation.checked
            ),
            recorded=str(recorded.value) if recorded is not None else None,
        ),
        tuple(dict.fromkeys(missing)) if decided is None else (),
    )


def _triggers(rule: ClassRule, view: View) -> tuple[str, ...]:
    """The facts that made the rule hold, as `fact = value`."""
    found: list[str] = []
    for leaf in leaves(rule.when):
        if view.holds(leaf).value is not True:
            continue
        fact = view.fact(leaf.fact)
        if fact is not None and isinstance(leaf, (TermIn, NumberIn, DateIn, Is)):
            value = fact.value
            shown = "yes" if value is True else "no" if value is False else f"{value}"
            found.append(f"{leaf.fact} = {shown}")
    return tuple(dict.fromkeys(found))
