"""`greenbri questions`: the data request to the sponsor."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def questions(
    project: Annotated[Path, typer.Argument(help="A project file.", show_default=False)],
    lang: Annotated[str, typer.Option(help="en, zh or both.")] = "en",
    packs: Annotated[str | None, typer.Option(help="The selection of packs, as for assess.")] = None,
    as_of: Annotated[str | None, typer.Option(help="The day to judge by, YYYY-MM-DD.")] = None,
    most: Annotated[int, typer.Option(help="At most so many questions; 0 for all.")] = 0,
) -> None:
    """List what is missing, ranked by how much of the verdict each answer would settle."""
    from greenbri.assessing import assess_file
    from greenbri.cli.assess import _choice, _day

    _choice("--lang", lang, ("en", "zh", "both"))
    assessed = assess_file(project, _day(as_of), packs=packs)
    found = assessed.assessment.deciding_snapshot.questions
    languages = ("en", "zh") if lang == "both" else (lang,)
    for number, question in enumerate(found[:most] if most else found, 1):
        words = " / ".join(question.message[one] for one in languages)
        typer.echo(f"{number}. {words}")
        typer.echo(f"   {question.path}  settles {question.settles}  width {float(question.width):.1f}")
