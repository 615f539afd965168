"""JSON pointers (RFC 6901): the address of a value in a document, such as `/sources/0/observations/1/value`."""

from __future__ import annotations

from collections.abc import Iterable


def pointer(parts: Iterable[str | int]) -> str:
    """The pointer with these steps; the whole document is the empty text."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def steps(pointer: str) -> list[str]:
    """The steps of a pointer, unescaped."""
    if not pointer:
        return []
    if not pointer.startswith("/"):
        raise ValueError(f"a JSON pointer begins with '/': {pointer!r}")
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer[1:].split("/")]


def is_index(step: str | int) -> bool:
    """Whether a step can be the index of a list."""
    return isinstance(step, int) or (step.isascii() and step.isdecimal() and (step == "0" or step[0] != "0"))
