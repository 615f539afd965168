"""The numbers that a text in English or Chinese says, in digits or in words."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = re.compile(r"(?<![A-Za-z\d])\d+(?:[  ,]\d{3})+(?![\d])|\d+(?:\.\d+)?")
_SCALED = re.compile(r"(\d+(?:[ ,]\d{3})*(?:\.\d+)?)\s*(万亿|亿|千万|百万|十万|万|千|百|million|thousand|billion)")
_SCALES = {
    "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12, "百": 1e2,
    "thousand": 1e3, "million": 1e6, "billion": 1e9,
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.IGNORECASE)
_WORDS = {
    word: float(number)
    for number, words in enumerate(
        ("zero", "one first single once", "two second both twice half halves", "three third", "four fourth quarter",
         "five fifth", "six sixth", "seven seventh", "eight eighth", "nine ninth", "ten tenth", "eleven eleventh",
         "twelve twelfth dozen")
    )
    for word in words.split()
}  # fmt: skip
_TENS = {"twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "ninety": 90.0, "hundred": 100.0}
_CHINESE = {
    sign: number
    for number, signs in enumerate(["零〇", "一", "二两双半", "三", "四", "五", "六", "七", "八", "九"])
    for sign in signs
}
_NUMERAL = re.compile("[零〇一二两双三四五六七八九十百千半]+")


# One temperature in degrees Celsius and in kelvins, one pressure rounded and not.
_SAME = (
    frozenset({0.0, 273.0, 273.15}),
    frozenset({20.0, 293.0, 293.15}),
    frozenset({25.0, 298.0, 298.15}),
    frozenset({101.3, 101.325, 1013.25}),
)


@dataclass(frozen=True)
class Figures:
    """The numbers printed in digits, and all that the text can be said to mention."""

    printed: frozenset[float]
    known: frozenset[float]


def figures(text: str) -> Figures:
    """The numbers of a text. Words count as mentioned only, since `one` and 一 are often no numbers."""
    plain = text.replace("\u00a0", " ").replace("\u202f", " ").replace("，", " ， ")
    printed: set[float] = set()
    known: set[float] = set()
    rest = plain
    for found in _SCALED.finditer(plain):
        number = float(re.sub("[ ,]", "", found[1]))
        printed.add(number * _SCALES[found[2]])
        known.update((number, number * _SCALES[found[2]]))
    rest = _SCALED.sub(" ", rest)
    for match in _DIGITS.findall(rest):
        grouped = float(re.sub("[  ,]", "", match))
        printed.add(grouped)
        known.update(float(part) for part in re.findall(r"\d+(?:\.\d+)?", match))  # `2, 100` may be two numbers
    known |= printed
    for same in _SAME:
        if known & same:
            known |= same
    known.update(_MONTHS.index(found.lower()[:3]) + 1.0 for found in _MONTH.findall(plain))
    known.update(_WORDS.get(word, _TENS.get(word, -1.0)) for word in re.findall(r"[a-z]+", plain.lower()))
    for numeral in _NUMERAL.findall(plain):
        known.update(_numerals(numeral))
    return Figures(frozenset(printed), frozenset(known))


def _numerals(numeral: str) -> set[float]:
    """The values of a Chinese numeral below a hundred, and of its signs one by one."""
    found = {float(_CHINESE[sign]) for sign in numeral if sign in _CHINESE}
    tens, ten, ones = numeral.partition("十")
    if ten and len(tens) <= 1 and len(ones) <= 1:
        found.add(float(_CHINESE.get(tens, 1) * 10 + _CHINESE.get(ones, 0)))
    if "百" in numeral:
        found.add(float(_CHINESE.get(numeral[0], 1) * 100))
    return found
