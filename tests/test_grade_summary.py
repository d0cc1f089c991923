"""The class in a few lines: totals that agree with the gradebook, and what went worst first."""

import pytest

from course.grade_summary import summarise_grades, summary_lines
from course.gradebook import Grade, grade_class, read_class, tabulate_learners
from helpers.questions import load_item


@pytest.fixture(scope="module")
def grades():
    return grade_class(read_class(["synthetic"]))[0]


def test_totals_are_those_of_the_gradebook(grades):
    summary, table = summarise_grades(grades), tabulate_learners(grades, {})
    for name in ("right", "marked", "done", "unmarked"):
        assert summary[name] == sum(row[table[0].index(name)] for row in table[1:])
        assert summary[name] == sum(row[name] for row in summary["items"]) == sum(row[name] for row in summary["objectives"])


def test_misconceptions_stand_in_the_order_of_how_many_chose_them(grades):
    rows = summarise_grades(grades)["misconceptions"]
    assert [row["chosen"] for row in rows] == sorted((row["chosen"] for row in rows), reverse=True)
    assert all(0 < row["chosen"] <= row["answered"] <= 24 for row in rows)


def test_the_lines_tell_what_went_worst_and_are_few(grades):
    lines = summary_lines(summarise_grades(grades))
    assert len(lines) == 4 and lines[0].startswith("24 learners, 121 items; right ")
    assert lines[1].startswith("items answered right least: ")


def test_a_class_of_one_with_nothing_marked_is_told_in_one_line():
    item = next(item for item in map(load_item, ["08-m1"]))
    assert summary_lines(summarise_grades([Grade("k7-fox", item, "done", {"text": "", "evidence": []})])) == [
        "1 learner, 1 items; right none of the marked ones, done 1 of 1 (100%) of the others"
    ]
