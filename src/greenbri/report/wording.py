"""Words in the language of a report: from the catalogue, from texts in two languages, from the vocabularies."""

from __future__ import annotations

from collections.abc import Callable

from greenbri import messages
from greenbri.model.finding import Finding, Remark
from greenbri.model.rule import Text

# The order of a report in both: its readers are Chinese institutions, their partners read the second language.
_LANGUAGES = {"en": ("en",), "zh": ("zh",), "both": ("zh", "en")}


def languages(lang: str) -> tuple[str, ...]:
    """The languages that `en`, `zh` or `both` stands for, the first one leading."""
    return _LANGUAGES[lang]


def say(key: str, lang: str, /, **args: object) -> str:
    """The text of `report.<key>`; in both languages with a slash between, once where they are alike."""
    return join(messages.text(f"report.{key}", one, **args) for one in languages(lang))


def pick(text: Text, lang: str) -> str:
    """A text of the model."""
    return join(text[one] for one in languages(lang))


def join(texts: object) -> str:
    """Texts in several languages on one line, without repeating equal ones."""
    return " / ".join(dict.fromkeys(text for text in texts if text))  # type: ignore[attr-defined]


def remark(note: Remark, one: str) -> str:
    """A remark in one language. A text that is missing shows as its key: a bare key beats no report."""
    try:
        return messages.text(note.key, one, **dict(note.args))
    except messages.MissingMessage:
        return f"{note.key} ({', '.join(f'{name}: {value}' for name, value in note.args)})"


def both(said: Callable[[str], str]) -> Text:
    """A text in both languages from a function of the language."""
    return Text(said("en"), said("zh"))


def parameter_name(name: str) -> Text:
    """What a parameter is called; its symbol where the vocabulary does not know it."""
    from greenbri.vocabulary import UnknownName, parameter

    try:
        known = parameter(name)
    except UnknownName:
        return Text(name, name)
    return Text(known.en, known.zh)


def medium_name(name: str) -> Text:
    """What a medium is called: stack gas, effluent, ambient air."""
    key = f"report.medium.{name}"
    if not messages.has(key):
        return Text(name, name)
    return Text(messages.text(key, "en"), messages.text(key, "zh"))


def country_name(code: str) -> Text:
    """What a country or a body such as WBG is called."""
    from greenbri.vocabulary import UnknownName, jurisdiction

    try:
        known = jurisdiction(code)
    except UnknownName:
        return Text(code, code)
    return Text(known.en, known.zh)


def sector_name(name: str) -> Text:
    """What a sector is called."""
    from greenbri.vocabulary import UnknownName, sector

    try:
        known = sector(name)
    except UnknownName:
        return Text(name, name)
    return Text(known.en, known.zh)


def status_key(finding: Finding) -> str:
    """The status as a report tells it: an indicative pass is not a plain one, and not yet due is not unknown."""
    if finding.status == "pass" and finding.indicative:
        return "indicative"
    return "not_due" if finding.cause == "not_due" else finding.status


def decided(status: str) -> str:
    """The status of a deciding finding as a report tells it: a pass decides only where it is not proven."""
    return "indicative" if status == "pass" else status


def heading(finding: Finding) -> Text:
    """What a finding is about, in a few words: the parameter, or the title of the duty."""
    if finding.parameter:
        return Text(finding.parameter, finding.parameter)
    return finding.title if finding.title is not None else Text(finding.rule, finding.rule)
