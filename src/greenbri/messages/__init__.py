"""The one catalogue of everything greenbri says, in English and Chinese.

Each `<area>.json` here holds entries of two sorts, both with an `en` and a `zh` half:

    "GRB012": {"level": "error", "en": {"message": ..., "hint": ..., "explain": {...}, "<variant>": ...}, "zh": {...}}
    "some.key": {"en": "...", "zh": "..."}

`explain` has the parts `means`, `why` and `remedy`, or is one text with these as its paragraphs. Parts of a code are
read as `GRB012.message`, `GRB012.hint`; free keys as `<area>.some.key`. An area is read when it is first needed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

LANGUAGES = ("en", "zh")
HEADINGS = ("means", "why", "remedy")

_FOLDER = os.path.dirname(__file__)
# Where to look first; a code that is not there is sought in every area.
_AREAS_OF_CODES = {
    "GRB0": ("sources",),
    "GRB1": ("project",),
    "GRB2": ("packs",),
    "GRB3": ("cli", "report"),
    "GRB4": ("quantity",),
    "GRB9": ("cli",),
}


@dataclass(frozen=True, slots=True)
class Word:
    """An argument that is itself a text of the catalogue, and so is said in the language of its sentence."""

    key: str
    args: tuple[tuple[str, object], ...] = ()


class MissingMessage(KeyError):
    """A key, or an argument of its text, that the catalogue does not have: a fault in the code, never in the input."""


@cache
def areas() -> tuple[str, ...]:
    """The names of all areas, sorted."""
    return tuple(sorted(name[:-5] for name in os.listdir(_FOLDER) if name.endswith(".json")))


@cache
def area(name: str) -> Mapping[str, Mapping[str, Any]]:
    """The entries of one area as they stand in its file."""
    import json

    try:
        with open(os.path.join(_FOLDER, f"{name}.json"), encoding="utf-8") as file:
            entries: dict[str, dict[str, Any]] = json.load(file)
    except FileNotFoundError:
        raise MissingMessage(name) from None
    return entries


def text(key: str, lang: str, /, **args: object) -> str:
    """The text for `key` in `en`, `zh` or `both`, with `args` put in its places.

    Raises `MissingMessage` for a key or an argument that is not there.
    """
    if lang == "both":
        return " / ".join(text(key, one, **args) for one in LANGUAGES)
    template = _template(key, lang)
    if template is None:
        raise MissingMessage(f"{key} ({lang})")
    try:
        return template.format_map({name: _said(value, lang) for name, value in args.items()})
    except KeyError as missing:
        raise MissingMessage(f"{key} ({lang}) needs {missing}") from None


def has(key: str) -> bool:
    """Whether the catalogue has a text for `key`."""
    try:
        return _template(key, LANGUAGES[0]) is not None
    except MissingMessage:
        return False


def codes() -> tuple[str, ...]:
    """Every diagnostic code of every area, in order."""
    return tuple(sorted(key for name in areas() for key in area(name) if _is_code(key)))


def level(code: str) -> str:
    """`error`, `warning` or `note`."""
    return str(_entry(code)["level"])


def explanation(code: str, lang: str) -> Mapping[str, str]:
    """The parts of the long explanation of `code`, by heading: `means`, `why`, `remedy`."""
    explain = _entry(code)[lang]["explain"]
    if isinstance(explain, str):
        paragraphs = [paragraph.strip() for paragraph in explain.split("\n\n") if paragraph.strip()]
        return dict(zip(HEADINGS, paragraphs, strict=False))
    return {heading: str(explain[heading]) for heading in HEADINGS if heading in explain}


def explain(code: str, lang: str) -> str:
    """What `greenbri explain CODE` prints: the message, then the explanation under its fixed headings."""
    if lang == "both":
        return "\n\n".join(explain(code, one) for one in LANGUAGES)
    message = re.sub(r"\{\w+\}", "…", _entry(code)[lang]["message"])  # without the arguments of one occasion
    blocks = [f"{code}: {message}"]
    for heading, paragraph in explanation(code, lang).items():
        blocks.append(f"{text(f'cli.explain.{heading}', lang)}\n  {paragraph}")
    return "\n\n".join(blocks)


def _said(value: object, lang: str) -> object:
    return text(value.key, lang, **dict(value.args)) if isinstance(value, Word) else value


def _template(key: str, lang: str) -> str | None:
    head, _, rest = key.partition(".")
    found = _entry(head).get(lang, {}).get(rest or "message") if _is_code(head) else area(head).get(rest, {}).get(lang)
    return found if isinstance(found, str) else None


def _entry(code: str) -> Mapping[str, Any]:
    preferred = _AREAS_OF_CODES.get(code[:4], ())
    for name in (*preferred, *(name for name in areas() if name not in preferred)):
        if name in areas() and code in area(name):
            return area(name)[code]
    raise MissingMessage(code)


def _is_code(key: str) -> bool:
    return key.startswith("GRB") and key[3:].isdigit()
