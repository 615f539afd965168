"""A document that was read: its plain data, its text, and where everything in it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from greenbri.errors import Position
from greenbri.sources.pointers import is_index, steps
from greenbri.sources.pointers import pointer as join
from greenbri.sources.positions import Lines, Prefer, Span, Spans


@dataclass(frozen=True)
class Document:
    """Plain data (`dict`, `list`, `str`, `Number`, `bool`, `None`) with the positions of its values.

    Treat `data` as read-only: findings point into it. `cells` places the values of a spreadsheet: pointer to
    (row, column, `Sheet1!B7`).
    """

    data: Any
    name: str
    text: str | None = None
    spans: Spans | None = field(default=None, repr=False, compare=False)
    cells: Mapping[str, tuple[int, int, str]] | None = field(default=None, repr=False)

    @classmethod
    def of(cls, data: Any, name: str, *, cells: Mapping[str, tuple[int, int, str]] | None = None) -> Document:
        """A document of data that never was a text file."""
        return cls(data, name, cells=cells)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text or "")

    def position(self, pointer: str | Sequence[str | int], prefer: Prefer = "value") -> Position:
        """Where the value (or its key) stands; of the longest part of `pointer` that exists in the file.

        `pointer` is a JSON pointer or its steps. Data that never was a file answers with line 1, column 1.
        """
        path = steps(pointer) if isinstance(pointer, str) else list(pointer)
        if self.cells is not None:
            return self._cell(path)
        span = self.spans.find(path, prefer)[1] if self.spans is not None else None
        return self.place(span if span is not None else Span(0, 0))

    def existing(self, path: Sequence[str | int]) -> Sequence[str | int]:
        """The longest beginning of `path` that exists in the data."""
        node = self.data
        for count, step in enumerate(path):
            if isinstance(node, Mapping) and step in node:
                node = node[step]
            elif isinstance(node, list) and is_index(step) and int(step) < len(node):
                node = node[int(step)]
            else:
                return path[:count]
        return path

    def place(self, span: Span) -> Position:
        """The position of a stretch of the text, without the white space at its end."""
        start, stop = span
        text = self.text or ""
        while stop > start and stop <= len(text) and text[stop - 1].isspace():
            stop -= 1
        return Position(self.name, *self._lines.place(start), *self._lines.place(max(start, stop)))

    def line(self, number: int) -> str | None:
        """Line `number` (from 1) of the text, or None."""
        return self._lines.line(number) if self.text is not None else None

    def _cell(self, path: Sequence[str | int]) -> Position:
        assert self.cells is not None
        for count in range(len(path), -1, -1):
            found = self.cells.get(join(path[:count]))
            if found is not None:
                row, column, cell = found
                return Position(self.name, row, column, row, column, cell)
        return Position(self.name, 1, 1, 1, 1)
