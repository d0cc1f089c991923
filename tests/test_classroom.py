"""What is done stays done as long as the same goes in; everything else is run."""

import dataclasses

import pytest
from builders import run_of, write_lesson

from course.classroom import find_unfinished, run_class
from course.fingerprint import Keys, answers_of, take_fingerprint
from course.lessons import read_notebook
from course.results import append_result, find_results
from course.runner import Means


@pytest.fixture
def plan(tmp_path, small):
    """Two groups by two tiny lessons, of the small case."""
    lessons = [write_lesson(tmp_path / f"0{number}_x.ipynb", f"{number}") for number in (1, 2)]
    return [run_of(lesson, group) for group in ("a", "b") for lesson in lessons]


def unfinished(plan, folder) -> list[str]:
    runs, number = find_unfinished(plan, folder, Keys(take_fingerprint()))
    names = [f"{run.folder}/{run.lesson.name}" for run in runs]
    assert len(names) == number
    return names


@pytest.fixture
def done(plan, tmp_path):
    """The folder of a run in which all of the plan is done."""
    folder = tmp_path / "out"
    assert {result.state for result in run_class(plan, folder, Means(jobs=2), Keys(take_fingerprint()))} == {"done"}
    return folder


def test_without_a_result_everything_is_unfinished(plan, tmp_path):
    assert unfinished(plan, tmp_path / "out") == ["a/01_x", "a/02_x", "b/01_x", "b/02_x"]


@pytest.mark.slow
def test_what_is_done_is_not_run_again_and_what_changed_since_is(plan, done, small):
    assert unfinished(plan, done) == []
    (done / "a" / "01_x.ipynb").unlink()
    (done / "b" / "01_x.ipynb").write_text("")
    assert unfinished(plan, done) == ["a/01_x", "b/01_x"]
    write_lesson(plan[1].lesson.path, "'changed'")
    assert unfinished(plan, done) == ["a/01_x", "a/02_x", "b/01_x", "b/02_x"]
    (small / "glossary.toml").write_text("# changed")
    assert len(unfinished(plan, done)) == 4


@pytest.mark.slow
def test_a_failed_run_and_one_with_new_answers_are_run_again(plan, done):
    (failed,) = [result for result in find_results(done) if result.notebook == "b/02_x.ipynb"]
    append_result(done, dataclasses.replace(failed, state="failed"))
    (done / "a" / "answers").mkdir()
    (done / "a" / "answers" / "k7.jsonl").write_text("{}")
    assert unfinished(plan, done) == ["a/01_x", "a/02_x", "b/02_x"]


def test_answers_are_the_groups_own_unless_the_class_has_one_folder(plan, tmp_path, monkeypatch):
    assert answers_of(plan[0], tmp_path) == tmp_path / "a" / "answers"
    monkeypatch.setenv("ALLIANCE_ANSWERS", str(tmp_path / "mine"))
    assert answers_of(plan[0], tmp_path) == tmp_path / "mine"


@pytest.mark.slow
def test_a_headless_kernel_is_never_taken_for_a_live_one(tmp_path, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "somebody's.ipynb")
    monkeypatch.setenv("ALLIANCE_LIVE", "1")
    lesson = write_lesson(tmp_path / "01_x.ipynb", "from helpers.views import is_live", "print(is_live())")
    [result] = run_class([run_of(lesson)], tmp_path / "out", Means(jobs=1), Keys(take_fingerprint()))
    assert read_notebook(tmp_path / "out" / result.notebook).cells[-1].outputs[0].text == "False\n"
