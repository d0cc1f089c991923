"""Faults of the command, and of its folder between a run and its resumption: each a function that causes one in a room."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from textwrap import dedent, indent

from fault_room import BOTH, PATIENCE, Ended, ImpossibleError, Room, fault

import helpers
from course.results import RESULTS
from helpers.paths import packaged_seeds

FIRST, SECOND = "class/01_lesson.ipynb", "class/02_lesson.ipynb"


def _stop(room: Room, *signals: int) -> Ended:
    """A lesson is done and three are in flight, one of them deaf, when the command gets the signals."""
    room.jobs = 3
    room.lesson(1)
    for number, source in enumerate(["while True: pass", "import time; time.sleep(600)", "import itertools; sum(itertools.repeat(1))"], 2):
        room.lesson(number, source)
    process = room.start()
    log = room.out / RESULTS
    room.wait_for(log.exists, *(lambda number=number: room.started(number) for number in (2, 3, 4)))
    for number in signals:
        process.send_signal(number)
    return room.finish(process)


_KEPT = r"course: interrupted; 1 of 4 runs were done and are kept in .*out; --resume goes on"


@fault("SIGINT (Ctrl+C), three runs in flight", 130, _KEPT)
def interrupted(room: Room) -> Ended:
    return _stop(room, signal.SIGINT)


@fault("SIGINT three times, by an impatient hand", 130, r"course: interrupted.*")
def interrupted_again(room: Room) -> Ended:
    return _stop(room, signal.SIGINT, signal.SIGINT, signal.SIGINT)


@fault("SIGTERM, three runs in flight", 130, _KEPT)
def terminated(room: Room) -> Ended:
    return _stop(room, signal.SIGTERM)


@fault("SIGKILL, three runs in flight", -9, "", BOTH, killed=True)
def killed(room: Room) -> Ended:
    return _stop(room, signal.SIGKILL)


@fault("the command is killed while it writes an output", -9, "", killed=True)
def killed_while_writing(room: Room) -> Ended:
    room.jobs = 1
    for number in (1, 2, 3):
        room.lesson(number)
    # Output and log line of the first lesson are flushed to the disk, then half of the second's output is.
    _patch_command(
        room,
        f"""
        import os, signal
        flush, flushed = os.fsync, []
        def fsync(file):
            flushed.append(file)
            if len(flushed) == 3 and os.path.exists({str(room.cause)!r}):
                os.ftruncate(file, os.fstat(file).st_size // 2)
                os.kill(os.getpid(), signal.SIGKILL)
            flush(file)
        os.fsync = fsync
        """,
    )
    return room.run()


_CLOCK = r"""
#define _GNU_SOURCE
#include <errno.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
static long back(void) { int old = errno, there = !access(SET_BACK, F_OK); errno = old; return there ? 3600 : 0; }
int clock_gettime(clockid_t clock, struct timespec *at) {
    int failed = syscall(SYS_clock_gettime, clock, at);
    if (!failed && clock == CLOCK_REALTIME) at->tv_sec -= back();
    return failed;
}
int gettimeofday(struct timeval *restrict at, void *restrict zone) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    at->tv_sec = now.tv_sec; at->tv_usec = now.tv_nsec / 1000;
    return 0;
}
time_t time(time_t *at) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (at) *at = now.tv_sec;
    return now.tv_sec;
}
"""


@fault("the clock is set back by an hour", 1, r"02_lesson\.ipynb, cell 3: ValueError: wrong")
def clock_set_back(room: Room) -> Ended:
    compiler, library, trigger = shutil.which("cc") or shutil.which("gcc"), room.folder / "clock.so", room.folder / "set-back"
    if compiler is None or not sys.platform.startswith("linux"):
        raise ImpossibleError("another clock for some processes needs Linux and a C compiler")
    command = [compiler, "-shared", "-fPIC", f'-DSET_BACK="{trigger}"', "-x", "c", "-", "-o", str(library)]
    subprocess.run(command, input=_CLOCK, text=True, check=True, capture_output=True)
    room.environment["LD_PRELOAD"] = str(library)
    room.jobs = 1
    told = "import time; before = time.time()"
    room.lesson(1, f"{told}; open({str(trigger)!r}, 'w').close(); time.sleep(0.2); assert time.time() < before - 3000")
    room.lesson(2, "raise ValueError('wrong')")
    ended = room.run()
    seconds = [json.loads(line)["seconds"] for line in (room.out / RESULTS).read_text().splitlines()]
    assert len(seconds) == 2
    assert all(0 <= number < PATIENCE for number in seconds)
    return ended


def _patch_command(room: Room, program: str) -> None:
    """Let the command, not its kernels, execute the program when its Python starts."""
    folder = room.folder / "site"
    folder.mkdir()
    guard = 'import sys\nif sys.orig_argv[1:4] == ["-m", "course", "run"]:\n'
    (folder / "sitecustomize.py").write_text(guard + indent(dedent(program), "    "))
    room.environment["PYTHONPATH"] = str(folder)


def _run_two(room: Room, *sources: str) -> Ended:
    room.lesson(1)
    room.lesson(2, *sources, parameters="n: int = 1  # a number")
    return room.run()


@fault("two commands with one folder: the second", 2, r"course: .*out: another command is at work in it; .*")
def folder_in_use(room: Room) -> Ended:
    room.lesson(1)
    room.lesson(2, f"import time\nwhile os.path.exists({str(room.cause)!r}): time.sleep(0.05)")
    first = room.start()
    room.wait_for(lambda: room.started(2))
    resuming, second = room.run("--resume"), room.run()
    room.mend()
    assert room.finish(first).code == 0  # it took no harm
    assert (resuming.code, resuming.err) == (second.code, second.err)
    return second


# --- between a run and its resumption


@fault("the log's last line is torn, as by a crash", 0, "", spoils=True)
def log_torn(room: Room) -> Ended:
    room.jobs = 1
    ended = _run_two(room)
    log = room.out / RESULTS
    log.write_bytes(log.read_bytes()[:-40])
    room.again = {SECOND}
    return ended


@fault("of three outputs one is gone, one empty and one torn", 0, "", spoils=True)
def outputs_lost(room: Room) -> Ended:
    outputs = [room.out / "class" / f"{room.lesson(number).stem}.ipynb" for number in (1, 2, 3, 4)]
    ended = room.run()
    outputs[1].unlink()
    outputs[2].write_bytes(b"")
    os.truncate(outputs[3], outputs[3].stat().st_size // 2)
    room.again = {f"class/{path.name}" for path in outputs[1:]}
    return ended


@fault("the outputs are from tomorrow (the clock was wrong)", 0, "")
def outputs_from_tomorrow(room: Room) -> Ended:
    ended = _run_two(room)
    for path in (*room.out.glob("*/*"), room.out / RESULTS):
        os.utime(path, (path.stat().st_mtime + 86_400,) * 2)
    room.again = set()
    return ended


@fault("a lesson changed since the run", 0, "")
def lesson_changed(room: Room) -> Ended:
    ended = _run_two(room)
    room.mends.append(lambda: room.lesson(2, "print('new')"))
    room.again = {SECOND}
    return ended


@fault("a row of the roster changed", 0, "")
def roster_changed(room: Room) -> Ended:
    roster = room.folder / "roster.csv"
    roster.write_text("group,n\nkoala,1\notter,1\n")
    room.mends.append(lambda: roster.write_text("group,n\nkoala,1\notter,2\n"))
    room.arguments = ["--roster", str(roster)]
    room.again = {"otter/02_lesson.ipynb"}
    return _run_two(room)


@fault("the case's data changed since the run", 0, "")
def seeds_changed(room: Room) -> Ended:
    ended = _run_two(room)
    with (room.case / "catalogue.toml").open("a") as file:
        file.write("# mended\n")
    room.again = {FIRST, SECOND}
    return ended


@fault("the package's code changed since the run", 0, "")
def helpers_changed(room: Room) -> Ended:
    package = Path(helpers.__file__).parent
    for name in ("helpers", "course"):
        shutil.copytree(package.with_name(name), room.folder / "site" / name, ignore=shutil.ignore_patterns("__pycache__"))
    (room.folder / "site" / "seeds").symlink_to(packaged_seeds())
    room.environment["PYTHONPATH"] = str(room.folder / "site")
    ended = _run_two(room)
    with (room.folder / "site" / "helpers" / "stances.py").open("a") as file:
        file.write("# mended\n")
    room.again = {FIRST, SECOND}
    return ended
