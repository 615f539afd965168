"""What is in a report: the assessment as it is stated, and what it was made from; of JSON, PDF and HTML."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NoReturn

from greenbri.errors import InputError, Position, diagnostic
from greenbri.verify.outcome import Pages

_LARGEST = 200_000_000
_PARTS = ("project", "packs", "receipt")


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One project of a report: the stated assessment without what is embedded, what is embedded, and its pages."""

    stated: Mapping[str, Any]
    embedded: Mapping[str, Any]
    pages: Pages


def read_report(path: str | os.PathLike[str]) -> tuple[Enclosed, ...]:
    """The projects of a report file. Raises `InputError` for what is no report, or one with nothing embedded."""
    name = os.fspath(path)
    content = _content(name)
    if content.startswith(b"%PDF"):
        from greenbri.verify.paper import read_pdf

        document, pages = read_pdf(content, name)
        return (_enclosed(document, name, pages),)
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        from greenbri.verify.page import read_html

        document, pages = read_html(content, name)
        return (_enclosed(document, name, pages),)
    if head.startswith((b"{", b"[")):
        found = parsed(content, name)
        return tuple(_enclosed(one, name) for one in (found if isinstance(found, list) else [found]))
    refuse("GRB501", name)


def parsed(content: bytes | str, name: str) -> Any:
    """JSON with exact numbers; a key that is given twice is refused, because readers differ in which one they take."""
    try:
        return json.loads(
            content, parse_float=Decimal, parse_int=Decimal, parse_constant=_no_number, object_pairs_hook=_once
        )
    except (ValueError, ArithmeticError, RecursionError) as fault:
        refuse("GRB502", name, reason=str(fault).splitlines()[0] if str(fault) else type(fault).__name__)


def refuse(code: str, name: str, **args: object) -> NoReturn:
    """Raise `InputError` about the whole file."""
    raise InputError(diagnostic(code, Position(name, 1, 1, 1, 1), {"name": name, **args}))


def _enclosed(document: Any, name: str, pages: Pages | None = None) -> Enclosed:
    if not isinstance(document, dict) or "verdict" not in document or "findings" not in document:
        refuse("GRB501", name)
    embedded = document.get("embedded")
    if not isinstance(embedded, dict) or any(part not in embedded for part in _PARTS):
        refuse("GRB503", name)
    stated = {key: value for key, value in document.items() if key != "embedded"}
    return Enclosed(stated, embedded, pages or Pages())


def _content(name: str) -> bytes:
    try:
        if os.path.getsize(name) > _LARGEST:
            refuse("GRB005", name, size=f"{os.path.getsize(name) / 1e6:.1f} MB", limit=f"{_LARGEST / 1e6:.1f} MB")
        with open(name, "rb") as file:
            return file.read(_LARGEST + 1)
    except FileNotFoundError:
        refuse("GRB001", name)
    except IsADirectoryError:
        refuse("GRB002", name)
    except PermissionError:
        refuse("GRB003", name)
    except OSError as fault:
        refuse("GRB004", name, reason=fault.strerror or str(fault))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"the key {twice} is given twice")
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")
