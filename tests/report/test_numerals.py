from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from greenbri.report.numerals import against, literal, percent, points, rounded


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(320), "320"),
        (Fraction("350.84725817839491645"), "350.8"),
        (Fraction("0.0005"), "0.0005"),
        (Fraction(1, 3), "0.3333"),
        (Fraction(-30), "-30"),
        (Fraction(9999), "9999"),
        (Fraction(40000), "40\u00a0000"),
        (Fraction(-1234567), "-1\u00a0235\u00a0000"),
        (Decimal("1.20"), "1.2"),
    ],
)
def test_numbers_are_rounded_to_be_read(value: Fraction, text: str) -> None:
    assert rounded(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(1, 8), "0.125"),
        (Fraction(320), "320"),
        (Fraction(1, 3), "0.3333333333333333333333333333333333"),
        (Decimal("350.84725817839491645"), "350.84725817839491645"),
        (Fraction(1, 10**12), "1e-12"),
    ],
)
def test_programs_get_every_digit(value: Fraction, text: str) -> None:
    assert literal(value) == text


def test_a_value_just_above_its_limit_is_not_printed_as_equal_to_it() -> None:
    assert against(Fraction("200.004"), Fraction(200)) == "200.004"
    assert against(Fraction("199.99996"), Fraction(200)) == "199.99996"
    assert against(Fraction(200), Fraction(200)) == "200"
    assert against(Fraction("1.00002"), 1, 3) == "1.00002"
    assert against(Fraction("350.847"), Fraction(320)) == "350.8"


def test_shares_and_scores_have_one_decimal_place() -> None:
    assert (percent(Fraction(1, 3)), percent(Fraction(1, 5))) == ("33.3", "20")
    assert (points(Fraction(100, 7)), points(Fraction(50))) == ("14.3", "50")
