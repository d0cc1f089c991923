"""A class's runs: what is still to be done, where it is executed, and with which kernels."""

from collections.abc import Generator, Iterable
from itertools import compress
from pathlib import Path

from helpers.errors import CourseError

from .fingerprint import Keys, answers_of
from .lessons import read_notebook
from .plan import Run
from .results import RunResult, find_results
from .runner import Means
from .store import quiet_environment


def find_unfinished(plan: Iterable[Run], folder: Path, keys: Keys) -> tuple[Iterable[Run], int]:
    """The runs of a plan that are not done in a folder, lazily, and their number.

    A run is done when its last result says so, the same went in (see :class:`~course.fingerprint.Keys`), and its output is
    there as it was written, or at least a whole notebook.
    """
    done = {(result.folder, result.lesson): result for result in find_results(folder) if result.state == "done"}

    def is_open(run: Run) -> bool:
        result = done.get((run.folder, run.lesson.name))
        if result is None or result.key != keys.of(run, answers_of(run, folder)):
            return True
        return not _is_whole(folder / result.notebook, result.size)

    chosen = bytearray(is_open(run) for run in plan)
    return compress(plan, chosen), sum(chosen)


def _is_whole(output: Path, size: int) -> bool:
    # One of another size is read: somebody may have worked in it, or a disk may have lost a part.
    try:
        if not size or output.stat().st_size != size:
            read_notebook(output)
    except (OSError, CourseError):
        return False
    return True


def check_means(means: Means) -> None:
    """See that the runs can be executed so, before anything is made.

    Raises
    ------
    CourseError
        When the cluster cannot be reached or is not like this machine, or this system has no warm kernels.
    """
    from .kernels import is_available

    if means.scheduler:
        from .cluster import check_cluster

        check_cluster(means)
    elif means.kernels == "warm" and not is_available():
        raise CourseError("warm kernels need Linux or macOS", where="--kernels warm", todo="leave it out")


def run_class(runs: Iterable[Run], folder: Path, means: Means, keys: Keys) -> Generator[RunResult]:
    """Execute the runs into the folder, here or on a cluster; each result when it is known and logged.

    Raises
    ------
    CourseError
        When the cluster cannot be used, or an output cannot be written.
    """
    limit = {"COURSE_KERNEL_MEMORY": str(means.memory)} if means.memory else {}
    with quiet_environment(**limit):
        if means.scheduler:
            from .cluster import run_on_cluster

            yield from run_on_cluster(runs, folder, means, keys)
        else:
            from .kernels import limited_kernels, warm_kernels
            from .pool import default_jobs, run_all

            with warm_kernels() if means.kernels == "warm" else limited_kernels():
                yield from run_all(runs, folder, jobs=means.jobs or default_jobs(), timeout=means.timeout, keys=keys)
