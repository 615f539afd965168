"""`greenbri assess`: projects in, verdicts and reports out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from datetime import date

    from greenbri.assessing import Assessed

_GATES = ("never", "red", "undetermined", "yellow")
_PRINTED = ("terminal", "json", "markdown", "sarif", "junit", "csv")


def assess(
    projects: Annotated[list[Path], typer.Argument(help="Project files.", show_default=False)],
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "-o",
            "--output",
            help="Write a file; its suffix says the format. Repeat for several; {id} is the project's.",
        ),
    ] = None,
    output_format: Annotated[
        str, typer.Option("--format", help="On standard output: terminal, json, markdown, sarif, junit or csv.")
    ] = "terminal",
    lang: Annotated[str, typer.Option(help="en, zh or both.")] = "en",
    packs: Annotated[
        str | None, typer.Option(help="The whole selection: ids, folders or files; a leading + adds to the default.")
    ] = None,
    profile: Annotated[
        str | None, typer.Option(help="What an institution asks beyond the law: the name of a profile, or its file.")
    ] = None,
    locked: Annotated[
        Path | None, typer.Option(help="Refuse packs that differ from this lock, as `rules lock` writes it.")
    ] = None,
    as_of: Annotated[str | None, typer.Option(help="The day to judge by, YYYY-MM-DD; today if not given.")] = None,
    fail_on: Annotated[
        str, typer.Option(help="Exit 1 at this light or worse: red, undetermined, yellow or never.")
    ] = "never",
    strict: Annotated[bool, typer.Option("--strict", help="Treat warnings about the project file as errors.")] = False,
    explain: Annotated[str | None, typer.Option(help="Print how one rule was judged, with every step.")] = None,
    assume: Annotated[
        list[str] | None,
        typer.Option(help="PATH=VALUE: stand in for a missing fact; listed as an assumption. Repeatable."),
    ] = None,
) -> int:
    """Judge projects and report.

    Without -o the summary is printed and a PDF is written to the working directory; with another --format it goes to
    standard output only. The exit code is 0 when the work was done, whatever the light, unless --fail-on says
    otherwise.
    """
    from greenbri.assessing import assess_file
    from greenbri.errors import ExitCode, InputError
    from greenbri.report import check_targets, targets

    _choice("--fail-on", fail_on, _GATES)
    _choice("--lang", lang, ("en", "zh", "both"))
    _choice("--format", output_format, _PRINTED)
    day = _day(as_of)
    wanted = targets(output or [], output_format, explain=explain is not None)
    check_targets(wanted, projects)
    done: list[Assessed] = []
    failures: list[InputError] = []
    for path in projects:
        try:
            one = assess_file(path, day, packs=packs, assume=assume or (), profile=profile, locked=locked)
            if strict and one.file.warnings:
                raise InputError(one.file.warnings, one.file.document)
            done.append(one)
        except InputError as error:
            failures.append(error)
    _warn(done, lang)
    if failures:
        from greenbri.cli.console import report

        for failure in failures:
            report(failure, "en" if lang == "both" else lang)
        return int(ExitCode.BAD_INPUT)
    if explain is not None:
        from greenbri.cli.console import console_width
        from greenbri.report.terminal import explain as explained

        for one in done:
            _print(explained(one.assessment, explain, lang, width=console_width(), colour=_colour()))
        return int(ExitCode.DONE)
    _write(done, wanted, output_format, lang)
    return int(ExitCode.GATE_FAILED if _gate(done, fail_on) else ExitCode.DONE)


def _choice(option: str, value: str, known: Sequence[str]) -> None:
    from greenbri.errors import UsageError, diagnostic

    if value not in known:
        raise UsageError(diagnostic("GRB904", None, {"option": option, "value": value, "known": ", ".join(known)}))


def _day(text: str | None) -> date:
    """The day of assessment; the clock is asked here and nowhere below."""
    from datetime import date

    from greenbri.errors import UsageError, diagnostic

    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(diagnostic("GRB905", None, {"value": text})) from None


def _warn(done: Sequence[Assessed], lang: str) -> None:
    from greenbri.cli.console import show

    for one in done:
        if one.file.warnings:
            show(one.file.warnings, {one.file.document.name: one.file.document}, "en" if lang == "both" else lang)


def _write(done: Sequence[Assessed], wanted: Sequence[Path], output_format: str, lang: str) -> None:
    from greenbri.report import check_expanded, render, write

    check_expanded(wanted, done)
    for path in wanted:
        for written in write(path, done, lang):
            typer.echo(f"wrote {written}", err=True)
    assessments = [one.assessment for one in done]
    if output_format == "terminal":
        from greenbri.cli.console import console_width
        from greenbri.report.terminal import render as summary

        _print(summary(assessments, lang, width=console_width(), colour=_colour()))
        return
    sys.stdout.buffer.write(render(output_format, assessments, lang))
    sys.stdout.flush()


def _print(text: str) -> None:
    """Print as it is: typer would take the colours out again where somebody forces them into a pipe."""
    typer.echo(text, nl=False, color=_colour())


def _gate(done: Sequence[Assessed], fail_on: str) -> bool:
    from greenbri.model.assessment import LIGHTS

    if fail_on == "never":
        return False
    limit = LIGHTS.index(fail_on)
    return any(LIGHTS.index(one.assessment.verdict.light) <= limit for one in done)


def _colour() -> bool:
    import os

    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()
