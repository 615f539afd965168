"""The facts of a project or of one of its places, by the names that conditions of rules use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from greenbri.sources.pointers import pointer
from greenbri.sources.project.evidence import read_evidence
from greenbri.sources.project.faults import Faults, Path
from greenbri.sources.project.form import definitions, kind_of
from greenbri.sources.project.kinds import FACTS, Kind
from greenbri.sources.project.structure import items, text_of
from greenbri.sources.project.values import Value, read_share, read_term, read_value, read_word

if TYPE_CHECKING:
    from greenbri.model.project import Fact
    from greenbri.model.rule import FactDefinition

Facts = dict[str, "Fact"]
_NUMBER = re.compile(r"^[+-]?\d+(?:\.\d+)?$")
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_PACK_FACT = re.compile(r"^[a-z]{2,8}\.[a-z0-9_.]+$")


class FactReader:
    """Reads facts and notes what is wrong. `packs` are the facts that packs define, or None where no pack was read."""

    def __init__(self, faults: Faults, packs: Mapping[str, FactDefinition] | None = None) -> None:
        self.faults = faults
        self.packs = packs

    def section(
        self,
        node: Any,
        kind: Kind,
        path: Path,
        into: Facts,
        *,
        prefix: str = "",
        aliases: Mapping[str, str] | None = None,
        skip: Iterable[str] = (),
    ) -> None:
        """Every fact that a mapping states, at any depth; its name is the way to it, dotted, behind `prefix`."""
        if not isinstance(node, Mapping):
            return
        for key, value in node.items():
            inner = kind.keys.get(key)
            if inner is None or value is None or key in skip:
                continue
            name = prefix + key
            here = (*path, key)
            inner = inner.chosen(value)
            if inner.type == "mapping":
                self.section(value, inner, here, into, prefix=f"{name}.", aliases=aliases)
            elif inner.type in FACTS:
                known = (aliases or {}).get(name, name)
                self.state(into, known, value, definition(known, inner), here)
            elif inner.type == "list" and inner.item is not None and inner.item.type == "word":
                self._words(value, name, here, into)

    def state(self, into: Facts, name: str, node: Any, kind: Kind, path: Path) -> None:
        """One fact, perhaps with its evidence; a second value for it that is another one is an error."""
        from greenbri.model.project import Fact

        evidence = None
        at = path
        if isinstance(node, Mapping):
            evidence = read_evidence(node.get("evidence"), (*path, "evidence"), self.faults)
            node, at = node.get("value"), (*path, "value")
        value = read_value(node, name, kind, at, self.faults)
        if value is not None:
            self.put(into, name, Fact(value, pointer(path), evidence))

    def put(self, into: Facts, name: str, fact: Fact) -> None:
        """Keep a fact unless another place states it otherwise."""
        known = into.get(name)
        if known is not None and known.value != fact.value:
            from greenbri.errors import Related
            from greenbri.sources.pointers import steps

            first = self.faults.document.position([*self.faults.base, *steps(known.pointer)])
            place = _path(fact.pointer)
            self.faults.add("GRB131", place, {"name": name}, related=[Related(first, "project.first")])
            return
        into.setdefault(name, fact)

    def free(self, node: Any, path: Path, into: Facts) -> None:
        """The section `facts`: names of the vocabulary or of packs, each with its value."""
        if not isinstance(node, Mapping):
            return
        for name, value in node.items():
            here = (*path, name)
            if value is None:
                continue
            common = definitions().get(name)
            if common is not None:
                self.state(into, name, value, kind_of(common), here)
            elif self.packs is not None and name in self.packs:
                self.state(into, name, value, _kind(self.packs[name]), here)
            else:
                self._unknown(name, value, here, into)

    def fuel(self, node: Any, path: Path, into: Facts) -> tuple[tuple[str, Fraction], ...]:
        """The fuel or fuels as a fact; and the share of each in the heat input, where it is stated or alone."""
        from greenbri.model.project import Fact

        kind = Kind("term", vocabulary="fuels")
        found: list[tuple[str, Fraction | None]] = []
        for item, here in items(node, path):
            if isinstance(item, Mapping):
                name = read_term(item.get("fuel"), "fuel", kind, (*here, "fuel"), self.faults)
                share = item.get("share")
                part = read_share(share, (*here, "share"), self.faults) if share is not None else None
            else:
                name, part = read_term(item, "fuel", kind, here, self.faults), None
            if name is not None:
                found.append((name, part))
        if not found:
            return ()
        names = tuple(dict.fromkeys(name for name, _ in found))
        self.put(into, "fuel", Fact(names[0] if len(names) == 1 else names, pointer(path)))
        shares = [share for _, share in found if share is not None]
        if len(found) == 1 and not shares:
            return ((names[0], Fraction(1)),)
        if not shares:
            return ()
        total = sum(shares, Fraction(0))
        if len(shares) < len(found) or abs(total - 100) > Fraction(1, 2):
            args = {"total": f"{float(total):g}", "missing": len(found) - len(shares)}
            self.faults.add("GRB140", path, args)
            return ()
        return tuple((name, share / total) for name, share in found if share is not None)

    def _words(self, node: Any, name: str, path: Path, into: Facts) -> None:
        from greenbri.model.project import Fact

        read = (read_word(item, name, here, self.faults) for item, here in items(node, path))
        found = tuple(dict.fromkeys(word for word in read if word is not None))
        if found:
            self.put(into, name, Fact(found[0] if len(found) == 1 else found, pointer(path)))

    def _unknown(self, name: str, value: Any, path: Path, into: Facts) -> None:
        """A fact that nobody defines: an error where the packs are known, else kept as it looks."""
        from greenbri.model.project import Fact

        if self.packs is not None or not _PACK_FACT.match(name):
            from greenbri.sources.project.words import nearest

            known = [*definitions(), *(self.packs or ())]
            meant = nearest(name, known)
            code = "GRB151" if self.packs is not None else "GRB150"
            self.faults.add(
                code, path, {"name": name, "close": meant or ""}, variant="close" if meant else None, prefer="key"
            )
        at = path
        if isinstance(value, Mapping):
            value, at = value.get("value"), (*path, "value")
        looked = _as_it_looks(value)
        if looked is not None and at:
            into.setdefault(name, Fact(looked, pointer(path)))


def definition(name: str, kind: Kind) -> Kind:
    """The kind of a fact: that of the vocabulary where it has one, else that of its key."""
    known = definitions().get(name)
    return kind_of(known) if known is not None and kind.type != "word" else kind


def _kind(fact: FactDefinition) -> Kind:
    plain = {"type": fact.type, "unit": fact.unit, "values": fact.values, "vocabulary": fact.vocabulary}
    return kind_of(plain)


def _as_it_looks(node: Any) -> Value | None:
    if isinstance(node, bool):
        return node
    text = text_of(node)
    if text is None:
        return None
    if _NUMBER.match(text):
        return Fraction(text)
    if not _DAY.match(text):
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _path(place: str) -> Path:
    from greenbri.sources.pointers import steps

    return tuple(int(step) if step.isdigit() else step for step in steps(place))
