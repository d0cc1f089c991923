"""A file is read as readers and as its source have it: tags, comments, strings of JSON, encodings, archives in archives."""

import io
import json
import zipfile

import pytest

from course.words import read_parts, runs, words_of
from helpers.errors import CourseError


def zipped(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def test_a_page_is_read_with_and_without_its_tags(tmp_path):
    (tmp_path / "x.html").write_text("<p>one <b>two</b> three<!-- four five --></p><img alt='six seven'>")
    ((where, text),) = read_parts(tmp_path / "x.html")
    assert where == str(tmp_path / "x.html")
    assert {"one two three", "four five", "six seven"} <= {*runs(text, 3), *runs(text, 2)}


def test_strings_and_names_of_json_are_read_across_quotation_marks(tmp_path):
    (tmp_path / "x.json").write_text(json.dumps({"of": [["one t", "wo"]], "three": "four"}))
    ((_, text),) = read_parts(tmp_path / "x.json")
    assert "of one two three four" in " ".join(words_of(text))


def test_archives_are_read_to_their_last_file_and_a_broken_one_raises_in_one_line(tmp_path):
    path = tmp_path / "x.zip"
    path.write_bytes(zipped("in.zip", zipped("deep/x.txt", "naïve".encode("utf-16"))))
    assert list(read_parts(path)) == [(f"{path}, in.zip, deep/x.txt", "naïve")]
    path.write_bytes(b"PK no archive")
    with pytest.raises(CourseError, match="is a broken archive, which nobody can look through; leave it out, or pack it anew"):
        list(read_parts(path))
