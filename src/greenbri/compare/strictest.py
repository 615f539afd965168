"""The strictest of several laws as a pack: what binds is kept, what another limit decides anyway becomes a note.

Nothing is loosened by derivation: a limit is left out only where `redundant` shows that another one decides it, every
other one is carried with its own value, state, period, form, conditions and dates. Alternatives stay alternatives.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from greenbri.compare.derived import Kept, document, dumped
from greenbri.compare.point import Point, open_parts
from greenbri.compare.redundant import looser_by
from greenbri.evaluate.limits import limit_measure
from greenbri.evaluate.values import LimitOnDay
from greenbri.model.condition import all_of, leaves
from greenbri.model.rule import (
    AlternativeTest,
    Fixed,
    LimitTest,
    NoLimitTest,
    Pack,
    Rule,
    Segment,
    Validity,
)
from greenbri.report.numerals import rounded


def harmonise(point: Point, packs: Iterable[Pack], name: str) -> dict[str, str]:
    """Packs by the names of their files: one, and another for each further oxygen constant of the instruments.

    A pack holds where the facts of the point hold, as far as they decided anything, from the point's day on. Raises
    Unwritable, naming the rule, for a limit that the form of a pack cannot carry.
    """
    given = tuple(packs)
    used: set[str] = set()
    kept = [one for pack in given for one in _candidates(point, pack, used)]
    remaining = _without_losers(kept, point)
    groups: dict[Fraction, list[Kept]] = {}
    for one in remaining:
        groups.setdefault(one.air, []).append(one)
    made: dict[str, str] = {}
    for number, (air, members) in enumerate(sorted(groups.items(), key=lambda group: -len(group[1]))):
        title = name if number == 0 else f"{name}-o2-{str(float(air)).replace('.', '-')}"
        made[title] = dumped(document(title, point, air, members, given, used))
    return made


def _candidates(point: Point, pack: Pack, used: set[str]) -> Iterable[Kept]:
    """The rules of a pack that may hold at the point, each with what its condition leaves open."""
    for rule in pack.rules:
        test = rule.test
        if not isinstance(test, (LimitTest, NoLimitTest, AlternativeTest)):
            continue
        if point.parameters and test.parameter not in point.parameters:
            continue
        if point.media and test.medium not in point.media:
            continue
        view = point.view(pack, test.medium, bare=True)
        whole = all_of(pack.scope, rule.applies)
        narrowed = point.narrowed(whole)
        decided = view.holds(narrowed).value
        condition = open_parts(narrowed, view)
        open_facts = {leaf.fact for leaf in leaves(condition)} if decided is None else set()
        used.update(leaf.fact for leaf in leaves(whole) if leaf.fact not in open_facts or leaf.fact in point.stated)
        if decided is False:
            continue
        inner = test.members if isinstance(test, AlternativeTest) else (rule,)
        members = [(member, _segments(member, rule, point)) for member in inner]
        members = [(member, segments) for member, segments in members if segments]
        if members:
            yield Kept(pack, rule, condition, members)


def _segments(rule: Rule, outer: Rule, point: Point) -> list[Segment]:
    """The dated values that reach the day or come after it, within the days of the rule."""
    from greenbri.proving.listing import common_days

    if not isinstance(rule.test, LimitTest):
        valid = outer.valid
        return [Segment(valid, None, None)] if valid.end is None or valid.end >= point.as_of else []
    found: list[Segment] = []
    for segment in rule.test.segments:
        days = common_days(outer.valid, segment.valid)
        days = common_days(days, Validity(point.as_of)) if days is not None else None
        if days is not None:
            found.append(Segment(days, segment.low, segment.high))
    return found if any(not segment.abolished for segment in found) else []


def _without_losers(kept: list[Kept], point: Point) -> list[Kept]:
    """What is not redundant; each loser is noted at the one that beats it."""
    lost: set[int] = set()
    for place, other in enumerate(kept):
        for number, one in enumerate(kept):
            if number == place or number in lost or one.test is None or other.test is None:
                continue
            if len(one.members) != 1 or (one.pack.as_benchmark != other.pack.as_benchmark and _leans(one, other)):
                continue
            margin = looser_by(
                one.test, one.condition, one.members[0][1], other.test, other.members[0][1], other.condition,
                point.as_of,
            )  # fmt: skip
            if margin is not None:
                lost.add(place)
                one.losing.append(f"{other.rule.id} {_printed(other)} (x {rounded(margin)})")
                one.losing.extend(other.losing)
                break
    return [one for place, one in enumerate(kept) if place not in lost]


def _leans(*parts: Kept) -> bool:
    """Whether a condition rests on what its pack supposes abroad."""
    return any(leaf.fact in part.pack.as_benchmark for part in parts for leaf in leaves(part.condition))


def _printed(one: Kept) -> str:
    test = one.test
    assert test is not None
    segment = one.members[0][1][0]
    low, high = (end.value if isinstance(end, Fixed) else None for end in (segment.low, segment.high))
    return limit_measure(test, LimitOnDay(low, high)).text
