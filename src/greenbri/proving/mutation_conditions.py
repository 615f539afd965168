"""Slips in conditions: a bound taken in or left out, a digit, a day, a condition or exception forgotten, AND for OR."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from greenbri.model.condition import ALWAYS, AllOf, AnyOf, Condition, DateIn, NumberIn, TermIn, all_of
from greenbri.model.rule import FactDefinition, Pack
from greenbri.proving.conditions import worded
from greenbri.proving.mutation_form import Kind, last_place
from greenbri.rulepack.lint.regions import implies

Facts = Mapping[str, FactDefinition]
# what the kind of slip is, what the place said, what it says now; ALWAYS where it says nothing any more
Altered = tuple[Kind, Condition, Condition]
_DAY = timedelta(days=1)


def altered(part: Condition) -> Iterator[Altered]:
    """Every slip in one part of a condition, the part left out among them."""
    if part == ALWAYS:
        return
    if isinstance(part, AnyOf) and len(part.parts) > 1:
        yield "or", part, all_of(*part.parts)
    if isinstance(part, (AllOf, AnyOf)):
        for number, inner in enumerate(part.parts):
            for kind, was, now in altered(inner):
                rest = part.parts[:number], part.parts[number + 1 :]
                if isinstance(part, AnyOf):
                    changed: Condition = AnyOf((*rest[0], now, *rest[1]))
                    yield (kind, part, changed) if now != ALWAYS else ("condition", part, AnyOf((*rest[0], *rest[1])))
                else:
                    yield kind, part, all_of(*rest[0], now, *rest[1])
                del was
        return
    yield ("exception" if isinstance(part, TermIn) and part.negated else "condition"), part, ALWAYS
    if isinstance(part, NumberIn):
        yield from ((kind, part, changed) for kind, changed in _numbers(part))
    elif isinstance(part, DateIn):
        if part.start is not None:
            yield "day", part, replace(part, start=part.start + _DAY)
        if part.end is not None:
            yield "day", part, replace(part, end=part.end + _DAY)


def _numbers(part: NumberIn) -> Iterator[tuple[Kind, NumberIn]]:
    if part.low is not None and part.low == part.high:
        step = last_place(part.low)
        yield "digit", replace(part, low=part.low + step, high=part.low + step)
        return
    if part.low is not None:
        yield "operator", replace(part, low_inclusive=not part.low_inclusive)
    if part.high is not None:
        yield "operator", replace(part, high_inclusive=not part.high_inclusive)
    for kind in ("digit", "x10"):
        if part.low is not None and (part.high is None or _slip(kind, part.low) < part.high):
            yield kind, replace(part, low=_slip(kind, part.low))
        if part.high is not None:
            yield kind, replace(part, high=_slip(kind, part.high))


def _slip(kind: Kind, value: Fraction) -> Fraction:
    return value + last_place(value) if kind == "digit" or not value else value * 10


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """The parts that must all hold."""
    return condition.parts if isinstance(condition, AllOf) else (condition,)


def exchanged(condition: Condition, was: Condition, now: Condition, *, last: bool = False) -> Condition | None:
    """The condition with one of its parts changed, the first or the last of several; None where it has no such part."""
    parts = list(parts_of(condition))
    places = [place for place, part in enumerate(parts) if part == was]
    if not places:
        return None
    parts[places[-1 if last else 0]] = now
    return all_of(*parts)


def same_reach(one: Condition, other: Condition, pack: Pack, facts: Facts) -> bool:
    """Whether two conditions are met by the same projects of the pack, so that nothing can tell them apart."""
    context = all_of(_home(pack), pack.scope)
    return implies(all_of(context, one), other, facts) and implies(all_of(context, other), one, facts)


def _home(pack: Pack) -> Condition:
    from greenbri.vocabulary import is_group

    home = pack.binds.of or pack.jurisdiction
    if pack.binds.by != "territory" or "-" in home or is_group(home):
        return ALWAYS
    return TermIn("country", (home,))


def told(was: Condition, now: Condition, facts: Facts) -> tuple[str, str]:
    """Both in the words of a pack; empty for nothing."""
    return worded(was, facts), "" if now == ALWAYS else worded(now, facts)
