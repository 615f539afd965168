"""One line each: `file:line:column: CODE message`, what scripts, editors and pipes read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from greenbri.errors import Diagnostic, SourceText
from greenbri.report.diagnostics.printable import one_line


def render(diagnostics: Sequence[Diagnostic], documents: Mapping[str, SourceText], lang: str) -> str:
    """The message with its remedy, never wrapped; without a place where there is none."""
    return "".join(_line(fault, lang) + "\n" for fault in diagnostics)


def _line(fault: Diagnostic, lang: str) -> str:
    place = f"{fault.position}: " if fault.position is not None else ""
    remedy = fault.remedy(lang)
    return one_line(f"{place}{fault.code} {fault.message(lang)}" + (f" ({remedy})" if remedy else ""))
