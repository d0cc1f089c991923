"""Runs through papermill: one fresh kernel a run, every output written whole, a failure kept up to its cell."""

import errno
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from helpers.errors import CourseError
from helpers.files import write_atomic

from .lessons import read_notebook
from .plan import Run
from .store import KERNEL_ARGUMENTS, quiet_environment

RESULTS = "results.json"
# What the disk may answer; any other OSError (a kernel that is not there, a cell that took too long) is the lesson's failure.
_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM}


@dataclass(frozen=True)
class RunResult:
    """How one run ended: ``state`` is ``done`` or ``failed``; ``cell`` counts the notebook's cells from 1, 0 if unknown."""

    lesson: str
    title: str
    group: str
    state: str
    seconds: float
    notebook: str
    cell: int = 0
    error: str = ""

    def __str__(self) -> str:
        if self.state == "done":
            return f"{self.lesson}  done  {self.seconds:.1f} s"
        return f"{self.lesson}  failed  cell {self.cell or '?'}: {self.error}"


def new_run_folder(out: Path | None) -> Path:
    """The folder for a run's output: ``out``, which must be new or empty, else ``runs/<stamp>`` here.

    Raises
    ------
    CourseError
        When it cannot be made, or holds something already.
    """
    try:
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
            if any(out.iterdir()):
                raise CourseError("the folder is not empty", where=str(out), todo="choose a new one; nothing was changed")
            (out / RESULTS).open("x").close()  # claims it: a second run at the same moment fails here
            return out
        stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
        for number in range(1, 1000):
            folder = Path("runs") / (stamp if number == 1 else f"{stamp}-{number}")
            try:
                folder.mkdir(parents=True)
                return folder
            except FileExistsError:
                continue
    except FileExistsError as error:
        raise CourseError("is in use or is a file", where=str(error.filename), todo="choose another folder with --out") from None
    except OSError as error:
        raise CourseError(f"cannot be made: {error.strerror}", where=str(error.filename), todo="choose another folder with --out") from None
    raise CourseError("no free name for the run", where="runs")


def release_run_folder(folder: Path) -> None:
    """Give back a folder in which no run came to a result; whatever else lies in it stays."""
    with suppress(OSError):
        if (folder / RESULTS).is_file() and not (folder / RESULTS).stat().st_size:
            (folder / RESULTS).unlink()
        for empty in (*folder.iterdir(), folder):
            empty.rmdir()


def run_plan(runs: list[Run], folder: Path, timeout: int) -> Iterator[RunResult]:
    """Execute the runs one after the other and yield each result as it is known; a failure does not stop the others.

    ``results.json`` in the folder is brought up to date after every run. ``timeout`` is in seconds, for each cell.
    """
    results: list[RunResult] = []
    for run in runs:
        result = execute(run, folder, timeout)
        results.append(result)
        write_results(folder, results)
        yield result


def execute(run: Run, folder: Path, timeout: int) -> RunResult:
    """Execute one run into ``<folder>/<group>/<lesson>.ipynb``: load, parameterise, execute, settle, write.

    Raises
    ------
    CourseError
        When the output cannot be written; a failing notebook is a result, not an error.
    """
    final = folder / run.group / run.lesson.path.name
    part = final.with_name(f".{final.stem}.part.ipynb")
    started = time.monotonic()
    try:
        final.parent.mkdir(parents=True, exist_ok=True)
        error = _execute(run, part, timeout)
        notebook = _settled(read_notebook(part)) if part.exists() else None
        if notebook is not None:
            write_atomic(final, nbformat.writes(notebook))
    except OSError as failure:
        raise CourseError(f"cannot be written: {failure.strerror}", where=str(final), todo="free some space or use --out") from None
    finally:
        part.unlink(missing_ok=True)
    return RunResult(
        lesson=run.lesson.name,
        title=run.lesson.title,
        group=run.group,
        state="failed" if error else "done",
        seconds=round(time.monotonic() - started, 1),
        notebook=str(final.relative_to(folder)),
        cell=_failed_cell(run, notebook) if error and notebook else 0,
        error=_first_line(error),
    )


