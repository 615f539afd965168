from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from greenbri.sources.project import form
from greenbri.sources.project.schema import project_schema, schema_text
from greenbri.sources.project.starter import starter
from greenbri.sources.yaml_events import load_yaml
from greenbri.vocabulary import sectors

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "schemas" / "project.schema.json"


@pytest.fixture(scope="module")
def validator() -> Draft7Validator:
    return Draft7Validator(project_schema())


def test_the_schema_is_draft_7() -> None:
    schema = project_schema()
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(schema)
    assert "$defs" not in schema and "prefixItems" not in json.dumps(schema)


def test_the_committed_schema_is_fresh() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(), "python -m greenbri.sources.project.schema > " + str(
        SCHEMA
    )


def test_every_reference_of_the_schema_leads_somewhere() -> None:
    schema = project_schema()

    def references(node: Any) -> set[str]:
        if isinstance(node, dict):
            own = {node["$ref"]} if "$ref" in node else set()
            return own.union(*(references(value) for value in node.values()))
        return set().union(*(references(value) for value in node)) if isinstance(node, list) else set()

    assert {name.removeprefix("#/definitions/") for name in references(schema)} <= set(schema["definitions"])


def test_every_fact_of_the_vocabulary_has_a_place_in_the_form(validator: Draft7Validator) -> None:
    for name, entry in form.definitions().items():
        if name.startswith(("plant.", "receptor.")):
            continue
        kind = form.observation() if entry["of"] == "observation" else form.form()
        if name in kind.keys:
            continue
        for step in name.split("."):
            assert step in kind.keys, name
            kind = kind.keys[step]


@pytest.mark.parametrize("sector", [entry.name for entry in sectors()])
def test_the_starter_of_every_sector_fits_the_schema(validator: Draft7Validator, sector: str) -> None:
    text = "\n".join(line[2:] if line.startswith("# ") and "$schema" not in line else line
                     for line in starter(sector, "KH").splitlines())  # fmt: skip
    assert [error.message for error in validator.iter_errors(_plain(load_yaml(text.encode()).data))] == []


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.name)
def test_the_examples_fit_the_schema(validator: Draft7Validator, path: Path) -> None:
    assert [error.message for error in validator.iter_errors(_plain(load_yaml(path).data))] == []


@pytest.mark.parametrize(
    "change",
    [
        {"sitee": {}},
        {"site": {"protected_aera": True}},
        {"sources": [{"id": "s"}]},
        {"commitments": [{"parameter": "SO2"}]},
        {"country": None},
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(validator: Draft7Validator, change: dict[str, Any]) -> None:
    good = {"schema": 1, "id": "x", "country": "KH", "sector": "power.coal"}
    assert validator.is_valid(good)
    data = {key: value for key, value in {**good, **change}.items() if value is not None}
    assert not validator.is_valid(data)


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    return str.__str__(node) if isinstance(node, str) else node
