"""What a figure over one period says about a limit over another: sound inference only.

A limit judges a quantity X, for instance the highest 24-hour mean, or the 95th percentile of the hours of a year. A
figure v says that X is at least v, at most v, both, or nothing. Minima and removal rates mirror this: there X is the
lowest value, and `lower` and `upper` change places.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from greenbri.model.project import UNPROVEN, Covers, Observation
from greenbri.model.rule import Form

_MINUTES = {"1min": 1, "6min": 6, "10min": 10, "15min": 15, "20min": 20, "30min": 30}
_WHOLE_HOURS = {"1h": 1, "2h": 2, "3h": 3, "4h": 4, "6h": 6, "8h": 8, "12h": 12, "24h": 24, "day": 24}
_DAYS = {"week": 7, "7d": 7, "30d": 30, "90d": 90}
_OF_THE_YEAR = {
    "month": 730,
    "quarter": 2190,
    "3month": 2190,
    "season": 4380,
    "year": 8760,
    "3y": 26280,
    "3year": 26280,
}
HOURS: dict[str, Fraction] = {
    "instant": Fraction(0),
    "run": Fraction(0),
    **{name: Fraction(count, 60) for name, count in _MINUTES.items()},
    **{name: Fraction(count) for name, count in _WHOLE_HOURS.items()},
    **{name: Fraction(24 * count) for name, count in _DAYS.items()},
    **{name: Fraction(count) for name, count in _OF_THE_YEAR.items()},
}
_PERCENTILE = re.compile(r"^p(\d{1,2}(?:\.\d+)?)$")
_FACE_VALUE = frozenset({"design", "guarantee"})
# Share of a span that must be in evidence for a figure to speak for the whole of it. No law sets one figure for all;
# 90 % of the days and 75 % of the values are what data-capture rules of monitoring law commonly ask for.
_SPAN = Fraction(9, 10)
_CAPTURE = Fraction(3, 4)


@dataclass(frozen=True, slots=True)
class Inference:
    """What the figure bounds: `lower` means X is at least the figure, `upper` that X is at most the figure."""

    lower: bool
    upper: bool
    indicative: bool = False
    face_value: bool = False


_NOTHING = Inference(False, False)
_FACE = Inference(True, True, indicative=True, face_value=True)


def hours(period: str | None) -> Fraction | None:
    """Length of an averaging period in hours; 0 for a grab sample or a test run, None where not stated."""
    if period is None:
        return None
    if period in HOURS:
        return HOURS[period]
    match = re.match(r"^(\d+(?:\.\d+)?)\s*(min|h|d|y)$", period)
    if match is None:
        return None
    per_unit = {"min": Fraction(1, 60), "h": Fraction(1), "d": Fraction(24), "y": Fraction(8760)}[match[2]]
    return Fraction(match[1]) * per_unit


def infer(
    observation: Observation, period: str | None, form: Form, *, proof: bool = False, mirrored: bool = False
) -> Inference:
    """What an observation says about a limit of that period and form; `mirrored` for minima and removal rates."""
    found = _infer(observation, period, form, proof, mirrored)
    unproven = observation.evidence.kind in UNPROVEN
    if mirrored:
        found = Inference(found.upper, found.lower, found.indicative, found.face_value)
    return Inference(found.lower, found.upper, True, found.face_value) if unproven else found


def _infer(observation: Observation, period: str | None, form: Form, proof: bool, mirrored: bool) -> Inference:
    statistic, covers = observation.statistic, observation.covers
    length = hours(observation.period)
    if statistic in _FACE_VALUE or statistic is None or length is None:
        return _FACE
    if mirrored:
        statistic = {"max": "min", "min": "max"}.get(statistic, statistic)
    limit = hours(period)
    if limit is None or limit == 0:
        limit = length  # the law states no averaging time: each value is judged as it was taken
    if proof and statistic in ("max", "mean", "single") and length <= limit:
        # the law takes one test for proof; its runs may be shorter than the period that continuous values have
        return Inference(form.every and length == limit, True)
    if statistic == "max":
        return _maximum(length, limit, form, covers)
    if statistic == "min":
        return Inference(True, False)
    if statistic == "mean":
        return _mean(length, limit, form, covers)
    if statistic == "single":
        return _single(length, limit, form)
    if match := _PERCENTILE.match(statistic):
        return _percentile(Fraction(match[1]) / 100, length, limit, form, covers)
    if statistic == "median" and length == limit and form.share == Fraction(1, 2):
        return _spanning(covers, length, limit, form, lower=True)
    return _NOTHING


def _maximum(length: Fraction, limit: Fraction, form: Form, covers: Covers) -> Inference:
    if length > limit:
        return Inference(form.every and tiles(limit, length), False)
    lower = length == limit and form.every
    return _spanning(covers, length, limit, form, lower=lower)


def _mean(length: Fraction, limit: Fraction, form: Form, covers: Covers) -> Inference:
    if covers.count == 1 or (covers.days is None and length >= HOURS["year"]):
        return _single(length, limit, form)
    span = Fraction(covers.days * 24) if covers.days is not None else length
    if covers.days is None:
        # a mean over an unknown number of such values: no more than a lower bound of the highest of them
        return Inference(form.every and limit <= length, False)
    if limit >= length and _SPAN * limit <= span <= limit / _SPAN:
        return _single(limit, limit, form)
    return Inference(form.every and span > limit and tiles(limit, span), False)


def _single(length: Fraction, limit: Fraction, form: Form) -> Inference:
    if length == limit:
        # a law judges a season or a year by its one mean
        whole = length >= HOURS["season"] and form.years == 1
        return Inference(form.every, whole)
    return Inference(form.every and length > limit and tiles(limit, length), False)


def _percentile(share: Fraction, length: Fraction, limit: Fraction, form: Form, covers: Covers) -> Inference:
    if length != limit:
        return _NOTHING
    found = _spanning(covers, length, limit, form, lower=True)
    if not found.upper:
        return Inference(False, False)
    return Inference(share <= form.share, share >= form.share, found.indicative)


def _spanning(covers: Covers, length: Fraction, limit: Fraction, form: Form, *, lower: bool) -> Inference:
    """An upper bound holds only as far as the cover reaches: a year of normal operation, or the limit's own period."""
    if covers.days is None and covers.count is None:
        return Inference(lower, form.years == 1, indicative=True)
    if covers.days is None or covers.state not in (None, "normal"):
        return Inference(lower, False)
    needed = max(HOURS["year"], limit) * form.years
    span = Fraction(covers.days * 24)
    enough = span >= _SPAN * needed
    if form.samples is not None and covers.count is not None:
        enough = enough and covers.count >= form.samples
    elif covers.count is not None and length > 0:
        enough = enough and covers.count * length >= _CAPTURE * _SPAN * needed
    return Inference(lower, enough)


def tiles(short: Fraction, long: Fraction) -> bool:
    """Whether periods of the short length fill the long one: months, quarters and covers are whole days."""
    if short == 0 or (long / short).denominator == 1:
        return True
    return long >= 24 >= short and (Fraction(24) / short).denominator == 1
