"""Everything that keeps the course from rotting: notebook rules, the case's data, rights, and a run compared by nbval."""

import os
import subprocess
import sys

from helpers.paths import seeds_folder

from .case import check_case
from .lessons import Lesson
from .nbval_types import SANITIZE
from .rights import LONGEST_RUN, shared_runs
from .rules import Finding, check_lessons
from .store import quiet_environment


def check_all(lessons: list[Lesson]) -> list[Finding]:
    """The findings of every rule that needs no kernel."""
    return [*check_lessons(lessons), *check_case(), *check_rights(lessons)]


def check_rights(lessons: list[Lesson]) -> list[Finding]:
    """The files of the case and the lessons that share twelve words in a row with an original; a warning when none is there."""
    data = [p for p in seeds_folder().rglob("*") if p.is_file() and "originals" not in p.relative_to(seeds_folder()).parts]
    shared = shared_runs([*data, *(lesson.path for lesson in lessons)])
    if shared is None:
        return [Finding("seeds/originals", "no original is in place, so shared words were not looked for", "W")]
    return [Finding(str(path), f"shares {LONGEST_RUN} words with an original: “{run} …”") for path, run in shared]


def compare_outputs(lessons: list[Lesson], timeout: int) -> tuple[bool, str]:
    """Run the lessons with ordinary kernels and compare with the stored outputs: whether all agree, and nbval's report."""
    command = [sys.executable, "-m", "pytest", "--nbval", f"--nbval-sanitize-with={SANITIZE}", f"--nbval-cell-timeout={timeout}"]
    command += ["-p", "course.nbval_types", "-p", "no:cacheprovider", "--color=no", "-q", "--tb=short"]
    with quiet_environment():
        # A learner's ini file or plugins must not change the verdict.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        done = subprocess.run(
            [*command, *(str(lesson.path) for lesson in lessons)],
            capture_output=True,
            text=True,
            env=environment,
            cwd=lessons[0].path.parent,
            check=False,
        )
    return done.returncode == 0, (done.stdout + done.stderr).strip()
