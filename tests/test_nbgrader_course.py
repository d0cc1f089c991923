"""A course folder for nbgrader: what it adds to a lesson, and that the real nbgrader releases and marks it."""

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import nbformat
import pytest
from builders import parts_of, write_lesson

from course.lessons import lesson_paths
from course.nbgrader_course import graded_notebook, release_to_nbgrader, released
from course.withheld import check_release
from helpers.answers import save_answer
from helpers.errors import CourseError
from helpers.item_widgets import item_widget
from helpers.questions import KEYS, MARKED, load_item, load_items, reference_answer

LESSON = lesson_paths(["08"])[0].stem  # it has items of every mode that is marked
MEMO = {"text": "We speak for a seat that this test made up, and we ask for time. " * 8, "evidence": ["E01", "E02", "E08", "E09"]}
SCORES = """
import json
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as book:
    print(json.dumps({
        one.student.id: {grade.name: [grade.auto_score, grade.needs_manual_grade] for grade in one.notebooks[0].grades}
        for one in book.assignment_submissions(%r)
    }))
"""


def marks(notebook) -> dict[str, dict]:
    return {cell.metadata["nbgrader"]["grade_id"]: cell for cell in notebook.cells if "nbgrader" in cell.metadata}


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_every_marked_item_of_a_lesson_has_one_cell_that_marks_it_after_the_lesson(path):
    lesson, graded = nbformat.read(path, as_version=4), graded_notebook(path)
    assert graded.cells[: len(lesson.cells)] == lesson.cells
    added = "\n".join(cell.source for cell in graded.cells[len(lesson.cells) :])
    asked = "\n".join(cell.source for cell in graded.cells if "nbgrader" not in cell.metadata)
    found = marks(graded)
    for item in load_items(path.stem[:2]):
        if item.mode == "exam" or (item.status in MARKED and f'"{item.id}"' in asked):
            assert f"1 if answer == '{reference_answer(item)}' else 0" in found.pop(item.id).source
        if item.mode == "exam":
            assert f'ask("{item.id}")' in added
        if item.mode == "memo":
            assert found.pop(item.id).metadata["nbgrader"]["task"]
    assert found == {}
    nbformat.validate(graded)


def test_a_rubric_is_for_the_teacher_and_every_criterion_of_it_is_worth_a_point():
    memo = marks(graded_notebook(lesson_paths(["08"])[0]))["08-m1"]
    scheme = memo.source.split("BEGIN MARK SCHEME")[1]
    assert memo.metadata["nbgrader"]["points"] == scheme.count("(1 point)") == 5
    assert reference_answer(load_item("08-m1"))["text"].strip().splitlines()[0] in scheme
    assert "Speaks from the seat" not in released(graded_notebook(lesson_paths(["08"])[0])).cells[-3].source


def test_all_lessons_are_written_with_keys_in_the_source_and_none_in_what_will_be_released(tmp_path):
    assert [finding for finding in release_to_nbgrader(tmp_path / "course") if finding.level == "F"] == []
    sources = sorted((tmp_path / "course" / "source").rglob("*.ipynb"))
    assert [path.stem for path in sources] == [path.parent.name for path in sources] == [path.stem for path in lesson_paths()]
    for path in sources:
        plain = nbformat.writes(released(nbformat.read(path, as_version=4)))
        assert not [part for part in ("HIDDEN", "MARK SCHEME", "answer ==", '"outputs": [{') if part in plain]


def test_a_lesson_that_tells_a_key_to_learners_leaves_no_folder(case, tmp_path):
    item = next(item for item in load_items() if item.mode == "exam")
    write_lesson(case / "notebooks" / "01_told.ipynb", f"# {item.options[0].feedback}")
    found = release_to_nbgrader(tmp_path / "course")
    assert [finding.where for finding in found] == [str(tmp_path / "course" / "source" / "01_told" / "01_told.ipynb")]
    assert [path.name for path in tmp_path.iterdir()] == ["case"]


def test_an_exam_item_without_its_key_is_refused(case, tmp_path):
    (case / "questions" / KEYS).unlink()
    with pytest.raises(CourseError, match=r"the key of exam item 03-x1 is not here; use the teacher's copy"):
        release_to_nbgrader(tmp_path / "course", ["03"])


