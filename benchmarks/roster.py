"""What a large roster costs before its first run: seconds and memory for 100, 1,000 and 10,000 groups of ten lessons.

python benchmarks/roster.py [ROWS]...

Each roster is planned in a process of its own, twice: on the clock alone, then under ``tracemalloc``, which slows it.
"Walked" is one look at every run, as a report or ``--resume`` takes it. Prints, asserts nothing.
"""

import json
import subprocess
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

from course.lessons import Lesson, find_lessons
from course.plan import plan_roster


def write_roster(path: Path, rows: int, lessons: list[Lesson]) -> None:
    """A roster of so many groups, each with a value for every parameter that has a list of them."""
    choices = {one.name: one.allowed() for lesson in lessons for one in lesson.parameters if one.type == "str" and one.allowed()}
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(["group", *choices]) + "\n")
        for row in range(rows):
            file.write(",".join([f"k{row}-fox", *(values[row % len(values)] for values in choices.values())]) + "\n")


def measure(path: Path) -> dict[str, float]:
    """Seconds to the plan, to its first run and through all runs; then MiB of memory, at most, by each."""
    lessons = find_lessons()
    started = time.perf_counter()
    plan = plan_roster(path, lessons, {})
    planned = time.perf_counter()
    next(iter(plan))
    first = time.perf_counter()
    runs = sum(1 for _ in plan)
    figures = {"runs": runs, "plan": planned - started, "first": first - planned, "all": time.perf_counter() - first}
    del plan
    tracemalloc.start()
    plan = plan_roster(path, lessons, {})
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    for _ in plan:
        pass
    return figures | {"held": held / 2**20, "peak": peak / 2**20, "walk": (tracemalloc.get_traced_memory()[1] - held) / 2**20}


def main() -> None:
    """Print a table: a roster a line."""
    sizes = [int(text) for text in sys.argv[1:]] or [100, 1_000, 10_000]
    lessons = find_lessons()
    print("  groups     runs   planned  first run  walked     peak     held  walking")
    with tempfile.TemporaryDirectory() as folder:
        for rows in sizes:
            path = Path(folder) / f"{rows}.csv"
            write_roster(path, rows, lessons)
            done = subprocess.run([sys.executable, __file__, "--measure", str(path)], check=True, capture_output=True, text=True)
            one = json.loads(done.stdout)
            seconds = f"{one['plan']:7.2f} s  {1000 * one['first']:6.2f} ms  {one['all']:4.2f} s"
            print(f"{rows:8,} {one['runs']:8,} {seconds}  {one['peak']:3.1f} MiB  {one['held']:3.1f} MiB  {one['walk']:3.1f} MiB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(Path(sys.argv[2]))))
    else:
        main()
