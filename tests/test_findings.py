"""A finding reads as one line: level, place, message."""

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course.findings import Finding, code_cells, finding_of, prose_cells
from helpers.errors import CourseError


def test_a_finding_is_one_line_with_its_level_first():
    assert str(Finding("a.toml:3", "no source", "W")) == "W a.toml:3: no source"


def test_an_error_becomes_a_finding_at_its_own_place_or_at_the_given_one():
    assert str(finding_of(CourseError("is gone", where="x.csv:1", todo="restore it"), "here")) == "F x.csv:1: is gone; restore it"
    assert str(finding_of(CourseError("is gone"), "here")) == "F here: is gone"


def test_cells_keep_their_numbers_in_the_notebook():
    notebook = new_notebook(cells=[new_markdown_cell("a"), new_code_cell("b"), new_markdown_cell("c")])
    assert [number for number, _ in prose_cells(notebook)] == [1, 3]
    assert [number for number, _ in code_cells(notebook)] == [2]
