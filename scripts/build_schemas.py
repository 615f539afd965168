"""Writes the committed JSON Schemas of project files and packs from the models that check them."""

from __future__ import annotations

import json
from pathlib import Path

from greenbri.rulepack.schema import pack_schema
from greenbri.sources.project.schema import schema_text

FOLDER = Path(__file__).resolve().parent.parent / "schemas"


def main() -> None:
    """Write both files."""
    pack = json.dumps(pack_schema(), ensure_ascii=False, indent=2) + "\n"
    for name, text in (("project", schema_text()), ("pack", pack)):
        (FOLDER / f"{name}.schema.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
