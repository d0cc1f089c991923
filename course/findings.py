"""What a check finds: where, what is wrong, what to do, and whether it fails the validation or warns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nbformat import NotebookNode

from helpers.errors import CourseError

Messages = Iterator[tuple[int, str]]  # cell (1-based, 0 for the whole notebook) and message
Cells = Iterator[tuple[int, NotebookNode]]
_FENCE = re.compile(r"^(?P<fence>```|~~~).*?^(?P=fence)`*~*", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Finding:
    """One breach of a rule: level ``F`` fails the validation, ``W`` warns."""

    where: str
    message: str
    level: str = "F"

    def __str__(self) -> str:
        return f"{self.level} {self.where}: {self.message}"


Findings = Iterator[Finding]


def finding_of(error: CourseError, where: str) -> Finding:
    """The finding that an error amounts to."""
    return Finding(error.where or where, f"{error.what}; {error.todo}".rstrip("; "))


def prose_of(source: str) -> str:
    """A text cell without its fences, which show code, a message or an error.

    Examples
    --------
    >>> prose_of("~~~" + chr(10) + "# no heading" + chr(10) + "~~~")
    ''
    """
    return _FENCE.sub("", source)


def code_cells(notebook: NotebookNode) -> Cells:
    """The code cells with their numbers."""
    return ((number, cell) for number, cell in enumerate(notebook.cells, start=1) if cell.cell_type == "code")


def prose_cells(notebook: NotebookNode) -> Cells:
    """The text cells with their numbers."""
    return ((number, cell) for number, cell in enumerate(notebook.cells, start=1) if cell.cell_type == "markdown")
