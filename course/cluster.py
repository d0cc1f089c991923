"""The same runs on a dask.distributed cluster: one task a run, results as they finish, each logged once in the teacher's folder."""

import asyncio
import json
import logging
import os
import socket
import time
import uuid
import warnings
import zlib
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

import nbformat

from helpers.errors import CourseError
from helpers.files import write_atomic

from .fingerprint import Keys, answers_of, names_a_path
from .lessons import read_notebook
from .plan import Run
from .results import RunResult, append_result
from .runner import Means, Performed, keep
from .worker import Order, Outcome, Terms, full_fingerprint, look_at_worker, mark_of, pack, perform_order, read_files, unfit

if TYPE_CHECKING:
    from distributed import Client, Future

CONNECT = 10  # seconds until a scheduler that does not answer counts as not there
PATIENCE = 300  # seconds without a worker after which nobody is waited for; batch systems bring workers late
RETRIES = 2  # of a run whose worker had trouble of its own, such as a full disk
FETCH = 60  # seconds that an output may take to come; 20 MB at 3 Mbit/s
_LOOK = 5  # seconds after which the cluster may have another size


def run_on_cluster(runs: Iterable[Run], folder: Path, means: Means, keys: Keys) -> Generator[RunResult]:
    """Send the runs to a cluster and yield each result when it is known and in the folder's log.

    About two runs a worker's thread are with the scheduler at once, however long the plan is. A run whose worker is lost is
    performed again elsewhere; one that takes worker after worker along fails (dask's ``allowed-failures``, 3 by default).

    Parameters
    ----------
    runs : iterable of Run
        Taken one by one as workers become free.
    folder : pathlib.Path
        The run's folder, claimed.
    means : course.runner.Means
        The scheduler's address or the path of its scheduler file; ``jobs`` bounds how many runs are sent at once.
    keys : Keys
        Gives each result the key of what went in.

    Raises
    ------
    CourseError
        When the scheduler cannot be reached or is lost, no worker is there, one has other code, data or packages, or an
        output cannot be written: the runs under way are then stopped.
    """
    refuse_local_means(means)
    with _connected(means.scheduler) as client, _marked(folder, means.shared) as session:
        terms = Terms(session, full_fingerprint(), means.timeout, str(folder.absolute()) if means.shared else "")
        _refuse_unfit(client, terms)
        yield from _Sender(client, folder, terms, keys, means.jobs).results(iter(runs))


def check_cluster(means: Means) -> None:
    """Stop before anything is made when the cluster cannot do the runs: unreachable, without workers, or with unlike ones.

    Raises
    ------
    CourseError
        See :func:`run_on_cluster`.
    """
    refuse_local_means(means)
    with _connected(means.scheduler) as client:
        _refuse_unfit(client, Terms(uuid.uuid4().hex, full_fingerprint(), means.timeout))


def refuse_local_means(means: Means) -> None:
    """Stop when something is asked for that only this machine has.

    Raises
    ------
    CourseError
        For warm kernels, a bound on their memory, or answers from elsewhere beside a shared folder.
    """
    for option, wanted in {"--kernels warm": means.kernels == "warm", "--memory": means.memory}.items():
        if wanted:
            todo = "leave it out; a cluster bounds memory by its jobs or pods" if option == "--memory" else "leave it out"
            raise CourseError("does not go with --scheduler", where=option, todo=todo)
    if means.shared and os.environ.get("ALLIANCE_ANSWERS"):
        raise CourseError("does not go with --shared", where="ALLIANCE_ANSWERS", todo="leave --shared out: answers are then sent along")


