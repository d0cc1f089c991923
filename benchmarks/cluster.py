"""What a run costs on a cluster, and what 100,000 of them would: a scheduler and two workers on this machine, then arithmetic.

python benchmarks/cluster.py [GROUPS] [STUBS]        Linux (it reads /proc); prints, asserts nothing.

GROUPS times all lessons are performed for real. STUBS runs go the whole way too, from the plan to the log, except that no kernel
starts: what is left is what the teacher's machine and the scheduler have to do. CPU time is told first, since other work on this
machine does not change it much.
"""

import base64
import json
import os
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from distributed import Client

from course import cluster
from course.classroom import find_unfinished
from course.fingerprint import Keys, take_fingerprint
from course.lessons import find_lessons
from course.plan import Run
from course.results import RESULTS, RunResult
from course.runner import Means
from course.worker import Outcome, full_fingerprint, unpack

WHOLE = 100_000
THREADS = 2


def start(kind: str, folder: Path, *options: str) -> subprocess.Popen:
    """One of dask's programs, quietly."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--no-dashboard", *options]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def scheduler(folder: Path) -> Iterator[tuple[str, int]]:
    """A scheduler's address and process id."""
    file = folder / "scheduler.json"
    process = start("scheduler", folder, "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
    try:
        while not (file.exists() and file.read_text().endswith("}")):
            time.sleep(0.1)
        yield json.loads(file.read_text())["address"], process.pid
    finally:
        process.kill()
        process.wait()


@contextmanager
def workers(address: str, folder: Path) -> Iterator[list[int]]:
    """Two workers of one thread, by process id; without nannies, so that their CPU time is theirs."""
    options = "--nthreads", "1", "--no-nanny", "--local-directory", str(folder)
    processes = [start("worker", folder, address, *options) for _ in range(THREADS)]
    try:
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(THREADS)
        yield [process.pid for process in processes]
    finally:
        for process in processes:
            process.terminate()
            process.wait()


def cpu(*pids: int) -> float:
    """CPU seconds of processes and of their children that ended (kernels)."""
    fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(value) for field in fields for value in field[11:15]) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> float:
    """Resident memory of a process in MiB."""
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def plan(groups: int) -> Iterator[Run]:
    """All lessons for so many groups."""
    lessons = find_lessons()
    return (Run(lesson, f"g{group}", f"g{group}") for group in range(groups) for lesson in lessons)


def queue_memory(folder: Path, runs: int = 1_000) -> float:
    """KiB of the scheduler's memory that a run takes which waits for a worker."""
    keys, terms = Keys(take_fingerprint()), cluster.Terms("queue", full_fingerprint(), 120)
    with scheduler(folder) as (address, pid), Client(address, set_as_default=False) as client:
        sender, ahead, seen = cluster._Sender(client, folder, terms, keys, 0), plan(runs), []
        for number in (200, 200 + runs):  # the first ones pay for what the scheduler sets up once
            while len(sender._out) < number:
                sender._send(next(ahead))
            while client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks)) < number:
                time.sleep(0.1)
            seen.append(memory(pid))
        return (seen[1] - seen[0]) * 1024 / runs


def measure(runs: Iterator[Run], folder: Path, address: str, own: int, others: list[int]) -> dict[str, float]:
    """Wall time, CPU of this process, the scheduler and the workers a run, and bytes that were written a run."""
    keys, means = Keys(take_fingerprint()), Means(timeout=120, scheduler=address)
    begun = time.perf_counter(), time.process_time(), cpu(own), cpu(*others)
    results = list(cluster.run_on_cluster(runs, folder, means, keys))
    ended = time.perf_counter(), time.process_time(), cpu(own), cpu(*others)
    if failed := [result for result in results if result.state != "done"]:
        sys.exit(str(failed[0]))
    wall, teacher, scheduled, worked = (after - before for before, after in zip(begun, ended, strict=True))
    figures = {"wall": wall, "teacher": teacher, "scheduler": scheduled, "workers": worked}
    return {
        **{name: value / len(results) for name, value in figures.items()},
        "notebook": sum(result.size for result in results) / len(results),
        "log": (folder / RESULTS).stat().st_size / len(results),
    }


def stub_of(size: int):
    """A task that starts no kernel and gives so many bytes back, which compress as badly as pictures do."""

    def give_back(packed, terms):
        run = unpack(packed).run
        output = f"{run.folder}/{run.lesson.name}.ipynb"
        text = base64.b64encode(os.urandom(3 * size // 4))
        return Outcome(RunResult(run.lesson.name, run.lesson.title, run.group, "done", 1.0, output, run.folder), zlib.compress(text))

    return give_back


def main() -> None:
    """Measure, then work out what 100,000 runs cost."""
    given = [int(text) for text in sys.argv[1:3]]
    groups, stubs = given + [2, 1000][len(given) :]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name in ("queue", "real", "stub"):
            (folder / name).mkdir()
        queued = queue_memory(folder / "queue")
        with scheduler(folder) as (address, own), workers(address, folder) as others:
            real = measure(plan(groups), folder / "real", address, own, others)
            texts = [path.read_bytes() for path in (folder / "real").rglob("*.ipynb")]
            sent = sum(len(zlib.compress(text)) for text in texts) / len(texts)
            cluster.perform_order = stub_of(int(real["notebook"]))
            before = memory(own)
            stub = measure(plan(stubs // 10), folder / "stub", address, own, others)
            grown = memory(own) - before
        started = time.process_time()
        _, left = find_unfinished(list(plan(stubs // 10)), folder / "stub", Keys(take_fingerprint()))
        check = (time.process_time() - started) / stubs
    print(f"a run, of {10 * groups}: {real['workers']:.2f} s CPU on a worker, {real['wall'] * THREADS:.2f} s wall on a thread")
    print(f"  sent back {sent / 1000:.0f} kB, written {real['notebook'] / 1000:.0f} kB, log {real['log']:.0f} bytes")
    print(f"without its kernel, of {stubs}: teacher's machine {1000 * stub['teacher']:.1f} ms CPU, ", end="")
    print(f"scheduler {1000 * stub['scheduler']:.1f} ms CPU, worker {1000 * stub['workers']:.1f} ms CPU, {1 / stub['wall']:.0f} runs/s")
    print(f"scheduler: {queued:.0f} KiB a run that waits, {grown:+.0f} MiB after {stubs} runs")
    print(f"--resume: {1000 * check:.2f} ms CPU a run ({left} left)")
    print(f"\n{WHOLE:,} runs: {WHOLE * real['workers'] / 3600:.0f} CPU hours on workers, ", end="")
    print(f"{WHOLE * (real['notebook'] + real['log']) / 1e9:.0f} GB in {WHOLE:,} files, log {WHOLE * real['log'] / 1e6:.0f} MB, ", end="")
    print(f"through the scheduler {WHOLE * sent / 1e9:.0f} GB, --resume looks for {WHOLE * check:.0f} s")
    floor = WHOLE * max(stub["teacher"], stub["scheduler"]) / 3600
    print("threads   hours   waiting with the scheduler")
    for threads in (10, 100, 1_000):
        hours = max(WHOLE * real["workers"] / threads / 3600, floor)
        print(f"{threads:7,}  {hours:6.1f}   {2 * threads + 2:,} runs, {(2 * threads + 2) * queued / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
