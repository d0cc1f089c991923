"""Reading names file and line; writing is whole or not at all."""

import json
import os

import pytest

from helpers.errors import CourseError, SeedError
from helpers.files import parse_once, read_json_lines, read_rows, read_text, read_toml, write_atomic


def test_a_text_keeps_its_line_ends_so_that_offsets_hold(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("été\r\nfin\r".encode())
    assert read_text(path) == "été\r\nfin\r"


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SeedError, match=r"gone\.txt: No such file"):
        read_text(tmp_path / "gone.txt")


def test_a_file_in_another_encoding_is_named_with_the_byte_and_the_remedy(tmp_path):
    path = tmp_path / "latin.txt"
    path.write_bytes("abcé".encode("latin-1"))
    with pytest.raises(SeedError, match=r"latin\.txt: not UTF-8 at byte 3; save it as UTF-8"):
        read_text(path)


def test_broken_toml_is_told_with_file_and_line(tmp_path):
    path = tmp_path / "a.toml"
    path.write_text("a = 1\nb = \n")
    with pytest.raises(SeedError, match=r"a\.toml: not valid TOML: .*line 2"):
        read_toml(path)


def test_a_text_is_parsed_once_and_another_text_anew():
    seen = []
    parse = parse_once(lambda text: seen.append(text) or text.split())
    assert [parse("a b"), parse("a b"), parse("a c"), parse("a b")] == [["a", "b"], ["a", "b"], ["a", "c"], ["a", "b"]]
    assert seen == ["a b", "a c"]


def test_a_parser_that_failed_fails_again():
    parse = parse_once(int)
    for _ in range(2):
        with pytest.raises(ValueError, match="invalid literal"):
            parse("x")


def test_whoever_spoils_what_was_read_spoils_it_for_nobody_else(tmp_path):
    path = tmp_path / "a.toml"
    path.write_text("[[items]]\nid = 1\n")
    read_toml(path)["items"][0]["id"] = 2
    read_toml(path)["items"].clear()
    assert read_toml(path) == {"items": [{"id": 1}]}


def test_a_changed_file_is_read_anew_even_with_the_size_and_the_time_of_the_old_one(tmp_path):
    path = tmp_path / "a.toml"
    path.write_text("a = 1\n")
    before = path.stat()
    assert read_toml(path) == {"a": 1}
    path.write_text("a = 2\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert read_toml(path) == {"a": 2}


def test_an_empty_cell_of_a_csv_is_an_empty_text_and_never_a_zero(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id,gave\nFRA,\nDEU,0\n")
    assert read_rows(path, ["id"]) == [{"id": "FRA", "gave": ""}, {"id": "DEU", "gave": "0"}]


def test_a_quoted_cell_may_hold_commas_and_line_breaks(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b'id,note\r\nFRA,"one, two\r\nthree"\r\n')
    assert read_rows(path) == [{"id": "FRA", "note": "one, two\r\nthree"}]


@pytest.mark.parametrize("row", ["FRA", "FRA,x,y"])
def test_a_row_with_too_few_or_too_many_cells_is_told_with_its_line(tmp_path, row):
    path = tmp_path / "a.csv"
    path.write_text(f"id,gave\nDEU,x\n{row}\n")
    with pytest.raises(SeedError, match=r"a\.csv:3: the row does not have 2 cells"):
        read_rows(path)


@pytest.mark.parametrize("content", ["id,gave\n", ""])
def test_a_missing_column_is_named(tmp_path, content):
    path = tmp_path / "a.csv"
    path.write_text(content)
    with pytest.raises(SeedError, match=r"a\.csv:1: column 'source' is missing"):
        read_rows(path, ["source"])


def test_a_quotation_mark_that_is_never_closed_is_told_with_the_file(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('id,gave\nFRA,"x\n')
    with pytest.raises(SeedError, match=r"a\.csv"):
        read_rows(path)


def test_a_csv_that_a_spreadsheet_saved_as_utf8_has_its_first_column(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xef\xbb\xbfid,gave\r\nFRA,x\r\n")  # Excel's "CSV UTF-8" starts with a byte-order mark
    assert read_rows(path, ["id"]) == [{"id": "FRA", "gave": "x"}]


def test_an_unusual_line_separator_inside_a_cell_does_not_split_the_row(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id,gave\nFRA,x\u2028y\n", encoding="utf-8")
    assert read_rows(path) == [{"id": "FRA", "gave": "x\u2028y"}]


def test_json_lines_are_numbered_as_in_the_file_and_blank_ones_are_skipped(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"a": 1}\n\n{"a": 2}')
    assert list(read_json_lines(path)) == [(1, {"a": 1}), (3, {"a": 2})]


def test_a_broken_json_line_is_told_with_file_and_line(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"a": 1}\n{"a": \n')
    with pytest.raises(SeedError, match=r"a\.jsonl:2: not valid JSON"):
        list(read_json_lines(path))


def test_an_unusual_line_separator_inside_a_json_text_does_not_split_the_line(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"note": "x\u2028y\x85z"}, ensure_ascii=False) + "\n", encoding="utf-8")
    assert list(read_json_lines(path)) == [(1, {"note": "x\u2028y\x85z"})]


def test_a_written_file_holds_the_content_in_a_folder_made_for_it(tmp_path):
    path = tmp_path / "new" / "deep" / "a.txt"
    write_atomic(path, "été\n")
    write_atomic(path.with_name("b"), b"\x00\r\n")
    assert (path.read_bytes(), path.with_name("b").read_bytes()) == ("été\n".encode(), b"\x00\r\n")


def test_a_written_file_can_be_read_by_others_as_the_umask_says(tmp_path):
    before = os.umask(0o022)
    try:
        write_atomic(tmp_path / "a.txt", "x")
        assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o644
        assert os.umask(0o022) == 0o022, "asking for the umask has changed it"
    finally:
        os.umask(before)


def test_writing_leaves_no_temporary_file_behind(tmp_path):
    write_atomic(tmp_path / "a.txt", "x")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_full_disk_leaves_the_old_file_and_nothing_else(small_disk):
    path = small_disk / "a.txt"
    write_atomic(path, "the old content")
    with pytest.raises(CourseError, match=r"a\.txt: cannot be written: No space left on device; free some space"):
        write_atomic(path, b"x" * 200_000)
    assert [(found.name, found.read_text()) for found in small_disk.iterdir()] == [("a.txt", "the old content")]


def test_a_file_in_place_of_the_folder_is_told_in_one_line(tmp_path):
    (tmp_path / "runs").write_text("not a folder")
    with pytest.raises(CourseError, match=r"runs/a\.txt: cannot be written: .*; free some space or choose another folder"):
        write_atomic(tmp_path / "runs" / "a.txt", "x")
    assert (tmp_path / "runs").read_text() == "not a folder"


def test_a_folder_in_place_of_the_file_is_told_in_one_line_and_nothing_is_left(tmp_path):
    (tmp_path / "a.txt" / "kept").mkdir(parents=True)
    with pytest.raises(CourseError, match=r"a\.txt: cannot be written"):
        write_atomic(tmp_path / "a.txt", "x")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_name_of_the_longest_allowed_length_can_be_written(tmp_path):
    path = tmp_path / ("n" * 251 + ".txt")
    write_atomic(path, "x")
    assert path.read_text() == "x"
