"""Two sets of packs against each other: which rules are stricter, weaker, new, gone, renumbered or moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from greenbri.model.rule import FactDefinition, Pack
from greenbri.proving.difference_change import KINDS, Change
from greenbri.proving.difference_rules import Side, rule_changes, said, same_content, scheme_changes, sides, test_text

# what a pack says of all its rules together
_OF_PACKS = ("title", "jurisdiction", "framework", "force", "domain", "binds", "scope", "facts", "as_benchmark",
             "coefficients", "gaps", "review_state")  # fmt: skip
_OF_INSTRUMENTS = ("citation", "issuer", "url", "in_force", "repealed", "replaces")


@dataclass(frozen=True)
class PackDifference:
    """A pack in two editions; `old` is None for a new pack, `new` for one that is gone."""

    old: Pack | None
    new: Pack | None
    changes: tuple[Change, ...]

    @property
    def id(self) -> str:
        """The id of the newer edition, where there is one."""
        pack = self.new or self.old
        assert pack is not None
        return pack.id

    @property
    def same_version(self) -> bool:
        """Whether the content changed and the version did not."""
        if self.old is None or self.new is None:
            return False
        same = (self.old.id, self.old.version) == (self.new.id, self.new.version)
        return same and self.old.sha256 != self.new.sha256


def difference(old: Iterable[Pack], new: Iterable[Pack]) -> tuple[PackDifference, ...]:
    """The packs that differ, in the order of their ids, each with its changes."""
    before, after = {pack.id: pack for pack in old}, {pack.id: pack for pack in new}
    pairs = _paired(before, after)
    paired = {one.id for one, _ in pairs}
    followed = {other.id for _, other in pairs}
    made = [PackDifference(one, other, tuple(_ordered(_changes(one, other)))) for one, other in pairs]
    for name, pack in before.items():
        if name not in paired:
            gone = (Change("repealed", side.rule.id, name, old=test_text(side)) for side in sides(pack).values())
            made.append(PackDifference(pack, None, tuple(gone)))
    for name, pack in after.items():
        if name not in followed:
            added = (Change("new", side.rule.id, name, new=test_text(side)) for side in sides(pack).values())
            made.append(PackDifference(None, pack, tuple(added)))
    found = [one for one in made if one.changes or one.old is None or one.new is None or one.same_version]
    return tuple(sorted(found, key=lambda one: one.id))


def _paired(old: dict[str, Pack], new: dict[str, Pack]) -> list[tuple[Pack, Pack]]:
    """Packs of one id; then one that is gone with the one whose instrument replaces its own, or that is alone."""
    pairs = [(pack, new[name]) for name, pack in old.items() if name in new]
    gone = [pack for name, pack in old.items() if name not in new]
    come = [pack for name, pack in new.items() if name not in old]
    for pack in gone:
        heirs = [heir for heir in come if pack.instrument.citation in heir.instrument.replaces]
        if len(old) == len(new) == 1:
            heirs = come
        if len(heirs) == 1:
            pairs.append((pack, heirs[0]))
            come.remove(heirs[0])
    return pairs


def _changes(old: Pack, new: Pack) -> Iterator[Change]:
    from greenbri.rulepack.facts import common_facts

    if old.sha256 == new.sha256:
        return
    facts = {**common_facts(), **{fact.name: fact for fact in (*old.facts, *new.facts)}}
    yield from _of_packs(old, new, facts)
    before, after = sides(old), sides(new)
    matched = _matched(before, after)
    for one, other in matched:
        yield from rule_changes(one, other, facts)
    taken = {(one.local, other.local) for one, other in matched}
    left = {one for one, _ in taken}
    come = {other for _, other in taken}
    for name, side in before.items():
        if name not in left:
            yield Change("repealed", side.rule.id, new.id, old=test_text(side))
    for name, side in after.items():
        if name not in come:
            yield Change("new", side.rule.id, new.id, new=test_text(side))
    schemes = {one.id.removeprefix(f"{old.id}/"): one for one in old.classifications}
    for scheme in new.classifications:
        known = schemes.pop(scheme.id.removeprefix(f"{new.id}/"), None)
        if known is None:
            yield Change("new", scheme.id, new.id, new=scheme.title.en)
        else:
            yield from scheme_changes(known, scheme, facts)
    for scheme in schemes.values():
        yield Change("repealed", scheme.id, new.id, old=scheme.title.en)


def _matched(old: dict[str, Side], new: dict[str, Side]) -> list[tuple[Side, Side]]:
    """Rules of one id; then by the aliases of the newer; then those that say the same under another id."""
    pairs = [(side, new[name]) for name, side in old.items() if name in new]
    gone = {name: side for name, side in old.items() if name not in new}
    come = {name: side for name, side in new.items() if name not in old}
    for name, side in list(come.items()):
        for alias in side.rule.aliases:
            known = gone.pop(alias.rpartition("/")[2], None)
            if known is not None:
                pairs.append((known, come.pop(name)))
                break
    for name, side in list(gone.items()):
        twins = [other for other in come.values() if same_content(side, other)]
        rivals = [other for other in gone.values() if same_content(side, other)]
        if len(twins) == 1 and len(rivals) == 1:
            pairs.append((gone.pop(name), come.pop(twins[0].local)))
    return pairs


def _of_packs(old: Pack, new: Pack, facts: dict[str, FactDefinition]) -> Iterator[Change]:
    base = Change("changed", new.id, new.id)
    if old.id != new.id:
        yield replace(base, kind="renumbered", old=old.id, new=new.id)
    for name in _OF_PACKS:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield replace(base, field=name, old=said(before, facts), new=said(after, facts))
    for name in _OF_INSTRUMENTS:
        before, after = getattr(old.instrument, name), getattr(new.instrument, name)
        if before != after:
            kind = base.kind if name in ("issuer", "replaces") else "citation"
            kind = "moved" if name in ("in_force", "repealed") else kind
            yield replace(base, kind=kind, field=f"instrument.{name}", old=said(before, facts), new=said(after, facts))


def _ordered(changes: Iterable[Change]) -> list[Change]:
    """What a reviewer must see first, and then in the order of the pack."""
    return sorted(changes, key=lambda change: KINDS.index(change.kind))
