"""The verb ``course bundle``: what it says and with which exit code; see test_bundle for what it makes."""

import os
import signal
import subprocess
import sys

import pytest
from builders import CASE, course

from helpers.questions import load_items


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Missing argument 'DIR'"),
        (["stick", "77"], "lesson '77' does not exist"),
        (["stick", "--for", "dos"], "--for: 'dos' is not allowed; use one of linux, linux-arm, macos"),
        (["stick", "--python", "3.9"], "--python: '3.9' is not allowed; use one of 3.11, 3.12, 3.13"),
        (["."], "is the folder that you are in"),
        (["used"], "is a file, or not empty"),
    ],
)
def test_wrong_use_is_one_line_with_exit_code_2(tmp_path, arguments, said):
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "mine.txt").write_text("mine")
    done = course("bundle", *arguments, cwd=tmp_path, ALLIANCE_SEEDS=str(CASE))
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["used"]


@pytest.mark.slow
def test_ctrl_c_is_one_line_with_exit_code_130_and_leaves_nothing(tmp_path):
    command = [sys.executable, "-m", "course", "bundle", "stick", "00"]
    environment = os.environ | {"ALLIANCE_SEEDS": str(CASE)}
    process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "building the course's own wheel\n"
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (130, "course: interrupted\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_finding_is_one_line_with_exit_code_1_and_nothing_is_left(case, tmp_path):
    item = next(item for item in load_items() if item.mode == "exam")
    page = case / "conflicts.toml"
    page.write_text(f"# {item.options[0].feedback}\n" + page.read_text(encoding="utf-8"), encoding="utf-8")
    done = course("bundle", "stick", "00", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    first, last = done.stderr.splitlines()
    assert first.startswith(f"F the learners' copy/seeds/conflicts.toml: holds words of the key of {item.id}: “")
    assert last == "1 findings; stick was not made"
    assert [path.name for path in tmp_path.iterdir()] == ["case"]
