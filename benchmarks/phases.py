"""Where a run's time goes beyond its cells: our runner, one run after the other, timed phase by phase. Linux.

python benchmarks/phases.py LESSONS.json ordinary|warm        LESSONS.json: [{"lesson": "03"}, …]

Prints one JSON line: for each phase the mean wall time and the runner's CPU time a run in seconds; the kernel's CPU time before,
in and after the cells; what loading the libraries costs a command once; and the runner's functions by own CPU time (cProfile,
in a second pass, which slows what it looks at).
"""

import cProfile
import json
import os
import pstats
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

from metering import process_cpu  # noqa: E402

TOP = 30
_TICK = os.sysconf("SC_CLK_TCK")


class Clock:
    """Wall and CPU seconds of this process by phase; what a phase spends inside another counts for the inner one."""

    def __init__(self) -> None:
        self.spent: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        self._open: list[list[float]] = []

    @contextmanager
    def phase(self, name: str) -> Any:
        """What happens within it counts for the phase."""
        wall, cpu = time.perf_counter(), time.process_time()
        self._open.append([0.0, 0.0])
        try:
            yield
        finally:
            inner = self._open.pop()
            whole = [time.perf_counter() - wall, time.process_time() - cpu]
            for at in range(2):
                self.spent[name][at] += whole[at] - inner[at]
                if self._open:
                    self._open[-1][at] += whole[at]

    def wrap(self, owner: Any, name: str, phase: str) -> None:
        """Let calls of a function or method count for a phase."""
        inner = getattr(owner, name)

        def timed(*args: Any, **kwargs: Any) -> Any:
            with self.phase(phase):
                return inner(*args, **kwargs)

        setattr(owner, name, timed)


class KernelCpu:
    """The kernels' CPU seconds before, in and after their cells; and those of the process that forks the warm ones."""

    def __init__(self) -> None:
        self.start = self.cells = 0.0
        self._first = True

    def begin_run(self) -> None:
        """The next kernel is another one."""
        self._first = True

    def watch(self, client: Any) -> None:
        """Follow a client class's cells."""
        inner = client.execute_cell

        def execute_cell(one: Any, *args: Any, **kwargs: Any) -> Any:
            before = process_cpu(one.km.provisioner.pid)
            if self._first:
                self.start, self._first = self.start + before, False
            try:
                return inner(one, *args, **kwargs)
            finally:
                self.cells += process_cpu(one.km.provisioner.pid) - before

        client.execute_cell = execute_cell

    @staticmethod
    def ended() -> tuple[float, float]:
        """All that ended kernels have spent so far, and the forkserver itself."""
        from course.warm_process import SERVER

        pid = getattr(SERVER._server, "_forkserver_pid", None)
        if pid:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            return sum(map(int, fields[13:15])) / _TICK, sum(map(int, fields[11:13])) / _TICK
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime, 0.0


def wrap_all(clock: Clock, kernel: KernelCpu) -> None:
    """Let the libraries' and our own steps count for their phases."""
    import nbformat
    import papermill.iorw
    import papermill.parameterize
    from nbclient import NotebookClient
    from papermill.clientwrap import PapermillNotebookClient

    import course.runner

    kernel.watch(PapermillNotebookClient)
    for owner, name, phase in (
        (papermill.iorw, "load_notebook_node", "load and validate the lesson"),
        (papermill.parameterize, "parameterize_notebook", "parameterise"),
        (NotebookClient, "start_new_kernel", "start the kernel's process"),
        (NotebookClient, "start_new_kernel_client", "wait for the kernel to answer"),
        (PapermillNotebookClient, "execute_cell", "cells: send, wait, take messages"),
        (NotebookClient, "wait_for_reply", "kernel_info at the end"),
        (NotebookClient, "_cleanup_kernel", "shut the kernel down"),
        (nbformat, "writes", "validate and write JSON"),
        (course.runner, "write_atomic", "write the file"),
    ):
        clock.wrap(owner, name, phase)


def execute_all(lessons: list[Any], clock: Clock, kernel: KernelCpu) -> None:
    """One run of each lesson."""
    from course.plan import Run
    from course.results import append_result
    from course.runner import execute

    with tempfile.TemporaryDirectory() as folder:
        for lesson in lessons:
            kernel.begin_run()
            values = {one.name: one.default for one in lesson.parameters if one.type == "str"}
            with clock.phase("the rest of a run"):
                result = execute(Run(lesson, parameters=values), Path(folder), 300)
            if result.state != "done":
                sys.exit(str(result))
            with clock.phase("log the result"):
                append_result(Path(folder), result)


def profile(act: Callable[[], None], runs: int) -> list[list[Any]]:
    """The functions of this process by own CPU time: name, calls, milliseconds of their own and with all they call, a run."""
    profiler = cProfile.Profile(time.process_time)
    profiler.runcall(act)
    stats: Any = pstats.Stats(profiler)
    rows = []
    for (file, line, name), (_, calls, own, whole, _) in stats.stats.items():
        where = "/".join(Path(file).parts[-2:]) + f":{line} {name}" if line else name
        rows.append([where, round(calls / runs, 1), round(1000 * own / runs, 2), round(1000 * whole / runs, 2)])
    return sorted(rows, key=lambda row: -row[2])[:TOP] + sorted(rows, key=lambda row: -row[3])[:TOP]


def main() -> None:
    """Measure, then profile."""
    clock, kernel = Clock(), KernelCpu()
    with ExitStack() as stack:
        if sys.argv[2] == "warm":
            from course.kernels import warm_kernels

            stack.enter_context(warm_kernels())
        with clock.phase("import the libraries"):
            import papermill  # noqa: F401

            import course.engine
            import course.runner  # noqa: F401
        once = clock.spent.pop("import the libraries")
        from course.lessons import find_lessons

        lessons = find_lessons([entry["lesson"] for entry in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))])
        execute_all(lessons[:1], Clock(), KernelCpu())  # what is built once is not a run's
        wrap_all(clock, kernel)
        before = kernel.ended()
        execute_all(lessons, clock, kernel)
        ended, forked = (now - then for now, then in zip(kernel.ended(), before, strict=True))
        runs = len(lessons)
        phases = {name: [part / runs for part in spent] for name, spent in clock.spent.items()}  # now: the profiled pass slows them
        figures = {"before the cells": kernel.start, "cells": kernel.cells, "after them": ended - kernel.start - kernel.cells}
        top = profile(lambda: execute_all(lessons, Clock(), KernelCpu()), runs)
    print(
        json.dumps(
            {
                "runs": runs,
                "once": once,
                "phases": phases,
                "kernel": {name: seconds / runs for name, seconds in (figures | {"forking": forked}).items()},
                "top": top,
            }
        )
    )


if __name__ == "__main__":
    main()
