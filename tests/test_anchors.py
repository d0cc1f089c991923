"""A phrase is found in its one place, or it is not found: never a guess."""

import pytest

from helpers.anchors import Quote, find_quote


def test_a_phrase_is_found_at_its_code_points_whatever_stands_before_it():
    text = "Élysée 🇫🇷: treat it as an ally"
    start, end = find_quote(text, Quote("an ally"))
    assert text[start:end] == "an ally"


@pytest.mark.parametrize("exact", ["An ally", "an  ally", "an ally!", "", "treat it as an ally of ours"])
def test_a_phrase_that_is_nearly_there_is_not_found(exact):
    assert find_quote("treat it as an ally", Quote(exact)) is None


def test_a_phrase_that_stands_twice_is_not_found_without_its_context():
    assert find_quote("an ally and an ally", Quote("an ally")) is None


@pytest.mark.parametrize(
    ("quote", "place"),
    [
        (Quote("an ally", suffix=" and"), (0, 7)),
        (Quote("an ally", prefix="and "), (12, 19)),
        (Quote("an ally", prefix="or "), None),
        (Quote("an ally", prefix="and ", suffix=" and"), None),
    ],
)
def test_context_settles_which_of_two_places_is_meant(quote, place):
    assert find_quote("an ally and an ally", quote) == place


def test_context_that_fits_both_places_settles_nothing():
    assert find_quote("as an ally, as an ally", Quote("an ally", prefix="as ")) is None


def test_places_that_overlap_are_two_places():
    assert find_quote("aaa", Quote("aa")) is None
    assert find_quote("aaa", Quote("aa", prefix="a")) == (1, 3)
