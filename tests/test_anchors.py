"""A phrase is found in its one place, or it is not found: never a guess."""

import runpy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from helpers.anchors import Anchor, Quote, anchor, find_quote, quote_of

TEXT = (
    "The harbour council met twice on Thursday. Its chair said that the old lighthouse would stay open until spring. "
    "Fishermen from both villages had asked for it. The old lighthouse is the last one on that coast."
)
START = TEXT.index("the old lighthouse")
QUOTE = quote_of(TEXT, START, START + len("the old lighthouse would stay open"))


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


def found(text: str, quote: Quote = QUOTE, position: int | None = None) -> tuple[str, str] | None:
    """What was found and how, once its place is known to hold it."""
    place = anchor(text, quote, position)
    return (text[place.start : place.end], place.how) if place else None


def test_an_unchanged_phrase_is_found_by_its_position_or_by_its_words():
    assert anchor(TEXT, QUOTE, START) == Anchor(START, START + len(QUOTE.exact), "position", 1.0)
    assert found(TEXT, position=START + 5) == (QUOTE.exact, "exact")
    assert found("Late news. " + TEXT, position=START) == (QUOTE.exact, "exact")
    assert found(TEXT, Quote(QUOTE.exact)) == (QUOTE.exact, "exact")


def test_of_several_places_the_one_that_the_context_fits_is_the_answer():
    text = "The keepers say the old lighthouse would stay open if somebody paid. " + TEXT
    place = anchor(text, QUOTE)
    assert place and (place.start, place.how) == (text.rindex(QUOTE.exact), "context")
    assert anchor(text, Quote(QUOTE.exact)) is None


def test_a_sentence_that_stands_twice_is_not_found_unless_its_position_is_known():
    sentence = "They agreed in the end that the old lighthouse would stay open, if the money held until spring. "
    start = sentence.index(QUOTE.exact)
    quote = quote_of(sentence, start, start + len(QUOTE.exact), context=16)
    twice = sentence + "Nobody objected to that. " + sentence
    assert anchor(twice, quote) is None
    assert found(twice, quote, start) == (quote.exact, "position")


@pytest.mark.parametrize(
    ("was", "now", "changed"),
    [
        ("old lighthouse would", "old lighthouse perhaps would", "the old lighthouse perhaps would stay open"),
        ("lighthouse would", "lighthous would", "the old lighthous would stay open"),
        ("lighthouse would", "lighthouse\n   would", "the old lighthouse\n   would stay open"),
        ("would stay open", "would stay shut", "the old lighthouse would stay shut"),
        ("the old lighthouse would", "the old tower would", "the old tower would stay open"),
        ("that the old lighthouse would stay open until spring", "so", None),
        ("that the old lighthouse would stay open until", "that the new lighthouse might be open after", None),
    ],
)
def test_a_changed_phrase_is_found_with_its_edges_or_not_at_all(was, now, changed):
    text = TEXT.replace(was, now, 1)
    assert found(text) == ((changed, "fuzzy") if changed else None)


@pytest.mark.parametrize(
    "now",
    [
        "the tower is shut. Nobody asked who the old lighthouse would stay open until spring",  # right after it only
        "the old lighthouse would stay open, that it would stay open until spring",  # what is left of it stands after
        "the keeper, the old lighthouse would stay open for now, would stay open until spring",
    ],
)
def test_a_copy_is_not_taken_for_the_phrase_whose_remains_stand_elsewhere(now):
    assert found(TEXT.replace("the old lighthouse would stay open until spring", now, 1)) is None


def test_a_position_settles_nothing_once_the_words_beside_it_have_changed():
    sentence = "They agreed in the end that the old lighthouse would stay open, if the money held until spring. "
    quote = quote_of(sentence, start := sentence.index(QUOTE.exact), start + len(QUOTE.exact), context=16)
    edited = sentence.replace("if the", "if all the")
    assert found(edited + edited, quote, start) is None


def test_quotation_marks_and_dashes_may_change_their_kind():
    text = "He called it “a friend’s duty – no more” and left the room at once."
    start = text.index("a friend")
    quote = quote_of(text, start, start + len("a friend’s duty – no more"))
    assert anchor(text.translate(str.maketrans("“”’–", '""\'-')), quote) == Anchor(start, start + len(quote.exact), "fuzzy", 1.0)


def test_a_phrase_that_left_its_place_is_not_found_where_the_same_words_stand_in_another_sense():
    text = TEXT.replace("that the old lighthouse would stay open until spring", "nothing")
    assert anchor(text + " Some hoped the old lighthouse would stay open.", QUOTE) is None


def test_a_part_of_a_longer_word_is_not_the_phrase():
    assert anchor("an allying force", Quote("an ally")) is None
    assert anchor("an allying force", Quote("an ally", suffix="ing f")) == Anchor(0, 7, "exact", 1.0)


def test_a_higher_threshold_finds_less():
    text = TEXT.replace("stay open", "stay shut")
    assert anchor(text, QUOTE, threshold=0.8) and anchor(text, QUOTE, threshold=0.95) is None


@pytest.mark.parametrize(("text", "quote"), [("", QUOTE), (TEXT, Quote("")), (TEXT, Quote(" ")), (TEXT, Quote("", "The ", " council"))])
def test_nothing_is_found_of_nothing(text, quote):
    assert anchor(text, quote) is None


@given(some.text(max_size=60), some.integers(0, 60), some.integers(1, 20))
def test_what_is_found_in_an_unchanged_text_is_the_quote_in_its_place(text, start, length):
    quote = quote_of(text, start, start + length)
    place = anchor(text, quote, start)
    assert place is None or (place.start, text[place.start : place.end]) == (start, quote.exact)


def test_of_hundreds_of_edited_texts_none_is_anchored_wrongly():
    measure = runpy.run_path(str(Path(__file__).parent.parent / "benchmarks" / "edits.py"))["measure"]
    counts = measure(400, seed=1)["all"]
    assert sum(counts.values()) == 400
    assert counts["wrong"] == 0
    assert counts["found rightly"] + counts["rightly not found"] >= 340
