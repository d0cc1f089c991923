"""Reading and writing at the edge: every error names the file, every write is whole or not at all."""

import csv
import io
import json
import os
import pickle
import tempfile
import threading
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from .errors import CourseError, SeedError

Given = ParamSpec("Given")
Parsed = TypeVar("Parsed")


def parse_once(parse: Callable[Given, Parsed]) -> Callable[Given, Parsed]:
    """The parser, made to do its work once for each text; every caller gets a copy of its own.

    What counts is the text, which is read again each time: a file that changed, or another case's file, is parsed anew.
    The parser's value must follow from its arguments, all of them hashable, and must be of picklable parts.

    Examples
    --------
    >>> parse = parse_once(str.split)
    >>> parse("a b").append("c")
    >>> parse("a b")
    ['a', 'b']
    """

    @lru_cache(maxsize=128)
    def parse_to_bytes(*args: Given.args, **kwargs: Given.kwargs) -> bytes:
        return pickle.dumps(parse(*args, **kwargs))

    @wraps(parse)
    def parse_or_copy(*args: Given.args, **kwargs: Given.kwargs) -> Parsed:
        return pickle.loads(parse_to_bytes(*args, **kwargs))  # many times faster than copy.deepcopy

    return parse_or_copy


_ONE_AT_A_TIME = threading.Lock()
_parse_toml = parse_once(tomllib.loads)


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, line ends as they stand in the file.

    Raises
    ------
    SeedError
        When the file is missing, unreadable or not UTF-8.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except UnicodeDecodeError as error:
        raise SeedError(f"not UTF-8 at byte {error.start}", where=str(path), todo="save it as UTF-8") from None
    except OSError as error:
        raise SeedError(error.strerror or "cannot be read", where=str(path)) from None


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file; a syntax error is told with its line."""
    try:
        return _parse_toml(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise SeedError(f"not valid TOML: {error}", where=str(path)) from None


@contextmanager
def data_of(path: Path) -> Iterator[None]:
    """What goes wrong in here with data from this file becomes one :class:`SeedError` that names the file.

    Examples
    --------
    >>> with data_of(Path("seeds/x.toml")):
    ...     {}["title"]
    Traceback (most recent call last):
    helpers.errors.SeedError: seeds/x.toml: 'title' is missing; compare it with the package's own file
    """
    try:
        yield
    except KeyError as error:
        raise SeedError(f"{error.args[0]!r} is missing", where=str(path), todo="compare it with the package's own file") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise SeedError(f"malformed: {error}", where=str(path), todo="compare it with the package's own file") from None


def require(entry: Mapping[str, Any], names: Iterable[str]) -> None:
    """Raise a ``KeyError`` for the first of the names that an entry lacks; see :func:`data_of`."""
    for name in names:
        entry[name]


def read_rows(path: Path, required: Sequence[str] = ()) -> list[dict[str, str]]:
    """The rows of a CSV file with a header; an empty cell is an empty string and means "not reported".

    Raises
    ------
    SeedError
        When a required column is missing or a row has too many or too few cells, with the line.
    """
    # A spreadsheet may put a byte order mark first; StringIO leaves line ends inside a quoted cell as they are.
    reader = csv.DictReader(io.StringIO(read_text(path).removeprefix("\ufeff"), newline=""), strict=True)
    rows = []
    try:
        missing = [name for name in required if name not in (reader.fieldnames or ())]
        if missing:
            raise SeedError(f"column {missing[0]!r} is missing", where=f"{path}:1")
        for row in reader:
            if None in row or None in row.values():
                raise SeedError(f"the row does not have {len(reader.fieldnames or ())} cells", where=f"{path}:{reader.line_num}")
            rows.append(row)
    except csv.Error as error:
        raise SeedError(f"not valid CSV: {error}", where=f"{path}:{reader.line_num}") from None
    return rows


def read_json_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """Line number and value of every line of a JSON Lines file; blank lines are skipped."""
    yield from parse_json_lines(read_text(path), str(path))


def parse_json_lines(text: str, path: str) -> Iterator[tuple[int, Any]]:
    """The same of a text that was read; ``path`` is where an error says it stands."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except json.JSONDecodeError as error:
                raise SeedError(f"not valid JSON: {error.msg}", where=f"{path}:{number}") from None


def write_atomic(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all: a temporary name in the same folder, flush, rename.

    Raises
    ------
    CourseError
        When the folder cannot be written or the disk is full; what stood there before still stands.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    part = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(part).chmod(0o666 & ~_umask())  # mkstemp makes 0600, which a teacher's share could not read
        Path(part).replace(path)
    except OSError as error:
        if part:
            Path(part).unlink(missing_ok=True)
        raise CourseError(
            f"cannot be written: {error.strerror}", where=str(path), todo="free some space or choose another folder"
        ) from None


def _umask() -> int:
    with _ONE_AT_A_TIME:  # it can be read only by setting it, which two threads at once would leave at 0
        mask = os.umask(0)
        os.umask(mask)
    return mask
