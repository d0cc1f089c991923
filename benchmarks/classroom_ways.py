"""The ways to run a class's lessons that `classroom.py` compares: the same runs, into a folder of the same shape."""

import json
import os
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from cells import load_with, read_outputs

from course.lessons import Lesson
from course.plan import Run
from course.pool import default_jobs

HERE = Path(__file__).resolve().parent
WAYS = ("papermill", "nbmake", "pool", "ordinary", "warm")
OURS = ("ordinary", "warm")
CORES = len(os.sched_getaffinity(0))
BIN = Path(sys.executable).parent
SETS = 6  # of parameter values, which the groups take in turn
VARIED = ("article", "ally", "member_state", "seat")  # whose listed values may be had in any combination
Entry = dict[str, Any]


@dataclass(frozen=True)
class Trial:
    """The runs of so many groups, and an empty folder for what one way makes of them."""

    groups: int
    lessons: tuple[Lesson, ...]
    roster: Path
    runs: tuple[Run, ...]
    folder: Path
    jobs: int = 0

    @property
    def out(self) -> Path:
        """Where the executed notebooks go, a folder a group."""
        return self.folder / "out"

    def output(self, run: Run) -> Path:
        """Where a run's notebook goes."""
        return self.out / run.folder / f"{run.lesson.name}.ipynb"


def write_roster(path: Path, groups: int, lessons: Sequence[Lesson]) -> None:
    """A roster of so many groups for these lessons; each of the first six has parameter values of its own."""
    taken = {one.name: one for lesson in lessons for one in lesson.parameters}
    choices = {name: taken[name].allowed() for name in VARIED if name in taken}
    days = [one.default for lesson in lessons for one in lesson.parameters if one.name == "as_of"]
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(["group", *choices, *["as_of"] * bool(days)]) + "\n")
        for group in range(groups):
            at = group % SETS
            values = [listed[at * len(listed) // SETS] for listed in choices.values()]
            day = [(date.fromisoformat(max(days)) + timedelta(days=at)).isoformat()] if days else []
            file.write(",".join([f"k{group}-fox", *values, *day]) + "\n")


def by_papermill(trial: Trial) -> list[str]:
    """Papermill's command, a process a run, one after the other, in the group's folder."""
    lines = ["status=0"]
    for run in trial.runs:
        output = trial.output(run)
        output.parent.mkdir(parents=True, exist_ok=True)
        values = [part for name, value in run.parameters.items() for part in ("-p", name, str(value))]
        command = [BIN / "papermill", run.lesson.path, output, "--cwd", output.parent, "--no-progress-bar", *values]
        lines.append(shlex.join(map(str, command)) + " || status=1")
    script = trial.folder / "papermill.sh"
    script.write_text("\n".join([*lines, "exit $status", ""]), encoding="utf-8")
    return ["sh", str(script)]


def by_nbmake(trial: Trial) -> list[str]:
    """`pytest --nbmake -n auto` over copies, with the parameters put in beforehand, which is not timed; no plugin but these two."""
    import nbformat

    for run in trial.runs:
        output = trial.output(run)
        output.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(load_with(str(run.lesson.path), dict(run.parameters)), output)
    options = ["-q", "-p", "nbmake.pytest_plugin", "-p", "xdist.plugin", "-p", "no:cacheprovider", "--rootdir", str(trial.out)]
    return [str(BIN / "pytest"), *options, "--nbmake", "--overwrite", "-n", "auto", str(trial.out)]


def by_pool(trial: Trial) -> list[str]:
    """Papermill's function in a pool of as many processes as there are cores."""
    entries = [[str(run.lesson.path), str(trial.output(run)), dict(run.parameters)] for run in trial.runs]
    spec = trial.folder / "pool.json"
    spec.write_text(json.dumps(entries), encoding="utf-8")
    return [sys.executable, str(HERE / "papermill_pool.py"), str(spec)]


def by_course(trial: Trial, kernels: str) -> list[str]:
    """Our command, with a roster, into a new folder; it writes the packets, too."""
    jobs = ["--jobs", str(trial.jobs)] * bool(trial.jobs)
    numbers = [lesson.number for lesson in trial.lessons]
    return [str(BIN / "course"), "run", *numbers, "--roster", str(trial.roster), "--out", str(trial.out), "--kernels", kernels, *jobs]


def jobs_of(way: str, trial: Trial) -> int:
    """How many runs a way has going on at once."""
    return (trial.jobs or default_jobs()) if way in OURS else 1 if way == "papermill" else CORES


def find_wrong(trial: Trial) -> list[str]:
    """What is wrong with the notebooks that a way has written, in words."""
    expected = {lesson.name: read_outputs(json.loads(lesson.path.read_text("utf-8")))["figures"] for lesson in trial.lessons}
    wrong = []
    for run in trial.runs:
        where = f"{run.folder}/{run.lesson.name}"
        try:
            found = read_outputs(json.loads(trial.output(run).read_text(encoding="utf-8")))
        except (OSError, ValueError) as error:
            wrong.append(f"{where}: {error}")
            continue
        if found["error"] or found["open"]:
            wrong.append(f"{where}: {found['error'] or str(found['open']) + ' cells not executed'}")
        elif found["figures"] != expected[run.lesson.name]:
            wrong.append(f"{where}: {found['figures']} figures, not {expected[run.lesson.name]}")
    return wrong


def environment() -> dict[str, str]:
    """Of a headless run, the same for every way: nobody sits at it, nothing of the caller's Jupyter is inherited."""
    own = ("JPY_", "PYTEST_", "JUPYTER_", "COURSE_")
    return {
        name: value for name, value in os.environ.items() if not name.startswith(own) and name not in ("ALLIANCE_LIVE", "ALLIANCE_ANSWERS")
    }
