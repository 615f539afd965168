"""Profiles: what an institution asks beyond the law. A profile adds and tightens; it has no word for anything else.

A pack can be added, made binding or named as a benchmark, and the age of evidence can be limited. There is no key that
removes a pack, relaxes a limit or waives a rule, and a key that is not known is refused at its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, ValidationError

from greenbri.errors import InputError, UsageError, diagnostic
from greenbri.model.rule import Pack, Text
from greenbri.resources import rules_dir
from greenbri.rulepack.form import Form, TextForm

if TYPE_CHECKING:
    from greenbri.sources import Document

_NAME = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
# what an institution makes its own duty stands as one, though its issuer only recommends it
_RECOMMENDED = frozenset({"guidance", "benchmark"})


class AddedForm(Form):
    add: tuple[str, ...] = ()


class ProfileForm(Form):
    schema_: Literal["1"] = Field(alias="schema")
    profile: str = Field(pattern=_NAME.pattern)
    title: TextForm
    packs: AddedForm = AddedForm()
    binding: tuple[str, ...] = ()
    benchmarks: tuple[str, ...] = ()
    max_evidence_age: int | None = Field(default=None, ge=1)


@dataclass(frozen=True)
class Profile:
    """Packs, by id or jurisdiction: `added`, made `binding`, or `benchmarks` whose failure makes a light yellow.

    `digest` is taken over the content, as that of a pack; `document` places what is wrong.
    """

    name: str
    title: Text
    added: tuple[str, ...]
    binding: tuple[str, ...]
    benchmarks: tuple[str, ...]
    max_evidence_age: int | None
    digest: str
    document: Document = field(repr=False, compare=False)

    @property
    def named(self) -> tuple[str, ...]:
        """Every pack or jurisdiction that it names; all of them join the selection."""
        return tuple(dict.fromkeys((*self.added, *self.binding, *self.benchmarks)))

    @property
    def content(self) -> dict[str, Any]:
        """What the file says, in plain types."""
        from greenbri.vocabulary.files import plain

        content: dict[str, Any] = plain(self.document.data)
        return content

    def made_binding(self, packs: Iterable[Pack]) -> frozenset[str]:
        """The ids of the packs that it makes binding."""
        return _ids(packs, self.binding)

    def named_benchmarks(self, packs: Iterable[Pack]) -> frozenset[str]:
        """The ids of the packs that count as named benchmarks where they do not bind."""
        return _ids(packs, self.benchmarks)

    def raised(self, pack: Pack) -> Pack:
        """The pack with the force that it has here: guidance that is made binding is a duty entered into."""
        if pack.force in _RECOMMENDED and _meant(pack, self.binding):
            return replace(pack, force="commitment")
        return pack

    def refuse_unknown(self, packs: Iterable[Pack]) -> None:
        """Raise InputError, each at its place, for names that are none of `packs` or of their jurisdictions."""
        known = tuple(packs)
        faults = [
            diagnostic("GRB226", self.document.position(place), {"name": name}, pointer=place)
            for name, place in self._places()
            if not _ids(known, (name,))
        ]
        if faults:
            raise InputError(faults, self.document)

    def _places(self) -> Iterator[tuple[str, str]]:
        for names, pointer in (
            (self.added, "/packs/add"),
            (self.binding, "/binding"),
            (self.benchmarks, "/benchmarks"),
        ):
            yield from ((name, f"{pointer}/{number}") for number, name in enumerate(names))


def read_profile(name: str) -> Profile:
    """The profile of the library that goes by the name, or the one in a file.

    Raises UsageError where there is none, and InputError with the place of everything that is wrong in it.
    """
    from greenbri.sources import load_yaml

    shipped = rules_dir() / "profiles" / f"{name}.yaml"
    if _NAME.match(name) and shipped.is_file():
        return profile_of(load_yaml(shipped, f"rules/profiles/{name}.yaml"))
    if Path(name).is_file():
        return profile_of(load_yaml(Path(name)))
    raise UsageError(diagnostic("GRB225", None, {"name": name, "known": ", ".join(profiles())}))


def profiles() -> tuple[str, ...]:
    """The names of the shipped profiles."""
    return tuple(sorted(path.stem for path in (rules_dir() / "profiles").glob("*.yaml")))


def profile_of(document: Document) -> Profile:
    """The profile of a document; raises InputError with every fault of it."""
    from greenbri.rulepack.compile import content_hash
    from greenbri.sources import refused

    try:
        form = ProfileForm.model_validate(document.data)
    except ValidationError as error:
        raise refused(error, document, model=ProfileForm) from None
    return Profile(
        name=form.profile,
        title=Text(form.title.en, form.title.zh),
        added=form.packs.add,
        binding=form.binding,
        benchmarks=form.benchmarks,
        max_evidence_age=form.max_evidence_age,
        digest=content_hash(document.data),
        document=document,
    )


def _meant(pack: Pack, names: Iterable[str]) -> bool:
    """Whether one of the names is the pack's id or its jurisdiction."""
    own = (pack.id.casefold(), pack.jurisdiction.casefold(), pack.id.partition("/")[0].casefold())
    return any(name.casefold() in own for name in names)


def _ids(packs: Iterable[Pack], names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(pack.id for pack in packs if _meant(pack, names))
