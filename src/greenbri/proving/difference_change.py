"""What can change between two editions of a pack, as records that every format prints."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from typing_extensions import assert_never

from greenbri.evaluate.findings import form_text
from greenbri.model.rule import (
    Fixed,
    Interpolated,
    LimitTest,
    LimitValue,
    Mixed,
    Product,
    Segment,
    Validity,
)
from greenbri.proving.conditions import number

Kind = Literal[
    "tightened", "loosened", "incomparable", "new", "repealed", "renumbered", "moved", "status_raised",
    "status_lowered", "citation", "changed",
]  # fmt: skip
KINDS: tuple[Kind, ...] = (
    "loosened", "repealed", "incomparable", "tightened", "new", "moved", "renumbered", "status_lowered",
    "status_raised", "citation", "changed",
)  # fmt: skip
# a ratio of such numbers says nothing, or less than their difference
_NO_RATIO = frozenset({"dB", "dB(A)", "dB(C)", "pH", "C", "K", "F", "%"})


@dataclass(frozen=True, slots=True)
class Amount:
    """By how much a limit changed, in the unit and the state of the older one; the two ends where it varies.

    `ratio` is newer over older, `difference` newer minus older; of each only the one that means something is given.
    """

    unit: str
    reference: str
    old: tuple[Fraction, Fraction]
    new: tuple[Fraction, Fraction]
    ratio: tuple[Fraction, Fraction] | None = None
    difference: tuple[Fraction, Fraction] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one rule. `old` and `new` are as printed in the packs; `days` when it holds, where not always.

    `field` names what changed of a rule beyond its number; `reason` and `missing` say why it could not be compared.
    """

    kind: Kind
    rule: str
    pack: str
    was: str = ""
    field: str = ""
    old: str = ""
    new: str = ""
    days: Validity | None = None
    amount: Amount | None = None
    reason: str = ""
    missing: tuple[str, ...] = ()


def amount(test: LimitTest, pairs: tuple[tuple[Fraction, Fraction], ...]) -> Amount | None:
    """The amount of a change of a limit, from pairs of older and newer numbers in the older's unit."""
    if not pairs:
        return None
    olds, news = [old for old, _ in pairs], [new for _, new in pairs]
    ratio = difference = None
    if test.unit in _NO_RATIO or test.parameter == "pH" or not all(olds):
        steps = [new - old for old, new in pairs]
        difference = (min(steps), max(steps))
    else:
        ratios = [new / old for old, new in pairs]
        ratio = (min(ratios), max(ratios))
    return Amount(test.unit, test.reference, _ends(olds), _ends(news), ratio, difference)


def _ends(numbers: list[Fraction]) -> tuple[Fraction, Fraction]:
    return min(numbers), max(numbers)


def limit_text(test: LimitTest, segment: Segment) -> str:
    """A limit as the pack has it: operator, number, unit, state, period and form."""
    low, high = segment.low, segment.high
    if low is not None and high is not None:
        told = f"{_value_text(low)}-{_value_text(high)}"
    else:
        end = high if high is not None else low
        told = f"{test.operator} {_value_text(end) if end is not None else '-'}"
    unit = "" if test.unit == "1" else f" {test.unit}"
    basis = f" as {test.basis}" if test.basis else ""
    state = f" @ {test.reference}" if test.reference else ""
    form = "" if test.form.every else form_text(test.form)
    return ", ".join(part for part in (f"{told}{unit}{basis}{state}", test.period or "", form) if part)


def _value_text(value: LimitValue) -> str:
    if isinstance(value, Fixed):
        return number(value.value)
    if isinstance(value, Interpolated):
        points = ", ".join(f"{number(size)}: {number(limit)}" for size, limit in value.points)
        return f"linear in {value.fact} ({points})"
    if isinstance(value, Product):
        factors = [one.coefficient or f"{one.fact}/{number(one.over)}" for one in value.factors]
        return " * ".join([number(value.base), *factors])
    if isinstance(value, Mixed):
        numbers = ", ".join(number(fixed.value) for _, fixed in value.rows)
        return f"mean over {value.fact} ({numbers})"
    assert_never(value)
