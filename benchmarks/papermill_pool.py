"""What a teacher without us might write, and one of the peers of `classroom.py`: papermill in a pool of as many processes as cores.

python benchmarks/papermill_pool.py RUNS.json        RUNS.json: [[lesson's path, output's path, {parameters}], …]
"""

import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import papermill  # before the workers are forked, which then have it


def execute(path: str, output: str, parameters: dict[str, Any]) -> None:
    """One run, in the output's folder."""
    folder = Path(output).parent
    folder.mkdir(parents=True, exist_ok=True)
    papermill.execute_notebook(path, output, parameters=parameters, cwd=folder, progress_bar=False)


def main() -> None:
    """All runs, which are worked off in order."""
    runs = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    with ProcessPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for future in [pool.submit(execute, *run) for run in runs]:
            future.result()


if __name__ == "__main__":
    main()
