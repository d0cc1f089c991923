"""The notebook in which the author of a case marks and codes its articles, and the command that opens it."""

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

from helpers.annotation import KINDS
from helpers.articles import load_catalogue
from helpers.case_marks import own_case
from helpers.errors import CourseError
from helpers.files import write_atomic
from helpers.parameters import check_choice

from .lab import lab_environment

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
    path = own_case() / NAME
    articles = [entry["id"] for entry in load_catalogue()["articles"]]
    check_choice("--kind", kind, KINDS)
    wanted = articles if article is None else [check_choice("article", article, articles)]
    notebook = _read(path) if path.is_file() else _new()
    written = "\n".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")
    missing = {f"{one}-{kind}": call for one in wanted if (call := f'mark_article("{one}", "{kind}")') not in written}
    for id, call in missing.items():
        notebook["cells"].append(_code(_free_id(id, notebook), call))
    if missing or not path.is_file():
        write_atomic(path, json.dumps(_without_ids(notebook), ensure_ascii=False, indent=1) + "\n")
    return path, len(missing)


def case_lab(path: Path, browser: bool = True) -> tuple[list[str], dict[str, str]]:
    """The command that opens JupyterLab on the notebook, and its environment: the course's, in which the case in use is the notebook's."""
    folder = path.parent.resolve()
    # With -P, no program is taken from the folder that we are in.
    command = [sys.executable, "-P", "-m", "jupyterlab", f"--ServerApp.root_dir={folder}", f"--LabApp.default_url=/lab/tree/{path.name}"]
    command += [] if browser else ["--no-browser"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # in a container; without it JupyterLab would not start
        command.append("--ServerApp.allow_root=True")
    return command, lab_environment(folder) | {"ALLIANCE_SEEDS": str(folder)}


def _new() -> dict[str, Any]:
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}}
    title = {"cell_type": "markdown", "id": "title", "metadata": {}, "source": _TITLE.format(kinds=", ".join(KINDS))}
    return {"cells": [title, _code("tools", _IMPORT)], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}


def _read(path: Path) -> dict[str, Any]:
    """The notebook as it stands; whoever has edited it may have spoilt it."""
    try:
        notebook = json.loads(path.read_bytes())
        if (notebook["nbformat"], type(notebook["nbformat_minor"])) != (4, int):
            raise ValueError("it is not of version 4")
        return notebook | {"cells": [_joined(cell) for cell in notebook["cells"]]}
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise CourseError(f"the notebook cannot be read: {error}", where=str(path), todo="move it away; a new one is then made") from None


def _joined(cell: dict[str, Any]) -> dict[str, Any]:
    """The cell with its source as one text; a ``KeyError`` or ``TypeError`` where it is no cell."""
    return cell | {"cell_type": cell["cell_type"], "source": "".join(cell["source"])}


def _without_ids(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook as its version wants it: before 4.5, no cell has an id."""
    if notebook["nbformat_minor"] >= 5:
        return notebook
    return notebook | {"cells": [{name: part for name, part in cell.items() if name != "id"} for cell in notebook["cells"]]}


def _free_id(wanted: str, notebook: dict[str, Any]) -> str:
    """An id for a new cell, with a number behind it where another cell has the same; what an id may not hold is left out."""
    used, number = {cell.get("id") for cell in notebook["cells"]}, 1
    stem = id = re.sub(r"[^A-Za-z0-9_-]", "-", wanted)[:56]
    while id in used:
        number += 1
        id = f"{stem}-{number}"
    return id


def _code(id: str, source: str) -> dict[str, Any]:
    return {"cell_type": "code", "id": id, "metadata": {}, "source": source, "execution_count": None, "outputs": []}
