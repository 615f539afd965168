"""Where conditions hold: whether two can hold together, and whether one implies another.

A condition is taken apart into branches, each a list of tests that must all hold; two branches meet where, fact by
fact, some value passes both. Facts are independent but for the milestones, which follow each other. Where a condition
has too many branches nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from greenbri.model.condition import AllOf, AnyOf, Condition, DateIn, Is, NumberIn, TermIn
from greenbri.model.rule import FactDefinition
from greenbri.vocabulary import covers

Leaf: TypeAlias = "TermIn | NumberIn | DateIn | Is"
Branch = tuple[Leaf, ...]
Facts = Mapping[str, FactDefinition]

_MOST = 400
_MILESTONES = ("dates.filing", "dates.permit", "dates.construction", "dates.operation", "dates.end")


def branches(condition: Condition) -> list[Branch] | None:
    """The condition as an OR of ANDs; None where that is too long to be looked at."""
    if isinstance(condition, AllOf):
        found: list[Branch] = [()]
        for part in condition.parts:
            inner = branches(part)
            if inner is None or len(found) * len(inner) > _MOST:
                return None
            found = [(*one, *other) for one in found for other in inner]
        return found
    if isinstance(condition, AnyOf):
        listed: list[Branch] = []
        for part in condition.parts:
            inner = branches(part)
            if inner is None or len(listed) + len(inner) > _MOST:
                return None
            listed.extend(inner)
        return listed
    return [(condition,)]


def meet(one: Condition, other: Condition, facts: Facts) -> bool | None:
    """Whether both can hold at once; None where that was not found out."""
    first, second = branches(one), branches(other)
    if first is None or second is None:
        return None
    return any(possible((*a, *b), facts) for a in first for b in second)


def satisfiable(condition: Condition, facts: Facts) -> bool | None:
    """Whether the condition can hold at all."""
    found = branches(condition)
    return None if found is None else any(possible(branch, facts) for branch in found)


def possible(branch: Branch, facts: Facts) -> bool:
    """Whether values exist for which every test of a branch holds."""
    by_fact: dict[str, list[Leaf]] = {}
    for leaf in branch:
        by_fact.setdefault(leaf.fact, []).append(leaf)
    if not all(_some_value(leaves, facts.get(fact)) for fact, leaves in by_fact.items()):
        return False
    return _milestones_in_order(by_fact)


def _some_value(leaves: Sequence[Leaf], definition: FactDefinition | None) -> bool:
    terms = [leaf for leaf in leaves if isinstance(leaf, TermIn)]
    if terms:
        return _some_term(terms, definition)
    truths = {leaf.value for leaf in leaves if isinstance(leaf, Is)}
    if len(truths) > 1:
        return False
    numbers = [leaf for leaf in leaves if isinstance(leaf, NumberIn)]
    if numbers and not _some_number(numbers):
        return False
    days = [leaf for leaf in leaves if isinstance(leaf, DateIn)]
    return not days or _days(days) is not None


def _some_term(leaves: Sequence[TermIn], definition: FactDefinition | None) -> bool:
    """A word that passes all tests. A fact may have several words at once only where the project says so."""
    positive = [leaf for leaf in leaves if not leaf.negated]
    if positive:
        words: Iterable[str] = [term for leaf in positive for term in leaf.terms]
    elif definition is not None and definition.values:
        words = definition.values
    else:
        return True
    return any(all(_passes(word, leaf) for leaf in leaves) for word in words)


def _passes(word: str, leaf: TermIn) -> bool:
    return any(covers(term, word) for term in leaf.terms) != leaf.negated


def _some_number(leaves: Sequence[NumberIn]) -> bool:
    low: tuple[Fraction, bool] | None = None  # the bound, and whether it lies outside
    high: tuple[Fraction, bool] | None = None
    for leaf in leaves:
        if leaf.low is not None:
            bound = (leaf.low, not leaf.low_inclusive)
            low = bound if low is None else max(low, bound)
        if leaf.high is not None:
            top = (leaf.high, leaf.high_inclusive)
            high = top if high is None else min(high, top)
    if low is None or high is None:
        return True
    return low[0] < high[0] or (low[0] == high[0] and not low[1] and high[1])


def _days(leaves: Sequence[DateIn]) -> tuple[date, date] | None:
    """The first day, and the first day after; None where no day is left."""
    start = max((leaf.start for leaf in leaves if leaf.start is not None), default=date.min)
    end = min((leaf.end for leaf in leaves if leaf.end is not None), default=date.max)
    return (start, end) if start < end else None


def _milestones_in_order(by_fact: Mapping[str, Sequence[Leaf]]) -> bool:
    """Nothing is permitted before it was filed for, nor in operation before it was built."""
    earliest = date.min
    for name in _MILESTONES:
        found = _days([leaf for leaf in by_fact.get(name, ()) if isinstance(leaf, DateIn)])
        if found is None:
            return False
        earliest = max(earliest, found[0])
        if found[1] <= earliest:
            return False
    return True


def implies(one: Condition, other: Condition, facts: Facts) -> bool:
    """Whether the second holds wherever the first does; False also where that was not found out."""
    first, second = branches(one), branches(other)
    if first is None or second is None:
        return False
    return all(any(_branch_implies(a, b) for b in second) for a in first if possible(a, facts))


def _branch_implies(one: Branch, other: Branch) -> bool:
    return all(any(_leaf_implies(leaf, wanted) for leaf in one if leaf.fact == wanted.fact) for wanted in other)


def _leaf_implies(one: Leaf, other: Leaf) -> bool:
    if isinstance(one, TermIn) and isinstance(other, TermIn):
        if not one.negated and not other.negated:
            return all(any(covers(wide, term) for wide in other.terms) for term in one.terms)
        if not one.negated:
            return not any(covers(a, b) or covers(b, a) for a in one.terms for b in other.terms)
        return other.negated and all(any(covers(wide, term) for wide in one.terms) for term in other.terms)
    if isinstance(one, Is) and isinstance(other, Is):
        return one.value is other.value
    if isinstance(one, DateIn) and isinstance(other, DateIn):
        after = other.start is None or (one.start is not None and one.start >= other.start)
        return after and (other.end is None or (one.end is not None and one.end <= other.end))
    if isinstance(one, NumberIn) and isinstance(other, NumberIn):
        return _above(one, other) and _below(one, other)
    return False


def _above(one: NumberIn, other: NumberIn) -> bool:
    if other.low is None:
        return True
    if one.low is None:
        return False
    return one.low > other.low or (one.low == other.low and (other.low_inclusive or not one.low_inclusive))


def _below(one: NumberIn, other: NumberIn) -> bool:
    if other.high is None:
        return True
    if one.high is None:
        return False
    return one.high < other.high or (one.high == other.high and (other.high_inclusive or not one.high_inclusive))
