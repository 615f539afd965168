"""What is wrong with a quantity as text, and what is missing where two quantities cannot be compared.

Both carry facts only: a key of the catalogue in `messages/quantity.json`, its arguments, a stable code. The words are
looked up when somebody asks for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# Every ingredient a conversion can lack, in the order in which it is asked for.
INGREDIENTS: Final = (
    "dimension",
    "species_relation",
    "oxygen",
    "moisture",
    "temperature",
    "pressure",
    "molar_mass",
    "f_factor",
    "heating_value",
    "heat_rate",
    "output_basis",
    "gas_volume",
    "water_volume",
)


class QuantityError(ValueError):
    """A text is no quantity, or says something that cannot be.

    `message_key` is a key of the message catalogue and `arguments` fill its places; `span` is the (start, end) of the
    culprit in the text, counted in characters, end exclusive; `hint` is what to type instead, or None; `code` is the
    diagnostic code (GRB4xx).
    """

    def __init__(
        self,
        message_key: str,
        *,
        span: tuple[int, int] | None = None,
        hint: str | None = None,
        **arguments: object,
    ) -> None:
        self.message_key = f"quantity.{message_key}"
        self.code = _CODES.get(message_key, "GRB407")
        self.span = span
        self.hint = hint
        self.arguments: Mapping[str, object] = arguments
        super().__init__(self.message_key, arguments)

    def message(self, lang: str) -> str:
        """The sentence, with the hint if there is one, in `en`, `zh` or `both`."""
        from greenbri import messages

        sentence = messages.text(self.message_key, lang, **self.arguments)
        if self.hint is None:
            return sentence
        return messages.text("quantity.with_hint", lang, sentence=sentence, hint=self.hint)

    def __str__(self) -> str:
        return self.message("en")

    def shifted(self, offset: int) -> QuantityError:
        """The same error about a text of which this one was the part from `offset` on."""
        if self.span is not None:
            self.span = (self.span[0] + offset, self.span[1] + offset)
        return self


class Incomparable(ValueError):
    """A quantity cannot be brought to a form: `missing` names every absent ingredient by its key in `INGREDIENTS`.

    `source` and `target` are the two forms as text.
    """

    message_key = "quantity.incomparable"
    code = "GRB406"

    def __init__(self, missing: tuple[str, ...], source: str, target: str) -> None:
        self.missing = tuple(name for name in INGREDIENTS if name in missing)
        self.source = source
        self.target = target
        self.arguments: Mapping[str, object] = {"source": source, "target": target}
        super().__init__(self.missing, source, target)

    def message(self, lang: str) -> str:
        """The sentence with what is missing, in `en`, `zh` or `both`."""
        from greenbri import messages

        if lang == "both":
            return " / ".join(self.message(one) for one in messages.LANGUAGES)
        separator = messages.text("quantity.list_separator", lang)
        names = separator.join(messages.text(f"quantity.missing.{name}", lang) for name in self.missing)
        return messages.text(self.message_key, lang, missing=names, **self.arguments)

    def __str__(self) -> str:
        return self.message("en")


_CODES = {
    "no_number": "GRB401",
    "not_finite": "GRB401",
    "ambiguous_separator": "GRB401",
    "spaced_digits": "GRB401",
    "superscript_power": "GRB401",
    "number_out_of_range": "GRB401",
    "unknown_unit": "GRB402",
    "ambiguous_unit": "GRB402",
    "unit_with_species": "GRB402",
    "unknown_condition": "GRB403",
    "ambiguous_condition": "GRB403",
    "condition_twice": "GRB403",
    "condition_conflict": "GRB403",
    "condition_not_applicable": "GRB403",
    "condition_without_at": "GRB403",
    "negative": "GRB404",
    "below_absolute_zero": "GRB404",
    "oxygen_of_air": "GRB404",
    "excess_air_range": "GRB404",
    "moisture_range": "GRB404",
    "pressure_range": "GRB404",
    "not_positive": "GRB404",
    "wrong_dimension": "GRB405",
}
