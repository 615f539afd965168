"""A limit through time, older against newer: what is the same on other days has moved, the rest has changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from greenbri.model.rule import LimitTest, Pack, Rule, Segment, Validity
from greenbri.proving.difference_change import Change, amount, limit_text
from greenbri.proving.difference_limits import Bound, Strictness, strictness
from greenbri.proving.listing import common_days

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stage:
    """A limit from one day to another."""

    valid: Validity
    bound: Bound

    @property
    def text(self) -> str:
        """The limit as the pack has it."""
        return limit_text(self.bound.test, self.bound.segment)


def stages(rule: Rule, test: LimitTest, pack: Pack) -> tuple[Stage, ...]:
    """The stages of a limit that are in force on some day, in order."""
    found = []
    for segment in test.segments:
        valid = common_days(rule.valid, segment.valid)
        if valid is not None and not segment.abolished:
            found.append(Stage(valid, _bound(rule, test, segment, pack)))
    return tuple(found)


def _bound(rule: Rule, test: LimitTest, segment: Segment, pack: Pack) -> Bound:
    return Bound(test, segment, pack.coefficients, rule.applies)


def staged_changes(base: Change, old: tuple[Stage, ...], new: tuple[Stage, ...]) -> Iterator[Change]:
    """The changes of a limit's numbers and days; `base` names the rule."""
    if not old or not new:
        if old or new:
            yield replace(base, kind="new" if new else "repealed", old=_listed(old), new=_listed(new))
        return
    if len(old) == len(new):
        relations = [strictness(one.bound, other.bound) for one, other in zip(old, new, strict=True)]
        if all(one.verdict == "same" for one in relations):
            if any(one.valid != other.valid for one, other in zip(old, new, strict=True)):
                yield replace(base, kind="moved", old=_listed(old), new=_listed(new))
            return
    if _before(old[-1].valid, new[0].valid):
        for stage in new:
            found = strictness(old[-1].bound, stage.bound)
            if found.verdict != "same":
                yield _one(base, old[-1], stage, found, stage.valid)
        return
    always = Validity(old[0].valid.start, old[-1].valid.end)
    lasting = always == Validity(new[0].valid.start, new[-1].valid.end)
    for change in _joined(_compared(base, old, new)):
        yield replace(change, days=None) if lasting and change.days == always else change


def _before(one: Validity, other: Validity) -> bool:
    """Whether the one has ended when the other begins: a successor is laid beside what it succeeds."""
    return one.end is not None and other.start is not None and one.end < other.start


def _compared(base: Change, old: tuple[Stage, ...], new: tuple[Stage, ...]) -> Iterator[Change]:
    """One change for each stretch of days on which the two differ."""
    for days in _stretches([stage.valid for stage in (*old, *new)]):
        before, after = _on(old, days), _on(new, days)
        if before is None and after is None:
            continue
        if before is None or after is None:
            old_text, new_text = before.text if before else "", after.text if after else ""
            yield replace(base, kind="moved", days=days, old=old_text, new=new_text)
            continue
        found = strictness(before.bound, after.bound)
        if found.verdict != "same":
            yield _one(base, before, after, found, days)


def _one(base: Change, old: Stage, new: Stage, found: Strictness, days: Validity) -> Change:
    return replace(
        base,
        kind=found.verdict if found.verdict != "same" else "changed",
        old=old.text,
        new=new.text,
        days=days,
        amount=amount(old.bound.test, found.pairs),
        reason=found.reason,
        missing=found.missing,
    )


def _joined(changes: Iterator[Change]) -> Iterator[Change]:
    """Equal changes on days that follow each other as one."""
    last: Change | None = None
    for change in changes:
        if last is not None and _follows(last, change):
            assert last.days is not None and change.days is not None
            last = replace(last, days=Validity(last.days.start, change.days.end))
            continue
        if last is not None:
            yield last
        last = change
    if last is not None:
        yield last


def _follows(one: Change, other: Change) -> bool:
    if one.days is None or other.days is None or one.days.end is None:
        return False
    return other.days.start == one.days.end + _DAY and replace(one, days=None) == replace(other, days=None)


def _stretches(spans: list[Validity]) -> Iterator[Validity]:
    """The days cut wherever a span begins or ends, in order; both ends inclusive, None open."""
    starts = {span.start for span in spans if span.start is not None}
    starts |= {span.end + _DAY for span in spans if span.end is not None}
    edges: list[date | None] = [None, *sorted(starts)]
    for place, start in enumerate(edges):
        following = edges[place + 1] if place + 1 < len(edges) else None
        yield Validity(start, following - _DAY if following is not None else None)


def _on(found: tuple[Stage, ...], days: Validity) -> Stage | None:
    """The stage that holds on all of a stretch."""
    for stage in found:
        starts = stage.valid.start is None or (days.start is not None and stage.valid.start <= days.start)
        ends = stage.valid.end is None or (days.end is not None and days.end <= stage.valid.end)
        if starts and ends:
            return stage
    return None


def _listed(found: tuple[Stage, ...]) -> str:
    return "; ".join(f"{stage.text} ({days_text(stage.valid)})" for stage in found)


def days_text(valid: Validity) -> str:
    """First and last day, `..` between them; an open end is left out."""
    start = valid.start.isoformat() if valid.start is not None else ""
    return f"{start}..{valid.end.isoformat() if valid.end is not None else ''}"
