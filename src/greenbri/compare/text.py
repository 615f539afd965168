"""A comparison on a terminal and in Markdown; nothing is cut."""

from __future__ import annotations

from greenbri.compare.comparison import Comparison, Row
from greenbri.compare.wording import HEADINGS, cells, form_of, heading, own_text, say, values_of
from greenbri.proving.listing_text import width
from greenbri.report.numerals import rounded
from greenbri.report.records import remarks


def terminal(comparison: Comparison, lang: str, columns: int | None = None) -> str:
    """A table for each column, with the arithmetic of what was converted below it.

    `columns` is the room of a terminal: a table that is wider becomes a block for each row, and lines are wrapped.
    None, off a terminal, leaves every line whole.
    """
    lines = [title(comparison, lang), *notes(comparison, lang)]
    for key, rows in comparison.columns():
        form = form_of(rows)
        lines += ["", f"{heading(key, lang)}{f': {form}' if form else ''}"]
        table = [tuple(say(f"heading.{name}", lang) for name in HEADINGS), *(cells(row, lang) for row in rows)]
        lines.extend(_columns(table) if columns is None or _wide(table) <= columns else _blocks(table))
        lines.extend(f"  {say('own', lang)}: {own_text(one, lang)}" for one in values_of(comparison, key))
        steps = [line for row in rows for line in _steps(row, lang)]
        lines.extend([f"  {say('arithmetic', lang)}", *steps] if steps else [])
    if not comparison.rows:
        lines += ["", say("nothing", lang)]
    return "\n".join(lines if columns is None else _wrapped(lines, columns)) + "\n"


def title(comparison: Comparison, lang: str) -> str:
    facts = ", ".join(f"{name} {value}" for name, value in comparison.facts)
    return say("title", lang, day=comparison.as_of.isoformat(), facts=facts)


def notes(comparison: Comparison, lang: str) -> list[str]:
    said = [note["message"]["zh" if lang == "zh" else "en"] for note in remarks(comparison.assumptions)]
    if comparison.without_packs:
        said.append(say("without_packs", lang, names=", ".join(comparison.without_packs)))
    return said


def _room(table: list[tuple[str, ...]]) -> list[int]:
    return [max(width(row[place]) for row in table) for place in range(len(table[0]))]


def _wide(table: list[tuple[str, ...]]) -> int:
    return sum(wide + 2 for wide in _room(table))


def _blocks(table: list[tuple[str, ...]]) -> list[str]:
    """The limit of each row on a line, below it each further cell that says something under its heading."""
    headings, *rows = table
    lines = []
    for jurisdiction, limit, period, *rest in rows:
        lines.append(f"  {jurisdiction}  {limit}{f' | {period}' if period else ''}")
        told = zip(headings[3:], rest, strict=True)
        lines.extend(f"      {name}: {text}" for name, text in told if text)
    return lines


def _wrapped(lines: list[str], columns: int) -> list[str]:
    """Lines folded at words, what runs on being indented like its beginning."""
    from rich.console import Console
    from rich.text import Text

    console = Console(width=columns, highlight=False, markup=False, emoji=False)
    out: list[str] = []
    for line in lines:
        bare = line.lstrip(" ")
        margin = " " * (len(line) - len(bare))
        folds = Text(bare, overflow="fold").wrap(console, columns - len(margin)) if bare else [""]
        out.extend(f"{margin}{fold}".rstrip() for fold in folds)
    return out


def _columns(table: list[tuple[str, ...]]) -> list[str]:
    room = _room(table)
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
