"""The quantity of a reading, in the terms that a limit has."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from greenbri.model.rule import Form
from greenbri.proving.reading_file import ReadValueForm
from greenbri.quantity import QuantityError, Reference, Unit, parse
from greenbri.rulepack.cells import parse_form
from greenbri.rulepack.problems import CellError

_NO_LIMIT = frozenset({"none", "no limit"})
_UNSET = frozenset({"none", "-", ""})
_KELVIN = Fraction(1, 5)  # 273 K and 0 C are one temperature in law
_KILOPASCAL = Fraction(1, 10)  # so are 101.3 and 101.325 kPa
_DOUBLE = Fraction(25, 1000)
_SAME_PERIOD = {"quarter": "3month", "day": "24h", "hour": "1h", "annual": "year", "daily": "24h", "hourly": "1h"}
_NORMAL = Reference.parse("0 C, 101.325 kPa")


class ReadFault(ValueError):
    """A field of a reading that cannot be understood."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


@dataclass(frozen=True)
class Read:
    """A value as read: `low` and `high` are in the base unit of its dimension; `none` says the law sets no limit."""

    text: str
    parameters: frozenset[str]
    none: bool = False
    low: Fraction | None = None
    high: Fraction | None = None
    operator: str = ""
    unit: Unit | None = None
    reference: Reference | None = None
    period: str | None = None
    period_stated: bool = False
    cell_of_form: Any = None
    form: Form | None = None
    kind: str = ""
    basis: str = ""
    fraction: str = ""
    measures: str = ""

    @property
    def dimension(self) -> object:
        """What the unit measures."""
        return self.unit.dimension if self.unit is not None else None

    @property
    def unit_text(self) -> str:
        """The unit as read."""
        return self.unit.text if self.unit is not None else "none"

    @property
    def form_text(self) -> str:
        """The form as read."""
        from greenbri.evaluate.findings import form_text

        return form_text(self.form) if self.form is not None else str(self.cell_of_form)

    def ends(self, operator: str) -> tuple[Fraction | None, Fraction | None]:
        """Low and high end as a limit of that operator would have them: a bare number takes the limit's own side."""
        if self.low is not None and self.high is not None and self.low != self.high:
            return self.low, self.high
        single = self.high if self.high is not None else self.low
        side = self.operator or operator
        return (single, None) if side in (">=", ">") else (None, single)

    def equals(self, ends: tuple[Fraction | None, Fraction | None], operator: str, unit: Unit) -> bool:
        """Whether a limit with these ends, in base units, is the value that was read.

        Exactly so; but law that prints a number in two systems of units rounds one of them, so between units that are
        no powers of ten apart a difference of 2.5 % is none.
        """
        own = self.ends(operator)
        if ends == own:
            return True
        if self.unit is None or _power_of_ten(self.unit.factor / unit.factor):
            return False
        return all(
            one is other or (one is not None and other is not None and abs(one - other) <= _DOUBLE * abs(other))
            for one, other in zip(own, ends, strict=True)
        )

    def form_in(self, period: str | None) -> Form | None:
        """The form for values of a period: a count of exceedances is a share of them."""
        try:
            return parse_form(self.cell_of_form, self.period if self.period_stated else period)
        except CellError:
            return None


