"""`greenbri check`: is a project file sound? Nothing is judged and nothing of the report is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

_LANGUAGES = ("en", "zh", "both")


def check(
    projects: Annotated[list[Path], typer.Argument(help="Project files.", show_default=False)],
    lang: Annotated[str, typer.Option(help="en, zh or both.")] = "en",
    output_format: Annotated[
        str,
        typer.Option(
            "--format", help="terminal, text, json, sarif, junit, github or markdown; by default terminal or text."
        ),
    ] = "",
) -> int:
    """Validate project files: every fault with its line and what to type instead. Exit code 2 if there is an error."""
    from greenbri.cli.checking import FORMATS, check_files
    from greenbri.errors import UsageError, diagnostic

    for option, value, known in (("--format", output_format or "text", FORMATS), ("--lang", lang, _LANGUAGES)):
        if value not in known:
            raise UsageError(diagnostic("GRB904", None, {"option": option, "value": value, "known": ", ".join(known)}))
    return check_files([str(path) for path in projects], lang, output_format)
