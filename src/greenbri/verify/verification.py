"""Verifying: what a report states, against what its own project and packs make, and against what is installed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from greenbri import __version__
from greenbri.errors import Diagnostic, InputError, UsageError
from greenbri.model.rule import Pack
from greenbri.report.json import dumps, to_json
from greenbri.verify.difference import changes, differences, is_wording
from greenbri.verify.enclosed import Enclosed, parsed, read_report
from greenbri.verify.outcome import Difference, PackState, Verification
from greenbri.verify.recompute import Basis, basis, recomputed, selection_of


def verify(path: str | os.PathLike[str], locked: Path | None = None) -> tuple[Verification, ...]:
    """Verify each project of a report file; packs of the lock `locked` count as known, beside those installed.

    Raises `InputError` where the file is no report or has nothing embedded: then there is nothing to verify.
    """
    hashes: frozenset[str] = frozenset()
    if locked is not None:
        from greenbri.rulepack.lock import read_lock

        hashes = frozenset(one.sha256 for one in read_lock(locked).packs.values())
    name = os.path.basename(os.fspath(path))
    return tuple(_verified(one, name, hashes) for one in read_report(path))


def _verified(report: Enclosed, name: str, locked: frozenset[str]) -> Verification:
    project = report.stated.get("project")
    receipt = report.embedded["receipt"]
    tool = str(receipt.get("tool", "")) if isinstance(receipt, dict) else ""
    own = str(project.get("id", "")) if isinstance(project, dict) else ""
    same = tool == f"greenbri {__version__}"
    try:
        found = basis(report.embedded, name)
        made = _document(to_json(recomputed(found)))
    except (InputError, UsageError) as error:
        faults: tuple[Diagnostic, ...] = error.diagnostics
        return Verification(own, tool, same, pages=report.pages, faults=faults)
    told = [*_receipt(found, report.embedded), *differences(report.stated, made)]
    # another version of the tool may use other words, and add to what it writes; of one version nothing may differ
    words = () if same else tuple(one for one in told if is_wording(one))
    packs = tuple(_states(found, report.embedded, locked))
    today, moved = _today(found, packs, made)
    return Verification(
        project=own,
        tool=tool,
        same_tool=same,
        packs=packs,
        differences=tuple(one for one in told if one not in words),
        wording=words,
        changes=tuple(moved),
        today=today,
        pages=report.pages,
    )


def _document(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The document as it is when it was written and read back, so that two of them are of the same kinds of value."""
    found: Mapping[str, Any] = parsed(dumps(document), "")
    return found


def _receipt(found: Basis, embedded: Mapping[str, Any]) -> Iterator[Difference]:
    """What the receipt says of project, assumptions, waivers and profile, against what they are."""
    receipt = embedded["receipt"]
    if receipt.get("project_sha256") != found.digest:
        yield Difference("/embedded/receipt/project_sha256", str(receipt.get("project_sha256")), found.digest)
    if not found.assumed():
        listed = "; ".join(found.assumptions)
        yield Difference("/embedded/receipt/assumptions", listed, None)
    waived = _waived(found)
    if embedded.get("waivers") != waived:
        yield Difference("/embedded/waivers", str(embedded.get("waivers")), str(waived))
    stated = (receipt.get("profile") or {}, embedded.get("profile") or {})
    made = found.profile.digest if found.profile is not None else None
    for place, one in zip(("receipt/profile", "profile"), stated, strict=True):
        given = one.get("sha256") if isinstance(one, dict) else str(one)
        if given != made:
            yield Difference(f"/embedded/{place}/sha256", given, made)
    listed_packs = set(receipt["packs"]) if isinstance(receipt.get("packs"), dict) else set()
    for name in sorted(listed_packs - {pack.id for pack in found.packs}):
        yield Difference(f"/embedded/receipt/packs/{name}", str(receipt["packs"][name]), None)


def _waived(found: Basis) -> list[str]:
    from greenbri.sources.project import read_project

    return [waiver.rule for waiver in read_project(found.project, assume=found.assumptions).project.waivers]


def _states(found: Basis, embedded: Mapping[str, Any], locked: frozenset[str]) -> Iterator[PackState]:
    hashes = embedded["receipt"].get("packs")
    stated = hashes if isinstance(hashes, dict) else {}
    installed = _installed(found.packs)
    known = locked | {pack.sha256 for pack in installed.values()}
    for pack, entry in zip(found.packs, embedded["packs"], strict=True):
        here = installed.get(pack.id)
        yield PackState(
            id=pack.id,
            version=pack.version,
            stated=str(stated.get(pack.id, "")),
            recomputed=pack.sha256,
            standing="installed" if pack.sha256 in known else "other" if here is not None else "unknown",
            installed_version=here.version if here is not None else "",
            listed=str(entry.get("sha256", "")) if entry.get("id") == pack.id else "",
        )


def _installed(packs: Iterable[Pack]) -> dict[str, Pack]:
    """The packs of the library with the ids of `packs`; a pack's id is the place of its file."""
    from greenbri.rulepack.library import packs_where

    wanted = frozenset(pack.id for pack in packs)
    return {pack.id: pack for pack in packs_where(lambda entry: f"{entry.folder}/{entry.path.stem}" in wanted)}


def _today(
    found: Basis, packs: tuple[PackState, ...], made: Mapping[str, Any]
) -> tuple[tuple[str, str] | None, Iterator[Any]]:
    """The light then and now, and the findings that change, where this machine has other packs for the selection."""
    installed = _installed(found.packs)
    chosen = {pack.id: installed.get(pack.id, pack) for pack in found.packs}
    if found.selection == "default":
        from greenbri.selection import select
        from greenbri.sources.project import read_project

        project = read_project(found.project, assume=found.assumptions).project
        chosen |= {pack.id: pack for pack in select(project, None, found.profile).packs}
    if {pack.sha256 for pack in chosen.values()} == {one.recomputed for one in packs}:
        return None, iter(())
    later = _document(to_json(recomputed(found, selection_of(tuple(chosen.values()), found.profile))))
    return (str(made["verdict"]["light"]), str(later["verdict"]["light"])), changes(made, later)
