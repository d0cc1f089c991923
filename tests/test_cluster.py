"""A cluster does the same runs: nothing is lost, nothing is logged twice, and whoever is not alike takes no part."""

import json
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from builders import course, write_lesson
from dask_cluster import Cluster, is_alive, kill, wait_for

from course.cluster import check_cluster, run_on_cluster
from course.fingerprint import Keys, take_fingerprint
from course.lessons import read_lesson, read_notebook
from course.plan import Run
from course.pool import run_all
from course.results import RESULTS, RunResult
from course.runner import Means
from helpers.errors import CourseError

slow = pytest.mark.slow


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    pytest.importorskip("distributed", reason="the extra 'dist' is not installed")
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    yield cluster
    cluster.stop()


@pytest.fixture
def cluster(running):
    running.man(2)
    return running


def send(runs, folder: Path, cluster: Cluster, **means):
    folder.mkdir(exist_ok=True)
    chosen = Means(timeout=60, scheduler=cluster.address, **means)
    return run_on_cluster(runs, folder, chosen, Keys(take_fingerprint()))


def logged(folder: Path) -> list[RunResult]:
    return [RunResult(**json.loads(line)) for line in (folder / RESULTS).read_text().splitlines()]


def without_times(result: RunResult) -> RunResult:
    return replace(result, seconds=0, size=0)


def content(path: Path) -> str:
    """An output as text, without the times that papermill and the kernel note."""
    text = re.sub(r'"(start_time|end_time|duration|iopub\.[\w.]+|shell\.[\w.]+)": [^,\n]+', r'"\1": 0', path.read_text())
    text = re.sub(r'"id": "[0-9a-f]{8}"', '"id": "…"', text)  # papermill's own cells
    return re.sub(r"ipykernel_\d+[/\d.py]*|0x[0-9a-f]+", "…", text)


@slow
def test_a_cluster_gives_the_results_and_outputs_that_this_machine_gives(cluster, tmp_path):
    answers = "from pathlib import Path", "print(*(path.read_text() for path in sorted(Path('answers').iterdir())))"
    named = "print(open(where + '/x.txt').read(), where)"
    lessons = [
        write_lesson(tmp_path / "in" / "01_answers.ipynb", *answers, parameters="who: str = 'A'  # whom to greet"),
        write_lesson(tmp_path / "in" / "02_fails.ipynb", "1", "1 / 0", "2"),
        write_lesson(tmp_path / "in" / "03_path.ipynb", named, parameters="where: str = 'x'  # a folder"),
    ]
    given = tmp_path / "Ä given"
    given.mkdir()
    (given / "x.txt").write_text("from the teacher", encoding="utf-8")
    parameters = [{"who": "B"}, {}, {"where": str(given)}]
    runs = [Run(read_lesson(path), "Ü 1", "u-1", values) for path, values in zip(lessons, parameters, strict=True)]
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        (folder / "u-1" / "answers").mkdir(parents=True)
        (folder / "u-1" / "answers" / "k7-fox.jsonl").write_text("answered", encoding="utf-8")
    expected = {one.lesson: one for one in run_all(runs, here, jobs=2, timeout=60, keys=Keys(take_fingerprint()))}
    results = {one.lesson: one for one in send(runs, there, cluster)}
    assert [results[name].state for name in sorted(results)] == ["done", "failed", "done"]
    assert {name: without_times(one) for name, one in results.items()} == {name: without_times(one) for name, one in expected.items()}
    for result in results.values():
        assert content(there / result.notebook) == content(here / result.notebook)
        assert (there / result.notebook).stat().st_size == result.size
    assert "from the teacher" in content(there / "u-1" / "03_path.ipynb")


@slow
def test_a_worker_that_is_killed_loses_nothing_and_nothing_is_logged_twice(cluster, tmp_path):
    lesson = read_lesson(
        write_lesson(
            tmp_path / "01_x.ipynb", "import itertools; sum(itertools.repeat(1, 30_000_000))", "print(n)", parameters="n: int = 0  # which"
        )
    )
    taken = []

    def plan():
        for number in range(12):
            taken.append(number)
            yield Run(lesson, f"g{number}", f"g{number}", {"n": number})

    out, kernels = tmp_path / "out", []
    for result in send(plan(), out, cluster):
        if not kernels:
            assert len(taken) < 12  # a window of six, and those that ended meanwhile: the plan is never with the scheduler whole
            wait_for(lambda: kernels.extend(kernels_of(cluster.workers[0])) or kernels)
            kill(cluster.workers[0])
            wait_for(lambda: not any(map(is_alive, kernels)), seconds=5)  # although they compute in C, and look at nothing
        assert result.state == "done", str(result)
    assert Counter(one.folder for one in logged(out)) == Counter(f"g{number}" for number in range(12))
    for number in range(12):
        assert read_notebook(out / f"g{number}" / "01_x.ipynb").cells[-1].outputs[0].text == f"{number}\n"


