"""Validation compares a fresh run with what is stored, and sees what nbval does not."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from builders import write_lesson

from course.lessons import lesson_paths
from course.store import refresh
from course.validate import check_all, check_folder, check_rights, compare_outputs
from helpers.articles import load_article
from helpers.errors import CourseError

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


OUTSIDE = {
    "openly": "import urllib.request\nurllib.request.urlopen('http://192.0.2.1/', timeout=3)",
    "in silence": "import socket\ntry:\n    socket.create_connection(('course.invalid', 80), timeout=2)\nexcept OSError:\n    pass",
    "in a process of its own": (
        "import subprocess, sys\n"
        "_ = subprocess.run([sys.executable, '-c', 'import socket; socket.socket().connect((\"192.0.2.1\", 80))'], capture_output=True)"
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("way", OUTSIDE)
def test_a_lesson_that_asks_for_an_address_on_the_network_fails_also_when_it_hides_the_error(tmp_path, way):
    agree, report = compare_outputs([write_lesson(tmp_path / "01_x.ipynb", OUTSIDE[way])], timeout=60)
    assert not agree
    assert re.search(r"the lessons asked for (192\.0\.2\.1|course\.invalid) on the network; take that out", report)


@pytest.mark.slow
def test_a_lesson_may_talk_to_its_own_machine(tmp_path):
    source = (
        "import socket\nwith socket.create_server(('127.0.0.1', 0)) as server:\n    socket.create_connection(server.getsockname()).close()"
    )
    assert compare_outputs([write_lesson(tmp_path / "01_x.ipynb", source)], timeout=60)[0]


def test_a_folder_of_outputs_is_looked_through_for_persons_shared_words_and_as_a_release_for_keys(original, seeds, tmp_path):
    words = load_article("stripes-2015", "original").versions[0].passages[0].text.split()
    (tmp_path / "packet.html").write_text(f"<p>{' '.join(words[:12])}</p>")
    (tmp_path / "class.csv").write_text("learner,item\nJane Doe,00-q1\n")
    (tmp_path / "keys.toml").write_bytes((seeds / "questions" / "keys.toml").read_bytes())
    found = " ".join(str(finding) for finding in check_folder(tmp_path))
    assert "packet.html: shares 12 words with an original" in found
    assert "class.csv:2: 'Jane Doe' reads like a person's name" in found
    assert "keys" not in found
    assert "keys.toml: is the file of the exam's keys" in " ".join(str(finding) for finding in check_folder(tmp_path, release=True))


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CourseError, match="is no folder; give the folder of a run"):
        check_folder(tmp_path / "gone")


def test_a_glossary_page_that_is_out_of_step_is_found(case):
    path = case / "glossary.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("One clause of a treaty", "A clause of a treaty"), encoding="utf-8")
    assert any(str(finding).endswith("glossary.ipynb: is not what the glossary says; run 'course refresh'") for finding in check_all([]))


def test_an_address_in_the_synthetic_class_is_found(case):
    path = next((case / "synthetic_class").glob("*.jsonl"))
    path.write_text(path.read_text(encoding="utf-8").replace('"at"', '"mail": "jane@school.example", "at"', 1), encoding="utf-8")
    assert any("holds the e-mail address jane@school.example" in str(finding) for finding in check_all([]))


def test_a_second_case_with_a_lesson_and_without_plans_and_blind_spots_is_warned_at_most(tmp_path, monkeypatch):
    folder = shutil.copytree(ROOT / "tests" / "cases" / "gull-bank", tmp_path / "small")
    monkeypatch.setenv("ALLIANCE_SEEDS", str(folder))
    path = write_lesson(folder / "notebooks" / "01_tiny.ipynb", "1")
    found = [str(finding) for finding in check_all([]) if "glossary" not in finding.message]
    assert [line for line in found if not line.startswith("W ")] == []
    assert any("01.md: lesson 01 has no teacher's note" in str(finding) for finding in check_all([path]) if finding.level == "W")
