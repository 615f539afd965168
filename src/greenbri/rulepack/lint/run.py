"""All checks over all files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from greenbri.errors import Diagnostic, InputError, Related, SourceText, diagnostic
from greenbri.model.rule import Pack
from greenbri.rulepack.compile import try_compile
from greenbri.rulepack.facts import common_facts
from greenbri.rulepack.form import PackForm
from greenbri.rulepack.lint.examined import Check, Examined, Issue
from greenbri.rulepack.lint.files import shown
from greenbri.sources import Document


@dataclass(frozen=True)
class Outcome:
    """What was found, in the order of files and lines, and the text of every file that could be read."""

    diagnostics: tuple[Diagnostic, ...]
    documents: dict[str, SourceText]
    packs: tuple[Pack, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many packs and rules were looked at, and what was found."""
        levels = [one.level for one in self.diagnostics]
        return {
            "packs": len(self.packs),
            "rules": sum(len(pack.rules) for pack in self.packs),
            "errors": levels.count("error"),
            "warnings": levels.count("warning"),
            "notes": levels.count("note"),
        }

    @property
    def failed(self) -> bool:
        """Whether anything more than a note was found."""
        return any(one.level != "note" for one in self.diagnostics)


def checks() -> tuple[Check, ...]:
    """One of each check, in the order of their codes."""
    from greenbri.rulepack.lint import (
        dates,
        identity,
        magnitudes,
        numbers,
        provenance,
        reach,
        rows,
        translations,
        words,
    )

    modules = (provenance, words, numbers, rows, dates, magnitudes, translations, identity, reach)
    found = [one for module in modules for one in module.CHECKS]
    return tuple(sorted((kind() for kind in found), key=lambda check: check.code))


def lint(paths: Sequence[Path], chosen: Iterable[Check] | None = None) -> Outcome:
    """The faults of pack files: those of reading and compiling them first, then those of the checks."""
    from greenbri.sources import load_yaml

    documents: dict[str, SourceText] = {}
    found: list[Diagnostic] = []
    packs: list[Examined] = []
    for path in paths:
        try:
            document = load_yaml(path, shown(path))
        except InputError as error:
            found.extend(error.diagnostics)
            if error.source is not None:
                documents[error.source.name] = error.source
            continue
        documents[document.name] = document
        pack, faults = try_compile(document)
        found.extend(faults)
        if pack is not None:
            packs.append(Examined(path, document, PackForm.model_validate(document.data), pack, common_facts()))
    selected = tuple(chosen) if chosen is not None else checks()
    others = _others({one.pack.id for one in packs})
    for check in selected:
        for one in packs:
            found.extend(_told(one.document, issue) for issue in check.examine(one))
        found.extend(_told(one.document, issue) for one, issue in check.compare(packs, others))
    ordered = sorted(dict.fromkeys(found), key=_place)
    return Outcome(tuple(ordered), documents, tuple(one.pack for one in packs))


def _others(ids: set[str]) -> tuple[Pack, ...]:
    """The packs of the shipped library that are not among those checked; none where it cannot be read itself."""
    from greenbri.rulepack.library import library

    try:
        packs = [entry.pack() for entry in library()]
    except InputError:
        return ()
    return tuple(pack for pack in packs if pack.id not in ids)


def _told(document: Document, issue: Issue) -> Diagnostic:
    return diagnostic(
        issue.code,
        document.position(issue.pointer, issue.prefer),
        issue.args,
        pointer=issue.pointer,
        related=[Related(document.position(pointer), key) for pointer, key in issue.related],
    )


def _place(fault: Diagnostic) -> tuple[str, int, int, str]:
    place = fault.position
    return (place.file, place.line, place.column, fault.code) if place is not None else ("", 0, 0, fault.code)
