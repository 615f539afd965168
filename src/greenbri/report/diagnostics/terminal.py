"""For people at a terminal: the message, the source line with carets under the place, and what to type instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from greenbri import messages
from greenbri.errors import Diagnostic, Position, SourceText
from greenbri.report.diagnostics.printable import one_line, same_length

# A line may be a whole file: show this much around the place.
_BEFORE, _WIDTH = 60, 110

_COLOURS = {"error": "31", "warning": "33", "note": "36"}


def render(
    diagnostics: Sequence[Diagnostic], documents: Mapping[str, SourceText], lang: str, *, colour: bool = False
) -> str:
    """A block for each, and the count at the end. Source text is printed as it stands, never as markup."""
    if not diagnostics:
        return ""
    blocks = ["\n".join(_block(fault, documents, lang, colour)) for fault in diagnostics]
    levels = [fault.level for fault in diagnostics]
    count = {"errors": levels.count("error"), "warnings": levels.count("warning"), "notes": levels.count("note")}
    return "\n\n".join([*blocks, messages.text("cli.count", lang, **count)]) + "\n"


def _block(fault: Diagnostic, documents: Mapping[str, SourceText], lang: str, colour: bool) -> list[str]:
    tint = _COLOURS[fault.level]
    level = messages.text(f"cli.level.{fault.level}", lang)
    lines = [f"{_painted(f'{level} {fault.code}', f'1;{tint}', colour)}: {one_line(fault.message(lang))}"]
    marks = [(related.position, "-", one_line(related.message(lang))) for related in fault.related]
    gutter = 1
    if fault.position is not None:
        marks.append((fault.position, "^", ""))
        marks.sort(key=lambda mark: (mark[0].file, mark[0].line, mark[0].column))
        gutter = max(len(str(place.line)) for place, _, _ in marks)
        lines.append(f"{' ' * gutter}--> {one_line(fault.position)}")
        for place, sign, label in marks:
            lines.extend(_excerpt(place, sign, label, documents, gutter, tint if sign == "^" else "36", colour))
    remedy = fault.remedy(lang)
    if remedy is not None:
        lines.append(f"{' ' * gutter} = {messages.text('cli.remedy', lang)}: {one_line(remedy)}")
    return lines


def _excerpt(
    place: Position,
    sign: str,
    label: str,
    documents: Mapping[str, SourceText],
    gutter: int,
    tint: str,
    colour: bool,
) -> list[str]:
    """The line of a place, and under it as many signs as the place is wide on the screen."""
    from rich.cells import cell_len

    document = documents.get(place.file)
    source = document.line(place.line) if document is not None and place.cell is None else None
    if source is None:
        return [f"{' ' * gutter} | {place.line}:{place.column} {label}"] if label else []
    first = place.column - 1
    last = place.end_column - 1 if place.end_line == place.line else len(source.rstrip())
    start = first - _BEFORE if first > _BEFORE + 20 else 0
    stop = min(len(source), start + _WIDTH)
    head, tail = ("…" if start else ""), ("…" if stop < len(source) else "")
    last = min(max(last, first + 1), max(stop, first + 1))
    before = cell_len(head + same_length(source[start:first]))
    width = max(1, cell_len(same_length(source[first:last])))
    under = " " * before + _painted(sign * width + (f" {label}" if label else ""), tint, colour)
    return [
        f"{' ' * gutter} |",
        f"{place.line:>{gutter}} | {head}{same_length(source[start:stop])}{tail}".rstrip(),
        f"{' ' * gutter} | {under}",
    ]


def _painted(text: str, tint: str, colour: bool) -> str:
    return f"\x1b[{tint}m{text}\x1b[0m" if colour else text
