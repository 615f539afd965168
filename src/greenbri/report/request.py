"""The data request to the sponsor as a letter: who asks, what, why, and in which form an answer settles something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from greenbri.messages import text
from greenbri.model.assessment import Assessment, Question
from greenbri.model.finding import Finding
from greenbri.model.rule import Text
from greenbri.report.markdown import _escaped as escaped
from greenbri.report.summary import title_of
from greenbri.report.wording import both, country_name, join, languages, pick, sector_name

_MOST_SETTLED = 6


@dataclass(frozen=True, slots=True)
class Request:
    """A question with the findings that its answer settles and the form that the answer must have."""

    question: Question
    settles: tuple[Text, ...]
    more: int
    form: Text


def requests(assessment: Assessment, most: int = 0) -> tuple[Request, ...]:
    """The questions of the day that decides, the most decisive first; at most `most` of them, or all."""
    snapshot = assessment.deciding_snapshot
    by_rule: dict[str, list[Finding]] = {}
    for one in snapshot.findings:
        by_rule.setdefault(one.rule, []).append(one)
    asked = snapshot.questions[:most] if most else snapshot.questions
    return tuple(_request(one, by_rule) for one in asked)


def _request(question: Question, by_rule: dict[str, list[Finding]]) -> Request:
    touched = [
        one
        for rule in question.rules
        for one in by_rule.get(rule, ())
        if any(missing.path == question.path for missing in one.missing)
    ]
    told = tuple(dict.fromkeys(map(_settled, touched)))
    return Request(question, told[:_MOST_SETTLED], max(0, len(told) - _MOST_SETTLED), _form(question.path, touched))


def _settled(one: Finding) -> Text:
    about, cited = title_of(one), ", ".join(part for part in (one.citation.instrument, one.citation.clause) if part)
    return Text(f"{about.en} ({cited})", f"{about.zh}（{cited}）")


def _form(path: str, touched: Sequence[Finding]) -> Text:
    """What an answer must say to be compared: it follows from what is asked for and from the limits it meets."""
    head, _, tail = path.rpartition(":")
    if head == "documents":
        return _say("form.document")
    if head and any(one.parameter == tail for one in touched):
        limits = [one for one in touched if one.limit is not None]
        units = _listed(one.limit.unit for one in limits if one.limit is not None)
        states = _listed((one.limit.reference for one in limits if one.limit is not None), "; ")
        periods = _listed(one.period or "" for one in limits)
        return Text(*(_figure(lang, units, states, periods) for lang in ("en", "zh")))
    if head.startswith("/"):
        return _say("form.ingredient")
    return _fact(_definitions().get(path))


def _figure(lang: str, units: str, states: str, periods: str) -> str:
    parts = [
        text("workbook.form.unit", lang, units=units) if units else text("workbook.form.any_unit", lang),
        text("workbook.form.reference", lang, states=states) if states else "",
        text("workbook.form.period", lang, periods=periods) if periods else text("workbook.form.any_period", lang),
        text("workbook.form.statistic", lang),
        text("workbook.form.covers", lang),
        text("workbook.form.evidence", lang),
    ]
    return (" " if lang == "en" else "").join(part for part in parts if part)


def _fact(definition: dict[str, Any] | None) -> Text:
    kind = str((definition or {}).get("type", ""))
    values = [str(value) for value in (definition or {}).get("values", ())]
    if kind == "term" and values:
        return _say("form.choice", values=", ".join(values))
    if kind == "number":
        unit = str((definition or {}).get("unit", ""))
        return _say("form.number", unit=unit) if unit not in ("", "1") else _say("form.plain_number")
    return _say(f"form.{kind}") if kind in ("date", "bool") else _say("form.fact")


def _definitions() -> dict[str, dict[str, Any]]:
    from greenbri.vocabulary.files import read

    facts: dict[str, dict[str, Any]] = read("facts")["facts"]
    return facts


def _listed(values: Iterable[str], mark: str = ", ") -> str:
    return mark.join(dict.fromkeys(value for value in values if value))


def _say(key: str, **args: object) -> Text:
    return both(lambda one: text(f"workbook.{key}", one, **args))


def opening(assessment: Assessment, listed: int, asker: str = "") -> tuple[Text, ...]:
    """The paragraphs before the questions: to whom, who asks, about what, and why."""
    project, verdict = assessment.project, assessment.verdict
    sponsors = ", ".join(dict.fromkeys(one.name for one in project.parties if one.role == "sponsor" and one.name))
    name, host, sector = project.name, country_name(project.country), sector_name(project.sector)
    light = "prohibited" if verdict.prohibited else verdict.light
    count = len(assessment.deciding_snapshot.questions)
    why = "letter.why" if listed == count else "letter.why_first"
    return (
        _say("letter.to_named", sponsors=sponsors) if sponsors else _say("letter.to"),
        _say("letter.from_named", asker=asker) if asker else _say("letter.from"),
        both(lambda one: text("workbook.letter.about", one, project=name[one] or project.id, host=host[one],
                              sector=sector[one])),
        both(lambda one: text(f"workbook.{why}", one, day=assessment.as_of.isoformat(), count=count, listed=listed,
                              light=text(f"report.light.{light}", one))),
        _say("letter.how"),
    )  # fmt: skip


def render_markdown(assessment: Assessment, lang: str = "both", *, asker: str = "", most: int = 0) -> str:
    """The letter as Markdown."""
    return "\n".join(_lines(assessment, requests(assessment, most), lang, asker)) + "\n"


def _lines(assessment: Assessment, asked: Sequence[Request], lang: str, asker: str) -> Iterator[str]:
    yield f"# {pick(_say('letter.title'), lang)}"
    for paragraph in opening(assessment, len(asked), asker):
        for one in languages(lang):
            yield ""
            yield escaped(paragraph[one])
    if not asked:
        yield ""
        yield pick(_say("letter.nothing"), lang)
    for number, request in enumerate(asked, 1):
        yield ""
        yield f"## {number}. {escaped(pick(request.question.message, lang))}"
        yield ""
        for one in languages(lang):
            yield f"- {text('workbook.letter.form', one)}{escaped(request.form[one])}"
        if request.settles:
            yield f"- {pick(_say('letter.settles'), lang)}"
            for told in request.settles:
                yield f"    - {escaped(pick(told, lang))}"
            if request.more:
                yield f"    - {pick(_say('letter.more', count=request.more), lang)}"
        yield f"- {pick(_say('letter.place'), lang)}{escaped(request.question.path)}"
    yield ""
    for one in languages(lang):
        yield text("workbook.letter.close", one)
        yield ""


def render_xlsx(assessment: Assessment, lang: str = "both", *, asker: str = "", most: int = 0) -> bytes:
    """The letter as a workbook: a sheet to read, and one with a row for each answer."""
    from datetime import datetime

    from greenbri.report.workbook import Column, Sheet, missing_sheet
    from greenbri.report.xlsx import written

    asked = requests(assessment, most)
    close = _say("letter.close")
    paragraphs = (*opening(assessment, len(asked), asker), close)
    rows = tuple((paragraph[one],) for paragraph in paragraphs for one in languages(lang))
    title = pick(_say("letter.title"), lang)
    letter = Sheet(join(_say("sheet.letter")[one] for one in languages(lang)), (Column(title, 110),), rows)
    day = datetime(assessment.as_of.year, assessment.as_of.month, assessment.as_of.day)
    return written((letter, missing_sheet(asked, lang)), f"greenbri {assessment.project.id}", day)
