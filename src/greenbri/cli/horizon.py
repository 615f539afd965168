"""`greenbri horizon`: what changes for a project, when, and because of which clause."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def horizon(
    project: Annotated[Path, typer.Argument(help="A project file.", show_default=False)],
    until: Annotated[str, typer.Option(help="The last day to look at, YYYY-MM-DD.", show_default=False)],
    as_of: Annotated[str | None, typer.Option(help="The first day, YYYY-MM-DD; today if not given.")] = None,
    packs: Annotated[str | None, typer.Option(help="The selection of packs, as for assess.")] = None,
    output_format: Annotated[str, typer.Option("--format", help="terminal or json.")] = "terminal",
    lang: Annotated[str, typer.Option(help="en, zh or both.")] = "en",
) -> int:
    """List every verdict and finding that changes up to a day, of what binds and of guidance.

    The law to come is what is published today; the project is taken as its file says it is.
    """
    from greenbri.assessing import assess_file
    from greenbri.cli.assess import _choice, _day, _warn
    from greenbri.compare import horizon as changes
    from greenbri.compare.outlook_text import terminal, to_json
    from greenbri.errors import ExitCode, UsageError, diagnostic
    from greenbri.messages import Word
    from greenbri.report.json import dumps
    from greenbri.selection import select

    _choice("--format", output_format, ("terminal", "json"))
    _choice("--lang", lang, ("en", "zh", "both"))
    first, last = _day(as_of), _day(until)
    if last <= first:
        raise UsageError(diagnostic("GRB990", None, {"needed": Word("compare.need.until")}))
    assessed = assess_file(project, first, packs=packs)
    _warn([assessed], lang)
    known = assessed.file.project
    found = changes(known, select(known, packs), first, last)
    text = dumps(to_json(found)) if output_format == "json" else terminal(found, lang)
    sys.stdout.buffer.write(text.encode())
    sys.stdout.flush()
    return int(ExitCode.DONE)
