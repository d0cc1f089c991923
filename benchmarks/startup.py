"""What start-up costs: ``import helpers`` beside its peers, in the same run. Prints medians and ratios, asserts nothing.

python benchmarks/startup.py [REPEATS]
"""

import statistics
import subprocess
import sys
import time

STATEMENTS = {
    "python alone": "pass",
    "import helpers": "import helpers",
    "import pandas": "import pandas",
    "import papermill": "import papermill",
    "load four articles": "import helpers; helpers.load_articles('reading')",
    "tidy evidence table": "import helpers; helpers.evidence()",
}


def seconds(statement: str) -> float:
    """Wall time of a new interpreter that runs one statement, in seconds."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)
    return time.perf_counter() - started


def main() -> None:
    """Interleave the repeats, so that a noisy minute hits all alike."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    measured: dict[str, list[float]] = {name: [] for name in STATEMENTS}
    for _ in range(repeats):
        for name, statement in STATEMENTS.items():
            measured[name].append(seconds(statement))
    medians = {name: statistics.median(times) for name, times in measured.items()}
    base = medians["python alone"]
    for name, median in medians.items():
        print(f"{name:20}  {1000 * median:7.0f} ms  {1000 * (median - base):+7.0f} ms  {median / base:5.1f} x python alone")


if __name__ == "__main__":
    main()
