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
SAME = "print('same')"
PICTURE = "from helpers import figures, members_at\nfigures.draw_members('NATO', '2015-11-13')"
ITEM = "from helpers import ask\nask('00-q1')"
OWN_MACHINE = (
    "import socket\nwith socket.create_server(('127.0.0.1', 0)) as server:\n    socket.create_connection(server.getsockname()).close()"
)


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A lesson of four code cells with its outputs; to be copied, never to be changed."""
    path = write_lesson(tmp_path_factory.mktemp("stored") / "01_x.ipynb", SAME, PICTURE, ITEM, OWN_MACHINE)
    refresh(path)
    return path


def rewrite(path: Path, folder: Path, edit) -> Path:
    """A copy of a notebook in a folder, after ``edit(code cells)``."""
    notebook = nbformat.read(path, as_version=4)
    edit([cell for cell in notebook.cells if cell.cell_type == "code"])
    nbformat.write(notebook, folder / path.name)
    return folder / path.name


@pytest.mark.slow
def test_other_pixels_the_settings_of_another_project_and_a_learners_answers_change_no_verdict(stored, monkeypatch, tmp_path):
    def edit(cells):
        data = cells[1].outputs[0].data
        assert "base64,iVBORw0KGgo" in data["text/html"]
        data["text/html"] = data["text/html"].replace("base64,iVBORw0KGgo", "base64,AAAA")

    (tmp_path / "learner.jsonl").write_text('{"item": "00-q1", "answer": "c"}\n')  # would be shown below the item
    monkeypatch.setenv("ALLIANCE_ANSWERS", str(tmp_path))
    (tmp_path / "pyproject.toml").write_text('[tool.pytest.ini_options]\naddopts = "--no-such-option"\n')
    agree, report = compare_outputs([rewrite(stored, tmp_path, edit)], timeout=60)
    # Also the cell that talks to its own machine is let pass.
    assert agree, report
    assert "4 passed" in report


@pytest.mark.slow
def test_a_changed_text_and_a_vanished_picture_are_seen_although_nbval_skips_pictures(stored, tmp_path):
    def edit(cells):
        cells[0].outputs[0].update(text="other\n")
        # As if the lesson had been stored with a picture and now drew none.
        cells[2].outputs.append(nbformat.v4.new_output("display_data", {"image/png": "aGk="}))

    agree, report = compare_outputs([rewrite(stored, tmp_path, edit)], timeout=60)
    assert not agree
    assert re.findall(r"^FAILED \S+::(Cell \d)", report, re.MULTILINE) == ["Cell 0", "Cell 2"]
    assert "01_x.ipynb::Cell 0" in report
    assert re.search(r"Cell 2: output kinds differ: gone \['image/png'\], new \[\]", report)


@pytest.mark.slow
def test_plain_nbval_from_the_root_compares_as_we_do(tmp_path, monkeypatch):
    # The answer would be shown below its item, did the conftest of the root not load our plugin.
    (tmp_path / "learner.jsonl").write_text('{"item": "00-q1", "answer": "c"}\n')
    monkeypatch.setenv("ALLIANCE_ANSWERS", str(tmp_path))
    command = [sys.executable, "-m", "pytest", "--nbval", "notebooks/00_start.ipynb", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_without_originals_the_rights_check_says_that_it_could_not_look(case):
    [finding] = check_rights(lesson_paths())
    assert str(finding) == "W seeds/originals: no original is in place, so shared words were not looked for"


OUTSIDE = {
    "192.0.2.1": "import urllib.request\nurllib.request.urlopen('http://192.0.2.1/', timeout=3)",  # openly
    "course.invalid": (  # hiding the error
        "import socket\ntry:\n    socket.create_connection(('course.invalid', 80), timeout=2)\nexcept OSError:\n    pass"
    ),
    "192.0.2.2": (  # in a process of its own
        "import subprocess, sys\n"
        "_ = subprocess.run([sys.executable, '-c', 'import socket; socket.socket().connect((\"192.0.2.2\", 80))'], capture_output=True)"
    ),
}


@pytest.mark.slow
def test_a_lesson_that_asks_for_an_address_on_the_network_fails_also_when_it_hides_the_error(tmp_path):
    agree, report = compare_outputs([write_lesson(tmp_path / "01_x.ipynb", *OUTSIDE.values())], timeout=60)
    assert not agree
    (told,) = re.findall(r"the lessons asked for (.+) on the network; take that out", report)
    assert set(told.split(", ")) == OUTSIDE.keys()
    assert "course refresh" not in report  # the outputs are not what is wrong
    assert re.findall(r"^FAILED \S+::(Cell \d)", report, re.MULTILINE) == ["Cell 0"]  # the others hid it


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


def test_a_glossary_page_out_of_step_and_an_address_in_the_synthetic_class_are_found(case):
    glossary, answers = case / "glossary.toml", next((case / "synthetic_class").glob("*.jsonl"))
    glossary.write_text(glossary.read_text(encoding="utf-8").replace("One clause of a treaty", "A clause of a treaty"), encoding="utf-8")
    text = answers.read_text(encoding="utf-8").replace('"at"', '"mail": "jane@school.example", "at"', 1)
    answers.write_text(text, encoding="utf-8")
    found = [str(finding) for finding in check_all([])]
    assert any(line.endswith("glossary.ipynb: is not what the glossary says; run 'course refresh'") for line in found)
    assert any("holds the e-mail address jane@school.example" in line for line in found)


def test_a_second_case_with_a_lesson_and_without_plans_and_blind_spots_is_warned_at_most(tmp_path, monkeypatch):
    folder = shutil.copytree(ROOT / "tests" / "cases" / "gull-bank", tmp_path / "small")
    monkeypatch.setenv("ALLIANCE_SEEDS", str(folder))
    path = write_lesson(folder / "notebooks" / "01_tiny.ipynb", "1")
    found = [str(finding) for finding in check_all([]) if "glossary" not in finding.message]
    assert [line for line in found if not line.startswith("W ")] == []
    assert any("01.md: lesson 01 has no teacher's note" in str(finding) for finding in check_all([path]) if finding.level == "W")
