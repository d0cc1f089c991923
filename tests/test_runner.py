"""Runs end as data; what was done is on disk, whole."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from builders import write_lesson

from course.lessons import read_lesson, read_notebook
from course.plan import Run
from course.runner import execute, new_run_folder, point_latest, read_results, release_run_folder, run_plan
from helpers.errors import CourseError

slow = pytest.mark.slow


def run_of(path: Path, **parameters) -> Run:
    return Run(read_lesson(path), parameters=parameters)


@slow
def test_a_run_takes_its_parameters_and_leaves_the_lesson_alone(tmp_path):
    lesson = write_lesson(tmp_path / "in" / "01_x.ipynb", "print(f'hello {who}')", parameters="who: str = 'A'  # whom to greet")
    before = lesson.read_bytes()
    result = execute(run_of(lesson, who="B {1}"), tmp_path / "out {0}", timeout=60)
    written = read_notebook(tmp_path / "out {0}" / result.notebook)
    assert (result.state, result.error, result.cell) == ("done", "", 0)
    assert written.cells[-1].outputs[0].text == "hello B {1}\n"
    assert lesson.read_bytes() == before
    assert [path.name for path in (tmp_path / "out {0}" / "class").iterdir()] == ["01_x.ipynb"]


@slow
def test_the_written_notebook_names_no_folder_of_this_machine(tmp_path):
    lesson = write_lesson(tmp_path / "01_x.ipynb", "1")
    result = execute(run_of(lesson), tmp_path / "out", timeout=60)
    assert str(tmp_path) not in (tmp_path / "out" / result.notebook).read_text()


@slow
def test_a_failing_notebook_is_kept_up_to_its_cell_and_the_others_still_run(tmp_path):
    bad = write_lesson(tmp_path / "01_bad.ipynb", "print('before')", "1 / 0", "print('after')", parameters="n: int = 1  # a number")
    good = write_lesson(tmp_path / "02_good.ipynb", "print('good')")
    results = list(run_plan([run_of(bad, n=2), run_of(good)], tmp_path / "out", timeout=60))
    assert [result.state for result in results] == ["failed", "done"]
    # Counted in the lesson as its author sees it: title, parameters, first code cell, failing cell.
    assert (results[0].cell, results[0].error) == (4, "ZeroDivisionError: division by zero")
    kept = {cell.id: cell.outputs for cell in read_notebook(tmp_path / "out" / results[0].notebook).cells if cell.cell_type == "code"}
    assert kept["code-1"][0].text == "before\n"
    assert kept["code-2"][0].ename == "ZeroDivisionError"
    assert kept["code-3"] == []
    assert read_results(tmp_path / "out") == results


@slow
def test_a_kernel_that_dies_is_a_failure_with_its_cell(tmp_path):
    lesson = write_lesson(tmp_path / "01_x.ipynb", "1", "import os; os._exit(9)", "3")
    result = execute(run_of(lesson), tmp_path / "out", timeout=60)
    assert (result.state, result.cell) == ("failed", 3)
    assert "died" in result.error.lower()
    last = read_notebook(tmp_path / "out" / result.notebook).cells[-1]
    assert (last.outputs, last.metadata.papermill.status) == ([], "pending")


@slow
def test_a_cell_that_takes_too_long_is_stopped(tmp_path):
    lesson = write_lesson(tmp_path / "01_x.ipynb", "import time; time.sleep(60)")
    result = execute(run_of(lesson), tmp_path / "out", timeout=2)
    assert (result.state, result.cell) == ("failed", 2)
    assert "timed out" in result.error.lower() or "timeout" in result.error.lower()


@slow
def test_a_headless_kernel_is_never_taken_for_a_live_one(tmp_path, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "somebody's.ipynb")
    monkeypatch.setenv("ALLIANCE_LIVE", "1")
    lesson = write_lesson(tmp_path / "01_x.ipynb", "from helpers.views import is_live", "print(is_live())")
    result = execute(run_of(lesson), tmp_path / "out", timeout=60)
    assert read_notebook(tmp_path / "out" / result.notebook).cells[-1].outputs[0].text == "False\n"
    assert os.environ["ALLIANCE_LIVE"] == "1"


@slow
@pytest.mark.parametrize("signal_number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_run_stops_its_kernel_and_keeps_what_was_done(tmp_path, signal_number):
    notebooks, pid = tmp_path / "notebooks", tmp_path / "pid"
    write_lesson(notebooks / "01_quick.ipynb", "1")
    write_lesson(notebooks / "02_endless.ipynb", f"import os; open({str(pid)!r}, 'w').write(str(os.getpid()))", "while True: pass")
    script = (
        "from pathlib import Path; import sys; from course import cli, lessons;"
        f"lessons.CHECKOUT = Path({str(notebooks)!r}); sys.argv = ['course', 'run', '--out', 'out']; cli.main()"
    )
    process = subprocess.Popen([sys.executable, "-c", script], cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    wait_for(lambda: pid.exists() and pid.read_text())
    process.send_signal(signal_number)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert errors.splitlines()[-1] == "course: interrupted; 1 of 2 runs were done and are kept in out"
    assert "Traceback" not in errors
    assert [result.lesson for result in read_results(tmp_path / "out")] == ["01_quick"]
    assert sorted(path.name for path in (tmp_path / "out" / "class").iterdir()) == ["01_quick.ipynb", "packet.html"]
    wait_for(lambda: not is_alive(int(pid.read_text())))


@slow
def test_a_lesson_whose_kernel_is_not_there_fails_alone(tmp_path, monkeypatch):
    spec = tmp_path / "jupyter" / "kernels" / "python3"
    spec.mkdir(parents=True)
    (spec / "kernel.json").write_text(
        json.dumps({"argv": ["/no/such/python", "{connection_file}"], "display_name": "x", "language": "python"})
    )
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    lesson = write_lesson(tmp_path / "01_x.ipynb", "1")
    [result] = run_plan([run_of(lesson)], tmp_path / "out", timeout=60)
    assert result.state == "failed"
    assert "No such file or directory" in result.error


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def wait_for(condition, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def test_a_run_gets_a_folder_of_its_own_and_never_writes_into_another(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    first, second = new_run_folder(None), new_run_folder(None)
    assert first != second
    (first / "kept.txt").write_text("mine")
    with pytest.raises(CourseError, match="the folder is not empty; choose a new one"):
        new_run_folder(first)


def test_two_runs_cannot_take_the_same_folder(tmp_path):
    new_run_folder(tmp_path / "out")
    with pytest.raises(CourseError, match="the folder is not empty"):
        new_run_folder(tmp_path / "out")


def test_a_folder_without_a_result_is_given_back_and_can_be_taken_again(tmp_path):
    folder = new_run_folder(tmp_path / "out")
    (folder / "class").mkdir()
    release_run_folder(folder)
    assert new_run_folder(tmp_path / "out") == folder
    (folder / "mine.txt").write_text("kept")
    release_run_folder(folder)
    assert (folder / "mine.txt").read_text() == "kept"


def test_a_folder_that_cannot_be_made_is_told_in_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CourseError, match="choose another folder with --out"):
        new_run_folder(tmp_path / "file" / "out")


def test_latest_leads_to_the_newest_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        folder = new_run_folder(None)
        point_latest(folder)
    assert (tmp_path / "runs" / "latest").resolve() == folder.resolve()


@pytest.mark.parametrize("content", [None, "{", '[{"odd": 1}]'])
def test_a_folder_that_no_run_wrote_is_refused(tmp_path, content):
    if content is not None:
        (tmp_path / "results.json").write_text(content)
    with pytest.raises(CourseError, match="is not the folder of a run"):
        read_results(tmp_path)


@slow
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


def test_results_are_plain_data(tmp_path):
    from course.runner import RunResult, write_results

    write_results(tmp_path, [RunResult("01_x", "A “title”", "class", "done", 1.5, "class/01_x.ipynb")])
    assert json.loads((tmp_path / "results.json").read_text())[0]["title"] == "A “title”"
