"""The form of project files as JSON Schema, draft 7, which editors read.

Made from the same description that the reader uses, so that the two cannot part. Where the reader knows many spellings
of a word, the schema offers the canonical ones and refuses none. Write it anew with
`python -m greenbri.sources.project.schema > schemas/project.schema.json`.
"""

from __future__ import annotations

from typing import Any

from greenbri.sources.project import figures_form as figures
from greenbri.sources.project import form, papers_form
from greenbri.sources.project.kinds import FACTS, Kind
from greenbri.sources.project.sections_form import ALIASES

SCHEMA_ID = "urn:greenbri:schema:project:1"
# A name for words that cannot stand in a reference.
_SIGNS: dict[tuple[str, ...], str] = {("<=", "<", ">=", ">"): "operator"}
_NULL = {"type": "null"}
_TEXT = {"type": ["string", "number"]}
_DAY = {"type": ["string", "number"], "pattern": r"^\d{4}(-\d{1,2}(-\d{1,2})?)?$|^[^0-9]"}
_NAMES = {
    "anyOf": [
        _TEXT,
        {"type": "object", "properties": {"en": _TEXT, "zh": _TEXT}, "additionalProperties": False, "minProperties": 1},
    ]
}
Schema = dict[str, Any]


def project_schema() -> Schema:
    """The whole schema."""
    makers: dict[int, tuple[str, Kind]] = {}
    for name, kind in _shared().items():
        makers[id(kind)] = (name, kind)
    writer = _Writer(makers)
    root = writer.mapping(form.form(), "")
    definitions = {name: writer.mapping(kind, "") for name, kind in makers.values()}
    root["properties"]["schema"] = {"enum": [1, "1"], "description": "The form of project files; 1 today."}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": SCHEMA_ID,
        "title": "greenbri project file",
        **root,
        "definitions": dict(sorted({**definitions, **writer.scalars}.items())),
    }


def _shared() -> dict[str, Kind]:
    return {
        "observation": form.observation(),
        "source": form.source(),
        "outfall": form.outfall(),
        "receptor": form.receptor(),
        "station": form.station(),
        "water_body": form.water_body(),
        "evidence": figures.EVIDENCE,
        "covers": figures.COVERS,
        "party": papers_form.PARTY,
        "document": papers_form.DOCUMENT,
        "commitment": papers_form.COMMITMENT,
        "waiver": papers_form.WAIVER,
        "action": papers_form.ACTION,
        "item": figures.ITEM,
    }


class _Writer:
    """Kinds as schemas; those of `shared` as references, scalars as references that are made on first need."""

    def __init__(self, shared: dict[int, tuple[str, Kind]]) -> None:
        self.shared = shared
        self.scalars: dict[str, Schema] = {}

    def of(self, kind: Kind, fact: str) -> Schema:
        """The schema of a value; `fact` is the dotted name under which the vocabulary may describe it."""
        if kind.type == "mapping":
            known = self.shared.get(id(kind))
            found: Schema = {"$ref": f"#/definitions/{known[0]}"} if known else self.mapping(kind, fact)
            choices = [found, *([self.of(kind.other, fact)] if kind.other is not None else []), _NULL]
            return {"anyOf": choices}
        if kind.type == "list":
            assert kind.item is not None
            item = self.of(kind.item, fact)
            return {"anyOf": [{"type": "array", "items": item}, item]}
        if kind.type == "table":
            return {"type": ["object", "null"]}
        if kind.type == "any":
            return {}
        reference = {"$ref": f"#/definitions/{self._scalar(kind)}"}
        described = _described(kind, fact)
        return {"allOf": [reference], **described} if described else reference

    def mapping(self, kind: Kind, fact: str) -> Schema:
        """The schema of a mapping with its keys."""
        prefix = f"{fact}." if fact else ""
        found: Schema = {
            "type": "object",
            "properties": {key: self.of(inner, prefix + key) for key, inner in sorted(kind.keys.items())},
            "additionalProperties": False,
        }
        if kind.required:
            found["required"] = sorted(kind.required)
        if kind.doc:
            found["description"] = kind.doc
        return found

    def _scalar(self, kind: Kind) -> str:
        """The name of the definition of a scalar."""
        values = kind.values or _words(kind.vocabulary)
        name = kind.vocabulary or _SIGNS.get(values) or "-or-".join(values) or kind.type
        if name not in self.scalars:
            plain = _plain(kind, values)
            self.scalars[name] = {}  # before its evidence, which is made of scalars too
            stated: Schema = {
                "type": "object",
                "properties": {"value": {"anyOf": plain}, "evidence": self.of(figures.EVIDENCE, ""), "note": _TEXT},
                "required": ["value"],
                "additionalProperties": False,
            }
            self.scalars[name] = {"anyOf": [*plain, *([stated] if kind.type in FACTS else []), _NULL]}
        return name


def _plain(kind: Kind, values: tuple[str, ...]) -> list[Any]:
    """What a scalar may be; canonical words are offered, and no other spelling is refused."""
    if kind.type == "flag":
        return [{"type": "boolean"}, {"enum": ["yes", "no", "unknown"]}, {"type": "string"}]
    if kind.type == "day":
        return [_DAY]
    if kind.type == "names":
        return [_NAMES]
    if kind.type == "term":
        return [*([{"enum": list(values)}] if values else []), _TEXT, {"type": "boolean"}]
    return [_TEXT]


def _described(kind: Kind, fact: str) -> Schema:
    entry = form.definitions().get(ALIASES.get(fact, fact))
    words = [str(entry["en"]), str(entry["zh"])] if entry is not None else []
    if kind.unit and kind.unit != "1":
        words.append(f"in {kind.unit}, or another unit of the same dimension")
    if kind.type == "quantity":
        words.append("number, unit and reference state: 230 mg/Nm3 @ 6 % O2, dry, 0 C")
    return {"description": "; ".join(words)} if words else {}


def _words(vocabulary: str) -> tuple[str, ...]:
    """The names to offer; countries and parameters are too many to be of help."""
    import greenbri.vocabulary as names

    if vocabulary == "sectors":
        return tuple(entry.name for entry in names.sectors())
    if vocabulary == "fuels":
        return tuple(entry.name for entry in names.fuels())
    return ()


def schema_text() -> str:
    """The schema as the text of its file."""
    import json

    return json.dumps(project_schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    import sys

    sys.stdout.write(schema_text())
