"""Figures are found with the noun that they count; years, labels and times of the day are none."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.amounts import find_amounts
from helpers.files import read_text


def read(text: str) -> list[tuple[str, str, str]]:
    return [(mention.text, mention.value, mention.details.get("unit", "")) for mention in find_amounts(text)]


@pytest.mark.parametrize(
    ("text", "words", "number", "unit"),
    [
        ("killed more than 130 people in Paris", "130 people", "130", "people"),
        ("about 50 U.S. special operations forces have", "50 U.S. special operations forces", "50", "forces"),
        ("for 35 minutes.", "35 minutes", "35", "minutes"),
        ("the 28-nation alliance", "28-nation", "28", "nations"),
        ("dropping 16 bombs on it", "16 bombs", "16", "bombs"),
        ("nearly a quarter million lives", "a quarter million lives", "250000", "lives"),
        ("over 10 million people fled", "10 million people", "10000000", "people"),
        ("half a million Syrians", "half a million Syrians", "500000", "Syrians"),
        ("about one-sixth that of the other", "one-sixth", "1/6", "share"),
        ("one-fifth of the seats", "one-fifth", "0.2", "share"),
        ("a third of the members", "a third", "1/3", "share"),
        ("nine in 10 voters", "nine in 10 voters", "0.9", "share"),
        ("a 180-degree turn", "180-degree", "180", "degrees"),
        ("its six-decade history", "six-decade", "6", "decades"),
        ("worth $4.5 billion a year", "$4.5 billion", "4500000000", "USD"),
        ("worth €2m a year", "€2m", "2000000", "EUR"),
        ("some £300 million more", "£300 million", "300000000", "GBP"),
        ("353 million euros", "353 million euros", "353000000", "EUR"),
        ("rose 3.5 percent", "3.5 percent", "3.5", "percent"),
        ("about 2 per cent", "2 per cent", "2", "percent"),
        ("rose 17% in a day", "17%", "17", "percent"),
        ("the two leaders shared it", "two leaders", "2", "leaders"),
        ("a dozen aircraft", "a dozen aircraft", "12", "aircraft"),
        ("it changed 4 times", "4 times", "4", "times"),
        ("passed by 397-223, a vote that", "397-223", "397-223", "votes"),
        ("carried, 88 to none", "88", "88", "votes"),
        ("on a 445-146 vote", "445-146", "445-146", "votes"),
        ("a man aged 27 was held", "27", "27", "years"),
        ("Dempsey, 56, said", "56", "56", "years"),
        ("a 27-year-old man", "27-year-old", "27", "years"),
        ("a march of 60 km", "60 km", "60", "km"),
        ("two hundred and fifty thousand refugees", "two hundred and fifty thousand refugees", "250000", "refugees"),
        ("killed 130 and fled", "130", "130", ""),
        ("more than 2000 troops", "2000 troops", "2000", "troops"),
        ("12 F-16s took off", "12 F-16s", "12", "F-16s"),
        ("10\u00a0000\nsoldiers came", "10\u00a0000\nsoldiers", "10000", "soldiers"),
    ],
)
def test_a_figure_goes_from_its_number_to_the_noun_it_counts(text, words, number, unit):
    assert read(text) == [(words, number, unit)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("10,000 to 15,000 of the alliance’s troops", "10000", "15000"),
        ("between 7,000 and 8,000 men", "7000", "8000"),
        ("four or five things", "4", "5"),
        ("35-40 minutes", "35", "40"),
        ("10 to 15 million people", "10000000", "15000000"),
        ("$2 billion to $3 billion", "2000000000", "3000000000"),
    ],
)
def test_a_range_has_two_ends(text, low, high):
    found = find_amounts(text)
    assert [mention.value for mention in found] == ([f"{low}-{high}"] if "-" in text else [low, high])
    assert {(one.details["low"], one.details["high"], one.details["unit"]) for one in found} == {(low, high, found[0].details["unit"])}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The council voted 9 to 4.", ["9", "4"]),
        ("The governor spoke of 17 dead; hospitals have counted 23.", ["17", "23"]),
        ("On Monday the ministry spoke of 61. The rebels reported 12 of theirs.", ["61", "12"]),
        ("Of the 27 members, 25 agreed.", ["27", "25"]),
        ("It cost NZ$90m, then $3trn, then PLN 14 billion.", ["90000000", "3000000000000", "14000000000"]),
        ("Parliament ratified it, 188 to nil.", ["188"]),
        ("Call 0800 1111 about the F-35.", []),
    ],
)
def test_what_news_prose_counts_is_found(text, expected):
    assert [mention.value for mention in find_amounts(text) if not mention.optional] == expected


def test_the_details_say_what_is_counted_and_how_exactly():
    [mention] = find_amounts("He expected up to 10,000 of the alliance’s troops.")
    assert mention.text == "10,000 of the alliance’s troops"
    assert mention.details == {"unit": "troops", "counts": "alliance’s troops", "qualifier": "up to"}


def test_a_part_of_a_number_is_two_figures_with_one_noun():
    assert read("18 of 19 allies agreed") == [("18", "18", "allies"), ("19 allies", "19", "allies")]


@pytest.mark.parametrize(
    "text",
    [
        "In 2011, since 1949, on Nov. 16, 2015, by 13 November, in the 1980s, of 1991-95, on 9/11",
        "Article 5, Article 42.7, Articles 4 and 5 obligations, Resolution 2249, Version 1, Chapter 7 powers",
        "F-16, C-130, Su-24, the G20, Group of 20 nations, Boeing 747, Flight 9268 passengers, Task Force 317",
        "at 5 p.m., at 17:45, at 2.06 a.m., at 1500 GMT",
        "the first, a second vote, the 30th anniversary, one reason, no one, one of them, both",
        "dozens of men and hundreds of tanks, a minute of silence, a few hundred",
        "two weeks ago and 10 months ago",
        "Call 202-555-0147 or +44 20 7946 0018, see http://example.org/12/people",
        "the 21st century, two-way streets, the first half of the year",
        "the 2015 attacks",
        "as 007 people",
    ],
)
def test_what_is_no_count_is_no_figure(text):
    assert read(text) == []


def test_a_figure_never_runs_over_a_blank_line():
    assert read("The toll is at least 130\n\nPeople mourn.") == [("130", "130", "")]


def test_only_the_spans_are_read_and_positions_are_those_of_the_whole_text():
    text = "12 men, 13 men, 14 men"
    [mention] = find_amounts(text, [(8, 14)])
    assert (mention.start, mention.end, mention.text) == (8, 14, "13 men")
    assert find_amounts(text, []) == []


@given(number=st.integers(0, 10**12))
def test_any_number_with_separators_is_found_and_is_itself(number):
    [mention] = find_amounts(f"They counted {number:,} people.")
    assert Fraction(mention.value) == number
    assert mention.text == f"{number:,} people"


@given(tenths=st.integers(1, 9999), scale=st.sampled_from(["million", "billion", "trillion"]))
def test_a_sum_of_money_is_exact(tenths, scale):
    [mention] = find_amounts(f"It cost ${tenths / 10} {scale}.")
    assert Fraction(mention.value) == Fraction(tenths, 10) * {"million": 10**6, "billion": 10**9, "trillion": 10**12}[scale]


_PIECES = ["1", "12", "1,000", "2015", "3.5", "$", "€", "%", "percent", "million", "two", "twenty", "a", "quarter", "half", "of", "the"]
_PIECES += [
    "people",
    "special",
    "forces",
    "to",
    "or",
    "between",
    "and",
    "in",
    "-",
    "–",
    ".",
    ",",
    "\n",
    "\u00a0",
    "  ",
    "’s",
    "U.S.",
    "vote",
]


@given(pieces=st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), max_size=30), gap=st.sampled_from([" ", "", "-"]))
def test_whatever_the_text_mentions_stand_in_it_in_order(pieces, gap):
    text = gap.join(pieces)
    found = find_amounts(text)
    assert all(text[mention.start : mention.end] == mention.text for mention in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(mention.value for mention in found)


@pytest.mark.parametrize("piece", ["1", " ", "a", "1 ", "1,111,", "two ", "two-", "\n", "$1 to ", "5 of the "])
def test_a_line_of_nothing_but_numbers_is_read_to_its_end(piece):
    text = piece * (20_000 // len(piece)) + "\n\nThey counted 130 people."
    assert read(text)[-1] == ("130 people", "130", "people")


def test_the_originals_figures_are_found(original):
    values = {id: {(mention.text, mention.value) for mention in find_amounts(read_text(path))} for id, path in original.items()}
    assert {("130 people", "130"), ("28-nation", "28")} <= values["stripes-2015"]
    assert {("129 people", "129"), ("one-sixth", "1/6"), ("35 minutes", "35")} <= values["atlantic-2015"]
    assert ("10 months", "10") in values["nyt-2015"]
    assert {("16 bombs", "16"), ("a quarter million lives", "250000")} <= values["wsws-2015"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The army has buried 36 of them.", ["36"]),
        ("In 1971 we threw out 105 of them.", ["105"]),
        ("It might offer 500.", ["500"]),
        ("A bill approved by 320 votes to 129 passed.", ["320", "129"]),
        ("By Friday he was at 33.", ["33"]),
        ("Aircraft crossed on Friday, 12 of them bombers.", ["12"]),
        ("It began on 18 March 1999. Six days later it rained.", ["6"]),
        ("He lives at 33 Elm Street and is at home.", []),
        ("They sent 2014 and 2015 reports.", []),
    ],
)
def test_a_number_whose_noun_is_understood_is_a_figure(text, values):
    assert [one.value for one in find_amounts(text)] == values


def test_a_number_word_below_ten_and_an_age_are_optional():
    found = find_amounts("Four ships and 4 boats; Ada Lee, 62, saw forty more ships.")
    assert [(one.value, one.optional) for one in found] == [("4", True), ("4", False), ("62", True), ("40", False)]
