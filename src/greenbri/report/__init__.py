"""Turns frozen assessments into one format; one file per format, each loaded when it is asked for.

render("json", [assessment, ...], "both")        bytes, of one project or of several
targets([...], "terminal"), check_targets(...)   which files a run will write, checked before any work
write(path, done, "zh")                          the files of one -o, by its suffix
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from greenbri.errors import UsageError, diagnostic

if TYPE_CHECKING:
    from greenbri.model.assessment import Assessment
    from greenbri.report.files import check_expanded, check_targets, targets, write

__all__ = [
    "FORMATS",
    "Format",
    "check_expanded",
    "check_number",
    "check_targets",
    "format_of",
    "render",
    "targets",
    "write",
]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the endings of its files, and whether one file can hold several projects."""

    name: str
    suffixes: tuple[str, ...]
    several: bool = True


FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        Format("terminal", (".txt",)),
        Format("json", (".json",)),
        Format("markdown", (".md", ".markdown")),
        Format("html", (".html", ".htm"), several=False),
        Format("pdf", (".pdf",), several=False),
        Format("sarif", (".sarif", ".sarif.json")),
        Format("junit", (".junit.xml",)),
        Format("csv", (".csv",)),
        Format("xlsx", (".xlsx",), several=False),
    )
}


def format_of(path: str | os.PathLike[str]) -> str:
    """The format that the ending of a file's name stands for, the longest ending first. Raises `UsageError`."""
    name = os.path.basename(os.fspath(path)).lower()
    endings = sorted(((end, one.name) for one in FORMATS.values() for end in one.suffixes), key=lambda e: -len(e[0]))
    for end, known in endings:
        if name.endswith(end):
            return known
    listed = " ".join(one.suffixes[0] for one in FORMATS.values())
    raise UsageError(diagnostic("GRB321", args={"name": os.fspath(path), "known": listed}))


def render(
    name: str,
    assessments: Sequence[Assessment],
    lang: str = "en",
    *,
    embedded: Mapping[str, Mapping[str, Any]] | None = None,
) -> bytes:
    """The assessments in the format `name`, one of `FORMATS`; `lang` is `en`, `zh` or `both`.

    `embedded` is, by project id, what makes a report verifiable (project, packs, profile, waivers, receipt): an object
    in JSON, attachments in PDF, the receipt of the method section. Raises `UsageError` where the format cannot hold so
    many projects, and `OutputError` for a PDF without Pango.
    """
    from importlib import import_module

    known = FORMATS[name]
    check_number(known, len(assessments))
    module = import_module(f"{__name__}.{name}")
    enclosed = embedded or {}
    if name == "json":
        return _encoded(module.render(assessments, lang, embedded=enclosed))
    if known.several:
        return _encoded(module.render(assessments, lang))
    (only,) = assessments
    written: str | bytes = module.render(only, lang, embedded=enclosed.get(only.project.id))
    return _encoded(written) if isinstance(written, str) else written


def check_number(known: Format, count: int) -> None:
    """Raise `UsageError` where a file of the format cannot hold so many projects."""
    if not known.several and count != 1:
        raise UsageError(diagnostic("GRB322", args={"format": known.name, "count": count}))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def __getattr__(name: str) -> object:
    """Load what writes files on first use."""
    if name not in ("check_expanded", "check_targets", "targets", "write"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from greenbri.report import files

    return getattr(files, name)