def kernels_of(worker: subprocess.Popen) -> list[int]:
    table = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout.splitlines()[1:]
    rows = [(int(pid), int(parent), args) for pid, parent, args in (line.split(None, 2) for line in table)]
    inside = {worker.pid}
    for _ in range(3):
        inside |= {pid for pid, parent, _ in rows if parent in inside}
    return [pid for pid, _, args in rows if pid in inside and "ipykernel" in args]


@slow
def test_a_run_that_takes_its_workers_along_fails_in_one_line_and_the_others_are_done(cluster, tmp_path):
    deadly = write_lesson(
        tmp_path / "01_deadly.ipynb", "import os, signal; os.kill(os.getppid(), signal.SIGKILL)", "import time; time.sleep(60)"
    )
    good = write_lesson(tmp_path / "02_good.ipynb", "1")
    runs = [Run(read_lesson(deadly)), *(Run(read_lesson(good), f"g{n}", f"g{n}") for n in range(2))]
    results = {one.notebook: one for one in send(runs, tmp_path / "out", cluster)}
    lost = results.pop("class/01_deadly.ipynb")
    assert lost.state == "failed"
    assert re.fullmatch(r"KilledWorker: its worker was lost 2 times, the last at tcp://127.0.0.1:\d+", lost.error)
    assert len(logged(tmp_path / "out")) == 3


@slow
def test_workers_that_share_the_folder_write_there_themselves(cluster, tmp_path):
    lesson = read_lesson(write_lesson(tmp_path / "01_x.ipynb", "print('hello')"))
    [result] = send([Run(lesson)], tmp_path / "out", cluster, shared=True)
    assert (result.state, [result]) == ("done", logged(tmp_path / "out"))
    assert (tmp_path / "out" / "class" / "01_x.ipynb").stat().st_size == result.size
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["class", RESULTS]


@contextmanager
def other_worker(cluster: Cluster, seeds: Path, folder: Path):
    """A worker whose case has one line more."""
    case = shutil.copytree(seeds, folder / "case", ignore=shutil.ignore_patterns("originals"))
    with (case / "catalogue.toml").open("a", encoding="utf-8") as file:
        file.write("# one line more\n")
    worker = cluster.start_worker(ALLIANCE_SEEDS=str(case))
    yield worker
    kill(worker)


@slow
def test_a_worker_with_another_case_is_refused_before_the_first_run(cluster, tmp_path, seeds):
    from distributed import Client

    with other_worker(cluster, seeds, tmp_path), Client(cluster.address, set_as_default=False) as client:
        wait_for(lambda: len(client.nthreads()) == 3)
        refused = course("run", "00", "--scheduler", cluster.address, "--out", "out", cwd=tmp_path)
        with pytest.raises(CourseError, match=r"^worker tcp://127.0.0.1:\d+: differs from this machine: the data of the case; ") as error:
            check_cluster(Means(scheduler=cluster.address))
    assert refused.stderr == f"course: {error.value}\n"
    assert (refused.returncode, (tmp_path / "out").exists()) == (2, False)


@slow
def test_a_worker_with_another_case_that_joins_later_stops_the_runs(cluster, tmp_path, seeds):
    lesson = read_lesson(write_lesson(tmp_path / "01_x.ipynb", "import time; time.sleep(1)"))
    runs = (Run(lesson, f"g{number}", f"g{number}") for number in range(1000))
    results = send(runs, tmp_path / "out", cluster)
    first = next(results)
    with other_worker(cluster, seeds, tmp_path), pytest.raises(CourseError, match="the data of the case"):
        for _ in results:
            pass
    assert first in logged(tmp_path / "out")
    assert {one.state for one in logged(tmp_path / "out")} == {"done"}


