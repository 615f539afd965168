"""The words of a page in one language or both: every run carries its language, the second one is set in grey."""

from __future__ import annotations

from markupsafe import Markup

from greenbri import messages
from greenbri.model.finding import Remark
from greenbri.model.rule import Text
from greenbri.report.diagnostics.printable import one_line
from greenbri.report.pages import notation
from greenbri.report.wording import languages, remark


class Voice:
    """What the templates call to say anything."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.codes = languages(lang)
        self.main = self.codes[0]
        # The tag of the document; a Chinese run without a script could be drawn with Japanese shapes.
        self.tag = {"zh": "zh-Hans", "en": "en"}[self.main]

    def say(self, key: str, **args: object) -> Markup:
        """The text of `report.<key>`."""
        return self.words(Text(*(messages.text(f"report.{key}", one, **args) for one in ("en", "zh"))))

    def plain(self, key: str, **args: object) -> str:
        """The same without markup, for attributes and bookmarks."""
        return " / ".join(dict.fromkeys(messages.text(f"report.{key}", one, **args) for one in self.codes))

    def words(self, text: Text) -> Markup:
        """A text of the model; in both languages the second one follows the first in grey."""
        if self.lang == "zh" and text.zh:
            return notation.prose(one_line(text.zh), "zh") if notation.is_chinese(text.zh) else self.run(text.zh)
        said = list(dict.fromkeys(one_line(text[one]) for one in self.codes if text[one]))
        if len(said) == 1:
            return self.run(said[0])
        shown = []
        for number, one in enumerate(self.codes):
            name = Markup(' class="second"') if number else ""
            shown.append(
                Markup('<span lang="{}"{}>{}</span>').format(_TAGS[one], name, notation.marked(one_line(text[one])))
            )
        return Markup(" ").join(shown)

    def run(self, text: str) -> Markup:
        """A text in a language of its own, as a citation or a name: tagged where it is not the page's."""
        text = one_line(text)
        own = "zh" if notation.is_chinese(text) else "en"
        shown = notation.marked(text)
        if own == self.main or not any(character.isalpha() for character in text):
            return shown
        return Markup('<span lang="{}">{}</span>').format(_TAGS[own], shown)

    def quantity(self, text: str) -> Markup:
        """A figure with its unit and state."""
        text = one_line(text)
        shown = notation.quantity(text, self.lang)
        if self.main == "en" or not any(character.isalpha() for character in text) or notation.is_chinese(shown):
            return shown
        return Markup('<span lang="en">{}</span>').format(shown)

    def remark(self, note: Remark) -> Markup:
        """A remark of a finding."""
        return self.words(Text(remark(note, "en"), remark(note, "zh")))

    def code(self, text: str) -> Markup:
        """An identifier, a path or a formula: as it is, breakable at its joints."""
        return Markup('<code lang="en">{}</code>').format(notation.broken(one_line(text)))


_TAGS = {"zh": "zh-Hans", "en": "en"}
