"""The noun that a number counts is found by its plural, behind whatever describes it."""

import pytest

from helpers.counted_nouns import COUNTED, find_phrase, find_phrase_of, is_plural, plural_of


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        (" people in Paris", "people"),
        (" U.S. special operations forces have", "U.S. special operations forces"),
        (" longtime powers now has", "longtime powers"),
        (" US troops could cross", "US troops"),
        (" F-16s took off", "F-16s"),
        (" men armed with rifles", "men"),
        (" people dead", "people"),
        (" wounded in the attack", "wounded"),
        (" serious crises", "serious crises"),
        (" soldiers’ lives", "soldiers"),
        ("\r\nmen came", "men"),
    ],
)
def test_a_phrase_ends_with_its_plural_head(text, phrase):
    start, end = find_phrase(text, 0, len(text)) or (0, 0)
    assert text[start:end] == phrase


@pytest.mark.parametrize("text", [" in three attacks", " of us", ", men", "\n\nmen came", " the men", " always", " British", ""])
def test_what_belongs_to_something_else_is_not_counted(text):
    assert find_phrase(text, 0, len(text)) is None


def test_the_whole_of_a_part_stands_behind_of():
    text = " of the alliance’s troops"
    start, end = find_phrase_of(text, 0, len(text)) or (0, 0)
    assert text[start:end] == "alliance’s troops"


def test_a_phrase_is_not_read_beyond_the_end_that_is_given():
    assert find_phrase(" special forces", 0, 8) is None


def test_nouns_that_count_are_known_by_themselves_or_behind_one_word():
    assert COUNTED.match(" troops") and COUNTED.match(" more people") and not COUNTED.match(" attacks")


@pytest.mark.parametrize("noun", ["degree", "country", "day", "nation", "metre", "woman"])
def test_the_plural_of_a_noun_has_the_form_of_one(noun):
    assert is_plural(plural_of(noun))
    assert plural_of(plural_of(noun)) == plural_of(noun)
