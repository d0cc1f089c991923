"""What a teacher sees while a class runs."""

import pytest

from course.progress import INTERRUPT, follow, tell_failures
from course.results import RunResult
from helpers.errors import CourseError

DONE = RunResult("01_x", "A title", "class", "done", 1.5, "class/01_x.ipynb")
FAILED = RunResult("02_x", "A title", "class", "failed", 1.5, "class/02_x.ipynb", cell=3, error="ValueError: \x1b[31mno")


def test_every_run_is_a_line_and_a_failure_goes_to_stderr(capsys):
    tally = follow((result for result in (DONE, FAILED)), 2)
    assert (tally.ended, tally.failed, tally.stopped) == (2, [FAILED], "")
    out, err = capsys.readouterr()
    assert out == "[1/2] class/01_x  done  1.5 s\n"
    assert err.startswith("[2/2] class/02_x  failed  cell 3: ValueError:")
    assert "\x1b" not in err


@pytest.mark.parametrize(
    ("stop", "said"),
    [(KeyboardInterrupt(), INTERRUPT), (CourseError("is full", where="disk", todo="free some"), "disk: is full; free some")],
)
def test_what_stops_the_runs_is_said_and_what_ended_before_counts(stop, said):
    def results():
        yield DONE
        raise stop

    tally = follow(results(), 5)
    assert (tally.ended, tally.stopped) == (1, said)


def test_failures_are_told_again_one_a_line_and_not_endlessly(capsys):
    tell_failures([FAILED] * 25)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 21
    assert lines[0].startswith("class/02_x.ipynb, cell 3: ValueError:")
    assert lines[-1] == "… and 5 more failures; index.html lists all"
