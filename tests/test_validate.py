"""Validation compares a fresh run with what is stored, and sees what nbval does not."""

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from builders import write_lesson

from course.lessons import lesson_paths
from course.store import refresh
from course.validate import check_rights, compare_outputs

ROOT = Path(__file__).parent.parent
PICTURE = "from helpers import figures, members_at\nfigures.draw_members('NATO', '2015-11-13')"


@pytest.fixture
def stored(tmp_path):
    path = write_lesson(tmp_path / "01_x.ipynb", "print('same')", PICTURE)
    refresh(path)
    return path


def rewrite(path: Path, edit) -> tuple[bool, str]:
    notebook = nbformat.read(path, as_version=4)
    edit(notebook)
    nbformat.write(notebook, path)
    return compare_outputs([path], timeout=60)


@pytest.mark.slow
def test_stored_outputs_agree_with_a_fresh_run(stored):
    assert compare_outputs([stored], timeout=60)[0]


@pytest.mark.slow
def test_a_changed_text_is_seen(stored):
    agree, report = rewrite(stored, lambda nb: nb.cells[1].outputs[0].update(text="other\n"))
    assert not agree
    assert "01_x.ipynb::Cell 0" in report


@pytest.mark.slow
def test_a_vanished_picture_is_seen_although_nbval_skips_pictures(stored):
    def edit(notebook):
        # As if the lesson had been stored with a picture and now drew none.
        notebook.cells[1].outputs.append(nbformat.v4.new_output("display_data", {"image/png": "aGk="}))

    agree, report = rewrite(stored, edit)
    assert not agree
    assert "output kinds differ: gone ['image/png'], new []" in report


@pytest.mark.slow
def test_a_picture_that_only_differs_in_its_pixels_agrees(stored):
    def edit(notebook):
        data = notebook.cells[2].outputs[0].data
        data["text/html"] = data["text/html"].replace("base64,iVBORw0KGgo", "base64,AAAA")

    assert rewrite(stored, edit)[0]


@pytest.mark.slow
def test_the_settings_of_another_project_and_a_learners_answers_change_no_verdict(stored, monkeypatch, tmp_path):
    (stored.parent / "pyproject.toml").write_text('[tool.pytest.ini_options]\naddopts = "--no-such-option"\n')
    monkeypatch.setenv("ALLIANCE_ANSWERS", str(tmp_path))
    assert compare_outputs([stored], timeout=60)[0]


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["case", "original"])
def test_plain_nbval_passes_from_the_root_without_and_with_the_originals(edition, request):
    request.getfixturevalue(edition)
    command = [sys.executable, "-m", "pytest", "--nbval", "notebooks", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_without_originals_the_rights_check_says_that_it_could_not_look(case):
    [finding] = check_rights(lesson_paths())
    assert str(finding) == "W seeds/originals: no original is in place, so shared words were not looked for"
