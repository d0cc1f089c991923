"""A course folder for nbgrader: every lesson as an assignment whose last cells mark the answers that a learner saved.

The lesson stays as it is. Answers are read from ``answers/`` beside the notebook, and our settings take the marking cells from the
source, so it does not matter what a learner changes, copies or deletes in the notebook. Keys stand in hidden tests and mark
schemes, which nbgrader takes out of what it releases and, by our settings, of its feedback.
"""

import ast
import re
import tempfile
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from helpers.articles import load_catalogue
from helpers.errors import CourseError
from helpers.files import read_text
from helpers.questions import MARKED, Item, load_items, reference_answer
from helpers.rubrics import load_rubric

from .findings import Finding, code_cells
from .lessons import lesson_paths, read_notebook
from .marking import load_comments
from .release import PAGES, refuse_learners_copy, write_checked
from .withheld import check_release

_POINTS = 1  # for a marked item, and for each criterion of a memo's rubric
_HIDDEN = re.compile(r"^.*BEGIN (HIDDEN TESTS|MARK SCHEME)(?s:.*?)END \1.*\n?", re.MULTILINE)
# The comparison is the cell's value, by which nbgrader gives points: an assertion that fails would show its line, and the key.
_TEST = """\
# {id}, {points} point: for the answer that you saved in the lesson. Hand in the whole folder; answers/ holds your answers.
from helpers.answers import read_answers
from helpers.errors import CourseError

answer = read_answers()[0].get("{id}")
if not answer:
    raise CourseError("no answer to {id} is saved", where="answers/", todo="answer it above and run this cell again")
### BEGIN HIDDEN TESTS
{points} if answer == {key!r} else 0
### END HIDDEN TESTS
"""
_TASK = """\
### {id}

Your last memo counts; write it above. Your teacher marks it: points from 0 to {points}{how}. Nothing is to be written here.

=== BEGIN MARK SCHEME ===

{scheme}

=== END MARK SCHEME ===
"""
_EXAM = """\
## Exam

These items are marked, and nothing tells here whether you are right. What you click last counts.
"""
_MARKS = """\
## What is marked

The cells below read your saved answers. Run them to see whether an item is still unanswered; they change nothing.
"""


def release_to_nbgrader(out: Path, names: list[str] | None = None) -> list[Finding]:
    """Write a course folder with these lessons, or with all, as assignments, and give what would be wrong in their release.

    With a finding of level ``F`` nothing is left. The folder is the teacher's: its ``source/`` holds keys.

    Raises
    ------
    CourseError
        When the folder is used already or cannot be written, a lesson is unknown, or the key of an exam item is not here.
    """
    refuse_learners_copy()
    notebooks = {f"source/{path.stem}/{path.name}": graded_notebook(path) for path in lesson_paths(names)}
    course = load_catalogue().get("case", {}).get("id", "alliance-notebooks")
    files = {name: (nbformat.writes(notebook) + "\n").encode("utf-8") for name, notebook in notebooks.items()}
    files["README.md"] = (PAGES / "nbgrader.md").read_bytes()
    files["nbgrader_config.py"] = read_text(PAGES / "nbgrader_config.txt").replace("COURSE_ID", course).encode("utf-8")
    return write_checked(out, files, lambda folder: _check_released(folder, list(notebooks)))


def graded_notebook(path: Path) -> NotebookNode:
    """A lesson with what nbgrader needs at its end: its exam items, a marking cell for each marked item, one for each memo.

    Raises
    ------
    CourseError
        When the key of an exam item is not in this copy of the course.
    """
    notebook = read_notebook(path)
    named = set(_texts(notebook))
    items = load_items(path.stem[:2])
    exam = [item for item in items if item.mode == "exam"]
    marked = [item for item in items if item.status in MARKED and (item in exam or item.id in named)]
    memos = [item for item in items if item.mode == "memo" and item.id in named]
    if asked := [item for item in exam if item.id not in named]:
        notebook.cells.append(new_markdown_cell(_EXAM.strip(), id="exam"))
        notebook.cells.append(new_code_cell("from helpers import ask", id="exam-tools"))
        notebook.cells += [new_code_cell(f'ask("{item.id}")', id=f"ask-{item.id}") for item in asked]
    if marked or memos:
        notebook.cells.append(new_markdown_cell(_MARKS.strip(), id="marks"))
    notebook.cells += [*map(_marking_cell, marked), *map(_memo_cell, memos)]
    return notebook


def released(notebook: NotebookNode) -> NotebookNode:
    """The notebook as nbgrader releases it: without hidden tests, mark schemes and outputs."""
    copy = deepcopy(notebook)
    for cell in copy.cells:
        cell.source = _HIDDEN.sub("", cell.source)
        if cell.cell_type == "code":
            cell.outputs = []
    return copy


def _check_released(folder: Path, names: list[str]) -> list[Finding]:
    with tempfile.TemporaryDirectory() as name:
        for path in names:
            copy = Path(name, path).with_suffix(".ipynb")
            copy.parent.mkdir(parents=True)
            nbformat.write(released(read_notebook(folder / path)), copy)
        return [Finding(one.where.replace(name, str(folder)), one.message, one.level) for one in check_release(Path(name))]


def _texts(notebook: NotebookNode) -> Iterator[str]:
    """Every text in the code of a notebook, among them the ids of the items that it asks."""
    for _, cell in code_cells(notebook):
        values = (node.value for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Constant))
        yield from (value for value in values if isinstance(value, str))


def _marking_cell(item: Item) -> NotebookNode:
    key = reference_answer(item)
    if key is None:
        raise CourseError(f"the key of exam item {item.id} is not here", where="--nbgrader", todo="use the teacher's copy of the case")
    source = _TEST.format(id=item.id, points=_POINTS, key=key).strip()
    return new_code_cell(source, id=f"mark-{item.id}", metadata=_metadata(item, "code", _POINTS))


def _memo_cell(item: Item) -> NotebookNode:
    criteria = load_rubric(item.rubric).criteria if item.rubric else ()
    least, most = item.words
    scheme = [f"- {one.label} ({_POINTS} point): {one.proficient}" for one in criteria]
    scheme = scheme or [f"- {_POINTS} point for {least} to {most} words that cite {item.cites} at least as evidence."]
    if item.rubric:
        scheme += ["", "Comments to copy:", "", *(f"- {one.criterion}, {one.level}: {one.text}" for one in load_comments(item.rubric))]
    if item.sample:
        scheme += ["", "A memo that would pass:", "", *(f"> {line}" for line in item.sample["text"].strip().split("\n"))]
    points = _POINTS * max(1, len(criteria))
    how = ", by the rubric of the lesson" if criteria else ""
    source = _TASK.format(id=item.id, points=points, how=how, scheme="\n".join(scheme)).strip()
    return new_markdown_cell(source, id=f"mark-{item.id}", metadata=_metadata(item, "markdown", points))


def _metadata(item: Item, kind: str, points: int) -> dict[str, dict[str, object]]:
    """What makes a cell one of nbgrader's: code is marked by its value, text is a task that a person marks."""
    task = kind == "markdown"
    parts = {"cell_type": kind, "grade": not task, "grade_id": item.id, "locked": True, "points": points}
    return {"nbgrader": parts | {"schema_version": 3, "solution": False, "task": task}}
