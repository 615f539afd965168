"""JSON files as the same documents as YAML files.

JSON is nearly a part of YAML, but not for the YAML parsers: they refuse surrogate pairs (`\\ud83d\\ude00`) and keys of
over 1,024 characters, and read U+2028 as a line break. So it has a small reader of its own.
"""

from __future__ import annotations

import re
from typing import Any

from greenbri.sources.document import Document
from greenbri.sources.positions import CLOSE, MAPPING, SEQUENCE, Spans
from greenbri.sources.reading import DEFAULT_LIMITS, Limits, Source, read_text
from greenbri.sources.refusals import Refusals, Top
from greenbri.sources.scalars import Number, is_number

_TOKEN = re.compile(
    r"[ \t\r\n]*(?:"
    r'(?P<text>"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})[^"\\\x00-\x1f]*)*")'
    r"|(?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)(?![\w.+-])"
    r"|(?P<word>true|false|null)\b"
    r"|(?P<sign>[\[\]{},:])"
    r"|(?P<end>\Z))"
)
_WORDS = {"true": True, "false": False, "null": None}
_SPACE = re.compile(r"[ \t\r\n]*")
_REST = re.compile(r"[^\s,\]}]+|.", re.DOTALL)


def load_json(
    source: Source, name: str | None = None, *, limits: Limits = DEFAULT_LIMITS, top: Top = "mapping"
) -> Document:
    """The document in a JSON file, or in bytes, under `name`; numbers stay text, as in YAML.

    Raises `InputError` for what is no JSON, and for the same refusals as `load_yaml`.
    """
    text = read_text(source, name, limits=limits, json=True)
    return _Reader(text, limits).document(top)


class _Reader:
    def __init__(self, source: Document, limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.text = source.text or ""
        self.marks: list[int] = []
        self.names: list[str] = []
        self.refusals = Refusals(source, Spans(self.marks, self.names))

    def document(self, top: Top) -> Document:
        return self.refusals.settled(self._read(), top)

    def _read(self) -> Any:
        """The data. `wanted` is what may come next: value, key, colon, comma, end; or the first of a collection."""
        root: list[Any] = []
        container: Any = root
        key: str | None = None
        outer: list[tuple[Any, str | None]] = []
        wanted, at = "value", 0
        mark = self.marks.append
        while True:
            found = _TOKEN.match(self.text, at)
            kind = found.lastgroup if found is not None else None
            if found is None or kind is None:
                raise self._unreadable(at, wanted)
            token = found[kind]
            at = found.end()
            start = at - len(token)
            closes = token in ("]", "}") and kind == "sign"
            if closes and outer and wanted in (f"first{token}", f"comma{token}"):
                mark(at)
                mark(CLOSE)
                value = container
                container, key = outer.pop()
            elif kind == "end" and wanted == "end":
                return root[0]
            elif wanted == "colon" and token == ":" and kind == "sign":
                wanted = "value"
                continue
            elif wanted in ("comma]", "comma}") and token == "," and kind == "sign":
                wanted = "value" if wanted == "comma]" else "key"
                continue
            elif wanted in ("key", "first}") and kind == "text":
                key = self._text(token)
                if key in container:
                    self.refusals.duplicate([*_path(outer), key], start, at)
                mark(start)
                mark(at)
                self.names.append(key)
                wanted = "colon"
                continue
            elif wanted not in ("value", "first]") or kind == "end" or (kind == "sign" and token not in "[{"):
                raise self._unexpected(start, at, wanted)
            elif kind == "sign":
                if len(outer) >= self.limits.depth:
                    raise self.refusals.final("GRB017", start, at, {"limit": self.limits.depth})
                outer.append((container, key))
                container = {} if token == "{" else []
                mark(start)
                mark(MAPPING if token == "{" else SEQUENCE)
                wanted = "first}" if token == "{" else "first]"
                continue
            else:
                value = self._scalar(kind, token, start, at)
                mark(start)
                mark(at)
            if len(self.marks) > 4 * self.limits.nodes:
                raise self.refusals.final("GRB018", start, at, {"limit": self.limits.nodes})
            if isinstance(container, dict):
                container[key] = value
                wanted = "comma}"
            else:
                container.append(value)
                wanted = "comma]" if outer else "end"

    def _scalar(self, kind: str, token: str, start: int, stop: int) -> Any:
        if kind == "text":
            return self._text(token)
        if kind == "word":
            return _WORDS[token]
        if not is_number(token):
            self.refusals.add("GRB032", start, stop, {"number": token[:40]})
        return Number(token)

    def _text(self, token: str) -> str:
        if "\\" not in token:
            return token[1:-1]
        import json

        text: str = json.loads(token)
        # Half a surrogate pair is no character, and no file could hold it.
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _unexpected(self, start: int, stop: int, wanted: str) -> Exception:
        if start >= len(self.text):
            start = stop = len(self.text.rstrip())
        return self.refusals.final("GRB030", start, stop, {"wanted": _said(wanted)})

    def _unreadable(self, at: int, wanted: str) -> Exception:
        space = _SPACE.match(self.text, at)
        start = space.end() if space is not None else at
        rest = _REST.match(self.text, start)
        stop = min(rest.end(), start + 40) if rest is not None else start
        word = self.text[start:stop]
        if word.lstrip("-") in ("NaN", "Infinity"):
            return self.refusals.final("GRB032", start, stop, {"number": word})
        return self.refusals.final("GRB030", start, stop, {"wanted": _said(wanted)})


def _said(wanted: str) -> object:
    from greenbri.messages import Word

    return Word("sources.json." + wanted.replace("]", "_list").replace("}", "_object"))


def _path(outer: list[tuple[Any, str | None]]) -> list[str | int]:
    return [key if isinstance(around, dict) and key is not None else len(around) for around, key in outer[1:]]