SENDER = """
import sys
from pathlib import Path
from course.runner import Means
from course.cluster import run_on_cluster
from course.fingerprint import Keys, take_fingerprint
from course.lessons import read_lesson
from course.plan import Run
run = Run(read_lesson(Path("01_x.ipynb")))
list(run_on_cluster([run], Path("."), Means(scheduler=sys.argv[1]), Keys(take_fingerprint())))
"""


@slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_no_kernel_is_left_on_a_worker_when_the_command_is_stopped(cluster, tmp_path, number):
    pid = tmp_path / "pid"
    write_lesson(tmp_path / "01_x.ipynb", f"import os; open({str(pid)!r}, 'w').write(str(os.getpid()))", "while True: pass")
    sender = subprocess.Popen([sys.executable, "-c", SENDER, cluster.address], cwd=tmp_path, stderr=subprocess.DEVNULL)
    wait_for(lambda: pid.exists() and pid.read_text())
    sender.send_signal(number)
    sender.wait()
    wait_for(lambda: not is_alive(int(pid.read_text())))
    assert not (tmp_path / RESULTS).exists()
    [result] = send([Run(read_lesson(write_lesson(tmp_path / "02_y.ipynb", "1")))], tmp_path / "out", cluster)
    assert result.state == "done"  # the same worker goes on


@slow
def test_a_cluster_that_lost_all_its_workers_is_not_waited_for_without_end(cluster, tmp_path, monkeypatch):
    monkeypatch.setattr("course.cluster.PATIENCE", 2)
    monkeypatch.setattr("course.cluster.FETCH", 1)
    monkeypatch.setattr("course.cluster._LOOK", 0.5)
    lesson = read_lesson(write_lesson(tmp_path / "01_x.ipynb", "1"))
    results = send((Run(lesson, f"g{number}", f"g{number}") for number in range(1000)), tmp_path / "out", cluster)
    next(results)
    for worker in cluster.workers:
        kill(worker)
    with pytest.raises(CourseError, match="no worker for 2 s; start workers, then use --resume"):
        for _ in results:
            pass


@slow
def test_a_scheduler_that_is_lost_stops_the_runs_with_one_line(tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    lone = Cluster(tmp_path)
    try:
        none = pytest.raises(CourseError, match="the scheduler has no worker; start one with 'dask worker ADDRESS'")
        with monkeypatch.context() as patch, none:
            patch.setattr("course.cluster.CONNECT", 4)
            check_cluster(Means(scheduler=lone.address))
        lone.man(1)
        pid = tmp_path / "pid"
        endless = f"import os; open({str(pid)!r}, 'w').write(str(os.getpid()))", "while True: pass"
        lessons = [write_lesson(tmp_path / "01_x.ipynb", "1"), write_lesson(tmp_path / "02_endless.ipynb", *endless)]
        results = send([Run(read_lesson(lesson)) for lesson in lessons], tmp_path / "out", lone)
        assert next(results).lesson == "01_x"
        wait_for(lambda: pid.exists() and pid.read_text())
        kill(lone.scheduler)
        with pytest.raises(CourseError, match="the scheduler was lost; start it again, then use --resume"):
            next(results)
        wait_for(lambda: not is_alive(int(pid.read_text())), seconds=20)  # dask lets a task go on for 30 s
    finally:
        lone.stop()


@pytest.mark.parametrize("address", ["127.0.0.1:9", "nonsense", "tcp://no.such.host.invalid:8786", "tls://127.0.0.1:9"])
@slow
def test_a_scheduler_that_does_not_answer_is_one_line(tmp_path, address):
    pytest.importorskip("distributed")
    with pytest.raises(CourseError, match=f"--scheduler: no scheduler answers at {address}") as error:
        check_cluster(Means(scheduler=address))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("means", [{"kernels": "warm"}, {"memory": 500}])
def test_what_only_this_machine_has_does_not_go_with_a_scheduler(means):
    with pytest.raises(CourseError, match="does not go with --scheduler; leave it out"):
        check_cluster(Means(scheduler="127.0.0.1:9", **means))


def test_answers_from_elsewhere_do_not_go_with_a_shared_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("ALLIANCE_ANSWERS", str(tmp_path))
    with pytest.raises(CourseError, match="ALLIANCE_ANSWERS: does not go with --shared; leave --shared out"):
        check_cluster(Means(scheduler="127.0.0.1:9", shared=True))
