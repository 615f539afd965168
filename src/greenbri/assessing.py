"""From a project file to an assessment with everything that makes it reproducible: the Python face of `assess`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greenbri.evaluate.assess import Selection, assess
from greenbri.model.assessment import Assessment
from greenbri.model.project import Project
from greenbri.model.rule import Pack
from greenbri.selection import select
from greenbri.sources import Document
from greenbri.sources.project import ProjectFile, read_project

if TYPE_CHECKING:
    from greenbri.rulepack.profile import Profile


@dataclass(frozen=True)
class Assessed:
    """An assessment, the file it came from, and what is embedded in a report so that it can be recomputed."""

    assessment: Assessment
    file: ProjectFile
    embedded: dict[str, Any]


def assess_file(
    source: str | Path | Document,
    as_of: date,
    *,
    packs: str | None = None,
    assume: Sequence[str] = (),
    profile: str | None = None,
    locked: Path | None = None,
) -> Assessed:
    """Assess a project file on a day.

    `packs` is the selection as `--packs` takes it, `assume` are PATH=VALUE texts that stand in for missing facts and
    are listed as assumptions. `profile` is the name or the file of what an institution asks beyond the law; with
    `locked`, packs that differ from that lock are refused. Raises InputError for what cannot be read; nothing is
    written.
    """
    institution = None
    if profile is not None:
        from greenbri.rulepack.profile import read_profile

        institution = read_profile(profile)

    def chosen(project: Project) -> Selection:
        selection = select(project, packs, institution)
        if locked is not None:
            from greenbri.rulepack.lock import read_lock
            from greenbri.selection import library_ids

            read_lock(locked).refuse_others(selection.packs, library_ids())
        return selection

    result, file, selection = assess_under(source, as_of, chosen, assume=assume)
    return Assessed(result, file, _embedded(result, file, selection.packs, packs, assume, institution))


def assess_under(
    source: str | Path | Document, as_of: date, choose: Callable[[Project], Selection], *, assume: Sequence[str] = ()
) -> tuple[Assessment, ProjectFile, Selection]:
    """Assess a project file on a day under the selection that is chosen for it."""
    file = read_project(source, assume=tuple(assume))
    selection = choose(file.project)
    declared = {fact.name: fact for pack in selection.packs for fact in pack.facts}
    if "facts" in file.document.data:
        # only the selected packs say what their own facts are; with them the section is read once more
        again = read_project(file.document, facts={**selection.definitions, **declared})
        file = replace(again, project=replace(again.project, assumed=file.project.assumed))
    result = assess(file.project, selection, as_of, file=Path(file.document.name).name)
    return replace(result, positions=_positions(result, file.document)), file, selection


def _positions(assessment: Assessment, document: Document) -> dict[str, tuple[int, int]]:
    """Line and column of every pointer that a finding carries."""
    pointers = {finding.pointer for finding in assessment.deciding_snapshot.findings if finding.pointer}
    found: dict[str, tuple[int, int]] = {}
    for pointer in sorted(pointers):
        place = document.position(pointer)
        found[pointer] = (place.line, place.column)
    return found


def _embedded(
    assessment: Assessment,
    file: ProjectFile,
    packs: Sequence[Pack],
    wanted: str | None,
    assume: Sequence[str],
    profile: Profile | None,
) -> dict[str, Any]:
    """Project, packs, profile, waivers and receipt, as design section 6 names them; no path and no clock."""
    from greenbri import __version__
    from greenbri.rulepack.library import source_text
    from greenbri.vocabulary.files import plain

    return {
        "project": plain(file.document.data),
        "packs": [
            {"id": pack.id, "version": pack.version, "sha256": pack.sha256, "text": source_text(pack)} for pack in packs
        ],
        "profile": {"name": profile.name, "sha256": profile.digest, "content": profile.content} if profile else None,
        "waivers": [waiver.rule for waiver in file.project.waivers],
        "receipt": {
            "tool": f"greenbri {__version__}",
            "as_of": assessment.as_of.isoformat(),
            "selection": wanted or "default",
            "profile": {"name": profile.name, "sha256": profile.digest} if profile else None,
            "assumptions": list(assume),
            "project_sha256": file.project.digest,
            "packs": {pack.id: pack.sha256 for pack in packs},
            # line and column of what findings point to: the one thing that the data no longer tells
            "positions": {"file": assessment.file, "places": {at: list(it) for at, it in assessment.positions.items()}},
        },
    }
