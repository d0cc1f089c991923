"""Whether warm kernels are sound: the lessons' outputs beside those of ordinary kernels, cell by cell."""

import asyncio
import json
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, cycle, islice
from pathlib import Path

from nbformat import NotebookNode

from .kernels import PromptManager, limited_kernels, warm_kernels
from .lessons import read_notebook
from .store import KERNEL_ARGUMENTS, quiet_environment

# A widget's id, and an address that Python prints.
_RANDOM = re.compile(r"\b[0-9a-f]{32}\b|\b0x[0-9a-f]{6,}\b")


@dataclass(frozen=True)
class Verdict:
    """What a comparison came to: ``runs`` with warm kernels, ``cells`` and ``figures`` compared, a line a difference."""

    runs: int
    cells: int
    figures: int
    differences: tuple[str, ...]

    def __str__(self) -> str:
        count = len(self.differences)
        found = f"{count} difference{'s' * (count > 1)}" if count else "no difference"
        return f"{self.runs} runs with warm kernels, {self.cells} cells, {self.figures} figures: {found}"


def compare_kernels(paths: Sequence[Path], runs: int, jobs: int, say: Callable[[str], None] = lambda line: None) -> Verdict:
    """Run notebooks in turn with warm kernels, ``jobs`` at once, and compare each with two runs with ordinary kernels.

    Where ordinary kernels differ from each other, that is a difference, too: nothing could be said of the warm one.
    """
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(jobs) as pool, quiet_environment():
        places = (Path(folder) / str(number) for number in range(runs + 2 * len(paths)))

        def outputs(chosen: Sequence[Path]) -> Iterator[list[str]]:
            return pool.map(run_cells, chosen, islice(places, len(chosen)))

        with limited_kernels():
            expected = dict(zip(paths, outputs(paths), strict=True))
            differences = [
                line
                for path, found in zip(paths, outputs(paths), strict=True)
                for line in differing(f"ordinary kernels, {path.stem}", expected[path], found)
            ]
        chosen = list(islice(cycle(paths), runs))
        cells = figures = 0
        with warm_kernels():
            for number, (path, found) in enumerate(zip(chosen, outputs(chosen), strict=True), start=1):
                differences += differing(f"run {number}, {path.stem}", expected[path], found)
                cells += len(found) - 1  # the last is the widgets' state
                figures += count_figures(found)
                if number % 50 == 0:
                    say(f"{number} runs, {len(differences)} differences")
    return Verdict(runs, cells, figures, tuple(differences))


def run_cells(path: Path, folder: Path) -> list[str]:
    """What each code cell of a notebook put out when run in a new folder, and last the widgets' state, as settled JSON."""
    from nbclient import NotebookClient

    folder.mkdir()
    notebook = read_notebook(path)
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=120,
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
        extra_arguments=list(KERNEL_ARGUMENTS),
        kernel_manager_class=PromptManager,
    )
    try:
        asyncio.run(client.async_execute())  # its own loop, closed again
    except Exception as failure:  # a kernel that died or hangs is a difference like another
        return [f"{type(failure).__name__}: {failure}"]
    return settled(notebook)


def settled(notebook: NotebookNode) -> list[str]:
    """The outputs of each code cell and the widgets' state as text; what is random is numbered in the order it appears."""
    parts = [{"outputs": _joined(cell.outputs), "count": cell.execution_count} for cell in notebook.cells if cell.cell_type == "code"]
    names: dict[str, str] = {}
    return [
        _RANDOM.sub(lambda found: names.setdefault(found[0], f"random-{len(names)}"), json.dumps(part, ensure_ascii=False))
        for part in chain(parts, [notebook.metadata.get("widgets", {})])
    ]


def differing(name: str, expected: list[str], found: list[str]) -> list[str]:
    """One line for each cell whose output differs, with the first place in which it does.

    Examples
    --------
    >>> differing("01", ["same", "so long"], ["same", "so short"])
    ["01, code cell 2: expected 'long', found 'short'"]
    """
    lines = [] if len(expected) == len(found) else [f"{name}: expected {len(expected)} parts, found {len(found)}"]
    for number, (one, other) in enumerate(zip(expected, found, strict=False), start=1):
        if one != other:
            place = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
            lines.append(f"{name}, code cell {number}: expected {one[place : place + 60]!r}, found {other[place : place + 60]!r}")
    return lines


def count_figures(cells: list[str]) -> int:
    """How many pictures stand in the outputs."""
    return sum(cell.count("image/png") for cell in cells)


def _joined(outputs: list[NotebookNode]) -> list[dict]:
    # A stream may arrive in pieces, which depends on the time and nothing else.
    joined: list[dict] = []
    for output in outputs:
        if output.output_type == "stream" and joined and joined[-1].get("name") == output.name:
            joined[-1]["text"] += output.text
        else:
            joined.append(dict(output))
    return joined
