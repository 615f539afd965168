"""The dot plot of a column: one line for each jurisdiction, a logarithmic axis, as inline SVG.

A filled dot binds, a hollow one is implied by another limit or may not apply; a diamond is a value of the project.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import ceil, floor, log10

from greenbri.compare.comparison import Own, Row
from greenbri.report.numerals import rounded

_LEFT, _WIDTH, _RIGHT, _TOP, _STEP, _FOOT = 110, 600, 30, 12, 24, 46
_INK, _GRID, _DOT, _OWN = "#1c2430", "#d7dce3", "#1f6f8b", "#b3541e"


def plot(rows: Sequence[Row], values: Sequence[Own], title: str, form: str, own: str) -> str:
    """The SVG of a column, or nothing where fewer than two positive numbers could be brought to its form."""
    points = [(row, float(row.normal.value)) for row in rows if row.normal is not None and row.normal.value > 0]
    marks = [(one, float(one.normal.value)) for one in values if one.normal is not None and one.normal.value > 0]
    numbers = [value for _, value in (*points, *marks)]
    if len(numbers) < 2 or form.startswith(("dB", "pH", "C ", "K ")):
        return ""
    ticks = _ticks(min(numbers), max(numbers))
    low, high = log10(ticks[0]), log10(ticks[-1])

    def across(value: float) -> float:
        return round(_LEFT + _WIDTH * (log10(value) - low) / (high - low), 1)

    lines = list(dict.fromkeys(row.pack.jurisdiction for row, _ in points)) + ([own] if marks else [])
    bottom = _TOP + _STEP * len(lines)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {_LEFT + _WIDTH + _RIGHT} {bottom + _FOOT}" '
        f'font-family="inherit" font-size="12" fill="{_INK}"><title>{escape(title)}</title>'
    ]
    for tick in ticks:
        x = across(tick)
        parts.append(f'<line x1="{x}" y1="{_TOP}" x2="{x}" y2="{bottom}" stroke="{_GRID}"/>')
        parts.append(f'<text x="{x}" y="{bottom + 16}" text-anchor="middle">{escape(_label(tick))}</text>')
    parts.append(f'<text x="{_LEFT + _WIDTH / 2}" y="{bottom + 36}" text-anchor="middle">{escape(form)}</text>')
    for number, name in enumerate(lines):
        y = _TOP + _STEP * number + _STEP // 2
        parts.append(f'<text x="{_LEFT - 12}" y="{y + 4}" text-anchor="end">{escape(name)}</text>')
        parts.append(f'<line x1="{_LEFT}" y1="{y}" x2="{_LEFT + _WIDTH}" y2="{y}" stroke="{_GRID}"/>')
    for row, value in points:
        y = _TOP + _STEP * lines.index(row.pack.jurisdiction) + _STEP // 2
        fill = _DOT if row.standing == "binding" and row.decided else "#ffffff"
        said = escape(f"{row.rule.id}: {row.limit.text} = {rounded(row.normal.value) if row.normal else ''}")
        parts.append(
            f'<circle cx="{across(value)}" cy="{y}" r="5" fill="{fill}" stroke="{_DOT}" stroke-width="1.5">'
            f"<title>{said}</title></circle>"
        )
    for one, value in marks:
        x, y = across(value), _TOP + _STEP * (len(lines) - 1) + _STEP // 2
        parts.append(
            f'<path d="M{x} {y - 6} l6 6 l-6 6 l-6 -6 z" fill="{_OWN}"><title>{escape(one.text)}</title></path>'
            f'<line x1="{x}" y1="{_TOP}" x2="{x}" y2="{bottom}" stroke="{_OWN}" stroke-dasharray="3 3"/>'
        )
    return "".join((*parts, "</svg>"))


def _ticks(least: float, most: float) -> list[float]:
    """Ones, twos and fives of every decade from just below the least number to just above the greatest."""
    every = [
        base * 10.0**power for power in range(floor(log10(least)) - 1, ceil(log10(most)) + 1) for base in (1, 2, 5)
    ]
    first = max((tick for tick in every if tick <= least * 0.999), default=every[0])
    last = min((tick for tick in every if tick >= most * 1.001), default=every[-1])
    chosen = [tick for tick in every if first <= tick <= last]
    if len(chosen) > 12:
        chosen = [tick for tick in chosen if round(log10(tick), 9).is_integer() or tick in (first, last)]
    return chosen


def _label(tick: float) -> str:
    return f"{tick:g}"
