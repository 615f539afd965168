"""Cells and tables of a pack as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from greenbri.proving.listing_text import width
from greenbri.rulepack.form import TableForm


def cell(value: Any) -> str:
    """A cell in the notation of the file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {cell(inner)}" for name, inner in value.items())
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(cell(inner) for inner in value) + "]"
    return str(value)


def column_heads(table: TableForm) -> list[str]:
    """The names of the columns; those of limits with their units."""
    heads = []
    for name in table.columns:
        limit = table.limits.get(name)
        heads.append(name if limit is None else f"{name} ({limit.unit})" if limit.unit not in ("1", name) else name)
    return heads


def grid(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows in columns as wide as their widest cell; nothing is cut."""
    if not rows:
        return
    count = max(len(row) for row in rows)
    widths = [max((width(row[place]) for row in rows if place < len(row)), default=0) for place in range(count)]
    for number, row in enumerate(rows):
        cells = [text + " " * (room - width(text)) for text, room in zip(row, widths, strict=False)]
        yield f"    {'  '.join(cells)}".rstrip()
        if number == 0:
            yield f"    {'  '.join('-' * room for room in widths)}"
