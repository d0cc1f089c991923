"""An entry of a file is told with the line where it begins."""

from pathlib import Path

import pytest

from course.case_entries import find_line, read_entries, read_marks
from helpers.errors import SeedError


def line_of(where: str) -> int:
    return int(where.rpartition(":")[2])


def test_a_row_of_a_table_is_where_it_begins_even_after_a_cell_with_line_ends(case):
    (case / "events" / "x.csv").write_text('id,note\nA,"one\ntwo"\n\nB,"three\nfour"\n', encoding="utf-8")
    assert [(line_of(entry.where), entry.data["id"]) for entry in read_entries("events/x.csv")] == [(2, "A"), (5, "B")]


def test_a_table_in_a_table_is_found_under_its_own_heading(seeds):
    lines = (seeds / "events" / "incidents.toml").read_text(encoding="utf-8").split("\n")
    found = read_entries("events/incidents.toml", "incidents.findings")
    assert len(found) > 20
    for entry in found:
        assert lines[line_of(entry.where) - 1] == "[[incidents.findings]]"
        assert entry.data["element"] in lines[line_of(entry.where)]


def test_tables_that_are_written_in_line_are_told_with_the_file(case):
    (case / "x.toml").write_text('things = [{ id = "a" }, { id = "b" }]\n', encoding="utf-8")
    assert [(entry.where, entry.data["id"]) for entry in read_entries("x.toml", "things")] == [(str(case / "x.toml"), id) for id in "ab"]


def test_a_file_of_another_shape_is_one_line(case):
    (case / "x.toml").write_text('things = "none"\n', encoding="utf-8")
    with pytest.raises(SeedError, match=r"x\.toml: malformed: things is no \[\[things\]\]"):
        read_entries("x.toml", "things")


def test_every_annotation_of_every_coder_has_its_line(seeds):
    marks = read_marks()
    assert {mark.coder for _, mark in marks} >= {"reference"}
    for where, mark in marks:
        path, _, number = where.rpartition(":")
        assert f'"id": "{mark.id}"' in Path(path).read_text(encoding="utf-8").split("\n")[int(number) - 1]


def test_a_pattern_that_no_line_has_leaves_the_file_alone(seeds):
    assert find_line(seeds / "states.csv", "nothing") == str(seeds / "states.csv")
