"""A folder is there whole or not at all."""

import pytest

from course.whole_folder import build_folder, fill_folder
from helpers.errors import CourseError

FILES = [("a/b.txt", b"x"), ("c.txt", b"y")]


def test_a_folder_is_filled_and_then_stands_in_its_place(tmp_path):
    (tmp_path / "out").mkdir()
    with build_folder(tmp_path / "out", "thing") as part:
        fill_folder(part, FILES)
        assert list((tmp_path / "out").iterdir()) == []
    assert (tmp_path / "out" / "a" / "b.txt").read_bytes() == b"x"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_nothing_is_left_of_a_block_that_fails(tmp_path):
    with pytest.raises(ValueError, match="no"), build_folder(tmp_path / "out", "thing") as part:
        fill_folder(part, FILES)
        raise ValueError("no")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_one_line_and_leaves_nothing(small_disk):
    with (
        pytest.raises(CourseError, match="no thing can be made: No space left on device"),
        build_folder(small_disk / "out", "thing") as part,
    ):
        fill_folder(part, [("big", b"x" * 100_000)])
    assert list(small_disk.iterdir()) == []


def test_a_folder_that_is_used_is_left_as_it_is(tmp_path, monkeypatch):
    (tmp_path / "mine").write_text("kept")
    for out in (tmp_path, tmp_path / "mine"):
        with pytest.raises(CourseError, match="is a file, or not empty"), build_folder(out, "thing"):
            pass
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CourseError, match="is the folder that you are in"), build_folder(tmp_path, "thing"):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
