"""Executed notebooks are read as they are, or one line says why not."""

import json

import nbformat
import pytest

from course import executed
from course.executed import read_cells
from helpers.errors import CourseError


def write(folder, content):
    path = folder / "03_x.ipynb"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_cells_come_as_the_file_has_them_and_what_is_none_comes_empty(tmp_path):
    cell = {"cell_type": "code", "source": ["a\n", "b"]}
    assert read_cells(write(tmp_path, {"cells": [cell, "odd", None]})) == [cell, {}, {}]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"cells": [', "03_x.ipynb: cannot be shown: it is not valid JSON"),
        ("[" * 100_000, "03_x.ipynb: cannot be shown: it is not valid JSON"),
        ("[]", "03_x.ipynb: cannot be shown: it has no cells"),
        ({"nbformat": 4}, "03_x.ipynb: cannot be shown: it has no cells"),
        ({"nbformat": 3, "worksheets": [{"cells": [1]}]}, "03_x.ipynb: cannot be shown: not a valid notebook"),
    ],
)
def test_what_is_no_notebook_is_told_in_one_line(tmp_path, content, message):
    with pytest.raises(CourseError, match="^" + message) as raised:
        read_cells(write(tmp_path, content))
    assert "\n" not in str(raised.value)


def test_a_missing_notebook_a_folder_and_one_far_too_large_are_told(tmp_path, monkeypatch):
    with pytest.raises(CourseError, match="is not here"):
        read_cells(tmp_path / "03_x.ipynb")
    with pytest.raises(CourseError, match="cannot be read"):
        read_cells(tmp_path)
    monkeypatch.setattr(executed, "LARGEST", 1000)
    with pytest.raises(CourseError, match="too large to be shown, 2 kB"):
        read_cells(write(tmp_path, " " * 2000))


def test_a_notebook_of_format_3_is_brought_up_to_the_present_one(tmp_path):
    v3 = nbformat.v3
    code = v3.new_code_cell("1 + 1", outputs=[v3.new_output("pyout", output_text="2", prompt_number=1)])
    old = v3.new_notebook(worksheets=[v3.new_worksheet(cells=[v3.new_text_cell("markdown", "# Old"), code])])
    cells = read_cells(write(tmp_path, v3.writes_json(old)))
    assert [(cell["cell_type"], cell["source"]) for cell in cells] == [("markdown", "# Old"), ("code", "1 + 1")]
    assert cells[1]["outputs"][0]["data"]["text/plain"] == "2"
