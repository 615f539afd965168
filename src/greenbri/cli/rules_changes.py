"""`greenbri rules diff` and `rules lock`: what changed between two editions, and that nothing changes unseen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from greenbri.proving.difference_lights import LightChange
    from greenbri.proving.shelf import Shelf

_SIDE = "A file, folder, pack or jurisdiction, or a revision of this repository, as in HEAD~1 or main:rules/cn."


def diff_rules(
    old: Annotated[str, typer.Argument(help=_SIDE, show_default=False)],
    new: Annotated[str, typer.Argument(help="The same, for the newer side.", show_default=False)],
    further: Annotated[list[Path] | None, typer.Argument(metavar="[FILE]...", hidden=True)] = None,
    projects: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE...", help="Project files: also say whose light changes."),
    ] = None,
    output_format: Annotated[str, typer.Option("--format", help="text, json or markdown.")] = "text",
    lang: Annotated[str, typer.Option(help="en, zh or both.")] = "en",
    as_of: Annotated[str | None, typer.Option(help="The day to judge projects by, YYYY-MM-DD.")] = None,
) -> int:
    """Say what changed between two sets of packs, by how much, and whose light changes with it."""
    from greenbri.cli.assess import _choice
    from greenbri.cli.rules import _print
    from greenbri.errors import ExitCode, UsageError, diagnostic
    from greenbri.proving.difference import difference
    from greenbri.proving.difference_sides import side

    _choice("--format", output_format, ("text", "json", "markdown"))
    _choice("--lang", lang, ("en", "zh", "both"))
    if further and not projects:
        raise UsageError(diagnostic("GRB221", None, {"name": str(further[0])}))
    before, after = side(old), side(new)
    found = difference(before.packs, after.packs)
    lights = _lights((*projects, *(further or ())), before, after, as_of) if projects else None
    if output_format == "json":
        from greenbri.proving.difference_records import difference_record
        from greenbri.report.json import dumps

        _print(dumps(difference_record(found, lights)))
    else:
        from greenbri.proving.difference_text import render_markdown, render_text

        _print((render_markdown if output_format == "markdown" else render_text)(found, lights, lang))
    if before.faults or after.faults:
        from greenbri.cli.console import show

        show((*before.faults, *after.faults), {})
        return int(ExitCode.BAD_INPUT)
    return int(ExitCode.DONE)


def _lights(projects: tuple[Path, ...], before: Shelf, after: Shelf, as_of: str | None) -> tuple[LightChange, ...]:
    from greenbri.assessing import assess_under
    from greenbri.cli.assess import _day
    from greenbri.proving.difference_lights import light_changes

    day = _day(as_of)
    return light_changes(projects, before.packs, after.packs, lambda path, choose: assess_under(path, day, choose)[0])


def lock_rules(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write a file; standard output if not given.")
    ] = None,
    packs: Annotated[str | None, typer.Option(help="The selection of packs, as for assess; else the library.")] = None,
    profile: Annotated[str | None, typer.Option(help="A profile, as for assess.")] = None,
) -> int:
    """Write id, version and hash of every pack of a selection, for `assess --locked`."""
    from greenbri.cli.rules import _print
    from greenbri.errors import ExitCode
    from greenbri.rulepack.lock import lock_text
    from greenbri.rulepack.profile import read_profile
    from greenbri.selection import resolve

    text = lock_text(resolve(packs, read_profile(profile) if profile is not None else None))
    if output is None:
        _print(text)
        return int(ExitCode.DONE)
    from greenbri.sources.output import write_atomically

    write_atomically(output, text)
    typer.echo(f"wrote {output}", err=True)
    return int(ExitCode.DONE)
