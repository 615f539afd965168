"""A horizon for a terminal and for programs."""

from __future__ import annotations

from typing import Any

from greenbri import messages
from greenbri.compare.outlook import Change, Horizon
from greenbri.compare.turning import Reason
from greenbri.compare.wording import say
from greenbri.model.finding import Finding
from greenbri.report import records
from greenbri.report.numerals import against
from greenbri.report.wording import heading, languages, pick, status_key

Record = dict[str, Any]


def to_json(found: Horizon) -> Record:
    """Changes with both outcomes, and the light wherever it changes; numbers are exact."""
    return {
        "project": {
            "id": found.project.id,
            "name": records.text(found.project.name),
            "country": found.project.country,
            "sector": found.project.sector,
        },
        "as_of": found.as_of.isoformat(),
        "until": found.until.isoformat(),
        "days": [day.isoformat() for day in found.days],
        "lights": [
            {
                "date": day.isoformat(),
                "light": verdict.light,
                "prohibited": verdict.prohibited,
                "deciding": [records.deciding(one) for one in verdict.deciding],
            }
            for day, verdict in found.lights
        ],
        "changes": [_change(one) for one in found.changes],
    }


def _change(change: Change) -> Record:
    shown = change.shown
    return {
        "date": change.day.isoformat(),
        "rule": change.rule,
        "pack": shown.pack,
        "jurisdiction": shown.jurisdiction,
        "force": shown.force,
        "binding": shown.binding,
        "subject": change.subject,
        "parameter": change.parameter or None,
        "before": _outcome(change.before),
        "after": _outcome(change.after),
        "ratio": records.number(change.gap),
        "reasons": [_reason(one) for one in change.reasons],
        "citation": records.citation(shown.citation),
    }


def _outcome(finding: Finding | None) -> Record | None:
    if finding is None:
        return None
    return {
        "status": finding.status,
        "cause": finding.cause,
        "indicative": finding.indicative,
        "limit": records.measure(finding.limit, operator=True),
        "normalised": records.measure(finding.normalised),
        "ratio": records.number(finding.ratio),
        "message": records.text(finding.message),
    }


def _reason(reason: Reason) -> Record:
    said = {
        lang: messages.text(f"compare.horizon.reason.{reason.key}", lang, name=reason.name) for lang in ("en", "zh")
    }
    return {"kind": reason.key, "name": reason.name, "rule": reason.rule or None, "message": said}


def terminal(found: Horizon, lang: str) -> str:
    """The changes under their days, with the light where it changes."""
    lights = dict(found.lights)
    title = say(
        "horizon.title", lang, project=pick(found.project.name, lang), day=str(found.as_of), until=str(found.until)
    )
    lines = [title, _light(found.as_of.isoformat(), lights[found.as_of].light, lang)]
    for day in found.days[1:]:
        of_day = [one for one in found.changes if one.day == day]
        if day in lights:
            lines += ["", _light(day.isoformat(), lights[day].light, lang)]
        elif of_day:
            lines += ["", day.isoformat()]
        for change in of_day:
            lines.extend(_lines(change, lang))
    if not found.changes and len(found.lights) == 1:
        lines.append(say("horizon.nothing", lang))
    return "\n".join(lines) + "\n"


def _light(day: str, light: str, lang: str) -> str:
    words = " / ".join(messages.text(f"report.light.{light}", one) for one in languages(lang))
    return say("horizon.light", lang, date=day, light=words)


def _lines(change: Change, lang: str) -> list[str]:
    shown = change.shown
    subject = f" ({change.subject})" if change.subject != "project" else ""
    words = {"about": pick(heading(shown), lang), "subject": subject}
    words["before"], words["after"] = _state(change.before, lang), _state(change.after, lang)
    text = say("horizon.change", lang, **words)
    if change.gap is not None:
        text += f"; {say('horizon.gap', lang, ratio=against(change.gap, 1, 3))}"
    cited = shown.citation
    reasons = "; ".join(say(f"horizon.reason.{one.key}", lang, name=one.name) for one in change.reasons)
    made = [f"  {text}", f"    {change.rule}: {cited.instrument}{f', {cited.clause}' if cited.clause else ''}"]
    return [*made, f"    {say('horizon.because', lang, reasons=reasons)}"] if reasons else made


def _state(finding: Finding | None, lang: str) -> str:
    if finding is None or finding.status == "not_applicable":
        return say("horizon.absent", lang)
    key = status_key(finding)
    words = " / ".join(messages.text(f"report.status.{key}", one) for one in languages(lang))
    return f"{words} ({finding.limit.text})" if finding.limit is not None else words
