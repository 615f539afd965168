"""Where each key and value of a document stands in its text."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Literal, NamedTuple

Prefer = Literal["value", "key"]

# The second member of a pair of marks, where it is not the end of a scalar.
MAPPING, SEQUENCE, CLOSE = -1, -2, -3

_BREAK = re.compile(r"\r\n|\r|\n")


class Span(NamedTuple):
    """Offsets of a key or value in the text, in characters; `stop` is the one after the last."""

    start: int
    stop: int


class Lines:
    """A text by lines: line n of offset o, and back."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def starts(self) -> list[int]:
        """The offset at which each line begins."""
        return [0, *(found.end() for found in _BREAK.finditer(self.text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def line(self, number: int) -> str | None:
        """Line `number` (from 1) without its break."""
        if not 1 <= number <= len(self.starts):
            return None
        stop = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[self.starts[number - 1] : stop].rstrip("\r\n")


class Spans:
    """The span of every key and value, found by the steps of a JSON pointer.

    A loader only appends pairs of marks in document order, which is what makes it fast: (start, stop) for a scalar,
    be it key or value; (start, MAPPING) and (start, SEQUENCE) where a collection opens; (stop, CLOSE) where it
    closes, stop being -1 where only the last scalar tells. `names` are the keys in the same order. Everything else
    waits for the first question. An interrupted load leaves a shorter, usable list.
    """

    def __init__(self, marks: Sequence[int], names: Sequence[str]) -> None:
        self._marks = marks
        self._names = names
        self._built = False
        self._value = array("i")  # start and stop of each node
        self._key = array("i")  # start and stop of its key; -1 where it has none
        self._after = array("i")  # the node that follows its last descendant
        self._label: list[str | None] = []

    def dump(self) -> tuple[bytes, bytes, bytes, list[str | None]]:
        """The whole table as what marshal can write."""
        if not self._built:
            self._build()
        return self._value.tobytes(), self._key.tobytes(), self._after.tobytes(), self._label

    @classmethod
    def load(cls, dumped: tuple[bytes, bytes, bytes, list[str | None]]) -> Spans:
        """The table that `dump` wrote, on the same machine."""
        spans = cls((), ())
        spans._built = True
        for column, content in zip((spans._value, spans._key, spans._after), dumped[:3], strict=True):
            column.frombytes(content)
        spans._label = dumped[3]
        return spans

    def find(self, steps: Sequence[str | int], prefer: Prefer = "value") -> tuple[int, Span | None]:
        """How many of the steps exist, and the span of the place where they end."""
        if not self._built:
            self._build()
        if not self._after:
            return 0, None
        node, found = 0, 0
        for step in steps:
            child = self._child(node, str(step))
            if child is None:
                break
            node, found = child, found + 1
        table = self._key if prefer == "key" and self._key[2 * node] >= 0 else self._value
        return found, Span(table[2 * node], table[2 * node + 1])

    def _child(self, node: int, step: str) -> int | None:
        child, end, ordinal = node + 1, self._after[node], 0
        while child < end:
            label = self._label[child]
            if (label if label is not None else str(ordinal)) == step:
                return child
            child, ordinal = self._after[child], ordinal + 1
        return None

    def _build(self) -> None:
        self._built = True
        marks, names = self._marks, iter(self._names)
        opened: list[tuple[int, bool]] = []  # node, and whether it is a mapping
        pending: tuple[int, int, str] | None = None  # the key that waits for its value
        last = 0

        def add(start: int, stop: int) -> None:
            nonlocal pending
            key_start, key_stop, label = pending if pending is not None else (-1, -1, None)
            pending = None
            self._value.extend((start, stop))
            self._key.extend((key_start, key_stop))
            self._label.append(label)
            self._after.append(len(self._label))

        for at in range(0, len(marks), 2):
            first, second = marks[at], marks[at + 1]
            if second >= 0:
                last = second
                if opened and opened[-1][1] and pending is None:
                    pending = (first, second, next(names))
                else:
                    add(first, second)
            elif second == CLOSE:
                node, _ = opened.pop()
                last = first if first >= 0 else max(last, self._value[2 * node])
                self._value[2 * node + 1] = last
                self._after[node] = len(self._label)
            else:
                opened.append((len(self._label), second == MAPPING))
                add(first, first)
        for node, _ in opened:
            self._after[node] = len(self._label)
            self._value[2 * node + 1] = last
