"""A slip in a pack: one place of the file that says something else, and the rules that follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from greenbri.model.condition import Condition
from greenbri.model.rule import AlternativeTest, Classification, CoefficientRow, Pack, Rule
from greenbri.quantity import to_decimal

Kind = Literal[
    "operator", "digit", "x10", "x1000", "unit", "oxygen", "moisture", "period", "form", "day", "condition",
    "exception", "or", "swap",
]  # fmt: skip
KINDS: tuple[Kind, ...] = (
    "operator", "digit", "x10", "x1000", "unit", "oxygen", "moisture", "period", "form", "day", "condition",
    "exception", "or", "swap",
)  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One slip. `rules` are the changed rules by id, members of groups one by one; `rule` is the first that it is in.

    `days` are those on which it would show, where it is about days.
    """

    kind: Kind
    pointer: str
    rule: str
    was: str
    now: str
    rules: Mapping[str, Rule] = field(default_factory=dict)
    schemes: Mapping[str, Classification] = field(default_factory=dict)
    coefficients: Mapping[str, tuple[CoefficientRow, ...]] = field(default_factory=dict)
    touched: tuple[str, ...] = ()
    scope: Condition | None = None
    days: tuple[date, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The rules that may come out otherwise."""
        return tuple(dict.fromkeys((*self.rules, *self.touched)))


def mutated(pack: Pack, mutant: Mutant, rules: Iterable[Rule] | None = None) -> Pack:
    """The pack with the slip in it; `rules` narrows it to some of its rules."""
    changed = tuple(_changed(rule, mutant) for rule in (pack.rules if rules is None else rules))
    return replace(
        pack,
        rules=changed,
        scope=pack.scope if mutant.scope is None else mutant.scope,
        classifications=tuple(mutant.schemes.get(one.id, one) for one in pack.classifications),
        coefficients={**pack.coefficients, **mutant.coefficients},
    )


def _changed(rule: Rule, mutant: Mutant) -> Rule:
    """A group has conditions and days of its row, as its members have them."""
    if not isinstance(rule.test, AlternativeTest):
        return mutant.rules.get(rule.id, rule)
    members = tuple(mutant.rules.get(one.id, one) for one in rule.test.members)
    if members == rule.test.members:
        return rule
    return replace(rule, applies=members[0].applies, valid=members[0].valid, test=replace(rule.test, members=members))


def last_place(value: Fraction) -> Fraction:
    """One in the last digit of a number as it is printed: 1 for 200, 0.1 for 0.5."""
    exponent = Decimal(to_decimal(value)).normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return Fraction(10) ** min(exponent, 0)
