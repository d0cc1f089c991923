"""All rules together: the lessons as they stand keep them, and what a broken file amounts to."""

import json
import shutil
from inspect import getdoc

import pytest
from builders import LESSON

from course.lessons import lesson_paths, notebooks_folder
from course.rules import RULES, WARNINGS, check_notebook


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_the_lessons_as_they_stand_keep_every_rule(path):
    assert [str(finding) for finding in check_notebook(path)] == []


def test_a_lesson_as_the_template_makes_it_keeps_every_rule(change_lesson):
    assert change_lesson() == []


def test_every_rule_says_what_it_wants_and_warnings_are_rules():
    assert all(getdoc(rule) for rule in RULES)
    assert set(WARNINGS) <= set(RULES)


def test_a_file_that_is_no_notebook_is_a_finding_and_no_traceback(tmp_path):
    (tmp_path / "01_x.ipynb").write_text(json.dumps({"cells": 1}))
    assert "not a valid notebook" in str(check_notebook(tmp_path / "01_x.ipynb")[0])


def test_a_broken_file_of_the_case_does_not_hide_what_other_rules_find(change_lesson, case):
    (case / "glossary.toml").write_text("[[terms]]\nterm = ")

    def edit(notebook):
        notebook.cells[1].source = f"# Again\n\n{notebook.cells[1].source}"

    found = change_lesson(edit)
    assert any("glossary.toml: not valid TOML" in line for line in found)
    assert f"F {LESSON}, cell 2: a second H1; use ## for sections" in found


def test_a_lesson_that_needs_a_later_one_or_itself_is_found(tmp_path):
    # Needs point backwards, so that no cycle can be made of them.
    for number, needs in (("00", "03"), ("03", "03")):
        path = next(notebooks_folder().glob(f"{number}_*.ipynb"))
        shutil.copy(path, tmp_path)
        text = path.read_text()
        start = text.index("**Needs.** ")
        (tmp_path / path.name).write_text(text[:start] + f"**Needs.** {needs}" + text[text.index("\\n", start) :])
        found = [str(finding) for finding in check_notebook(tmp_path / path.name)]
        assert f"F {path.name}, cell 1: Needs {needs}, which is not an earlier lesson" in found[0]
