"""Finding an entry by any of its names: canonical, synonym, English or Chinese."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar, cast
from unicodedata import normalize

Status = Literal["verified", "secondary", "recalled"]
Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact of a vocabulary stands, and whether it was read there."""

    clause: str
    url: str
    status: Status


def source_of(row: Mapping[str, Any]) -> Source:
    """The source that a row of data states; what says nothing of its status is recalled."""
    return Source(str(row.get("clause", "")), str(row.get("url", "")), cast(Status, row.get("status", "recalled")))


class UnknownName(LookupError):
    """No entry has that name. `suggestions` are canonical names that look alike, the likeliest first."""

    def __init__(self, name: str, suggestions: tuple[str, ...] = (), *, vocabulary: str = "") -> None:
        super().__init__(name, suggestions)
        self.name = name
        self.suggestions = suggestions
        self.vocabulary = vocabulary

    def __str__(self) -> str:
        likely = f"; did you mean {', '.join(self.suggestions)}?" if self.suggestions else ""
        return f"{self.name!r} is not in the vocabulary {self.vocabulary or '(unnamed)'}{likely}"


class AmbiguousName(UnknownName):
    """Several entries go by that name, which law uses for different things; `suggestions` are all of them."""

    def __str__(self) -> str:
        return f"{self.name!r} may be {' or '.join(self.suggestions)}"


def folded(name: str) -> str:
    """A spelling without the differences that do not matter: case, width, sub- and superscripts, spacing."""
    plain = name if name.isascii() else normalize("NFKC", name)
    return " ".join(plain.casefold().split())


class Table(Generic[Entry]):
    """The entries of one vocabulary; each is built when it is asked for, the index of spellings when one is needed."""

    def __init__(
        self, vocabulary: str, rows: Mapping[str, Mapping[str, Any]], build: Callable[[str, Mapping[str, Any]], Entry]
    ):
        self.vocabulary = vocabulary
        self.rows = rows
        self._build = build
        self._entries: dict[str, Entry] = {}
        self._exact: dict[str, str] = {}
        self._folded: dict[str, tuple[str, ...]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self.rows

    def __iter__(self) -> Iterator[Entry]:
        return (self.entry(name) for name in self.rows)

    def entry(self, name: str) -> Entry:
        """The entry of a canonical name."""
        found = self._entries.get(name)
        if found is None:
            found = self._entries[name] = self._build(name, self.rows[name])
        return found

    def find(self, spelling: str, choose: Callable[[Mapping[str, Any]], bool] | None = None) -> Entry:
        """The entry that goes by `spelling`: exactly so, or else but for case and width.

        `choose` picks among several entries that share a spelling. Raises `UnknownName` or `AmbiguousName`.
        """
        if spelling in self.rows:
            return self.entry(spelling)
        if not self._exact:
            self._index()
        if spelling in self._exact:
            return self.entry(self._exact[spelling])
        names = self._folded.get(folded(spelling), ())
        if len(names) > 1 and choose is not None:
            names = tuple(name for name in names if choose(self.rows[name])) or names
        if len(names) == 1:
            return self.entry(names[0])
        if names:
            raise AmbiguousName(spelling, names, vocabulary=self.vocabulary)
        raise UnknownName(spelling, self._close(spelling), vocabulary=self.vocabulary)

    def _index(self) -> None:
        exact = self._exact
        several: dict[str, tuple[str, ...]] = {}
        for name, row in self.rows.items():
            own = [name, row["en"], row["zh"], *row.get("synonyms", ())]
            if "alpha3" in row:
                own.append(row["alpha3"])
            exact.update(dict.fromkeys(own, name))
            for spelling in (*own, *row.get("shared", ())):
                key = folded(spelling)
                known = several.get(key, ())
                if name not in known:
                    several[key] = (*known, name)
        self._folded = several

    def _close(self, spelling: str) -> tuple[str, ...]:
        from difflib import get_close_matches

        near: dict[str, None] = {}
        for match in get_close_matches(folded(spelling), self._folded, n=5, cutoff=0.7):
            near.update(dict.fromkeys(self._folded[match]))
        return tuple(near)[:3]
