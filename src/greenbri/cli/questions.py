"""`greenbri questions`: the data request to the sponsor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from greenbri.model.assessment import Assessment

_LETTERS = (".md", ".xlsx")


def questions(
    project: Annotated[Path, typer.Argument(help="A project file.", show_default=False)],
    output: Annotated[
        list[Path] | None,
        typer.Option("-o", "--output", help="Write the request as a letter: .md or .xlsx. Repeat for both."),
    ] = None,
    lang: Annotated[
        str | None, typer.Option(help="en, zh or both; en if not given, and both for a letter.", show_default=False)
    ] = None,
    packs: Annotated[str | None, typer.Option(help="The selection of packs, as for assess.")] = None,
    as_of: Annotated[str | None, typer.Option(help="The day to judge by, YYYY-MM-DD.")] = None,
    most: Annotated[int, typer.Option(help="At most so many questions; 0 for all.")] = 0,
    asker: Annotated[str, typer.Option("--from", help="Who asks, as the letter names them.")] = "",
) -> None:
    """List what is missing, ranked by how much of the verdict each answer would settle."""
    from greenbri.assessing import assess_file
    from greenbri.cli.assess import _choice, _day

    _choice("--lang", lang or "en", ("en", "zh", "both"))
    wanted = output or []
    _check(wanted, project)
    assessment = assess_file(project, _day(as_of), packs=packs).assessment
    for path in wanted:
        _write(path, assessment, lang or "both", asker, most)
    if wanted:
        return
    found = assessment.deciding_snapshot.questions
    languages = ("en", "zh") if lang == "both" else (lang or "en",)
    for number, question in enumerate(found[:most] if most else found, 1):
        words = " / ".join(question.message[one] for one in languages)
        typer.echo(f"{number}. {words}")
        typer.echo(f"   {question.path}  settles {question.settles}  width {float(question.width):.1f}")


def _check(wanted: list[Path], project: Path) -> None:
    """Refuse what cannot be written before any work is done."""
    from greenbri.errors import UsageError, diagnostic
    from greenbri.sources.output import check_outputs

    for path in wanted:
        if path.suffix.lower() not in _LETTERS:
            raise UsageError(diagnostic("GRB321", args={"name": str(path), "known": " ".join(_LETTERS)}))
    check_outputs(wanted, inputs=[project] if project.exists() else [])


def _write(path: Path, assessment: Assessment, lang: str, asker: str, most: int) -> None:
    from greenbri.report.request import render_markdown, render_xlsx
    from greenbri.sources.output import write_atomically

    render = render_xlsx if path.suffix.lower() == ".xlsx" else render_markdown
    write_atomically(path, render(assessment, lang, asker=asker, most=most))
    typer.echo(f"wrote {path}", err=True)
