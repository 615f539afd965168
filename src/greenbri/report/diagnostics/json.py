"""JSON: every fact of a diagnostic, with its message in both languages."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from greenbri.errors import Diagnostic, Position, SourceText
from greenbri.messages import LANGUAGES
from greenbri.report.diagnostics.printable import one_line

SCHEMA_VERSION = "1.0"


def render(diagnostics: Sequence[Diagnostic], documents: Mapping[str, SourceText], lang: str) -> str:
    """An object with the list `diagnostics`; `lang` is of no account, because both languages are there."""
    content = {"schema_version": SCHEMA_VERSION, "diagnostics": [record(fault) for fault in diagnostics]}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def record(fault: Diagnostic) -> dict[str, Any]:
    """One diagnostic as plain data. A place that is not known is null."""
    return {
        "code": fault.code,
        "level": fault.level,
        "message": {lang: one_line(fault.message(lang)) for lang in LANGUAGES},
        "remedy": {lang: one_line(fault.remedy(lang)) for lang in LANGUAGES} if fault.hint is not None else None,
        **_place(fault.position),
        "path": one_line(fault.pointer) if fault.pointer is not None else None,
        "related": [
            {"message": {lang: one_line(related.message(lang)) for lang in LANGUAGES}, **_place(related.position)}
            for related in fault.related
        ],
    }


def _place(position: Position | None) -> dict[str, Any]:
    if position is None:
        return dict.fromkeys(("file", "line", "column", "end_line", "end_column", "cell"))
    return {
        "file": one_line(position.file),
        "line": position.line,
        "column": position.column,
        "end_line": position.end_line,
        "end_column": position.end_column,
        "cell": position.cell,
    }
