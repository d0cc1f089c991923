"""Originals are recognised by their content, whatever their names."""

import hashlib
import shutil

import pytest

from course.originals import add_originals, originals_status
from helpers.articles import load_articles
from helpers.errors import CourseError


def test_without_originals_the_status_says_so(case):
    assert {place for _, place in originals_status()} == {"not in place"}


def test_a_renamed_original_is_added_and_loads(original, case, tmp_path):
    shutil.copy(original["stripes-2015"], tmp_path / "whatever.bin")
    assert add_originals([tmp_path / "whatever.bin"]) == [(tmp_path / "whatever.bin", "added as stripes-2015", True)]
    assert [article.edition for article in load_articles()] == ["original", "reading", "reading", "reading"]
    assert add_originals([tmp_path / "whatever.bin"])[0][1:] == ("stripes-2015 is in place already", True)


def test_a_folder_stands_for_its_files(original, case, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    for number, path in enumerate(original.values()):
        shutil.copy(path, folder / f"{number}.txt")
    assert all(known for _, _, known in add_originals([folder]))
    assert "not in place" not in dict(originals_status()).values()


def test_a_file_that_is_no_original_is_left_alone(case, tmp_path):
    (tmp_path / "notes.txt").write_text("my notes")
    [(_, what, known)] = add_originals([tmp_path / "notes.txt"])
    assert not known
    assert "left alone" in what
    assert not (case / "originals").exists()


def test_a_missing_file_is_said_and_the_others_go_on(case, tmp_path):
    (tmp_path / "notes.txt").write_text("")
    done = add_originals([tmp_path / "gone.txt", tmp_path / "notes.txt"])
    empty = hashlib.sha256(b"").hexdigest()
    assert [what.split(":")[0] for _, what, _ in done] == [
        "cannot be read",
        f"not an original of this case (its SHA-256 is {empty}); left alone",
    ]


def test_an_empty_folder_is_refused(case, tmp_path):
    (tmp_path / "none").mkdir()
    with pytest.raises(CourseError, match="no files here"):
        add_originals([tmp_path / "none"])
