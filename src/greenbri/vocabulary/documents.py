"""Documents, permits, plans and records that rules ask for and projects show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast

from greenbri.vocabulary.lookup import Table
from greenbri.vocabulary.trees import covers

DocumentKind = Literal["assessment", "permit", "plan", "record", "agreement"]


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A type of document; `serves_as` names those in whose place some host laws use this one."""

    name: str
    en: str
    zh: str
    kind: DocumentKind
    serves_as: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()


def document_type(name: str) -> DocumentType:
    """The type that goes by `name`; raises `UnknownName` with suggestions."""
    return _table().find(name)


def document_types() -> tuple[DocumentType, ...]:
    """Every type, in the order of the file."""
    return tuple(_table())


def serves(shown: str, wanted: str) -> bool:
    """Whether a document of type `shown` can stand for `wanted`: an integrated permit for a discharge permit."""
    return covers(wanted, shown) or wanted in document_type(shown).serves_as


@cache
def _table() -> Table[DocumentType]:
    from greenbri.vocabulary.files import read

    return Table("documents", read("documents")["documents"], _document_type)


def _document_type(name: str, row: Mapping[str, Any]) -> DocumentType:
    return DocumentType(
        name=name,
        en=row["en"],
        zh=row["zh"],
        kind=cast(DocumentKind, row["kind"]),
        serves_as=tuple(row.get("serves_as", ())),
        synonyms=tuple(row.get("synonyms", ())),
    )
