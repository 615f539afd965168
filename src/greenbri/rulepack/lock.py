"""The lock: which content of which packs a verdict was made with, so that it is made with no other.

    greenbri rules lock -o greenbri.lock
    greenbri assess --locked greenbri.lock PROJECT

A hash is taken over the content of a pack, so layout, comments and the order of keys may change and the lock holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import Field, ValidationError

from greenbri.errors import Diagnostic, InputError, diagnostic
from greenbri.model.rule import Pack
from greenbri.rulepack.form import Form

if TYPE_CHECKING:
    from greenbri.sources import Document

_HEAD = (
    "# The packs of a selection, by content. Written by `greenbri rules lock`; `assess --locked` refuses others.",
    "schema: 1",
)


class LockedForm(Form):
    id: str = Field(min_length=1)
    version: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class LockForm(Form):
    schema_: Literal["1"] = Field(alias="schema")
    packs: list[LockedForm]


@dataclass(frozen=True, slots=True)
class Locked:
    """One pack of a lock and its place in the file."""

    id: str
    version: str
    sha256: str
    pointer: str


@dataclass(frozen=True)
class Lock:
    """The packs of a lock by id, and the file they stand in."""

    packs: dict[str, Locked]
    document: Document = field(repr=False, compare=False)

    def refuse_others(self, packs: Iterable[Pack], present: Iterable[str] = ()) -> None:
        """Raise InputError for every pack that the lock has not, or has with other content.

        `present` are ids that could be selected and were not; a locked pack that is in neither is gone, and refused.
        """
        used = {pack.id: pack for pack in packs}
        faults = [fault for pack in used.values() if (fault := self._differing(pack)) is not None]
        there = frozenset(present)
        for locked in self.packs.values():
            if locked.id not in used and locked.id not in there:
                faults.append(self._fault("GRB224", locked.pointer, pack=locked.id, locked=locked.sha256))
        if faults:
            raise InputError(faults, self.document)

    def _differing(self, pack: Pack) -> Diagnostic | None:
        locked = self.packs.get(pack.id)
        if locked is None:
            return self._fault("GRB223", "/packs", pack=pack.id, version=pack.version, found=pack.sha256)
        if locked.sha256 == pack.sha256:
            return None
        return self._fault(
            "GRB222", locked.pointer, pack=pack.id, version=pack.version, found=pack.sha256, locked=locked.sha256,
            locked_version=locked.version,
        )  # fmt: skip

    def _fault(self, code: str, pointer: str, **args: object) -> Diagnostic:
        return diagnostic(code, self.document.position(pointer), args, pointer=pointer)


def lock_text(packs: Iterable[Pack]) -> str:
    """The lock of packs, in the order of their ids; equal for equal packs."""
    lines = [*_HEAD, "packs:"]
    by_id = {pack.id: pack for pack in packs}
    for name in sorted(by_id):
        pack = by_id[name]
        lines.append(f"- id: {_quoted(pack.id)}")
        lines.append(f"  version: {_quoted(pack.version)}")
        lines.append(f"  sha256: {_quoted(pack.sha256)}")
    if not by_id:
        lines[-1] = "packs: []"
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def read_lock(path: Path) -> Lock:
    """The lock in a file; raises InputError with the place of everything that is wrong in it."""
    from greenbri.sources import load_yaml

    return lock_of(load_yaml(path))


def lock_of(document: Document) -> Lock:
    """The lock of a document."""
    from greenbri.sources import refused

    try:
        form = LockForm.model_validate(document.data)
    except ValidationError as error:
        raise refused(error, document, model=LockForm) from None
    packs: dict[str, Locked] = {}
    faults: list[Diagnostic] = []
    for number, one in enumerate(form.packs):
        pointer = f"/packs/{number}/sha256"
        if one.id in packs:
            place = f"/packs/{number}/id"
            faults.append(diagnostic("GRB228", document.position(place), {"pack": one.id}, pointer=place))
        packs[one.id] = Locked(one.id, one.version, one.sha256, pointer)
    if faults:
        raise InputError(faults, document)
    return Lock(packs, document)
