"""Fixtures that the tests share: the case's data, a copy of it to spoil, a learner's folder, a live kernel, a full disk."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from browser import chromium, lab, page  # noqa: F401 - fixtures of the files of browser tests
from builders import CASE

import helpers
from helpers.articles import find_originals, load_articles, load_catalogue

ITEM = """
[[items]]
id = "99-q1"
lesson = "99"
objective = "99-o1"
mode = "{mode}"
status = "{status}"
prompt = "Is <script>alert(1)</script> & co a stance?"
minutes = 2
[[items.options]]
key = "a"
text = "Yes, <b>always</b>"
feedback = "{first}"
correct = {correct}
[[items.options]]
key = "b"
text = "No"
feedback = "<i>Think</i> again."
misconception = "markup & stance"
"""

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
# Tests of processes, disks, servers and pages, whose texts are always the reading edition's: they take long, and one edition is enough.
SAME = {
    *("test_browser", "test_browser_access", "test_browser_lab", "test_bundle", "test_classroom", "test_classroom_benchmark"),
    *("test_cli_bundle", "test_cli_lab", "test_cli_plan", "test_cli_run", "test_cluster", "test_contrast", "test_engine", "test_faults"),
    *("test_jupyterhub", "test_kernels", "test_lab_server", "test_nbgrader_course", "test_pool", "test_run_folder", "test_site"),
    *("test_soundness", "test_warm_child", "test_warm_process", "test_ways_in", "test_wheels"),
}


# A shell makes what it starts in the background deaf to Ctrl+C, and with it the commands that the tests interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what CI need not run for both editions."""
    for item in items:
        if item.path.stem in SAME:
            item.add_marker("same")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    """No test depends on what the developer has set, or on the Jupyter server that it may have been started from."""
    for name in ("ALLIANCE_SEEDS", "ALLIANCE_ANSWERS", "ALLIANCE_LIVE", "JPY_SESSION_NAME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def seeds() -> Path:
    """The folder of the real case; to be read, never to be written."""
    return SEEDS


@pytest.fixture
def case(tmp_path, monkeypatch) -> Path:
    """A copy of the case without originals, in use for the test, to be spoiled at will."""
    folder = tmp_path / "case"
    shutil.copytree(SEEDS, folder, ignore=shutil.ignore_patterns("originals"))
    monkeypatch.setenv("ALLIANCE_SEEDS", str(folder))
    return folder


@pytest.fixture
def small(tmp_path, monkeypatch) -> Path:
    """A copy of the small second case, in use, where it does not matter which case is spoilt."""
    folder = shutil.copytree(CASE, tmp_path / "small")
    monkeypatch.setenv("ALLIANCE_SEEDS", str(folder))
    return folder


@pytest.fixture
def original() -> dict[str, Path]:
    """The original articles' files by article id; skips where they are not in place."""
    files = find_originals()
    wanted = {entry["id"]: entry["sha256"] for entry in load_catalogue()["articles"]}
    if missing := [id for id, sha256 in wanted.items() if sha256 not in files]:
        pytest.skip(f"no original of {', '.join(missing)}: they are in copyright; whoever holds them runs 'course originals add PATH'")
    return {id: files[sha256] for id, sha256 in wanted.items()}


@pytest.fixture
def reading():
    """The four articles in the reading edition."""
    return load_articles("reading")


@pytest.fixture
def answers(tmp_path, monkeypatch) -> Path:
    """The answers folder (not yet made) of a learner whose notebook runs in a new folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "answers"


@pytest.fixture
def live(monkeypatch) -> None:
    """A front end in which somebody can click."""
    monkeypatch.setenv("ALLIANCE_LIVE", "1")


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 64 kB; skips where it cannot be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a full disk needs the right to mount one: run as root on Linux")
    yield folder
    subprocess.run(["umount", str(folder)], check=True, capture_output=True)


@pytest.fixture
def run_python(tmp_path):
    """A function that runs a program in a new interpreter, in an empty folder, and gives what it printed."""
    environment = os.environ | {"PYTHONPATH": str(Path(helpers.__file__).resolve().parent.parent), "PYTHONIOENCODING": "utf-8"}

    def run(program: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture
def write_item(case):
    """A function that replaces the case's items by one built from the given parts."""

    def write(mode="check", status="fact", first="Read <i>again</i>.", correct="true"):
        for path in (case / "questions").glob("*.toml"):
            path.unlink()
        path = case / "questions" / "99.toml"
        path.write_text(ITEM.format(mode=mode, status=status, first=first, correct=correct), encoding="utf-8")
        return path

    return write


@pytest.fixture
def change_lesson(case):
    """A lesson of a copy of the case, as the template makes it, and what its rules find after ``edit(notebook)``."""
    import nbformat

    from course.lessons import CHECKOUT, read_notebook
    from course.new_lesson import new_lesson
    from course.rules import check_notebook

    path = new_lesson("98", "Who votes")[0]
    template, notebook = read_notebook(CHECKOUT / "template.ipynb"), read_notebook(path)
    for cell, stored in zip(notebook.cells, template.cells, strict=True):
        if cell.cell_type == "code":
            cell.outputs = stored.outputs

    def change(edit=lambda notebook: None) -> list[str]:
        edit(notebook)
        nbformat.write(notebook, path)
        return [str(finding) for finding in check_notebook(path)]

    return change
