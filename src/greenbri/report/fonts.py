"""The shipped fonts: making them the only ones of a report, and knowing what they cover."""

from __future__ import annotations

import json
import os
import threading
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from greenbri.resources import templates_dir

LATIN = "Greenbri Sans"
CHINESE = "Greenbri Sans SC"

# Fontconfig reads the environment, which threads share.
_ENVIRONMENT = threading.RLock()


def fonts_dir() -> Path:
    """The folder of the shipped font files, their licence, coverage and fontconfig file."""
    return templates_dir() / "fonts"


@contextmanager
def only_shipped_fonts() -> Iterator[None]:
    """Let documents written inside this block use the shipped fonts and no others.

    WeasyPrint loads fontconfig anew for each document, so the variables are put back
    afterwards: a program that uses this library keeps its own fonts.
    """
    with _ENVIRONMENT, ExitStack() as undo:
        undo.enter_context(_variable("FONTCONFIG_FILE", str(fonts_dir() / "fonts.conf")))
        undo.enter_context(_variable("FONTCONFIG_PATH", None))
        undo.enter_context(_variable("FONTCONFIG_SYSROOT", None))
        if not _font_cache_is_writable():
            # Fontconfig would complain on stderr for every document.
            temporary = undo.enter_context(TemporaryDirectory(prefix="greenbri-fonts-"))
            undo.enter_context(_variable("XDG_CACHE_HOME", temporary))
        yield


@contextmanager
def _variable(name: str, value: str | None) -> Iterator[None]:
    """Set an environment variable, or unset it with None, and put it back."""
    before = os.environ.pop(name, None)
    if value is not None:
        os.environ[name] = value
    try:
        yield
    finally:
        os.environ.pop(name, None)
        if before is not None:
            os.environ[name] = before


def _font_cache_is_writable() -> bool:
    """Make the folder that `fonts.conf` names as cache, unless there is no home to hold it."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = Path(home, "fontconfig")
    try:
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)


class CodePoints:
    """A set of code points, kept as sorted runs."""

    def __init__(self, runs: str) -> None:
        """Read runs as `coverage.json` writes them: `20-7E A0 3001-3003`, hexadecimal and in order."""
        pairs = [run.partition("-") for run in runs.split()]
        self._first = [int(first, 16) for first, _, _ in pairs]
        self._last = [int(last or first, 16) for first, _, last in pairs]

    def __contains__(self, code: int) -> bool:
        index = bisect_right(self._first, code) - 1
        return index >= 0 and code <= self._last[index]


@cache
def coverage() -> Mapping[str, CodePoints]:
    """What each shipped family covers in every one of its faces."""
    text = (fonts_dir() / "coverage.json").read_text(encoding="ascii")
    return MappingProxyType({family: CodePoints(runs) for family, runs in json.loads(text).items()})


def uncovered(text: str) -> set[str]:
    """The characters of `text` that no shipped font can draw.

    Line breaks, tabs and invisible characters of format (joiners, direction marks, variation
    selectors) need no glyph; other control characters do not belong in a report, and count.
    """
    families = coverage().values()
    return {
        character
        for character in set(text)
        if not any(ord(character) in codes for codes in families) and not _is_invisible(character)
    }


def _is_invisible(character: str) -> bool:
    variation_selector = "\ufe00" <= character <= "\ufe0f"
    return character in "\t\n\r" or variation_selector or unicodedata.category(character) in ("Cf", "Zl", "Zp")
