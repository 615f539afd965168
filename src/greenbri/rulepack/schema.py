"""The JSON Schema of a pack file, for editors."""

from __future__ import annotations

from typing import Any

_DRAFT_7 = "http://json-schema.org/draft-07/schema#"


def pack_schema() -> dict[str, Any]:
    """The schema of a pack, draft 7, from the models that check it."""
    from greenbri.rulepack.form import PackForm

    schema = PackForm.model_json_schema(by_alias=True, ref_template="#/definitions/{model}")
    schema["definitions"] = schema.pop("$defs", {})
    loosened: dict[str, Any] = _numbers_allowed(schema)
    loosened["properties"]["schema"] = {"enum": [1, "1"]}
    return {"$schema": _DRAFT_7, **loosened, "title": "greenbri rule pack"}


def _numbers_allowed(node: Any) -> Any:
    """YAML's bare numbers and dates are read as text, so a text field admits them in the file."""
    if isinstance(node, list):
        return [_numbers_allowed(part) for part in node]
    if not isinstance(node, dict):
        return node
    made = {key: _numbers_allowed(value) for key, value in node.items()}
    if made.get("type") == "string" and "enum" not in made and "const" not in made:
        made["type"] = ["string", "number"]
    return made
