"""`greenbri convert`: one quantity in another form, with every step."""

from __future__ import annotations

import sys
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    from greenbri.quantity import BasisRelation, Context, Conversion, Form, Quantity, Reference

# What a reader needs of a result in the terminal; the JSON has every digit.
SHOWN_DIGITS = 6


def convert(
    quantity: Annotated[str, typer.Argument(help="What to convert, such as `85 mg/Nm3 SO2 @ 6 % O2, dry`.")],
    to: Annotated[str, typer.Option(help="A quantity without its number, such as `mg/Nm3 @ 7 % O2, dry, 20 C`.")],
    fuel: Annotated[str | None, typer.Option(help="Fuel, for its F-factor of EPA Method 19.")] = None,
    moisture: Annotated[str | None, typer.Option(help="Water in the wet gas, volume %: `10 %` or `10`.")] = None,
    oxygen: Annotated[str | None, typer.Option(help="Oxygen measured in the gas, volume %: `8 %` or `8`.")] = None,
    heat_rate: Annotated[str | None, typer.Option(help="Heat per output, such as `9500 kJ/kWh @ LHV, net`.")] = None,
    gas_volume: Annotated[
        str | None,
        typer.Option(help="Volume per product, such as `2300 Nm3/t @ 10 % O2, dry, 0 C`; of water `1.5 m3/t`."),
    ] = None,
    oxygen_in_air: Annotated[str, typer.Option(help="Oxygen in air of the target's law, volume %: 21 or 20.9.")] = "21",
    output_format: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Convert QUANTITY to another form and print every step with its numbers and source.

    Ends with exit code 2 where the text is no quantity, or where an ingredient is missing, which is then named together
    with the option that supplies it.
    """
    from greenbri import messages
    from greenbri.quantity import Incomparable, QuantityError, convert, parse, parse_form

    with _Texts() as texts:
        if output_format not in ("text", "json"):
            raise QuantityError("convert.format", text=texts.at("--format", output_format))
        air = _air(texts.at("--oxygen-in-air", oxygen_in_air))
        source = parse(texts.at("QUANTITY", quantity), oxygen_in_air=air)
        target = parse_form(texts.at("--to", to), oxygen_in_air=air)
        context = _context(texts, air, fuel, moisture, oxygen, heat_rate, gas_volume)
        texts.at("--oxygen", oxygen or "")
        _check_oxygen(source, context)
        texts.at("QUANTITY", quantity)
        source, target, context = _with_vocabulary(source, target, context)
        try:
            result, plan = convert(source, target, context)
        except Incomparable as error:
            remedies = [messages.text(f"quantity.remedy.{name}", "en") for name in error.missing]
            typer.echo(f"QUANTITY:1:1: {error.code} {error}; {'; '.join(remedies)}", err=True)
            raise typer.Exit(2) from None
    typer.echo(_as_json(result, plan, source) if output_format == "json" else _as_text(result, plan, source))


class _Texts:
    """Remembers which argument is being read, so that a refusal can say where it stands; leaves with exit code 2."""

    def __init__(self) -> None:
        self.name = self.text = ""

    def at(self, name: str, text: str) -> str:
        self.name, self.text = name, text
        return text

    def __enter__(self) -> _Texts:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        from greenbri.quantity import QuantityError

        if not isinstance(error, QuantityError):
            return
        start, end = error.span or (0, len(self.text))
        typer.echo(f"{self.name}:1:{start + 1}: {error.code} {error}", err=True)
        if sys.stderr.isatty() and self.text:
            carets = "^" * max(1, _width(self.text[start:end]))
            typer.echo(f"  {self.text}\n  {' ' * _width(self.text[:start])}{carets}", err=True)
        raise typer.Exit(2) from None


def _context(
    texts: _Texts,
    air: Fraction,
    fuel: str | None,
    moisture: str | None,
    oxygen: str | None,
    heat_rate: str | None,
    gas_volume: str | None,
) -> Context:
    from greenbri.quantity import Context, QuantityError, expect, parse
    from greenbri.vocabulary import UnknownName
    from greenbri.vocabulary import fuel as find_fuel

    context = Context(oxygen_in_air=air)
    if moisture is not None:
        context = replace(context, moisture=_percent(texts.at("--moisture", moisture)) / 100)
    if oxygen is not None:
        context = replace(context, measured_oxygen=_percent(texts.at("--oxygen", oxygen)))
    if heat_rate is not None:
        rate = expect(parse(texts.at("--heat-rate", heat_rate)), "kJ/kWh")
        context = replace(context, heat_rate=rate)
    if gas_volume is not None:
        volume = parse(texts.at("--gas-volume", gas_volume))
        kinds = dict(volume.unit.dimension)
        if kinds.get("gas") == 1:
            context = replace(context, gas_volume=volume)
        elif kinds.get("water") == 1:
            context = replace(context, water_volume=volume)
        else:
            raise QuantityError("convert.volume", text=gas_volume)
    if fuel is not None:
        try:
            found = find_fuel(texts.at("--fuel", fuel))
        except UnknownName as error:
            raise QuantityError("convert.unknown_name", reason=str(error)) from None
        context = replace(context, f_factor=found.f_factor, hhv_lhv_ratio=found.hhv_lhv_ratio)
    return context


def _with_vocabulary(source: Quantity, target: Form, context: Context) -> tuple[Quantity, Form, Context]:
    """Both sides by the canonical names of their species, with its molar mass and what its mass is expressed as."""
    from greenbri.quantity import BasisRelation
    from greenbri.vocabulary import UnknownName, basis_relations, molar_mass, parameter

    relations: list[BasisRelation] = list(basis_relations())
    from fractions import Fraction

    masses: dict[str, Fraction] = {}

    def known(species: str | None) -> str | None:
        if species is None:
            return None
        try:
            found = parameter(species)
        except UnknownName:
            return species
        if found.molar_mass is not None:
            masses[found.name] = found.molar_mass
        if found.basis and found.basis != found.name:
            relations.append(BasisRelation(found.name, found.basis, Fraction(1), f"{found.name} as {found.basis}"))
        return found.name

    source = replace(source, species=known(source.species))
    target = replace(target, species=known(target.species))
    for name in (target.basis, source.basis, target.species, source.species):
        mass = masses.get(name) if name is not None else None
        if name is not None and mass is None:
            try:
                mass = molar_mass(name)
            except (LookupError, ValueError):
                continue
        if mass is not None:
            context = replace(context, molar_mass=mass)
            break
    return source, target, replace(context, basis_relations=tuple(relations))


def _percent(text: str) -> Fraction:
    """`10 %` or `10`, in percent."""
    from fractions import Fraction

    from greenbri.quantity import QuantityError, parse

    found = parse(text)
    if found.value is None or found.bound is not None or found.high is not None:
        raise QuantityError("not_single", text=text)
    if found.unit.text not in ("", "%"):
        raise QuantityError("wrong_dimension", unit=found.unit.text, found=found.unit.text, like="10 %", wanted="%")
    return Fraction(found.value)


def _air(text: str) -> Fraction:
    from fractions import Fraction

    from greenbri.quantity import QuantityError

    if text.removesuffix("%").strip() not in ("21", "20.9"):
        raise QuantityError("convert.air", text=text)
    return Fraction(text.removesuffix("%").strip())


def _check_oxygen(source: Quantity, context: Context) -> None:
    """An oxygen content stated twice and differently: neither can be right for sure."""
    from greenbri.quantity import QuantityError

    stated, given = source.reference.oxygen_pct, context.measured_oxygen
    if stated is not None and given is not None and stated != given:
        raise QuantityError("convert.oxygen_twice", stated=f"{float(stated):g}", given=f"{float(given):g}")


def _as_text(result: Quantity, plan: Conversion, source: Quantity) -> str:
    lines = [f"{source} = {_rounded(result)}"]
    for number, step in enumerate(plan.steps(_stepped(source)), 1):
        inputs = ", ".join(f"{name} = {_short(value)}" for name, value in step.inputs.items())
        lines.append(f"  {number}. {step.operation}: {step.formula}")
        lines.append(f"     {inputs}: {_short(step.result)} {step.unit}   [{step.source}]")
    if plan.assumptions:
        from greenbri import messages

        lines.append(messages.text("quantity.convert.assumptions", "en"))
        lines.extend(f"  - {assumption.message('en')}" for assumption in plan.assumptions)
    return "\n".join(lines)


def _as_json(result: Quantity, plan: Conversion, source: Quantity) -> str:
    steps = [asdict(step) for step in plan.steps(_stepped(source))]
    assumptions = [
        {"key": one.key, "message": {lang: one.message(lang) for lang in ("en", "zh")}} for one in plan.assumptions
    ]
    from greenbri.report.json import dumps

    return dumps(
        {
            "value": result.value,
            "low": result.low,
            "high": result.high,
            "bound": result.bound,
            "unit": result.unit.text,
            "species": result.species,
            "basis": result.basis,
            "reference": _facts(result.reference),
            "steps": steps,
            "assumptions": assumptions,
        }
    ).rstrip("\n")


def _facts(reference: Reference) -> dict[str, object]:
    from fractions import Fraction

    from greenbri.quantity import to_decimal

    names = ("oxygen_pct", "excess_air", "moisture", "temperature_k", "pressure_kpa", "heating_value", "output")
    values = {name: getattr(reference, name) for name in names}
    return {name: to_decimal(value) if isinstance(value, Fraction) else value for name, value in values.items()}


def _stepped(source: Quantity) -> Decimal:
    """The magnitude whose way is printed: the value, or the upper end of a range."""
    number = source.value if source.value is not None else source.high
    assert number is not None
    return number


def _rounded(quantity: Quantity) -> str:
    from decimal import Decimal

    from greenbri.quantity import format_quantity

    def digits(number: Decimal | None) -> Decimal | None:
        return None if number is None else Decimal(_short(number))

    if quantity.value is not None and quantity.high is not None:
        spread = digits(quantity.high - quantity.value) or Decimal(0)
        value = digits(quantity.value) or Decimal(0)
        return format_quantity(replace(quantity, value=value, low=value - spread, high=value + spread))
    return format_quantity(
        replace(quantity, value=digits(quantity.value), low=digits(quantity.low), high=digits(quantity.high))
    )


def _short(value: Decimal | str) -> str:
    if isinstance(value, str):
        return value
    from decimal import Context as DecimalContext

    short = DecimalContext(prec=SHOWN_DIGITS).plus(value)
    if short == short.to_integral_value() and short.adjusted() < 16:
        return str(int(short))
    return format(short, "f" if short.adjusted() > -6 else "e")


def _width(text: str) -> int:
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