class _Sender:
    """Keeps the cluster busy, and takes in what comes back."""

    def __init__(self, client: "Client", folder: Path, terms: Terms, keys: Keys, jobs: int) -> None:
        self.client, self.folder, self.terms, self.keys, self.jobs = client, folder, terms, keys, jobs
        self._out: dict[str, tuple[Future, Run, str]] = {}  # under way: the future must be held, or dask forgets the run
        self._ended = SimpleQueue[str]()
        self._notebooks: dict[Path, str] = {}
        self._sent, self._threads, self._looked, self._manned = 0, 1, 0.0, time.monotonic()

    def results(self, ahead: Iterator[Run]) -> Generator[RunResult]:
        """Each result, once it is in the log."""
        while True:
            for run in islice(ahead, max(self._room() - len(self._out), 0)):
                self._send(run)
            if not self._out:
                return
            name = self._next()
            result = self._take_in(*self._out[name])
            if result is None:
                self._ended.put(name)
                continue
            append_result(self.folder, result)
            del self._out[name]
            yield result

    def _room(self) -> int:
        # Twice the threads, so that none waits for the next run while we write the last one's output.
        if time.monotonic() - self._looked > _LOOK:
            self._look()
        return min(self.jobs or 2 * self._threads + 2, 2 * self._threads + 2)

    def _look(self) -> None:
        self._looked = time.monotonic()
        with suppress(OSError):
            workers: dict[str, int] = self.client.nthreads()  # pyright: ignore - dask has one type for two uses
            if threads := sum(workers.values()):
                self._threads, self._manned = threads, self._looked
        if time.monotonic() - self._manned > PATIENCE:
            raise CourseError(f"no worker for {PATIENCE} s", where="--scheduler", todo="start workers, then use --resume")

    def _send(self, run: Run) -> None:
        answers = answers_of(run, self.folder)
        self._sent += 1
        # Up to the number it is a group of tasks to dask. One for all: of each that empties, the scheduler keeps some for ever.
        key, name = self.keys.of(run, answers), f"run-{self._sent}-{run.lesson.name}-{run.folder}-{self.terms.session}"
        order = Order(run, self._notebook(run.lesson.path), key=key)
        if not self.terms.shared:
            named = {one: Path(value) for one, value in run.parameters.items() if names_a_path(value)}
            order = replace(order, answers=read_files(answers), named={one: read_files(path) for one, path in named.items()})
        future = self.client.submit(perform_order, pack(order), self.terms, key=name, retries=RETRIES, pure=False)
        self._out[name] = (future, run, key)
        future.add_done_callback(lambda done: self._ended.put(done.key))

    def _notebook(self, path: Path) -> str:
        # Without the stored outputs, which papermill drops anyway and which are nine tenths of it.
        if path not in self._notebooks:
            notebook = read_notebook(path)
            for cell in notebook.cells:
                if cell.cell_type == "code":
                    cell.outputs = []
            self._notebooks[path] = nbformat.writes(notebook)
        return self._notebooks[path]

    def _next(self) -> str:
        while True:
            with suppress(Empty):
                return self._ended.get(timeout=_LOOK)
            self._look()

    def _take_in(self, future: "Future", run: Run, key: str) -> RunResult | None:
        """The result, its output written; none when its worker was lost before it was fetched, so that it is performed again."""
        from distributed import CancelledError

        if future.status == "error":
            error: Any = future.exception()
            return _failure(run, key, error)
        try:
            outcome: Outcome = future.result(timeout=FETCH)
        except TimeoutError:
            return self._look()
        except (CancelledError, OSError):
            raise CourseError("the scheduler was lost", where="--scheduler", todo="start it again, then use --resume") from None
        if outcome.stop:
            raise outcome.stop
        assert outcome.result
        if self.terms.shared:
            return outcome.result
        return keep(Performed(outcome.result, zlib.decompress(outcome.notebook).decode()), self.folder, key)


def _failure(run: Run, key: str, error: BaseException) -> RunResult:
    # No fault of the notebook's that we know of: worker after worker died of it, or had trouble of its own, such as a full disk.
    from distributed import KilledWorker

    told = f"{type(error).__name__}: {' '.join(str(error).split())}"
    if isinstance(error, KilledWorker):
        told = f"KilledWorker: its worker was lost {error.allowed_failures + 1} times, the last at {error.last_worker.address}"
    output = f"{run.folder}/{run.lesson.name}.ipynb"
    return RunResult(run.lesson.name, run.lesson.title, run.group, "failed", 0.0, output, run.folder, 0, told, dict(run.parameters), key)


@contextmanager
def _connected(address: str) -> Iterator["Client"]:
    try:
        from distributed import Client
        from distributed.versions import VersionMismatchWarning
    except ImportError:
        raise CourseError("dask.distributed is not installed", where="--scheduler", todo="install the extra 'dist'") from None
    for name in ("distributed", "distributed.client", "distributed.core"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters reaches us as errors, told in one line
    try:
        found = json.loads(Path(address).read_text())["address"] if Path(address).is_file() else address
        asyncio.run(_knock(found))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", VersionMismatchWarning)  # several lines; we compare ourselves
            client = Client(found, timeout=CONNECT, set_as_default=False, name="course")
    except Exception as error:  # no such host, no TLS, no scheduler: each has a class of its own, and some are plain ones
        problem = " ".join(str(error).split())
        todo = "give the address that 'dask scheduler' prints, such as tcp://127.0.0.1:8786"
        raise CourseError(f"no scheduler answers at {address}: {problem}", where="--scheduler", todo=todo) from None
    try:
        yield client
    finally:
        with suppress(Exception):  # it frees what is under way, and each worker then halts its kernel; a lost scheduler needs none
            client.close(timeout=CONNECT)


async def _knock(address: str) -> None:
    # A client that fails to connect leaves much behind, and where nobody listens it tries again and again.
    from distributed import Security
    from distributed.comm.addressing import parse_address, parse_host_port
    from distributed.comm.core import connect

    scheme, place = parse_address(address)
    if scheme == "tcp":
        socket.create_connection(parse_host_port(place), timeout=CONNECT).close()
    (await connect(address, timeout=CONNECT, **Security().get_connection_args("client"))).abort()


@contextmanager
def _marked(folder: Path, shared: bool) -> Iterator[str]:
    session = uuid.uuid4().hex
    mark = folder / mark_of(session)
    if shared:
        write_atomic(mark, "")
    try:
        yield session
    finally:
        mark.unlink(missing_ok=True)


def _refuse_unfit(client: "Client", terms: Terms) -> None:
    try:
        client.wait_for_workers(1, timeout=CONNECT)
    except TimeoutError:
        raise CourseError("the scheduler has no worker", where="--scheduler", todo="start one with 'dask worker ADDRESS'") from None
    found: dict[str, Any] = client.run(look_at_worker, terms, on_error="return")  # pyright: ignore - dask has one type for two uses
    for worker, problem in sorted(found.items()):
        if problem and not isinstance(problem, OSError):  # one that has just gone does no harm, and each task looks again
            told = f"does not have the same course installed: {problem}" if isinstance(problem, Exception) else str(problem)
            raise unfit(worker, " ".join(told.split()))
