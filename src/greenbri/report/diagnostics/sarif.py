"""SARIF 2.1.0, for code-scanning services and editors."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from greenbri import __version__, messages
from greenbri.errors import Diagnostic, Position, SourceText
from greenbri.report.diagnostics.printable import one_line

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(diagnostics: Sequence[Diagnostic], documents: Mapping[str, SourceText], lang: str) -> str:
    """One run, with every code of the catalogue as a rule and every diagnostic as a result."""
    codes = messages.codes()
    ordinals = {code: ordinal for ordinal, code in enumerate(codes)}
    prints = _fingerprints(diagnostics, documents)
    run = {
        "tool": {
            "driver": {
                "name": "greenbri",
                "version": __version__,
                "semanticVersion": __version__,
                "language": "zh-CN" if lang == "zh" else "en-US",
                "rules": [_rule(code, lang) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(fault, ordinals[fault.code], mark, lang) for fault, mark in zip(diagnostics, prints, strict=True)
        ],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str, lang: str) -> dict[str, Any]:
    parts = messages.explanation(code, "zh" if lang == "zh" else "en")
    text = messages.explain(code, lang)
    short = text.splitlines()[0].removeprefix(f"{code}: ")
    return {
        "id": code,
        "shortDescription": {"text": short},
        "fullDescription": {"text": parts.get("means", short)},
        "help": {"text": text},
        "defaultConfiguration": {"level": messages.level(code)},
    }


def _result(fault: Diagnostic, ordinal: int, fingerprint: str, lang: str) -> dict[str, Any]:
    remedy = fault.remedy(lang)
    message = one_line(fault.message(lang)) + (f" ({one_line(remedy)})" if remedy else "")
    result: dict[str, Any] = {
        "ruleId": fault.code,
        "ruleIndex": ordinal,
        "level": fault.level,
        "message": {"text": message},
        "partialFingerprints": {"greenbri/v1": fingerprint},
    }
    if fault.position is not None:
        result["locations"] = [_location(fault.position, fault.pointer)]
    if fault.related:
        result["relatedLocations"] = [
            {"id": count, **_location(related.position, None), "message": {"text": one_line(related.message(lang))}}
            for count, related in enumerate(fault.related, 1)
        ]
    return result


def _location(place: Position, pointer: str | None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.file)}}
    logical = place.cell or pointer
    if place.cell is None:
        physical["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        }
    location: dict[str, Any] = {"physicalLocation": physical}
    if logical:
        location["logicalLocations"] = [{"fullyQualifiedName": one_line(logical)}]
    return location


def _uri(file: str) -> str:
    """A relative reference stays relative, so that the repository is found wherever it is checked out."""
    path = quote(file.removeprefix("./"), safe="/", errors="surrogateescape")
    return f"file://{path}" if path.startswith("/") else path


def _fingerprints(diagnostics: Sequence[Diagnostic], documents: Mapping[str, SourceText]) -> list[str]:
    """What stays the same when lines move: code, file, address and the text of the line; equal ones are counted."""
    seen: Counter[str] = Counter()
    prints = []
    for fault in diagnostics:
        place = fault.position
        document = documents.get(place.file) if place is not None else None
        line = document.line(place.line) if document is not None and place is not None else None
        facts = [fault.code, place.file if place else "", fault.pointer or "", place.cell or "" if place else ""]
        digest = hashlib.sha256("\0".join([*facts, (line or "").strip()]).encode("utf-8", "surrogatepass")).hexdigest()
        seen[digest] += 1
        prints.append(f"{digest[:32]}:{seen[digest]}")
    return prints
