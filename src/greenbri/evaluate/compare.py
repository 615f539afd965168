"""One comparison decides: an interval against a limit."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from greenbri.model.rule import Operator

Outcome = Literal["pass", "fail", "between", "open"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is known of the judged quantity: at least `low`, at most `high`; None is open on that side."""

    low: Fraction | None
    high: Fraction | None

    def join(self, other: Bounds) -> Bounds:
        """Both are known: the tighter ends."""
        lows = [end for end in (self.low, other.low) if end is not None]
        highs = [end for end in (self.high, other.high) if end is not None]
        return Bounds(max(lows) if lows else None, min(highs) if highs else None)


def compare(bounds: Bounds, operator: Operator, low: Fraction | None, high: Fraction | None) -> Outcome:
    """Judge bounds against the ends of a limit; at the limit is inside, except for `<` and `>`.

    `between` is the inside of a band; `open` is what the bounds cannot decide.
    """
    if operator in ("<=", "<"):
        assert high is not None
        return _at_most(bounds, high, strict=operator == "<")
    if operator in (">=", ">"):
        assert low is not None
        return _at_least(bounds, low, strict=operator == ">")
    assert low is not None and high is not None
    if operator == "band":
        outer = _at_most(bounds, high, strict=False)
        if outer != "pass":
            return outer
        return "pass" if _at_most(bounds, low, strict=False) == "pass" else "between"
    parts = (_at_least(bounds, low, strict=False), _at_most(bounds, high, strict=False))
    if "fail" in parts:
        return "fail"
    return "pass" if parts == ("pass", "pass") else "open"


def _at_most(bounds: Bounds, limit: Fraction, *, strict: bool) -> Outcome:
    if bounds.high is not None and (bounds.high < limit or (bounds.high == limit and not strict)):
        return "pass"
    if bounds.low is not None and (bounds.low > limit or (bounds.low == limit and strict)):
        return "fail"
    return "open"


def _at_least(bounds: Bounds, limit: Fraction, *, strict: bool) -> Outcome:
    if bounds.low is not None and (bounds.low > limit or (bounds.low == limit and not strict)):
        return "pass"
    if bounds.high is not None and (bounds.high < limit or (bounds.high == limit and strict)):
        return "fail"
    return "open"
