"""An item where nobody can click: question, options, the last answer and the feedback to it."""

import re

import pytest

from helpers.item_views import describe, feedback, item_html, item_text
from helpers.questions import fields_of, load_item, load_items


@pytest.fixture
def item():
    """An item of the course with a right answer."""
    return load_item("00-q1")


def test_the_feedback_to_a_right_option_says_so_and_to_a_wrong_one_names_the_misconception(item):
    assert feedback(item.option("c")).startswith("Right. ")
    assert feedback(item.option("a")).startswith("Not right. ")
    assert feedback(item.option("a")).endswith("(Misconception: restart is the first remedy.)")


def test_a_poll_says_that_it_is_not_marked(write_item):
    assert describe(load_item("00-q1")).startswith("fact, marked, ")
    write_item(mode="poll", status="interpretation", correct="false")
    assert describe(load_item("99-q1")) == "interpretation, a poll, not marked, 2 min"


@pytest.mark.parametrize("answer", [None, "a", "b"])
def test_an_item_with_markup_in_its_texts_is_escaped(write_item, answer):
    write_item()
    html = item_html(load_item("99-q1"), answer)
    assert not re.search("<script|<b>|<i>", html)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in html
    assert "&lt;b&gt;always&lt;/b&gt;" in html and "&lt;i&gt;Think&lt;/i&gt;" in html and "markup &amp; stance" in html


def test_an_item_in_print_shows_options_and_the_last_answer(item):
    text = item_text(item, None)
    assert all(f"({option.key}) {option.text}" in text for option in item.options)
    assert text.endswith("Your answer: none yet.")
    assert "Right. " not in text
    assert "Your answer: (c)" in item_text(item, "c") and "Right. " in item_text(item, "c")


def test_an_option_without_a_full_stop_gets_one_before_its_feedback():
    (item,) = [one for one in load_items("00") if one.id == "00-q1"]
    assert "which interrupts the cell that is running. Right. It stops" in item_text(item, "c")
    assert ".. " not in "".join(item_text(one, "a") for one in load_items("01") if one.mode == "check")


def test_an_answer_to_an_option_that_is_gone_counts_as_none(item):
    assert item_text(item, "z").endswith("Your answer: none yet.")


def of_mode(mode):
    return next(item for item in load_items() if item.mode == mode)


def test_of_an_exam_item_neither_key_nor_feedback_is_shown():
    item = of_mode("exam")
    for answer in (None, *(option.key for option in item.options)):
        shown = item_text(item, answer) + item_html(item, answer)
        assert not any(option.feedback in shown or (option.misconception and option.misconception in shown) for option in item.options)
        assert "Right." not in shown
    assert "your teacher marks it" in item_text(item, item.options[0].key)


def test_the_reference_codes_appear_only_when_every_field_is_coded():
    item = load_item("02-c01")
    fields = fields_of(item)
    half, whole = {fields[0].name: fields[0].choices[0]}, {field.name: field.choices[0] for field in fields}
    assert "reference" not in item_text(item, None) + item_text(item, half) + item_html(item, half)
    assert f"reference {fields[0].reference}" in item_text(item, whole) and f"{fields[0].label}: {fields[0].choices[0]}" in item_text(
        item, half
    )


def test_a_forecast_in_print_tells_the_probability_and_not_the_outcome():
    item = next(item for item in load_items() if item.outcome)
    text = item_text(item, 0.35) + item_html(item, 0.35)
    assert "35% that it is yes" in text and item.outcome.what not in text
    assert item_text(item, "x").endswith("none yet.")


def test_a_memo_in_print_tells_text_evidence_and_what_is_to_mend():
    item = of_mode("memo")
    text = item_text(item, {"text": "Short <b>.", "evidence": ["E01"]})
    assert "Short <b>." in text and "Evidence: E01." in text and "To mend: 2 words" in text
    assert "<b>" not in item_html(item, {"text": "Short <b>.", "evidence": []})
