"""Weeks, weekends, seasons and what "last" and "next" mean, on every day of the week."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.date_words import WEEKDAYS
from helpers.periods import (
    choose,
    make_day,
    read_days,
    read_month,
    read_named,
    read_season,
    read_week,
    read_weekday,
    read_weekend,
    read_years,
)

DAYS = st.dates(date(1600, 1, 1), date(2200, 12, 31))
WEDNESDAY = date(2015, 11, 18)


@given(day=DAYS, name=st.sampled_from(sorted(WEEKDAYS)))
def test_a_weekday_that_is_past_lies_within_the_last_seven_days_and_is_that_weekday(day, name):
    past = date.fromisoformat(read_weekday(name, day, "past").value)
    assert past.weekday() == WEEKDAYS[name] and timedelta(0) <= day - past < timedelta(7)


@given(day=DAYS, name=st.sampled_from(sorted(WEEKDAYS)))
def test_last_and_next_never_mean_the_day_of_publication(day, name):
    last, following = (read_named(name, side, day, "").value for side in ("last", "next"))
    assert last < day.isoformat() < following


@given(day=DAYS)
def test_a_week_runs_from_monday_and_holds_its_day(day):
    first, last = read_week(day).value.split("/")
    assert date.fromisoformat(first).weekday() == 0 and first <= day.isoformat() <= last


@pytest.mark.parametrize(
    ("day", "side", "weekend"),
    [
        (WEDNESDAY, "past", "2015-11-14/2015-11-15"),
        (WEDNESDAY, "last", "2015-11-14/2015-11-15"),
        (WEDNESDAY, "future", "2015-11-21/2015-11-22"),
        (WEDNESDAY, "next", "2015-11-28/2015-11-29"),
        (date(2015, 11, 15), "past", "2015-11-14/2015-11-15"),
        (date(2015, 11, 15), "last", "2015-11-07/2015-11-08"),
    ],
)
def test_a_weekend_is_saturday_and_sunday(day, side, weekend):
    assert read_weekend(day, side).value == weekend


@pytest.mark.parametrize(
    ("name", "side", "value", "others"),
    [
        ("september", "last", "2015-09", ("2014-09",)),
        ("december", "last", "2014-12", ()),
        ("march", "next", "2016-03", ()),
        ("december", "next", "2016-12", ("2015-12",)),
        ("summer", "last", "2015-06/2015-08", ("2014-06/2014-08",)),
        ("summer", "this", "2015-06/2015-08", ()),
        ("monday", "last", "2015-11-16", ("2015-11-09",)),
    ],
)
def test_last_and_next_give_the_farther_one_too_where_usage_differs(name, side, value, others):
    reading = read_named(name, side, WEDNESDAY, "")
    assert (reading.value, reading.alternatives) == (value, others)


def test_days_that_do_not_exist_or_stand_in_the_wrong_order_are_no_reading():
    assert make_day(2015, 2, 29) is None
    assert read_days(None) is None
    assert read_days(date(2015, 11, 15), date(2015, 11, 14)) is None


def test_a_month_before_the_first_year_is_no_reading():
    assert read_month(date(1, 1, 1), -1) is None


def test_a_winter_belongs_to_the_year_in_which_it_begins():
    assert read_season("winter", 1941).value == "1941-12/1942-02"
    assert read_years(1980, 10, "decade").value == "1980/1989"


@pytest.mark.parametrize(
    ("month", "tense", "value", "others"),
    [
        (9, "", "2015-09", ()),
        (3, "", "2015-03", ("2016-03",)),
        (12, "", "2015-12", ("2014-12",)),
        (12, "past", "2014-12", ()),
        (3, "future", "2016-03", ()),
        (11, "", "2015-11", ()),
    ],
)
def test_a_month_without_its_year_is_the_nearest_that_fits_the_tense(month, tense, value, others):
    forms = {date(year, month, 1): f"{year}-{month:02}" for year in (2014, 2015, 2016)}
    reading = choose(forms, date(2015, 11, 1), tense, "month")
    assert (reading.value, reading.alternatives) == (value, others)
