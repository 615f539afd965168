"""What a figure over one period says about a limit over another."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evaluate.build import YEAR, observation

from greenbri.evaluate.averaging import HOURS, infer
from greenbri.model.project import Covers
from greenbri.model.rule import Form

EVERY = Form()
P95 = Form(Fraction(95, 100))
THREE_RUNS = Covers(date(2025, 6, 1), date(2025, 6, 1), 3)


def bounds(period, statistic, limit, form=EVERY, covers=YEAR, **more):
    found = infer(
        observation("SO2", "100 mg/Nm3", period=period, statistic=statistic, covers=covers), limit, form, **more
    )
    return found.lower, found.upper


@pytest.mark.parametrize(
    ("period", "statistic", "limit", "form", "covers", "expected"),
    [
        # the highest hour of a year bounds every day of it from above, and says nothing about how low the days are
        ("1h", "max", "24h", EVERY, YEAR, (False, True)),
        ("1h", "max", "24h", EVERY, THREE_RUNS, (False, False)),
        ("1h", "max", "1h", EVERY, YEAR, (True, True)),
        ("1h", "max", "1h", EVERY, THREE_RUNS, (True, False)),
        # a mean over a year lies at or under the highest day
        ("year", "mean", "24h", EVERY, Covers(), (True, False)),
        ("year", "mean", "24h", P95, Covers(), (False, False)),
        ("24h", "mean", "24h", EVERY, YEAR, (True, False)),
        ("1h", "mean", "year", EVERY, YEAR, (True, True)),
        ("1h", "mean", "1h", EVERY, YEAR, (True, False)),
        ("year", "mean", "year", EVERY, YEAR, (True, True)),
        # one value breaks a limit that allows no exceedance and proves nothing beyond itself
        ("1h", "single", "1h", EVERY, Covers(), (True, False)),
        ("1h", "single", "24h", EVERY, Covers(), (False, False)),
        ("1h", "single", "1h", P95, Covers(), (False, False)),
        # a percentile decides its own share and laxer ones from above, stricter ones from below
        ("1h", "p95", "1h", P95, YEAR, (True, True)),
        ("1h", "p98", "1h", P95, YEAR, (False, True)),
        ("1h", "p90", "1h", P95, YEAR, (True, False)),
        ("1h", "p95", "1h", EVERY, YEAR, (True, False)),
        ("1h", "p95", "24h", P95, YEAR, (False, False)),
        ("1h", "median", "1h", EVERY, YEAR, (False, False)),
        ("1h", "geomean", "1h", EVERY, YEAR, (False, False)),
        # the highest hour bounds any percentile from above
        ("1h", "max", "1h", P95, YEAR, (False, True)),
        # weeks do not tile a year
        ("year", "mean", "week", EVERY, Covers(), (False, False)),
        ("month", "single", "24h", EVERY, Covers(), (True, False)),
    ],
)
def test_a_figure_bounds_what_a_limit_judges(period, statistic, limit, form, covers, expected):
    assert bounds(period, statistic, limit, form, covers) == expected


def test_a_test_that_the_law_takes_for_proof_decides_both_ways():
    assert bounds("24h", "single", "24h", covers=Covers()) == (True, False)
    assert bounds("24h", "single", "24h", covers=Covers(), proof=True) == (True, True)


def test_a_three_year_percentile_needs_three_years():
    form = Form(Fraction(98, 100), years=3)
    three = Covers(date(2023, 1, 1), date(2025, 12, 31))
    assert bounds("1h", "p98", "1h", form, YEAR) == (False, False)
    assert bounds("1h", "p98", "1h", form, three) == (True, True)


def test_start_up_values_say_nothing_about_normal_operation():
    startup = Covers(date(2025, 1, 1), date(2025, 12, 31), state="startup")
    assert bounds("1h", "max", "24h", EVERY, startup) == (False, False)


def test_few_values_in_a_long_cover_do_not_speak_for_it():
    sparse = Covers(date(2025, 1, 1), date(2025, 12, 31), count=12)
    assert bounds("1h", "max", "1h", EVERY, sparse) == (True, False)


def test_the_number_of_samples_that_a_law_asks_for_is_enough_for_it():
    form = Form(Fraction(21, 24), exceedances=3, samples=24)
    enough = Covers(date(2025, 1, 1), date(2025, 12, 31), count=24)
    few = Covers(date(2025, 1, 1), date(2025, 12, 31), count=12)
    assert bounds("24h", "max", "24h", form, enough) == (False, True)
    assert bounds("24h", "max", "24h", form, few) == (False, False)


def test_minima_mirror_maxima():
    found = infer(observation("DO", "5 mg/L", period="1h", statistic="min"), "1h", EVERY, mirrored=True)
    assert (found.lower, found.upper) == (True, True)
    # the highest hour says that the lowest is at most that
    found = infer(observation("DO", "5 mg/L", period="1h", statistic="max"), "1h", EVERY, mirrored=True)
    assert (found.lower, found.upper) == (False, True)


@pytest.mark.parametrize("statistic", ["design", "guarantee", None])
def test_design_figures_and_unstated_statistics_count_at_face_value(statistic):
    found = infer(observation("SO2", "1 mg/m3", period="24h", statistic=statistic), "1h", EVERY)
    assert (found.lower, found.upper, found.indicative) == (True, True, True)


def test_a_figure_without_a_period_counts_at_face_value():
    found = infer(observation("SO2", "1 mg/m3", period=None), "1h", EVERY)
    assert found.indicative and found.lower and found.upper


def test_a_prediction_is_never_more_than_indicative():
    assert infer(observation("SO2", "1 mg/m3", kind="eia"), "1h", EVERY).indicative


def _series(values, length):
    return [sum(values[i : i + length]) / length for i in range(0, len(values), length)]


@given(
    st.lists(st.integers(0, 1000).map(Fraction), min_size=48, max_size=48),
    st.sampled_from([1, 2, 3, 4, 6, 8, 12, 24]),
    st.sampled_from([1, 2, 3, 4, 6, 8, 12, 24]),
)
def test_inferred_bounds_hold_for_every_series_of_values(hourly, taken, judged):
    """Over two whole days: the statistic of one blocking bounds the maximum of another as `infer` says."""
    names = {hours: name for name, hours in HOURS.items() if name in ("1h", "2h", "3h", "4h", "6h", "8h", "12h", "24h")}
    blocks, target = _series(hourly, taken), max(_series(hourly, judged))
    for statistic, value in (("max", max(blocks)), ("min", min(blocks)), ("mean", sum(blocks) / len(blocks))):
        covers = Covers(date(2025, 1, 1), date(2025, 1, 1) + timedelta(days=1))
        lower, upper = bounds(names[taken], statistic, names[judged], EVERY, covers)
        assert not lower or target >= value
        assert not upper or target <= value
