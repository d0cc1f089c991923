"""Worksheets hold the items of a group's own notebook, for paper."""

import re

import pytest

from course.executed import read_cells
from course.exercises import Items, exercises_html, worksheet_html
from course.fragments import Renderer
from course.lessons import find_lessons
from helpers.questions import load_item


@pytest.fixture(scope="module")
def items():
    return Items()


def sheet(number, items, change=lambda cells: cells, **options):
    (lesson,) = find_lessons([number])
    return exercises_html(change(read_cells(lesson.path)), lesson.name, Renderer(), items, **options)


def ids(html):
    return re.findall(r"<strong>(\d\d-\w+)</strong>", html)


def test_items_stand_under_the_notebooks_headings_with_what_the_exercise_asks_and_without_keys(items):
    html = sheet("03", items)
    assert re.findall("<h3>(Exercise.*?)</h3>", html) == [f"Exercise {number} (objective {number})" for number in range(1, 5)]
    assert "Correct the claim in your own head first" in html
    assert ids(html)[:3] == ["03-q5", "03-q1", "03-q6"]
    assert not re.search("Misconception|Right\\.|Your answer|feedback", html)


def test_exam_items_are_left_out_with_solutions_too(items):
    html = sheet("03", items, solutions=True)
    assert "03-x" not in html
    assert html.count('class="key"') == len(ids(html)) == html.count('class="item"')


def test_items_that_code_counts_through_follow_the_exercise_with_passage_and_marked_phrase(items):
    html = sheet("02", items)
    assert ids(html)[:20] == [f"02-c{number:02}" for number in range(1, 21)]
    assert html.index("Exercise 1") < html.index("02-c01")
    assert "<mark>do not coordinate or collaborate in any way</mark>" in html


def test_of_the_incidents_only_that_of_the_groups_own_parameters_is_kept(items):
    def choose(cells):
        injected = {"cell_type": "code", "source": 'incident = "su24-2015"', "outputs": []}
        return [*cells[:3], injected, *cells[3:]]

    assert [id for id in ids(sheet("03", items)) if id.startswith("03-i")] == ["03-i7"]
    assert [id for id in ids(sheet("03", items, choose)) if id.startswith("03-i")] == ["03-i8"]


def test_without_a_notebook_all_exercises_of_the_lesson_are_there(items):
    html = exercises_html([], "03_nato", Renderer(), items)
    assert len(ids(html)) == len([item for item in items.of("03").values() if item.mode != "exam"])


def test_a_lesson_without_items_says_so(items):
    assert exercises_html([], "97_none", Renderer(), items) == "<p>This lesson has no exercises.</p>"


def test_there_is_space_to_write_for_every_kind_of_answer():
    assert worksheet_html(load_item("05-f1")).count('class="rule"') == 1
    marks = worksheet_html(load_item("02-a1"))
    assert marks.count('class="rule"') == 5 and "<mark>" not in marks
    assert "Russia’s military is operating" in marks and "Invoke NATO Article 5 / NATO leads against IS" in marks
    memo = worksheet_html(load_item("08-m1"))
    assert memo.count('class="rule"') > 15
    assert "We cannot accept:" in memo
    assert "100 to 320 words" in memo
