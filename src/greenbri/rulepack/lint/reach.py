"""Conditions that contradict themselves, and exceptions that undo their rule."""

from __future__ import annotations

from collections.abc import Iterator

from greenbri.model.condition import all_of
from greenbri.model.rule import ProhibitionTest
from greenbri.rulepack.lint.conditions import conditions_with_places
from greenbri.rulepack.lint.examined import Check, Examined, Issue
from greenbri.rulepack.lint.regions import implies, satisfiable


class Unreachable(Check):
    """A condition that no project can meet, together with those of its table and pack."""

    code = "GRB267"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        told: set[str] = set()
        for condition, pointer in conditions_with_places(pack):
            own = pointer.endswith(("/needs", "/unless", "/prohibited_when", "/judgement_when"))
            whole = condition if own or pointer == "/scope" else all_of(pack.pack.scope, condition)
            if pointer not in told and satisfiable(whole, pack.facts) is False:
                told.add(pointer)
                yield self.issue(pointer)


class ExceptionSwallowsRule(Check):
    """A prohibition whose exception holds wherever it does itself, or never does where it applies."""

    code = "GRB268"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        for rule in pack.pack.rules:
            test = rule.test
            if not isinstance(test, ProhibitionTest) or test.unless is None:
                continue
            banned = all_of(pack.pack.scope, rule.applies, test.when)
            related = (f"{rule.pointer}/prohibited_when", "lint.related.rule")
            never = satisfiable(all_of(banned, test.unless), pack.facts) is False
            if never or implies(banned, test.unless, pack.facts):
                yield self.at_key(f"{rule.pointer}/unless", related)


CHECKS: tuple[type[Check], ...] = (Unreachable, ExceptionSwallowsRule)
