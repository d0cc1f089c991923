"""Everything that keeps the course from rotting: notebook rules, the case's data, rights, and a run compared by nbval."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from helpers.class_answers import SYNTHETIC_FOLDER
from helpers.errors import CourseError
from helpers.paths import packaged_seeds, seeds_folder

from .balance import check_balance
from .case import check_case
from .case_lessons import find_case_lessons
from .codes import check_codes
from .findings import Finding, finding_of
from .glossary_page import PAGE, check_lessons_of_terms, is_fresh, load_terms
from .lessons import lesson_paths, notebooks_folder, read_lesson
from .nbval_types import SANITIZE
from .rights import repository_files, shared_runs
from .rules import check_notebook
from .store import quiet_environment
from .teaching import check_notes, check_orphans, check_plans
from .withheld import check_notebooks, check_release

_OFFLINE = Path(__file__).with_name("offline")


def check_all(paths: list[Path]) -> list[Finding]:
    """The findings of every rule that needs no kernel, each told once."""
    found = [finding for path in paths for finding in check_notebook(path)]
    found += [*check_case(), *check_rights(paths), *check_notebooks(paths), *_check_course(paths)]
    return list(dict.fromkeys(found))


def check_rights(paths: list[Path]) -> list[Finding]:
    """The files of repository, case and lessons that share twelve words with an original; a warning when none is there."""
    data = [p for p in seeds_folder().rglob("*") if p.is_file() and "originals" not in p.relative_to(seeds_folder()).parts]
    ours = repository_files() if seeds_folder() == packaged_seeds() else []
    return _shared(list(dict.fromkeys([*data, *paths, *ours])))


def check_folder(folder: Path, release: bool = False) -> list[Finding]:
    """What must not stand in a folder that a run, a class or a release made: shared words, persons; in a release, keys."""
    if not folder.is_dir():
        raise CourseError("is no folder", where=str(folder), todo="give the folder of a run, of answers or of a release")
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    withheld = check_release(folder) if release else ()
    return list(dict.fromkeys([*_shared(files), *check_codes(folder), *withheld]))


def _check_course(paths: list[Path]) -> Iterator[Finding]:
    """What concerns the lessons together; of the course's own lessons also the plans, which a case of its own need not have."""
    everything, lessons = lesson_paths(), []
    for path in everything:
        with suppress(CourseError):  # told by the notebook's own rules
            lessons.append(read_lesson(path))
    try:
        yield from check_notes([lesson for lesson in lessons if lesson.path in paths])
        if len(lessons) == len(everything):
            yield from check_orphans(lessons)
            if notebooks_folder().parent != seeds_folder():
                yield from check_plans(lessons)
        yield from check_balance(everything)
        if find_case_lessons() and load_terms() and not is_fresh(notebooks_folder()):
            yield Finding(str(notebooks_folder() / PAGE), "is not what the glossary says; run 'course refresh'")
        if find_case_lessons() and len(lessons) == len(everything):
            yield from check_lessons_of_terms(everything)
        yield from check_codes(seeds_folder() / SYNTHETIC_FOLDER)
    except CourseError as error:
        yield finding_of(error, str(seeds_folder()))


def _shared(files: list[Path]) -> list[Finding]:
    shared = shared_runs(files)
    if shared is None:
        return [Finding("seeds/originals", "no original is in place, so shared words were not looked for", "W")]
    return shared


def compare_outputs(paths: list[Path], timeout: int) -> tuple[bool, str]:
    """Run the lessons with ordinary kernels and compare with the stored outputs: whether all agree, and nbval's report.

    The network is blocked: a cell that asks for an address beyond this machine fails, also when it hides the error. A report
    ends in what to do.

    Raises
    ------
    CourseError
        When nbval could not run at all.
    """
    command = [sys.executable, "-m", "pytest", "--nbval", f"--nbval-sanitize-with={SANITIZE}", f"--nbval-cell-timeout={timeout}"]
    command += ["-p", "course.nbval_types", "-p", "no:cacheprovider", "--color=no", "-q", "--tb=short"]
    # The settings of whatever project this runs in must not change the verdict.
    command += ["-c", os.devnull, "--rootdir", str(paths[0].parent), "--noconftest"]
    with tempfile.TemporaryDirectory() as folder, quiet_environment(**_blocked(Path(folder))):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        done = subprocess.run(
            [*command, *map(str, paths)],
            capture_output=True,
            text=True,
            env=environment,
            cwd=paths[0].parent,
            check=False,
        )
        outside = sorted(set((Path(folder) / "outside").read_text(encoding="utf-8").split()))
    report = (done.stdout + done.stderr).strip()
    if done.returncode not in (0, 1):  # 1: tests ran and some failed
        said, todo = report.splitlines()[-1] if report else done.returncode, "see that 'python -m pytest --nbval --version' runs here"
        raise CourseError(f"nbval could not run: {said}", where=str(paths[0].parent), todo=todo)
    if outside:
        report += f"\nF network: the lessons asked for {', '.join(outside)} on the network; take that out, or read it from the case's data"
    elif done.returncode:
        report += "\nF nbval: a fresh run differs from the stored outputs; see above, or store them anew with 'course refresh'"
    return done.returncode == 0 and not outside, report


def _blocked(folder: Path) -> dict[str, str]:
    (folder / "outside").touch()
    path = os.pathsep.join([str(_OFFLINE), *filter(None, [os.environ.get("PYTHONPATH")])])
    return {"PYTHONPATH": path, "COURSE_OUTSIDE": str(folder / "outside")}
