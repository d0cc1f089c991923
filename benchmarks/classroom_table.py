"""The results of `classroom.py` as Markdown."""

from collections.abc import Iterator, Sequence
from typing import Any

from tables import as_table

Entry = dict[str, Any]
NAMES = {
    "papermill": "papermill's command",
    "nbmake": "nbmake -n auto",
    "pool": "papermill in a process pool",
    "ordinary": "ours, ordinary kernels",
    "warm": "ours, warm kernels",
}
HEAD = (
    "groups", "runs", "way", "jobs", "wall s", "all measured, s", "CPU s", "ms a run", "runs a minute", "times papermill", "times nbmake",
    "wall / floor, ordinary cells", "wall / floor, warm cells", "peak MiB", "sum of RSS, MiB", "MiB over the aim",
)  # fmt: skip
NOTE = """Wall and CPU time are of the whole command, start-up and every process that it started included. A line of ours ends with the
last notebook on disk, which is as far as the peers go; `+ packets` is the same command to its end, with the packets and the
report that only ours writes. Where a way was measured several times, the middle one by wall time is told. Parameters were put
into nbmake's copies beforehand, which is not timed. The floor is the CPU time of the cells alone over the cores, each run measured
once, alone, in a kernel of its own: in an ordinary kernel the cells load pandas and matplotlib, in a warm one they are there. A
shared machine is a quarter quicker at one time than at another: read ratios with the ranges. Peak memory is proportional (PSS),
so a page that kernels share counts once; the aim for ours is 200 MiB and 100 MiB a job."""


def table(results: dict[str, list[Entry]]) -> str:
    """Everything that was kept, a part for each machine, state of the code and set of lessons.

    Parameters
    ----------
    results : dict
        ``rows``, ``cells`` and ``phases``, as ``classroom.py --json`` keeps them.
    """
    places = dict.fromkeys(map(_place, [*results["rows"], *results["phases"]]))
    return "\n\n".join(_part(results, place) for place in places) + "\n"


def _place(entry: Entry) -> tuple[str, str, str]:
    return entry["machine"], entry["program"], entry["lessons"]


def _part(results: dict[str, list[Entry]], place: tuple[str, str, str]) -> str:
    machine, program, lessons = place
    rows, phases = ([entry for entry in results[kind] if _place(entry) == place] for kind in ("rows", "phases"))
    rows = sorted(rows, key=lambda row: (row["groups"], list(NAMES).index(row["way"]), row["jobs"]))
    times = sorted(entry["time"][:16].replace("T", " ") for entry in [*rows, *phases])
    loads = [row["load"] for row in rows if "load" in row]
    told = (
        f"{machine}; lessons {lessons.replace(',', ', ')}; notebooks, data and code {program}; measured from {times[0]} to {times[-1]} UTC"
    )
    told += f", with a load of {min(loads):.1f} to {max(loads):.1f} before each row" if loads else ""
    parts = [f"{told}.\n\n{NOTE}", as_table(HEAD, [line for row in rows for line in _lines(row, rows)])]
    parts += [_floors(rows), _failures(rows), *map(_phases, phases)]
    return "\n\n".join(part.strip() for part in parts if part)


def _lines(row: Entry, rows: Sequence[Entry]) -> Iterator[list[str]]:
    start = [row["groups"], row["runs"]]
    if row["failed"]:
        yield [*start, NAMES[row["way"]], row["jobs"], *["not run" if row["failed"][0].startswith("not run") else "failed"], *["–"] * 11]
        return
    own = row["marked"] > 0
    memory = [f"{row['pss']:.0f}", f"{row['rss']:.0f}", f"{row['pss'] - 200 - 100 * row['jobs']:+.0f}" if own else "–"]
    yield [*start, NAMES[row["way"]], row["jobs"], *_figures(row, rows, *_runs_alone(row)), *memory]
    if own:
        yield [*start, "+ packets", row["jobs"], *_figures(row, rows, row["wall"], row["cpu"]), *["–"] * 3]


def _runs_alone(row: Entry) -> tuple[float, float]:
    return (row["marked"], row["marked_cpu"]) if row["marked"] else (row["wall"], row["cpu"])


def _range(row: Entry) -> str:
    walls = row.get("walls", [])
    return f"{len(walls)}: {min(walls):.1f} to {max(walls):.1f}" if len(walls) > 1 else "1"


def _figures(row: Entry, rows: Sequence[Entry], wall: float, cpu: float) -> list[str]:
    peers = [[one["wall"] for one in rows if _same(one, row, way)] for way in ("papermill", "nbmake")]
    floors = [row[f"floor_{kernels}"] / row["cores"] for kernels in ("ordinary", "warm")]
    return [
        f"{wall:.1f}",
        _range(row) if (wall, cpu) == _runs_alone(row) else "–",
        f"{cpu:.1f}",
        f"{1000 * wall / row['runs']:.0f}",
        f"{60 * row['runs'] / wall:.0f}",
        *(f"{peer[0] / wall:.1f}" if peer else "–" for peer in peers),
        *(f"{wall / floor:.2f}" if floor else "–" for floor in floors),
    ]


def _same(one: Entry, row: Entry, way: str) -> bool:
    return one["way"] == way and one["groups"] == row["groups"] and not one["failed"]


def _floors(rows: Sequence[Entry]) -> str:
    sizes = {row["groups"]: row for row in rows if row.get("floor_ordinary") or row.get("floor_warm")}
    head = ("groups", "runs", "cells, ordinary kernel, CPU s", "of it in cells that import", "cells, warm kernel, CPU s", "floors, s")
    lines = []
    for groups, row in sizes.items():
        seconds = [row["floor_ordinary"], row["floor_imports"], row["floor_warm"]]
        floors = " and ".join(f"{seconds[at] / row['cores']:.1f}" for at in (0, 2))
        lines.append([groups, row["runs"], *(f"{one:.1f}" for one in seconds), floors])
    return f"The floor:\n\n{as_table(head, lines)}" if lines else ""


def _failures(rows: Sequence[Entry]) -> str:
    return "\n".join(f"* {row['groups']} groups, {NAMES[row['way']]}: {'; '.join(row['failed'])}" for row in rows if row["failed"])


def _phases(entry: Entry) -> str:
    lines = [[name, *(f"{1000 * one:.1f}" for one in spent)] for name, spent in entry["phases"].items()]
    lines = sorted(lines, key=lambda line: -float(line[1]))
    lines.append(["all", *(f"{1000 * sum(spent[at] for spent in entry['phases'].values()):.1f}" for at in range(2))])
    kernel = ", ".join(f"{1000 * seconds:.0f} {name}" for name, seconds in entry["kernel"].items())
    wall, cpu = (1000 * one for one in entry["once"])
    return (
        f"Where a run's time goes, {NAMES[entry['kernels']]}, one after the other (mean of {entry['runs']} runs):\n\n"
        f"{as_table(('phase', 'wall ms', 'CPU ms of the runner'), lines)}\n"
        f"The kernel's own CPU time a run, in ms: {kernel}. Loading papermill and our runner: {wall:.0f} ms ({cpu:.0f} ms CPU), once a"
        " command."
    )
