"""A wrong parameter gets one line with the allowed values."""

from datetime import date, datetime

import pandas as pd
import pytest

from helpers.errors import ParameterError
from helpers.parameters import check_choice, check_choices, check_date, last_day


@pytest.mark.parametrize("value", ["X", "", "q", None, 1])
def test_a_wrong_choice_lists_all_allowed_ones(value):
    with pytest.raises(ParameterError) as told:
        check_choice("voice", value, ["Q", "P", "J"])
    assert str(told.value) == f"voice: {value!r} is not allowed; use one of Q, P, J"


def test_choices_come_back_once_each_in_the_order_given():
    assert check_choices("actors", ("USA", "FRA", "USA"), {"FRA": 1, "USA": 2}) == ["USA", "FRA"]


def test_one_wrong_choice_among_several_is_named():
    with pytest.raises(ParameterError, match="actors: 'UK' is not allowed; use one of FRA, USA"):
        check_choices("actors", ["FRA", "UK"], ["FRA", "USA"])


def test_a_single_text_in_place_of_a_list_is_not_taken_letter_by_letter():
    with pytest.raises(ParameterError, match=r"actors: is a single text; give a list, for example \['FRA'\]"):
        check_choices("actors", "FRA", ["FRA", "USA"])


def test_an_empty_list_is_refused_with_the_allowed_values():
    with pytest.raises(ParameterError, match="actors: the list is empty; use some of FRA, USA"):
        check_choices("actors", [], ["FRA", "USA"])


@pytest.mark.parametrize("value", ["2015-11-18", date(2015, 11, 18), datetime(2015, 11, 18, 23, 59), pd.Timestamp("2015-11-18 06:00")])
def test_a_day_may_be_given_as_text_day_or_moment(value):
    day = check_date("as_of", value)
    assert (type(day), day.isoformat()) == (date, "2015-11-18")


@pytest.mark.parametrize("value", ["18 November 2015", "2015-02-29", "2015-11", "", None, 20151118])
def test_what_is_no_day_is_told_how_to_write_one(value):
    with pytest.raises(ParameterError, match=r"as_of: .* is not a day; write it as 2015-11-18"):
        check_date("as_of", value)


@pytest.mark.parametrize("value", ["2015-11-13", "2015-12-31"])
def test_the_first_and_the_last_day_are_allowed(value):
    assert check_date("as_of", value, first=date(2015, 11, 13), last=date(2015, 12, 31)).isoformat() == value


@pytest.mark.parametrize(
    ("value", "span"),
    [
        ("2015-11-12", {"first": date(2015, 11, 13), "last": date(2015, 12, 31)}),
        ("2016-01-01", {"first": date(2015, 11, 13), "last": date(2015, 12, 31)}),
    ],
)
def test_a_day_outside_the_data_is_told_the_span(value, span):
    with pytest.raises(ParameterError, match=f"as_of: {value} is outside the data; use a day from 2015-11-13 to 2015-12-31"):
        check_date("as_of", value, **span)


def test_a_span_with_one_end_tells_that_end():
    with pytest.raises(ParameterError, match=r"use a day from 2015-11-13$"):
        check_date("as_of", "2015-11-12", first=date(2015, 11, 13))
    with pytest.raises(ParameterError, match=r"use a day to 2015-12-31$"):
        check_date("as_of", "2016-01-01", last=date(2015, 12, 31))


@pytest.mark.parametrize(("text", "day"), [("2015-11-13", "2015-11-13"), ("2015-11", "2015-11-30"), ("2016-02", "2016-02-29"), ("", "")])
def test_a_month_counts_from_its_last_day_and_nothing_stays_nothing(text, day):
    assert last_day(text) == day
