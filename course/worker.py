"""What a cluster's worker does with a run: it is sent all that the run needs, and sends back what came of it."""

import asyncio
import hashlib
import json
import os
import pickle
import tempfile
import threading
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from helpers.errors import CourseError

from .engine import Halt
from .fingerprint import Fingerprint, take_fingerprint
from .kernels import choose_limited_kernels
from .plan import Run
from .results import RunResult
from .runner import execute, perform

Files = Mapping[str, bytes]  # what a folder holds, by relative path; a single file stands under an empty one
_POLL = 0.5  # seconds until a kernel learns that nobody waits for it any more
# Read by kernels, and set for somebody else's sake where a worker was started.
_FOREIGN = ("ALLIANCE_ANSWERS", "ALLIANCE_LIVE", "JPY_SESSION_NAME")


@dataclass(frozen=True)
class Terms:
    """What holds for all runs of one command: what each worker must have, seconds a cell, the folder that all see (else empty).

    ``session`` tells this command from all others; in a shared folder a file of that name must be seen.
    """

    session: str
    expected: Fingerprint
    timeout: int
    shared: str = ""


@dataclass(frozen=True)
class Order:
    """A run with what it needs: the lesson's notebook, its group's answers, what its parameters name, the key of it all."""

    run: Run
    notebook: str
    answers: Files = field(default_factory=dict)
    named: Mapping[str, Files] = field(default_factory=dict)
    key: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came of an order: a result and the executed notebook, compressed; or what must stop all runs."""

    result: RunResult | None = None
    notebook: bytes = b""
    stop: CourseError | None = None


def full_fingerprint() -> Fingerprint:
    """The fingerprint of this machine, with the code that performs runs and the version of dask.distributed.

    Examples
    --------
    >>> full_fingerprint() == full_fingerprint()
    True
    """
    own = take_fingerprint()
    code = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))).hexdigest()
    return replace(own, code=f"{own.code} {code}", versions=(*own.versions, f"distributed {version('distributed')}"))


@lru_cache(maxsize=16)
def find_unfitness(terms: Terms) -> str:
    """Why this machine cannot take part, in words; empty if it can. It is looked at once a session."""
    for name in _FOREIGN:
        os.environ.pop(name, None)
    choose_limited_kernels()
    try:
        differences = terms.expected.differences(full_fingerprint())
    except CourseError as error:
        return f"cannot take part: {error}"
    if differences:
        return f"differs from this machine: {'; '.join(differences)}"
    if terms.shared and not Path(terms.shared, mark_of(terms.session)).is_file():
        return f"does not see {terms.shared}"
    return ""


async def look_at_worker(terms: Terms) -> str:
    """The same, asked of a worker whose event loop must go on meanwhile."""
    return await asyncio.to_thread(find_unfitness, terms)


def mark_of(session: str) -> str:
    """The file by which a worker knows the shared folder; a fresh name, since network disks remember names that were missing."""
    return f".shared-{session}"


def pack(order: Any) -> bytes:
    """An order or anything else as compressed bytes, which dask passes on without a look inside.

    Examples
    --------
    >>> unpack(pack({"a": 1}))
    {'a': 1}
    """
    return zlib.compress(pickle.dumps(order))


def unpack(packed: bytes) -> Any:
    """What was packed."""
    return pickle.loads(zlib.decompress(packed))


def read_files(path: Path) -> dict[str, bytes]:
    """What a folder or a file holds, to be sent along; nothing if it is not there."""
    if path.is_file():
        return {"": path.read_bytes()}
    return {inside.relative_to(path).as_posix(): inside.read_bytes() for inside in path.rglob("*") if inside.is_file()}


def lay_files(files: Files, path: Path) -> None:
    """Write such files under a path."""
    for name, content in files.items():
        target = path / name if name else path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def perform_order(packed: bytes, terms: Terms) -> Outcome:
    """Perform an order inside a task of a worker, in a scratch folder; its kernel is killed when the task is not wanted any more.

    Raises
    ------
    OSError
        When this worker's disk is full; the scheduler then tries again.
    """
    from distributed import get_worker

    if problem := find_unfitness(terms):
        return Outcome(stop=unfit(get_worker().address, problem))
    with (
        tempfile.TemporaryDirectory(prefix="alliance-", dir=get_worker().local_directory, ignore_cleanup_errors=True) as scratch,
        _halted_with_its_task() as halt,
    ):
        return _perform(unpack(packed), terms, Path(scratch).resolve(), halt)


def unfit(worker: str, problem: str) -> CourseError:
    """The error that tells which worker cannot take part, and why."""
    return CourseError(problem, where=f"worker {worker}", todo="make it the same there (a case: ALLIANCE_SEEDS), or stop that worker")


def _perform(order: Order, terms: Terms, scratch: Path, halt: Halt) -> Outcome:
    run = order.run
    lay_files({run.lesson.path.name: order.notebook.encode()}, scratch)
    here = replace(run, lesson=replace(run.lesson, path=scratch / run.lesson.path.name))
    if terms.shared:  # parameters name the same there, and answers lie in the folder
        try:
            return Outcome(execute(here, Path(terms.shared), terms.timeout, halt, order.key))
        except CourseError as error:
            return Outcome(stop=error)
    folder = scratch / "runs" / run.folder
    folder.mkdir(parents=True)
    lay_files(order.answers, folder / "answers")
    moved = {name: scratch / "named" / name / Path(run.parameters[name]).name for name in order.named}
    for name, path in moved.items():
        lay_files(order.named[name], path)
    parameters = {**run.parameters, **{name: str(path) for name, path in moved.items()}}
    performed = perform(replace(here, parameters=parameters), folder, terms.timeout, halt)
    text = performed.text
    for name, path in moved.items():
        text = _as_given(text, str(path), run.parameters[name])
    return Outcome(replace(performed.result, parameters=dict(run.parameters), key=order.key), zlib.compress(text.encode()))


def _as_given(text: str, there: str, given: str) -> str:
    # The output says what the teacher gave: in papermill's cell as it spells text in Python, elsewhere as it is.
    from papermill.translators import PythonTranslator

    for spell in (PythonTranslator.translate, str):
        old, new = (json.dumps(spell(path), ensure_ascii=False)[1:-1] for path in (there, given))
        text = text.replace(old, new)
    return text


@contextmanager
def _halted_with_its_task() -> Iterator[Halt]:
    # Nothing interrupts a task from outside. But its worker hears when the task is cancelled, and also when the command that
    # wants it is gone, even if that was killed; so it is asked.
    from distributed import Status, get_worker

    halt, over, worker = Halt(), threading.Event(), get_worker()
    key, at_work = worker.get_current_task(), (Status.running, Status.paused, Status.closing_gracefully)

    def watch() -> None:
        while not over.wait(_POLL):
            task = worker.state.tasks.get(key)
            # A worker that lost its scheduler waits for its tasks, which nobody will ask for.
            if task is None or task.state != "executing" or worker.status not in at_work:
                halt.call()

    threading.Thread(target=watch, name="watch", daemon=True).start()
    try:
        yield halt
    finally:
        over.set()
