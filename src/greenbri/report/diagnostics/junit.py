"""JUnit XML, which every build server shows: a suite for each file, a failed case for each error."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from greenbri.errors import Diagnostic, SourceText
from greenbri.report.diagnostics.printable import one_line
from greenbri.report.diagnostics.text import render as render_text

# What XML 1.0 cannot hold in any form.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(diagnostics: Sequence[Diagnostic], documents: Mapping[str, SourceText], lang: str) -> str:
    """A file without errors is a suite with one passed case; warnings and notes are passed cases with their text."""
    suites: dict[str, list[Diagnostic]] = {name: [] for name in documents}
    for fault in diagnostics:
        suites.setdefault(fault.position.file if fault.position is not None else "greenbri", []).append(fault)
    failures = sum(fault.level == "error" for fault in diagnostics)
    tests = sum(max(1, len(faults)) for faults in suites.values())
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="greenbri" tests="{tests}" failures="{failures}" errors="0">',
    ]
    for name in sorted(suites):
        lines.extend(_suite(name, suites[name], lang))
    return "\n".join([*lines, "</testsuites>", ""])


def _suite(name: str, faults: Sequence[Diagnostic], lang: str) -> list[str]:
    failures = sum(fault.level == "error" for fault in faults)
    suite = _attribute(name)
    counts = f'tests="{max(1, len(faults))}" failures="{failures}" errors="0" skipped="0" time="0"'
    lines = [f"  <testsuite name={suite} {counts}>"]
    if not faults:
        lines.append(f'    <testcase classname={suite} name="check" time="0"/>')
    for fault in faults:
        place = fault.position
        where = f":{place.cell or f'{place.line}:{place.column}'}" if place is not None else ""
        lines.append(f'    <testcase classname={suite} name={_attribute(fault.code + where)} time="0">')
        text = _text(render_text([fault], {}, lang).rstrip("\n"))
        if fault.level == "error":
            message = _attribute(fault.message(lang))
            lines.append(f'      <failure type="{fault.code}" message={message}>{text}</failure>')
        else:
            lines.append(f"      <system-out>{text}</system-out>")
        lines.append("    </testcase>")
    return [*lines, "  </testsuite>"]


def _attribute(text: str) -> str:
    return quoteattr(_NO_XML.sub("", one_line(text)))


def _text(text: str) -> str:
    return escape(_NO_XML.sub("", text))
