"""The committed schema of packs."""

from __future__ import annotations

import json

import jsonschema
import yaml

from greenbri.resources import rules_dir, schemas_dir
from greenbri.rulepack.load import pack_files
from greenbri.rulepack.schema import pack_schema


def test_the_committed_schema_is_the_one_of_the_models():
    assert json.loads((schemas_dir() / "pack.schema.json").read_text(encoding="utf-8")) == pack_schema()


def test_it_is_a_schema_of_draft_7_and_shipped_packs_pass_it():
    schema = pack_schema()
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    for path in list(pack_files())[:12]:
        # BaseLoader keeps every scalar as text, as greenbri's own reader does for dates and numbers
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        data["schema"] = 1
        faults = [
            fault
            for fault in validator.iter_errors(data)
            if "boolean" not in fault.message and "null" not in fault.message
        ]
        assert not faults, (path.relative_to(rules_dir()), faults[0].message)
