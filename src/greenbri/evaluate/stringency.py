"""Whether to meet one limit is to meet another: by value, and by period and form only where inference allows.

A limit on every shorter period that is no higher makes one on a longer period redundant if the short periods fill the
long one. Whatever else differs leaves both binding.
"""

from __future__ import annotations

from fractions import Fraction

from greenbri.evaluate.averaging import hours, tiles
from greenbri.model.rule import Form, LimitTest


def implies(one: LimitTest, value: Fraction, other: LimitTest, bound: Fraction) -> bool:
    """Whether `one` with `value` implies `other` with `bound`, both values being in one form.

    Of a band, `bound` is the end below which nothing is left to judgement.
    """
    if one.measures != other.measures or one.operator in ("range", "band") or other.operator == "range":
        return False
    if (one.kind == "benchmark") > (other.kind == "benchmark"):
        return False  # a target binds nobody, so it stands for no limit that does
    if one.fraction and other.fraction and one.fraction != other.fraction:
        return False
    if one.proof and not other.proof:
        return False  # shown by a test, it says little of the hours between tests
    return _no_looser(one, value, other, bound) and _speaks_for(one, other)


def _no_looser(one: LimitTest, value: Fraction, other: LimitTest, bound: Fraction) -> bool:
    lower = one.operator in (">=", ">")
    if lower != (other.operator in (">=", ">")):
        return False
    if value == bound:
        return other.operator in ("<=", ">=", "band") or one.operator in ("<", ">")
    return value > bound if lower else value < bound


def _speaks_for(one: LimitTest, other: LimitTest) -> bool:
    """Whether the periods of `one` in its form say enough about those of `other`."""
    first, second = hours(one.period), hours(other.period)
    if one.period == other.period or (first is not None and first == second and first > 0):
        return one.form.every or _no_weaker(one.form, other.form)
    if first is None or second is None or not one.form.every or one.period == "run":
        return False
    return first < second and tiles(first, second)


def _no_weaker(one: Form, other: Form) -> bool:
    """A larger share of the same values complies; each year's percentile bounds the mean of several years."""
    if one.samples != other.samples:
        return False
    return one.share >= other.share and (one.years == other.years or one.years == 1)
