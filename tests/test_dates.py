"""Dates are found where they stand and mean what the article's own date makes of them; what is no date is left alone."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.articles import load_catalogue
from helpers.date_words import MONTHS
from helpers.dates import find_dates
from helpers.files import read_text

MONDAY, WEDNESDAY = date(2015, 11, 16), date(2015, 11, 18)
LONG = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
WAYS = [
    "{0:%Y-%m-%d}",
    "{0:%Y/%m/%d}",
    "{0.day} {month} {0.year}",
    "{0.day}th {month} {0.year}",
    "{0.day} {short} {0.year}",
    "{month} {0.day}, {0.year}",
    "{dotted} {0.day}, {0.year}",
    "{month} {0.day} {0.year}",
    "{0:%A}, {month} {0.day}, {0.year}",
    "{0:%A} {0.day} {month} {0.year}",
    "the {0.day}th of {month}, {0.year}",
]


def read(text: str, published: date | None = WEDNESDAY) -> list[tuple[str, str]]:
    return [(mention.text, mention.value) for mention in find_dates(text, published)]


def value(text: str, published: date | None = WEDNESDAY) -> str:
    [(_, found)] = read(text, published)
    return found


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Talks opened on Monday, Nov. 16, 2015, in Vienna.", "Monday, Nov. 16, 2015", "2015-11-16"),
        ("He came on 13 November 2015.", "13 November 2015", "2015-11-13"),
        ("It was the 13th of November.", "13th of November", "2015-11-13"),
        ("In September 2013 it was called off.", "September 2013", "2013-09"),
        ("It has been so since 16/11/2015.", "16/11/2015", "2015-11-16"),
        ("A law of 2011 says so.", "2011", "2011"),
        ("The 2011 air campaign went on.", "2011", "2011"),
        ("In the 1980s it began.", "1980s", "1980/1989"),
        ("In the mid-1980s it began.", "mid-1980s", "1980/1989"),
        ("The war of 1991-95 ended.", "1991-95", "1991/1995"),
        ("From 1955 to 1991 there was a pact.", "1955 to 1991", "1955/1991"),
        ("The summer of 2014 was hot.", "summer of 2014", "2014-06/2014-08"),
        ("It begins in early 2016.", "early 2016", "2016"),
        ("A 20th-century pact.", "20th-century", "1900/1999"),
        ("They fought on Nov. 14-15, 2015.", "Nov. 14-15, 2015", "2015-11-14/2015-11-15"),
        ("Since 9/11 much has changed.", "9/11", "2001-09-11"),
        ("He left in\r\nSeptember\r\n2013.", "September\r\n2013", "2013-09"),
        ("He left on 16\u00a0November\u00a02015.", "16\u00a0November\u00a02015", "2015-11-16"),
    ],
)
def test_a_date_that_the_text_states_is_found_with_its_own_words_only(text, words, found):
    assert read(text) == [(words, found)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("NATO's chief stopped short Wednesday of new steps.", "2015-11-18"),
        ("She spoke on Friday.", "2015-11-13"),
        ("They mourn the victims of Friday’s attacks.", "2015-11-13"),
        ("He plans to travel to Washington on Tuesday.", "2015-11-24"),
        ("A vote will be held on Friday.", "2015-11-20"),
        ("On Friday, the council is expected to vote.", "2015-11-20"),
        ("He flew in last Friday.", "2015-11-13"),
        ("She leaves next Tuesday.", "2015-11-24"),
        ("It ended yesterday.", "2015-11-17"),
        ("It ended the day before yesterday.", "2015-11-16"),
        ("The game was called off last night.", "2015-11-17"),
        ("It was unclear early this morning.", "2015-11-18"),
        ("She sails tomorrow.", "2015-11-19"),
        ("They met last week.", "2015-11-09/2015-11-15"),
        ("He goes next week.", "2015-11-23/2015-11-29"),
        ("He met them on Tuesday of last week.", "2015-11-10"),
        ("They met last weekend.", "2015-11-14/2015-11-15"),
        ("Over the weekend, calls have grown.", "2015-11-14/2015-11-15"),
        ("It was shaken this summer.", "2015-06/2015-08"),
        ("It fell earlier this month.", "2015-11"),
        ("It ended last month.", "2015-10"),
        ("They return next year.", "2016"),
        ("It began two weeks ago.", "2015-11-02/2015-11-08"),
        ("It began 10 months ago.", "2015-01"),
        ("It began more than a year ago.", "2014"),
        ("Bombing began in September.", "2015-09"),
        ("The talks will resume in January.", "2016-01"),
        ("It was founded last December.", "2014-12"),
        ("They met on March 2.", "2015-03-02"),
        ("The ban will end on Dec. 3.", "2015-12-03"),
        ("The leaders agreed Friday to create a force that could deploy.", "2015-11-13"),
        ("The session opens on Friday.", "2015-11-20"),
    ],
)
def test_a_relative_date_is_resolved_against_the_articles_date(text, found):
    assert value(text) == found


def test_a_weekday_on_its_own_day_is_the_day_of_publication():
    assert value("An official said Monday.", MONDAY) == "2015-11-16"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Talks on Friday.", ("2015-11-13", ["2015-11-20"])),
        ("She leaves next Friday.", ("2015-11-27", ["2015-11-20"])),
        ("He agreed to meet them on Friday.", ("2015-11-13", ["2015-11-20"])),
        ("It ends on 5/6/2015.", ("2015-06-05", ["2015-05-06"])),
        ("The season 2011-12 was long.", ("2011/2012", ["2011-12"])),
    ],
)
def test_a_date_with_two_readings_gives_both(text, values):
    [mention] = find_dates(text, WEDNESDAY)
    assert (mention.value, mention.details["alternatives"]) == values


def test_september_11_is_the_day_of_2001_unless_the_text_means_this_years():
    assert value("after the Sept. 11 attacks") == "2001-09-11"
    assert value("invoked once, after Sept. 11, when it agreed") == "2001-09-11"
    assert value("The council met on Sept. 11.") == "2015-09-11"


def test_a_day_takes_the_year_that_the_text_gave_it_before():
    assert read("On March 2, 1999, it began. The events of March 2 are known.")[1] == ("March 2", "1999-03-02")


def test_without_the_articles_date_a_relative_date_is_unknown_and_a_stated_one_is_not():
    found = find_dates("On Monday he spoke of 1 May 2004 and of last year.", None)
    assert [(mention.value, mention.details["basis"]) for mention in found] == [
        ("unknown", "unknown"),
        ("2004-05-01", "stated"),
        ("unknown", "unknown"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "It may rain; they march on, and the second sun sat low.",
        "Mrs. May spoke; the May government fell, led by May.",
        "Some 2015 soldiers, or 2000 troops, came; a force of 2000 men stayed.",
        "Resolution 2249, Article 5, F-16, C-130 and version 1.2.15.",
        "He reads the Sunday Times and USA Today every Monday; on a Monday, or on Mondays.",
        "Read http://example.org/2015/11/19/world or call 202-555-0147.",
        "Days later, the next morning, in the last week of it, years ago.",
        "Nov. 31 and 31/02/2015 do not exist.",
        "In the fall of the city, the spring of a watch.",
        "March 12 people died.",
    ],
)
def test_what_only_looks_like_a_date_is_none(text):
    assert read(text) == []


def test_a_date_never_runs_over_a_blank_line():
    assert read("He came in September\n\n2013 men were there.") == [("September", "2015-09")]


def test_only_the_spans_are_read_and_positions_are_those_of_the_whole_text():
    text = "Monday. Tuesday. Wednesday."
    [mention] = find_dates(text, WEDNESDAY, [(8, 16)])
    assert (mention.start, mention.end, mention.text) == (8, 15, "Tuesday")
    assert find_dates(text, WEDNESDAY, []) == []


@given(day=st.dates(date(1600, 1, 1), date(2099, 12, 31)), way=st.sampled_from(WAYS))
def test_any_day_in_any_writing_is_found_and_is_itself(day, way):
    month = LONG[day.month - 1]
    words = way.format(day, month=month, short=month[:3], dotted=month if len(month) < 5 else f"{month[:3]}.")
    [mention] = find_dates(f"They met on {words}.", None)
    assert mention.value == day.isoformat()
    assert mention.details == {"basis": "stated", "precision": "day"}


_PIECES = [*LONG, *MONTHS, "Monday", "Friday’s", "last", "next", "week", "on", "in", "the", "will", "said", "2015", "16", "9/11", "1980s"]
_PIECES += ["ago", "two", "years", "weekend", "this", "mid-", ",", ".", "\n", "\r\n", "\u00a0", "  ", "-", "–", "/", "(", ")", "é"]


@given(
    pieces=st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), max_size=30),
    published=st.none() | st.dates(date(1600, 1, 1), date(2200, 12, 31)),
)
def test_whatever_the_text_mentions_stand_in_it_in_order(pieces, published):
    text = " ".join(pieces)
    found = find_dates(text, published)
    assert all(text[mention.start : mention.end] == mention.text for mention in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(mention.value and mention.details["basis"] in ("stated", "inferred", "unknown") for mention in found)


@pytest.mark.parametrize("piece", ["1", " ", "a", "Monday ", "Nov. 1 ", "\n", "last ", "in 2015, ", "1-"])
def test_a_line_of_a_hundred_thousand_characters_is_read_to_its_end(piece):
    text = piece * (20_000 // len(piece)) + "\n\nHe came on 2 May 1999."
    assert find_dates(text, WEDNESDAY)[-1].value == "1999-05-02"


def test_the_originals_dates_are_resolved(original):
    published = {entry["id"]: entry["published"] for entry in load_catalogue()["articles"]}
    values = {id: {mention.value for mention in find_dates(read_text(path), published[id])} for id, path in original.items()}
    assert {"2015-11-13", "2015-11-14/2015-11-15", "2015-09", "2011"} <= values["stripes-2015"]
    assert {"2001-09-11", "2015-03-02", "2016"} <= values["atlantic-2015"]
    assert {"2015-11-23/2015-11-29", "2013", "2002"} <= values["nyt-2015"]
    assert {"2015-11-17", "2015-11-19", "2013-09", "1980/1989"} <= values["wsws-2015"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("On 2 April 1982 they landed. The next day the council met.", ["1982-04-02", "1982-04-03"]),
        ("They met on Friday and, the following day, agreed.", ["2015-11-13", "2015-11-14"]),
        ("The next day was fine.", []),
        ("In 1982 a frigate was hit on 25 May.", ["1982", "1982-05-25"]),
        ("It was last used in 2001, and on Nov. 17 they met.", ["2001", "2015-11-17"]),
        ("They landed on 2 April 1982. Then, on 25 May, a ship sank.", ["1982-04-02", "1982-05-25"]),
        ("Diplomats repeated it all weekend.", ["2015-11-14/2015-11-15"]),
        ("Turkey remembers 1991 and recalls 1974.", ["1991", "1974"]),
        ("It is another 1938, unlike 1914.", ["1938", "1914"]),
        ("He remembers 1991 soldiers.", []),
    ],
)
def test_a_day_is_told_by_what_the_text_has_just_said(text, values):
    assert [found for _, found in read(text)] == values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In March last year it was rejected.", ["2018-03"]),
        ("On Aug. 3 of last year the dam broke.", ["2018-08-03"]),
        ("The talks failed in June 1995. That August the army attacked.", ["1995-06", "1995-08"]),
        ("Signed on 4 April 1949, it was read three days later and dropped the next morning.", ["1949-04-04", "1949-04-07", "1949-04-08"]),
        ("He resigned on the 3rd, and on the 7th he left.", ["2019-05-03", "2019-05-07"]),
        ("Between 28 February and 3 March 2011 they fled.", ["2011-02-28", "2011-03-03"]),
        ("Ministers meet Tuesday and Thursday next week.", ["2019-05-21", "2019-05-23"]),
        ("The wall fell thirty years ago. On 9 November crowds had gathered.", ["1989", "1989-11-09"]),
        ("It is 60 years since the riots. On June 17 workers had walked out.", ["1959-06-17"]),
        ("Peru, whose turn it is, asks the ministers to gather on Monday.", ["2019-05-20"]),
        ("It broke two days later.", []),
    ],
)
def test_what_the_text_has_said_decides_on_a_date(text, expected):
    assert [mention.value for mention in find_dates(text, date(2019, 5, 15))] == expected
