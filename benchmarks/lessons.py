"""What the lessons cost and how they read: seconds headless, the kernel's peak memory, and the size of their cells.

python benchmarks/lessons.py [LESSON…]        Linux (it reads /proc); prints a table, asserts nothing.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from course.lessons import find_lessons, read_notebook


def measure_run(number: str) -> tuple[float, float]:
    """Wall time of ``course run NN`` in seconds, start-up included, and its kernel's peak memory in MiB."""
    with tempfile.TemporaryDirectory() as folder:
        started, peak = time.perf_counter(), 0.0
        command = [sys.executable, "-m", "course", "run", number, "--out", f"{folder}/run"]
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        while run.poll() is None:
            peak = max(peak, kernel_peak(run.pid))
            time.sleep(0.02)
        if run.returncode:
            sys.exit(f"lesson {number} failed")
        return time.perf_counter() - started, peak


def kernel_peak(pid: int) -> float:
    """The highest resident memory so far of the kernel that a process started, in MiB; 0 while there is none."""
    peak = 0.0
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _text(children).split():
            command, status = _text(Path(f"/proc/{child}/cmdline")), _text(Path(f"/proc/{child}/status"))
            lines = [line for line in status.splitlines() if line.startswith("VmHWM")]
            if "ipykernel_launcher" in command and lines:
                peak = max(peak, int(lines[0].split()[1]) / 1024)
    return peak


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # gone since
        return ""


def cell_lines(path: Path) -> list[int]:
    """The lines of every code cell that are not blank."""
    cells = [cell.source for cell in read_notebook(path).cells if cell.cell_type == "code"]
    return [sum(bool(line.strip()) for line in source.splitlines()) for source in cells]


def main() -> None:
    """One line a lesson, then the course."""
    every: list[int] = []
    prose = 0
    print(f"{'lesson':26} {'seconds':>7} {'kernel MiB':>10} {'cells':>5} {'code':>5} {'median':>6} {'p90':>4} {'longest':>7}")
    for lesson in find_lessons(sys.argv[1:] or None):
        seconds, peak = measure_run(lesson.number)
        lines, cells = cell_lines(lesson.path), len(read_notebook(lesson.path).cells)
        every, prose = every + lines, prose + cells - len(lines)
        print(f"{lesson.name:26} {seconds:7.1f} {peak:10.0f} {cells:5} {len(lines):5} {_spread(lines)}")
    print(f"{'all':26} {'':7} {'':10} {len(every) + prose:5} {len(every):5} {_spread(every)}   prose : code = {prose / len(every):.2f}")


def _spread(lines: list[int]) -> str:
    ninth = sorted(lines)[int(0.9 * (len(lines) - 1))]
    return f"{statistics.median(lines):6.0f} {ninth:4} {max(lines):7}"


if __name__ == "__main__":
    main()
