"""A class's roster: a CSV file with a row a group, or a row a group and lesson; read whole, and every problem told with its line."""

import csv
import io
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from helpers.errors import CourseError

from .folder_names import folder_key, folder_name

SAMPLE = "sample"  # the roster that ships with the package
SHOWN = 20  # problems that are told one by one
_SAMPLE_FILE = Path(__file__).with_name("rosters") / "sample.csv"
_LIMIT = 50_000_000  # bytes; 10,000 rows have a hundredth of it
_LONGEST = 300  # characters of a problem
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_AS_UTF8 = "save it as CSV in UTF-8"


class RosterError(CourseError):
    """A roster that was refused: ``lines`` tells its problems, one line each; the error itself is the first of them."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = tuple(lines)
        others = len(self.lines) - 1
        super().__init__(self.lines[0] + (f" (and {others} more)" if others else ""))

    def __reduce__(self):
        return type(self), (self.lines,)


class Problems:
    """What is wrong with a roster, gathered, so that a teacher mends it in one go.

    Examples
    --------
    >>> problems = Problems(Path("class.csv"))
    >>> problems.add(7, "the group is empty", "give each row a group")
    >>> problems.stop()
    Traceback (most recent call last):
    course.roster.RosterError: class.csv:7: the group is empty; give each row a group
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found: list[tuple[int, str]] = []

    def add(self, line: int, what: str, todo: str = "") -> None:
        """One more, in a line of the file."""
        what = what if len(what) <= _LONGEST else f"{what[:_LONGEST]}…"  # a cell may hold a page
        self._found.append((line, str(CourseError(what, where=f"{self._path}:{line}", todo=todo))))

    def stop(self) -> None:
        """Raise what was found, in the order of the lines, if anything was.

        Raises
        ------
        RosterError
            With the first twenty problems and the number of the others.
        """
        if self._found:
            raise RosterError(limit_lines([text for _, text in sorted(self._found, key=lambda one: one[0])], f"{self._path}: "))

    def refuse(self, line: int, what: str, todo: str = "") -> NoReturn:
        """Add one after which reading on is of no use, and stop.

        Raises
        ------
        RosterError
            Always.
        """
        self.add(line, what, todo)
        self.stop()
        raise AssertionError("unreachable")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its first line in the file, the group, its folder, the text of its lesson cell, and those of the parameter columns."""

    line: int
    group: str
    folder: str
    lesson: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Roster:
    """A roster as it was read: ``columns`` are those of parameters; ``head`` is the header's line in the file."""

    path: Path
    head: int
    columns: tuple[str, ...]
    by_lesson: bool
    rows: tuple[Row, ...]
    problems: Problems


def limit_lines(lines: Sequence[str], prefix: str = "") -> list[str]:
    """The lines, or the first twenty of them and one that counts the others.

    Examples
    --------
    >>> limit_lines([str(number) for number in range(30)])[-2:]
    ['19', '… and 10 more']
    """
    return [*lines[:SHOWN], *([f"{prefix}… and {len(lines) - SHOWN:,} more"] if len(lines) > SHOWN else [])]


def read_roster(path: Path) -> Roster:
    """The rows of a roster, with the problems that a row has by itself: what lessons make of it, :func:`course.plan.plan_roster` knows.

    UTF-8 with or without byte order mark; commas, semicolons or tabs between cells; blank rows are skipped. The path
    ``sample`` stands for the roster that ships with the package.

    Raises
    ------
    CourseError
        When there is no such file or no rows in it.
    RosterError
        When it is not CSV in UTF-8, or has no column ``group``.
    """
    path = _SAMPLE_FILE if str(path) == SAMPLE else path
    problems = Problems(path)
    table = _read_table(_decode(_read_bytes(path), problems), problems)
    head, names = next(table, (0, []))
    if not names:
        raise CourseError("the roster is empty", where=str(path), todo="begin it with the line group,lesson")
    columns = _read_header(head, names, problems)
    rows = tuple(_read_rows(table, columns, problems))
    if not rows:
        problems.stop()
        raise CourseError("the roster has no rows", where=str(path), todo="add one for each group")
    parameters = tuple(name for name in columns if name not in ("", "group", "lesson"))
    return Roster(path, head, parameters, "lesson" in columns, rows, problems)


