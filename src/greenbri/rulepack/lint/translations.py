"""Texts in two languages: both there, each in its own, and with the same numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from greenbri.rulepack.lint.examined import Check, Examined, Issue, escaped
from greenbri.rulepack.lint.figures import figures

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[a-z]{4,}")


def texts(data: Any, pointer: str = "") -> Iterator[tuple[str, str, str]]:
    """Every text that is given in English and Chinese, with its address."""
    if isinstance(data, Mapping):
        english, chinese = data.get("en"), data.get("zh")
        if isinstance(english, str) and isinstance(chinese, str):
            yield pointer, english, chinese
        for key, value in data.items():
            yield from texts(value, f"{pointer}/{escaped(str(key))}")
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from texts(value, f"{pointer}/{number}")


class Untranslated(Check):
    """A Chinese text without a Chinese word, or an English one in Chinese. A bare symbol such as SO2 needs no words."""

    code = "GRB260"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        for pointer, english, chinese in texts(pack.document.data):
            if not _CHINESE.search(chinese) and _WORD.search(chinese):
                yield self.issue(f"{pointer}/zh", text=_short(chinese))
            elif len(_CHINESE.findall(english)) > len(re.findall(r"[A-Za-z]", english)):
                yield self.issue(f"{pointer}/en", text=_short(english))


class OtherNumbers(Check):
    """A translation in which a number stands that the other text lacks, while it lacks one of the other text."""

    code = "GRB261"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        for pointer, english, chinese in texts(pack.document.data):
            one, other = figures(english), figures(chinese)
            extra, lacking = sorted(other.printed - one.known), sorted(one.printed - other.known)
            if extra and lacking:
                args: dict[str, object] = {
                    "english": ", ".join(map(_shown, lacking)),
                    "chinese": ", ".join(map(_shown, extra)),
                }
                yield self.issue(f"{pointer}/zh", **args)


def _shown(number: float) -> str:
    return f"{number:g}"


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."


CHECKS: tuple[type[Check], ...] = (Untranslated, OtherNumbers)
