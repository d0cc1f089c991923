"""Lessons rest on the case's data: what they name, what they may be given, what they draw."""

import os

import pytest
from builders import write_lesson

from course.case_lessons import check_lessons, find_case_lessons


@pytest.fixture
def lost(case):
    """What is lost in a lesson of the case's own with these cells."""

    def check(*sources: str, parameters: str = "") -> list[str]:
        write_lesson(case / "notebooks" / "01_tiny.ipynb", *sources, parameters=parameters)
        return [str(finding) for finding in check_lessons()]

    return check


def test_the_lessons_of_the_course_have_lost_nothing():
    assert list(check_lessons()) == []


def test_a_case_has_its_own_lessons_and_a_copy_of_the_courses_case_the_courses(case):
    assert "00_start" in [path.stem for path in find_case_lessons()]
    write_lesson(case / "notebooks" / "01_tiny.ipynb", "1")
    assert [path.stem for path in find_case_lessons()] == ["01_tiny"]


def test_another_case_has_no_lessons_until_it_has_its_own(case):
    text = (case / "catalogue.toml").read_text(encoding="utf-8")
    (case / "catalogue.toml").write_text(text.replace('id = "paris-2015"', 'id = "other"', 1), encoding="utf-8")
    assert find_case_lessons() == []


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("show(['nyt-2015:v2-p99'])", "speaks of nyt-2015:v2-p99, which does not exist"),
        ("asker = 'ATLANTIS'", "uses the code ATLANTIS, which the case does not have"),
        ("positions(['FRA'], ['EU427'], voice='Z')", "positions(['FRA'], ['EU427'], voice='Z') fails: voice: 'Z' is not allowed"),
        ("figures.draw_matrix(positions(['CORBYN'], ['ASSAD']))", "positions(['CORBYN'], ['ASSAD']) has lost its evidence"),
        ("evidence(['FRA'], ['UKRLINK'], version='latest')", "has lost its evidence: there are no rows"),
        ("compare(['CORBYN', 'DNK'], ['ASSAD'])", "has lost its evidence"),
        ("invocations('NAT-4')", "invocations('NAT-4') fails"),
        ("timeline(as_of='1999-01-01')", "has lost its evidence"),
        ("tables.clause_table(['NAT-4'], ['trigger', 'institutions'])", "has lost institutions: no such element"),
        ("evidence(nobody=1)", "fails: TypeError"),
    ],
)
def test_what_a_cell_asks_for_in_vain_is_told_with_file_and_cell(lost, source, message):
    found = lost("1", source)
    assert len(found) == 1
    assert f"01_tiny.ipynb, cell 3: {message}" in found[0] or ("01_tiny.ipynb, cell 3: " in found[0] and message in found[0])


def test_a_parameter_and_a_plain_value_are_followed_into_the_call(lost):
    parameters = "who: list = ['FRA']  # who; some of: FRA, USA"
    assert lost("on = ['EU427']\npositions(who, on)", parameters=parameters) == []
    assert "positions(who, on) has lost" in lost("who = check(who)\non = ['UKRLINK']\npositions(who, on)", parameters=parameters)[0]


def test_what_only_a_run_could_tell_is_left_alone(lost):
    assert lost("for code in sorted(book):\n    positions([code])", "evidence(voice=f'{1}')", "x = 1; x = f(); timeline(x)", "1 +") == []


def test_a_value_that_a_parameter_offers_and_the_case_lacks_is_told(lost):
    found = lost("1", parameters="who: str = 'FRA'  # who; one of: FRA, USA, ATLANTIS\nn: str = 'x'  # free; one of: x, y")
    assert len(found) == 1
    assert "parameters cell: who may be ATLANTIS, which is not among the case's actors" in found[0]


def test_a_message_that_a_lesson_shows_is_no_reference(case):
    import nbformat

    path = write_lesson(case / "notebooks" / "01_tiny.ipynb", "1")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source += "\n```\npassage stripes-2015:p99 does not exist\n```\nE98"
    nbformat.write(notebook, path)
    assert [finding.message.split(",")[0] for finding in check_lessons()] == ["speaks of E98"]
    assert os.environ["ALLIANCE_SEEDS"] == str(case)


def test_a_lesson_that_cannot_be_listed_is_told(case):
    import nbformat

    path = write_lesson(case / "notebooks" / "01_tiny.ipynb", "1")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source = "# Tiny"
    nbformat.write(notebook, path)
    assert [str(finding) for finding in check_lessons()] == [
        "F 01_tiny.ipynb, cell 1: the title cell is not well-formed; mend the heading '# NN Title' as in notebooks/template.ipynb"
    ]
