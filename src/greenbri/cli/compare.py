"""`greenbri compare`: standards side by side, for a question or for a project, and the strictest of them as a pack."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from greenbri.compare import Comparison, Point
    from greenbri.compare.common_form import Wanted

_FORMATS = ("terminal", "json", "csv", "markdown", "html")
_SUFFIXES = {".json": "json", ".csv": "csv", ".md": "markdown", ".html": "html", ".txt": "terminal"}
_MEDIA = (
    "stack", "effluent", "ambient", "noise", "boundary", "water-body", "groundwater", "soil", "sludge", "waste",
    "process", "project",
)  # fmt: skip


def compare(
    project: Annotated[
        Path | None, typer.Argument(help="A project file: its own sources, with its values.", show_default=False)
    ] = None,
    sector: Annotated[str | None, typer.Option(help="The sector, such as power.coal; instead of a project.")] = None,
    parameter: Annotated[str | None, typer.Option(help="Parameters by any name, as in SO2,NOx,dust.")] = None,
    jurisdictions: Annotated[
        str | None, typer.Option(help="Only these, as in CN,EU,US,WBG,VN; all of the library if not given.")
    ] = None,
    reference: Annotated[str, typer.Option(help="The common state of the gas, such as `6 % O2, dry, 0 C`.")] = "",
    unit: Annotated[str, typer.Option(help="The common unit, such as mg/Nm3; the usual one of a column if none.")] = "",
    fuel: Annotated[str, typer.Option(help="Fuel: which rows hold, and its F-factor of EPA Method 19.")] = "",
    size: Annotated[
        str, typer.Option(help="Size of the unit and of the plant, such as `600 MW` or `30000 m3/d`.")
    ] = "",
    new: Annotated[
        bool | None, typer.Option("--new/--existing", help="Permitted and built on the day, or before it.")
    ] = None,
    moisture: Annotated[str | None, typer.Option(help="Water in the wet gas, volume %: `10 %` or `10`.")] = None,
    oxygen: Annotated[str | None, typer.Option(help="Oxygen in the gas where a limit states none, volume %.")] = None,
    heat_rate: Annotated[str | None, typer.Option(help="Heat per output, such as `9500 kJ/kWh @ LHV, net`.")] = None,
    gas_volume: Annotated[
        str | None,
        typer.Option(help="Volume per product, such as `2300 Nm3/t @ 10 % O2, dry, 0 C`; of water `1.5 m3/t`."),
    ] = None,
    medium: Annotated[str | None, typer.Option(help="Only stack, effluent, ambient, noise, ...")] = None,
    fact: Annotated[
        list[str] | None, typer.Option(help="NAME=VALUE: a further fact, such as dates.permit=2015-01-01. Repeatable.")
    ] = None,
    packs: Annotated[
        str | None, typer.Option(help="Ids, folders or files instead of the library; a leading + adds to it.")
    ] = None,
    as_of: Annotated[str | None, typer.Option(help="The day of the law, YYYY-MM-DD; today if not given.")] = None,
    strictest: Annotated[bool, typer.Option("--strictest", help="Derive a pack of what binds; needs -o.")] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write a file; its suffix says the format.")
    ] = None,
    output_format: Annotated[str, typer.Option("--format", help="terminal, json, csv, markdown or html.")] = "terminal",
    lang: Annotated[str, typer.Option(help="en, zh or both.")] = "en",
) -> int:
    """Lay limits of several jurisdictions side by side, as printed and in one state, and say which implies which.

    A limit that cannot be brought to the common state names the missing ingredient. Limits of different periods or
    forms are ranked only where inference allows; otherwise both bind. What the facts leave open stays, with its
    conditions.
    """
    from greenbri.cli.assess import _choice, _day
    from greenbri.cli.convert import _percent, _Texts
    from greenbri.compare import asked
    from greenbri.compare.common_form import Wanted
    from greenbri.errors import ExitCode
    from greenbri.quantity import QuantityError, Reference, expect, parse, parse_form

    _choice("--format", output_format, _FORMATS)
    _choice("--lang", lang, ("en", "zh", "both"))
    media = tuple(asked.words(medium))
    for one in media:
        _choice("--medium", one, _MEDIA)
    day = _day(as_of)
    _one_question(project, sector, parameter, strictest)
    with _Texts() as texts:
        Reference.parse(texts.at("--reference", reference))
        if unit:
            parse_form(texts.at("--unit", unit))
        wanted = Wanted(
            unit,
            reference,
            _percent(texts.at("--moisture", moisture)) / 100 if moisture is not None else None,
            _percent(texts.at("--oxygen", oxygen)) if oxygen is not None else None,
        )
        rate = expect(parse(texts.at("--heat-rate", heat_rate)), "kJ/kWh") if heat_rate is not None else None
        volume = parse(texts.at("--gas-volume", gas_volume)) if gas_volume is not None else None
        if volume is not None and not {name for name, _ in volume.unit.dimension} & {"gas", "water"}:
            raise QuantityError("convert.volume", text=gas_volume)
    names = asked.parameters(parameter)
    if project is not None:
        found = _of_project(project, day, packs, names, media, wanted, asked.codes(jurisdictions))
    else:
        assert sector is not None
        age: Literal["", "new", "existing"] = "" if new is None else "new" if new else "existing"
        given = asked.facts(fact or [])
        point = asked.point(sector, names, day, media, fuel, size, age, given, rate, volume, wanted)
        if strictest:
            return _derive(point, packs, jurisdictions, output)
        found = _of_point(point, packs, jurisdictions)
    _write(found, output, output_format, lang)
    return int(ExitCode.DONE)


def _one_question(project: Path | None, sector: str | None, parameter: str | None, strictest: bool) -> None:
    from greenbri.compare import asked
    from greenbri.errors import UsageError, diagnostic
    from greenbri.messages import Word

    if project is None and (sector is None or not asked.words(parameter)):
        raise UsageError(diagnostic("GRB990", None, {"needed": Word("compare.need.question")}))
    if project is not None and (sector is not None or strictest):
        raise UsageError(diagnostic("GRB990", None, {"needed": Word("compare.need.one")}))


def _of_point(point: Point, packs: str | None, jurisdictions: str | None) -> Comparison:
    from greenbri.compare import asked
    from greenbri.compare import compare as laid_side_by_side
    from greenbri.errors import UsageError, diagnostic
    from greenbri.rulepack.problems import CellError

    found, without = asked.packs(point.sector, packs, asked.codes(jurisdictions))
    asked.check_facts(point, found)
    try:
        return laid_side_by_side(point, found, without_packs=without)
    except CellError as error:
        raise UsageError(diagnostic(error.code, None, error.args_of_message)) from None


def _of_project(
    path: Path,
    day: object,
    packs: str | None,
    parameters: tuple[str, ...],
    media: tuple[str, ...],
    wanted: Wanted,
    codes: tuple[str, ...],
) -> Comparison:
    from dataclasses import replace
    from datetime import date

    from greenbri.assessing import assess_file
    from greenbri.cli.assess import _warn
    from greenbri.compare import compare_project
    from greenbri.model.project import Fact
    from greenbri.selection import select

    assert isinstance(day, date)
    assessed = assess_file(path, day, packs=packs)
    _warn([assessed], "en")
    known = assessed.file.project
    classes = {
        f"class.{one.scheme}": Fact(value, "")
        for one in assessed.assessment.now.classifications
        if (value := one.value or one.recorded) is not None
    }
    known = replace(known, facts={**known.facts, **classes})
    chosen = select(known, packs).packs
    if codes:
        chosen = tuple(pack for pack in chosen if pack.jurisdiction in codes)
    return compare_project(known, chosen, day, parameters=parameters, media=media, wanted=wanted)


def _derive(point: Point, packs: str | None, jurisdictions: str | None, output: Path | None) -> int:
    """Write the pack of what binds, and another for each further oxygen constant; refuse what cannot be carried."""
    from greenbri.compare import asked, harmonise
    from greenbri.compare.cells import Unwritable
    from greenbri.errors import ExitCode, UsageError, diagnostic
    from greenbri.rulepack.problems import CellError

    if output is None or output.suffix != ".yaml":
        args = {"option": "-o", "value": str(output), "known": "NAME.yaml"}
        raise UsageError(diagnostic("GRB904", None, args))
    found, without = asked.packs(point.sector, packs, asked.codes(jurisdictions))
    asked.check_facts(point, found)
    try:
        made = harmonise(point, found, output.stem)
    except CellError as error:
        raise UsageError(diagnostic(error.code, None, error.args_of_message)) from None
    except Unwritable as error:
        raise UsageError(diagnostic("GRB991", None, {"rule": str(error)})) from None
    if without:
        from greenbri import messages

        typer.echo(messages.text("compare.without_packs", "en", names=", ".join(without)), err=True)
    for name, text in made.items():
        _save(output.with_name(f"{name}.yaml"), text)
    return int(ExitCode.DONE)


def _write(found: Comparison, output: Path | None, output_format: str, lang: str) -> None:
    from greenbri.errors import UsageError, diagnostic

    if output is None:
        sys.stdout.buffer.write(_rendered(found, output_format, lang).encode())
        sys.stdout.flush()
        return
    manner = _SUFFIXES.get(output.suffix)
    if manner is None:
        args = {"name": output.name, "known": ", ".join(_SUFFIXES)}
        raise UsageError(diagnostic("GRB321", None, args))
    _save(output, _rendered(found, manner, lang))


def _save(path: Path, text: str) -> None:
    from greenbri.sources.output import check_writable, write_atomically

    check_writable(path)
    write_atomically(path, text)
    typer.echo(f"wrote {path}", err=True)


def _rendered(found: Comparison, manner: str, lang: str) -> str:
    if manner == "json":
        from greenbri.compare.records import to_json
        from greenbri.report.json import dumps

        return dumps(to_json(found))
    if manner == "csv":
        from greenbri.compare.records import to_csv

        return to_csv(found)
    if manner == "html":
        from greenbri.compare.page import html

        return html(found, lang)
    from greenbri.cli.console import console_width
    from greenbri.compare.text import markdown, terminal

    return markdown(found, lang) if manner == "markdown" else terminal(found, lang, console_width())
