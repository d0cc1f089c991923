"""Every rule is broken on purpose in a copy of a real lesson, and seen to fail."""

import json
import shutil

import nbformat
import pytest

from course.lessons import lesson_paths, notebooks_folder
from course.rules import check_notebook

LESSON = "03_nato_articles_4_5.ipynb"


@pytest.fixture
def lesson(tmp_path):
    """A copy of a real lesson and a way to change it: ``change(function)`` rewrites the file."""
    path = tmp_path / LESSON
    shutil.copy(notebooks_folder() / LESSON, path)

    def change(edit) -> list[str]:
        notebook = nbformat.read(path, as_version=4)
        edit(notebook)
        nbformat.write(notebook, path)
        return [str(finding) for finding in check_notebook(path)]

    return change


def first(notebook, kind: str, containing: str = ""):
    return next(cell for cell in notebook.cells if cell.cell_type == kind and containing in cell.source)


def replace(cell, old: str, new: str) -> None:
    assert old in cell.source, "the lesson no longer has what this test changes"
    cell.source = cell.source.replace(old, new)


def with_output(notebook, kind: str):
    return next(cell for cell in notebook.cells if any(kind in output.get("data", {}) for output in cell.get("outputs", [])))


def test_the_lessons_as_they_stand_keep_every_rule():
    assert [str(finding) for finding in [finding for path in lesson_paths() for finding in check_notebook(path)]] == []


def test_a_lesson_that_needs_a_later_one_or_none_that_exists_is_found(tmp_path):
    for name in (LESSON, "00_start.ipynb"):
        shutil.copy(notebooks_folder() / name, tmp_path)
    text = (tmp_path / LESSON).read_text()
    assert "**Needs.** 00" in text
    (tmp_path / LESSON).write_text(text.replace("**Needs.** 00", "**Needs.** 07"))
    findings = [str(finding) for finding in [finding for path in lesson_paths(folder=tmp_path) for finding in check_notebook(path)]]
    assert findings == [f"F {LESSON}, cell 1: Needs 07, which is not an earlier lesson"]


def test_a_missing_line_of_the_title_cell_is_found(lesson):
    assert "the title cell is not well-formed" in lesson(lambda nb: replace(nb.cells[0], "**Content notice.**", "Notice:"))[0]


def test_a_source_that_the_case_does_not_have_is_found(lesson):
    found = lesson(lambda nb: replace(nb.cells[0], "**Sources.** stripes-2015", "**Sources.** times-1815"))
    assert any("source times-1815 is neither an article nor a provision of the case" in line for line in found)


def test_a_vague_objective_is_warned_of(lesson):
    found = lesson(lambda nb: replace(nb.cells[0], "1. take Articles", "1. understand Articles"))
    assert any(line.startswith(f"W {LESSON}, cell 1: “understand Articles") for line in found)


def test_an_objective_without_exercise_is_found(lesson):
    found = lesson(lambda nb: replace(first(nb, "code", 'ask("03-q2")'), "03-q2", "03-q1"))
    assert any("objective 03-o2 has no exercise" in line for line in found)


def test_an_item_that_does_not_exist_is_found_with_its_cell(lesson):
    found = lesson(lambda nb: replace(first(nb, "code", 'ask("03-q2")'), "03-q2", "03-q99"))
    assert any("item 03-q99 is not among the lesson's items; add it to seeds/questions" in line for line in found)


def test_an_objective_that_the_close_does_not_answer_is_found(lesson):
    found = lesson(lambda nb: replace(nb.cells[-1], "**Objective 1.**", "**Objective 9.**"))
    assert any("objective 1 is not answered" in line for line in found)
    assert any("objective 9 is not answered, or does not exist" in line for line in found)


def test_a_lesson_without_a_close_is_found(lesson):
    assert any("no section '## Close'" in line for line in lesson(lambda nb: replace(nb.cells[-1], "## Close", "## End")))


@pytest.mark.parametrize(("heading", "message"), [("# Again", "a second H1"), ("#### Deep", "skips a level")])
def test_a_heading_out_of_order_is_found(lesson, heading, message):
    def edit(nb):
        nb.cells[1].source = f"{heading}\n\n{nb.cells[1].source}"

    assert any(message in line for line in lesson(edit))


def test_a_long_code_cell_is_found(lesson):
    def edit(nb):
        first(nb, "code", "ask(").source += "\nx = 1" * 12

    assert any("13 lines of code; at most 12" in line for line in lesson(edit))


