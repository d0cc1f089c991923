"""Everything that keeps the course from rotting: notebook rules, the case's data, rights, and a run compared by nbval."""

import os
import subprocess
import sys
from pathlib import Path

from helpers.errors import CourseError
from helpers.paths import seeds_folder

from .case import check_case
from .nbval_types import SANITIZE
from .rights import LONGEST_RUN, shared_runs
from .rules import Finding, check_notebook
from .store import quiet_environment


def check_all(paths: list[Path]) -> list[Finding]:
    """The findings of every rule that needs no kernel, each told once."""
    found = [*(finding for path in paths for finding in check_notebook(path)), *check_case(), *check_rights(paths)]
    return list(dict.fromkeys(found))


def check_rights(paths: list[Path]) -> list[Finding]:
    """The files of the case and the lessons that share twelve words in a row with an original; a warning when none is there."""
    data = [p for p in seeds_folder().rglob("*") if p.is_file() and "originals" not in p.relative_to(seeds_folder()).parts]
    shared = shared_runs([*data, *paths])
    if shared is None:
        return [Finding("seeds/originals", "no original is in place, so shared words were not looked for", "W")]
    return [Finding(str(path), f"shares {LONGEST_RUN} words with an original: “{run} …”") for path, run in shared]


def compare_outputs(paths: list[Path], timeout: int) -> tuple[bool, str]:
    """Run the lessons with ordinary kernels and compare with the stored outputs: whether all agree, and nbval's report.

    Raises
    ------
    CourseError
        When nbval could not run at all.
    """
    command = [sys.executable, "-m", "pytest", "--nbval", f"--nbval-sanitize-with={SANITIZE}", f"--nbval-cell-timeout={timeout}"]
    command += ["-p", "course.nbval_types", "-p", "no:cacheprovider", "--color=no", "-q", "--tb=short"]
    # The settings of whatever project this runs in must not change the verdict.
    command += ["-c", os.devnull, "--rootdir", str(paths[0].parent), "--noconftest"]
    with quiet_environment():
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        done = subprocess.run(
            [*command, *map(str, paths)],
            capture_output=True,
            text=True,
            env=environment,
            cwd=paths[0].parent,
            check=False,
        )
    report = (done.stdout + done.stderr).strip()
    if done.returncode not in (0, 1):  # 1: tests ran and some failed
        raise CourseError(f"nbval could not run: {report.splitlines()[-1] if report else done.returncode}", where=str(paths[0].parent))
    return done.returncode == 0, report
