"""`greenbri rules coverage` and `greenbri rules mutate`: how much the cases and readings of packs prove."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from greenbri.errors import SourceText

_FORMATS = ("text", "json", "sarif", "junit", "github", "markdown")
_Paths = Annotated[
    list[str] | None,
    typer.Argument(help="Pack files, folders, ids or jurisdictions; the shipped library if none.", show_default=False),
]
_Lang = Annotated[str, typer.Option(help="en, zh or both.")]
_Format = Annotated[str, typer.Option("--format", help=f"{', '.join(_FORMATS[:-1])} or {_FORMATS[-1]}.")]
# for the whole library lines are found for so many survivors of each pack; for packs that are named, for all
_LINES = 25


def coverage_rules(
    paths: _Paths = None,
    output_format: _Format = "text",
    lang: _Lang = "en",
    gate: Annotated[bool, typer.Option("--gate", help="Print only what is missing, without the figures.")] = False,
) -> int:
    """Count what cases and readings reach: outcomes of rules, cells, dates, clauses; ends with 1 where any is missing.

    Clauses that are listed as gaps are counted but do not fail the gate: they are said, not hidden.
    """
    from greenbri.cli.assess import _choice
    from greenbri.cli.rules import _print
    from greenbri.errors import ExitCode
    from greenbri.proving.coverage import coverage
    from greenbri.proving.coverage_text import as_markdown, as_records, as_text, diagnostics
    from greenbri.proving.shelf import folders
    from greenbri.report.diagnostics import render

    _choice("--format", output_format, _FORMATS)
    _choice("--lang", lang, ("en", "zh", "both"))
    found, unreadable = coverage(folders(paths or []))
    told = (*unreadable, *diagnostics(found))
    documents = {document.name: document for one in found for document in one.documents}
    if output_format == "json":
        from greenbri.report.json import dumps

        _print(dumps(as_records(found, unreadable)))
    elif output_format == "markdown":
        parts = [] if gate else [as_markdown(found, lang)]
        _print("\n".join([*parts, render("markdown", told, documents, lang)]))
    elif output_format == "text":
        manner = "terminal" if sys.stdout.isatty() else "text"
        _print(render(manner, told, documents, lang) + ("" if gate else as_text(found, lang)))
    else:
        _print(render(output_format, told, documents, lang))
    if unreadable or any(one.unread for one in found):
        return int(ExitCode.BAD_INPUT)
    return int(ExitCode.GATE_FAILED if told else ExitCode.DONE)


def mutate_rules(
    paths: _Paths = None,
    output_format: _Format = "text",
    lang: _Lang = "en",
    since: Annotated[str | None, typer.Option(help="Only packs changed since that revision of git.")] = None,
    jobs: Annotated[int, typer.Option(help="Processes to share the work between.", min=1)] = 2,
    min_score: Annotated[str, typer.Option(help="The share of slips in % that must be noticed.")] = "95",
    lines: Annotated[
        int | None,
        typer.Option(help=f"Seek lines for so many survivors of a pack; all, or {_LINES} of the library."),
    ] = None,
) -> int:
    """Put slips of the keyboard into packs and count those that cases and readings notice; ends with 1 below the score.

    The lines printed for survivors repeat what the pack says. Look the number up in the source before pasting one.
    """
    from greenbri.cli.assess import _choice
    from greenbri.cli.rules import _print
    from greenbri.errors import ExitCode
    from greenbri.proving.mutation import mutate, whole
    from greenbri.proving.mutation_since import changed_since
    from greenbri.proving.mutation_text import as_markdown, as_records, as_text, diagnostics
    from greenbri.proving.shelf import folders
    from greenbri.report.diagnostics import render

    _choice("--format", output_format, _FORMATS)
    _choice("--lang", lang, ("en", "zh", "both"))
    least = _percentage(min_score)
    chosen = folders(paths or [])
    if since is not None:
        chosen = changed_since(chosen, since)
    wanted = lines if lines is not None or paths or since is not None else _LINES
    progress, finished = _progress()
    scores = mutate(chosen, jobs=jobs, lines=wanted, progress=progress)
    finished()
    share = whole(scores)
    low = share.exact < least
    faults = [fault for one in scores for fault in one.faults]
    if low:
        from greenbri.errors import diagnostic

        faults.append(diagnostic("GRB296", None, {"score": str(share), "least": min_score}))
    if output_format == "json":
        from greenbri.report.json import dumps

        _print(dumps(as_records(scores, faults)))
    elif output_format == "markdown":
        parts = [as_markdown(scores, lang), render("markdown", faults, {}, lang) if faults else ""]
        _print("\n".join(part for part in parts if part))
    elif output_format == "text":
        _print(as_text(scores, lang) + "\n" + render("text", faults, {}, lang))
    else:
        told = (*diagnostics(scores), *(faults[-1:] if low else ()))
        _print(render(output_format, told, _documents(one.file for one in scores), lang))
    _sum_up(lang, output_format, str(share), len(scores))
    if any(one.unread for one in scores):
        return int(ExitCode.BAD_INPUT)
    return int(ExitCode.GATE_FAILED if faults else ExitCode.DONE)


def _percentage(text: str) -> Fraction:
    from greenbri.errors import UsageError, diagnostic

    try:
        share = Fraction(text.strip().removesuffix("%").strip()) / 100
    except (ValueError, ZeroDivisionError):
        share = Fraction(-1)
    if not 0 <= share <= 1:
        raise UsageError(diagnostic("GRB297", None, {"text": text}))
    return share


def _sum_up(lang: str, manner: str, score: str, packs: int) -> None:
    from greenbri import messages

    typer.echo(messages.text("proving.summary.mutate", lang, packs=packs, score=score), err=manner != "text")


def _documents(files: Iterable[str]) -> dict[str, SourceText]:
    """The pack files as far as they can be read, for formats that quote them."""
    from greenbri.errors import InputError
    from greenbri.sources import load_yaml

    found: dict[str, SourceText] = {}
    for name in files:
        try:
            found[name] = load_yaml(name, name)
        except InputError:
            continue
    return found


def _progress() -> tuple[Callable[[int, int], None], Callable[[], None]]:
    """How far it is, on a terminal and once it has taken a second; and how to wipe it out."""
    begun = time.monotonic()
    shown = False

    def tell(done: int, total: int) -> None:
        nonlocal shown
        if sys.stderr.isatty() and time.monotonic() - begun > 1:
            shown = True
            bar = "#" * (30 * done // total)
            sys.stderr.write(f"\r[{bar:<30}] {done}/{total}")
            sys.stderr.flush()

    def wipe() -> None:
        if shown:
            sys.stderr.write("\r" + " " * 60 + "\r")

    return tell, wipe
