"""Lesson 01: sources dated and placed, statements sorted, conflicts resolved or left open, as of a day."""

import re

import pytest
from builders import outputs_text, refusal, run_lesson, stored_lesson

from helpers.questions import load_items

# Three days: the default (stored), 20 November, and the first, 16 November, which is run in test_as_of.py.
NOT_OUT = "The article behind this exercise was published after your last day."


def test_on_the_default_day_all_four_are_out_and_the_word_voted_is_held_against_the_record():
    text = outputs_text(stored_lesson("01"))
    assert "Articles out by then: 4 of 4." in text
    assert "16 of 26 points rest on one article." in text
    assert "no vote and no Council decision is recorded" in text
    assert "single source: wsws-2015" in text
    assert "The official count was 129" not in text
    assert NOT_OUT not in text


@pytest.mark.slow
def test_on_20_november_the_toll_is_on_record(tmp_path):
    text = outputs_text(run_lesson("01", tmp_path, as_of="2015-11-20"))
    assert "The official count was 129 until 20 November and 130 from then on" in text
    assert "2015-11-20 | The official toll of the Paris attacks rises from 129 to 130." in text
    assert "397 to 223" not in text


@pytest.mark.parametrize("day", ["2015-11-15", "2015-12-19"])
def test_a_day_outside_the_lesson_is_refused_with_the_days_that_are_allowed(day):
    assert refusal("01", as_of=day) == f"as_of: {day} is outside the data; use a day from 2015-11-16 to 2015-12-18"


def test_before_it_looks_back_the_lessons_text_tells_nothing_of_after_16_november():
    texts = [cell.source for cell in stored_lesson("01").cells[1:] if cell.cell_type == "markdown"]
    cut = next(number for number, text in enumerate(texts) if "## Looking back" in text)
    told = "\n".join(texts[:cut])
    days = {int(day) for day in re.findall(r"\b(\d{1,2})(?:th|st)? November", told)}
    assert days <= {14, 15, 16, 18}  # the 18th is the default day, named as such
    assert not re.search(r"wsws|nyt-|Times|Vienna|voted|Kerry|carrier|December", told)


def test_the_reference_codes_use_all_four_kinds_and_the_right_option_stands_in_every_place():
    items = load_items("01")
    codes = [item.fields[0].reference for item in items if item.mode == "code"]
    assert {kind: codes.count(kind) for kind in set(codes)} == {"fact": 2, "reported claim": 2, "interpretation": 2, "forecast": 2}
    keys = [option.key for item in items if item.mode == "check" for option in item.options if option.correct]
    assert len(set(keys)) == len(keys) == 4
