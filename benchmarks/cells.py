"""What lessons' cells cost: the CPU time of the kernel from each cell's request to its end. Linux.

python benchmarks/cells.py RUNS.json ordinary|warm        RUNS.json: [{"path": …, "parameters": {…}}, …]

One kernel at a time, driven by nbclient, as papermill does it; prints a JSON line a run: CPU seconds of the cells, of those
among them that import, and of the kernel before its first cell; the figures in its outputs; the first error, if any.
"""

import json
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

from metering import descendants, process_cpu  # noqa: E402

Entry = dict[str, Any]


def read_outputs(notebook: Any) -> Entry:
    """Of an executed notebook: its figures, the code cells that did not run, and the first error as text."""
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code" and "".join(cell["source"]).strip()]
    outputs = [output for cell in code for output in cell["outputs"]]
    errors = [f"{output['ename']}: {output['evalue']}" for output in outputs if output["output_type"] == "error"]
    return {
        "figures": sum("image/png" in output.get("data", {}) for output in outputs),
        "open": sum(cell["execution_count"] is None for cell in code),
        "error": errors[0] if errors else "",
    }


def load_with(path: str, parameters: Entry) -> Any:
    """A lesson as papermill would execute it."""
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    notebook = load_notebook_node(path)
    return parameterize_notebook(notebook, parameters) if parameters else notebook


def measure_cells(path: str, parameters: Entry) -> Entry:
    """One lesson in one kernel."""
    from nbclient import NotebookClient

    from course.store import KERNEL_ARGUMENTS

    spent: list[tuple[float, bool]] = []
    begun: list[float] = []

    def cpu() -> float:
        kernel: int = getattr(getattr(client.km, "provisioner", None), "pid", 0)
        return process_cpu(kernel) + sum(map(process_cpu, descendants(kernel)))

    def begin(cell: Any, cell_index: int) -> None:
        begun.append(cpu())

    def end(cell: Any, cell_index: int, execute_reply: Any) -> None:
        spent.append((cpu() - begun[-1], any(line.startswith(("import ", "from ")) for line in cell.source.splitlines())))

    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(
            load_with(path, parameters),
            kernel_name="python3",
            timeout=300,
            resources={"metadata": {"path": folder}},
            extra_arguments=KERNEL_ARGUMENTS,
            allow_errors=True,
            on_cell_execute=begin,
            on_cell_executed=end,
        )
        notebook = client.execute()
    imports = sum(seconds for seconds, is_import in spent if is_import)
    cells = sum(seconds for seconds, _ in spent)
    return {"cells": cells, "imports": imports, "start": begun[0] if begun else 0.0, **read_outputs(notebook)}


def main() -> None:
    """A line a run."""
    runs = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    if sys.argv[2] == "warm":
        from course.kernels import warm_kernels
    with warm_kernels() if sys.argv[2] == "warm" else nullcontext():
        measure_cells(runs[0]["path"], runs[0]["parameters"])  # what loads once is not a cell's
        for run in runs:
            path = run.pop("path")
            print(json.dumps(run | measure_cells(path, run["parameters"])), flush=True)


if __name__ == "__main__":
    main()
