"""The committed schema of packs."""

from __future__ import annotations

import json

import jsonschema

from greenbri.resources import rules_dir, schemas_dir
from greenbri.rulepack.load import pack_files
from greenbri.rulepack.schema import pack_schema
from greenbri.sources import Number, load_yaml


def test_the_committed_schema_is_the_one_of_the_models():
    assert json.loads((schemas_dir() / "pack.schema.json").read_text(encoding="utf-8")) == pack_schema()


def test_it_is_a_schema_of_draft_7_and_shipped_packs_pass_it():
    schema = pack_schema()
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    for path in list(pack_files())[:12]:
        data = {**_as_editors_read(load_yaml(path).data), "schema": 1}
        faults = list(validator.iter_errors(data))
        assert not faults, (path.relative_to(rules_dir()), faults[0].message)


def _as_editors_read(node):
    """Bare numbers as numbers, which greenbri itself keeps as text to keep them exact."""
    if isinstance(node, dict):
        return {key: _as_editors_read(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_as_editors_read(value) for value in node]
    if isinstance(node, Number):
        return int(node) if node.isdigit() else float(node)
    return node
