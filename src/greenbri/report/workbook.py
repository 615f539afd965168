"""The sheets of the workbook as plain tables: register, limits, action plan, missing data, citations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from greenbri.messages import text
from greenbri.model.assessment import Assessment
from greenbri.model.finding import Finding, Measure
from greenbri.model.rule import FRAMEWORKS
from greenbri.report.explanation import measured
from greenbri.report.numerals import exact, points
from greenbri.report.pages.actions import plan
from greenbri.report.pages.comparison import is_limit
from greenbri.report.request import Request, requests
from greenbri.report.summary import title_of, why
from greenbri.report.wording import country_name, join, languages, medium_name, pick, say, sector_name, status_key

Cell: TypeAlias = "str | Decimal | int | None"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and how wide it is, in characters; `entry` is for the user to fill in."""

    title: str
    width: int
    entry: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: a heading row and rows below it."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def sheets(assessment: Assessment, lang: str) -> tuple[Sheet, ...]:
    """Every sheet of the workbook, the verdict first: no figure stands without the light."""
    return (
        _overview(assessment, lang),
        _register(assessment, lang),
        _limits(assessment, lang),
        _actions(assessment, lang),
        missing_sheet(requests(assessment), lang),
        _citations(assessment, lang),
    )


def _own(key: str, lang: str, /, **args: object) -> str:
    return join(text(f"workbook.{key}", one, **args) for one in languages(lang))


def _columns(lang: str, *named: tuple[str, int]) -> tuple[Column, ...]:
    return tuple(Column(_own(f"column.{key}", lang), width) for key, width in named)


def _overview(assessment: Assessment, lang: str) -> Sheet:
    project, snapshot = assessment.project, assessment.deciding_snapshot
    verdict = snapshot.verdict
    light = "prohibited" if verdict.prohibited else verdict.light
    score = say("interval", lang, low=points(verdict.score.low), high=points(verdict.score.high))
    rows: list[tuple[Cell, ...]] = [
        (say("project", lang), f"{pick(project.name, lang)} ({project.id})"),
        (say("host", lang), pick(country_name(project.country), lang)),
        (say("sector", lang), pick(sector_name(project.sector), lang)),
        (say("as_of", lang), assessment.as_of.isoformat()),
        (_own("judged_on", lang), snapshot.as_of.isoformat()),
        (say("light.label", lang), say(f"light.{light}", lang)),
        (say("basis.label", lang), say(f"basis.{verdict.basis}", lang)),
        (say("score", lang), score),
        (_own("why", lang), pick(why(snapshot), lang)),
    ]
    for name in (name for name in FRAMEWORKS if name in verdict.frameworks):
        told = say(f"light_short.{verdict.frameworks[name].light}", lang)
        rows.append((f"{say('framework.label', lang)}: {say(f'framework.{name}', lang)}", told))
    for pack in assessment.packs:
        rows.append((f"{say('column.pack', lang)}: {pack.id} {pack.version}", pack.sha256))
    return Sheet(_own("sheet.overview", lang), _columns(lang, ("about", 34), ("value", 90)), tuple(rows))


def _register(assessment: Assessment, lang: str) -> Sheet:
    columns = _columns(
        lang, ("number", 6), ("framework", 18), ("jurisdiction", 10), ("instrument", 34), ("clause", 20),
        ("requirement", 34), ("subject", 16), ("force", 14), ("binding", 9), ("critical", 9), ("status", 16),
        ("cause", 16), ("due", 22), ("finding", 60), ("action", 50), ("evidence", 34), ("waiver", 18), ("rule", 40),
    )  # fmt: skip
    rows = tuple(_entry(number, one, lang) for number, one in enumerate(assessment.deciding_snapshot.findings, 1))
    return Sheet(_own("sheet.register", lang), columns, rows)


def _entry(number: int, one: Finding, lang: str) -> tuple[Cell, ...]:
    return (
        number,
        ", ".join(say(f"framework.{name}", lang) for name in one.frameworks),
        one.jurisdiction,
        one.citation.instrument,
        one.citation.clause,
        pick(title_of(one), lang),
        one.subject,
        say(f"force.{one.force}", lang),
        _flag(one.binding, lang),
        _flag(one.critical, lang),
        say(f"status.{status_key(one)}", lang),
        say(f"cause.{one.cause}", lang) if one.cause else None,
        one.due or None,
        pick(one.message, lang),
        pick(one.action, lang) if one.action is not None else None,
        one.evidence or None,
        one.waiver or None,
        one.rule,
    )


def _limits(assessment: Assessment, lang: str) -> Sheet:
    columns = _columns(
        lang, ("parameter", 14), ("medium", 14), ("subject", 16), ("stated", 28), ("value", 14), ("value_high", 14),
        ("operator", 8), ("limit", 14), ("limit_high", 14), ("unit", 12), ("reference", 30), ("period", 10),
        ("form", 14), ("ratio", 12), ("margin", 12), ("status", 16), ("cause", 16), ("force", 14), ("binding", 9),
        ("instrument", 34), ("clause", 20), ("read", 18), ("rule", 40),
    )  # fmt: skip
    found = [one for one in assessment.deciding_snapshot.findings if is_limit(one)]
    return Sheet(_own("sheet.limits", lang), columns, tuple(_limit(one, lang) for one in found))


