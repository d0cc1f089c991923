"""Every rule on a lesson's form is broken on purpose in a lesson of a copied case, and seen to fail."""

import shutil

import nbformat
import pytest
from builders import LESSON


def first(notebook, kind: str, containing: str = ""):
    return next(cell for cell in notebook.cells if cell.cell_type == kind and containing in cell.source)


def replaced(at: int, old: str, new: str):
    """An edit of one cell: old words for new ones."""

    def edit(notebook):
        assert old in notebook.cells[at].source, "the template no longer has what this test changes"
        notebook.cells[at].source = notebook.cells[at].source.replace(old, new)

    return edit


@pytest.mark.parametrize(
    ("old", "missing"),
    [
        ("**Question.**", "Question"),
        ("**Time.**", "Time"),
        ("**Needs.**", "Needs"),
        ("**Sources.**", "Sources"),
        ("**Content", "Content notice"),
    ],
)
def test_a_part_of_the_title_cell_that_is_missing_is_named(change_lesson, old, missing):
    (found,) = change_lesson(replaced(0, old, "Here stands"))
    assert found.startswith(f"F {LESSON}, cell 1: the title cell is not well-formed; mend **{missing}")


def test_a_lesson_without_minutes_is_found(change_lesson):
    assert change_lesson(replaced(0, "20 minutes teaching", "0 minutes teaching")) == [
        f"F {LESSON}, cell 1: 0 minutes for teaching; say how long it takes"
    ]


def test_a_need_that_is_no_earlier_lesson_is_found(change_lesson):
    (found,) = change_lesson(replaced(0, "**Needs.** nothing", "**Needs.** 99"))
    assert found.startswith(f"F {LESSON}, cell 1: Needs 99, which is not an earlier lesson")


def test_a_source_that_the_case_does_not_have_is_found(change_lesson):
    (found,) = change_lesson(replaced(0, "**Sources.** stripes-2015", "**Sources.** times-1815"))
    assert "source times-1815 is neither an article nor a provision of the case" in found


def test_a_vague_objective_is_warned_of(change_lesson):
    (found,) = change_lesson(replaced(0, "1. name something", "1. understand something"))
    assert found.startswith(f"W {LESSON}, cell 1: “understand something")


def test_a_single_objective_is_too_few(change_lesson):
    found = change_lesson(replaced(0, "2. compare two things by their evidence\n3. defend one reading against another\n", ""))
    assert f"F {LESSON}, cell 1: 1 objectives; write 2 to 5" in found


def test_an_objective_that_the_close_does_not_answer_is_found(change_lesson):
    found = change_lesson(replaced(-1, "**Objective 1.**", "**Objective 9.**"))
    assert any("cell 36: objective 1 is not answered" in line for line in found)
    assert any("cell 36: objective 9 is not answered, or does not exist" in line for line in found)


def test_a_close_with_two_bullets_is_found(change_lesson):
    assert any("2 bullets answer the objectives; write 3" in line for line in change_lesson(replaced(-1, "- **Objective 2.**", "**Two.**")))


def test_a_lesson_without_a_close_is_found(change_lesson):
    assert any("no section '## Close'" in line for line in change_lesson(replaced(-1, "## Close", "## End")))


@pytest.mark.parametrize("part", ["Terms met", "What next", "Sources", "Rights"])
def test_a_close_that_lacks_a_part_is_found(change_lesson, part):
    assert any(f"the close has no '**{part}.**'" in line for line in change_lesson(replaced(-1, f"**{part}.**", "Also:")))


@pytest.mark.parametrize(("heading", "message"), [("# Again", "a second H1"), ("#### Deep", "skips a level")])
def test_a_heading_out_of_order_is_found(change_lesson, heading, message):
    assert any(message in line for line in change_lesson(replaced(3, "The next cell", f"{heading}\n\nThe next cell")))


def test_a_hash_inside_a_fence_is_no_heading(change_lesson):
    assert change_lesson(replaced(3, "The next cell", "```\n# a comment\n```\n\nThe next cell")) == []


