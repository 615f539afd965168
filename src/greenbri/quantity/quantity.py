"""What a quantity is: magnitude, unit, species and basis, and the state of reference it is stated at."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from greenbri.quantity.dimension import describe, dimension, exponent
from greenbri.quantity.errors import QuantityError
from greenbri.quantity.numbers import format_decimal
from greenbri.quantity.reference import Reference, check_reference, format_reference
from greenbri.quantity.registry import Unit, symbols

Bound = Literal["<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Form:
    """A quantity without its number: what something is expressed in, such as `mg/Nm3 NOx as NO2 @ 6 % O2, dry`.

    `species` is what is measured, `basis` what it is expressed as. Raises `QuantityError` for a state that means
    nothing for the unit.
    """

    unit: Unit
    species: str | None = None
    basis: str | None = None
    reference: Reference = field(default_factory=Reference)

    def __post_init__(self) -> None:
        if self.reference:
            check_reference(self.unit, self.reference)

    def __str__(self) -> str:
        return format_form(self)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A magnitude with all that gives it a meaning.

    One of four shapes: a value; a value with its uncertainty (`value`, and `low` and `high` at equal distance); a range
    (`low` and `high`, no `value`); a bound (`value`, with `bound` the sign before it: `<` for a non-detect).
    Magnitudes are exact decimals in `unit`. Raises `QuantityError` for a negative magnitude of a unit that has none, a
    temperature below absolute zero, ends in the wrong order, or a state that means nothing for the unit.
    """

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bound: Bound | None
    unit: Unit
    species: str | None = None
    basis: str | None = None
    reference: Reference = field(default_factory=Reference)

    def __post_init__(self) -> None:
        numbers = [number for number in (self.value, self.low, self.high) if number is not None]
        if any(not number.is_finite() for number in numbers):
            raise QuantityError("not_finite", text=", ".join(map(str, numbers)))
        if not numbers or (self.low is None) != (self.high is None) or (self.bound and self.value is None):
            raise QuantityError("no_number", text="")
        if self.low is not None and self.high is not None:
            ends = Fraction(self.low), Fraction(self.high)
            if ends[0] > ends[1] or (self.value is not None and sum(ends) != 2 * Fraction(self.value)):
                raise QuantityError("range_order", low=self.low, high=self.high)
        if self.bound is not None and self.low is not None:
            raise QuantityError("bound_of_range", text=f"{self.bound} {self.value}")
        # The lower end of an uncertainty may lie below zero; the magnitude itself may not.
        least = self.low if self.value is None else self.value
        if least is not None:
            check_magnitude(Fraction(least), self.unit)
        if self.reference:
            check_reference(self.unit, self.reference)

    @property
    def form(self) -> Form:
        """The quantity without its number."""
        return Form(self.unit, self.species, self.basis, self.reference)

    @property
    def interval(self) -> tuple[Decimal | None, Decimal | None]:
        """The least and greatest magnitude it can have, both inclusive; None is no end.

        `< 5` is (0, 5), or (None, 5) in a unit that can be negative; `> 5` is (5, None).
        """
        floor = None if self.unit.signed else Decimal(0)
        if self.bound in ("<", "<="):
            return floor, self.value
        if self.bound is not None:
            return self.value, None
        if self.low is None:
            return self.value, self.value
        return (self.low if floor is None else max(self.low, floor)), self.high

    def __str__(self) -> str:
        return format_quantity(self)


def check_magnitude(value: Fraction, unit: Unit, span: tuple[int, int] | None = None) -> None:
    """Raise `QuantityError` for a magnitude that the unit's dimension cannot have."""
    if value < 0 and not unit.signed:
        raise QuantityError("negative", span=span, value=f"{format_decimal(Decimal(str(float(value))))} {unit.text}")
    if unit.dimension == dimension({"temperature": 1}) and value * unit.factor + unit.offset < 0:
        raise QuantityError("below_absolute_zero", span=span, value=f"{float(value):g} {unit.text}")


def expect(quantity: Quantity, like: str) -> Quantity:
    """`quantity` if it has the dimension of the unit `like`. Raises `QuantityError` (wrong dimension) if not."""
    from greenbri.quantity.unit_text import parse_unit

    wanted = parse_unit(like)
    if quantity.unit.dimension != wanted.dimension:
        raise QuantityError(
            "wrong_dimension",
            unit=quantity.unit.text or "1",
            found=describe(quantity.unit.dimension),
            like=like,
            wanted=describe(wanted.dimension),
        )
    return quantity


def as_power(quantity: Quantity, kind: Literal["thermal", "electrical"]) -> Quantity:
    """`MW` read as `MWth` or `MWe`, where a field or a column says which it is; anything else is returned unchanged."""
    if exponent(quantity.unit.dimension, "power") != 1 or len(quantity.unit.dimension) != 1:
        return quantity
    unit = symbols().get(quantity.unit.text + ("th" if kind == "thermal" else "e"))
    return quantity if unit is None else replace(quantity, unit=unit)


def format_form(form: Form) -> str:
    """The form as text that parses back to an equal form."""
    said = [form.unit.text]
    if form.species is not None:
        said.append(form.species)
    if form.basis is not None:
        said.append(f"as {form.basis}")
    if form.reference:
        said.append(f"@ {format_reference(form.reference)}")
    return " ".join(word for word in said if word)


def format_quantity(quantity: Quantity) -> str:
    """The quantity as text that parses back to an equal quantity; ASCII but for the sign of an uncertainty."""
    value, low, high = quantity.value, quantity.low, quantity.high
    if value is None:
        assert low is not None and high is not None
        joint = "-" if low >= 0 else " to "
        number = f"{format_decimal(low)}{joint}{format_decimal(high)}"
    else:
        number = format_decimal(value)
        if high is not None:
            number += f" ± {format_decimal(_exact_difference(high, value))}"
    if quantity.bound is not None:
        number = f"{quantity.bound} {number}"
    return f"{number} {format_form(quantity.form)}".rstrip()


def _exact_difference(high: Decimal, value: Decimal) -> Decimal:
    """`high - value` without the rounding of the surrounding decimal context."""
    from decimal import Context

    return Context(prec=200).subtract(high, value)
