"""A working copy knows what it was given, and tells what a learner wrote from what running a notebook leaves behind."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_output

from course.given import Changes, Given, Record, claim, describe, hash_cells, is_working_copy, read_record, read_title, write_record
from course.lessons import lesson_paths
from helpers.errors import CourseError

RECORD = Record("gull-bank", {"01_a.ipynb": Given("1.0", "a1", "b2")}, Changes("1.0", added=("01_a.ipynb",)))


def test_running_and_saving_a_lesson_changes_none_of_its_cells_and_a_word_does():
    content = lesson_paths(["03"])[0].read_bytes()
    notebook = nbformat.reads(content.decode(), as_version=4)
    for number, cell in enumerate(cell for cell in notebook.cells if cell.cell_type == "code"):
        cell.outputs, cell.execution_count = [new_output("stream", text="my output")], number
    notebook.metadata["widgets"] = {"state": {}}
    notebook.cells.append(new_code_cell(""))  # JupyterLab adds one when the last is run
    saved = nbformat.writes(notebook).encode()
    assert hash_cells(saved) == hash_cells(content)
    assert describe(saved, "1").sha256 != describe(content, "1").sha256
    notebook.cells[-1].source = "mine"
    assert hash_cells(nbformat.writes(notebook).encode()) != hash_cells(content)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"cells": 3}', b'{"cells": [{"source": ""}]}', b"\xff", b"[" * 100_000])
def test_what_is_no_notebook_has_no_hash_and_no_title(content):
    assert hash_cells(content) == ""
    assert read_title(content, "x.ipynb") == "x.ipynb"


def test_the_title_is_the_heading_of_the_first_cell():
    path = lesson_paths(["03"])[0]
    assert read_title(path.read_bytes(), path.name) == "03 NATO’s Articles 4, 5 and 6"


def test_a_record_is_read_back_as_it_was_written_and_written_only_when_it_says_something_new(tmp_path):
    assert (is_working_copy(tmp_path), read_record(tmp_path)) == (False, Record())
    write_record(tmp_path, RECORD)
    assert (is_working_copy(tmp_path), read_record(tmp_path)) == (True, RECORD)
    path = tmp_path / ".course" / "given.json"
    path.write_text(" " + path.read_text())
    write_record(tmp_path, RECORD)
    assert path.read_text().startswith(" ")


@pytest.mark.parametrize("torn", ["", '{"case": "x", "less', "[]", '{"case": "x", "lessons": {"a": 3}, "news": {}}', "\udcff"])
def test_a_torn_record_counts_as_none(tmp_path, torn):
    write_record(tmp_path, RECORD)
    (tmp_path / ".course" / "given.json").write_bytes(torn.encode(errors="surrogateescape"))
    assert read_record(tmp_path) == Record()


def test_a_record_holds_no_more_than_hashes_and_versions(tmp_path):
    write_record(tmp_path, RECORD)
    kept = json.loads((tmp_path / ".course" / "given.json").read_text())
    assert kept["lessons"] == {"01_a.ipynb": {"version": "1.0", "sha256": "a1", "cells": "b2"}}


def test_one_command_at_a_time_works_in_a_copy(tmp_path, monkeypatch):
    monkeypatch.setattr("course.given._PATIENCE", 0.1)
    refused = pytest.raises(CourseError, match="another command is at work in it")
    with claim(tmp_path / "mine"), refused, claim(tmp_path / "mine"):
        pass
    with claim(tmp_path / "mine"):
        assert [path.name for path in (tmp_path / "mine").iterdir()] == [".course"]


def test_where_no_folder_can_be_made_that_is_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "mine"):
        with pytest.raises(CourseError, match="no working copy can be kept here"), claim(folder):
            pass
