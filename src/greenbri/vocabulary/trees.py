"""Dotted names: a prefix covers its children."""

from __future__ import annotations

from collections.abc import Iterable


def covers(prefix: str, name: str) -> bool:
    """Whether `name` is `prefix` or lies below it: `power` covers `power.coal`, and `coal` does not cover `coalition`.

    For sectors, fuels and documents. Parameters are compared for equality: total copper is not dissolved copper.
    """
    return name == prefix or name.startswith(f"{prefix}.")


def ancestors(name: str) -> tuple[str, ...]:
    """The names above, the nearest first: `power.wind` and `power` for `power.wind.offshore`."""
    parts = name.split(".")
    return tuple(".".join(parts[:count]) for count in range(len(parts) - 1, 0, -1))


def children(prefix: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names that `prefix` covers, without itself, in their order."""
    return tuple(name for name in names if name != prefix and covers(prefix, name))
