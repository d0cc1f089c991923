"""A room in which a class's run meets a fault: lessons and a folder of its own, the real command, and what is left afterwards.

A scenario (``fault_lessons.py``, ``fault_commands.py``) causes a fault and returns how the command ended. :func:`undergo`
looks at what is on the disk and at the processes, takes the cause away, resumes, and looks again. ``test_faults.py`` asserts
what was seen, ``benchmarks/faults.py`` makes a table of it.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import indent

import nbformat
import psutil
from builders import CASE, write_lesson

from course.results import RESULTS
from course.run_folder import LOCK

PATIENCE = 120  # seconds that a step of a scenario may take before it counts as failed, on a busy machine
GRACE = 5.0  # seconds after which no process of a run may be left
MARK = "COURSE_TEST_ID"
BOTH = ("ordinary", "warm")


class ImpossibleError(Exception):
    """The fault cannot be caused on this machine; the message says why."""


@dataclass(frozen=True)
class Ended:
    """How a command ended; ``peak`` is the highest resident memory of its own process in MiB."""

    code: int
    out: str
    err: str
    peak: float = 0.0

    @property
    def said(self) -> str:
        """The last line on stderr, nothing when there is none."""
        return (self.err.strip().splitlines() or [""])[-1]


@dataclass(frozen=True)
class Look:
    """What a run's folder holds: states by output, every output's bytes and time, what cannot be read, what should not be there."""

    states: dict[str, str]
    outputs: dict[str, tuple[bytes, int]]
    unreadable: tuple[str, ...]
    leftovers: tuple[str, ...]

    @property
    def done(self) -> set[str]:
        """The outputs of the runs that are done, by the log."""
        return {name for name, state in self.states.items() if state == "done"}


@dataclass(frozen=True)
class Seen:
    """What was seen of a fault: before the resume, and after it."""

    ended: Ended
    look: Look
    processes: list[str]
    resumed: Ended
    look_after: Look
    processes_after: list[str]
    again: set[str]
    expected_again: set[str]


@dataclass
class Room:
    """A copy of the small case whose lessons the scenario writes, and a folder ``out`` for the run.

    ``cause`` is a file that lessons look for: without it they are harmless, so that the same lesson is a fault first and none
    when the run is resumed. ``arguments`` are those of every command; ``again`` are the outputs that the resuming one has to make
    anew, if these aren't those that were not done.
    """

    folder: Path
    kernels: str = "ordinary"
    jobs: int = 2
    environment: dict[str, str] = field(default_factory=dict)
    arguments: list[str] = field(default_factory=list)
    again: set[str] | None = None

    def __post_init__(self) -> None:
        self.folder = self.folder.resolve()
        self.case = shutil.copytree(CASE, self.folder / "case")
        self.out, self.cause = self.folder / "out", self.folder / "cause"
        self.cause.touch()
        self.said: dict[int, list[Path]] = {}
        self.stack, self.mends = ExitStack(), [lambda: self.cause.unlink(missing_ok=True)]
        self.temporary = Path(tempfile.mkdtemp())  # short: sockets are made in it
        self.stack.callback(shutil.rmtree, self.temporary, ignore_errors=True)
        private = {"JUPYTER_RUNTIME_DIR": "runtime", "IPYTHONDIR": "ipython", "JUPYTER_PATH": "jupyter"}
        for name in private.values():
            (self.folder / name).mkdir()
        self.environment |= {name: str(self.folder / place) for name, place in private.items()}
        self.environment |= {"TMPDIR": str(self.temporary), "ALLIANCE_SEEDS": str(self.case), MARK: uuid.uuid4().hex}

    def __enter__(self) -> "Room":
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.processes():
            with suppress(psutil.Error):
                process.kill()
        self.stack.close()

    def lesson(self, number: int, *faults: str, parameters: str = "") -> Path:
        """A lesson whose cells do this as long as the cause is there; its first code cell leaves a file with the kernel's number."""
        started = f"import os\nopen({str(self.folder / f'started-{number}')!r}, 'a').write(f'{{os.getpid()}}\\n')"
        guard = f"if os.path.exists({str(self.cause)!r}):\n"
        cells = [started, *(guard + indent(fault, "    ") for fault in faults), "print('came to its end')"]
        return write_lesson(self.case / "notebooks" / f"{number:02}_lesson.ipynb", *cells, parameters=parameters)

    def start(self, *arguments: str) -> subprocess.Popen:
        """The command ``course run`` into the room's folder, started."""
        command = [sys.executable, "-m", "course", "run", "--out", str(self.out), "--jobs", str(self.jobs), "--kernels", self.kernels]
        # Files, since a pipe would be held open by a kernel that is left.
        paths = [self.folder / f"said-{len(self.said)}-{name}" for name in ("out", "err")]
        with paths[0].open("w") as out, paths[1].open("w") as err:
            process = subprocess.Popen(
                [*command, *self.arguments, *arguments],
                cwd=self.folder,
                env=os.environ | self.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
            )
        self.said[process.pid] = paths
        return process

    def run(self, *arguments: str) -> Ended:
        """The same, run to its end."""
        return self.finish(self.start(*arguments))

    def finish(self, process: subprocess.Popen) -> Ended:
        """How a started command ended; one that takes too long is killed."""
        ends, peak, watched = time.monotonic() + PATIENCE, 0.0, psutil.Process(process.pid)
        while process.poll() is None:
            with suppress(psutil.Error):
                peak = max(peak, watched.memory_info().rss / 2**20)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.1)
            if time.monotonic() > ends:
                process.kill()
        out, err = (path.read_text(encoding="utf-8") for path in self.said[process.pid])
        return Ended(process.returncode, out, err, peak)

    def started(self, number: int) -> list[int]:
        """The kernels in which a lesson began."""
        path = self.folder / f"started-{number}"
        return [int(line) for line in path.read_text().split()] if path.exists() else []

    def processes(self) -> list[psutil.Process]:
        """Every process that the room's commands started, and the commands themselves, as far as they run."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error, OSError):
                if process.environ().get(MARK) == self.environment[MARK] and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
        return found

    def last_processes(self) -> list[str]:
        """The command lines of those that are left when they had time to end."""
        ends = time.monotonic() + GRACE
        while (found := self.processes()) and time.monotonic() < ends:
            time.sleep(0.1)
        return [" ".join(process.cmdline()) for process in found if process.is_running()]

    def look(self) -> Look:
        """What is on the disk now."""
        states, torn = {}, []
        log = self.out / RESULTS
        for line in log.read_text(encoding="utf-8").splitlines() if log.exists() else []:
            try:
                entry = json.loads(line)
                states[entry["notebook"]] = entry["state"]
            except ValueError:
                torn.append(f"{RESULTS}: {line[:40]}")
        outputs = {str(path.relative_to(self.out)): path for path in self.out.glob("*/*.ipynb") if not path.name.startswith(".")}
        torn += [name for name, path in outputs.items() if not _is_readable(path)]
        kept = {name: (path.read_bytes(), path.stat().st_mtime_ns) for name, path in outputs.items()}
        return Look(states, kept, tuple(torn), tuple(self._leftovers()))

    def _leftovers(self) -> Iterator[str]:
        yield from (f"tmp/{path.name}" for path in self.temporary.iterdir())
        yield from (f"runtime/{path.name}" for path in (self.folder / "runtime").iterdir())
        yield from (f"out/{path.relative_to(self.out)}" for path in self.out.rglob(".*"))

    def mend(self) -> None:
        """Take the cause away."""
        for mend in reversed(self.mends):
            mend()

    def wait_for(self, *conditions: Callable[[], object]) -> None:
        """Wait until all of them hold."""
        ends = time.monotonic() + PATIENCE
        while not all(condition() for condition in conditions):
            if time.monotonic() > ends:
                raise TimeoutError("what the scenario waits for did not come")
            time.sleep(0.02)

    def mount(self, size: str) -> None:
        """Put ``out`` on a disk of this size, ``disk``."""
        disk = self.folder / "disk"
        disk.mkdir()
        mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk))
        self.stack.callback(subprocess.run, ["umount", "-l", str(disk)], check=True, capture_output=True)
        self.out = disk / "out"


def mount(*arguments: str) -> None:
    """The command ``mount``, where we have the right to it."""
    try:
        subprocess.run(["mount", *arguments], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        raise ImpossibleError("needs the right to mount a disk: run as root on Linux") from None


def undergo(cause: Callable[[Room], Ended], room: Room) -> Seen:
    """Cause the fault in the room, look, take the cause away, resume, and look again."""
    ended = cause(room)
    processes, look = room.last_processes(), room.look()
    room.mend()
    began = any((room.out / name).exists() for name in (RESULTS, LOCK))
    resumed = room.run(*["--resume"] * began)
    processes_after, after = room.last_processes(), room.look()
    again = {name for name, output in after.outputs.items() if look.outputs.get(name) != output}
    expected = set(after.outputs) - look.done if room.again is None else room.again
    return Seen(ended, look, processes, resumed, after, processes_after, again, expected)


def _is_readable(path: Path) -> bool:
    try:
        nbformat.validate(nbformat.read(path, as_version=4))
    except Exception:  # json, unicode, validation: nbformat has half a dozen kinds
        return False
    return True


@dataclass(frozen=True)
class Fault:
    """What happens, the right exit code, a pattern of the last line that is said; ``killed`` is the command, ``spoils`` what was kept."""

    what: str
    code: int
    says: str
    cause: Callable[[Room], Ended]
    kernels: tuple[str, ...]
    killed: bool = False
    spoils: bool = False

    @property
    def name(self) -> str:
        """The function's name, which is the test's."""
        return self.cause.__name__


FAULTS: list[Fault] = []


def fault(what: str, code: int, says: str, kernels: tuple[str, ...] = ("ordinary",), *, killed: bool = False, spoils: bool = False):
    """Put the function among the faults."""

    def register(cause: Callable[[Room], Ended]) -> Callable[[Room], Ended]:
        if what not in {known.what for known in FAULTS}:  # pytest reads a module once more when it looks for doctests
            FAULTS.append(Fault(what, code, says, cause, kernels, killed, spoils))
        return cause

    return register
