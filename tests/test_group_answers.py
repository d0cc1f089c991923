"""A group's answers are laid where its notebooks look for them."""

import pytest

from course.group_answers import find_answer_files, place_answers
from helpers.answers import learner_code, read_answers
from helpers.errors import CourseError

LINE = '{"item": "00-q1", "answer": "b", "at": "2026-01-31T12:00:00+00:00"}\n'


@pytest.fixture
def collected(tmp_path):
    folder = tmp_path / "collected"
    folder.mkdir()
    (folder / "k7-fox.jsonl").write_text(LINE)
    (folder / "README.md").write_text("no answers")
    return folder


def test_a_group_finds_the_file_called_after_it_and_those_without_are_named(collected, tmp_path, monkeypatch):
    groups = [("K7 Fox", "K7-Fox"), ("k9", "k9")]
    assert place_answers(groups, find_answer_files(collected), tmp_path / "run") == ["k9"]
    monkeypatch.chdir(tmp_path / "run" / "K7-Fox")
    assert (learner_code(), read_answers()) == ("k7-fox", ({"00-q1": "b"}, []))


def test_answers_that_are_a_groups_no_more_are_taken_away(collected, tmp_path):
    place_answers([("k7-fox", "k7-fox")], find_answer_files(collected), tmp_path / "run")
    (collected / "k7-fox.jsonl").rename(collected / "k9.jsonl")
    assert place_answers([("k7-fox", "k7-fox")], find_answer_files(collected), tmp_path / "run") == ["k7-fox"]
    assert list((tmp_path / "run" / "k7-fox" / "answers").iterdir()) == []


def test_placing_twice_changes_nothing(collected, tmp_path):
    for _ in range(2):
        place_answers([("k7-fox", "k7-fox")], find_answer_files(collected), tmp_path / "run")
    assert sorted(path.name for path in (tmp_path / "run" / "k7-fox" / "answers").iterdir()) == ["code.txt", "k7-fox.jsonl"]


def test_two_files_of_one_code_are_not_guessed_between(collected):
    (collected / "later").mkdir()
    (collected / "later" / "k7-fox.jsonl").write_text(LINE)
    with pytest.raises(CourseError, match=r"k7-fox.jsonl is there twice; merge them with 'course collect'"):
        find_answer_files(collected)


@pytest.mark.parametrize(("name", "message"), [("gone", "is no folder"), ("empty", "no answer file is in it")])
def test_a_folder_without_answers_is_told(tmp_path, name, message):
    (tmp_path / "empty").mkdir()
    with pytest.raises(CourseError, match=message):
        find_answer_files(tmp_path / name)
