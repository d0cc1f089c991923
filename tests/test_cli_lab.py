"""A learner's two commands, as a learner gives them: JupyterLab on the own copy, and a lesson that begins again."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from browser import free_port, wait_for_server
from builders import course


@pytest.fixture
def machine(tmp_path) -> dict[str, str]:
    """A new user's environment, in which the browser writes down what it is asked to open."""
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >> "{tmp_path}/opened"\n')
    browser.chmod(0o755)
    plain = {f"JUPYTER_{kind}_DIR": str(tmp_path / kind.lower()) for kind in ("CONFIG", "RUNTIME", "DATA")}
    return plain | {"HOME": str(tmp_path), "BROWSER": f"{browser} %s", "JUPYTERHUB_SERVICE_URL": "", "JUPYTERLAB_WORKSPACES_DIR": ""}


def start(machine: dict[str, str], cwd: Path, *options: str) -> tuple[subprocess.Popen, int]:
    """``course lab``, once it answers, and its port."""
    port = free_port()
    command = [sys.executable, "-P", "-m", "course", "lab", *options, f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    with (cwd / "said").open("w") as said:
        process = subprocess.Popen(command, cwd=cwd, env=os.environ | machine, stdout=said, stderr=said)
    wait_for_server(f"http://127.0.0.1:{port}/api", process)
    return process, port


def stop(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 0


def opened(tmp_path: Path, number: int) -> str:
    """The address that the browser was last asked for, once it was asked so often."""
    for _ in range(600):
        asked = (tmp_path / "opened").read_text().splitlines() if (tmp_path / "opened").exists() else []
        if len(asked) >= number:
            return asked[-1]
        time.sleep(0.1)
    raise AssertionError("no browser was asked for")


@pytest.mark.slow
def test_one_command_opens_the_first_lesson_a_second_says_where_and_the_work_is_found_again(machine, tmp_path):
    (tmp_path / "random.py").write_text("raise SystemExit('the learner’s own file was run')", encoding="utf-8")
    process, port = start(machine, tmp_path)
    (tmp_path / "random.py").unlink()
    try:
        page = Path(opened(tmp_path, 1).removeprefix("file://")).read_text()
        assert f"http://localhost:{port}/lab/tree/00_start.ipynb?token=" in page
        said = (tmp_path / "said").read_text().splitlines()
        assert said[0] == f"Your course: {tmp_path / 'my-course'} (made just now)"
        assert said[1].startswith("JupyterLab opens in your browser. To stop it")
        lesson = tmp_path / "my-course" / "01_four_sources.ipynb"
        lesson.write_text("my words")
        second = course("lab", cwd=tmp_path / "my-course", **machine)  # in the copy itself, which is understood
        assert (second.returncode, second.stderr) == (0, "")
        assert second.stdout.startswith(f"JupyterLab is open on {tmp_path / 'my-course'} already: http://localhost:{port}/lab?token=")
        assert opened(tmp_path, 2) == second.stdout.split()[-1]
        again = course("reset", "01", cwd=tmp_path, **machine)
        assert again.stdout.splitlines() == [
            "01_four_sources.ipynb is as the course gives it; yours is kept as set-aside-01_four_sources.ipynb",
            "Where it is open in JupyterLab, choose File > Reload Notebook from Disk.",
        ]
    finally:
        stop(process)
    assert (tmp_path / "my-course" / "set-aside-01_four_sources.ipynb").read_text() == "my words"
    process, _ = start(machine, tmp_path, "--no-browser")
    stop(process)
    assert (tmp_path / "said").read_text().startswith(f"Your course: {tmp_path / 'my-course'} (as you left it)\n")


def test_a_copy_can_be_made_ready_without_opening_it_and_what_changed_is_told(tmp_path, machine):
    first = course("lab", "--prepare", "--folder", "mine", cwd=tmp_path, **machine)
    assert (first.stdout, first.stderr) == (f"Your course: {tmp_path / 'mine'} (made just now)\n", "")
    (tmp_path / "mine" / "03_nato_articles_4_5.ipynb").write_bytes(b"")
    second = course("lab", "--prepare", "--folder", "mine", cwd=tmp_path, **machine)
    told = "'course reset 03' brings the course's edition, your answers stay"
    assert second.stdout.splitlines()[1] == f"Not as the course gives it, so it stays as it is: 03 NATO’s Articles 4, 5 and 6; {told}"
    done = course("reset", "03", "glossary", "--folder", "mine", cwd=tmp_path, **machine)
    assert done.stdout.splitlines()[1] == "glossary.ipynb is as the course gives it"
    assert len(course("lab", "--prepare", "--folder", "mine", cwd=tmp_path, **machine).stdout.splitlines()) == 1


def test_a_hub_gets_the_server_that_it_starts_though_another_seems_to_run(tmp_path, machine):
    course("lab", "--prepare", "--folder", "mine", cwd=tmp_path, **machine)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        told = {"pid": os.getpid(), "root_dir": str(tmp_path / "mine"), "port": listening.getsockname()[1], "url": address}
        (tmp_path / "runtime").mkdir(exist_ok=True)
        (tmp_path / "runtime" / "jpserver-1.json").write_text(json.dumps(told))
        again = ("lab", "--prepare", "--folder", "mine")
        assert course(*again, cwd=tmp_path, **machine).stdout == f"JupyterLab is open on mine already: {address}lab\n"
        by_hub = course(*again, cwd=tmp_path, **machine | {"JUPYTERHUB_SERVICE_URL": "http://127.0.0.1:9/user/k7/"})
        assert by_hub.stdout == f"Your course: {tmp_path / 'mine'} (as you left it)\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["lab", "mine"], "course: mine: is no option of JupyterLab; name your folder with --folder"),
        (["lab", "--prepare", "--folder", "file"], "course: file: no working copy can be kept here: Not a directory; choose a folder"),
        (["reset", "99", "--folder", "mine"], "course: lesson '99' does not exist; choose from 00_start"),
        (["reset"], "course: Missing argument 'LESSON...'; see 'course --help'"),
    ],
)
def test_wrong_use_is_one_line(arguments, message, tmp_path, machine):
    (tmp_path / "file").write_text("")
    done = course(*arguments, cwd=tmp_path, **machine)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert message in done.stderr
