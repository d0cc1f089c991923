"""Many runs at once: each result is logged when it is known, a failure stops nobody, and all can be stopped."""

import os
import signal
import threading
import time
from contextlib import suppress

import psutil
import pytest
from builders import run_of, write_lesson

from course.fingerprint import Keys, take_fingerprint
from course.lessons import read_notebook
from course.pool import default_jobs, run_all
from course.results import find_results, read_results
from helpers.errors import CourseError


def test_there_is_at_least_one_job():
    assert default_jobs() >= 2


def test_nothing_to_run_is_nothing_done(tmp_path):
    assert list(run_all([], tmp_path, jobs=2, timeout=60)) == []


@pytest.mark.slow
def test_a_failing_run_stops_no_other_and_each_has_a_kernel_of_its_own(tmp_path):
    bad = write_lesson(tmp_path / "01_bad.ipynb", "1 / 0")
    good = write_lesson(tmp_path / "02_good.ipynb", "import os; print(os.getpid(), os.getcwd())")
    runs = [run_of(bad, "a"), run_of(good, "a"), run_of(good, "b")]
    results = list(run_all(runs, tmp_path / "out", jobs=2, timeout=60, keys=Keys(take_fingerprint())))
    assert {(result.folder, result.lesson): result.state for result in results} == {
        ("a", "01_bad"): "failed",
        ("a", "02_good"): "done",
        ("b", "02_good"): "done",
    }
    assert sorted(results, key=lambda result: result.notebook) == read_results(tmp_path / "out")
    assert len({result.key for result in results}) == 2  # two groups, the same lesson, the same parameters: the same went in
    said = [read_notebook(tmp_path / "out" / group / "02_good.ipynb").cells[-1].outputs[0].text.split() for group in "ab"]
    assert said[0][0] != said[1][0]
    assert [folder for _, folder in said] == [str(tmp_path / "out" / group) for group in "ab"]


@pytest.mark.slow
def test_no_more_runs_are_taken_from_the_plan_than_are_at_work(tmp_path):
    lesson, taken = write_lesson(tmp_path / "01_x.ipynb", "1"), []

    def plan():
        for number in range(4):
            taken.append(number)
            yield run_of(lesson, f"g{number}")

    results = run_all(plan(), tmp_path / "out", jobs=1, timeout=60)
    assert (next(results).folder, taken) == ("g0", [0])
    results.close()
    assert [result.folder for result in find_results(tmp_path / "out")] == ["g0"]


@pytest.mark.slow
def test_an_interrupt_kills_every_kernel_and_keeps_what_was_done(tmp_path):
    quick = write_lesson(tmp_path / "01_quick.ipynb", "1")
    endless = write_lesson(tmp_path / "02_endless.ipynb", "import time; open('begun', 'w').close()", "while True: time.sleep(0.1)")
    runs = [run_of(quick, "a"), run_of(endless, "b"), run_of(endless, "c")]

    def interrupt():
        while not (find_results(tmp_path / "out") and all((tmp_path / "out" / group / "begun").exists() for group in "bc")):
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt, daemon=True).start()
    with pytest.raises(KeyboardInterrupt):
        list(run_all(runs, tmp_path / "out", jobs=3, timeout=60))
    assert [result.folder for result in read_results(tmp_path / "out")] == ["a"]
    assert [command for command in map(command_of, psutil.Process().children(recursive=True)) if "ipykernel_launcher" in command] == []


def command_of(process: psutil.Process) -> str:
    """Its command; empty when it has ended, though its parent may not have looked yet."""
    with suppress(psutil.NoSuchProcess):
        return " ".join(process.cmdline())
    return ""


@pytest.mark.slow
def test_an_output_that_cannot_be_written_stops_the_others(tmp_path):
    lesson = write_lesson(tmp_path / "01_x.ipynb", "1")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a").write_text("a file where a folder must be")
    with pytest.raises(CourseError, match="cannot be written"):
        list(run_all([run_of(lesson, "a"), run_of(lesson, "b")], tmp_path / "out", jobs=1, timeout=60))
