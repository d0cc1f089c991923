"""What a command costs, with every process that it starts: wall time, CPU time and peak memory. Linux.

CPU time is the kernel's own account, not samples: this process makes itself the one that orphans fall to
(``PR_SET_CHILD_SUBREAPER``), waits until none is left, and reads ``getrusage(RUSAGE_CHILDREN)`` before and after. So a process
counts however it ended and whoever its parent was, as long as one metering goes on at a time and nothing else is started here.
Memory is sampled: the sum over the tree of proportional set sizes, in which a page that forked kernels share counts once.
"""

import ctypes
import os
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.25  # seconds between two looks at memory, longer where a look is dear
_SHARE = 0.02  # of a core's time, at most, goes into looking
_PATIENCE = 5.0  # seconds that what a command started may outlive it


@dataclass(frozen=True)
class Usage:
    """What a command cost: seconds, and MiB at the highest sample.

    ``marked`` and ``marked_cpu`` are seconds of wall and CPU time when the watched file was complete, 0 without one; ``left``
    counts processes that had to be killed after it; ``looking`` is the CPU time of the samples, which is not in ``cpu``.
    """

    code: int
    wall: float
    cpu: float
    pss: float
    rss: float
    marked: float = 0.0
    marked_cpu: float = 0.0
    left: int = 0
    looking: float = 0.0


def measure(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], output: Path, watched: tuple[Path, int] | None = None
) -> Usage:
    """Run a command in a folder and tell what it cost, with all that it started.

    Parameters
    ----------
    output : pathlib.Path
        Takes what the command prints.
    watched : (pathlib.Path, int), optional
        A file and the number of its lines at which the time is marked.
    """
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
    before = _children_cpu()
    with output.open("wb") as stream:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream)
        sampler = _Sampler(started, before, watched)
        try:
            sampler.start()
            code = process.wait()
        except BaseException:
            process.kill()
            raise
        finally:
            wall = time.perf_counter() - started
            sampler.stop()
            left = _reap()
    return Usage(
        code=code,
        wall=wall,
        cpu=_children_cpu() - before,
        pss=sampler.pss / 1024,
        rss=sampler.rss / 1024,
        marked=sampler.marked,
        marked_cpu=sampler.marked_cpu,
        left=left,
        looking=sampler.looking,
    )


def process_cpu(pid: int) -> float:
    """The CPU seconds of a process so far, to the nanosecond, threads that ended included; 0 when there is none."""
    try:
        return time.clock_gettime((~pid << 3) | 2)  # as clock_getcpuclockid makes it
    except OSError:
        return 0.0


def tree_cpu(root: int) -> float:
    """The CPU seconds so far of all descendants of a process, and of those that they waited for; in steps of 10 ms."""
    total = 0
    for pid in descendants(root):
        if fields := _text(f"/proc/{pid}/stat").rpartition(")")[2].split():
            total += sum(map(int, fields[11:15]))
    return total / os.sysconf("SC_CLK_TCK")


def descendants(pid: int) -> Iterator[int]:
    """The processes below a process."""
    with suppress(OSError):
        for thread in os.listdir(f"/proc/{pid}/task"):  # noqa: PTH208 - done often, and ten times as fast
            for child in map(int, _text(f"/proc/{pid}/task/{thread}/children").split()):
                yield child
                yield from descendants(child)


class _Sampler(threading.Thread):
    """Looks at the tree every now and then, and often at the watched file."""

    def __init__(self, started: float, before: float, watched: tuple[Path, int] | None) -> None:
        super().__init__(daemon=True)
        self.pss = self.rss = self.marked = self.marked_cpu = self.looking = 0.0
        self._began, self._before, self._watched = started, before, watched
        self._done = threading.Event()

    def run(self) -> None:
        due = 0.0
        while not self._done.wait(0.05 if self._watched and not self.marked else EVERY):
            if self._watched and not self.marked and _lines(self._watched[0]) >= self._watched[1]:
                self.marked = time.perf_counter() - self._began
                self.marked_cpu = tree_cpu(os.getpid()) + _children_cpu() - self._before
            if time.perf_counter() >= due:
                spent = self._look()
                due = time.perf_counter() + max(EVERY, spent / _SHARE) - 0.01
        self.looking = time.thread_time()

    def _look(self) -> float:
        started, pss, rss = time.thread_time(), 0, 0
        for pid in descendants(os.getpid()):
            for line in _text(f"/proc/{pid}/smaps_rollup").splitlines():
                if line.startswith(("Rss:", "Pss:")):
                    size = int(line.split()[1])
                    pss, rss = (pss + size, rss) if line.startswith("P") else (pss, rss + size)
        self.pss, self.rss = max(self.pss, pss), max(self.rss, rss)
        return time.thread_time() - started

    def stop(self) -> None:
        """End, after the look that is under way."""
        self._done.set()
        self.join()


def _reap() -> int:
    """Wait for what fell to this process; the number of those that had to be killed."""
    deadline, killed = time.monotonic() + _PATIENCE, set[int]()
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return len(killed)
        if not pid:
            time.sleep(0.02)
            if time.monotonic() > deadline:
                for one in list(descendants(os.getpid())):
                    killed.add(one)
                    with suppress(OSError):
                        os.kill(one, signal.SIGKILL)


def _children_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _lines(path: Path) -> int:
    try:
        return path.read_bytes().count(b"\n")
    except OSError:
        return 0


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:  # noqa: PTH123 - see above
            return file.read()
    except OSError:  # gone since
        return ""