def read_value(form: ReadValueForm) -> Read:
    """The value of a reading; raises ReadFault for a field that cannot be understood."""
    text = form.value.strip()
    reference, period = form.reference, form.period
    common = {
        "text": f"{text} {form.unit}".strip(),
        "parameters": _parameters(form),
        "reference": None if reference is None else _reference("" if reference in _UNSET else reference),
        "period": None if period is None or period in _UNSET else period,
        "period_stated": period is not None,
        "cell_of_form": form.form,
        "form": _form(form),
        "kind": form.kind or "",
        "basis": form.basis or "",
        "fraction": form.fraction or "",
        "measures": form.measures or "",
    }
    if text in _NO_LIMIT:
        return Read(none=True, **common)
    operator = ""
    for sign in (">=", "<=", "≥", "≤", ">", "<"):
        if text.startswith(sign):
            operator, text = {"≥": ">=", "≤": "<="}.get(sign, sign), text[len(sign) :].strip()
            break
    try:
        quantity = parse(_with_unit(text, form))
    except QuantityError as error:
        raise ReadFault("value", str(error)) from None
    if quantity.reference and common["reference"] is None:
        common["reference"] = quantity.reference
    if quantity.unit.gas == "normal" and common["reference"] is not None:
        common["reference"] = _completed(common["reference"])
    unit = quantity.unit
    low, high = (quantity.low, quantity.high) if quantity.value is None else (quantity.value, quantity.value)
    assert low is not None and high is not None
    base = [Fraction(end) * unit.factor + unit.offset for end in (low, high)]
    return Read(low=base[0], high=base[1], operator=operator, unit=unit, **common)


def _with_unit(text: str, form: ReadValueForm) -> str:
    unit = "" if form.unit in ("1", "") else form.unit
    if not unit and form.parameter == "pH" and not text.lower().endswith("ph"):
        unit = "pH"
    return f"{text} {unit}".strip()


def _parameters(form: ReadValueForm) -> frozenset[str]:
    """The parameters that the name may mean; as in a pack, `removal.X` is X, of which the removal is limited."""
    from greenbri.vocabulary import AmbiguousName, UnknownName, parameter

    bare = form.parameter.removeprefix("removal.").removesuffix(".removal")
    found: set[str] = set()
    near: tuple[str, ...] = ()
    for name in (bare, form.parameter):
        try:
            found.add(parameter(name).name)
        except AmbiguousName as error:
            found.update(error.suggestions)
        except UnknownName as error:
            near = error.suggestions
    if not found:
        raise ReadFault("parameter", f"{form.parameter!r} is no parameter; near: {', '.join(near) or '-'}")
    return frozenset(found)


def _reference(text: str) -> Reference:
    try:
        return Reference.parse("" if text == "actual" else text)
    except QuantityError as error:
        raise ReadFault("reference", str(error)) from None


def _form(form: ReadValueForm) -> Form | None:
    if form.form is None or form.form == "every":
        return Form()
    try:
        return parse_form(form.form, form.period)
    except CellError as error:
        if form.period is None:
            return None
        raise ReadFault("form", str(error.args_of_message.get("form", form.form))) from None


def _power_of_ten(ratio: Fraction) -> bool:
    digits = str(max(ratio.numerator, ratio.denominator))
    return min(ratio.numerator, ratio.denominator) == 1 and digits.strip("0") == "1"


def averaging(period: str | None, form: Form) -> tuple[str | None, Fraction, int]:
    """Period and form by one of the ways to say them: three yearly means averaged are one mean of three years."""
    name = _SAME_PERIOD.get(period or "", period)
    if name == "year" and form.every is False and form.share == 1:
        return f"{form.years}year", form.share, 1
    return name, form.share, form.years


def _completed(reference: Reference) -> Reference:
    """Nm3 says 0 C and 101.325 kPa by its name."""
    from dataclasses import replace

    return replace(
        reference,
        temperature_k=reference.temperature_k or _NORMAL.temperature_k,
        pressure_kpa=reference.pressure_kpa or _NORMAL.pressure_kpa,
    )


def same_reference(read: Reference, own: Reference) -> bool:
    """Whether a limit is stated at the state that was read; temperature and pressure count where both say them.

    An empty reading says that the source sets no state at all.
    """
    if not read:
        return not own
    exact = ("oxygen_pct", "excess_air", "moisture", "heating_value", "output")
    if any(getattr(read, name) != getattr(own, name) for name in exact):
        return False
    for name, tolerance in (("temperature_k", _KELVIN), ("pressure_kpa", _KILOPASCAL)):
        one, other = getattr(read, name), getattr(own, name)
        if one is not None and other is not None and abs(one - other) > tolerance:
            return False
    return True
