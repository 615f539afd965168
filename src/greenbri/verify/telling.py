"""What verifying found, as lines for people and as a document for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from greenbri import __version__
from greenbri.messages import text
from greenbri.report.diagnostics.printable import one_line
from greenbri.verify.outcome import Difference, Verification

_MOST = 20


def lines(found: Sequence[Verification], lang: str = "en") -> Iterator[str]:
    """The outcome of each project first, then what is behind it."""
    for one in found:
        yield _say(f"outcome.{one.outcome}", lang, project=one.project)
        for fault in one.faults:
            yield f"  {fault.code} {fault.position or ''} {fault.message(lang)}"
        yield from _pages(one, lang)
        yield from _packs(one, lang)
        yield from _listed("differences", one.differences, lang)
        yield from _listed("wording", one.wording, lang)
        yield from _changes(one, lang)
        if not one.same_tool:
            yield "  " + _say("tool", lang, tool=one.tool or "-", own=f"greenbri {__version__}")
        if one.sound:
            yield "  " + _say("unsigned", lang)


def document(found: Sequence[Verification]) -> list[dict[str, Any]]:
    """The same as plain values."""
    return [
        {
            "project": one.project,
            "outcome": one.outcome,
            "sound": one.sound,
            "tool": one.tool,
            "pages": {"state": one.pages.state, "changed": list(one.pages.changed)},
            "packs": [{**asdict(pack), "agrees": pack.agrees} for pack in one.packs],
            "differences": [asdict(entry) for entry in one.differences],
            "wording": [asdict(entry) for entry in one.wording],
            "changes": [asdict(entry) for entry in one.changes],
            "light": {"stated": one.today[0], "today": one.today[1]} if one.today is not None else None,
            "faults": [{"code": fault.code, "message": fault.message("en")} for fault in one.faults],
        }
        for one in found
    ]


def _say(key: str, lang: str, /, **args: object) -> str:
    return text(f"verify.{key}", lang, **{name: one_line(value) for name, value in args.items()})


def _pages(one: Verification, lang: str) -> Iterator[str]:
    if one.pages.state != "none":
        yield "  " + _say(f"pages.{one.pages.state}", lang, changed=", ".join(one.pages.changed))


def _packs(one: Verification, lang: str) -> Iterator[str]:
    for pack in one.packs:
        args = {"pack": pack.id, "version": pack.version, "installed": pack.installed_version}
        if not pack.agrees:
            stated = pack.stated if pack.stated != pack.recomputed else pack.listed
            yield "  " + _say("pack.altered", lang, stated=stated or "-", recomputed=pack.recomputed, **args)
        elif pack.standing != "installed":
            yield "  " + _say(f"pack.{pack.standing}", lang, sha=pack.recomputed, **args)


def _listed(key: str, entries: Sequence[Difference], lang: str) -> Iterator[str]:
    if not entries:
        return
    yield "  " + _say(key, lang, count=len(entries))
    for entry in entries[:_MOST]:
        about = " ".join(part for part in (entry.rule, entry.subject) if part)
        place = entry.place.removeprefix("/")
        yield "    " + _say("difference", lang, place=f"{about} {place}".strip(),
                            stated=_value(entry.stated), recomputed=_value(entry.recomputed))  # fmt: skip
    if len(entries) > _MOST:
        yield "    " + _say("more", lang, count=len(entries) - _MOST)


def _changes(one: Verification, lang: str) -> Iterator[str]:
    if one.today is None:
        return
    yield "  " + _say("today", lang, count=len(one.changes), before=one.today[0], after=one.today[1])
    for entry in one.changes[:_MOST]:
        about = " ".join(part for part in (entry.rule, entry.subject) if part)
        yield "    " + _say("change", lang, about=about, before=_value(entry.stated), after=_value(entry.today))
    if len(one.changes) > _MOST:
        yield "    " + _say("more", lang, count=len(one.changes) - _MOST)


def _value(value: str | None) -> str:
    return "-" if value is None else value