def test_the_same_course_makes_the_same_folder(tmp_path):
    for name in ("first", "second"):
        release_to_nbgrader(tmp_path / name, ["03"])
    first, second = (
        {p.relative_to(tmp_path / name): p.read_bytes() for p in (tmp_path / name).rglob("*.*")} for name in ("first", "second")
    )
    assert first == second


@pytest.fixture
def nbgrader(tmp_path):
    """A function that runs the real nbgrader in the course folder of one lesson; skips where it is not installed."""
    if find_spec("nbgrader") is None:
        pytest.skip("nbgrader is not installed: python -m pip install 'alliance-notebooks[nbgrader]'")
    assert release_to_nbgrader(tmp_path / "course", [LESSON]) == []
    home = {"HOME": str(tmp_path / "home"), "JUPYTER_NO_CONFIG": "1", "PYTHONWARNINGS": "ignore"}

    def run(*command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command], cwd=tmp_path / "course", env=os.environ | home, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


def submit(course: Path, learner: str, monkeypatch, choose=None) -> Path:
    """What a learner does with a released folder: click an option of every item, write the memos, hand in the folder."""
    folder = course / "submitted" / learner / LESSON
    shutil.copytree(course / "release" / LESSON, folder)
    monkeypatch.chdir(folder)
    for item in load_items(LESSON[:2]) if choose else ():
        if item.status in MARKED and item.mode != "memo":
            wanted = [option.correct for option in item.options].index(choose)
            parts_of(item_widget(item), "ToggleButtons")[0].index = wanted
        elif item.mode == "memo":
            save_answer(item, MEMO)
    return folder / f"{LESSON}.ipynb"


def spoil(path: Path) -> None:
    """What learners do to notebooks: a cell that fails, marking cells deleted, copied and changed, a mark scheme's cell gone."""
    notebook = nbformat.read(path, as_version=4)
    first, second, third, *_, last = marks(notebook).values()
    second.source = "# I need no marks"
    notebook.cells = [cell for cell in notebook.cells if cell not in (first, last)]
    notebook.cells.insert(2, nbformat.from_dict({**third, "id": "copied"}))
    notebook.cells.insert(0, nbformat.v4.new_code_cell("1 / 0", id="failing"))
    nbformat.write(notebook, path)


@pytest.mark.slow
def test_the_real_nbgrader_releases_marks_and_gives_feedback_without_a_key(nbgrader, tmp_path, monkeypatch, live):
    course = tmp_path / "course"
    nbgrader("-m", "nbgrader", "generate_assignment", LESSON)
    assert list(check_release(course / "release")) == []
    assert "answer ==" not in (course / "release" / LESSON / f"{LESSON}.ipynb").read_text(encoding="utf-8")

    spoil(submit(course, "k7-fox", monkeypatch, choose=True))
    submit(course, "m3-owl", monkeypatch, choose=False)
    submit(course, "p2-elk", monkeypatch)
    nbgrader("-m", "nbgrader", "autograde", LESSON)
    scores = json.loads(nbgrader("-c", SCORES % LESSON))
    source = marks(graded_notebook(lesson_paths([LESSON])[0]))
    marked = {id for id, cell in source.items() if not cell.metadata["nbgrader"]["task"]}
    assert set(scores["k7-fox"]) == set(source) > marked
    for learner, points in {"k7-fox": 1, "m3-owl": 0, "p2-elk": 0}.items():
        assert {id: score for id, (score, _) in scores[learner].items() if id in marked} == dict.fromkeys(marked, points), learner
        assert all(by_hand == (id not in marked) for id, (_, by_hand) in scores[learner].items()), learner
    seen = (course / "autograded" / "k7-fox" / LESSON / f"{LESSON}.ipynb").read_text(encoding="utf-8")
    assert seen.count("a seat that this test made up") >= 3  # whoever marks reads the memos there

    nbgrader("-m", "nbgrader", "generate_feedback", LESSON)
    pages = sorted((course / "feedback").rglob("*.html"))
    assert [page.parent.parent.name for page in pages] == ["k7-fox", "m3-owl", "p2-elk"]
    assert list(check_release(course / "feedback")) == []
    told = re.sub(r"<[^<>]+>", "", "\n".join(page.read_text(encoding="utf-8") for page in pages))
    assert "answer = read_answers()" in told
    assert "no answer to 08-x1 is saved" in told
    assert not [part for part in ("HIDDEN TESTS", "MARK SCHEME", "answer ==", " else 0") if part in told]
