"""An observation in the unit and the state of a limit, with every step kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal, cast

from greenbri.evaluate.averaging import Inference
from greenbri.model.finding import Remark
from greenbri.model.project import Observation, Subject
from greenbri.model.rule import LimitTest
from greenbri.quantity import (
    Context,
    Conversion,
    Form,
    Incomparable,
    Quantity,
    Reference,
    Step,
    conversion,
    parse,
    parse_unit,
    to_decimal,
)

_GASES = ("stack", "boundary")


@dataclass(frozen=True, slots=True)
class Normalised:
    """Bounds of the observed quantity in the limit's unit and state; None is open.

    `alternatives` are the same bounds with Nm3 taken at 20 and 25 C, where the text did not say which was meant.
    """

    low: Fraction | None
    high: Fraction | None
    value: Fraction | None
    steps: tuple[Step, ...]
    assumptions: tuple[Remark, ...]
    alternatives: tuple[tuple[Fraction | None, Fraction | None], ...] = ()


def normalise(observation: Observation, subject: Subject, test: LimitTest, inference: Inference) -> Normalised:
    """Convert and bound. Raises Incomparable, which names each missing ingredient."""
    quantity = observation.quantity
    context = context_for(observation, subject, test)
    plan = conversion(source_form(quantity, test), target_form(test), context)
    volume = _benchmark(subject, test)
    low, high, value = _bounds(observation, plan, inference, volume, test)
    shown = quantity.value if quantity.value is not None else quantity.high
    steps = plan.steps(shown) if shown is not None else ()
    if volume is not None and shown is not None:
        steps = (*steps, volume.step(plan.apply(Fraction(shown)), test.unit))
    alternatives: list[tuple[Fraction | None, Fraction | None]] = []
    for assumption in plan.assumptions:
        if assumption.key == "normal_temperature":
            for kelvin in assumption.alternatives:
                other = conversion(
                    source_form(quantity, test), target_form(test), replace(context, normal_temperature=kelvin)
                )
                alternatives.append(_bounds(observation, other, inference, volume, test)[:2])
    remarks = tuple(
        Remark(one.message_key, tuple((name, str(value)) for name, value in one.arguments.items()))
        for one in plan.assumptions
    )
    return Normalised(low, high, value, steps, remarks, tuple(alternatives))


def source_form(quantity: Quantity, test: LimitTest) -> Form:
    """The form of the observation; what it is expressed as is the parameter's own basis unless the text says it."""
    return replace(quantity.form, species=None, basis=quantity.basis or _own_basis(test.parameter) or None)


def target_form(test: LimitTest) -> Form:
    """The form of the limit; what it is expressed as is the parameter's own basis unless the law says otherwise."""
    basis = test.basis or _own_basis(test.parameter) or None
    return Form(parse_unit(test.unit), None, basis, Reference.parse(test.reference))


def _own_basis(name: str) -> str:
    from greenbri.vocabulary import UnknownName, parameter

    try:
        return parameter(name).basis
    except UnknownName:
        return ""


def context_for(observation: Observation | None, subject: Subject, test: LimitTest) -> Context:
    """The ingredients of a conversion: what the observation, the subject, the limit and the vocabulary give."""
    from greenbri.vocabulary import UnknownName, basis_relations, fuel, parameter

    try:
        molar_mass = parameter(test.parameter).molar_mass
    except UnknownName:
        molar_mass = None
    named = subject.facts.get("fuel")
    burnt = None
    if named is not None and isinstance(named.value, str):
        try:
            burnt = fuel(named.value)
        except UnknownName:
            burnt = None
    volume = subject.specific_volume
    return Context(
        molar_mass=molar_mass,
        oxygen_in_air=test.oxygen_in_air,
        oxygen_correction=cast(Literal["always", "when_above", "never"], test.oxygen_correction),
        measured_oxygen=observation.oxygen if observation else None,
        moisture=observation.moisture if observation else None,
        f_factor=burnt.f_factor if burnt is not None else None,
        hhv_lhv_ratio=burnt.hhv_lhv_ratio if burnt is not None else None,
        heat_rate=subject.heat_rate,
        gas_volume=volume if test.medium in _GASES else None,
        water_volume=volume if test.medium == "effluent" else None,
        basis_relations=basis_relations(),
    )


def _bounds(
    observation: Observation, plan: Conversion, inference: Inference, volume: _Volume | None, test: LimitTest
) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    """Both ends and the value after conversion.

    A stated uncertainty counts as the instrument says: at face value the value alone, subtracted its lower end (IED
    validated averages), as an interval both ends.
    """
    quantity = observation.quantity

    def moved(number: Decimal | Fraction | None) -> Fraction | None:
        if number is None:
            return None
        result = plan.apply(Fraction(number))
        result = volume.apply(result) if volume is not None else result
        return test.rounding.apply(result) if test.rounding is not None else result

    if quantity.value is not None and quantity.bound is None:
        value = moved(quantity.value)
        low = high = value
        if test.uncertainty == "subtract" and quantity.low is not None:
            low = high = value = moved(quantity.interval[0])
        elif test.uncertainty == "interval" and quantity.low is not None:
            low, high = moved(quantity.interval[0]), moved(quantity.interval[1])
    else:
        value = None
        least, most = quantity.interval
        low, high = moved(least), moved(most)
    if observation.lower_bound_only:
        high = None
    return (low if inference.lower else None), (high if inference.upper else None), value


@dataclass(frozen=True, slots=True)
class _Volume:
    """Chinese benchmark volumes: a higher actual volume raises the concentration by actual over benchmark."""

    actual: Fraction
    benchmark: Fraction
    unit: str

    @property
    def factor(self) -> Fraction:
        return max(Fraction(1), self.actual / self.benchmark)

    def apply(self, value: Fraction) -> Fraction:
        return value * self.factor

    def step(self, value: Fraction, unit: str) -> Step:
        inputs: dict[str, Decimal | str] = {
            "C_actual": to_decimal(value),
            "Q_actual": to_decimal(self.actual),
            "Q_benchmark": to_decimal(self.benchmark),
        }
        formula = "C = C_actual * max(1, Q_actual / Q_benchmark)"
        return Step("benchmark_volume", formula, inputs, to_decimal(self.apply(value)), unit, "benchmark volume")


def _benchmark(subject: Subject, test: LimitTest) -> _Volume | None:
    if not test.benchmark_volume:
        return None
    benchmark = parse(test.benchmark_volume)
    actual = subject.specific_volume
    kind = "gas_volume" if test.medium in _GASES else "water_volume"
    if actual is None or actual.value is None or benchmark.value is None:
        raise Incomparable((kind,), "", test.benchmark_volume)
    plan = conversion(actual, benchmark)
    return _Volume(plan.apply(Fraction(actual.value)), Fraction(benchmark.value), str(benchmark.unit))
