"""The words of a comparison, and the cells that every printed form of it shares."""

from __future__ import annotations

from greenbri import messages
from greenbri.compare.comparison import Comparison, Normal, Own, Row
from greenbri.report.numerals import against, rounded
from greenbri.report.wording import join, languages, medium_name, parameter_name, pick

HEADINGS = ("jurisdiction", "limit", "period", "normalised", "ratio", "standing", "source", "conditions")


def say(key: str, lang: str, /, **args: object) -> str:
    """The text of `compare.<key>`; in both languages with a slash between."""
    return join(messages.text(f"compare.{key}", one, **args) for one in languages(lang))


def missing_names(names: tuple[str, ...], lang: str) -> str:
    """What is missing, by its name: an ingredient of a conversion or a fact."""
    return join(_listed(names, one) for one in languages(lang))


def _listed(names: tuple[str, ...], one: str) -> str:
    separator = messages.text("quantity.list_separator", one)
    return separator.join(_name(name, one) for name in names)


def _name(name: str, one: str) -> str:
    if messages.has(f"quantity.missing.{name}"):
        return messages.text(f"quantity.missing.{name}", one)
    from greenbri.rulepack.facts import common_facts

    known = common_facts().get(name)
    return known.question[one] if known is not None else name


def heading(key: tuple[str, str, str, str], lang: str) -> str:
    """What a column is about: the parameter, the medium, which side is bounded, and whose source."""
    subject, medium, parameter, side = key
    named = pick(parameter_name(parameter), lang)
    about = parameter if named == parameter else f"{parameter} ({named})"
    parts = [about, pick(medium_name(medium), lang)]
    if side != "most":
        if not side.startswith("most"):
            parts.append(say(f"side.{side.partition('/')[0]}", lang))
        if "/" in side:
            parts.append(say(f"measures.{side.partition('/')[2]}", lang))
    return ", ".join((*parts, subject) if subject else parts)


def form_of(rows: tuple[Row, ...]) -> str:
    """The form of a column; empty where nothing could be brought to it."""
    normal = next((row.normal for row in rows if row.normal is not None), None)
    if normal is None:
        return ""
    return f"{normal.unit} @ {normal.reference}" if normal.reference else normal.unit


def cells(row: Row, lang: str) -> tuple[str, ...]:
    """The cells of a row under HEADINGS."""
    test = row.test
    period = " ".join(part for part in ((test.period or "") if test is not None else "", row.form) if part)
    cited = row.rule.citation
    clause = f"{cited.instrument}, {cited.clause}" if cited.clause else cited.instrument
    return (
        row.pack.jurisdiction,
        row.limit.text if test is not None else say("no_limit", lang),
        period,
        normal_text(row.normal) if row.normal is not None else lacking(row, lang),
        ratio_text(row),
        say(f"standing.{standing(row)}", lang),
        f"{clause} [{say(f'status.{cited.status}', lang)}]",
        conditions(row, lang),
    )


def standing(row: Row) -> str:
    """The standing as it is printed: what may not apply is open, an alternative is a choice."""
    if row.standing == "binding" and row.normal is None:
        return "incomparable"
    if row.standing == "binding" and row.alternative:
        return "alternative"
    return row.standing


def normal_text(normal: Normal) -> str:
    """The number in the column's form, to four digits."""
    if normal.low is not None and normal.high is not None and normal.low != normal.high:
        return f"{rounded(normal.low)}-{rounded(normal.high)}"
    return rounded(normal.value)


def ratio_text(row: Row) -> str:
    """How many times looser than the strictest number, or by how many units where a ratio means nothing."""
    if row.ratio is not None:
        return f"× {against(row.ratio, 1, 3)}"
    return f"+ {rounded(row.margin, 3)}" if row.margin is not None else ""


def lacking(row: Row, lang: str) -> str:
    """Why a limit is not in the column's form."""
    return say("needs", lang, missing=missing_names(row.missing, lang)) if row.missing else ""


def conditions(row: Row, lang: str) -> str:
    """What is still open about a row: conditions, alternatives, and what implies it."""
    said = []
    if row.conditions:
        said.append(say("if", lang, conditions="; ".join(row.conditions)))
    if row.alternative:
        said.append(say("one_of", lang, group=row.alternative))
    if row.implied_by:
        said.append(say("implied_by", lang, rules=", ".join(row.implied_by)))
    return "; ".join(said)


def own_text(value: Own, lang: str) -> str:
    """A project's own figure: as stated, and in the column's form."""
    stated = " ".join(part for part in (value.text, value.period or "", value.statistic or "") if part)
    if value.normal is not None:
        return f"{stated} = {normal_text(value.normal)} {value.normal.unit}"
    return f"{stated}: {say('needs', lang, missing=missing_names(value.missing, lang))}" if value.missing else stated


def values_of(comparison: Comparison, key: tuple[str, str, str, str]) -> tuple[Own, ...]:
    """The project's figures that belong in a column."""
    return tuple(one for one in comparison.values if one.column == key)
