"""Stored outputs are made from the reading edition and hold nothing that changes by itself."""

import os

import nbformat
import pytest
from builders import write_lesson

from course.store import quiet_environment, refresh
from helpers.errors import CourseError

pytestmark = pytest.mark.slow


def test_refreshing_twice_gives_the_same_bytes_and_uses_the_reading_edition(tmp_path):
    lesson = write_lesson(
        tmp_path / "01_x.ipynb", "from helpers import load_articles", "print({article.edition for article in load_articles()})"
    )
    refresh(lesson)
    first = lesson.read_bytes()
    refresh(lesson)
    assert lesson.read_bytes() == first
    notebook = nbformat.read(lesson, as_version=4)
    assert notebook.cells[-1].outputs[0].text == "{'reading'}\n"
    assert all(set(cell.metadata) <= {"tags"} for cell in notebook.cells)


def test_a_learners_answers_never_come_into_stored_outputs(tmp_path, monkeypatch):
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "learner.jsonl").write_text('{"item": "00-q1", "answer": "c"}\n')
    monkeypatch.setenv("ALLIANCE_ANSWERS", str(tmp_path / "answers"))
    lesson = write_lesson(tmp_path / "01_x.ipynb", "from helpers import ask", "ask('00-q1')")
    refresh(lesson)
    assert "Your answer: none yet." in lesson.read_text()


def test_a_failing_lesson_is_left_as_it_was(tmp_path):
    lesson = write_lesson(tmp_path / "01_x.ipynb", "1 / 0")
    before = lesson.read_bytes()
    with pytest.raises(CourseError, match=r"01_x\.ipynb: ZeroDivisionError: division by zero; mend the cell; nothing was stored"):
        refresh(lesson)
    assert lesson.read_bytes() == before


def test_the_quiet_environment_ends_with_its_block(monkeypatch):
    monkeypatch.setenv("ALLIANCE_LIVE", "1")
    with quiet_environment(EXTRA="x"):
        assert "ALLIANCE_LIVE" not in os.environ
        assert os.environ["EXTRA"] == "x"
    assert os.environ["ALLIANCE_LIVE"] == "1"
    assert "EXTRA" not in os.environ
