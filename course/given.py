"""What a working copy was given: the version and the hashes of each lesson, kept in the copy itself.

So a later start can tell a lesson that the learner has changed from one that only the course has changed.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from helpers.errors import CourseError
from helpers.files import write_atomic

HIDDEN = ".course"  # our folder in a working copy; JupyterLab's list of files leaves it out
_RECORD, _LOCK = "given.json", "lock"
_MALFORMED = (ValueError, LookupError, TypeError, AttributeError, RecursionError)  # what reading JSON of another shape raises
_PATIENCE = 30  # seconds; another start needs about one


@dataclass(frozen=True)
class Given:
    """One lesson as it was given: by which version of the package, the hash of its file and the hash of its cells."""

    version: str
    sha256: str
    cells: str


@dataclass(frozen=True)
class Changes:
    """What an update brought, as file names: lessons that are new, renewed, or no longer in the course."""

    version: str = ""
    added: tuple[str, ...] = ()
    renewed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class Record:
    """Whose case a working copy is, what it was given, and what the last update brought."""

    case: str = ""
    lessons: Mapping[str, Given] = field(default_factory=dict)
    news: Changes = field(default_factory=Changes)


def describe(content: bytes, version: str) -> Given:
    """A notebook's hashes, with the version that gives it."""
    return Given(version, hashlib.sha256(content).hexdigest(), hash_cells(content))


def hash_cells(content: bytes) -> str:
    """A hash of what stands in a notebook's cells: running it, saving it, or an empty cell at its end change nothing.

    What is no notebook has none, an empty text.

    Examples
    --------
    >>> ran = b'{"cells": [{"cell_type": "code", "source": ["1 + ", "1"], "outputs": ["2"]}, {"cell_type": "code", "source": ""}]}'
    >>> hash_cells(ran) == hash_cells(b'{"cells": [{"cell_type": "code", "source": "1 + 1"}]}')
    True
    """
    try:
        cells = [(cell["cell_type"], "".join(cell["source"])) for cell in json.loads(content)["cells"]]
        told = json.dumps([cell for cell in cells if cell[1].strip()])
    except _MALFORMED:
        return ""
    return hashlib.sha256(told.encode()).hexdigest()


def read_title(content: bytes, name: str) -> str:
    r"""The heading of a notebook's first cell, such as ``03 NATO Articles 4 and 5``; without one, the file's name.

    Examples
    --------
    >>> read_title(b'{"cells": [{"source": "# 03 Who votes\\n\\nMore"}]}', "03_who_votes.ipynb"), read_title(b"", "x.ipynb")
    ('03 Who votes', 'x.ipynb')
    """
    try:
        heading = "".join(json.loads(content)["cells"][0]["source"]).split("\n")[0]
    except _MALFORMED:
        heading = ""
    return heading.removeprefix("# ").strip() or name


def is_working_copy(folder: Path) -> bool:
    """Whether a folder was given lessons by us."""
    return os.path.isfile(folder / HIDDEN / _RECORD)  # noqa: PTH113 - Path raises where it may not look


def read_record(folder: Path) -> Record:
    """The record of a working copy; an empty one where there is none, or one that a crash has torn.

    Nothing is lost with it: a lesson that is as the course has it counts as given, any other as the learner's own.

    Raises
    ------
    CourseError
        When it is there and may not be read.
    """
    try:
        kept = json.loads((folder / HIDDEN / _RECORD).read_bytes())
        lessons = {str(name): Given(**given) for name, given in kept["lessons"].items()}
        told = kept["news"]
        news = Changes(str(told["version"]), tuple(told["added"]), tuple(told["renewed"]), tuple(told["gone"]))
        return Record(str(kept["case"]), lessons, news)
    except (FileNotFoundError, NotADirectoryError, *_MALFORMED):
        return Record()
    except OSError as error:
        raise CourseError(f"cannot be read: {error.strerror}", where=str(error.filename), todo="make it readable for you") from None


def write_record(folder: Path, record: Record) -> None:
    """Keep the record; a working copy in which nothing changed is not written to, so that a full disk does not matter."""
    if record != read_record(folder):
        write_atomic(folder / HIDDEN / _RECORD, json.dumps(_plain(record), indent=1) + "\n")


@contextmanager
def claim(folder: Path) -> Iterator[None]:
    """Make the folder if need be, and let one command at a time work in it.

    Raises
    ------
    CourseError
        When it cannot be made or written, or another command works in it for longer than half a minute.
    """
    try:
        (folder / HIDDEN).mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / HIDDEN / _LOCK, timeout=_PATIENCE)
        lock.acquire()
    except Timeout:
        raise CourseError("another command is at work in it", where=str(folder), todo="wait for it, then try again") from None
    except OSError as error:
        todo = "choose a folder that you may write to, with --folder"
        raise CourseError(f"no working copy can be kept here: {error.strerror}", where=str(folder), todo=todo) from None
    try:
        yield
    finally:
        lock.release()


def _plain(record: Record) -> dict[str, Any]:
    return {"case": record.case, "lessons": {name: asdict(given) for name, given in record.lessons.items()}, "news": asdict(record.news)}
