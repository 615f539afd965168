"""YAML files as plain data: an own loop over libyaml's events.

The usual loaders read `NO` as False and `1:30` as 90, keep the last of two equal keys, and build whatever anchors and
tags ask for. This one takes YAML 1.2 scalars, keeps numbers as their text, knows where everything stands, and refuses
aliases, tags, several documents, depth and size before it builds anything from them.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import repeat
from sys import intern
from typing import Any

from greenbri.sources.document import Document
from greenbri.sources.positions import CLOSE, MAPPING, SEQUENCE, Spans
from greenbri.sources.reading import DEFAULT_LIMITS, Limits, Source, read_text
from greenbri.sources.refusals import Refusals, Top
from greenbri.sources.scalars import CONSTANTS, NOT_FINITE, Number, is_number

# An escape that is no character; libyaml refuses it, Python's parser does not.
_HALF_A_PAIR = re.compile(r"\\(?:u|U0000)[dD][89a-fA-F]")
# libyaml compares each of these with all others before it tells of any: many of them would take minutes.
_TAG_DIRECTIVE = re.compile(r"^%TAG\b", re.MULTILINE)


def load_yaml(
    source: Source, name: str | None = None, *, limits: Limits = DEFAULT_LIMITS, top: Top = "mapping"
) -> Document:
    """The document in a file, or in bytes, under `name`.

    Raises `InputError` with every refusal that was found, each with its position. `top` is what the document must be:
    a `mapping`, a `list` or `any`.
    """
    text = read_text(source, name, limits=limits)
    with _collector_paused():
        return _Composer(text, limits).document(top)


class _Composer:
    """One pass over the events of one text."""

    def __init__(self, source: Document, limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.text = source.text or ""
        self.marks: list[int] = []
        self.names: list[str] = []
        self.refusals = Refusals(source, Spans(self.marks, self.names))

    def document(self, top: Top) -> Document:
        from yaml import YAMLError, __with_libyaml__

        if not __with_libyaml__ and (half := _HALF_A_PAIR.search(self.text)) is not None:
            raise self.refusals.final("GRB027", *half.span())
        if "%TAG" in self.text and (directive := _TAG_DIRECTIVE.search(self.text)) is not None:
            raise self.refusals.final("GRB014", *directive.span(), {"tag": "%TAG"})
        try:
            data = self._compose(_events(self.text))
        except YAMLError as fault:
            from greenbri.sources.yaml_faults import diagnosed

            self.refusals.note(diagnosed(fault, self.source, self._unclosed()))
            raise self.refusals.error() from None
        return self.refusals.settled(data, top)

    def _unclosed(self) -> int:
        """Where the innermost collection that is still open begins; 0 if there is none."""
        closed = 0
        for at in range(len(self.marks) - 2, -1, -2):
            if self.marks[at + 1] == CLOSE:
                closed += 1
            elif self.marks[at + 1] in (MAPPING, SEQUENCE):
                if not closed:
                    return self.marks[at]
                closed -= 1
        return 0

    def _compose(self, next_event: Callable[[], Any]) -> Any:
        """The data behind the events. Marks and names are appended as `Spans` wants them."""
        from yaml import events

        scalar, opens_mapping, opens_sequence = events.ScalarEvent, events.MappingStartEvent, events.SequenceStartEvent
        closes = (events.MappingEndEvent, events.SequenceEndEvent)
        refusals, depth_limit = self.refusals, self.limits.depth
        mark, name = self.marks.append, self.names.append
        # Only a text with one of these signs can hold an anchor or a tag.
        suspicious = "&" in self.text or "!" in self.text
        # These look like spaces and are none, so that a key swallows its own indentation.
        odd_space = "\u3000" in self.text or "\xa0" in self.text
        root: list[Any] = []
        container: Any = root
        in_mapping = False
        key: str | None = None  # the key that waits for its value
        outer: list[tuple[Any, bool, str | None]] = []
        documents = 0
        key_stop = 0

        # Two events a collection, one a scalar, and a few around them.
        for _ in repeat(None, 2 * self.limits.nodes + 8):
            event = next_event()
            kind = type(event)
            if kind is scalar:
                value = event.value
                start, stop = event.start_mark.index, event.end_mark.index
                mark(start)
                mark(stop)
                plain = event.implicit[0]
                if suspicious and (event.tag is not None or event.anchor is not None):
                    refusals.decorated(event)
                    plain = False
                if in_mapping and key is None:
                    if plain and (value in CONSTANTS or (value < ":" and is_number(value))):
                        refusals.add("GRB019", start, stop, {"key": value or "null"})
                    elif plain and value == "<<":
                        refusals.add("GRB016", start, stop)
                    elif odd_space and plain and value != value.strip():
                        refusals.add("GRB028", start, stop)
                    key = intern(value)
                    name(key)
                    key_stop = stop
                    if key in container:
                        refusals.duplicate([*_path(outer), key], start, stop)
                    continue
                if plain:
                    if value < ":" and is_number(value):
                        value = Number(value)
                    elif value in CONSTANTS:
                        if start == stop and in_mapping and ":" not in self.text[key_stop:start]:
                            refusals.add("GRB020", self.marks[-4], key_stop, {"key": key})
                        value = CONSTANTS[value]
                    elif value in NOT_FINITE:
                        refusals.add("GRB032", start, stop, {"number": value})
                if in_mapping:
                    container[key] = value
                    key = None
                else:
                    container.append(value)
            elif kind is opens_mapping or kind is opens_sequence:
                start = event.start_mark.index
                if suspicious and (event.tag is not None or event.anchor is not None):
                    refusals.decorated(event)
                if in_mapping and key is None:
                    raise refusals.final("GRB034", start, event.end_mark.index)
                if len(outer) >= depth_limit:
                    raise refusals.final("GRB017", start, event.end_mark.index, {"limit": depth_limit})
                outer.append((container, in_mapping, key))
                in_mapping, key = kind is opens_mapping, None
                container = {} if in_mapping else []
                mark(start)
                mark(MAPPING if in_mapping else SEQUENCE)
            elif kind in closes:
                start, stop = event.start_mark.index, event.end_mark.index
                mark(stop if start != stop else -1)
                mark(CLOSE)
                value = container
                container, in_mapping, key = outer.pop()
                if in_mapping:
                    container[key] = value
                    key = None
                else:
                    container.append(value)
            elif kind is events.AliasEvent:
                start, stop = event.start_mark.index, event.end_mark.index
                refusals.add("GRB013", start, stop, {"name": f"*{event.anchor}"})
                mark(start)
                mark(stop)
                if not in_mapping:
                    container.append(None)
                elif key is None:
                    key = f"*{event.anchor}"
                    name(key)
                else:
                    container[key], key = None, None
            elif kind is events.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise refusals.final("GRB015", event.start_mark.index, event.end_mark.index)
            elif kind is events.StreamEndEvent:
                return root[0] if root else None
        raise refusals.final("GRB018", self.marks[-2], self.marks[-2], {"limit": self.limits.nodes})


def _path(outer: list[tuple[Any, bool, str | None]]) -> list[str | int]:
    """The steps to the container that is being filled, from those around it; the outermost is no part of the text."""
    return [key if in_mapping and key is not None else len(around) for around, in_mapping, key in outer[1:]]


def _events(text: str) -> Callable[[], Any]:
    """A function that gives the next event; libyaml's, or where PyYAML was built without it, Python's own."""
    import yaml

    if yaml.__with_libyaml__:
        from yaml.cyaml import CParser  # type: ignore[attr-defined]

        parser: Any = CParser(text)
    else:
        parser = yaml.SafeLoader(text)
    get_event: Callable[[], Any] = parser.get_event
    return get_event


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Building makes nothing but live objects, so the collector would only walk them over and over."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
