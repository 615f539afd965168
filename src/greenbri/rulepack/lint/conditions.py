"""Every condition of a pack, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from greenbri.model.condition import Condition
from greenbri.model.rule import AlternativeTest, FactNeed, Need, NeedGroup, ProhibitionTest, RequirementTest, Rule
from greenbri.rulepack.lint.examined import Examined


def conditions_of(pack: Examined) -> Iterator[Condition]:
    """Every condition of a pack."""
    return (condition for condition, _ in conditions_with_places(pack))


def conditions_with_places(pack: Examined) -> Iterator[tuple[Condition, str]]:
    """Every condition with the address of the rule, class or coefficient that it belongs to."""
    yield pack.pack.scope, "/scope"
    for rule in pack.pack.rules:
        yield from _of_rule(rule)
    for scheme in pack.pack.classifications:
        yield scheme.applies, scheme.pointer
        for number, one in enumerate(scheme.rules):
            yield one.when, f"{scheme.pointer}/rules/{number}"
    for number, table in enumerate(pack.form.coefficients):
        for place, row in enumerate(pack.pack.coefficients.get(table.id, ())):
            yield row.applies, f"/coefficients/{number}/rows/{place}"


def _of_rule(rule: Rule) -> Iterator[tuple[Condition, str]]:
    test = rule.test
    row = "/".join(rule.pointer.split("/")[:5]) if rule.pointer.startswith("/limits/") else rule.pointer
    yield rule.applies, row
    if isinstance(test, AlternativeTest):
        for member in test.members:
            yield from _of_rule(member)
    elif isinstance(test, RequirementTest):
        yield from ((condition, f"{rule.pointer}/needs") for condition in _needed(test.need))
    elif isinstance(test, ProhibitionTest):
        for name, condition in (
            ("prohibited_when", test.when),
            ("judgement_when", test.judgement),
            ("unless", test.unless),
        ):
            if condition is not None:
                yield condition, f"{rule.pointer}/{name}"


def _needed(need: Need) -> Iterator[Condition]:
    if isinstance(need, FactNeed):
        yield need.condition
    elif isinstance(need, NeedGroup):
        for part in need.parts:
            yield from _needed(part)
