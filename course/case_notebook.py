"""The notebook in which the author of a case marks and codes its articles, and the command that opens it."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.annotation import KINDS
from helpers.articles import load_catalogue
from helpers.case_marks import own_case
from helpers.errors import CourseError
from helpers.files import write_atomic
from helpers.parameters import check_choice

from .lab import lab_command, lab_environment

if TYPE_CHECKING:
    from nbformat import NotebookNode

NAME = "annotate.ipynb"
_TITLE = """# Mark and code the articles of this case

Run the cells with Shift and Enter. Draw over a phrase, or choose it by keyboard, and give it its codes; whole marks are written into
`annotations/` at once. The kinds are {kinds}. A case may quote at most eight words at a time.
When you have coded some passages, run `course case check`: it says what comes next."""
_IMPORT = """import os
os.environ.setdefault("ALLIANCE_SEEDS", os.getcwd())
from helpers import mark_article"""


def write_case_notebook(article: str | None = None, kind: str = "stance") -> tuple[Path, int]:
    """The notebook of the case in use, with a cell for each article that is asked for, and how many were added just now.

    It is made if it is not there. What stands in it stays; where nothing is missing, the file is not touched.

    Parameters
    ----------
    article : str, optional
        An article's id; all articles of the case when left out.
    kind : str
        A kind of annotation.

    Raises
    ------
    CourseError
        When the case is the one that comes with the package, there is no such article or kind, or the notebook cannot be read or written.
    """
    import nbformat

    path = own_case() / NAME
    articles = [entry["id"] for entry in load_catalogue()["articles"]]
    check_choice("--kind", kind, KINDS)
    wanted = articles if article is None else [check_choice("article", article, articles)]
    notebook = _read(path) if path.is_file() else _new()
    written = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    missing = {f"{one}-{kind}": call for one in wanted if (call := f'mark_article("{one}", "{kind}")') not in written}
    for id, call in missing.items():
        _add(notebook, id, call)
    if missing or not path.is_file():
        write_atomic(path, nbformat.writes(notebook) + "\n")
    return path, len(missing)


def case_lab(path: Path, browser: bool = True) -> tuple[list[str], dict[str, str]]:
    """The command that opens JupyterLab on the notebook, and its environment: the course's, in which the case in use is the notebook's."""
    folder = path.parent.resolve()
    command = lab_command(folder, [] if browser else ["--no-browser"], path.name)
    return command, lab_environment(folder) | {"ALLIANCE_SEEDS": str(folder)}


def _new() -> "NotebookNode":
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}}
    title = new_markdown_cell(_TITLE.format(kinds=", ".join(KINDS)), id="title")
    return new_notebook(cells=[title, new_code_cell(_IMPORT, id="tools")], metadata=kernel)


def _read(path: Path) -> "NotebookNode":
    """The notebook as it stands; whoever has edited it may have spoilt it."""
    import nbformat

    try:
        notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
        if notebook.nbformat != 4:
            raise ValueError("it is not of version 4")
        nbformat.validate(notebook)
    except Exception as error:  # nbformat raises half a dozen kinds, json and unicode errors among them
        said = str(error).partition("\n")[0]
        raise CourseError(f"the notebook cannot be read: {said}", where=str(path), todo="move it away; a new one is then made") from None
    return notebook


def _add(notebook: "NotebookNode", id: str, call: str) -> None:
    """Put a cell at the end; its id has a number behind it where another cell has the same, and a notebook before 4.5 has none."""
    from nbformat.v4 import new_code_cell

    used, number = {cell.get("id") for cell in notebook.cells}, 1
    stem = free = re.sub(r"[^A-Za-z0-9_-]", "-", id)[:56]
    while free in used:
        number += 1
        free = f"{stem}-{number}"
    notebook.cells.append(new_code_cell(call, id=free))
    if notebook.nbformat_minor < 5:
        del notebook.cells[-1]["id"]
