"""One run through papermill: a fresh kernel, an output written whole, a failure kept up to its cell."""

import errno
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from nbformat import NotebookNode

from helpers.errors import CourseError
from helpers.files import write_atomic

from .lessons import read_notebook
from .plan import Run
from .results import RunResult
from .store import KERNEL_ARGUMENTS

if TYPE_CHECKING:
    from .engine import Halt

# What the disk may answer; any other OSError (a kernel that is not there or may not be started) is the lesson's failure.
_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
_LONGEST = 500  # characters of an error that are told
_NOT_TOLD = "CellExecutionError: "
_NEVER_ANSWERED = "RuntimeError: Kernel died before replying"


@dataclass(frozen=True)
class Means:
    """How runs are executed.

    ``jobs`` at once (0: as many as fit), ``timeout`` in seconds a cell, ``kernels`` ordinary or warm, ``memory`` in MiB a
    kernel (0: no limit); ``scheduler`` is the address of a cluster, whose workers write themselves where ``shared``.
    """

    jobs: int = 0
    timeout: int = 120
    kernels: str = "ordinary"
    memory: int = 0
    scheduler: str = ""
    shared: bool = False


@dataclass(frozen=True)
class Performed:
    """A run that was performed and not written yet: its result, and the executed notebook's text."""

    result: RunResult
    text: str


def execute(run: Run, folder: Path, timeout: int, halt: "Halt | None" = None, key: str = "") -> RunResult:
    """Execute one run in and into ``<folder>/<run.folder>/<lesson>.ipynb``.

    Parameters
    ----------
    run : Run
        What to run.
    folder : pathlib.Path
        The run's folder.
    timeout : int
        Seconds that one cell may take.
    halt : Halt, optional
        Stops it from another thread; it then raises :class:`course.engine.HaltError` and nothing is written.
    key : str
        What the result will say that went in.

    Raises
    ------
    CourseError
        When the output cannot be written; a failing notebook is a result, not an error.
    """
    path = folder / run.folder / f"{run.lesson.name}.ipynb"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        performed = perform(run, path.parent, timeout, halt)
    except OSError as error:
        raise CourseError(f"cannot be written: {error.strerror}", where=str(path), todo="free some space, then use --resume") from None
    return keep(performed, folder, key)


def keep(performed: Performed, folder: Path, key: str = "") -> RunResult:
    """Write what was performed into the run's folder, whole; the result with its size and key."""
    write_atomic(folder / performed.result.notebook, performed.text)
    return replace(performed.result, size=len(performed.text.encode()), key=key)


def perform(run: Run, folder: Path, timeout: int, halt: "Halt | None" = None) -> Performed:
    """Run a lesson through papermill in a folder that is there: load, parameterise, execute, settle.

    Raises
    ------
    OSError
        When the disk of that folder is full or may not be written.
    """
    started = time.monotonic()
    notebook, error = _execute(run, folder, timeout, halt)
    if error.startswith(_NEVER_ANSWERED):  # another program took its port in the moment between choosing and using it
        notebook, error = _execute(run, folder, timeout, halt)
    failed = _failed_cell(notebook) if error else None
    if failed and error.startswith(_NOT_TOLD):  # a kernel without memory left cannot form an error, and prints what it was
        error = _last_line(failed) or "the cell failed, and its kernel could not tell why"
    result = RunResult(
        lesson=run.lesson.name,
        title=run.lesson.title,
        group=run.group,
        folder=run.folder,
        state="failed" if error else "done",
        seconds=round(time.monotonic() - started, 1),
        notebook=f"{run.folder}/{run.lesson.name}.ipynb",
        parameters=dict(run.parameters),
        error=_first_line(error),
    )
    text = nbformat.writes(_settled(notebook, failed, run.lesson.path.name))
    return Performed(replace(result, cell=_number_of(run, failed)) if failed else result, text)


def _execute(run: Run, folder: Path, timeout: int, halt: "Halt | None") -> tuple[NotebookNode, str]:
    """The executed notebook as far as it came, and the error that stopped it, or an empty text.

    The steps are those of ``papermill.execute_notebook``, which loses the notebook when a kernel dies, writes it twice a cell,
    and moves the whole process into the folder.
    """
    from papermill.engines import papermill_engines  # 1.3 s: only a command that runs notebooks pays for it
    from papermill.exceptions import PapermillExecutionError
    from papermill.execute import raise_for_execution_errors, remove_error_markers
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    from .engine import ENGINE, Halt, HaltError

    notebook = remove_error_markers(load_notebook_node(str(run.lesson.path)))
    error = ""
    try:
        if run.parameters:
            notebook = parameterize_notebook(notebook, dict(run.parameters), engine_name=ENGINE)
        papermill_engines.execute_notebook_with_engine(
            ENGINE,
            notebook,
            papermill_engines.nb_kernel_name(ENGINE, notebook),
            progress_bar=False,
            execution_timeout=timeout,
            extra_arguments=KERNEL_ARGUMENTS,
            resources={"metadata": {"path": str(folder.resolve())}},
            halt=halt or Halt(),
        )
        raise_for_execution_errors(notebook, None)
        if not all(map(_was_started, notebook.cells)):  # sys.exit() is no error to papermill, and yet the rest was not run
            error = "SystemExit: a cell ended the lesson before its end"
    except PapermillExecutionError as failure:
        error = f"{failure.ename}: {failure.evalue}"
    except HaltError:
        raise
    except Exception as failure:  # a kernel that died, a cell that took too long: nbclient has a class for each
        if isinstance(failure, OSError) and failure.errno in _DISK:
            raise
        error = f"{type(failure).__name__}: {failure}"
    return notebook, error


def _settled(notebook: NotebookNode, failed: NotebookNode | None, name: str) -> NotebookNode:
    # The learner's copy names no folder of this machine, and its cells say truly how far it came: papermill calls every cell
    # completed after the kernel died.
    notebook.metadata.papermill |= {"input_path": name, "output_path": name}
    for cell in notebook.cells:
        if "papermill" in cell.metadata and not _was_started(cell):
            cell.metadata.papermill["status"] = "pending"
    if failed:
        failed.metadata.papermill |= {"status": "failed", "exception": True}
        notebook.metadata.papermill["exception"] = True
    return notebook


def _failed_cell(notebook: NotebookNode) -> NotebookNode | None:
    # A cell with an error is the one; when the kernel died there is none, and it is the last that was started.
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    errors = [cell for cell in code if any(output.output_type == "error" for output in cell.outputs)]
    started = [cell for cell in code if _was_started(cell)]
    return (errors[:1] or started[-1:] or [None])[0]


def _was_started(cell: NotebookNode) -> bool:
    return bool(cell.metadata.get("papermill", {}).get("start_time"))


def _number_of(run: Run, cell: NotebookNode) -> int:
    # Counted in the lesson itself: the output has papermill's parameters and marker cells in between.
    order = {own.id: number for number, own in enumerate(read_notebook(run.lesson.path).cells, start=1)}
    return order.get(cell.id, 0)


def _first_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[0][:_LONGEST].encode(errors="replace").decode() if lines else ""


def _last_line(cell: NotebookNode) -> str:
    printed = "".join(output.text for output in cell.outputs if output.output_type == "stream" and output.name == "stderr")
    return printed.strip().rpartition("\n")[2]