def _limit(one: Finding, lang: str) -> tuple[Cell, ...]:
    limit, value = one.limit, one.normalised
    low, high = _ends(value)
    least, most = _ends(limit)
    shown = limit if limit is not None else value
    return (
        one.parameter,
        pick(medium_name(one.medium), lang) if one.medium else None,
        one.subject,
        (one.observed.text or measured(one.observed)) if one.observed is not None else None,
        low,
        high,
        (limit.operator or None) if limit is not None else None,
        least,
        most,
        shown.unit if shown is not None else None,
        (shown.reference or None) if shown is not None else None,
        one.period,
        one.form or None,
        exact(one.ratio) if one.ratio is not None else None,
        exact(one.margin) if one.margin is not None else None,
        say(f"status.{status_key(one)}", lang),
        say(f"cause.{one.cause}", lang) if one.cause else None,
        say(f"force.{one.force}", lang),
        _flag(one.binding, lang),
        one.citation.instrument,
        one.citation.clause,
        say(f"source.{one.citation.status}", lang),
        one.rule,
    )


def _ends(measure: Measure | None) -> tuple[Decimal | None, Decimal | None]:
    """A number, or the two ends of an interval."""
    if measure is None:
        return None, None
    if measure.value is not None:
        return exact(measure.value), None
    low, high = measure.low, measure.high
    return (exact(low) if low is not None else None), (exact(high) if high is not None else None)


def _actions(assessment: Assessment, lang: str) -> Sheet:
    state = tuple(_own(f"state.{key}", lang) for key in ("open", "running", "done"))
    columns = (
        *_columns(
            lang, ("number", 6), ("gap", 50), ("action", 60), ("standards", 50), ("reduction", 12),
            ("proposed_owner", 28), ("milestone", 28), ("indicator", 36), ("accepted", 18),
        ),
        Column(_own("column.owner", lang), 22, entry=True),
        Column(_own("column.deadline", lang), 14, entry=True),
        Column(_own("column.state", lang), 16, entry=True, choices=state),
    )  # fmt: skip
    rows = []
    for number, one in enumerate(plan(assessment), 1):
        cited = "; ".join(one.standards) + (f" (+{one.more})" if one.more else "")
        rows.append(
            (number, pick(one.gap, lang), pick(one.action, lang), cited, f"{one.cut} %" if one.cut else None,
             pick(one.owner, lang), pick(one.milestone, lang), pick(one.indicator, lang), one.accepted or None,
             None, None, None)
        )  # fmt: skip
    return Sheet(_own("sheet.actions", lang), columns, tuple(rows))


def missing_sheet(asked: Sequence[Request], lang: str) -> Sheet:
    """What is asked for, with room for the answers."""
    columns = (
        *_columns(lang, ("number", 6), ("question", 60), ("form_of_answer", 60), ("settles", 12), ("width", 12),
                  ("settles_which", 60), ("path", 34)),
        Column(_own("column.answer", lang), 40, entry=True),
        Column(_own("column.source", lang), 40, entry=True),
    )  # fmt: skip
    rows = []
    for number, one in enumerate(asked, 1):
        which = "; ".join((*(pick(told, lang) for told in one.settles), *((f"+{one.more}",) if one.more else ())))
        question = one.question
        rows.append(
            (number, pick(question.message, lang), pick(one.form, lang), question.settles,
             exact(question.width).quantize(Decimal("0.1")), which or None, question.path, None, None)
        )  # fmt: skip
    return Sheet(_own("sheet.missing", lang), columns, tuple(rows))


def _citations(assessment: Assessment, lang: str) -> Sheet:
    columns = _columns(
        lang, ("instrument", 50), ("clause", 30), ("read", 22), ("checked", 14), ("url", 60), ("pack", 30),
        ("findings", 12), ("note", 50),
    )  # fmt: skip
    counted: dict[tuple[str, ...], int] = {}
    for one in _with_members(assessment.deciding_snapshot.findings):
        cited = one.citation
        if not cited.instrument:
            continue  # that no rule was found is said by nobody
        key = (cited.instrument, cited.clause, cited.status, cited.checked or "", cited.url, one.pack, cited.note)
        counted[key] = counted.get(key, 0) + 1
    rows = tuple(
        (key[0], key[1], say(f"source.{key[2]}", lang), key[3], key[4], key[5], count, key[6])
        for key, count in counted.items()
    )
    return Sheet(_own("sheet.citations", lang), columns, rows)


def _with_members(findings: Iterable[Finding]) -> Iterable[Finding]:
    for one in findings:
        yield one
        yield from one.members


def _flag(value: bool, lang: str) -> str:
    return say("yes" if value else "no", lang)
