"""Limits: their values, from a number in print to a mean over fuels, and what they are compared with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from greenbri.model.condition import Condition

LimitKind = Literal[
    "limit", "minimum", "range", "removal", "load", "intensity", "increment", "sum", "band", "benchmark"
]
Operator = Literal["<=", "<", ">=", ">", "range", "band"]


@dataclass(frozen=True, slots=True)
class Validity:
    """First and last day, both inclusive; None is open."""

    start: date | None = None
    end: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the day lies inside."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Fixed:
    """A number printed in the law."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Interpolated:
    """Linear between sizes; outside the points: clamped, no limit, or the square law of GB 16297 Appendix B."""

    fact: str
    points: tuple[tuple[Fraction, Fraction], ...]
    outside: Literal["clamp", "none", "square"] = "clamp"


@dataclass(frozen=True, slots=True)
class Factor:
    """A multiplier: a coefficient table of the pack, or a fact over a number in the fact's unit."""

    coefficient: str = ""
    fact: str = ""
    over: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Product:
    """A base value times coefficients (QCVN Kq x Kf, efficiency-scaled turbines)."""

    base: Fraction
    factors: tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class Mixed:
    """The mean of the same column's other rows over the project's fuels, weighted by heat input (IED art. 40)."""

    fact: str
    rows: tuple[tuple[Condition, Fixed], ...]


LimitValue = Fixed | Interpolated | Product | Mixed


@dataclass(frozen=True, slots=True)
class Form:
    """How the values of a period are judged.

    `share` of the values in a year must comply (1: every one); `years` is the number of years a percentile is averaged
    over; `exceedances` is the count that `share` was derived from, kept for printing; `samples` is the number of
    samples that the law itself takes for proof of a year.
    """

    share: Fraction = Fraction(1)
    years: int = 1
    exceedances: int | None = None
    samples: int | None = None

    @property
    def every(self) -> bool:
        """True when no exceedance is allowed."""
        return self.share == 1 and self.years == 1


@dataclass(frozen=True, slots=True)
class Segment:
    """A value (or the two ends of a range or band) from one day to another; both ends None: abolished."""

    valid: Validity
    low: LimitValue | None
    high: LimitValue | None

    @property
    def abolished(self) -> bool:
        """True where the law ended the value without a successor."""
        return self.low is None and self.high is None


@dataclass(frozen=True, slots=True)
class Rounding:
    """How an instrument rounds before it compares: to multiples of `step` in the limit's unit."""

    step: Fraction
    mode: Literal["half-up", "half-even", "truncate"]

    def apply(self, value: Fraction) -> Fraction:
        """The value rounded; halves go up, to the even neighbour (GB/T 8170), or digits are dropped."""
        steps = value / self.step
        if self.mode == "truncate":
            return (steps.numerator // steps.denominator) * self.step
        if self.mode == "half-even":
            return round(steps) * self.step
        whole = (2 * steps.numerator + steps.denominator) // (2 * steps.denominator)
        return whole * self.step


@dataclass(frozen=True, slots=True)
class LimitTest:
    """A numeric limit: what is measured, in which state and period, and what it is compared with.

    `unit` and `reference` are canonical texts of the quantity package; `segments` are sorted and do not overlap.
    """

    parameter: str
    medium: str
    operator: Operator
    segments: tuple[Segment, ...]
    unit: str
    kind: LimitKind = "limit"
    basis: str = ""
    fraction: str = ""
    reference: str = ""
    period: str | None = None
    form: Form = Form()
    proof: bool = False
    oxygen_correction: str = "always"
    oxygen_in_air: Fraction = Fraction(21)
    measures: Literal["total", "contribution", "increment"] = "total"
    over: str = ""
    benchmark_volume: str = ""
    members: tuple[str, ...] = ()
    weights: tuple[Fraction, ...] = ()
    non_detect: Literal["zero", "half", "full"] = "full"
    uncertainty: Literal["face", "subtract", "interval"] = "face"
    rounding: Rounding | None = None
    max_age_days: int | None = None
