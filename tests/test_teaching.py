"""Teachers' pages: every lesson has its note, every plan adds up; what is spoilt is found with its line."""

import shutil

import pytest

from course.lessons import find_lessons, read_notebook
from course.teaching import LENGTHS, NOTES, PLANS, SYLLABI, check_notes, check_orphans, check_plans, read_page, read_plan
from helpers.errors import CourseError


@pytest.fixture
def plans(tmp_path):
    """A copy of the plans, and what is found after words of one were changed."""
    folder = shutil.copytree(PLANS, tmp_path / "plans")

    def change(name: str, *pairs: tuple[str, str]) -> list[str]:
        text = (folder / name).read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text, "the plan no longer has what this test changes"
            text = text.replace(old, new, 1)
        (folder / name).write_text(text, encoding="utf-8")
        return [str(finding).replace(f"{folder}/", "") for finding in check_plans(find_lessons(), folder)]

    return change


@pytest.fixture
def note(change_lesson, case):
    """The note of a lesson of a case, and what is found after words of it were changed."""
    path = case / "notes" / "98.md"

    def change(old: str = "", new: str = "") -> list[str]:
        text = path.read_text(encoding="utf-8")
        assert old in text, "the note no longer has what this test changes"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return [str(finding).replace(f"{case}/", "") for finding in check_notes(find_lessons(["98"]))]

    return change


@pytest.mark.parametrize("lesson", find_lessons(), ids=lambda lesson: lesson.number)
def test_every_lesson_has_a_note_that_adds_up(lesson):
    assert [str(finding) for finding in check_notes([lesson])] == []


def test_there_is_a_plan_for_every_length_and_both_syllabi_and_all_add_up():
    assert {path.stem for path in PLANS.glob("*.md")} == {*map(str, LENGTHS), *SYLLABI, "README"}
    assert [str(finding) for finding in check_plans(find_lessons())] == []
    assert all(one.minutes == 45 for one in read_plan(PLANS / "45.md"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("| 15 | class | 01 |", "| 25 | class | 01 |", "F 45.md:5: the rows in class add up to 55 minutes, not 45; mend the table"),
        ("(45 minutes)", "(50 minutes)", "takes 50 minutes; this plan is for classes of 45"),
        ("| 10 | home | 01 |", "| 5 | home | 01 |", "F 45.md: lesson 01 gets 40 minutes in class and at home, it takes 45"),
        ("| 20 | class | 00 |", "| 20 | class | 77 |", "F 45.md:10: lesson 77 does not exist; write one of 00, 01"),
        ("| 20 | class | 00 |", "| 20 | garden | 00 |", "F 45.md:10: 'garden' is no place; write class or home"),
        ("*Date and place*", "*Date and taste*", "F 45.md:11: lesson 01 has no section “Date and taste”; correct the name"),
        ("exercises 1 to 4", "exercises 1 to 9", "F 45.md:10: lesson 00 has no section “Exercise 5”"),
    ],
)
def test_a_plan_that_does_not_add_up_or_names_what_is_not_there_is_found(plans, old, new, message):
    assert any(message in line for line in plans("45.md", (old, new)))


def test_a_plan_that_begins_a_lesson_before_those_it_needs_is_found(plans):
    found = plans("week.md", ("| 10 | class | 05 |", "| 10 | class | 0X |"), ("| 60 | class | 03 |", "| 60 | class | 05 |"))
    assert any("lesson 05 needs 03, which this plan has not begun; change the order" in line for line in found)


def test_a_section_that_says_so_in_its_heading_may_come_before_a_lesson_that_the_rest_needs(plans):
    heading = "*Six forecasts, before lesson 04*, exercise 1"
    assert not any("lesson 05 needs 04" in line for line in plans("45.md"))
    assert any("lesson 05 needs 04" in line for line in plans("45.md", (heading, "exercise 1")))


def test_a_plan_that_is_missing_or_empty_is_found(plans, tmp_path):
    (tmp_path / "plans" / "50.md").unlink()
    (tmp_path / "plans" / "90.md").write_text("# Nothing\n")
    found = plans("45.md")
    assert "F 50.md: there is no such plan; write one like the others" in found
    assert any(line.startswith("F 90.md: there is no class; write '## Class 1") for line in found)


def test_a_note_as_the_template_makes_it_is_let_pass(note):
    assert note() == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("| 5 | Debrief |", "| 6 | Debrief |", "W notes/98.md:3: the minutes add up to 31, the lesson takes 30; mend the table"),
        ("## What to skip", "## Skip", "W notes/98.md: there is no '## What to skip'; add it"),
        ("1. What can go first when ten minutes are missing.", "", "nothing stands under '## What to skip'; write it"),
        ("98-q1 (a)", "98-q9 (a)", "speaks of item 98-q9, which does not exist; correct the id"),
        (": teacher’s note", "", "W notes/98.md:1: the first line is not '# 98 Who votes: teacher’s note'"),
        ("## Debrief question", "\n" * 60 + "## Debrief question", "a teacher without time reads 70 at most"),
    ],
)
def test_a_note_out_of_its_form_is_a_warning_for_a_case_of_its_own(note, old, new, message):
    assert any(line.startswith("W ") and message in line for line in note(old, new))


def test_a_note_that_is_missing_is_a_warning_for_a_case(note, case):
    (case / "notes" / "98.md").unlink()
    (found,) = check_notes(find_lessons(["98"]))
    assert str(found) == f"W {case}/notes/98.md: lesson 98 has no teacher's note; write one, 'course lesson new' shows the form"


def test_a_note_that_is_missing_fails_for_the_course(monkeypatch, tmp_path):
    monkeypatch.setattr("course.teaching.NOTES", tmp_path)
    (found,) = check_notes(find_lessons(["00"]))
    assert str(found) == f"F {tmp_path}/00.md: lesson 00 has no teacher's note; write one, 'course lesson new' shows the form"


def test_a_lesson_is_read_once_for_all_rows_of_all_plans(monkeypatch):
    read = []
    monkeypatch.setattr("course.teaching.read_notebook", lambda path: read.append(path) or read_notebook(path))
    lessons = find_lessons()
    assert list(check_plans(lessons)) == []
    assert sorted(read) == sorted(lesson.path for lesson in lessons)


def test_a_note_of_no_lesson_is_found(monkeypatch, tmp_path):
    notes = shutil.copytree(NOTES, tmp_path / "notes")
    shutil.copy(notes / "00.md", notes / "77.md")
    monkeypatch.setattr("course.teaching.NOTES", notes)
    assert [str(finding) for finding in check_orphans(find_lessons())] == [
        f"F {notes}/77.md: is a note on a lesson that does not exist; write the lesson, or delete the note"
    ]


@pytest.mark.parametrize(("name", "first"), [("03", "# 03 "), ("45", "# "), ("term", "# ")])
def test_a_note_and_a_plan_are_read_by_name(name, first):
    assert read_page(name).startswith(first)


@pytest.mark.parametrize("name", ["77", "../notes/03", ""])
def test_a_page_that_is_not_there_is_told_with_those_that_are(name):
    with pytest.raises(CourseError, match="there is no such note or plan; choose from 45, 50, 75, 90"):
        read_page(name)


def test_a_case_with_lessons_of_its_own_has_its_own_notes(note):
    assert read_page("98").startswith("# 98 Who votes")
    with pytest.raises(CourseError, match=r"choose from .*, 98$"):
        read_page("03")
