"""The commands, and how every one of them ends."""

from __future__ import annotations

import inspect
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer
import typer.core
import typer.main

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

if TYPE_CHECKING:
    from collections.abc import Callable

_RULES = "rules"
_COMMANDS: dict[str, Callable[..., Any]] = {
    one.__name__: one
    for one in (assess, check, questions, convert, compare, horizon, init, schema, doctor, explain, verify)
}


class _Commands(typer.core.TyperGroup):
    """A group that builds a command when it runs: typer makes an adapter for every parameter of what it builds, and
    for all commands together that costs half of what importing typer does, for a `--help` that shows none of them.
    """

    def list_commands(self, ctx: Any) -> list[str]:
        return [*_COMMANDS, _RULES]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in self.commands and cmd_name in self.list_commands(ctx):
            self.commands[cmd_name] = typer.main.get_command(_app_of(cmd_name))
        return self.commands.get(cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] not in self.list_commands(ctx):
            for name in self.list_commands(ctx):  # the suggestion is made out of what is built
                self.get_command(ctx, name)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        helps = {name: inspect.getdoc(one) for name, one in _COMMANDS.items()} | {_RULES: rules_app.info.help}
        limit = formatter.width - 6 - max(map(len, helps))
        unbuilt = {name: typer.core.TyperCommand(name, help=text) for name, text in helps.items()}
        with formatter.section("Commands"):
            formatter.write_dl([(name, one.get_short_help_str(limit)) for name, one in unbuilt.items()])


def _app_of(name: str) -> typer.Typer:
    if name == _RULES:
        return rules_app
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    alone.command(name)(_COMMANDS[name])
    return alone


app = typer.Typer(
    name="greenbri",
    cls=_Commands,
    help="Judges whether a project abroad meets the environmental law and standards that bind it, and proves it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


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
