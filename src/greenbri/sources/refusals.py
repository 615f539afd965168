"""What a loader finds wrong in one text, gathered so that one fault does not hide the next."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from greenbri.errors import Diagnostic, InputError, Related, diagnostic
from greenbri.messages import Word
from greenbri.sources.document import Document
from greenbri.sources.pointers import pointer
from greenbri.sources.positions import Span, Spans
from greenbri.sources.scalars import Number

Top = Literal["mapping", "list", "any"]

_MOST = 20


class Refusals:
    """The faults of one text so far."""

    def __init__(self, source: Document, spans: Spans) -> None:
        self.source = source
        self.spans = spans
        self._found: list[Diagnostic] = []
        self._duplicates: list[tuple[list[str | int], Span]] = []

    def add(self, code: str, start: int, stop: int, args: Mapping[str, object] | None = None) -> None:
        """Note a fault; after too many of them, give up."""
        self.note(diagnostic(code, self.source.place(Span(start, stop)), args))

    def final(self, code: str, start: int, stop: int, args: Mapping[str, object] | None = None) -> InputError:
        """Note a fault after which the load cannot go on; the error is to be raised."""
        self._found.append(diagnostic(code, self.source.place(Span(start, stop)), args))
        return self.error()

    def note(self, fault: Diagnostic) -> None:
        """Note a fault that is already a diagnostic."""
        self._found.append(fault)
        self._give_up_in_time()

    def duplicate(self, path: list[str | int], start: int, stop: int) -> None:
        """The last step of `path` is a key that its mapping already has."""
        self._duplicates.append((path, Span(start, stop)))
        self._give_up_in_time()

    def decorated(self, event: Any) -> None:
        """An event that carries an anchor, a tag or both."""
        start, stop = event.start_mark.index, event.end_mark.index
        text = self.source.text or ""
        if event.anchor is not None:
            at = text.find("&", start)
            self.add("GRB013", at, at + len(event.anchor) + 1, {"name": f"&{event.anchor}"})
        if event.tag is not None:
            at = text.find("!", start)
            end = next((end for end in range(at, max(stop, at)) if text[end] in " \t\r\n,[]{}"), max(stop, at + 1))
            self.add("GRB014", at, end, {"tag": text[at:end]})

    def error(self) -> InputError:
        """All of it as one error, in the order of the text."""
        found = list(self._found)
        for path, span in self._duplicates:
            depth, first = self.spans.find(path, "key")
            known = depth == len(path) and first is not None and first.start < span.start
            related = [Related(self.source.place(first), "sources.first")] if known and first is not None else []
            args = {"key": path[-1]}
            found.append(diagnostic("GRB012", self.source.place(span), args, pointer=pointer(path), related=related))
        found.sort(key=lambda fault: (fault.position.line, fault.position.column) if fault.position else (0, 0))
        return InputError(found, self.source)

    def settled(self, data: Any, top: Top) -> Document:
        """The document, if nothing was found and it is what it must be at the top."""
        text = self.source.text or ""
        if self._found or self._duplicates:
            raise self.error()
        if data is None:
            raise self.final("GRB009", 0, 0)
        if (top == "mapping" and not isinstance(data, dict)) or (top == "list" and not isinstance(data, list)):
            first = re.search(r"^[^\s#].*", text, re.MULTILINE)
            place = self.source.place(Span(*first.span()) if first is not None else Span(0, 0))
            args = {"expected": Word(f"sources.kind.{top}"), "found": kind_of(data)}
            variant = "wide" if "：" in text and isinstance(data, str) else None
            raise InputError(diagnostic("GRB010", place, args, variant=variant), self.source)
        return Document(data, self.source.name, self.source.text, self.spans)

    def _give_up_in_time(self) -> None:
        if len(self._found) + len(self._duplicates) >= _MOST:
            raise self.error()


def kind_of(value: object) -> Word:
    """What sort of value this is, in words."""
    kinds: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (dict, "mapping"),
        (list, "list"),
        (bool, "bool"),
        (type(None), "null"),
        ((Number, int, float), "number"),
    )
    name = next((name for kind, name in kinds if isinstance(value, kind)), "text")
    return Word(f"sources.kind.{name}")
