"""Executed notebooks, read to be shown: plain JSON for speed, and an error of one line where there is nothing to show."""

import json
from pathlib import Path
from typing import Any

from helpers.errors import CourseError

from .lessons import read_notebook
from .page_frame import size_text

LARGEST = 100_000_000  # bytes: more would take a machine's memory for one group
Cell = dict[str, Any]


def read_cells(path: Path) -> list[Cell]:
    """The cells of an executed notebook, as the file has them; one in an older format is brought up to the present one.

    They are not validated, which would take longer than to show them; whoever shows a cell must bear what a learner made of it.

    Raises
    ------
    CourseError
        When the file is missing, far too large, or no notebook.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise CourseError(f"is too large to be shown, {size_text(size)}", where=path.name)
        notebook = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise CourseError("is not here", where=path.name) from None
    except OSError as error:
        raise CourseError(f"cannot be read: {error.strerror}", where=path.name) from None
    except (ValueError, RecursionError):
        raise CourseError("cannot be shown: it is not valid JSON", where=path.name) from None
    if isinstance(notebook, dict) and isinstance(notebook.get("worksheets"), list):
        notebook = _upgraded(path)
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise CourseError("cannot be shown: it has no cells", where=path.name)
    return [cell if isinstance(cell, dict) else {} for cell in cells]


def text_of(value: Any) -> str:
    r"""A text that a notebook holds whole or as a list of its lines; empty for anything else.

    Examples
    --------
    >>> text_of(["a\n", "b"]), text_of("a"), text_of(None)
    ('a\nb', 'a', '')
    """
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""


def _upgraded(path: Path) -> dict[str, Any]:
    try:
        return json.loads(json.dumps(read_notebook(path)))
    except CourseError as error:
        raise CourseError(f"cannot be shown: {error.what}", where=path.name) from None