def _read_bytes(path: Path) -> bytes:
    todo = f"give a CSV file, or '{SAMPLE}'"
    try:
        known = path.stat()
        if not stat.S_ISREG(known.st_mode):  # a pipe that nobody writes to would wait for ever
            raise CourseError("is a folder" if stat.S_ISDIR(known.st_mode) else "is no regular file", where=str(path), todo=todo)
        if known.st_size > _LIMIT:
            raise CourseError(f"is larger than {_LIMIT // 1_000_000} MB", where=str(path), todo=todo)
        return path.read_bytes()
    except OSError as error:
        raise CourseError(error.strerror or "cannot be read", where=str(path), todo=todo) from None
    except ValueError:  # a name that no file can have
        raise CourseError("is no file's name", where=repr(str(path)), todo=todo) from None


def _decode(data: bytes, problems: Problems) -> str:
    if data.startswith(_UTF16):
        problems.refuse(1, "is UTF-16, not UTF-8", _AS_UTF8)
    if data.startswith(b"PK\x03\x04"):
        problems.refuse(1, "is a spreadsheet's own file", _AS_UTF8)
    if (place := data.find(b"\0")) >= 0:
        problems.refuse(_line_of(data, place), "a NUL byte stands here", _AS_UTF8)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.start + 3 * data.startswith(b"\xef\xbb\xbf")
        problems.refuse(_line_of(data, start), f"byte 0x{data[start]:02x} is not UTF-8", _AS_UTF8)


def _line_of(data: bytes, place: int) -> int:
    return len((data[:place] + b"x").splitlines())


def _read_table(text: str, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """First line and cells of every row in which a cell holds something; the first such row is the header."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    named = first.lower().startswith("sep=") and len(first.strip()) == 5  # how some spreadsheets tell the separator
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=first[4] if named else _find_separator(first), strict=True)
    line = 1
    try:
        for cells in reader:
            texts = [cell.strip() for cell in cells]
            if any(texts) and not named:
                yield line, texts
            named = named and not any(texts)
            line = reader.line_num + 1
    except csv.Error as error:
        problems.refuse(line, f"not valid CSV from here: {error}", "look for a quotation mark that is not closed or not doubled")


def _find_separator(head: str) -> str:
    def fits(separator: str) -> tuple[bool, int]:
        names = [name.strip(' "').casefold() for name in head.split(separator)]
        return "group" in names, len(names)

    return max(",;\t", key=fits)


def _read_header(line: int, names: list[str], problems: Problems) -> list[str]:
    columns = [name.casefold() if name.casefold() in ("group", "lesson") else name for name in names]
    if "group" not in columns:
        problems.refuse(line, f"there is no column 'group' among {', '.join(filter(None, columns))}", "name the first column group")
    for name in dict.fromkeys(columns):
        if name and columns.count(name) > 1:
            problems.add(line, f"the column {name!r} stands there {columns.count(name)} times", "keep one")
    return columns


def _read_rows(table: Iterator[tuple[int, list[str]]], columns: list[str], problems: Problems) -> Iterator[Row]:
    group, lesson = columns.index("group"), columns.index("lesson") if "lesson" in columns else None
    own = [place for place, name in enumerate(columns) if name not in ("", "group", "lesson")]
    seen: dict[str, tuple[int, str]] = {}
    known: dict[str, str] = {}  # one object for all cells that say the same: in a large class most do
    for line, cells in table:
        if any(cells[len(columns) :]) or len(cells) < len(columns):
            problems.add(line, f"the row has {len(cells)} cells, the header {len(columns)}", "look for a comma too many or too few")
            continue
        if nameless := [cell for cell, name in zip(cells, columns, strict=False) if cell and not name]:
            problems.add(line, f"{nameless[0]!r} stands in a column without a name", "name the column or empty it")
        if not cells[group]:
            problems.add(line, "the group is empty", "give each row a group")
            continue
        row = _name_row(
            line, cells[group], "" if lesson is None else cells[lesson], tuple(known.setdefault(cells[p], cells[p]) for p in own)
        )
        _check_group(row, seen, problems, once=lesson is None)
        yield row


def _name_row(line: int, group: str, lesson: str, texts: tuple[str, ...]) -> Row:
    folder = folder_name(group)
    return Row(line, group, group if folder == group else folder, lesson, texts)


def _check_group(row: Row, seen: dict[str, tuple[int, str]], problems: Problems, *, once: bool) -> None:
    line, group = seen.setdefault(folder_key(row.folder), (row.line, row.group))
    if group != row.group:
        todo = "give the groups names that differ in more than case and signs"
        problems.add(row.line, f"the group {row.group!r} would share the folder {row.folder!r} with {group!r} of line {line}", todo)
    elif once and line != row.line:
        problems.add(row.line, f"the group {row.group!r} is there already, in line {line}", "keep one row a group")
