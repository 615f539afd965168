"""A Markdown table, for the comment of a pull request."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from greenbri import messages
from greenbri.errors import Diagnostic, SourceText
from greenbri.report.diagnostics.printable import one_line

_SPECIAL = re.compile(r"([\\`*_\[\]()#|~!@$])")
_COLUMNS = ("level", "code", "place", "message", "remedy")


def render(diagnostics: Sequence[Diagnostic], documents: Mapping[str, SourceText], lang: str) -> str:
    """A row for each. Text from the input is escaped, so that it can neither format nor mention anybody."""
    if not diagnostics:
        return messages.text("cli.no_diagnostics", lang) + "\n"
    heads = [messages.text(f"cli.table.{name}", lang) for name in _COLUMNS]
    rows = [_row(heads), _row(["---"] * len(heads))]
    for fault in diagnostics:
        place = "" if fault.position is None else str(fault.position)
        level = messages.text(f"cli.level.{fault.level}", lang)
        told = (place, fault.message(lang), fault.remedy(lang) or "")
        rows.append(_row([level, fault.code, *(_escaped(text) for text in told)]))
    return "\n".join(rows) + "\n"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _escaped(text: str) -> str:
    plain = one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", plain)
