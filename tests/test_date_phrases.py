"""What a text has said before a date decides what the date is."""

from datetime import date

from helpers.date_phrases import ANY_DAY, Phrase, Told, from_last
from helpers.periods import Reading


def phrase(text: str, words: str, told: Told) -> Phrase:
    start = text.index(words)
    return Phrase("later", text, start, start + len(words), ANY_DAY, told)


def test_a_distance_is_counted_from_the_date_mentioned_last_if_that_is_as_exact():
    told = Told()
    told.note("day", 10, Reading("1949-04-04", "day").as_stated, known=False)
    one = phrase("4 April 49 and two days later", "two days later", told)
    reading = from_last(one, 2, "day")
    assert reading is not None and reading.value == "1949-04-06" and not reading.relative
    told.note("year", 10, Reading("1950", "year").as_stated, known=False)
    assert from_last(one, 2, "day") is None
    year = from_last(one, 2, "year")
    assert year is not None and year.value == "1952"


def test_only_a_stated_year_is_the_texts_year():
    told = Told()
    told.note("weekday", 6, Reading("2015-11-16", "day"), known=True)
    assert told.era == (0, 0) and told.last[1] == date(2015, 11, 16)
    told.note("year", 20, Reading("1956", "year").as_stated, known=True)
    assert told.era == (1956, 20) and told.last_year == 20
