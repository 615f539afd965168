"""`greenbri verify`: a report recomputed from what is embedded in it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def verify(
    report: Annotated[Path, typer.Argument(help="A report: .json, .pdf or .html.", show_default=False)],
    lang: Annotated[str, typer.Option(help="en, zh or both.")] = "en",
    output_format: Annotated[str, typer.Option("--format", help="terminal or json.")] = "terminal",
    locked: Annotated[
        Path | None, typer.Option(help="Packs of this lock count as known, beside those that are installed.")
    ] = None,
) -> int:
    """Recompute a report from the project and the packs that are embedded in it, and say what differs.

    The exit code is 0 only where everything agrees and every pack is installed here or locked; else it is 1.
    """
    from greenbri.cli.assess import _choice
    from greenbri.errors import ExitCode
    from greenbri.verify.telling import document, lines
    from greenbri.verify.verification import verify as verified

    _choice("--lang", lang, ("en", "zh", "both"))
    _choice("--format", output_format, ("terminal", "json"))
    found = verified(report, locked)
    if output_format == "json":
        import json

        typer.echo(json.dumps(document(found), ensure_ascii=False, indent=2))
    else:
        for line in lines(found, lang):
            typer.echo(line)
    return int(ExitCode.DONE if all(one.sound for one in found) else ExitCode.GATE_FAILED)
