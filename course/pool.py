"""Many runs at once on this machine: a thread a job, each with a kernel process of its own; results as they come.

Threads suffice, since the work is done in the kernels; one process keeps memory flat and can stop them all.
"""

import os
import threading
from collections.abc import Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from pathlib import Path

from jupyter_core.utils import ensure_event_loop

from .engine import Halt
from .fingerprint import Keys, answers_of
from .plan import Run
from .results import RunResult, append_result
from .runner import execute


def default_jobs() -> int:
    """How many runs go on at once when nobody says: one a core, and one more since a kernel that starts or stops waits a lot."""
    return (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1) + 1


def run_all(runs: Iterable[Run], folder: Path, *, jobs: int, timeout: int, keys: Keys | None = None) -> Generator[RunResult]:
    """Execute the runs and yield each result when it is known and in the folder's log; a failure does not stop the others.

    Parameters
    ----------
    runs : iterable of Run
        Taken one by one as jobs become free, so that a plan may be long.
    folder : pathlib.Path
        The run's folder, claimed.
    jobs : int
        How many at once.
    timeout : int
        Seconds that one cell may take.
    keys : Keys, optional
        Gives each result the key of what went in.

    Raises
    ------
    CourseError
        When an output cannot be written: the others would meet the same disk, so the runs under way are stopped.
    """
    halt, log = Halt(), threading.Lock()

    def perform(run: Run) -> RunResult:
        key = keys.of(run, answers_of(run, folder)) if keys else ""
        try:
            result = execute(run, folder, timeout, halt, key)
        finally:
            ensure_event_loop().close()  # nbclient made one for this thread, and nobody else closes it
        with log:  # here, not where results are yielded: an interrupt between the two would lose it
            append_result(folder, result)
        return result

    ahead, under_way = iter(runs), set[Future[RunResult]]()
    with ThreadPoolExecutor(jobs, "run") as pool:
        try:
            while True:
                for run in islice(ahead, jobs - len(under_way)):
                    under_way.add(pool.submit(perform, run))  # one by one: an interrupt must find those that have begun
                if not under_way:
                    return
                done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        finally:
            while under_way and not _stopped(under_way, halt):
                pass


def _stopped(under_way: set[Future[RunResult]], halt: Halt) -> bool:
    try:
        halt.call()
        return not wait(under_way, timeout=0.05).not_done
    except KeyboardInterrupt:  # a second one, by an impatient hand: what it asks for is being done
        return False
