"""What can go wrong, as one tree, and what is said about it.

    GreenbriError            70  anything this package raises on purpose
      InputError              2  a file or a value in it is refused
      UsageError              2  the command line asks for something that cannot be
      OutputError             2  a result cannot be written where it was asked for
      InternalError          70  a fault of greenbri itself

Every one carries diagnostics. A diagnostic holds facts (code, place, arguments); the words are in `messages/`.

Codes are stable and never reused:

    GRB0xx  reading files           GRB3xx  writing results
    GRB1xx  project files           GRB4xx  quantities
    GRB2xx  packs                   GRB9xx  the command line and greenbri itself
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal, Protocol, cast

Level = Literal["error", "warning", "note"]


class ExitCode(IntEnum):
    """How a command ends; never `DONE` when something was skipped."""

    DONE = 0
    GATE_FAILED = 1
    BAD_INPUT = 2
    INTERNAL = 70


@dataclass(frozen=True, slots=True)
class Position:
    """A stretch of an input file, 1-based and counted in characters; the end column is the one after the last.

    For a spreadsheet `cell` names the place (`Sheet1!B7`) and line and column are its row and column.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    cell: str | None = None

    def __str__(self) -> str:
        if self.cell is not None:
            return f"{self.file}:{self.cell}"
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that explains the first, such as the first of two equal keys; `key` is its label."""

    position: Position
    key: str

    def message(self, lang: str) -> str:
        from greenbri import messages

        return messages.text(self.key, lang)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing to tell the user: a stable code, where it is, and the arguments of its message."""

    code: str
    level: Level
    key: str
    args: Mapping[str, object] = field(default_factory=dict, hash=False)
    position: Position | None = None
    pointer: str | None = None
    hint: str | None = None
    related: tuple[Related, ...] = ()

    def message(self, lang: str) -> str:
        """The sentence, in `en`, `zh` or `both`."""
        from greenbri import messages

        return messages.text(self.key, lang, **self.args)

    def remedy(self, lang: str) -> str | None:
        """What to type instead, or None if there is nothing to say beyond the message."""
        from greenbri import messages

        return messages.text(self.hint, lang, **self.args) if self.hint is not None else None


def diagnostic(
    code: str,
    position: Position | None = None,
    args: Mapping[str, object] | None = None,
    *,
    pointer: str | None = None,
    variant: str | None = None,
    related: Iterable[Related] = (),
) -> Diagnostic:
    """A diagnostic with the level, message and hint that the catalogue registers for `code`.

    `variant` picks another hint of the same code: the entry `CODE.VARIANT`.
    """
    from greenbri import messages

    hint = f"{code}.{variant or 'hint'}"
    return Diagnostic(
        code=code,
        level=cast(Level, messages.level(code)),
        key=f"{code}.message",
        args=dict(args or {}),
        position=position,
        pointer=pointer,
        hint=hint if messages.has(hint) else None,
        related=tuple(related),
    )


class SourceText(Protocol):
    """The text of an input file, for printing the line that a diagnostic is about."""

    @property
    def name(self) -> str: ...

    def line(self, number: int) -> str | None:
        """Line `number` (from 1) without its break, or None where there is no such line."""


class GreenbriError(Exception):
    """Anything this package raises on purpose."""

    exit_code = ExitCode.INTERNAL

    def __init__(self, diagnostics: Diagnostic | Iterable[Diagnostic]) -> None:
        self.diagnostics = (diagnostics,) if isinstance(diagnostics, Diagnostic) else tuple(diagnostics)
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        def line(entry: Diagnostic) -> str:
            place = f"{entry.position}: " if entry.position is not None else ""
            return f"{place}{entry.code} {entry.message('en')}"

        return "\n".join(line(entry) for entry in self.diagnostics)


class InputError(GreenbriError):
    """A file, or a value in it, is refused. `source` is the text of the file, where it could be read."""

    exit_code = ExitCode.BAD_INPUT

    def __init__(self, diagnostics: Diagnostic | Iterable[Diagnostic], source: SourceText | None = None) -> None:
        super().__init__(diagnostics)
        self.source = source


class UsageError(GreenbriError):
    """The command line asks for something that cannot be."""

    exit_code = ExitCode.BAD_INPUT


class OutputError(GreenbriError):
    """A result cannot be written where it was asked for."""

    exit_code = ExitCode.BAD_INPUT


class InternalError(GreenbriError):
    """A fault of greenbri itself."""

    exit_code = ExitCode.INTERNAL
