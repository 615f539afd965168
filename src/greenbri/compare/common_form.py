"""The form of a column, and a limit brought there with every step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from greenbri.compare.comparison import Normal
from greenbri.evaluate.normalise import context_for, target_form
from greenbri.evaluate.numbers import decimal_text
from greenbri.model.finding import Remark
from greenbri.model.project import Observation, Subject
from greenbri.model.rule import Citation, LimitTest
from greenbri.quantity import (
    Context,
    Conversion,
    Form,
    Incomparable,
    QuantityError,
    Reference,
    Step,
    conversion,
    format_reference,
    parse_form,
    parse_unit,
)

_GASES = frozenset({"stack", "boundary"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """The form that was asked for, and what is known of the gas beside the facts of its source."""

    unit: str = ""
    reference: str = ""
    moisture: Fraction | None = None
    oxygen: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """A number in the form of its column, or what is missing for that."""

    normal: Normal | None
    missing: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    remarks: tuple[Remark, ...] = ()


def form_of_column(tests: Iterable[LimitTest], wanted: Wanted) -> Form | None:
    """The form that the limits of a column are brought to: as asked for, else the one that most of them have."""
    listed = list(tests)
    if not listed:
        return None
    usual = Counter((test.unit, test.reference) for test in listed).most_common(1)[0][0]
    example = next(test for test in listed if (test.unit, test.reference) == usual)
    if wanted.unit:
        asked = parse_form(wanted.unit)
        state = Reference.parse(wanted.reference) if wanted.reference else asked.reference
        return Form(
            asked.unit, None, asked.basis or target_form(example).basis, state if _of_gas(asked) else Reference()
        )
    if wanted.reference and example.medium in _GASES and example.kind != "removal":
        units = Counter(test.unit for test in listed if _is_concentration(test.unit))
        unit = parse_unit(_normal(units.most_common(1)[0][0]) if units else "mg/Nm3")
        return Form(unit, None, target_form(example).basis, Reference.parse(wanted.reference))
    concentrations = [test for test in listed if _is_concentration(test.unit)]
    if example.medium in _GASES and concentrations and example.kind != "removal":
        # a concentration in a stated state is what rates and loads can be brought to, and not the other way round
        full = _fullest(concentrations)
        best = Counter((test.unit, test.reference) for test in full).most_common(1)[0][0]
        example = next(test for test in full if (test.unit, test.reference) == best)
    return target_form(example)


def _fullest(tests: list[LimitTest]) -> list[LimitTest]:
    """Those with oxygen in their state, else those with any state: what a form leaves out is not corrected."""
    states = [(Reference.parse(test.reference), test) for test in tests]
    with_oxygen = [test for state, test in states if state.oxygen_pct is not None or state.excess_air is not None]
    return with_oxygen or [test for state, test in states if state] or tests


def _of_gas(form: Form) -> bool:
    return form.unit.gaseous or bool({name for name, _ in form.unit.dimension} & {"heat", "electricity"})


def _is_concentration(unit: str) -> bool:
    parts = dict(parse_unit(unit).dimension)
    return parts.get("gas") == -1 and not {"heat", "electricity", "time"} & set(parts)


def _normal(unit: str) -> str:
    """Nm3 for m3: the state that was asked for says the rest."""
    return f"{unit[:-2]}Nm3" if unit.endswith("/m3") else unit


def bring(
    low: Fraction | None, high: Fraction | None, test: LimitTest, target: Form, subject: Subject, wanted: Wanted, *,
    cited: Citation,
) -> Brought:  # fmt: skip
    """The ends of a limit in the form of its column, with the constants of the limit's own instrument.

    A limit is restated, not measured: the oxygen of its state is corrected whatever the instrument says of readings.
    """
    context = replace(context_for(None, subject, test), oxygen_correction="always")
    if wanted.moisture is not None:
        context = replace(context, moisture=wanted.moisture)
    if wanted.oxygen is not None:
        context = replace(context, measured_oxygen=wanted.oxygen)
    judging = low if high is None or test.operator in (">=", ">") else high
    if judging is None:
        return Brought(None)
    plan = _plan(target_form(test), target, context)
    if isinstance(plan, tuple):
        return Brought(None, plan)
    source = f"{cited.instrument}, {decimal_text(test.oxygen_in_air)} % oxygen in air"
    steps = tuple(replace(step, source=source) if step.operation == "oxygen" else step for step in plan.steps(judging))
    remarks = list(_assumed(plan))
    if test.oxygen_correction == "when_above" and any(step.operation == "oxygen" for step in steps):
        remarks.append(Remark("compare.remark.when_above"))
    normal = Normal(
        plan.apply(judging),
        target.unit.text,
        format_reference(plan.result.reference),
        plan.apply(low) if low is not None else None,
        plan.apply(high) if high is not None else None,
    )
    return Brought(normal, (), steps, tuple(remarks))


def bring_value(observation: Observation, test: LimitTest, target: Form, subject: Subject, wanted: Wanted) -> Brought:
    """A figure of a project in the form of its column; `test` is a limit of that column."""
    from greenbri.evaluate.normalise import source_form

    quantity = observation.quantity
    context = replace(context_for(observation, subject, test), oxygen_correction="always")
    if context.moisture is None and wanted.moisture is not None:
        context = replace(context, moisture=wanted.moisture)
    if context.measured_oxygen is None and wanted.oxygen is not None:
        context = replace(context, measured_oxygen=wanted.oxygen)
    plan = _plan(source_form(quantity, test), target, context)
    if isinstance(plan, tuple):
        return Brought(None, plan)
    shown = quantity.value if quantity.value is not None else quantity.high
    if shown is None:
        return Brought(None)
    ends = [plan.apply(Fraction(end)) if end is not None else None for end in quantity.interval]
    normal = Normal(
        plan.apply(Fraction(shown)), target.unit.text, format_reference(plan.result.reference), ends[0], ends[1]
    )
    return Brought(normal, (), plan.steps(shown), tuple(_assumed(plan)))


def _plan(source: Form, target: Form, context: Context) -> Conversion | tuple[str, ...]:
    try:
        return conversion(source, target, context)
    except Incomparable as error:
        return error.missing
    except QuantityError:
        return ("oxygen",)  # a state that cannot be, such as more oxygen in the dry gas than in air


def _assumed(plan: Conversion) -> Iterable[Remark]:
    for one in plan.assumptions:
        yield Remark(one.message_key, tuple((name, str(value)) for name, value in one.arguments.items()))
