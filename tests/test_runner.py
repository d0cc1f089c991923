"""One run: its parameters go in, its output is written whole, a failure is kept with its cell."""

import json
import subprocess

import pytest
from builders import run_of, write_lesson

from course.lessons import read_notebook
from course.runner import execute, keep, perform
from helpers.errors import CourseError

pytestmark = pytest.mark.slow


def test_a_run_takes_its_parameters_and_leaves_the_lesson_alone(tmp_path):
    lesson = write_lesson(tmp_path / "in" / "01_x.ipynb", "print(f'hello {who}')", parameters="who: str = 'A'  # whom to greet")
    before = lesson.read_bytes()
    result = execute(run_of(lesson, who="B {1}"), tmp_path / "out {0}", timeout=60)
    written = read_notebook(tmp_path / "out {0}" / result.notebook)
    assert (result.state, result.error, result.cell) == ("done", "", 0)
    assert written.cells[-1].outputs[0].text == "hello B {1}\n"
    assert lesson.read_bytes() == before
    assert [path.name for path in (tmp_path / "out {0}" / "class").iterdir()] == ["01_x.ipynb"]


def test_the_written_notebook_names_no_folder_of_this_machine(tmp_path):
    lesson = write_lesson(tmp_path / "01_x.ipynb", "1")
    result = execute(run_of(lesson), tmp_path / "out", timeout=60)
    assert str(tmp_path) not in (tmp_path / "out" / result.notebook).read_text()


def test_a_kernel_that_dies_is_a_failure_with_its_cell(tmp_path):
    lesson = write_lesson(tmp_path / "01_x.ipynb", "1", "import os; os._exit(9)", "3")
    result = execute(run_of(lesson), tmp_path / "out", timeout=60)
    assert (result.state, result.cell) == ("failed", 3)
    assert "died" in result.error.lower()
    last = read_notebook(tmp_path / "out" / result.notebook).cells[-1]
    assert (last.outputs, last.metadata.papermill.status) == ([], "pending")


def test_a_cell_that_ends_the_lesson_leaves_it_undone(tmp_path):
    result = execute(run_of(write_lesson(tmp_path / "01_x.ipynb", "1", "import sys; sys.exit(0)", "3")), tmp_path / "out", timeout=60)
    assert (result.state, result.cell, result.error) == ("failed", 3, "SystemExit: a cell ended the lesson before its end")


def test_a_cell_that_takes_too_long_is_stopped(tmp_path):
    lesson = write_lesson(tmp_path / "01_x.ipynb", "import time; time.sleep(60)")
    result = execute(run_of(lesson), tmp_path / "out", timeout=2)
    assert (result.state, result.cell) == ("failed", 2)
    assert "timed out" in result.error.lower() or "timeout" in result.error.lower()


def test_a_failing_notebook_is_kept_up_to_its_cell(tmp_path):
    bad = write_lesson(tmp_path / "01_bad.ipynb", "print('before')", "1 / 0", "print('after')", parameters="n: int = 1  # a number")
    result = execute(run_of(bad, n=2), tmp_path / "out", timeout=60)
    # Counted in the lesson as its author sees it: title, parameters, first code cell, failing cell.
    assert (result.state, result.cell, result.error) == ("failed", 4, "ZeroDivisionError: division by zero")
    cells = {cell.id: cell for cell in read_notebook(tmp_path / "out" / result.notebook).cells if cell.cell_type == "code"}
    assert cells["code-1"].outputs[0].text == "before\n"
    assert cells["code-2"].outputs[0].ename == "ZeroDivisionError"
    assert cells["code-3"].outputs == []
    assert [cells[f"code-{number}"].metadata.papermill.status for number in (1, 2, 3)] == ["completed", "failed", "pending"]


def test_a_lesson_whose_kernel_is_not_there_fails_with_no_notebook_or_one_that_never_ran(tmp_path, monkeypatch):
    spec = tmp_path / "jupyter" / "kernels" / "python3"
    spec.mkdir(parents=True)
    (spec / "kernel.json").write_text(
        json.dumps({"argv": ["/no/such/python", "{connection_file}"], "display_name": "x", "language": "python"})
    )
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    result = execute(run_of(write_lesson(tmp_path / "01_x.ipynb", "1")), tmp_path / "out", timeout=60)
    assert (result.state, result.cell) == ("failed", 0)
    assert "No such file or directory" in result.error
    assert {cell.metadata.papermill.status for cell in read_notebook(tmp_path / "out" / result.notebook).cells} == {"pending"}


def test_a_lesson_with_parameters_of_no_known_language_fails_alone(tmp_path):
    lesson = write_lesson(tmp_path / "01_x.ipynb", "1", parameters="n: int = 1  # a number")
    notebook = json.loads(lesson.read_text())
    notebook["metadata"]["kernelspec"] = {"name": "nowhere", "display_name": "x", "language": "klingon"}
    lesson.write_text(json.dumps(notebook))
    result = execute(run_of(lesson, n=2), tmp_path / "out", timeout=60)
    assert (result.state, result.cell) == ("failed", 0)
    assert "klingon" in result.error or "nowhere" in result.error


def test_what_was_performed_is_data_until_it_is_kept(tmp_path):
    (tmp_path / "desk").mkdir()
    performed = perform(run_of(write_lesson(tmp_path / "01_x.ipynb", "'here'"), "k7"), tmp_path / "desk", timeout=60)
    assert list((tmp_path / "desk").iterdir()) == []
    result = keep(performed, tmp_path / "out", key="abc")
    written = tmp_path / "out" / "k7" / "01_x.ipynb"
    assert (result.notebook, result.key, result.size) == ("k7/01_x.ipynb", "abc", written.stat().st_size)


def test_a_full_disk_stops_the_run_with_one_line_and_nothing_half_written(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12k", "tmpfs", str(disk)], capture_output=True, check=False).returncode:
        pytest.skip("a small disk can be made by root only (mount -t tmpfs)")
    try:
        lesson = write_lesson(tmp_path / "01_x.ipynb", "print('x' * 100_000)")
        with pytest.raises(CourseError, match="free some space"):
            execute(run_of(lesson), disk / "out", timeout=60)
        assert [path for path in disk.rglob("*") if path.is_file()] == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)
