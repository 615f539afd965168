"""A difference for a terminal and, as Markdown, for a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from greenbri import messages
from greenbri.proving.difference import PackDifference
from greenbri.proving.difference_change import KINDS, Amount, Change
from greenbri.proving.difference_dates import days_text
from greenbri.proving.difference_lights import LightChange

_LONGEST = 160  # of a text in a cell; the JSON has it whole
_MOST = 12  # rules named for one project; the JSON has all


def render_text(found: Sequence[PackDifference], lights: Sequence[LightChange] | None, lang: str) -> str:
    """A block for each pack, a line for each change."""
    lines: list[str] = []
    for one in found:
        lines.append(_heading(one, lang))
        for change in _listed(one):
            kind = _said(f"kind.{change.kind}", lang)
            lines.append("  " + "  ".join(part for part in (kind, change.rule, *_told(change, lang)) if part))
    if not found:
        lines.append(_said("none", lang))
    if lights is not None:
        lines.append(_said("lights.title", lang))
        lines.extend(f"  {one.project}  {_lights(one, lang)}" for one in lights if one.changed)
        lines.append("  " + _said("lights.same", lang, count=sum(not one.changed for one in lights)))
    return "\n".join(lines) + "\n"


def render_markdown(found: Sequence[PackDifference], lights: Sequence[LightChange] | None, lang: str) -> str:
    """A table for each pack, the counts above all of them, the lights below."""
    lines = [f"## {_said('title', lang)}", "", counted(found, lang), ""]
    for one in found:
        lines += [f"### {_heading(one, lang)}", ""]
        listed = _listed(one)
        if listed:
            heads = [_said(f"column.{name}", lang) for name in ("change", "rule", "old", "new", "amount")]
            lines += [_row(heads), _row(["---"] * len(heads))]
            lines += [_row(_cells(change, lang)) for change in listed]
            lines.append("")
    if lights is not None:
        lines += [f"### {_said('lights.title', lang)}", ""]
        changed = [one for one in lights if one.changed]
        if changed:
            heads = [_said(f"column.{name}", lang) for name in ("project", "change", "rules")]
            lines += [_row(heads), _row(["---"] * len(heads))]
            lines += [_row([_cell(one.project), _lights(one, lang), _rules(one)]) for one in changed]
            lines.append("")
        lines += [_said("lights.same", lang, count=len(lights) - len(changed)), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def counted(found: Sequence[PackDifference], lang: str) -> str:
    """How many changes of each kind, the ones to look at first in front."""
    counts = {kind: sum(change.kind == kind for one in found for change in one.changes) for kind in KINDS}
    told = [f"{_said(f'kind.{kind}', lang)}: {count}" for kind, count in counts.items() if count]
    return ", ".join(told) or _said("none", lang)


def _heading(one: PackDifference, lang: str) -> str:
    parts = [one.id]
    if one.old is None or one.new is None:
        pack = one.new or one.old
        assert pack is not None
        parts += [pack.version, _said("pack.new" if one.old is None else "pack.repealed", lang)]
        return "  ".join((*parts, _said("pack.rules", lang, count=len(one.changes))))
    versions = one.new.version
    if one.old.version != one.new.version:
        versions = _said("from_to", lang, old=one.old.version, new=one.new.version)
    parts.append(versions)
    if one.old.id != one.new.id:
        parts.append(_said("pack.succeeds", lang, old=one.old.id))
    if one.same_version:
        parts.append(_said("pack.same_version", lang))
    return "  ".join(parts)


def _listed(one: PackDifference) -> tuple[Change, ...]:
    """A whole pack that comes or goes is one line, its heading; the JSON names its rules."""
    return one.changes if one.old is not None and one.new is not None else ()


def _told(change: Change, lang: str) -> Iterator[str]:
    if change.field:
        yield f"{change.field}:"
    if change.old and change.new:
        yield _said("from_to", lang, old=_short(change.old), new=_short(change.new))
    else:
        yield _said("from_to", lang, old=_short(change.old) or "-", new=_short(change.new) or "-")
    yield how_much(change, lang)


def _cells(change: Change, lang: str) -> list[str]:
    rule = f"`{change.rule}`" + (f" ({change.field})" if change.field else "")
    kind = _said(f"kind.{change.kind}", lang)
    texts = [_cell(_short(change.old)), _cell(_short(change.new)), _cell(how_much(change, lang))]
    return [kind, _cell(rule), *texts]


def how_much(change: Change, lang: str) -> str:
    """The amount, why there is none, and the days where it is not always so."""
    parts = []
    if change.kind in ("tightened", "loosened", "incomparable") and change.amount is not None:
        parts.append(amount_text(change.amount, lang))
    if change.reason:
        parts.append(_reason(change, lang))
    if change.days is not None and (change.days.start is not None or change.days.end is not None):
        parts.append(days_text(change.days))
    return ", ".join(part for part in parts if part)


def amount_text(amount: Amount, lang: str) -> str:
    """The change in per cent, or as a difference; both ends where it varies."""
    if amount.ratio is not None:
        told = [f"{_signed((ratio - 1) * 100)} %" for ratio in dict.fromkeys(amount.ratio)]
    elif amount.difference is not None:
        unit = amount.unit if amount.unit != "1" else ""
        told = [f"{_signed(step)} {unit}".rstrip() for step in dict.fromkeys(amount.difference)]
    else:
        return ""
    return " .. ".join(told)


def _signed(value: Fraction) -> str:
    """Four significant digits, with the sign."""
    if value == 0:
        return "0"
    text = format(float(value), "+.4g") if abs(value) < 10000 else f"{int(value):+d}"
    return text.replace("-", "−")


def _reason(change: Change, lang: str) -> str:
    separator = messages.text("quantity.list_separator", lang if lang != "both" else "en")
    names = change.missing
    if change.reason == "missing":
        one = lang if lang != "both" else "en"
        names = tuple(messages.text(f"quantity.missing.{name}", one) for name in names)
    told = separator.join(names)
    return _said(f"reason.{change.reason}", lang, missing=told, fields=told)


def _lights(one: LightChange, lang: str) -> str:
    old, new = (_said(f"light.{light}", lang) for light in one.lights)
    return _said("from_to", lang, old=old, new=new)


def _rules(one: LightChange) -> str:
    told = [f"`{change.rule}` {change.old or '-'} → {change.new or '-'}" for change in one.statuses]
    rest = f" … +{len(told) - _MOST}" if len(told) > _MOST else ""
    return _cell("; ".join(told[:_MOST]) + rest)


def _said(key: str, lang: str, **args: object) -> str:
    return messages.text(f"changes.{key}", lang, **args)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    """Text that stays within its cell, and no HTML of a pack's author."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
