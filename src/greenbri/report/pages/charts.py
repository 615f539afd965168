"""Where the marks of a chart stand, in the units of its viewBox; the templates only draw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from greenbri.model.assessment import Milestone, Score
from greenbri.model.finding import Finding, Measure
from greenbri.report.numerals import against, rounded

# A ratio bar shows up to twice the limit; what is beyond is cut with a mark.
_MOST_RATIO = 2
_BAR = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure as a share of its limit, which stands at `limit`; an interval runs from `start` to `end`."""

    start: float
    end: float
    limit: float
    beyond: bool
    open: bool
    label: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A dated milestone on the timeline."""

    x: float
    number: int
    status: str
    row: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Milestones between the first and the last day, with a mark for each year and for the day of assessment."""

    stops: tuple[Stop, ...]
    years: tuple[tuple[float, int], ...]
    today: float


def bar(finding: Finding) -> Bar | None:
    """The bar of a finding with a ratio, or with an interval against a single upper limit."""
    if finding.ratio is not None:
        return _bar(finding.ratio, finding.ratio, f"{against(finding.ratio, 1, 3)}")
    return _interval(finding.normalised, finding.limit)


def _interval(seen: Measure | None, limit: Measure | None) -> Bar | None:
    if seen is None or limit is None or limit.value is None or limit.value <= 0 or limit.operator not in ("<=", "<"):
        return None
    if limit.unit.split()[0] in ("dB", "dB(A)", "dB(C)", "pH", "C", "K", "F"):
        return None
    low = seen.low / limit.value if seen.low is not None else Fraction(0)
    high = seen.high / limit.value if seen.high is not None else None
    if high is None and seen.low is None:
        return None
    label = f"{rounded(low, 3)}–{rounded(high, 3)}" if high is not None else f"≥ {rounded(low, 3)}"
    return _bar(low, high if high is not None else Fraction(_MOST_RATIO), label, interval=True)


def _bar(low: Fraction, high: Fraction, label: str, *, interval: bool = False) -> Bar:
    return Bar(
        start=_place(low, _MOST_RATIO) if interval else 0.0,
        end=_place(high, _MOST_RATIO),
        limit=_place(Fraction(1), _MOST_RATIO),
        beyond=high > _MOST_RATIO,
        open=interval,
        label=label,
    )


def _place(value: Fraction, most: int) -> float:
    return round(float(min(max(value, Fraction(0)), Fraction(most)) / most) * _BAR, 1)


def score(value: Score) -> tuple[float, float]:
    """Start and end of the interval on a line of 100; a point is widened so that it can be seen."""
    low, high = float(value.low), float(value.high)
    return (round(low, 1), round(max(high, low + 0.8), 1)) if low < 99 else (99.2, 100.0)


def timeline(milestones: tuple[Milestone, ...], as_of: date) -> Timeline | None:
    """The dated milestones on a line of 1000; None where fewer than two have a day."""
    dated = [(number, one) for number, one in enumerate(milestones, 1) if one.date is not None]
    if len(dated) < 2:
        return None
    days = [one.date for _, one in dated if one.date is not None]
    first, last = min(*days, as_of), max(*days, as_of)
    span = max((last - first).days, 1)

    def place(day: date) -> float:
        return round(20 + 960 * (day - first).days / span, 1)

    stops: list[Stop] = []
    ends = [-100.0, -100.0, -100.0]
    for number, one in dated:
        assert one.date is not None
        x = place(one.date)
        row = next((level for level, end in enumerate(ends) if x - end >= 26), 0)
        ends[row] = x
        stops.append(Stop(x, number, one.status, row))
    every = max(1, -(-(last.year - first.year) // 12))
    years = tuple(
        (place(date(year, 1, 1)), year)
        for year in range(first.year + 1, last.year + 1, every)
        if first <= date(year, 1, 1) <= last
    )
    return Timeline(tuple(stops), years, place(as_of))
