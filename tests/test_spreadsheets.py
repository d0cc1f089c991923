"""What goes to a spreadsheet is never computed there, and what comes back is read however it was saved."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from course.spreadsheets import plain_cell, read_csv, read_header, write_csv
from helpers.errors import CourseError

NASTY = ["=cmd|' /C calc'!A0", "+1", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", "\ufeff=1", "＝1", "\u200b-1"]
TABLE = [["learner", "note"], ["k7-fox", 'said "no", twice'], ["b2-owl", "two\nlines; Zürich"]]


@pytest.mark.parametrize("text", NASTY)
def test_a_cell_that_begins_like_a_formula_becomes_text(text):
    assert plain_cell(text) == f"'{text}"


def test_a_number_of_ours_stays_a_number_and_plain_text_stays_as_it_is():
    assert [plain_cell(value) for value in (-2, 0.5, "k7-fox", "a = b", "", "'=1")] == ["-2", "0.5", "k7-fox", "a = b", "", "'=1"]


@given(some.lists(some.lists(some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=2, max_size=2)))
def test_whatever_stands_in_a_cell_comes_back_as_it_was_made_plain(rows):
    back = list(csv.reader(io.StringIO(write_csv([["a", "b"], *rows]), newline=""), strict=True))
    assert back == [["a", "b"], *([plain_cell(cell) for cell in row] for row in rows)]
    assert not [cell for row in back for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]


def test_pandas_reads_the_same_with_a_byte_order_mark_and_without(tmp_path):
    for mark in (False, True):
        (tmp_path / "a.csv").write_bytes(write_csv([["name", "note"], *([text, "x"] for text in NASTY)], mark).encode())
        table = pd.read_csv(tmp_path / "a.csv", keep_default_na=False)
        assert table["name"].tolist() == [f"'{text}" for text in NASTY]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_however_a_spreadsheet_saved_it(tmp_path, delimiter, encoding):
    with (tmp_path / "a.csv").open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([*TABLE, [], ["c3-elk"]])
    header, rows = read_csv(tmp_path / "a.csv")
    assert header == TABLE[0]
    assert [(line, [*row.values()]) for line, row in rows] == [(2, TABLE[1]), (3, TABLE[2]), (6, ["c3-elk", ""])]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"a,b\n1,2,3\n", r"a\.csv:2: has 3 cells, the header 2"),
        (b"PK\x03\x04", "is a workbook, not CSV; save it as CSV"),
        (b'a,b\n1,"' + b"x" * 200_000, "is no CSV"),
    ],
)
def test_what_is_no_table_is_told_with_its_line(tmp_path, content, told):
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(CourseError, match=told):
        read_csv(tmp_path / "a.csv")


def test_the_header_of_a_file_that_is_none_is_empty(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"\xff\xfe\x00\x01")
    assert read_header(tmp_path / "a.csv") == read_header(tmp_path) == read_header(tmp_path / "gone") == []
