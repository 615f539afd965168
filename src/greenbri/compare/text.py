"""A comparison on a terminal and in Markdown; nothing is wrapped or cut."""

from __future__ import annotations

from greenbri.compare.comparison import Comparison, Row
from greenbri.compare.wording import HEADINGS, cells, form_of, heading, own_text, say, values_of
from greenbri.proving.listing_text import width
from greenbri.report.numerals import rounded
from greenbri.report.records import remarks


def terminal(comparison: Comparison, lang: str) -> str:
    """A table for each column, with the arithmetic of what was converted below it."""
    lines = [title(comparison, lang), *notes(comparison, lang)]
    for key, rows in comparison.columns():
        form = form_of(rows)
        lines += ["", f"{heading(key, lang)}{f': {form}' if form else ''}"]
        table = [tuple(say(f"heading.{name}", lang) for name in HEADINGS), *(cells(row, lang) for row in rows)]
        lines.extend(_columns(table))
        lines.extend(f"  {say('own', lang)}: {own_text(one, lang)}" for one in values_of(comparison, key))
        steps = [line for row in rows for line in _steps(row, lang)]
        lines.extend([f"  {say('arithmetic', lang)}", *steps] if steps else [])
    if not comparison.rows:
        lines += ["", say("nothing", lang)]
    return "\n".join(lines) + "\n"


def title(comparison: Comparison, lang: str) -> str:
    facts = ", ".join(f"{name} {value}" for name, value in comparison.facts)
    return say("title", lang, day=comparison.as_of.isoformat(), facts=facts)


def notes(comparison: Comparison, lang: str) -> list[str]:
    said = [note["message"]["zh" if lang == "zh" else "en"] for note in remarks(comparison.assumptions)]
    if comparison.without_packs:
        said.append(say("without_packs", lang, names=", ".join(comparison.without_packs)))
    return said


def _columns(table: list[tuple[str, ...]]) -> list[str]:
    room = [max(width(row[place]) for row in table) for place in range(len(table[0]))]
    return [
        "  " + "  ".join(text + " " * (wide - width(text)) for text, wide in zip(row, room, strict=True)).rstrip()
        for row in table
    ]


def _steps(row: Row, lang: str) -> list[str]:
    if not row.steps:
        return []
    made = [f"    {row.rule.id}"]
    for step in row.steps:
        inputs = ", ".join(
            f"{name} = {one if isinstance(one, str) else rounded(one, 6)}" for name, one in step.inputs.items()
        )
        result = f"{rounded(step.result, 6)} {step.unit}".rstrip()
        made.append(f"      {step.formula} [{inputs}] = {result}   ({step.source})" if step.source else
                    f"      {step.formula} [{inputs}] = {result}")  # fmt: skip
    made.extend(f"      {note['message']['zh' if lang == 'zh' else 'en']}" for note in remarks(row.remarks))
    return made


def markdown(comparison: Comparison, lang: str) -> str:
    """The tables of a comparison, for a document."""
    lines = [f"# {title(comparison, lang)}", ""]
    lines += [f"{note}\n" for note in notes(comparison, lang)]
    for key, rows in comparison.columns():
        form = form_of(rows)
        lines += [f"## {heading(key, lang)}{f': {form}' if form else ''}", ""]
        lines.append("| " + " | ".join(say(f"heading.{name}", lang) for name in HEADINGS) + " |")
        lines.append("|" + " --- |" * len(HEADINGS))
        lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in cells(row, lang)) + " |" for row in rows]
        lines += ["", *(f"{say('own', lang)}: {own_text(one, lang)}\n" for one in values_of(comparison, key))]
    if not comparison.rows:
        lines.append(say("nothing", lang))
    return "\n".join(lines).rstrip() + "\n"
