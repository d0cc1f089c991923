"""A class's runs, ours beside papermill's command, `nbmake -n auto` and papermill in a process pool, on the course's notebooks. Linux.

    python benchmarks/classroom.py [--groups 1,6,30] [--lessons 00,03 …] [--only papermill,nbmake,pool,ordinary,warm]
                                   [--repeat N] [--jobs N] [--at-most SECONDS] [--profile] [--json FILE]

Prints Markdown. `--json` keeps what was measured, and a later call adds to it or replaces the same rows, so the table may be
made in several sittings; what was measured with other code stands in a table of its own. Of `--repeat` measurements of a way,
the middle one by wall time is told, and the range of all. Each way runs the same lessons with the same parameters into a new
folder; a row whose notebooks are not all executed, without an error and with as many figures as the stored lesson says "failed"
instead of a time. A way that would take longer than `--at-most`, by its next smaller size, is left out and says so. Needs
`pip install '.[bench]'`.
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import classroom_ways as ways  # noqa: E402
from classroom_table import table  # noqa: E402
from classroom_ways import CORES, OURS, WAYS, Entry, Trial  # noqa: E402
from metering import measure  # noqa: E402

from course.fingerprint import hash_folder  # noqa: E402
from course.lessons import find_lessons  # noqa: E402
from course.plan import Run, plan_roster  # noqa: E402


def tell_middle(rows: list[Entry]) -> Entry:
    """Of several measurements of a way the middle one by wall time, with the walls of all; or one that failed."""
    rows = sorted(rows, key=lambda row: (not row["failed"], row.get("marked") or row.get("wall", 0.0)))
    told = rows[0] if rows[0]["failed"] else rows[len(rows) // 2]
    return told | {"walls": [row["marked"] or row["wall"] for row in rows if not row["failed"]]}


def run_way(way: str, trial: Trial) -> Entry:
    """What one way cost, or why it failed."""
    shutil.rmtree(trial.folder, ignore_errors=True)
    trial.folder.mkdir()
    make = {"papermill": ways.by_papermill, "nbmake": ways.by_nbmake, "pool": ways.by_pool}.get(way)
    command = make(trial) if make else ways.by_course(trial, way)
    watched = (trial.out / "results.jsonl", len(trial.runs)) if way in OURS else None
    load = os.getloadavg()[0]
    log = trial.folder / "log.txt"
    plain = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"} if way == "nbmake" else {}
    usage = measure(command, trial.folder, ways.environment() | plain, log, watched)
    wrong = ways.find_wrong(trial)
    if usage.code or usage.left or wrong:
        said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-3:]
        wrong = [f"exit code {usage.code}, {usage.left} processes left", *wrong[:5], *said]
    return {
        "way": way,
        "groups": trial.groups,
        "runs": len(trial.runs),
        "jobs": ways.jobs_of(way, trial),
        "load": load,
        **asdict(usage),
        "failed": wrong,
    }


def measure_floor(runs: Iterable[Run], kernels: str, known: Sequence[Entry]) -> list[Entry]:
    """The CPU time of the cells of every distinct run that is not known yet."""
    have = {(one["lesson"], _text(one["parameters"])) for one in known}
    todo = {(run.lesson.name, _text(run.parameters)): run for run in runs}
    entries = [
        {"lesson": run.lesson.name, "path": str(run.lesson.path), "parameters": dict(run.parameters), "kernels": kernels}
        for key, run in todo.items()
        if key not in have
    ]
    return run_child("cells.py", entries, kernels) if entries else []


def add_up(runs: Iterable[Run], known: Sequence[Entry]) -> Entry:
    """The CPU time of the cells of all runs: in ordinary kernels, of it in cells that import, in warm kernels; 0: not known."""
    sums = {}
    for name, kernels, part in (("ordinary", "ordinary", "cells"), ("imports", "ordinary", "imports"), ("warm", "warm", "cells")):
        seconds = {(one["lesson"], _text(one["parameters"])): one[part] for one in known if one["kernels"] == kernels}
        found = [seconds.get((run.lesson.name, _text(run.parameters))) for run in runs]
        sums[f"floor_{name}"] = 0.0 if None in found else sum(filter(None, found))
    return sums


def _text(parameters: Any) -> str:
    return json.dumps(dict(parameters), sort_keys=True)


def run_child(program: str, runs: Sequence[Entry], *arguments: str) -> list[Entry]:
    """The JSON lines that a program of this folder prints for these runs."""
    with tempfile.TemporaryDirectory() as folder:
        spec = Path(folder) / "runs.json"
        spec.write_text(json.dumps(list(runs)), encoding="utf-8")
        command = [sys.executable, str(HERE / program), str(spec), *arguments]
        done = subprocess.run(command, cwd=folder, env=ways.environment(), check=True, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def describe_machine() -> str:
    """Cores, processor, memory and Python, as a row's provenance."""
    names = re.findall(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{CORES} cores ({names[0] if names else 'unknown'}), {memory:.0f} GiB, Python {sys.version.split()[0]}"


def describe_code() -> str:
    """Which notebooks, data and code were run, as a short hash of all of them."""
    folders = ("course", "helpers", "notebooks", "seeds")
    return hashlib.sha256("".join(hash_folder(HERE.parent / name) for name in folders).encode()).hexdigest()[:12]


class Record:
    """What was measured: rows, cells and phases, in a file if one is given; the same thing measured again replaces the old."""

    KEYS: ClassVar = {
        "rows": ("machine", "program", "lessons", "groups", "way", "jobs"),
        "cells": ("machine", "program", "lesson", "parameters", "kernels"),
        "phases": ("machine", "program", "lessons", "kernels"),
    }

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._here = {"machine": describe_machine(), "program": describe_code()}
        self.results: dict[str, list[Entry]] = {kind: [] for kind in self.KEYS}
        if path and path.is_file():
            self.results |= json.loads(path.read_text(encoding="utf-8"))

    def add(self, kind: str, entry: Entry) -> None:
        """Keep an entry, with the machine, the code and the time."""
        entry = {**self._here, "time": datetime.now(UTC).isoformat(timespec="seconds"), **entry}
        keys = self.KEYS[kind]
        others = [one for one in self.results[kind] if any(one.get(key) != entry.get(key) for key in keys)]
        self.results[kind] = [*others, entry]
        self._keep()

    def amend(self, kind: str, values: Entry, **wanted: Any) -> None:
        """Put these values into the entries of this machine and code with those wanted."""
        for entry in self.here(kind, **wanted):
            entry.update(values)
        self._keep()

    def _keep(self) -> None:
        if self._path:
            self._path.write_text(json.dumps(self.results, indent=1) + "\n", encoding="utf-8")

    def here(self, kind: str, **wanted: Any) -> list[Entry]:
        """The entries of this machine and code with these values."""
        wanted |= self._here
        return [one for one in self.results[kind] if all(one.get(key) == value for key, value in wanted.items())]


def measure_class(record: Record, options: argparse.Namespace) -> None:
    """Every way at every size, the cells alone, and where the rest goes."""
    lessons = tuple(find_lessons(options.lessons))
    names = ",".join(lesson.number for lesson in lessons)
    fresh: dict[str, list[Entry]] = {kernels: [] for kernels in OURS}  # measured anew in each sitting, near to the ways in time
    with tempfile.TemporaryDirectory(prefix="classroom-") as temporary:
        for groups in options.groups:
            roster = Path(temporary) / f"{groups}.csv"
            ways.write_roster(roster, groups, lessons)
            runs = tuple(plan_roster(roster, list(lessons), {}))
            for kernels in OURS if not options.no_floor else ():
                found = measure_floor(runs, kernels, fresh[kernels])
                fresh[kernels] += found
                for entry in found:
                    record.add("cells", entry)
            floor = add_up(runs, record.here("cells"))
            record.amend("rows", floor, groups=groups, lessons=names)  # one floor for all ways at a size
            trial = Trial(groups, lessons, roster, runs, Path(temporary) / "trial", options.jobs)
            measured: dict[str, list[Entry]] = {way: [] for way in options.only}
            for way in options.only * options.repeat:  # in rounds: a machine is quicker at one hour than at another
                guess = _guess(record.here("rows", way=way, lessons=names), trial)
                tell(f"{datetime.now():%H:%M:%S} {groups} groups, {way}: about {guess:.0f} s")
                measured[way].append(run_way(way, trial) if guess <= options.at_most else _left_out(way, trial, guess))
            for rows in measured.values():
                record.add("rows", {"lessons": names, "cores": CORES, **floor, **tell_middle(rows)})
    for kernels in OURS if options.profile else ():
        few = [{"lesson": lesson.number} for lesson in lessons]
        for entry in run_child("phases.py", few, kernels):
            record.add("phases", {"lessons": names, "kernels": kernels, **entry})


def _guess(rows: Sequence[Entry], trial: Trial) -> float:
    smaller = [row for row in rows if row["groups"] < trial.groups and not row["failed"]]
    nearest = max(smaller, key=lambda row: row["groups"], default=None)
    return nearest["wall"] / nearest["runs"] * len(trial.runs) if nearest else 0.0


def _left_out(way: str, trial: Trial, guess: float) -> Entry:
    told = [f"not run: about {guess / 60:.0f} minutes, more than --at-most"]
    return {"way": way, "groups": trial.groups, "runs": len(trial.runs), "jobs": ways.jobs_of(way, trial), "failed": told}


def tell(line: str) -> None:
    """What goes on, apart from the table."""
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    """Measure what is asked for and print the table of all that is known."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--groups", type=lambda text: sorted(map(int, text.split(","))), default=[1, 6, 30])
    parser.add_argument("--lessons", type=lambda text: text.split(","), help="their numbers; all when left out")
    parser.add_argument("--only", type=lambda text: text.split(","), default=list(WAYS), help=f"of {', '.join(WAYS)}; - for none")
    parser.add_argument("--repeat", type=int, default=1, metavar="N", help="measure each way so often")
    parser.add_argument("--jobs", type=int, default=0, help="of ours; 0: as the command chooses")
    parser.add_argument("--at-most", type=float, default=900, metavar="SECONDS", help="a way's run at a size")
    parser.add_argument("--no-floor", action="store_true", help="leave the cells alone as they were measured before, if they were")
    parser.add_argument("--profile", action="store_true", help="where the rest goes: a run of each lesson, in phases")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the results, and add to those that are there")
    options = parser.parse_args()
    options.only = [] if options.only == ["-"] else options.only
    if unknown := set(options.only) - set(WAYS):
        parser.error(f"--only: {', '.join(sorted(unknown))} is not one of {', '.join(WAYS)}")
    record = Record(options.json)
    measure_class(record, options)
    print(table(record.results))


if __name__ == "__main__":
    main()
