"""The grammar of dates: every rule begins where the scan looks, and what only looks like a date is told apart."""

import pytest

from helpers.date_words import GRAMMAR, RULES, is_month, is_other, is_year

EXAMPLES = {
    "iso": ["2015-11-16", "2015/11/16"],
    "numeric": ["16/11/2015", "16.11.2015", "16-11-2015", "11/16/15"],
    "nine_eleven": ["9/11"],
    "day": [
        "Monday, Nov. 16, 2015",
        "16 November",
        "Sat 14 November 2015",
        "March 2",
        "13th of November",
        "Nov. 14-15",
        "14 and 15 November",
    ],
    "month": ["September 2013", "Sept. 2013", "early September 2013", "May of 2004"],
    "season": ["summer of 2014", "Winter 1941", "late spring 2016"],
    "range": ["1991-95", "1939–1945", "1955 to 1991"],
    "decade": ["1980s", "mid-1980s", "early 1990s"],
    "century": ["20th century", "21st-century", "late 19th century"],
    "week_day": ["Tuesday of last week", "Friday next week"],
    "relative": [
        "last week",
        "next Friday",
        "earlier this month",
        "this past Friday",
        "Last night",
        "this morning",
        "next March",
        "this fall",
    ],
    "beside": ["next day", "following day"],
    "near": ["yesterday", "Today", "tonight", "tomorrow", "the day before yesterday", "the day after tomorrow"],
    "of_year": ["March last year", "24 February of last year", "summer next year", "May of that year", "August the year before last"],
    "ordinal": ["3rd"],
    "later": ["two days later", "A month earlier", "twenty years later"],
    "anniversary": ["50 years since", "Sixty years on"],
    "ago": ["two weeks ago", "10 months ago", "a year ago", "Two decades ago"],
    "weekend": ["weekend"],
    "weekday": ["Monday"],
    "bare_month": ["September", "Nov.", "mid-October", "late March"],
    "year": ["2011", "early 2016", "mid-2014"],
}


def test_there_is_an_example_of_every_rule():
    assert EXAMPLES.keys() == RULES.keys()


@pytest.mark.parametrize(("rule", "words"), [(rule, words) for rule, examples in EXAMPLES.items() for words in examples])
def test_a_rule_takes_its_words_as_a_whole(rule, words):
    match = GRAMMAR.search(f"({words}.")
    assert match and (match.lastgroup, match.group()) == (rule, words)


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("weekday", "every Monday", "Monday"),
        ("weekday", "the Sunday Times", "Sunday"),
        ("weekday", "on Black Friday", "Friday"),
        ("relative", "in the last week", "last week"),
        ("relative", "last week of May", "last week"),
        ("near", "in USA Today", "Today"),
        ("weekend", "weekend of fighting", "weekend"),
    ],
)
def test_the_words_around_can_make_it_something_else(rule, text, words):
    start = text.index(words)
    assert is_other(rule, text, start, start + len(words))


@pytest.mark.parametrize(("text", "found"), [("in May", True), ("by May", False), ("the May talks", False), ("Mrs. May", False)])
def test_may_is_a_month_only_with_a_cue_that_no_name_has(text, found):
    start = text.index("May")
    assert is_month(text, start, start + 3) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("since 2003", True),
        ("the 2003 war", True),
        ("(2003)", True),
        ("pre-2003", True),
        ("invasion of 2003", True),
        ("a force of 2003", False),
        ("the 2003 soldiers", False),
        ("Resolution 2003", False),
        ("about 2003", False),
        ("2003", False),
    ],
)
def test_four_digits_are_a_year_with_a_cue(text, found):
    start = text.index("2003")
    assert is_year(text, start, start + 4, 0) is found


def test_four_digits_are_a_year_in_a_list_of_years():
    text = "in 2001, 2002 and 2003"
    assert is_year(text, 9, 13, 7) and is_year(text, 18, 22, 13) and not is_year(text, 18, 22, 0)
