"""Which outcomes, cells and dates of a pack its cases and readings reach.

A listener hears the findings of every case that holds and every reading that agrees; the evaluator knows nothing of it,
and what is generated is never heard. A finding reaches its own status; a rule that says nothing on a case's day (not in
force, another territory) reaches `not_applicable`. A reading fixes number, operator, unit, state and averaging of a
limit, on which both `pass` and `fail` hang, so it reaches both; at its point it also shows which other limits of the
parameter do not apply, or are left open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from greenbri.errors import Diagnostic, SourceText, diagnostic
from greenbri.proving.coverage_evidence import Evidence, evidence
from greenbri.proving.coverage_listener import DateSegment, Listener, Outcomes, Share
from greenbri.proving.shelf import Folder


@dataclass(frozen=True)
class Coverage:
    """How far the cases and readings of one pack reach."""

    pack: str
    file: str
    outcomes: tuple[Outcomes, ...]
    tables: dict[str, Share]
    segments: tuple[DateSegment, ...]
    encoded: tuple[str, ...]
    gaps: tuple[str, ...]
    missing: tuple[Diagnostic, ...]
    faults: tuple[Diagnostic, ...]
    documents: tuple[SourceText, ...]
    unread: bool = False

    @property
    def share(self) -> Share:
        """Outcomes reached of those there are."""
        return Share(sum(len(one.reached) for one in self.outcomes), sum(len(one.wanted) for one in self.outcomes))

    @property
    def share_by_cases(self) -> Share:
        """The same by cases alone."""
        by_case = sum("case" in by for one in self.outcomes for by in one.reached.values())
        return Share(by_case, self.share.total)

    @property
    def rules(self) -> Share:
        """Rules of which every outcome was reached."""
        return Share(sum(not one.missing for one in self.outcomes), len(self.outcomes))

    @property
    def cells(self) -> Share:
        """Cells of tables that a case or a reading decided on."""
        return Share(sum(one.reached for one in self.tables.values()), sum(one.total for one in self.tables.values()))

    @property
    def dates(self) -> Share:
        """Dated segments with a case or a reading inside."""
        return Share(sum(one.reached for one in self.segments), len(self.segments))

    @property
    def clauses(self) -> Share:
        """Clauses that are encoded, of these and those listed as gaps."""
        return Share(len(self.encoded), len(self.encoded) + len(self.gaps))


def coverage(folders: Sequence[Folder]) -> tuple[tuple[Coverage, ...], tuple[Diagnostic, ...]]:
    """The coverage of each pack, and the faults of packs that cannot be read."""
    found: list[Coverage] = []
    faults: list[Diagnostic] = []
    for folder in folders:
        proofs, unreadable = evidence(folder)
        faults.extend(unreadable)
        if proofs is not None:
            found.append(covered(proofs))
    return tuple(found), tuple(faults)


def covered(proofs: Evidence) -> Coverage:
    """The coverage of one pack."""
    listener = Listener(proofs.pack)
    for case in proofs.cases:
        for one in case.result.snapshots:
            listener.hear_case(one)
    for reading in proofs.readings:
        listener.hear_reading(reading)
    pack = proofs.pack
    outcomes = tuple(listener.outcomes.values())
    cited = [*(rule.citation for rule in pack.rules), *(scheme.citation for scheme in pack.classifications)]
    clauses = dict.fromkeys(one.clause for one in cited)
    return Coverage(
        pack=pack.id,
        file=pack.file,
        outcomes=outcomes,
        tables=listener.tables(),
        segments=tuple(listener.segments),
        encoded=tuple(clauses),
        gaps=tuple(dict.fromkeys(gap.clause for gap in pack.gaps if gap.clause not in clauses)),
        missing=tuple(_missing(proofs, listener)),
        faults=proofs.faults,
        documents=proofs.documents,
        unread=proofs.unread,
    )


def _missing(proofs: Evidence, listener: Listener) -> Iterator[Diagnostic]:
    document = proofs.document
    if not proofs.cases and not proofs.readings:
        yield diagnostic("GRB293", document.position("/pack"), {"pack": proofs.pack.id}, pointer="/pack")
    for one in listener.outcomes.values():
        if one.missing:
            args = {"rule": one.rule, "missing": ", ".join(one.missing)}
            yield diagnostic("GRB291", document.position(one.pointer), args, pointer=one.pointer)
    proven = {key for key, one in listener.outcomes.items() if one.proven}
    for segment in listener.segments:
        if not segment.reached and (segment.rule, False) in proven:
            first, last = (str(day or "…") for day in (segment.valid.start, segment.valid.end))
            args = {"rule": segment.rule, "first": first, "last": last}
            yield diagnostic("GRB292", document.position(segment.pointer), args, pointer=segment.pointer)
