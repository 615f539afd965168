"""Diagnostics to standard error: with source and carets on a terminal, one line each elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping

from greenbri.errors import Diagnostic, GreenbriError, InputError, SourceText


def report(error: GreenbriError, lang: str = "en") -> None:
    """Print what an error says."""
    source = error.source if isinstance(error, InputError) else None
    documents = {source.name: source} if source is not None else {}
    show(error.diagnostics, documents, lang)


def show(diagnostics: Iterable[Diagnostic], documents: Mapping[str, SourceText], lang: str = "en") -> None:
    """Print diagnostics in the manner of the place they go to."""
    from greenbri.report.diagnostics import render

    manner = "terminal" if sys.stderr.isatty() else "text"
    text = render(manner, tuple(diagnostics), documents, lang)
    sys.stderr.write(text if text.endswith("\n") or not text else f"{text}\n")


def internal(fault: BaseException) -> None:
    """Print a fault of greenbri itself; the traceback only where somebody asked for it."""
    import traceback

    sys.stderr.write(f"GRB900 internal fault: {type(fault).__name__}: {fault}\n")
    if os.environ.get("GREENBRI_TRACEBACK"):
        traceback.print_exception(fault)


def console_width() -> int | None:
    """The columns of the terminal; None where standard output is none, and lines stay whole."""
    if not sys.stdout.isatty():
        return None
    import shutil

    return shutil.get_terminal_size().columns