def test_three_code_cells_in_a_row_are_found(lesson):
    def edit(nb):
        at = nb.cells.index(first(nb, "code", 'ask("03-q1")'))
        for number in (1, 2):
            nb.cells.insert(at, nbformat.v4.new_code_cell("x = 1", id=f"more-{number}"))

    assert any("3 code cells in a row" in line for line in lesson(edit))


def test_a_lesson_with_too_few_cells_is_found(lesson):
    assert any("30 cells; write 35 to 60" in line for line in lesson(lambda nb: nb.cells.__delitem__(slice(2, len(nb.cells) - 28))))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("import os", "imports os; a lesson imports helpers only"),
        ("from . import x", "imports .; a lesson imports helpers only"),
        ("from helpers import ask", "one import cell of at most 6 lines"),
        ("%matplotlib inline", "not plain Python"),
        ("!pip install x", "not plain Python"),
        ("1 + 1;", "a trailing ;"),
        ("open('/etc/passwd').read()", "calls open(); the helpers read the data"),
        ("__import__('os')", "calls __import__()"),
    ],
)
def test_code_that_a_learner_should_not_meet_is_found(lesson, source, message):
    def edit(nb):
        first(nb, "code", 'ask("03-q2")').source = source

    assert any(message in line for line in lesson(edit))


def test_a_lesson_without_stored_outputs_is_found(lesson):
    def edit(nb):
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.outputs = []

    assert any("no stored outputs; run 'course refresh'" in line for line in lesson(edit))


@pytest.mark.parametrize(
    ("output", "message"),
    [
        (nbformat.v4.new_output("stream", text="done at 12:34:56\n"), "'12:34:56'"),
        (nbformat.v4.new_output("stream", text="<object at 0x7f00>\n"), "'object at 0x'"),
        (nbformat.v4.new_output("stream", text="/home/me/course\n"), "'/home/'"),
        (nbformat.v4.new_output("error", ename="ValueError", evalue="no", traceback=[]), "a stored error: ValueError"),
        (
            nbformat.v4.new_output("display_data", {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}}),
            "a stored widget",
        ),
        (nbformat.v4.new_output("display_data", {"image/png": "aGk="}), "a picture without alternative text"),
        (nbformat.v4.new_output("display_data", {"text/html": '<img src="x" alt="A figure"><table></table>'}), "does not describe"),
        (nbformat.v4.new_output("display_data", {"text/html": '<img src="x"><table></table>'}), "does not describe"),
        (
            nbformat.v4.new_output("display_data", {"text/html": '<img src="x" alt="one two three four five six">'}),
            "a figure without its table",
        ),
    ],
)
def test_an_output_that_is_unsettled_or_not_described_is_found(lesson, output, message):
    assert any(message in line for line in lesson(lambda nb: first(nb, "code", 'ask("03-q1")').outputs.append(output)))


@pytest.mark.parametrize("tag", ["nbval-ignore-output", "nbval-skip", "raises-exception"])
def test_an_excuse_needs_a_reason(lesson, tag):
    def edit(nb):
        first(nb, "code", 'ask("03-q1")').metadata["tags"] = [tag]

    assert any("without a reason" in line for line in lesson(edit))


def test_an_excuse_in_a_comment_counts_too(lesson):
    def edit(nb):
        first(nb, "code", 'ask("03-q1")').source += "\n# PYTEST_VALIDATE_IGNORE_OUTPUT"

    assert any("without a reason" in line for line in lesson(edit))


def test_stored_widget_state_is_found(lesson):
    assert any("stored widget state" in line for line in lesson(lambda nb: nb.metadata.update(widgets={"state": {}})))


def test_a_term_that_the_glossary_lacks_is_found(lesson):
    found = lesson(lambda nb: replace(nb.cells[-1], "*Provision*", "*Provisoin*"))
    assert any("term “Provisoin” is not in seeds/glossary.toml" in line for line in found)


def test_too_many_excuses_are_found(lesson):
    def edit(nb):
        for cell in [cell for cell in nb.cells if cell.cell_type == "code"][5:10]:
            cell.source = f"# because\n{cell.source}"
            cell.metadata["tags"] = ["nbval-ignore-output"]

    assert any("excused from comparison; at most a tenth" in line for line in lesson(edit))


def test_a_file_that_is_no_notebook_is_a_finding_and_no_traceback(tmp_path):
    (tmp_path / "01_x.ipynb").write_text(json.dumps({"cells": 1}))
    assert "not a valid notebook" in str(check_notebook(tmp_path / "01_x.ipynb")[0])
