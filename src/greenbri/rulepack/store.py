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

SCHEMA = "packs 2"
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
    # parts are shared all over a pack; while it lives, an identity is as good as a value and quicker
    seen: dict[int, int] = {}
    numbers = {cls: (number + _FIRST_CLASS, names_of(cls)) for number, cls in enumerate(_classes())}

    def put(value: Any) -> int:
        kind = type(value)
        plain = value is None or kind in (str, int, bool)
        if not plain and (place := seen.get(id(value))) is not None:
            return place
        node: tuple[int, Any]
        key: tuple[int, Any]
        if plain:
            node = (_PLAIN, value)
            key = (_PLAIN, (kind, value))  # True equals 1 and hashes alike: the type keeps them apart
        elif kind in numbers:
            number, names = numbers[kind]
            node = key = (number, tuple([put(getattr(value, name)) for name in names]))
        elif kind in (tuple, list):
            node = key = (_TUPLE, tuple([put(part) for part in value]))
        elif kind is Fraction:
            node = key = (_FRACTION, (value.numerator, value.denominator))
        elif kind is dict:
            node = key = (_DICT, tuple([(put(name), put(part)) for name, part in value.items()]))
        elif isinstance(value, date):
            node = key = (_DATE, value.toordinal())
        else:
            return put(str.__str__(value))  # the reader's own kind of text; anything else fails here
        place = known.get(key)
        if place is None:
            place = known[key] = len(nodes)
            nodes.append(node)
        if not plain:
            seen[id(value)] = place
        return place

    put(pack)
    return nodes


def names_of(cls: type[Any]) -> tuple[str, ...]:
    """The names of a dataclass's fields, in the order of its arguments."""
    return tuple(field.name for field in fields(cls))


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
