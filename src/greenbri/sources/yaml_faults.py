"""Syntax errors of the YAML parsers, in words that say what to type instead.

Both parsers (libyaml's and Python's own) name the construct they were in and what they missed; the same fault has
slightly different words in the two. What the user did is judged from these and from the text around the two marks.
"""

from __future__ import annotations

from typing import Any

from greenbri.errors import Diagnostic, Position, Related, diagnostic
from greenbri.sources.document import Document
from greenbri.sources.positions import Span

# Characters of a Chinese keyboard that look like YAML's own and are not.
_WIDE = "：，“”‘’［］｛｝－＃\u3000\xa0"


def diagnosed(fault: Any, source: Document, unclosed: int) -> Diagnostic:
    """The diagnostic for a `yaml.YAMLError` that `source` raised, `unclosed` being where its last open list begins."""
    return _Fault(fault, source, unclosed).diagnostic()


class _Fault:
    def __init__(self, fault: Any, source: Document, unclosed: int) -> None:
        self.source = source
        self.text = source.text or ""
        self.problem = str(getattr(fault, "problem", None) or getattr(fault, "reason", None) or fault)
        self.context = str(getattr(fault, "context", None) or "")
        mark, opening = getattr(fault, "problem_mark", None), getattr(fault, "context_mark", None)
        self.at: int = mark.index if mark is not None else int(getattr(fault, "position", 0) or 0)
        self.unclosed = unclosed
        self.opened: int = opening.index if opening is not None else self.at

    def diagnostic(self) -> Diagnostic:
        character = self.text[self.at : self.at + 1]
        if character == "\t" or "tab character" in self.problem:
            return self._here("GRB011")
        if "quoted scalar" in self.context and "end of stream" in self.problem:
            return self._opened("GRB021", "sources.ends", {"quote": self.text[self.opened]})
        if "quoted" in self.context and ("scalar" in self.context):
            return self._here("GRB027")
        if "flow sequence" in self.context or "flow mapping" in self.context:
            return self._in_brackets()
        if "expected ':'" in self.problem:
            wide = self._wide(self.opened)
            return wide or self._line("GRB025", self.opened)
        if "block scalar" in self.context or "alias" in self.context or "anchor" in self.context:
            return self._special(self.opened)
        if "cannot start any token" in self.problem:
            return self._wide(self.at) or self._special(self.at)
        if "mapping values" in self.problem:
            return self._here("GRB023")
        if "tag" in self.context or "tag" in self.problem:
            return self._here("GRB014", {"tag": self._word(self.opened)})
        if "sequence entries" in self.problem:
            return self._here("GRB038")
        if "<document start>" in self.problem and not self.text.startswith("%"):
            return self._here("GRB015")
        if "node content" in self.problem and self.text[self.unclosed] in "[{" and not self.text[self.at :].strip():
            self.opened = self.unclosed
            return self._in_brackets()
        if "node content" in self.problem or character in ("]", "}"):
            return self._here("GRB037", {"character": character})
        if "while parsing a block" in self.context:
            return self._misplaced(character)
        return self._wide(self.at) or self._here("GRB029", {"problem": self.problem})

    def _in_brackets(self) -> Diagnostic:
        """A bracket that is never closed, or a comma that is missing inside one."""
        bracket = self.text[self.opened : self.opened + 1]
        args = {"bracket": bracket, "closing": {"[": "]", "{": "}"}.get(bracket, bracket)}
        same_line = "\n" not in self.text[self.opened : self.at] and self.text[self.at : self.at + 1].strip()
        if same_line:
            wide = self._wide(self.opened)
            return wide or self._here("GRB035", args, opened=True)
        return self._opened("GRB022", "sources.still_open", args)

    def _misplaced(self, character: str) -> Diagnostic:
        before = self.text[: self.at].rstrip(" ")
        if before.endswith(('"', "'")):
            return self._line("GRB036", self.at)
        if not before or before.endswith(("\n", "\r")):
            return self._line("GRB024", self.at, variant="list" if character == "-" else None)
        return self._wide(self.at) or self._here("GRB029", {"problem": self.problem})

    def _special(self, at: int) -> Diagnostic:
        return diagnostic("GRB026", self._place(at, at + 1), {"character": self.text[at : at + 1]})

    def _wide(self, at: int) -> Diagnostic | None:
        """The full-width sign on the line of an error, if there is one outside of quotes."""
        start = max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1
        for offset in range(start, min(start + 2000, len(self.text))):
            character = self.text[offset]
            if character in "\n\r\"'#":
                return None
            if character in _WIDE:
                return diagnostic("GRB028", self._place(offset, offset + 1))
        return None

    def _here(self, code: str, args: dict[str, str] | None = None, *, opened: bool = False) -> Diagnostic:
        related = [Related(self._place(self.opened, self.opened + 1), "sources.opened")] if opened else []
        return diagnostic(code, self._place(self.at, self.at + 1), args, related=related)

    def _opened(self, code: str, label: str, args: dict[str, str]) -> Diagnostic:
        """At the sign that opened something, with the place where the parser gave up."""
        related = [Related(self._place(self.at, self.at + 1), label)]
        return diagnostic(code, self._place(self.opened, self.opened + 1), args, related=related)

    def _line(self, code: str, at: int, variant: str | None = None) -> Diagnostic:
        """From `at` to the end of its line."""
        end = min((end for sign in "\r\n" if (end := self.text.find(sign, at)) >= 0), default=len(self.text))
        return diagnostic(code, self._place(at, end), variant=variant)

    def _place(self, start: int, stop: int) -> Position:
        start = min(start, len(self.text))
        if start == len(self.text):  # the end of the file: show it behind its last character
            start = stop = len(self.text.rstrip())
        return self.source.place(Span(start, min(stop, len(self.text))))

    def _word(self, at: int) -> str:
        return self.text[at : at + 80].split(maxsplit=1)[0] if self.text[at : at + 80].strip() else ""
