"""A lesson from the template runs and keeps the rules at once, in the course's case and in another; nothing is written over."""

import shutil

import pytest
from builders import CASE
from nbformat import read

from course.glossary_page import PAGE
from course.lessons import lesson_paths, notebooks_folder, read_lesson
from course.new_lesson import TEMPLATE, new_lesson
from course.rules import check_notebook
from course.skeleton import new_case
from course.store import refresh
from course.teaching import check_notes
from helpers.errors import CourseError


def test_template_and_glossary_are_no_lessons():
    names = {path.name for path in notebooks_folder().glob("*.ipynb")}
    assert {TEMPLATE, PAGE} <= names
    assert {path.name for path in lesson_paths()} == names - {TEMPLATE, PAGE}


def test_notebook_items_and_note_carry_number_and_title(case):
    paths = new_lesson("98", "  Who   votes, and\twhen? ")
    assert [path.relative_to(case).as_posix() for path in paths] == [
        "notebooks/98_who_votes_and_when.ipynb",
        "questions/98.toml",
        "notes/98.md",
    ]
    lesson = read_lesson(paths[0])
    assert (lesson.number, lesson.title, lesson.teaching, lesson.exercises) == ("98", "Who votes, and when?", 20, 10)
    assert [cell.id for cell in read(paths[0], as_version=4).cells][:2] == ["98-01", "98-02"]
    assert paths[2].read_text(encoding="utf-8").startswith("# 98 Who votes, and when?: teacher’s note\n")
    assert "00-" not in paths[0].read_text(encoding="utf-8") + paths[1].read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_new_lesson_runs_and_keeps_every_rule_after_a_refresh(case):
    path = new_lesson("98", "Who votes")[0]
    assert [str(finding) for finding in check_notebook(path)] == [f"F {path.name}: no stored outputs; run 'course refresh'"]
    refresh(path)
    assert check_notebook(path) == []
    assert list(check_notes([read_lesson(path)])) == []


@pytest.mark.slow
def test_in_another_case_it_runs_on_that_cases_articles_and_terms(small):
    path = new_lesson("02", "Who votes")[0]
    refresh(path)
    assert check_notebook(path) == []
    text = path.read_text(encoding="utf-8")
    assert "stripes" not in text and "reading-edition" not in text
    assert "**Sources.** harbour-1994" in text


def test_the_commented_example_of_a_new_case_makes_way_for_the_first_lesson(tmp_path, monkeypatch, small):
    folder = new_case(tmp_path / "mine")
    shutil.copy(CASE / "catalogue.toml", folder)
    monkeypatch.setenv("ALLIANCE_SEEDS", str(folder))
    assert new_lesson("01", "First")[1] == folder / "questions" / "01.toml"


@pytest.mark.parametrize("there", ["notebooks/98_other.ipynb", "questions/98.toml", "notes/98.md"])
def test_nothing_is_written_when_one_of_the_three_is_there(case, there):
    (case / there).parent.mkdir(exist_ok=True)
    (case / there).write_text("mine")
    before = set(case.rglob("*98*"))
    with pytest.raises(CourseError, match="is there already; choose another number; nothing was changed"):
        new_lesson("98", "Who votes")
    assert set(case.rglob("*98*")) == before
    assert (case / there).read_text() == "mine"


@pytest.mark.parametrize(("number", "title"), [("9", "x"), ("1a", "x"), ("٠٣", "x"), ("../", "x"), ("98", "???"), ("98", " ")])
def test_a_wrong_number_or_title_is_told_in_one_line(case, number, title):
    with pytest.raises(CourseError, match=r"is no lesson's number; give two digits|makes no file name; use some letters"):
        new_lesson(number, title)


def test_an_installed_course_takes_no_new_lesson(monkeypatch, tmp_path):
    monkeypatch.setattr("course.new_lesson.CHECKOUT", tmp_path / "gone")
    with pytest.raises(CourseError, match="this course is installed; work in a checkout, or in a case with --seeds DIR"):
        new_lesson("98", "Who votes")
