"""The commands, and how every one of them ends."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from greenbri.cli.assess import assess
from greenbri.cli.check import check
from greenbri.cli.compare import compare
from greenbri.cli.convert import convert
from greenbri.cli.doctor import doctor
from greenbri.cli.explain import explain
from greenbri.cli.horizon import horizon
from greenbri.cli.init import init
from greenbri.cli.questions import questions
from greenbri.cli.rules import rules_app
from greenbri.cli.schema import schema
from greenbri.cli.verify import verify

app = typer.Typer(
    name="greenbri",
    help="Judges whether a project abroad meets the environmental law and standards that bind it, and proves it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(assess)
app.command()(check)
app.command()(questions)
app.command()(convert)
app.command()(compare)
app.command()(horizon)
app.command()(init)
app.command()(schema)
app.command()(doctor)
app.command()(explain)
app.command()(verify)
app.add_typer(rules_app, name="rules")


def _tell_version(asked: bool) -> None:
    if asked:
        from greenbri import __version__

        typer.echo(f"greenbri {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    verbose: Annotated[int, typer.Option("-v", "--verbose", count=True, help="Log more; twice for everything.")] = 0,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Log errors only.")] = False,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_tell_version, help="Print the version and stop.")
    ] = False,
) -> None:
    import logging

    level = logging.ERROR if quiet else (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    logging.basicConfig(level=level, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    from greenbri.cli.ending import ended

    return ended(lambda: _parsed(arguments))


def _parsed(arguments: list[str] | None) -> object:
    """What the command returns; usage faults are printed here, in typer's words."""
    from greenbri.errors import ExitCode

    try:
        return app(args=arguments, prog_name="greenbri", standalone_mode=False)
    except typer.Exit as stop:
        return stop.exit_code
    except typer.Abort:
        return 130
    except typer.TyperException as error:
        show = getattr(error, "show", None)
        if show is not None:
            show()
        else:
            sys.stderr.write(f"{error}\n")
        return int(ExitCode.BAD_INPUT)
