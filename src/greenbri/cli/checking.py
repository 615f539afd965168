"""What `greenbri check` does, without typer: a plain `greenbri check FILE...` is answered before typer is imported.

typer builds a pydantic adapter for every parameter of the command that it runs, which alone takes longer than reading
and checking a project file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from greenbri.errors import Diagnostic, SourceText

FORMATS = ("terminal", "text", "json", "sarif", "junit", "github", "markdown")


def is_plain_check(arguments: Sequence[str]) -> bool:
    """Whether a command line is `check` and files only; every other is typer's."""
    return len(arguments) > 1 and arguments[0] == "check" and not any(word.startswith("-") for word in arguments)


def check_files(projects: Iterable[str], lang: str = "en", output_format: str = "") -> int:
    """Check project files and print every diagnostic to standard output; 2 if one of them is an error, else 0."""
    from greenbri.errors import ExitCode, InputError
    from greenbri.sources.project import read_project

    found: list[Diagnostic] = []
    documents: dict[str, SourceText] = {}
    sound: list[str] = []
    broken = False
    for path in projects:
        try:
            file = read_project(path)
        except InputError as error:
            broken = True
            found.extend(error.diagnostics)
            if error.source is not None:
                documents[error.source.name] = error.source
        else:
            found.extend(file.warnings)
            documents[file.document.name] = file.document
            sound.append(_verdict(file.document.name, len(file.warnings), lang))
    _print(found, documents, sound, output_format, lang)
    return int(ExitCode.BAD_INPUT if broken else ExitCode.DONE)


def _verdict(name: str, warnings: int, lang: str) -> str:
    from greenbri import messages

    if warnings:
        return messages.text("project.check.warned", lang, name=name, count=warnings)
    return messages.text("project.check.ok", lang, name=name)


def _print(
    found: list[Diagnostic], documents: dict[str, SourceText], sound: list[str], output_format: str, lang: str
) -> None:
    """Diagnostics are the result of this command, and so go to standard output."""
    manner = output_format or ("terminal" if sys.stdout.isatty() else "text")
    if found or manner not in ("terminal", "text"):
        from greenbri.report.diagnostics import render

        sys.stdout.write(render(manner, found, documents, lang))
    if manner in ("terminal", "text"):
        sys.stdout.write("".join(f"{line}\n" for line in sound))
