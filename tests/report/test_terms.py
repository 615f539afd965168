"""Averaging times and forms in words."""

from __future__ import annotations

import pytest

from greenbri.report.terms import form_name, period_name


@pytest.mark.parametrize(
    ("period", "zh"),
    (
        ("24h", "24\u00a0小时"),
        ("3month", "3\u00a0个月"),
        ("year", "年"),
        ("instant", "瞬时"),
        ("run", "单次测试"),
        ("6min", "6\u00a0分钟"),
    ),
)
def test_a_period_is_said_in_chinese_and_stays_as_packs_write_it_in_english(period, zh):
    assert (period_name(period).en, period_name(period).zh) == (period, zh)


@pytest.mark.parametrize(
    ("form", "zh"),
    (
        ("p98, mean of 3 years", "第98百分位，3 年平均"),
        ("35 exceedances/year", "每年可超标 35 次"),
        ("2 exceedances in 12 samples", "12 个样品中可超标 2 个"),
    ),
)
def test_a_form_is_said_in_chinese_and_stays_as_packs_write_it_in_english(form, zh):
    assert (form_name(form).en, form_name(form).zh) == (form, zh)


def test_no_period_and_no_form_of_the_library_is_without_chinese():
    from greenbri.proving import read_shelf, records

    listed = list(records(read_shelf([]).packs))
    periods = {one["period"] for one in listed if one["period"]}
    forms = {one["statistic"] for one in listed if one["statistic"]}
    assert periods and forms
    untold = {one for one in periods if period_name(one).zh == one} | {one for one in forms if form_name(one).zh == one}
    assert not untold
