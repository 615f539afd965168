"""Writes the committed JSON Schemas of project files and packs from the models that check them."""

from __future__ import annotations

import json
from pathlib import Path

from greenbri.rulepack.schema import pack_schema
from greenbri.sources.project import project_schema

FOLDER = Path(__file__).resolve().parent.parent / "schemas"


def main() -> None:
    """Write both files."""
    for name, schema in (("project", project_schema()), ("pack", pack_schema())):
        text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        (FOLDER / f"{name}.schema.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
