"""What a statement rests on, and the time and state that a figure speaks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from greenbri.sources.project import words
from greenbri.sources.project.faults import Faults, Path
from greenbri.sources.project.structure import text_of
from greenbri.sources.project.values import read_day

if TYPE_CHECKING:
    from greenbri.model.project import Covers, Evidence, EvidenceKind


def read_evidence(node: Any, path: Path, faults: Faults) -> Evidence | None:
    """The evidence; a text alone is its kind. None where nothing is stated."""
    from greenbri.model.project import Evidence

    if node is None:
        return None
    if not isinstance(node, Mapping):
        return Evidence(kind=_kind(node, path, faults))
    document = text_of(node.get("document")) or text_of(node.get("title")) or ""
    page = text_of(node.get("page")) or text_of(node.get("clause")) or ""
    return Evidence(
        kind=_kind(node.get("kind"), (*path, "kind"), faults),
        document=document,
        page=page,
        url=text_of(node.get("url")) or "",
        date=read_day(node.get("date"), (*path, "date"), faults, "first"),
        note=text_of(node.get("note")) or "",
    )


def _kind(node: Any, path: Path, faults: Faults) -> EvidenceKind | None:
    text = text_of(node)
    if text is None:
        return None
    found = words.canonical(text, words.EVIDENCE)
    if found is None:
        known = words.names(words.EVIDENCE)
        meant = words.nearest(text, known)
        args = {"value": text, "known": ", ".join(known), "close": meant or ""}
        faults.add("GRB116", path, args, variant="close" if meant else None)
    return cast("EvidenceKind | None", found)


def read_covers(node: Any, path: Path, faults: Faults) -> Covers:
    """The time that a figure covers; a year or a month alone is all of it."""
    from greenbri.model.project import Covers

    if node is None:
        return Covers()
    if not isinstance(node, Mapping):
        node = {"from": node, "to": node}
        first, last = path, path
    else:
        first, last = (*path, "from"), (*path, "to")
    start = read_day(node.get("from"), first, faults, "first")
    end = read_day(node.get("to"), last, faults, "last") if first != last or start is not None else None
    if start is not None and end is not None and end < start:
        faults.add("GRB124", last, {"first": start, "last": end})
    return Covers(
        start, end, _count(node.get("count"), (*path, "count"), faults), _state(node.get("state"), path, faults)
    )


def _count(node: Any, path: Path, faults: Faults) -> int | None:
    text = text_of(node)
    if text is None:
        return None
    if not text.isdecimal() or not text.isascii() or int(text) < 1:
        faults.add("GRB126", path, {"value": text})
        return None
    return int(text)


def _state(node: Any, path: Path, faults: Faults) -> str | None:
    text = text_of(node)
    if text is None:
        return None
    found = words.canonical(text, words.STATES)
    if found is None:
        args = {"value": text, "known": ", ".join(words.names(words.STATES)), "close": ""}
        faults.add("GRB042", (*path, "state"), args)
    return found
