"""Compiled packs as plain data, for the cache: equal parts are kept once, so a pack of a hundred rows stays small.

The form is a list of nodes; a node names its class and the numbers of the nodes of its fields. Nothing in it can run:
only the classes listed here can come out of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from greenbri.model import condition, limit, rule, text

SCHEMA = "packs 1"
_PLAIN, _TUPLE, _DICT, _FRACTION, _DATE = range(5)
_FIRST_CLASS = 5


@cache
def _classes() -> tuple[type[Any], ...]:
    """Every dataclass of the model modules of rules, in the order of their names."""
    found = {
        name: value
        for module in (condition, limit, rule, text)
        for name, value in vars(module).items()
        if isinstance(value, type) and is_dataclass(value) and value.__module__ == module.__name__
    }
    return tuple(found[name] for name in sorted(found))


def freeze(pack: rule.Pack) -> list[tuple[int, Any]]:
    """The nodes of a pack; the last one is the pack itself."""
    nodes: list[tuple[int, Any]] = []
    known: dict[tuple[int, Any], int] = {}
    numbers = {cls: number + _FIRST_CLASS for number, cls in enumerate(_classes())}

    def put(value: Any) -> int:
        if isinstance(value, bool) or value is None or type(value) in (str, int):
            # True equals 1 and hashes alike: the type keeps them apart
            node: tuple[int, Any] = (_PLAIN, value)
            key: tuple[int, Any] = (_PLAIN, (type(value).__name__, value))
        elif isinstance(value, str):
            node = key = (_PLAIN, str.__str__(value))
        elif isinstance(value, Fraction):
            node = key = (_FRACTION, (value.numerator, value.denominator))
        elif isinstance(value, date):
            node = key = (_DATE, value.toordinal())
        elif isinstance(value, (tuple, list)):
            node = key = (_TUPLE, tuple(put(part) for part in value))
        elif isinstance(value, dict):
            node = key = (_DICT, tuple((put(name), put(part)) for name, part in value.items()))
        else:
            node = key = (numbers[type(value)], tuple(put(getattr(value, field.name)) for field in fields(value)))
        place = known.get(key)
        if place is None:
            place = known[key] = len(nodes)
            nodes.append(node)
        return place

    put(pack)
    return nodes


def thaw(nodes: list[tuple[int, Any]]) -> rule.Pack:
    """The pack of its nodes. Raises ValueError for nodes that are not of a pack."""
    classes: tuple[Callable[..., Any], ...] = _classes()
    built: list[Any] = []
    append = built.append
    try:
        for kind, content in nodes:
            if kind >= _FIRST_CLASS:
                append(classes[kind - _FIRST_CLASS](*[built[place] for place in content]))
            elif kind == _PLAIN:
                append(content)
            elif kind == _TUPLE:
                append(tuple([built[place] for place in content]))
            elif kind == _FRACTION:
                append(Fraction(*content))
            elif kind == _DATE:
                append(date.fromordinal(content))
            else:
                append({built[name]: built[part] for name, part in content})
        pack = built[-1]
    except (TypeError, IndexError, KeyError, ZeroDivisionError) as fault:
        raise ValueError(f"not the nodes of a pack: {fault}") from None
    if not isinstance(pack, rule.Pack):
        raise ValueError("not the nodes of a pack")
    return pack
