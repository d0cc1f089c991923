"""Lessons are read from the notebooks alone."""

import nbformat
import pytest
from builders import write_lesson

from course.lessons import find_lessons, read_lesson, read_notebook
from helpers import members_at
from helpers.codebook import load_codebook
from helpers.errors import CourseError, ParameterError
from helpers.events import incidents


def parameter(lesson: str, name: str):
    return {p.name: p for p in find_lessons([lesson])[0].parameters}[name]


def test_the_lessons_come_in_reading_order_with_the_minutes_of_the_plan():
    minutes = {lesson.number: lesson.teaching + lesson.exercises for lesson in find_lessons()}
    assert minutes == {"00": 20, "01": 45, "02": 60, "03": 60, "04": 60, "05": 60, "06": 75, "07": 45, "08": 90, "09": 45}


def test_a_lesson_is_found_by_number_name_or_file_and_only_once():
    assert [lesson.number for lesson in find_lessons(["03", "03_nato_articles_4_5", "00_start.ipynb"])] == ["03", "00"]


def test_an_unknown_lesson_is_refused_with_the_list_of_those_there_are():
    with pytest.raises(CourseError, match="lesson '99' does not exist; choose from 00_start, 01_four_sources, 02"):
        find_lessons(["99"])


def test_a_folder_without_lessons_is_named(tmp_path):
    with pytest.raises(CourseError, match="no lessons here"):
        find_lessons(folder=tmp_path)


def test_a_title_cell_that_lacks_its_minutes_is_refused(tmp_path):
    path = write_lesson(tmp_path / "01_x.ipynb", "1")
    path.write_text(path.read_text().replace("**Time.**", "**Duration.**"))
    with pytest.raises(CourseError, match=r"01_x.ipynb, cell 1: the title cell is not well-formed"):
        read_lesson(path)


def test_the_title_and_the_file_must_agree_on_the_number(tmp_path):
    path = write_lesson(tmp_path / "01_x.ipynb", "1")
    other = path.rename(tmp_path / "02_x.ipynb")
    with pytest.raises(CourseError, match="the title says 01"):
        read_lesson(other)


@pytest.mark.parametrize("content", ["", "{", "\x00\x01", "[]"])
def test_a_file_that_is_no_notebook_is_told_in_one_line(tmp_path, content):
    path = tmp_path / "01_x.ipynb"
    path.write_text(content)
    with pytest.raises(CourseError, match="not a valid notebook") as caught:
        read_notebook(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "line", ["ally = 'FRA'  # no type", "ally: str = 'FRA'", "ally: Country = 'FRA'  # odd type", "print(1)  # a call"]
)
def test_a_parameter_line_without_type_or_comment_is_refused(tmp_path, line):
    path = write_lesson(tmp_path / "01_x.ipynb", "1", parameters=line)
    with pytest.raises(CourseError, match="parameters cell, line 1"):
        read_lesson(path)


def test_the_comments_of_the_parameters_list_what_the_data_allow():
    assert parameter("03", "ally").allowed() == list(members_at("2015-11-13", "NATO"))
    assert parameter("03", "incident").allowed() == list(incidents())
    assert parameter("04", "member_state").allowed() == list(members_at("2015-11-17", "EU"))
    book = load_codebook()
    assert sorted(parameter("06", "actors").allowed()) == sorted(book.actors)
    assert sorted(parameter("06", "issues").allowed()) == sorted(book.issues)
    assert parameter("06", "voice").allowed() == ["all", *book.voices]


def test_every_default_is_an_allowed_value():
    for lesson in find_lessons():
        for one in lesson.parameters:
            assert one.check(one.default) == one.default


def test_a_wrong_value_lists_the_allowed_ones():
    with pytest.raises(ParameterError, match="voice: 'X' is not allowed; use one of all, Q, P, J"):
        parameter("06", "voice").check("X")


def test_a_list_is_read_from_the_command_line_with_commas():
    assert parameter("06", "actors").check("USA, RUS,USA") == ["USA", "RUS"]
    with pytest.raises(ParameterError, match="the list is empty"):
        parameter("06", "actors").check("")


def test_a_day_outside_the_data_is_refused_with_the_span():
    with pytest.raises(ParameterError, match="use a day from 2003-02-10 to 2026-06-30"):
        parameter("03", "as_of").check("2003-02-09")
    with pytest.raises(ParameterError, match="write it as 2015-11-18"):
        parameter("03", "as_of").check("yesterday")


@pytest.mark.parametrize(
    ("kind", "text", "value"), [("int", "3", 3), ("float", "0.5", 0.5), ("bool", "yes", True), ("bool", "False", False)]
)
def test_a_text_is_converted_to_the_parameters_type(tmp_path, kind, text, value):
    path = write_lesson(tmp_path / "01_x.ipynb", "1", parameters=f"x: {kind} = 1  # anything")
    assert read_lesson(path).parameters[0].check(text) == value


def test_a_text_of_another_type_is_refused(tmp_path):
    path = write_lesson(tmp_path / "01_x.ipynb", "1", parameters="x: int = 1  # a number")
    with pytest.raises(ParameterError, match="x: 'many' is not of type int"):
        read_lesson(path).parameters[0].check("many")


@pytest.mark.parametrize(
    "line",
    [
        "x: int = 1 +  # broken",
        "x: int = f()  # a call",
        "x: int = 'a'  # not a number",
        "x: str = 'C'  # one of: A, B",
        "x: str = 'a'  # a day from soon to later",
    ],
)
def test_a_parameter_that_cannot_be_read_or_has_a_wrong_default_is_told_in_one_line(tmp_path, line):
    path = write_lesson(tmp_path / "01_x.ipynb", "1", parameters=line)
    with pytest.raises(CourseError) as caught:
        read_lesson(path)
    assert "\n" not in str(caught.value)


def test_cells_of_an_older_notebook_get_names(tmp_path):
    path = write_lesson(tmp_path / "01_x.ipynb", "1")
    notebook = nbformat.read(path, as_version=4)
    notebook.nbformat_minor = 4
    for cell in notebook.cells:
        del cell["id"]
    nbformat.write(notebook, path)
    assert [cell.id for cell in read_notebook(path).cells] == ["cell-1", "cell-2"]
