"""``course run`` as a teacher uses it: a roster, answers, an interruption, a resume."""

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial

import psutil
import pytest
from builders import course, write_lesson

from course.results import read_results

ROSTER = "group,greeted\nOne: the first,A\ntwo,B\n"


@pytest.fixture
def lessons(small, tmp_path):
    """Two tiny lessons of the small case; the first has a parameter."""
    folder = small / "notebooks"
    write_lesson(folder / "01_x.ipynb", "print(f'hello {greeted}')", parameters="greeted: str = 'A'  # whom to greet; one of: A, B, C")
    write_lesson(folder / "02_x.ipynb", "print('second')")
    (tmp_path / "roster.csv").write_text(ROSTER)
    return folder


def contents(folder):
    return {path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*.ipynb")}


@pytest.mark.slow
def test_a_roster_gives_each_group_its_folder_its_parameters_and_its_packet(lessons, tmp_path):
    done = course("run", "--roster", "roster.csv", "--out", "out", "--jobs", "2", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == "Running 4 lessons into out"
    out = tmp_path / "out"
    results = {result.notebook: result for result in read_results(out)}
    assert list(results) == ["One-the-first/01_x.ipynb", "One-the-first/02_x.ipynb", "two/01_x.ipynb", "two/02_x.ipynb"]
    assert results["One-the-first/01_x.ipynb"].group == "One: the first"
    assert results["two/01_x.ipynb"].parameters == {"greeted": "B"}
    assert "hello B" in (out / "two" / "packet.html").read_text(encoding="utf-8")
    assert "One: the first" in (out / "index.html").read_text(encoding="utf-8")
    again = course("run", "--roster", "roster.csv", "--out", "out", "--resume", cwd=tmp_path)
    assert again.stdout.splitlines()[0] == "Running 0 lessons into out; 4 were done before"
    assert again.returncode == 0


@pytest.mark.slow
def test_a_groups_answers_stand_in_its_packet_alone(lessons, tmp_path):
    write_lesson(lessons / "02_x.ipynb", "from helpers import ask", "ask('01-q1')")
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "two.jsonl").write_text('{"item": "01-q1", "answer": "a"}\n')
    done = course("run", "02", "--roster", "roster.csv", "--out", "out", "--answers", "answers", cwd=tmp_path)
    assert done.returncode == 0
    assert "no answers for 1 of 2 groups: One: the first" in done.stderr
    packets = [(tmp_path / "out" / group / "packet.html").read_text(encoding="utf-8") for group in ("One-the-first", "two")]
    assert ["Your answer: none yet" in packet for packet in packets] == [True, False]
    assert "Your answer: (a)" in packets[1]


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_run_stops_its_kernels_keeps_what_was_done_and_is_resumed(lessons, tmp_path, number):
    write_lesson(lessons / "02_x.ipynb", "import os, time", "while not os.path.exists('../../go'): time.sleep(0.1)")
    command = [sys.executable, "-m", "course", "run", "--out", "out", "--jobs", "2"]
    listen = partial(signal.signal, number, signal.SIG_DFL)  # these tests may have been started by nohup
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True, preexec_fn=listen)  # noqa: PLW1509 - no threads are here
    end = time.monotonic() + 60
    while not (tmp_path / "out" / "results.jsonl").exists():
        assert time.monotonic() < end and process.poll() is None
        time.sleep(0.1)
    kernels = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(number)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert errors.splitlines() == ["course: interrupted; 1 of 2 runs were done and are kept in out; --resume goes on"]
    _, alive = psutil.wait_procs(kernels, timeout=5)
    assert alive == []
    before = contents(tmp_path / "out")
    assert list(before) == ["class/01_x.ipynb"]
    (tmp_path / "go").touch()
    again = course("run", "--out", "out", "--resume", cwd=tmp_path)
    assert (again.returncode, again.stderr) == (0, "")
    after = contents(tmp_path / "out")
    assert sorted(after) == ["class/01_x.ipynb", "class/02_x.ipynb"]
    assert after["class/01_x.ipynb"] == before["class/01_x.ipynb"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["class", "index.html", "results.jsonl"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--roster", "gone.csv"], "gone.csv"),
        (["--roster", "roster.csv", "-p", "greeted=C"], "greeted"),
        (["--resume"], "course: runs/latest: there is no run to resume; give the folder of the run with --out"),
        (["--out", "here"], "course: here: the folder is not empty; choose a new one, or --resume; nothing was changed"),
        (["--answers", "gone"], "course: gone: is no folder; give one that 'course collect' wrote"),
        (["--jobs", "-1"], "Invalid value for '--jobs'"),
        (["--memory", "99999999999999"], "Invalid value for '--memory'"),
        (["--kernels", "hot"], "Invalid value for '--kernels'"),
    ],
)
def test_wrong_use_is_one_line_and_nothing_is_made(lessons, tmp_path, arguments, message):
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "mine").touch()
    before = sorted(tmp_path.iterdir())
    done = course("run", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert sorted(tmp_path.iterdir()) == before


def test_one_folder_of_answers_for_all_and_one_for_each_do_not_go_together(lessons, tmp_path):
    done = course("run", "--answers", "x", "--out", "out", cwd=tmp_path, ALLIANCE_ANSWERS=str(tmp_path))
    assert (done.returncode, done.stderr) == (
        2,
        "course: --answers: ALLIANCE_ANSWERS is set, one folder for all groups; unset the variable\n",
    )


@pytest.mark.slow
def test_a_terminal_shows_a_bar_with_an_estimate(lessons, tmp_path):
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
    main, side = pty.openpty()
    termios.tcsetwinsize(side, (24, 80))
    process = subprocess.Popen(
        [sys.executable, "-m", "course", "run", "02", "--out", "out"], cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=side
    )
    os.close(side)
    seen = b""
    while True:
        try:
            seen += os.read(main, 10_000)
        except OSError:  # the other side is gone
            break
    os.close(main)
    assert process.wait(timeout=60) == 0
    assert b"1/1" in seen and b"run" in seen
    assert json.loads((tmp_path / "out" / "results.jsonl").read_text())["state"] == "done"
