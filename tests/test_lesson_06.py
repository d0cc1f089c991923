"""Lesson 06 with the defaults, with everybody on everything, with hardly anything, and with a wrong value."""

import pytest
from builders import outputs_text, refusal, run_lesson, stored_lesson

from helpers.codebook import load_codebook
from helpers.questions import load_items

# Three choices: the defaults (stored), everybody on everything, one on one.
slow = pytest.mark.slow


def test_with_the_defaults_the_numbers_that_the_text_reads_are_those_of_the_outputs():
    text = outputs_text(stored_lesson("06"))
    assert "23 of 36 cells rest on evidence, 13 of them on a single passage." in text
    assert "8 of 36 cells differ." in text
    assert "Russia | Invoke NATO Article 5 | – | −2 | – | second/E32" in text
    assert "United States | Western ground troops | −2 to −1 | −2 to +2" in text
    assert "all | 67 | 9 | 0.82 | 0.92" in text
    assert "United States | Russia | 12 | 5 | 2 | 3 | 6 | 1" in text
    assert "Average of the five codes: 0.0" in text
    assert "There is no pair" not in text


@slow
def test_all_nineteen_actors_on_all_twelve_issues_are_shown(tmp_path):
    book = load_codebook()
    text = outputs_text(run_lesson("06", tmp_path, actors=list(book.actors), issues=list(book.issues)))
    assert "Matrix of 19 actors by 12 issues" in text
    assert "45 bars on 11 issues" in text
    assert "second/E55" in text and "E49" not in text.partition("Codes by voice")[0]


@slow
def test_one_actor_one_issue_and_a_voice_that_is_not_heard_run_to_the_end_and_say_so(tmp_path):
    text = outputs_text(run_lesson("06", tmp_path, actors=["GBR"], issues=["ART5"], voice="P"))
    assert "0 of 1 cells rest on evidence, 0 of them on a single passage." in text
    assert "Matrix of 1 actors by 1 issues: 0 cells hold a stance or a range, 1 are hatched because nothing is reported." in text
    assert "No cell differs." in text
    assert text.count("There is no pair to compare: choose at least two actors.") >= 2
    assert "GBR | 0 | 0 | 0" in text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"actors": ["TUR"]}, "actors: 'TUR' is not allowed; use one of FRA, USA, RUS"),
        ({"issues": []}, "issues: the list is empty; use some of ART5"),
        ({"voice": "X"}, "voice: 'X' is not allowed; use one of all, Q, P, J"),
    ],
)
def test_a_wrong_value_is_refused_before_the_run_with_the_allowed_ones(wrong, told):
    assert told in refusal("06", **wrong)


def test_every_mode_of_item_is_there_and_the_right_option_stands_in_every_place():
    items = load_items("06")
    assert {item.mode for item in items} == {"check", "poll", "code", "exam"}
    keys = [option.key for item in items for option in item.options if option.correct]
    assert len(set(keys)) == 4
