"""Annotations of GitHub Actions: workflow commands on standard output."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from greenbri.errors import Diagnostic, SourceText
from greenbri.report.diagnostics.printable import one_line

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def render(diagnostics: Sequence[Diagnostic], documents: Mapping[str, SourceText], lang: str) -> str:
    """One command for each; columns only where the place is within one line, as GitHub wants it."""
    return "".join(_command(fault, lang) + "\n" for fault in diagnostics)


def _command(fault: Diagnostic, lang: str) -> str:
    properties: dict[str, object] = {}
    place = fault.position
    if place is not None:
        properties["file"] = place.file
        if place.cell is None:
            properties |= {"line": place.line, "endLine": place.end_line}
            if place.line == place.end_line:
                properties |= {"col": place.column, "endColumn": max(place.column, place.end_column - 1)}
    properties["title"] = f"{fault.code} {place.cell}" if place is not None and place.cell else fault.code
    remedy = fault.remedy(lang)
    message = one_line(fault.message(lang)) + (f" ({one_line(remedy)})" if remedy else "")
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[fault.level]} {listed}::{_data(message)}"


def _data(text: object) -> str:
    return one_line(text).replace("%", "%25")


def _property(text: object) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
