"""A learner works on a copy, which is never overwritten."""

import os

import pytest

from course.glossary_page import PAGE
from course.lessons import find_lessons
from course.working_copy import lab_command, lab_environment, make_working_copy
from helpers.errors import CourseError


def test_the_copy_holds_every_lesson_and_the_glossary_not_the_template_and_a_second_start_changes_nothing(tmp_path):
    made = make_working_copy(tmp_path / "mine")
    assert [path.name for path in made] == [*(lesson.path.name for lesson in find_lessons()), PAGE]
    made[0].write_text("my work")
    made[1].unlink()
    assert make_working_copy(tmp_path / "mine") == [made[1]]
    assert made[0].read_text() == "my work"


def test_a_full_disk_leaves_no_half_lesson(small_disk):
    (small_disk / "ballast").write_bytes(b"x" * 40_000)
    with pytest.raises(CourseError, match="free some space"):
        make_working_copy(small_disk / "mine")
    assert list((small_disk / "mine").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told_in_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CourseError, match="no working copy can be made"):
        make_working_copy(tmp_path / "file" / "mine")


def test_jupyterlab_opens_at_the_first_lesson_of_the_copy_with_our_settings_first(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/elsewhere")
    make_working_copy(tmp_path)
    command = lab_command(tmp_path, ["--no-browser"])
    assert command[-3:] == [f"--ServerApp.root_dir={tmp_path}", "--LabApp.default_url=/lab/tree/00_start.ipynb", "--no-browser"]
    ours, theirs = lab_environment()["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    assert theirs == "/elsewhere"
    assert os.path.isfile(os.path.join(ours, "labconfig", "page_config.json"))  # noqa: PTH113, PTH118