def test_a_long_code_cell_is_found(change_lesson):
    def edit(notebook):
        first(notebook, "code", "ask(").source += "\nx = 1" * 12

    assert any("13 lines of code; at most 12" in line for line in change_lesson(edit))


def test_three_code_cells_in_a_row_are_found(change_lesson):
    def edit(notebook):
        at = notebook.cells.index(first(notebook, "code", "ask("))
        for number in (1, 2):
            notebook.cells.insert(at, nbformat.v4.new_code_cell("x = 1", id=f"more-{number}"))

    assert any("3 code cells in a row" in line for line in change_lesson(edit))


def test_a_lesson_with_too_few_cells_is_found(change_lesson):
    assert any("34 cells; write 35 to 60" in line for line in change_lesson(lambda nb: nb.cells.__delitem__(slice(9, 11))))


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
def test_code_that_a_learner_should_not_meet_is_found_with_its_cell(change_lesson, source, message):
    def edit(notebook):
        notebook.cells[12].source = source

    assert any(line.startswith(f"F {LESSON}, cell 13: ") and message in line for line in change_lesson(edit))


@pytest.mark.parametrize("needs", ["lesson 3", "Nothing much", "00 and 01"])
def test_needs_in_another_form_are_found(change_lesson, needs):
    assert any("Needs: write 'nothing', or numbers of lessons" in line for line in change_lesson(replaced(0, "nothing", needs)))


def test_an_objective_that_is_blank_is_found(change_lesson):
    assert any(
        "cell 1: objective 1 is blank; write it" in line for line in change_lesson(lambda nb: blank(nb.cells[0], "1. name something"))
    )


def blank(cell, line: str) -> None:
    start = cell.source.index(line)
    cell.source = cell.source[:start] + "1.  " + cell.source[cell.source.index("\n", start) :]


def test_objectives_out_of_number_are_found(change_lesson):
    found = change_lesson(replaced(0, "2. compare two things", "1. compare two things"))
    assert f"F {LESSON}, cell 1: objectives are numbered 1, 1, 3; number them 1, 2, 3" in found


@pytest.mark.parametrize("heading", ["# Again", "Again\n=====", "<h1>Again</h1>"])
@pytest.mark.parametrize("at", [0, 3])
def test_a_second_title_is_found_in_any_form_and_cell(change_lesson, heading, at):
    def edit(notebook):
        notebook.cells[at].source += f"\n\n{heading}"

    assert f"F {LESSON}, cell {at + 1}: a second H1; use ## for sections" in change_lesson(edit)


@pytest.mark.parametrize("fence", ["~~~", "```"])
def test_a_heading_in_any_fence_is_none(change_lesson, fence):
    assert change_lesson(replaced(3, "The next cell", f"{fence}\n# a comment\n\nunder\n=====\n{fence}\n\nThe next cell")) == []


def test_a_close_may_answer_a_range_of_objectives(change_lesson):
    def edit(notebook):
        text = notebook.cells[-1].source.replace("**Objective 1.**", "**Objectives 1 to 3.**")
        notebook.cells[-1].source = text.replace("**Objective 2.**", "**Objective 3.**")

    assert change_lesson(edit) == []


def test_a_closing_bullet_that_says_nothing_is_found(change_lesson):
    def edit(notebook):
        lines = notebook.cells[-1].source.split("\n")
        notebook.cells[-1].source = "\n".join("- **Objective 1.** " if "**Objective 1.**" in line else line for line in lines)

    assert any("“Objective 1.” is followed by no answer; write one" in line for line in change_lesson(edit))


def test_a_vague_verb_behind_be_able_to_is_warned_of(change_lesson):
    (found,) = change_lesson(replaced(0, "1. name something", "1. be able to understand something"))
    assert found.startswith(f"W {LESSON}, cell 1: “be able to understand something")


def test_two_lessons_of_one_number_are_found(change_lesson, case):
    path = case / "notebooks" / LESSON
    found = change_lesson(lambda notebook: shutil.copy(path, path.with_name("98_other.ipynb")))
    assert found == [f"F {LESSON}: 98_other.ipynb has the same number; give one of them another"]
