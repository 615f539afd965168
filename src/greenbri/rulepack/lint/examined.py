"""A pack file under examination, and what a check finds in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from greenbri.model.rule import AlternativeTest, FactDefinition, LimitTest, Pack, Rule
from greenbri.rulepack.form import PackForm, TableForm
from greenbri.sources import Document
from greenbri.sources.positions import Prefer


@dataclass(frozen=True)
class Issue:
    """A finding: the code of its kind, the address in the file, the arguments of the message.

    `related` are further addresses in the same file, each with the key of its label.
    """

    code: str
    pointer: str
    args: Mapping[str, object] = field(default_factory=dict)
    prefer: Prefer = "value"
    related: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Examined:
    """A file as far as it could be read: its text always, its form and its rules where they hold."""

    path: Path
    document: Document
    form: PackForm
    pack: Pack
    common: Mapping[str, FactDefinition]

    @cached_property
    def facts(self) -> dict[str, FactDefinition]:
        """The facts that conditions may name, by name."""
        return {**self.common, **{fact.name: fact for fact in self.pack.facts}}

    @cached_property
    def limits(self) -> tuple[LimitRule, ...]:
        """Every limit, members of groups one by one, with its place in the tables."""
        return tuple(self._limits())

    def _limits(self) -> Iterator[LimitRule]:
        for rule in self.pack.rules:
            members = rule.test.members if isinstance(rule.test, AlternativeTest) else (rule,)
            for member in members:
                if isinstance(member.test, LimitTest):
                    steps = member.pointer.split("/")
                    yield LimitRule(member, member.test, int(steps[2]), int(steps[4]), int(steps[5]))

    def tables(self) -> Iterator[tuple[str, TableForm]]:
        """The tables with their addresses."""
        for number, table in enumerate(self.form.limits):
            yield f"/limits/{number}", table


@dataclass(frozen=True)
class LimitRule:
    """A limit and the table, row and column that it stands in."""

    rule: Rule
    test: LimitTest
    table: int
    row: int
    column: int

    @property
    def row_pointer(self) -> str:
        """The address of its row."""
        return f"/limits/{self.table}/rows/{self.row}"


def escaped(key: str) -> str:
    """A key as a step of a JSON pointer."""
    return key.replace("~", "~0").replace("/", "~1")


class Check:
    """One check. Subclasses say what they look at: each pack for itself, or all packs together."""

    code: ClassVar[str]

    def examine(self, pack: Examined) -> Iterator[Issue]:
        """What is wrong with one pack."""
        yield from ()

    def compare(self, packs: Sequence[Examined], library: Sequence[Pack]) -> Iterator[tuple[Examined, Issue]]:
        """What is wrong between packs; `library` are those of the shipped library, wherever the others come from."""
        yield from ()

    def issue(self, pointer: str, *related: tuple[str, str], **args: object) -> Issue:
        """A finding of this check at a value."""
        return Issue(self.code, pointer, args, related=related)

    def at_key(self, pointer: str, *related: tuple[str, str], **args: object) -> Issue:
        """A finding of this check at a key, because the value is long or absent."""
        return Issue(self.code, pointer, args, "key", related)
