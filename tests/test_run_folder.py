"""A run has a folder of its own: nothing is written over, two commands never share it, an empty one is given back."""

import subprocess
import sys

import pytest

from course.results import RunResult, append_result
from course.run_folder import LOCK, needs_space, open_run_folder, point_latest
from helpers.errors import CourseError

RESULT = RunResult("01_x", "A title", "class", "done", 1.5, "class/01_x.ipynb")


def test_runs_without_a_name_never_share_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with open_run_folder(None) as first, open_run_folder(None) as second:
        assert first != second
        for folder in (first, second):
            append_result(folder, RESULT)
    assert [path.name for path in first.iterdir()] == ["results.jsonl"]


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path):
    (tmp_path / "kept.txt").write_text("mine")
    with pytest.raises(CourseError, match="the folder is not empty; choose a new one, or --resume"), open_run_folder(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_a_second_command_cannot_take_a_folder_in_which_one_is_at_work(tmp_path):
    program = (
        "import sys; from pathlib import Path; from course.run_folder import open_run_folder\n"
        "with open_run_folder(Path(sys.argv[1])): print('open', flush=True); sys.stdin.read()"
    )
    first = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "out")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert first.stdout.readline() == "open\n"
    for resume in (False, True):
        with pytest.raises(CourseError, match="another command is at work in it"), open_run_folder(tmp_path / "out", resume=resume):
            pass
    first.kill()
    first.communicate()
    with open_run_folder(tmp_path / "out", resume=True):  # the claim died with its process
        pass


def test_a_folder_without_a_result_is_given_back_with_what_is_empty_in_it(tmp_path):
    with open_run_folder(tmp_path / "out") as folder:
        (folder / "class").mkdir()
    assert not folder.exists()
    with open_run_folder(tmp_path / "out") as folder:
        (folder / "mine.txt").write_text("kept")
    assert (folder / "mine.txt").read_text() == "kept"


def test_there_must_be_a_run_to_resume(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    for out in (None, tmp_path / "mine", tmp_path / "gone"):
        with pytest.raises(CourseError, match="there is no run to resume"), open_run_folder(out, resume=True):
            pass
    (tmp_path / "mine" / LOCK).touch()  # what a run leaves that was killed before its first result
    with open_run_folder(tmp_path / "mine", resume=True) as folder:
        append_result(folder, RESULT)


def test_a_folder_that_cannot_be_made_is_told_in_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    for out in ("file", "file/out"):
        with pytest.raises(CourseError, match="choose another folder with --out"), open_run_folder(tmp_path / out):
            pass


def test_a_file_called_runs_is_told_in_one_line(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "runs").write_text("")
    with pytest.raises(CourseError, match="choose another folder with --out"), open_run_folder(None):
        pass


def test_latest_leads_to_the_newest_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        with open_run_folder(None) as folder:
            append_result(folder, RESULT)
            point_latest(folder)
    assert (tmp_path / "runs" / "latest").resolve() == folder.resolve()
    with open_run_folder(None, resume=True) as resumed:
        assert resumed.resolve() == folder.resolve()


def test_latest_still_leads_to_the_run_that_was_resumed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for resume in (False, True, True):
        with open_run_folder(None, resume=resume) as folder:
            append_result(folder, RESULT)
            point_latest(folder)
    assert (tmp_path / "runs" / "latest" / "results.jsonl").is_file()


def test_a_run_that_left_files_and_no_result_can_be_resumed(tmp_path):
    with open_run_folder(tmp_path / "out") as folder:
        (folder / "k7-fox").mkdir()
        (folder / "k7-fox" / "answers.jsonl").touch()
    with open_run_folder(tmp_path / "out", resume=True) as folder:
        append_result(folder, RESULT)
    assert sorted(path.name for path in folder.iterdir()) == ["k7-fox", "results.jsonl"]


def test_a_refused_start_takes_nothing_away(tmp_path):
    (tmp_path / "mine" / "drafts").mkdir(parents=True)
    (tmp_path / "mine" / LOCK).touch()
    with pytest.raises(CourseError, match="the folder is not empty"), open_run_folder(tmp_path / "mine"):
        pass
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == [LOCK, "drafts"]


def test_a_disk_that_cannot_hold_the_outputs_is_told_before_anything_is_made(small_disk):
    with pytest.raises(CourseError, match="the disk is almost full; free some space or use --out"):
        needs_space(small_disk / "out", 1)
    assert list(small_disk.iterdir()) == []
