"""One rule in two editions: its numbers, its days, its source, and everything else that it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from greenbri.model.condition import Condition
from greenbri.model.rule import (
    AlternativeTest,
    Citation,
    Classification,
    FactDefinition,
    Form,
    LimitTest,
    NoLimitTest,
    Pack,
    Rule,
    Text,
)
from greenbri.proving.conditions import worded
from greenbri.proving.difference_change import Change, Kind
from greenbri.proving.difference_dates import days_text, staged_changes, stages

_RANK = ("recalled", "secondary", "verified")
_CITED = ("clause", "url", "checked", "note")
_SAID = ("applies", "domain", "critical", "title", "message", "action")
_NUMBERS = frozenset({"segments"})


@dataclass(frozen=True)
class Side:
    """A rule, or a member of an alternative, in its pack."""

    rule: Rule
    pack: Pack
    alternative: str = ""  # the id, within the pack, of the group in which any one limit suffices

    @property
    def local(self) -> str:
        """The id of the rule within its pack."""
        return self.rule.id.removeprefix(f"{self.pack.id}/")


def sides(pack: Pack) -> dict[str, Side]:
    """Every rule of a pack by its id within it, members of alternatives one by one."""
    found: dict[str, Side] = {}
    for rule in pack.rules:
        members = rule.test.members if isinstance(rule.test, AlternativeTest) else ()
        group = rule.id.removeprefix(f"{pack.id}/")
        for side in (Side(rule, pack), *(Side(member, pack, group) for member in members)):
            if not isinstance(side.rule.test, AlternativeTest):
                found.setdefault(side.local, side)
    return found


def rule_changes(old: Side, new: Side, facts: Mapping[str, FactDefinition]) -> Iterator[Change]:
    """What changed from one edition of a rule to the other."""
    base = Change("changed", new.rule.id, new.pack.id, was=old.rule.id if old.rule.id != new.rule.id else "")
    if base.was and old.local != new.local:
        yield replace(base, kind="renumbered", old=old.rule.id, new=new.rule.id)
    yield from _tests(base, old, new, facts)
    yield from source_changes(base, _own_url(old), _own_url(new))
    for name in _SAID:
        before, after = getattr(old.rule, name), getattr(new.rule, name)
        if before != after:
            yield replace(base, field=name, old=said(before, facts), new=said(after, facts))
    if old.alternative != new.alternative:
        kind: Kind = "tightened" if not new.alternative else "loosened" if not old.alternative else "changed"
        yield replace(base, kind=kind, field="alternative", old=old.alternative, new=new.alternative)


def _tests(base: Change, old: Side, new: Side, facts: Mapping[str, FactDefinition]) -> Iterator[Change]:
    before, after = old.rule.test, new.rule.test
    if isinstance(before, LimitTest) and isinstance(after, LimitTest):
        yield from staged_changes(base, stages(old.rule, before, old.pack), stages(new.rule, after, new.pack))
    elif isinstance(before, (LimitTest, NoLimitTest)) and isinstance(after, (LimitTest, NoLimitTest)):
        if type(before) is not type(after):
            kind: Kind = "tightened" if isinstance(after, LimitTest) else "loosened"
            yield replace(base, kind=kind, old=test_text(old), new=test_text(new))
    elif old.rule.valid != new.rule.valid:
        yield replace(base, kind="moved", old=days_text(old.rule.valid), new=days_text(new.rule.valid))
    if type(before) is not type(after):
        if not isinstance(after, (LimitTest, NoLimitTest)) or not isinstance(before, (LimitTest, NoLimitTest)):
            yield replace(base, field="kind", old=type(before).__name__, new=type(after).__name__)
        return
    for field in fields(before):
        if field.name in _NUMBERS:
            continue
        one, other = getattr(before, field.name), getattr(after, field.name)
        if one != other:
            yield replace(base, field=field.name, old=said(one, facts), new=said(other, facts))


def test_text(side: Side) -> str:
    """What a rule asks, in short: its limits with their days, or the title of a duty."""
    test = side.rule.test
    if isinstance(test, LimitTest):
        return "; ".join(f"{one.text} ({days_text(one.valid)})" for one in stages(side.rule, test, side.pack))
    if isinstance(test, NoLimitTest):
        return f"none ({days_text(side.rule.valid)})"
    return f"{side.rule.title.en if side.rule.title else side.local} ({days_text(side.rule.valid)})"


def source_changes(base: Change, old: Citation, new: Citation) -> Iterator[Change]:
    """How far a value has been seen in its source, and where it stands there."""
    if old.status != new.status:
        kind: Kind = "status_raised" if _RANK.index(new.status) > _RANK.index(old.status) else "status_lowered"
        yield replace(base, kind=kind, old=old.status, new=new.status)
    names = [name for name in _CITED if getattr(old, name) != getattr(new, name)]
    succeeded = bool(base.was) and not base.was.startswith(f"{base.pack}/")
    if names and not succeeded:  # another instrument has clauses of its own
        before, after = (", ".join(str(getattr(cited, name)) or "-" for name in names) for cited in (old, new))
        yield replace(base, kind="citation", field=", ".join(names), old=before, new=after)


def _own_url(side: Side) -> Citation:
    """The citation without what it has from its instrument: that changes once, with the pack."""
    cited = side.rule.citation
    return replace(cited, url="") if cited.url == side.pack.instrument.url else cited


def scheme_changes(old: Classification, new: Classification, facts: Mapping[str, FactDefinition]) -> Iterator[Change]:
    """What changed in a classification."""
    base = Change("changed", new.id, new.pack, was=old.id if old.id != new.id else "")
    if old.valid != new.valid:
        yield replace(base, kind="moved", old=days_text(old.valid), new=days_text(new.valid))
    for name in ("scheme", "title", "values", "rules", "otherwise", "applies"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield replace(base, field=name, old=said(before, facts), new=said(after, facts))
    yield from source_changes(base, old.citation, new.citation)


def same_content(old: Side, new: Side) -> bool:
    """Whether two rules say the same under different ids."""
    one, other = old.rule, new.rule
    return (one.test, one.applies, one.valid) == (other.test, other.applies, other.valid)


def said(value: Any, facts: Mapping[str, FactDefinition]) -> str:
    """A part of a rule in words, for a reader who compares it with another."""
    from fractions import Fraction

    from greenbri.evaluate.findings import form_text
    from greenbri.proving.conditions import number

    if value is None:
        return ""
    if isinstance(value, Text):
        return f"{value.en} / {value.zh}"
    if isinstance(value, Form):
        return form_text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        return number(value)
    if isinstance(value, Condition.__args__):  # the members of the union
        return worded(value, facts) or "always"
    if isinstance(value, (tuple, list, frozenset)):
        return ", ".join(said(part, facts) for part in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {said(part, facts)}" for name, part in value.items())
    if hasattr(value, "__dataclass_fields__"):
        parts = ((field.name, getattr(value, field.name)) for field in fields(value))
        return " ".join(f"{name}={said(part, facts)}" for name, part in parts if part not in (None, "", ()))
    return str(value)
