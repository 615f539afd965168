"""A comparison as one HTML page that needs nothing beside it: a dot plot and a table for each column."""

from __future__ import annotations

from html import escape

from greenbri.compare.comparison import Comparison, Row
from greenbri.compare.dots import plot
from greenbri.compare.text import notes, title
from greenbri.compare.wording import HEADINGS, cells, form_of, heading, own_text, say, values_of

_STYLE = """
body { font: 14px/1.45 "Noto Sans", "Noto Sans CJK SC", "Noto Sans SC", sans-serif; color: #1c2430; margin: 2rem auto;
  max-width: 72rem; padding: 0 1rem; }
h1 { font-size: 1.35rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #d7dce3; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tr.looser td { color: #5b6675; } a { color: inherit; } svg { max-width: 100%; height: auto; }
@media print { body { margin: 0; max-width: none; } h2 { break-after: avoid; } tr, svg { break-inside: avoid; } }
"""
_NUMBERS = frozenset({"normalised", "ratio"})


def html(comparison: Comparison, lang: str) -> str:
    """The page, as UTF-8 text."""
    head = escape(title(comparison, lang))
    parts = [
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}">\n<head>\n<meta charset="utf-8">',
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{head}</title>',
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{head}</h1>",
        *(f"<p>{escape(note)}</p>" for note in notes(comparison, lang)),
    ]
    for key, rows in comparison.columns():
        form, values = form_of(rows), values_of(comparison, key)
        parts.append(f"<h2>{escape(heading(key, lang))}{escape(f': {form}') if form else ''}</h2>")
        drawn = plot(rows, values, say("plot", lang, about=heading(key, lang)), form, say("own", lang))
        if drawn:
            parts.append(f"<figure>{drawn}<figcaption>{escape(say('legend', lang))}</figcaption></figure>")
        parts.extend(f"<p>{escape(say('own', lang))}: {escape(own_text(one, lang))}</p>" for one in values)
        parts.append("<table>\n<thead><tr>")
        parts.extend(f'<th scope="col">{escape(say(f"heading.{name}", lang))}</th>' for name in HEADINGS)
        parts.append("</tr></thead>\n<tbody>")
        parts.extend(_line(row, lang) for row in rows)
        parts.append("</tbody>\n</table>")
    if not comparison.rows:
        parts.append(f"<p>{escape(say('nothing', lang))}</p>")
    return "\n".join((*parts, "</body>\n</html>\n"))


def _line(row: Row, lang: str) -> str:
    made = []
    for name, text in zip(HEADINGS, cells(row, lang), strict=True):
        inner, url = escape(text), row.rule.citation.url
        if name == "source" and url.startswith(("http://", "https://")):
            inner = f'<a href="{escape(url)}">{inner}</a>'
        number = name in _NUMBERS and row.normal is not None
        made.append(f'<td class="number">{inner}</td>' if number else f"<td>{inner}</td>")
    return f'<tr class="{row.standing}">{"".join(made)}</tr>'
