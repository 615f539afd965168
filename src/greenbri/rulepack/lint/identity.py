"""Ids, versions and files: what must stay the same while the law's text is worked on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from greenbri.model.rule import Pack
from greenbri.rulepack.lint.examined import Check, Examined, Issue, escaped

_PACK = re.compile(r"^[a-z]{2,12}(?:-[a-z0-9]{1,3})?/[a-z0-9]+(?:[.-][a-z0-9]+)*$")
_WORD = re.compile(r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$")
_FACT = re.compile(r"^[a-z]{2,12}(?:\.[a-z0-9_]+)+$")
_VERSION = re.compile(r"^\d+\.\d+\.\d+$")
_LONGEST = 40


class IdStyle(Check):
    """An id that is no short word: it is typed by people, and never changes again."""

    code = "GRB263"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        form = pack.form
        if not _PACK.match(form.pack):
            yield self.issue("/pack", id=form.pack)
        for pointer, text in self._words(pack):
            if not _WORD.match(text) or len(text) > _LONGEST:
                yield self.issue(pointer, id=text)
        for name in form.facts:
            if not _FACT.match(name):
                yield self.at_key(f"/facts/{escaped(name)}", id=name)

    @staticmethod
    def _words(pack: Examined) -> Iterator[tuple[str, str]]:
        form = pack.form
        for pointer, table in pack.tables():
            yield f"{pointer}/id", table.id
            for number, row in enumerate(table.rows):
                if row:
                    yield f"{pointer}/rows/{number}/0", str(row[0])
            yield from ((f"{pointer}/forms/{number}/id", one.id) for number, one in enumerate(table.forms))
        for number, requirement in enumerate(form.requirements):
            yield f"/requirements/{number}/id", requirement.id
        for number, scheme in enumerate(form.classifications):
            yield f"/classifications/{number}/id", scheme.id
            yield f"/classifications/{number}/scheme", scheme.scheme


class IdTwice(Check):
    """A table, requirement or scheme with the id of another one, or a pack with that of another file."""

    code = "GRB264"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        seen: dict[str, str] = {}
        form = pack.form
        parts: tuple[tuple[str, Sequence[object]], ...] = (
            ("limits", form.limits), ("requirements", form.requirements), ("classifications", form.classifications),
        )  # fmt: skip
        for name, listed in parts:
            for number, part in enumerate(listed):
                pointer, own = f"/{name}/{number}/id", str(getattr(part, "id", ""))
                first = seen.setdefault(own, pointer)
                if first != pointer:
                    yield self.issue(pointer, (first, "lint.related.first_id"), id=own)

    def compare(self, packs: Sequence[Examined], library: Sequence[Pack]) -> Iterator[tuple[Examined, Issue]]:
        seen: dict[str, Examined] = {}
        for one in packs:
            if seen.setdefault(one.pack.id, one) is not one:
                yield one, self.issue("/pack", id=one.pack.id)


class WrongPlace(Check):
    """A pack whose id is not that of its file: cases, readings and references would not find it."""

    code = "GRB265"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        name = pack.form.pack.rpartition("/")[2]
        folder = pack.form.pack.partition("/")[0]
        if pack.path.stem != name:
            yield self.issue("/pack", id=pack.form.pack, file=pack.path.name)
        elif _in_library(pack) and pack.path.parent.name != folder:
            yield self.issue("/pack", id=pack.form.pack, file=f"{pack.path.parent.name}/{pack.path.name}")


def _in_library(pack: Examined) -> bool:
    """Only a library has a folder for each jurisdiction; a pack of one's own may lie anywhere."""
    return (pack.path.parent.parent / "vocabulary").is_dir()


class UnrecordedVersion(Check):
    """A version that the list of changes does not explain, or that is no version."""

    code = "GRB266"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        form = pack.form
        if not _VERSION.match(form.version) or form.version not in {change.version for change in form.changes}:
            yield self.issue("/version", version=form.version)


CHECKS: tuple[type[Check], ...] = (IdStyle, IdTwice, WrongPlace, UnrecordedVersion)
