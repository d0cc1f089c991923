"""Stored outputs: the lessons as they look before anybody has run them, made anew from the reading edition."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from helpers.errors import CourseError
from helpers.files import write_atomic
from helpers.paths import seeds_folder

from .glossary_page import settle_links
from .lessons import read_notebook

# At every start a kernel warns that its ports are not encrypted (they are on loopback, each message signed with its own key),
# and one that is stopped in mid-cell prints a stack; what matters reaches us as the cell's error.
KERNEL_ARGUMENTS = ["--IPKernelApp.log_level=CRITICAL"]
# What tells a kernel that somebody sits at it: a run from a notebook's terminal must not inherit it.
_LIVE = ("JPY_SESSION_NAME", "ALLIANCE_LIVE")


def refresh(path: Path) -> None:
    """Run a lesson with an ordinary kernel and its defaults and store its outputs, without anything that changes by itself.

    Raises
    ------
    CourseError
        When a cell fails; the notebook is left as it was.
    """
    notebook = read_notebook(path)
    with tempfile.TemporaryDirectory() as folder, _untouched(Path(folder)):
        resources = {"metadata": {"path": folder}}
        client = NotebookClient(notebook, kernel_name="python3", timeout=120, resources=resources, extra_arguments=KERNEL_ARGUMENTS)
        try:
            client.execute()
        except CellExecutionError as error:
            raise CourseError(f"{error.ename}: {error.evalue}", where=path.name, todo="mend the cell; nothing was stored") from None
    write_atomic(path, nbformat.writes(_settled(notebook)) + "\n")


@contextmanager
def quiet_environment(**variables: str) -> Iterator[None]:
    """The environment that a headless kernel is started in: nobody sits at it."""
    saved = dict(os.environ)
    for name in _LIVE:
        os.environ.pop(name, None)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(saved)


def _untouched(folder: Path) -> AbstractContextManager[None]:
    # As for somebody who has no originals and has answered nothing.
    seeds = shutil.copytree(seeds_folder(), folder / "seeds", ignore=shutil.ignore_patterns("originals"))
    return quiet_environment(ALLIANCE_SEEDS=str(seeds), ALLIANCE_ANSWERS=str(folder / "answers"))


def _settled(notebook: NotebookNode) -> NotebookNode:
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({name: value for name, value in cell.metadata.items() if name == "tags"})
        if cell.cell_type == "markdown":
            cell.source = settle_links(cell.source)
    return notebook
