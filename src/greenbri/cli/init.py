"""`greenbri init`: a first project file, to be filled in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

_LANGUAGES = ("en", "zh", "both")


def init(
    sector: Annotated[str, typer.Option(help="The sector, such as power.coal or water.municipal.", show_default=False)],
    country: Annotated[str, typer.Option(help="The host country: KH, Cambodia or 柬埔寨.", show_default=False)],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="The file to write; by default the id of the project with .yaml."),
    ] = None,
    lang: Annotated[str, typer.Option(help="The language of the comments: en, zh or both.")] = "en",
) -> None:
    """Write a commented project file for a sector and a country. An existing file is never replaced."""
    from greenbri import messages
    from greenbri.errors import OutputError, UsageError, diagnostic
    from greenbri.sources.output import write_atomically
    from greenbri.sources.project.starter import starter
    from greenbri.vocabulary import UnknownName

    if lang not in _LANGUAGES:
        args = {"option": "--lang", "value": lang, "known": ", ".join(_LANGUAGES)}
        raise UsageError(diagnostic("GRB904", None, args))
    try:
        text = starter(sector, country, lang)
    except UnknownName as error:
        code = "GRB102" if error.vocabulary == "sectors" else "GRB104"
        close = error.suggestions[0] if error.suggestions else ""
        found = diagnostic(code, None, {"name": error.name, "close": close}, variant="close" if close else None)
        raise UsageError(found) from None
    if output is None:
        output = Path(next(line for line in text.splitlines() if line.startswith("id: "))[4:] + ".yaml")
    if output.is_file() or output.is_symlink():
        raise OutputError(diagnostic("GRB170", None, {"name": str(output)}))
    write_atomically(output, text)
    typer.echo(messages.text("project.init.written", lang, name=output), err=True)
