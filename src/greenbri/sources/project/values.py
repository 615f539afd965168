"""Scalars of a project file as values: days, numbers in the unit of their fact, yes and no, words of vocabularies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from greenbri.sources.project import words
from greenbri.sources.project.faults import Faults, Path
from greenbri.sources.project.kinds import Kind
from greenbri.sources.project.structure import text_of

Value = str | bool | date | Fraction | tuple[str, ...]
_YES = frozenset({"true", "yes", "y", "是", "有"})
_NO = frozenset({"false", "no", "n", "none", "否", "无"})
# What says that nothing is known; it is the same as leaving the key out.
_UNKNOWN = frozenset({"unknown", "not stated", "not known", "n/a", "tbd", "?", "未知", "不详", "待定"})
_PLAIN = re.compile(r"^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$")
_DAY = re.compile(r"^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$")
_DAY_LIKE = re.compile(r"^(\d{4})[./年](\d{1,2})[./月](\d{1,2})日?$")
_MONEY = re.compile(
    r"^(?P<before>[A-Z]{3}|US\$|\$|€|£|¥)?\s*(?P<number>[+-]?\d[\d,]*(?:\.\d+)?(?:[eE][+-]?\d{1,3})?)\s*"
    r"(?P<scale>thousand|million|billion|k|m|mn|bn|万|亿)?\s*(?P<after>[A-Z]{3}|美元|人民币|元|欧元)?$"
)
_GROUPED = re.compile(r"^[+-]?\d{1,3}(?:,\d{3})*(?:\.\d+)?$")
_SCALES = {
    "k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9,
    "万": 10**4, "亿": 10**8,
}  # fmt: skip
_CURRENCIES = {
    "US$": "USD",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "CNY",
    "美元": "USD",
    "人民币": "CNY",
    "元": "CNY",
    "欧元": "EUR",
}
# Units in which a bare number can only be meant; everywhere else the unit must be written.
_BARE = frozenset({"1", "%", "h/yr", "p.e."})
Precision = Literal["day", "first", "last"]


def is_unknown(node: Any) -> bool:
    """Whether the value says that it is not known."""
    text = text_of(node)
    return text is None or text.casefold() in _UNKNOWN


def read_day(node: Any, path: Path, faults: Faults, precision: Precision = "day") -> date | None:
    """The day; where `precision` allows it, the first or last day of a month or year."""
    text = text_of(node)
    if text is None or text.casefold() in _UNKNOWN:
        return None
    match = _DAY.match(text)
    if match is None:
        other = _DAY_LIKE.match(text)
        close = "-".join((other[1], other[2].zfill(2), other[3].zfill(2))) if other else ""
        faults.add("GRB121", path, {"value": text, "close": close}, variant="close" if other else None)
        return None
    year, month, day = int(match[1]), match[2], match[3]
    if day is None and precision == "day":
        faults.add("GRB122", path, {"value": text})
        return None
    try:
        if day is not None:
            return date(year, int(month), int(day))
        first = date(year, int(month or 1), 1)
        return first if precision == "first" else _last(first, whole_year=month is None)
    except ValueError:
        faults.add("GRB120", path, {"value": text})
        return None


def _last(first: date, *, whole_year: bool) -> date:
    if whole_year:
        return date(first.year, 12, 31)
    from calendar import monthrange

    return first.replace(day=monthrange(first.year, first.month)[1])


def read_flag(node: Any, path: Path, faults: Faults) -> bool | None:
    """Yes or no."""
    if isinstance(node, bool):
        return node
    text = text_of(node)
    if text is None or text.casefold() in _UNKNOWN:
        return None
    if text.casefold() in _YES:
        return True
    if text.casefold() in _NO:
        return False
    faults.add("GRB123", path, {"value": text})
    return None


def read_number(node: Any, unit: str, path: Path, faults: Faults, *, exact: bool = True) -> Fraction | None:
    """The number in `unit`, from any unit of the same dimension; `exact` where `path` is the place of the very text."""
    from greenbri.quantity import QuantityError

    text = text_of(node)
    if text is None or text.casefold() in _UNKNOWN:
        return None
    if _PLAIN.match(text):
        if unit not in _BARE:
            faults.add("GRB110", path, {"value": text, "unit": unit})
            return None
        number = Fraction(text)
        if number < 0:
            faults.quantity(QuantityError("negative", value=text), path, exact=False)
            return None
        return number
    try:
        return magnitude(text, unit)
    except QuantityError as error:
        faults.quantity(error, path, exact=exact)
        return None


def magnitude(text: str, unit: str) -> Fraction:
    """The magnitude of a quantity in `unit`. Raises `QuantityError` for text that is none, or of another dimension."""
    from greenbri.quantity import QuantityError, as_power, expect, parse, parse_unit

    quantity = parse(text)
    if unit == "1":
        if quantity.unit.dimension:
            raise QuantityError(
                "wrong_dimension", unit=quantity.unit.text, found=quantity.unit.text, like="1", wanted="a plain number"
            )
        target = None
    else:
        target = parse_unit(unit)
        if unit in ("MWth", "MWe"):
            quantity = as_power(quantity, "thermal" if unit == "MWth" else "electrical")
        elif unit == "MW" and quantity.unit.text.endswith("We"):
            target = parse_unit("MWe")  # the fact says itself that it is electrical
        if unit == "h/yr" and quantity.unit.dimension == parse_unit("h").dimension:
            target = parse_unit("h")  # hours are hours of a year here
        expect(quantity, target.text)
    if quantity.value is None or quantity.bound is not None:
        raise QuantityError("no_number", text=text)
    base = Fraction(quantity.value) * quantity.unit.factor + quantity.unit.offset
    return base if target is None else (base - target.offset) / target.factor


def read_money(node: Any, path: Path, faults: Faults) -> Fraction | None:
    """An amount in US dollars; another currency is kept in the file and not compared, because rates are not known."""
    text = text_of(node)
    if text is None or text.casefold() in _UNKNOWN:
        return None
    match = _MONEY.match(text)
    currency = (match["before"] or match["after"]) if match else None
    if match is None or currency is None or ("," in match["number"] and not _GROUPED.match(match["number"])):
        faults.add("GRB111", path, {"value": text})
        return None
    currency = _CURRENCIES.get(currency, currency)
    if currency != "USD":
        faults.add("GRB112", path, {"value": text, "currency": currency})
        return None
    return Fraction(match["number"].replace(",", "")) * _SCALES.get(match["scale"] or "", 1)


def read_share(node: Any, path: Path, faults: Faults) -> Fraction | None:
    """A share in percent: `60 %` or `60`."""
    return read_number(node, "%", path, faults)


def read_term(node: Any, name: str, kind: Kind, path: Path, faults: Faults) -> str | None:
    """A word that the fact `name` may take, in its canonical spelling."""
    from greenbri.vocabulary import UnknownName

    text = text_of(node)
    if text is None or (text.casefold() in _UNKNOWN and text not in kind.values):
        return None
    if kind.vocabulary:
        try:
            return in_vocabulary(kind.vocabulary, text)
        except UnknownName as error:
            faults.unknown(error, path)
            return None
    if not kind.values:
        return text
    spellings = {words.slug(value): value for value in kind.values}
    found = words.canonical(text, words.TERMS.get(name, {})) or spellings.get(words.slug(text))
    if found is None:
        meant = words.nearest(text, kind.values)
        args = {"value": text, "known": ", ".join(kind.values), "close": meant or ""}
        faults.add("GRB042", path, args, variant="close" if meant else None)
    return found


def in_vocabulary(vocabulary: str, text: str) -> str:
    """The canonical name; raises `UnknownName`."""
    import greenbri.vocabulary as names

    if vocabulary == "countries":
        return names.country(text).code
    if vocabulary == "sectors":
        return names.sector(text).name
    if vocabulary == "fuels":
        return names.fuel(text).name
    if vocabulary == "documents":
        return names.document_type(text).name
    return names.parameter(text).name


def read_word(node: Any, name: str, path: Path, faults: Faults) -> str | None:
    """A word of the trade; prose is a warning, because no condition of a rule could ever recognise it."""
    text = text_of(node)
    if text is None or text.casefold() in _UNKNOWN:
        return None
    found = words.word(name, text)
    if found is None:
        known = words.names(words.WORDS.get(name, {}))
        faults.add("GRB113", path, {"value": text, "known": ", ".join(known)}, variant=None if known else "none")
    return found


def read_value(node: Any, name: str, kind: Kind, path: Path, faults: Faults, *, exact: bool = True) -> Value | None:
    """The value of a fact by its kind; None where nothing is stated, or something is wrong and noted."""
    if kind.type == "flag":
        return read_flag(node, path, faults)
    if kind.type == "day":
        return read_day(node, path, faults)
    if kind.type == "number":
        return read_number(node, kind.unit, path, faults, exact=exact)
    if kind.type == "money":
        return read_money(node, path, faults)
    if kind.type == "term":
        return read_term(node, name, kind, path, faults)
    if kind.type == "word":
        return read_word(node, name, path, faults)
    return text_of(node)


def name_in(node: Any, lang: str) -> str:
    """A text in one language, the other where there is none."""
    if isinstance(node, Mapping):
        return text_of(node.get(lang)) or text_of(node.get("en" if lang == "zh" else "zh")) or ""
    return text_of(node) or ""
