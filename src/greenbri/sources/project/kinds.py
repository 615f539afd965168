"""What a value of a project file may be, as data: the one description that the reader and the JSON Schema share.

Plain objects instead of pydantic models, because `greenbri check` may take no more than 1.5 times the import of typer,
yaml and pydantic: one validated pydantic model beside typer and yaml is already beyond that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

Type = Literal[
    "text", "names", "flag", "day", "number", "money", "term", "word", "quantity", "percent", "any",
    "mapping", "table", "list",
]  # fmt: skip
# What can be stated with its evidence: `protected_area: {value: false, evidence: {...}}`.
FACTS = frozenset({"flag", "day", "number", "money", "term", "word"})


class Kind:
    """One kind of value.

    `unit` is that of a number, `values` and `vocabulary` are those of a term, `keys` of a mapping, `item` is the kind
    within a list or table (a mapping with free keys). `other` is what may stand in the place of a mapping: an
    observation beside a station with observations, a name beside a party.
    """

    __slots__ = ("doc", "item", "keys", "other", "required", "type", "unit", "values", "vocabulary")

    def __init__(
        self,
        type: Type,
        *,
        unit: str = "",
        values: Iterable[str] = (),
        vocabulary: str = "",
        keys: Mapping[str, Kind] | None = None,
        required: Iterable[str] = (),
        item: Kind | None = None,
        other: Kind | None = None,
        doc: str = "",
    ) -> None:
        self.type: Type = type
        self.unit = unit
        self.values = tuple(values)
        self.vocabulary = vocabulary
        self.keys: Mapping[str, Kind] = keys if keys is not None else {}
        self.required = tuple(required)
        self.item = item
        self.other = other
        self.doc = doc

    def chosen(self, node: object) -> Kind:
        """The kind that `node` is meant to be: this one, or the other where it fits better."""
        if self.other is None:
            return self
        if self.other.type == "mapping":
            fits = isinstance(node, Mapping) and "parameter" in node and "observations" not in node
            return self.other if fits else self
        return self if isinstance(node, Mapping) else self.other


TEXT = Kind("text")
NAMES = Kind("names")
FLAG = Kind("flag")
DAY = Kind("day")
MONEY = Kind("money", unit="USD")
WORD = Kind("word")
QUANTITY = Kind("quantity")
PERCENT = Kind("percent")
ANY = Kind("any")


def number(unit: str) -> Kind:
    """A number in `unit`, written in any unit of the same dimension."""
    return Kind("number", unit=unit)


def term(*values: str) -> Kind:
    """One of a few words; of any words where none are given."""
    return Kind("term", values=values)


def named(vocabulary: str) -> Kind:
    """A name of a vocabulary, in any spelling that it knows."""
    return Kind("term", vocabulary=vocabulary)


def many(item: Kind) -> Kind:
    """A list, or one of its items alone."""
    return Kind("list", item=item)


def table(item: Kind) -> Kind:
    """A mapping with free keys."""
    return Kind("table", item=item)


def mapping(required: Iterable[str] = (), /, *, doc: str = "", other: Kind | None = None, **keys: Kind) -> Kind:
    """A mapping with these keys and no others. A trailing underscore keeps a key apart from a word of Python."""
    plain = {key.rstrip("_"): kind for key, kind in keys.items()}
    return Kind("mapping", keys=plain, required=required, other=other, doc=doc)


def joined(base: Kind, extra: Mapping[str, Kind], required: Iterable[str] = ()) -> Kind:
    """A mapping with further keys; what both have, `base` decides."""
    merged = Kind(
        "mapping",
        keys={**extra, **base.keys},
        required=(*base.required, *required),
        other=base.other,
        doc=base.doc,
    )
    return merged
