"""`greenbri rules`: what the packs say, whether they are well made, and whether cases and readings agree with them."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from greenbri.cli.rules_changes import diff_rules, lock_rules
from greenbri.cli.rules_proofs import coverage_rules, mutate_rules

if TYPE_CHECKING:
    from greenbri.errors import Diagnostic, SourceText
    from greenbri.proving.listing import Wanted

rules_app = typer.Typer(
    add_completion=False,
    name="rules",
    help="The rule packs: list and show what they say, check how they are made, test them.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_DIAGNOSTICS = ("text", "terminal", "json", "sarif", "junit", "github", "markdown")
_Paths = Annotated[
    list[str] | None,
    typer.Argument(help="Pack files, folders, ids or jurisdictions; the shipped library if none.", show_default=False),
]
_Lang = Annotated[str, typer.Option(help="en, zh or both.")]
_Format = Annotated[str, typer.Option("--format", help=f"{', '.join(_DIAGNOSTICS[:-1])} or {_DIAGNOSTICS[-1]}.")]


@rules_app.command("list")
def list_rules(
    paths: _Paths = None,
    output_format: Annotated[str, typer.Option("--format", help="terminal, json or csv.")] = "terminal",
    as_of: Annotated[str | None, typer.Option(help="Only what is in force on that day, YYYY-MM-DD.")] = None,
    jurisdiction: Annotated[str | None, typer.Option(help="Only of these jurisdictions, as in CN,EU.")] = None,
    sector: Annotated[str | None, typer.Option(help="Only what may apply to this sector.")] = None,
    parameter: Annotated[str | None, typer.Option(help="Only limits of these parameters, by any name.")] = None,
) -> int:
    """List every limit and requirement, each dated segment for itself, past and future unless --as-of is given."""
    from greenbri.cli.assess import _choice
    from greenbri.errors import ExitCode
    from greenbri.proving import read_shelf, records

    _choice("--format", output_format, ("terminal", "json", "csv"))
    wanted = _wanted(as_of, jurisdiction, sector, parameter)
    found = read_shelf(paths or [])
    listed = list(records(found.packs, wanted))
    if output_format == "json":
        from greenbri.report.json import dumps

        _print(dumps(listed))
    else:
        from greenbri.proving.listing_text import render_csv, render_terminal

        _print(render_csv(listed) if output_format == "csv" else render_terminal(listed))
    if found.faults:
        from greenbri.cli.console import show

        show(found.faults, {})
        return int(ExitCode.BAD_INPUT)
    return int(ExitCode.DONE)


@rules_app.command("show")
def show_rule(
    name: Annotated[str, typer.Argument(metavar="RULE_OR_PACK", help="The id of a pack or a rule, or a pack file.")],
    facts: Annotated[bool, typer.Option("--facts", help="Only the facts of conditions, and their words.")] = False,
    lang: _Lang = "en",
) -> int:
    """Print a pack with its tables as in the law, or one rule."""
    from greenbri.cli.assess import _choice
    from greenbri.errors import ExitCode
    from greenbri.proving.printed import printed

    _choice("--lang", lang, ("en", "zh", "both"))
    _print(printed(name, lang=lang, facts=facts))
    return int(ExitCode.DONE)


@rules_app.command("check")
def check_rules(
    paths: _Paths = None,
    output_format: _Format = "text",
    lang: _Lang = "en",
) -> int:
    """Check how packs are made; ends with 1 where there are errors or warnings."""
    from greenbri.cli.assess import _choice
    from greenbri.errors import ExitCode
    from greenbri.proving.shelf import pack_paths
    from greenbri.rulepack.lint import lint

    _choice("--format", output_format, _DIAGNOSTICS)
    _choice("--lang", lang, ("en", "zh", "both"))
    outcome = lint(pack_paths(paths or []))
    _report(output_format, outcome.diagnostics, outcome.documents, lang)
    _say("lint.summary.check", lang, output_format, outcome.counts)
    return int(ExitCode.GATE_FAILED if outcome.failed else ExitCode.DONE)


@rules_app.command("test")
def test_rules(
    paths: _Paths = None,
    output_format: _Format = "text",
    lang: _Lang = "en",
    boundaries: Annotated[
        bool, typer.Option("--boundaries", help="Also list generated cases around each limit; they are never counted.")
    ] = False,
) -> int:
    """Run hand-written cases and readings; ends with 1 where one fails."""
    from greenbri.cli.assess import _choice
    from greenbri.errors import ExitCode
    from greenbri.proving import folders, prove

    _choice("--format", output_format, _DIAGNOSTICS)
    _choice("--lang", lang, ("en", "zh", "both"))
    proof = prove(folders(paths or []))
    told = proof.diagnostics
    if boundaries:
        from greenbri.proving.boundaries import boundary_notes

        told = (*told, *boundary_notes(proof))
    _report(output_format, told, proof.documents, lang)
    _say("lint.summary.test", lang, output_format, proof.counts)
    failed = any(one.level != "note" for one in proof.diagnostics)
    return int(ExitCode.GATE_FAILED if failed else ExitCode.DONE)


def _wanted(as_of: str | None, jurisdiction: str | None, sector: str | None, parameter: str | None) -> Wanted:
    from greenbri.cli.assess import _day
    from greenbri.errors import UsageError, diagnostic
    from greenbri.proving import Wanted
    from greenbri.vocabulary import AmbiguousName, UnknownName
    from greenbri.vocabulary import jurisdiction as known_jurisdiction
    from greenbri.vocabulary import parameter as known_parameter
    from greenbri.vocabulary import sector as known_sector

    parameters: set[str] = set()
    try:
        for name in _listed(parameter):
            try:
                parameters.add(known_parameter(name).name)
            except AmbiguousName as error:
                parameters.update(error.suggestions)
        return Wanted(
            as_of=_day(as_of) if as_of is not None else None,
            jurisdictions=frozenset(_code(name, known_jurisdiction) for name in _listed(jurisdiction)),
            sectors=tuple(known_sector(name).name for name in _listed(sector)),
            parameters=frozenset(parameters),
        )
    except UnknownName as error:
        args = {"name": error.name, "vocabulary": error.vocabulary, "near": ", ".join(error.suggestions) or "-"}
        raise UsageError(diagnostic("GRB220", None, args)) from None


def _code(name: str, known: object) -> str:
    found = known(name if len(name) > 4 else name.upper())  # type: ignore[operator]  # a function of the vocabulary
    return str(found.code)


def _listed(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def _report(manner: str, diagnostics: Sequence[Diagnostic], documents: Mapping[str, SourceText], lang: str) -> None:
    """Findings are the result of these commands, so they go to standard output, on a terminal with the source lines."""
    from greenbri.report.diagnostics import render

    if manner == "text" and sys.stdout.isatty():
        manner = "terminal"
    _print(render(manner, diagnostics, documents, lang))


def _say(key: str, lang: str, manner: str, counts: Mapping[str, int]) -> None:
    """The counts: below the findings where people read, aside where a program does."""
    from greenbri import messages

    typer.echo(messages.text(key, lang, **counts), err=manner not in ("text", "terminal"))


def _print(text: str) -> None:
    """To standard output, as UTF-8 whatever the locale."""
    if text:
        sys.stdout.buffer.write(text.encode() if text.endswith("\n") else f"{text}\n".encode())
        sys.stdout.flush()


rules_app.command("diff")(diff_rules)
rules_app.command("lock")(lock_rules)
rules_app.command("coverage")(coverage_rules)
rules_app.command("mutate")(mutate_rules)
