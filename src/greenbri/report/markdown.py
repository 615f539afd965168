"""Markdown, for a page or the comment of a pull request; text from the input can neither format nor mention anybody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from greenbri.model.assessment import Assessment, Snapshot
from greenbri.model.finding import STATUSES, Finding
from greenbri.report.diagnostics.printable import one_line
from greenbri.report.explanation import measured
from greenbri.report.numerals import against, points
from greenbri.report.summary import change, failures, figures, frameworks, title_of, unknowns, why
from greenbri.report.terminal import SIGNS
from greenbri.report.wording import country_name, decided, languages, pick, say, sector_name, status_key

_SPECIAL = re.compile(r"([\\`*_\[\]()#|~!@$])")
_MOST = 40
_COLUMNS = (
    "column.about", "column.value", "column.limit", "explain.ratio", "column.source", "explain.force", "status.label",
)  # fmt: skip


def render(assessments: Sequence[Assessment], lang: str = "en") -> str:
    """A section for each project."""
    return "\n".join("\n".join(_section(one, lang)) + "\n" for one in assessments)


def _section(assessment: Assessment, lang: str) -> Iterable[str]:
    project, snapshot = assessment.project, assessment.deciding_snapshot
    verdict = snapshot.verdict
    light = "prohibited" if verdict.prohibited else verdict.light
    yield f"# {say('title', lang)}: {_escaped(pick(project.name, lang) or project.id)}"
    yield ""
    yield f"**{SIGNS[verdict.light]} {say(f'light.{light}', lang)}**"
    yield ""
    for sentence in (why(snapshot), change(snapshot)):
        for one in languages(lang):
            yield _escaped(sentence[one])
            yield ""
    yield from _facts(assessment, lang)
    yield f"## {say('terminal.frameworks', lang)}"
    yield ""
    yield from _frameworks(snapshot, lang)
    yield from _deciding(snapshot, lang)
    yield from _findings("terminal.failures", failures(snapshot.findings), lang)
    yield from _findings("terminal.open", unknowns(snapshot.findings), lang)
    yield from _questions(snapshot, lang)
    yield from _classifications(snapshot, lang)


def _facts(assessment: Assessment, lang: str) -> Iterable[str]:
    project, snapshot = assessment.project, assessment.deciding_snapshot
    verdict, numbers = snapshot.verdict, figures(snapshot)
    yield f"- {say('project', lang)}: {_escaped(project.id)}"
    yield f"- {say('host', lang)}: {_escaped(pick(country_name(project.country), lang))}"
    yield f"- {say('sector', lang)}: {_escaped(pick(sector_name(project.sector), lang))}"
    yield f"- {say('as_of', lang)}: {_dated(assessment.now, lang)}"
    if assessment.at_operation is not None:
        yield f"- {say('at_operation', lang)}: {_dated(assessment.at_operation, lang)}"
    yield f"- {say('basis.label', lang)}: {say(f'basis.{verdict.basis}', lang)}"
    counts = {"met": numbers.met, "failed": numbers.failed, "open": numbers.open, "waived": numbers.waived}
    yield f"- {say('binding_rules', lang)}: {say('binding_counts', lang, **counts)}"
    score = say("interval", lang, low=points(verdict.score.low), high=points(verdict.score.high))
    yield f"- {say('score', lang)}: {score}"
    if numbers.recalled:
        yield f"- {say('recalled.label', lang)}: {say('recalled.count', lang, count=numbers.recalled)}"
    yield ""


def _dated(snapshot: Snapshot, lang: str) -> str:
    light = "prohibited" if snapshot.verdict.prohibited else snapshot.verdict.light
    return f"{snapshot.as_of.isoformat()}, {say(f'light.{light}', lang)}"


def _frameworks(snapshot: Snapshot, lang: str) -> Iterable[str]:
    heads = [say("framework.label", lang), say("light.label", lang)]
    yield from _head([*heads, *(say(f"status_short.{status}", lang) for status in STATUSES)])
    for name in frameworks(snapshot):
        result = snapshot.verdict.frameworks[name]
        light = f"{SIGNS[result.light]} {say(f'light_short.{result.light}', lang)}"
        counts = [str(result.counts.get(status, 0)) for status in STATUSES]
        yield _row([say(f"framework.{name}", lang), light, *counts])
    yield ""


def _deciding(snapshot: Snapshot, lang: str) -> Iterable[str]:
    if not snapshot.verdict.deciding:
        return
    yield f"## {say('terminal.deciding', lang)}"
    yield ""
    for one in snapshot.verdict.deciding[:_MOST]:
        source = ", ".join(part for part in (one.instrument, one.clause) if part)
        status = say(f"status.{decided(one.status)}", lang)
        yield f"- {_escaped(pick(one.message, lang))} — {_escaped(source)}, {status} ({_escaped(one.rule)})"
    yield from _more(len(snapshot.verdict.deciding), lang)
    yield ""


def _findings(key: str, found: list[Finding], lang: str) -> Iterable[str]:
    if not found:
        return
    yield f"## {say(key, lang, count=len(found))}"
    yield ""
    yield from _head([say(name, lang) for name in _COLUMNS])
    for one in found[:_MOST]:
        status = say(f"status_short.{status_key(one)}", lang)
        if one.status == "unknown":
            status = say(f"cause.{one.cause}", lang)
        yield _row(
            [
                _escaped(pick(title_of(one), lang)),
                _escaped(measured(one.normalised, one.limit) if one.normalised is not None else ""),
                _escaped(one.limit.text or measured(one.limit)) if one.limit is not None else "",
                against(one.ratio, 1, 3) if one.ratio is not None else "",
                _escaped(", ".join(part for part in (one.citation.instrument, one.citation.clause) if part)),
                say(f"force.{one.force}", lang),
                status,
            ]
        )
    yield from _more(len(found), lang)
    yield ""


def _questions(snapshot: Snapshot, lang: str) -> Iterable[str]:
    if not snapshot.questions:
        return
    yield f"## {say('terminal.questions', lang, count=len(snapshot.questions))}"
    yield ""
    for number, one in enumerate(snapshot.questions[:_MOST], 1):
        told = say("settles", lang, count=one.settles, width=points(one.width))
        yield f"{number}. {_escaped(pick(one.message, lang))} ({_escaped(one.path)}; {told})"
    yield from _more(len(snapshot.questions), lang)
    yield ""


def _classifications(snapshot: Snapshot, lang: str) -> Iterable[str]:
    if not snapshot.classifications:
        return
    yield f"## {say('terminal.classifications', lang)}"
    yield ""
    for one in snapshot.classifications:
        value = one.value or say("class.open", lang, possible=", ".join(one.possible))
        if one.value is not None and one.proposed:
            value = say("class.proposed", lang, value=value)
        if one.recorded is not None:
            value += f"; {say('class.disagrees' if one.disagrees else 'class.recorded', lang, value=one.recorded)}"
        yield f"- {_escaped(pick(one.title, lang))}: {_escaped(value)}"
    yield ""


def _more(count: int, lang: str) -> Iterable[str]:
    if count > _MOST:
        yield ""
        yield say("more", lang, count=count - _MOST)


def _head(cells: Sequence[str]) -> Iterable[str]:
    yield _row(cells)
    yield _row(["---"] * len(cells))


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _escaped(text: str) -> str:
    plain = one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", plain)
