"""Lesson 01: sources dated and placed, statements sorted, conflicts resolved or left open, as of a day."""

import re

import pytest
from builders import outputs_text, run_lesson

from course.lessons import find_lessons, read_notebook
from helpers.errors import CourseError, ParameterError
from helpers.questions import load_items

pytestmark = pytest.mark.slow
NOT_OUT = "The article behind this exercise was published after your last day."


def run(tmp_path, day: str) -> str:
    return outputs_text(run_lesson("01", tmp_path, as_of=day))


def test_on_16_november_two_articles_are_out_and_the_toll_is_an_open_conflict(tmp_path):
    text = run(tmp_path, "2015-11-16")
    assert "Articles out by then: 2 of 4." in text
    assert "C01: How many people died in Paris (2 articles: stripes-2015, atlantic-2015)" in text
    assert "On record: Not known by the as-of day." in text
    assert "C11: no article published up to 2015-11-16 bears on it." in text
    assert text.count(NOT_OUT) == 3
    assert "wsws-2015:p" not in text and "nyt-2015:v" not in text


def test_on_the_default_day_all_four_are_out_and_the_word_voted_is_held_against_the_record(tmp_path):
    text = run(tmp_path, "2015-11-18")
    assert "Articles out by then: 4 of 4." in text
    assert "16 of 26 points rest on one article." in text
    assert "no vote and no Council decision is recorded" in text
    assert "single source: wsws-2015" in text
    assert "The official count was 129" not in text
    assert NOT_OUT not in text


def test_on_20_november_the_toll_is_on_record(tmp_path):
    text = run(tmp_path, "2015-11-20")
    assert "The official count was 129 until 20 November and 130 from then on" in text
    assert "2015-11-20 | The official toll of the Paris attacks rises from 129 to 130." in text
    assert "397 to 223" not in text


@pytest.mark.parametrize("day", ["2015-11-15", "2015-12-19"])
def test_a_day_outside_the_lesson_is_refused_with_the_days_that_are_allowed(tmp_path, day):
    with pytest.raises(CourseError, match="use a day from 2015-11-16 to 2015-12-18"):
        run(tmp_path, day)


def test_the_notebooks_own_check_says_the_same_in_one_line():
    (lesson,) = find_lessons(["01"])
    cells = [cell.source for cell in read_notebook(lesson.path).cells if cell.cell_type == "code"]
    checks = next(source for source in cells if "check_date(" in source)
    with pytest.raises(ParameterError) as told:
        exec("\n".join(["from helpers import *", "as_of = '2015-11-15'", checks]), {})
    assert "\n" not in str(told.value)
    assert str(told.value) == "as_of: 2015-11-15 is outside the data; use a day from 2015-11-16 to 2015-12-18"


def test_before_it_looks_back_the_lessons_text_tells_nothing_of_after_16_november():
    (lesson,) = find_lessons(["01"])
    texts = [cell.source for cell in read_notebook(lesson.path).cells[1:] if cell.cell_type == "markdown"]
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
