"""A conversion as a chain of affine operations, each with its numbers and the source of its formula.

The chain collapses to one scale and one offset, so that the same plan serves a single value and a whole column.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Context as DecimalContext
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from greenbri.quantity.numbers import PRECISION, to_decimal

if TYPE_CHECKING:
    from greenbri.quantity.quantity import Form, Quantity
    from greenbri.quantity.registry import Unit


@dataclass(frozen=True, slots=True)
class Step:
    """One operation on one value: what went in by its symbol, and the result in `unit`; decimals are not rounded."""

    operation: str
    formula: str
    inputs: dict[str, Decimal | str]
    result: Decimal
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something a conversion took for granted: a key of the catalogue with its arguments.

    `alternatives` are other values it could have had, in the terms of `Context`: temperatures in K for
    `normal_temperature`.
    """

    key: str
    arguments: Mapping[str, str] = field(default_factory=dict, hash=False)
    alternatives: tuple[Fraction, ...] = ()

    @property
    def message_key(self) -> str:
        return f"quantity.assumption.{self.key}"

    def message(self, lang: str) -> str:
        """The sentence in `en`, `zh` or `both`."""
        from greenbri import messages

        words = {name: f"quantity.word.{value}" for name, value in self.arguments.items()}
        said = {
            name: messages.Word(words[name]) if messages.has(words[name]) else value
            for name, value in self.arguments.items()
        }
        return messages.text(self.message_key, lang, **said)


@dataclass(frozen=True, slots=True)
class Operation:
    """`result = value * scale + offset` in `unit`; `symbol` is what the formula calls the value."""

    operation: str
    formula: str
    symbol: str
    inputs: Mapping[str, Fraction | str] = field(hash=False)
    scale: Fraction
    offset: Fraction
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """How a magnitude in the form `source` becomes one in the form `result`.

    `result` is the target's form, with the state that the result is really at: a component that the target does not set
    keeps the source's.
    """

    source: Form
    result: Form
    operations: tuple[Operation, ...] = ()
    assumptions: tuple[Assumption, ...] = ()

    @property
    def scale(self) -> Fraction:
        """The factor of the whole chain; always above 0."""
        scale = Fraction(1)
        for operation in self.operations:
            scale *= operation.scale
        return scale

    @property
    def offset(self) -> Fraction:
        """The constant of the whole chain, in the target's unit; 0 but for temperatures."""
        return self.apply(Fraction(0))

    def apply(self, value: Fraction) -> Fraction:
        """The magnitude `value`, exactly, in the result's unit."""
        for operation in self.operations:
            value = value * operation.scale + operation.offset
        return value

    def apply_to(self, quantity: Quantity) -> Quantity:
        """The quantity in the result's form: value, both ends and bound; decimals exact or to 34 digits."""
        form = self.result
        value = None if quantity.value is None else to_decimal(self.apply(Fraction(quantity.value)))
        low = None if quantity.low is None else to_decimal(self.apply(Fraction(quantity.low)))
        high = None if quantity.high is None else to_decimal(self.apply(Fraction(quantity.high)))
        if value is not None and quantity.high is not None and quantity.value is not None:
            # Both ends at one distance, also where 34 digits round the value and the ends apart.
            spread = to_decimal(self.scale * (Fraction(quantity.high) - Fraction(quantity.value)))
            exact = DecimalContext(prec=4 * PRECISION)
            low, high = exact.subtract(value, spread), exact.add(value, spread)
        return replace(
            quantity,
            value=value,
            low=low,
            high=high,
            unit=form.unit,
            species=form.species,
            basis=form.basis,
            reference=form.reference,
        )

    def steps(self, value: Fraction | Decimal) -> tuple[Step, ...]:
        """Every operation on `value`, with its numbers, in order; none where source and result are alike."""
        current = Fraction(value)
        steps = []
        for operation in self.operations:
            inputs: dict[str, Decimal | str] = {operation.symbol: to_decimal(current)}
            for name, number in operation.inputs.items():
                inputs[name] = number if isinstance(number, str) else to_decimal(number)
            current = current * operation.scale + operation.offset
            steps.append(
                Step(
                    operation.operation,
                    operation.formula,
                    inputs,
                    to_decimal(current),
                    operation.unit,
                    operation.source,
                )
            )
        return tuple(steps)


_CONVENTIONS = {"month": "month_length", "year": "year_length", "MPN": "count_method", "CFU": "count_method"}


class Draft:
    """A conversion in the making: operations so far, the unit they have reached, what was assumed, what is missing."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.operations: list[Operation] = []
        self.assumptions: list[Assumption] = []
        self.missing: set[str] = set()

    def operate(
        self,
        operation: str,
        formula: str,
        scale: Fraction,
        inputs: Mapping[str, Fraction | str],
        source: str,
        *,
        symbol: str = "c",
        offset: Fraction = Fraction(0),
        unit: Unit | None = None,
    ) -> None:
        """Append one operation, which leaves the value in `unit` (the present one if None)."""
        self.unit = unit or self.unit
        text = self.unit.text
        self.operations.append(Operation(operation, formula, symbol, dict(inputs), scale, offset, text, source))

    def change_unit(self, unit: Unit) -> None:
        """Bring the value to another unit of the same dimension; nothing to print if the number stays the same."""
        for convention in sorted({*self.unit.conventions} ^ {*unit.conventions}):
            self.assume(_CONVENTIONS[convention])
        scale = self.unit.factor / unit.factor
        offset = (self.unit.offset - unit.offset) / unit.factor
        if scale == 1 and offset == 0:
            self.unit = unit
            if self.operations:
                self.operations[-1] = replace(self.operations[-1], unit=unit.text)
            return
        formula = "x = x * factor" if offset == 0 else "x = x * factor + offset"
        inputs: dict[str, Fraction | str] = {"factor": scale, "from": self.unit.text, "to": unit.text}
        if offset:
            inputs["offset"] = offset
        self.operate("unit", formula, scale, inputs, "definition of the units", symbol="x", offset=offset, unit=unit)

    def assume(self, key: str, alternatives: tuple[Fraction, ...] = (), **arguments: str) -> None:
        """List an assumption once."""
        assumption = Assumption(key, arguments, alternatives)
        if assumption not in self.assumptions:
            self.assumptions.append(assumption)

    def lack(self, ingredient: str) -> None:
        """Name an ingredient that is missing; the conversion fails when the whole plan is known."""
        self.missing.add(ingredient)
