"""A number is read exactly, however it is written, and printed so that it can be read again."""

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.numerals import NUMERAL, SHARE, number_in, plain, range_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("130", 130),
        ("1,234,567.5", Fraction(2469135, 2)),
        ("4-million", 4_000_000),
        ("2bn", 2_000_000_000),
        ("half a million", 500_000),
        ("half a dozen", 6),
        ("three quarters of a million", 750_000),
        ("two dozen", 24),
        ("Twenty-five", 25),
        ("one hundred and thirty", 130),
        ("two hundred and fifty thousand", 250_000),
        ("a thousand", 1000),
    ],
)
def test_a_numeral_is_one_match_and_one_number(text, number):
    assert re.fullmatch(NUMERAL, text)
    assert number_in(text) == number


@pytest.mark.parametrize(
    ("text", "number"), [("one-sixth", Fraction(1, 6)), ("two-thirds", Fraction(2, 3)), ("three-quarters", Fraction(3, 4))]
)
def test_a_share_stays_exact(text, number):
    assert re.fullmatch(SHARE, text)
    assert number_in(text) == number


def test_a_word_that_begins_like_a_number_is_none():
    assert not any(re.match(NUMERAL, text) for text in ("often", "tension", "a man", "sixty-year-olds"[:4], "1234567890123456"))


@pytest.mark.parametrize(
    ("first", "second", "ends"),
    [("10", "15 million", (10_000_000, 15_000_000)), ("900", "1.2 million", (900, 1_200_000)), ("two", "three", (2, 3))],
)
def test_a_scale_belongs_to_both_ends_only_where_that_makes_a_range(first, second, ends):
    assert range_in(first, second) == ends


@given(number=st.fractions(min_value=0, max_value=10**12))
def test_a_number_is_printed_so_that_it_is_read_back(number):
    assert Fraction(plain(number)) == number


@given(tenths=st.integers(0, 10**13))
def test_a_decimal_is_printed_as_a_decimal(tenths):
    assert "/" not in plain(Fraction(tenths, 10))
