"""Why one rule came out as it did, line by line: for `--explain RULE` on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from greenbri.errors import UsageError, diagnostic
from greenbri.model.assessment import Assessment
from greenbri.model.finding import Finding, Measure
from greenbri.quantity import Step
from greenbri.report.numerals import against, rounded
from greenbri.report.records import position
from greenbri.report.wording import heading, languages, pick, remark, say, status_key

_STEP_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the explanation."""

    text: str = ""
    indent: int = 0
    style: str = ""


def explanation(assessment: Assessment, rule: str, lang: str) -> Iterator[Line]:
    """Every finding of the rule on the day that decides; `rule` may be the end of an id that is the only such one."""
    snapshot = assessment.deciding_snapshot
    wanted = _resolve(rule, [one.rule for one in snapshot.findings])
    for number, one in enumerate(one for one in snapshot.findings if one.rule == wanted):
        if number:
            yield Line()
        yield Line(one.rule, style="bold")
        yield from _finding(one, assessment, lang)


def _resolve(rule: str, known: list[str]) -> str:
    if rule in known:
        return rule
    ends = sorted({one for one in known if one.endswith(f"/{rule}")})
    if len(ends) == 1:
        return ends[0]
    from difflib import get_close_matches

    close = ends or get_close_matches(rule, sorted(set(known)), n=3, cutoff=0.5)
    raise UsageError(
        diagnostic("GRB323", args={"rule": rule, "close": ", ".join(close)}, variant="close" if close else None)
    )


def _finding(one: Finding, assessment: Assessment, lang: str) -> Iterator[Line]:
    yield Line(pick(heading(one), lang))
    status = say(f"status.{status_key(one)}", lang)
    if one.cause is not None:
        status += f" ({say(f'cause.{one.cause}', lang)})"
    yield _pair("explain.status", status, lang)
    yield _pair("explain.message", pick(one.message, lang), lang)
    yield _pair("explain.subject", one.subject, lang)
    yield _pair("explain.force", _force(one, lang), lang)
    if one.due:
        yield _pair("explain.due", one.due, lang)
    yield from _figures(one, lang)
    for note in one.assumptions:
        yield _pair("explain.assumption", " / ".join(remark(note, code) for code in languages(lang)), lang)
    for note in one.remarks:
        yield _pair("explain.remark", " / ".join(remark(note, code) for code in languages(lang)), lang)
    for gap in one.missing:
        yield _pair("explain.missing", f"{pick(gap.question, lang)} ({gap.path})", lang)
    if one.waiver:
        yield _pair("explain.waiver", one.waiver, lang)
    yield from _source(one, assessment, lang)
    for member in one.members:
        yield Line(f"{say('explain.member', lang)}: {member.rule}", 2)
        for line in _finding(member, assessment, lang):
            yield Line(line.text, line.indent + 4, line.style)


def _figures(one: Finding, lang: str) -> Iterator[Line]:
    if one.observed is not None:
        yield _pair("explain.observed", one.observed.text or measured(one.observed), lang)
    if one.evidence:
        yield _pair("explain.evidence", one.evidence, lang)
    for number, step in enumerate(one.steps, 1):
        yield Line(f"{say('explain.step', lang)} {number}: {step.operation}", 2)
        yield Line(step.formula, 4)
        yield Line(f"{step_inputs(step)}  ->  {step_result(step)}", 4)
        if step.source:
            yield Line(f"[{step.source}]", 4, "dim")
    if one.normalised is not None:
        yield _pair("explain.normalised", measured(one.normalised, one.limit), lang)
    if one.limit is not None:
        limit = one.limit.text or measured(one.limit)
        extent = ", ".join(part for part in (one.period or "", form(one.form, lang)) if part)
        yield _pair("explain.limit", f"{limit} ({extent})" if extent else limit, lang)
    if one.ratio is not None:
        yield _pair("explain.ratio", against(one.ratio, 1, 3), lang)
    elif one.margin is not None and one.limit is not None:
        yield _pair("explain.margin", f"{rounded(one.margin)} {one.limit.unit}", lang)


def _source(one: Finding, assessment: Assessment, lang: str) -> Iterator[Line]:
    cite = one.citation
    if cite.instrument or cite.clause:
        yield _pair("explain.citation", ", ".join(part for part in (cite.instrument, cite.clause) if part), lang)
        yield Line(f"{say(f'source.{cite.status}', lang)}  {cite.checked}  {cite.url}".rstrip(), 4, "dim")
    if cite.note:
        yield Line(cite.note, 4, "dim")
    place = position(assessment, one.pointer) if one.pointer else None
    if place is not None:
        yield _pair("explain.place", f"{assessment.file}:{place[0]}:{place[1]} {one.pointer}", lang)


def _force(one: Finding, lang: str) -> str:
    key = "explain.binds" if one.binding else "explain.does_not_bind"
    by = say(f"binds_by.{one.binds_by}", lang) if one.binds_by else ""
    critical = say("explain.critical", lang) if one.critical else ""
    return ", ".join(part for part in (say(f"force.{one.force}", lang), say(key, lang), by, critical) if part)


def _pair(key: str, value: str, lang: str) -> Line:
    return Line(f"{say(key, lang)}: {value}", 2)


def step_inputs(step: Step) -> str:
    """The numbers that went in, by their symbols."""
    shown = {name: one if isinstance(one, str) else rounded(one, _STEP_DIGITS) for name, one in step.inputs.items()}
    return ", ".join(f"{name} = {one}" for name, one in shown.items())


def step_result(step: Step) -> str:
    """The number that came out, with its unit."""
    return f"{rounded(step.result, _STEP_DIGITS)} {getattr(step, 'unit', '')}".rstrip()


def form(text: str, lang: str) -> str:
    """How the values of a period are judged: `every value`, or the law's statistical form as it stands."""
    return say("form.every", lang) if text == "every" else text


def measured(value: Measure, limit: Measure | None = None) -> str:
    """A number or an interval with unit and state, rounded but never onto the limit."""
    bound = limit.value if limit is not None else None
    if value.value is not None:
        number = against(value.value, bound)
    elif value.low is not None and value.high is not None:
        number = f"{against(value.low, bound)}-{against(value.high, bound)}"
    elif value.high is not None:
        number = f"≤ {against(value.high, bound)}"
    elif value.low is not None:
        number = f"≥ {against(value.low, bound)}"
    else:
        return value.text
    unit = value.unit if value.unit != "1" else ""
    state = f" @ {value.reference}" if value.reference else ""
    return f"{number} {unit}".rstrip() + state
