"""A real cluster for tests: dask's own scheduler and workers, each a process on loopback."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path


class Cluster:
    """A scheduler and workers, each a process on loopback; a worker is killed with its nanny and all that it started."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.workers = folder, []
        file = folder / "scheduler.json"
        # Two workers lost by one run are enough; dask's own four would take four restarts.
        allowed = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
        options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
        self.scheduler = self.start("scheduler", *options, **allowed)
        wait_for(lambda: file.exists() and file.read_text().endswith("}"))
        self.address = json.loads(file.read_text())["address"]

    def start(self, kind: str, *options: str, **environment: str) -> subprocess.Popen:
        """Start one of dask's own programs."""
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *options]
        with (self.folder / f"{kind}.log").open("ab") as log:
            given = {"cwd": self.folder, "env": os.environ | environment, "start_new_session": True}
            return subprocess.Popen(command, stdout=log, stderr=log, **given)

    def start_worker(self, **environment: str) -> subprocess.Popen:
        """Start a worker with one thread and with these variables."""
        options = ["--nthreads", "1", "--no-dashboard", "--local-directory", str(self.folder)]
        self.workers.append(self.start("worker", self.address, *options, **environment))
        return self.workers[-1]

    def man(self, number: int) -> None:
        """Have exactly so many workers."""
        from distributed import Client

        self.workers = [worker for worker in self.workers if worker.poll() is None]
        for worker in self.workers[number:]:
            kill(worker)
        for _ in range(number - len(self.workers)):
            self.start_worker()
        with Client(self.address, set_as_default=False) as client:
            wait_for(lambda: len(client.nthreads()) == number)

    def stop(self) -> None:
        """End them all."""
        for process in (*self.workers, self.scheduler):
            kill(process)


def kill(process: subprocess.Popen) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)  # a session of its own: the nanny and the worker, not their kernels
    process.wait()


def is_alive(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


def wait_for(condition, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)
