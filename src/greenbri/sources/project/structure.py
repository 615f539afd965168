"""Whether the keys and the kinds of values are those of the form; what they mean is read afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from greenbri.messages import Word
from greenbri.sources.project.faults import Faults, Path
from greenbri.sources.project.kinds import FACTS, Kind
from greenbri.sources.scalars import Number

# What a fact may be with its evidence.
STATED = frozenset({"value", "evidence", "note"})
_NAMES = frozenset({"en", "zh"})
_WANTED = {"flag": "bool", "day": "date", "number": "number", "money": "number", "percent": "number"}


def check(node: Any, kind: Kind, path: Path, faults: Faults) -> None:
    """Note every key that is not known, every one that is missing, and every value of another kind."""
    if node is None:
        return  # a key without a value says nothing, and so is the same as no key
    kind = kind.chosen(node)
    if kind.type == "any":
        return
    if kind.type == "list":
        assert kind.item is not None
        if not isinstance(node, list):
            check(node, kind.item, path, faults)
            return
        for index, item in enumerate(node):
            if item is None:
                _wrong(kind.item, node[index], (*path, index), faults)
            check(item, kind.item, (*path, index), faults)
    elif kind.type == "mapping":
        _mapping(node, kind, path, faults)
    elif kind.type == "table":
        if not isinstance(node, Mapping):
            _wrong(kind, node, path, faults)
    elif isinstance(node, Mapping):
        _composed(node, kind, path, faults)
    elif isinstance(node, list) or (isinstance(node, bool) and kind.type not in ("flag", "term")):
        _wrong(kind, node, path, faults)


def items(node: Any, path: Path) -> Iterator[tuple[Any, Path]]:
    """The items of a list, or the one item that stands in its place, each with its own path."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            if item is not None:
                yield item, (*path, index)
    elif node is not None:
        yield node, path


def text_of(node: Any) -> str | None:
    """A scalar as text, without the blanks around it; None where there is none."""
    if node is None or isinstance(node, (Mapping, list)):
        return None
    if isinstance(node, bool):
        return "true" if node else "false"
    if isinstance(node, str):
        return str.__str__(node).strip() or None
    return str(node) if isinstance(node, (int, float, Decimal)) else None


def _mapping(node: Any, kind: Kind, path: Path, faults: Faults) -> None:
    if not isinstance(node, Mapping):
        _wrong(kind, node, path, faults)
        return
    for key, value in node.items():
        inner = kind.keys.get(key)
        if inner is None:
            _unknown(key, kind, path, faults)
        else:
            check(value, inner, (*path, key), faults)
    for key in kind.required:
        if node.get(key) is None:
            faults.add("GRB041", path, {"key": key}, prefer="key")


def _composed(node: Mapping[str, Any], kind: Kind, path: Path, faults: Faults) -> None:
    """A mapping in the place of a scalar: a text in two languages, or a fact with its evidence."""
    allowed = _NAMES if kind.type == "names" else STATED if kind.type in FACTS else frozenset[str]()
    if not allowed:
        _wrong(kind, node, path, faults)
        return
    for key in node:
        if key not in allowed:
            _unknown(key, Kind("mapping", keys=dict.fromkeys(sorted(allowed), kind)), path, faults)
    if kind.type in FACTS:
        if isinstance(node.get("value"), Mapping):
            _wrong(kind, node["value"], (*path, "value"), faults)
        if node.get("value") is None:
            faults.add("GRB041", path, {"key": "value"}, prefer="key")


def _unknown(key: str, kind: Kind, path: Path, faults: Faults) -> None:
    from greenbri.sources.project.words import nearest

    known = sorted(kind.keys)
    meant = nearest(key, known)
    args = {"key": key, "known": ", ".join(known), "close": meant or ""}
    faults.add("GRB040", (*path, key), args, variant="close" if meant else None, prefer="key")


def _wrong(kind: Kind, node: Any, path: Path, faults: Faults) -> None:
    from greenbri.sources.refusals import kind_of

    wanted = {"mapping": "mapping", "table": "mapping", "list": "list"}.get(kind.type, _WANTED.get(kind.type, "text"))
    found = kind_of(Number(str(node)) if isinstance(node, (int, float)) and not isinstance(node, bool) else node)
    faults.add("GRB043", path, {"expected": Word(f"sources.kind.{wanted}"), "found": found})
