"""Lesson 08 runs from any seat, gives each seat its own pack, and tells nothing later before the debate is over."""

import pytest
from builders import outputs_text, refusal, run_lesson

from course.lessons import find_lessons
from helpers.council import seats
from helpers.questions import load_items


def split_at_looking_back(notebook):
    """The executed lesson before and after the heading behind which later days are told."""
    at = next(number for number, cell in enumerate(notebook.cells) if "\n## Looking back\n" in cell.source)
    first, second = notebook.copy(), notebook.copy()
    first.cells, second.cells = notebook.cells[:at], notebook.cells[at:]
    return outputs_text(first), outputs_text(second)


# Three seats are run: an ally, one of whom nothing is reported, and a member of the EU outside NATO.
@pytest.mark.slow
@pytest.mark.parametrize(
    ("seat", "there", "not_there"),
    [
        ("ankara", "Ankara speaks for the government of Turkey", "What is coded of this seat | id"),
        ("london", "nyt-2015:v1-p18", "What is coded of this seat:\n  not reported"),
        ("neutral", "A neutral EU member: Ireland speaks for", "C2015-TUR | 2015-07-26"),
    ],
)
def test_the_lesson_runs_from_a_seat_and_keeps_later_days_for_the_look_back(tmp_path, seat, there, not_there):
    before, after = split_at_looking_back(run_lesson("08", tmp_path, seat=seat))
    assert there in before and not_there not in before
    # Feedback to items may look ahead in words of the lesson; the seat's own outputs do not.
    assert "Resolution 2249" not in before and "Akrotiri" not in before and "Su-24" not in before
    assert "Resolution 2249" in after and "2015-12-18" in after
    assert "There is nothing to compare yet: write 08-m1 and 08-m2 first." in after


def test_the_parameter_offers_every_seat_and_a_wrong_one_is_told_in_one_line():
    (lesson,) = find_lessons(["08"])
    (parameter,) = lesson.parameters
    assert parameter.allowed() == list(seats()) and parameter.default == "paris"
    assert refusal("08", seat="rome") == f"seat: 'rome' is not allowed; use one of {', '.join(seats())}"


def test_the_minutes_of_the_items_are_those_of_the_exercises():
    (lesson,) = find_lessons(["08"])
    assert (lesson.teaching, lesson.exercises, lesson.needs) == (45, 45, ("05", "06"))
    assert sum(item.minutes for item in load_items("08") if item.mode != "exam") == lesson.exercises
