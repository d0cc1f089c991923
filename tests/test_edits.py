"""The benchmark of edits: every edited text has one outcome, and letters keep their places."""

from edits import OUTCOMES, measure
from letters import Letter, find_sentences, join, replace, whole_text


def test_every_edited_text_has_one_outcome_and_the_same_seed_gives_the_same():
    counts = measure(edits=40, seed=7)
    assert set(counts["all"]) <= {*OUTCOMES} and sum(counts["all"].values()) == 40
    assert measure(edits=40, seed=7) == counts


def test_sentences_joined_are_the_text():
    letters = [Letter(character, place, "kept") for place, character in enumerate("They met. They talked.")]
    assert len(find_sentences(letters)) == 2 and join(find_sentences(letters)) == letters


def test_what_stands_in_place_of_a_word_belongs_where_the_word_stood_and_a_word_among_it_was_kept():
    letters = [Letter(character, place, "kept") for place, character in enumerate("one two")]
    put = replace(letters, range(4, 7), "three")
    assert whole_text(put) == "one three" and {letter.how for letter in put[4:]} == {"put"} and {letter.place for letter in put[4:]} == {4}
    kept = replace(letters, range(4, 7), "or two")
    assert [letter.how for letter in kept[4:]] == ["new"] * 3 + ["kept"] * 3
