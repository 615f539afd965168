"""Faults of a pack, collected while it is compiled, so that one fault never hides the others."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault at a place of the pack: a code of the catalogue and the arguments of its message."""

    code: str
    pointer: str
    args: dict[str, object]


class CellError(ValueError):
    """A cell that cannot be read; the compiler adds the place."""

    def __init__(self, code: str, **args: object) -> None:
        super().__init__(code, args)
        self.code = code
        self.args_of_message = args


@dataclass
class Problems:
    """The faults found so far."""

    found: list[Problem] = field(default_factory=list)

    def add(self, code: str, pointer: str, **args: object) -> None:
        """Note a fault and go on."""
        self.found.append(Problem(code, pointer, args))

    def add_cell(self, error: CellError, pointer: str) -> None:
        """Note a cell that could not be read."""
        self.found.append(Problem(error.code, pointer, error.args_of_message))
