"""How long packets of a large class take: groups with ten lessons each, every group with answers of its own. Prints, asserts nothing.

python benchmarks/packets.py [GROUPS] [--view packet|teacher|exercises|solutions] [--workers N]

The notebooks are the stored lessons with a group's answers put in: three in four items are answered, one of them in words that no
other group has. Memory is that of the process and its workers together, sampled.
"""

import argparse
import json
import random
import tempfile
import threading
import time
from pathlib import Path

from course.lessons import find_lessons
from course.packets import build_packets
from course.page_frame import size_text
from course.results import RunResult, append_result

BLANK = "Your answer: none yet."


def answer(text: str, chance: random.Random, group: str) -> str:
    """An output's HTML with the group's answer where none stood."""
    if BLANK not in text or chance.random() < 0.25:
        return text
    own = f" We are {group} and say so in our own words." if chance.random() < 0.1 else ""
    return text.replace(BLANK, f"Your answer: ({chance.choice('abcd')}) is what we took.{own}")


def fill(folder: Path, groups: int) -> int:
    """Write a run's folder of so many groups; the size of its notebooks in bytes."""
    size = 0
    lessons = [(lesson, json.loads(lesson.path.read_text(encoding="utf-8"))) for lesson in find_lessons()]
    for number in range(1, groups + 1):
        group, chance = f"group {number}", random.Random(number)
        for lesson, stored in lessons:
            cells = [cell | {"outputs": [put(one, chance, group) for one in cell.get("outputs", [])]} for cell in stored["cells"]]
            path = folder / f"group-{number}" / lesson.path.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(stored | {"cells": cells}), encoding="utf-8")
            size += path.stat().st_size
            append_result(
                folder, RunResult(lesson.name, lesson.title, group, "done", 1.0, f"{path.parent.name}/{path.name}", path.parent.name)
            )
    return size


def put(output: dict, chance: random.Random, group: str) -> dict:
    """An output with the group's answer in it."""
    data = output.get("data", {})
    if "text/html" not in data:
        return output
    return output | {"data": data | {"text/html": answer("".join(data["text/html"]), chance, group)}}


class Meter(threading.Thread):
    """Samples what this process and its descendants hold, in bytes, and the processor's seconds that each has had."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak, self.done = 0, threading.Event()
        self.spent: dict[int, float] = {}

    def run(self) -> None:
        """Sample until told that it is done."""
        import psutil

        own = psutil.Process()
        while not self.done.wait(0.2):
            held = 0
            for process in [own, *own.children(recursive=True)]:
                try:
                    held += process.memory_info().rss
                    self.spent[process.pid] = sum(process.cpu_times()[:2])
                except psutil.Error:
                    continue  # it has just ended
            self.peak = max(self.peak, held)


def main() -> None:
    """Fill a folder, build its packets, say what it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("groups", nargs="?", type=int, default=300)
    parser.add_argument("--view", default="packet")
    parser.add_argument("--workers", type=int)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        read = fill(folder, given.groups)
        meter = Meter()
        meter.start()
        started, own = time.perf_counter(), time.process_time()
        build_packets(folder, given.view, given.workers)
        seconds = time.perf_counter() - started
        spent = sum(meter.spent.values()) - own
        meter.done.set()
        pages = [path.stat().st_size for path in folder.glob(f"*/{given.view}.html")]
        index = (folder / "index.html").stat().st_size
        print(f"{len(pages)} pages {given.view}.html of {len(find_lessons())} lessons each: {seconds:.1f} s, {spent:.1f} s of CPU")
        print(f"read {size_text(read)}, wrote {size_text(sum(pages))}, largest {size_text(max(pages))}, index {size_text(index)}")
        print(f"peak memory of all processes together {size_text(meter.peak)}")


if __name__ == "__main__":
    main()