def _execute(run: Run, part: Path, timeout: int) -> str:
    """Run through papermill, which saves after every cell, and give the error that stopped it, or an empty text."""
    import papermill  # 1.3 s: only a command that runs notebooks pays for it
    from papermill.exceptions import PapermillExecutionError

    try:
        with quiet_environment():
            papermill.execute_notebook(
                # papermill formats paths, so a brace in a folder's name must be doubled.
                _unformatted(run.lesson.path),
                _unformatted(part),
                parameters=dict(run.parameters),
                kernel_name="python3",
                progress_bar=False,
                execution_timeout=timeout,
                extra_arguments=KERNEL_ARGUMENTS,
                cwd=str(part.parent.resolve()),
            )
    except PapermillExecutionError as failure:
        return f"{failure.ename}: {failure.evalue}"
    except Exception as failure:  # a kernel that died, a cell that took too long: nbclient has a class for each
        if isinstance(failure, OSError) and failure.errno in _DISK:
            raise
        return f"{type(failure).__name__}: {failure}"
    return ""


def write_results(folder: Path, results: list[RunResult]) -> None:
    """The results as ``results.json`` in the run's folder."""
    write_atomic(folder / RESULTS, json.dumps([asdict(result) for result in results], indent=1, ensure_ascii=False) + "\n")


def read_results(folder: Path) -> list[RunResult]:
    """The results of a run's folder.

    Raises
    ------
    CourseError
        When the folder is not one that a run wrote.
    """
    try:
        return [RunResult(**entry) for entry in json.loads((folder / RESULTS).read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError):
        raise CourseError("is not the folder of a run", where=str(folder), todo="give one that 'course run' wrote") from None


def point_latest(folder: Path) -> None:
    """Let ``latest`` beside the folder lead to it, in one step, so that it never leads nowhere."""
    pointer, fresh = folder.parent / "latest", folder.parent / f".latest-{os.getpid()}"
    try:
        fresh.symlink_to(folder.name)
        fresh.replace(pointer)
    except OSError:  # no symbolic links here (Windows without the right), or a folder is called latest: a text file says it
        fresh.unlink(missing_ok=True)
        write_atomic(pointer.with_suffix(".txt"), folder.name + "\n")


def needs_space(folder: Path, notebooks: int) -> None:
    """Stop before anything is made when the disk cannot hold the outputs (2 MB a notebook and its part of the packet)."""
    there = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.is_dir())
    if shutil.disk_usage(there).free < 2_000_000 * notebooks:
        raise CourseError("the disk is almost full", where=str(there), todo="free some space or use --out")


def _settled(notebook: NotebookNode) -> NotebookNode:
    # The learner's copy names no folder of this machine, and a cell that never ran does not call itself completed.
    for name in ("input_path", "output_path"):
        if path := notebook.metadata.get("papermill", {}).get(name):
            notebook.metadata.papermill[name] = Path(path).name.replace(".part", "").lstrip(".")
    for cell in notebook.cells:
        if "papermill" in cell.metadata and not cell.metadata.papermill.get("start_time"):
            cell.metadata.papermill["status"] = "pending"
    return notebook


def _failed_cell(run: Run, notebook: NotebookNode) -> int:
    # Counted in the lesson itself: the output has papermill's parameters and marker cells in between. A cell with an error
    # is the one; when the kernel died there is none, and it is the last that was started.
    order = {cell.id: number for number, cell in enumerate(read_notebook(run.lesson.path).cells, start=1)}
    own = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.id in order]
    errors = [cell for cell in own if any(output.output_type == "error" for output in cell.outputs)]
    started = [cell for cell in own if cell.metadata.get("papermill", {}).get("start_time")]
    return order[errors[0].id] if errors else order[started[-1].id] if started else 0


def _first_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[0] if lines else ""


def _unformatted(path: Path) -> str:
    return str(path).replace("{", "{{").replace("}", "}}")
