"""What the command prints does not depend on the luck of its input."""

import json

import pytest
import typer

from course.terminal import FAILED, MISUSE, Failures, fail_with, print_json
from helpers.errors import CourseError


def test_json_reads_back_the_same_and_holds_no_control_of_a_terminal(capsys):
    data = {"text": "a\u202eb\x1b[31m\x9bc\u2028é“”"}
    print_json(data)
    printed = capsys.readouterr().out
    assert json.loads(printed) == data
    assert not set(printed) & set("\u202e\x1b\x9b")
    assert "é“”" in printed


def test_findings_are_lines_and_an_exit_code(capsys):
    fail_with([])
    with pytest.raises(typer.Exit) as stopped:
        fail_with(["F seeds: gone"])
    assert stopped.value.exit_code == FAILED
    assert capsys.readouterr().err == "F seeds: gone\n"


def test_an_input_that_fails_is_told_and_the_others_are_still_done(capsys):
    done = []
    with pytest.raises(typer.Exit) as stopped, Failures() as failures:
        for number in range(3):
            with failures.kept():
                if number == 1:
                    raise CourseError("no text", where="b\u202e.txt")
                done.append(number)
    assert stopped.value.exit_code == MISUSE
    assert done == [0, 2]
    assert capsys.readouterr().err == "course: b⟨U+202E⟩.txt: no text\n"


def test_other_errors_are_not_swallowed():
    with pytest.raises(ZeroDivisionError), Failures() as failures, failures.kept():
        _ = 1 / 0
