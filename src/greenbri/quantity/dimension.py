"""Dimensions: exponents over mass, length, time and so on, and over kinds that are never mixed.

Gas and water volume, heat and electricity, power of an unsaid sort, toxic equivalents of each scheme, steam, product,
organisms, decibels of each weighting are base dimensions of their own, so that no arithmetic can turn one into another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

Dimension: TypeAlias = tuple[tuple[str, int], ...]

NONE: Dimension = ()
# What a concentration can be a concentration of.
TEQ_SCHEMES = ("TEQ", "I-TEQ", "WHO-TEQ")
MATTER = frozenset(("mass", "odour", "count", "activity", *TEQ_SCHEMES))
# Decibels, pH and temperatures can be negative; nothing else can.
SIGNED = frozenset(("dB", "dB(A)", "dB(C)", "pH", "temperature"))


def dimension(exponents: Mapping[str, int] | Iterable[tuple[str, int]]) -> Dimension:
    """The canonical form: sorted, without zeros."""
    pairs = exponents.items() if isinstance(exponents, Mapping) else exponents
    return tuple(sorted((name, power) for name, power in pairs if power))


def product(*powers: tuple[Dimension, int]) -> Dimension:
    """The product of dimensions, each raised to its power."""
    total: dict[str, int] = {}
    for base, power in powers:
        for name, exponent in base:
            total[name] = total.get(name, 0) + exponent * power
    return dimension(total)


def exponent(of: Dimension, name: str) -> int:
    """The exponent of a base dimension, 0 where it does not occur."""
    return next((power for base, power in of if base == name), 0)


def without(of: Dimension, name: str) -> Dimension:
    """The dimension with one base dimension taken out."""
    return tuple(pair for pair in of if pair[0] != name)


def describe(of: Dimension) -> str:
    """A reading such as `mass / gas`, for messages."""
    above = [_power(name, power) for name, power in of if power > 0]
    below = [_power(name, -power) for name, power in of if power < 0]
    return " / ".join([" ".join(above) or "1", *below])


def _power(name: str, power: int) -> str:
    return name if power == 1 else f"{name}^{power}"
