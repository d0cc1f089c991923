"""Answer files as they come back: read within bounds, however they were damaged, and merged by learner in one fixed way.

Whatever order files come in and however often, the merged lines are the same to the byte. ``course collect`` writes them,
and ``course grade`` marks the last one of each item.
"""

import json
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from helpers.errors import CourseError

from .words import decode

LIMIT = 16_000_000  # bytes: a thousand times what a learner hands in
NOBODY = "learner"  # the code of everybody who has chosen none
TWO_OR_ONE = "files that differ came under this code: two machines of one learner, or two learners?"
UNKNOWN = "unknown-"  # what a code begins with that we make up
_DEEPEST = 20  # folders in folders
_LEFT_BEHIND = ("__MACOSX", "__pycache__", "Thumbs.db", "desktop.ini")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ENCODER = json.JSONEncoder(ensure_ascii=False)
_NO_MOMENT = float("-inf")


@dataclass(frozen=True, slots=True)
class Line:
    """One answer: item, answer, the moment as it was saved and in seconds since 1970, and the line as we would write it."""

    item: str
    answer: Any
    at: str
    seconds: float
    content: bytes


def need_path(path: Path, todo: str) -> None:
    """Raise a CourseError for what is not there, before anything is done with the others."""
    try:
        path.lstat()
    except (OSError, ValueError) as error:
        what = "may not be looked at" if isinstance(error, PermissionError) else "is not there"
        raise CourseError(what, where=str(path), todo=todo) from None


def read_bounded(path: Path) -> bytes:
    """The content of an answers file.

    Raises
    ------
    CourseError
        When it is no regular file, cannot be read, or is larger than :data:`LIMIT`.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe that nobody writes to would wait for ever
            raise CourseError("is no regular file", where=str(path), todo="give the file of a learner's answers")
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except OSError as error:
        raise CourseError(f"cannot be read: {error.strerror}", where=str(path), todo="make it readable for you") from None
    if len(data) > LIMIT:
        raise CourseError(f"is larger than {LIMIT // 1_000_000} MB, which no learner's answers are", where=str(path), todo="leave it out")
    return data


def parse_answers(data: bytes) -> tuple[tuple[Line, ...], list[int]]:
    r"""The answers in a file's content, in their order, and the numbers of the lines that could not be read.

    Examples
    --------
    >>> lines, torn = parse_answers(b'{"item": "00-q1", "answer": "b", "at": "2026-01-31T12:00:00Z"}\n{"item": "00-q')
    >>> lines[0].answer, torn
    ('b', [2])
    """
    found, torn = [], []
    for number, text in enumerate(decode(data).split("\n"), start=1):
        if text.strip("\ufeff\0 \t\r\f\v"):
            try:
                found.append(_parse_line(text))
            except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
                torn.append(number)
    return tuple(found), torn


def merge_lines(files: Iterable[Sequence[Line]]) -> tuple[Line, ...]:
    r"""The lines of one learner's files, each once, in the order in which they were saved.

    A file is appended to, so a line is no older than the one above it, whatever the clock said. Between files the moment
    decides. The same files in any order, any of them twice, or the merged lines among them, give the same.

    Examples
    --------
    >>> old, _ = parse_answers(b'{"item": "a", "answer": 1, "at": "2026-01-01T12:00:00Z"}')
    >>> new, _ = parse_answers(b'{"item": "a", "answer": 2, "at": "2026-01-02T12:00:00Z"}')
    >>> [line.answer for line in merge_lines([new, old, new])]
    [1, 2]
    """
    places: dict[bytes, tuple[float, int]] = {}
    lines: dict[bytes, Line] = {}
    for file in files:
        latest, own = _NO_MOMENT, {}
        for place, line in enumerate(file):
            latest = max(latest, line.seconds)
            own[line.content] = (latest, place)  # of a line that stands twice, the later place: it was the last choice
            lines[line.content] = line
        for content, (moment, place) in own.items():
            before = places.get(content, (_NO_MOMENT, -1))
            places[content] = (max(before[0], moment), max(before[1], place))
    return tuple(lines[content] for content in sorted(lines, key=lambda content: (*places[content], content)))


def count_histories(files: Iterable[Sequence[Line]]) -> int:
    r"""How many of one code's files hold what no other of them does: one if they are copies, old and new, of one learner's file.

    Examples
    --------
    >>> old, new, other = (parse_answers(text)[0] for text in (
    ...     b'{"item": "a", "answer": 1}', b'{"item": "a", "answer": 1}\n{"item": "b", "answer": 2}', b'{"item": "a", "answer": 3}'
    ... ))
    >>> count_histories([old, new]), count_histories([old, new, other])
    (1, 2)
    """
    held = {frozenset(line.content for line in lines) for lines in files}
    return sum(not any(one < other for other in held) for one in held)


def file_content(lines: Iterable[Line]) -> bytes:
    """The lines as an answers file."""
    return b"".join(line.content + b"\n" for line in lines)


def unknown_code(lines: Iterable[Line]) -> str:
    """A made-up code for whoever wrote these lines and left no code: the same lines give the same one.

    Examples
    --------
    >>> unknown_code(parse_answers(b'{"item": "00-q1", "answer": "b"}')[0])
    'unknown-2ff2cac373e7'
    """
    return f"{UNKNOWN}{sha256(file_content(merge_lines([tuple(lines)]))).hexdigest()[:12]}"


def is_passed_over(name: str) -> bool:
    """Whether a file, named with the folders above it, is hidden or what computers leave behind.

    Examples
    --------
    >>> [is_passed_over(name) for name in ("__MACOSX/in/._k7-fox.jsonl", ".DS_Store", "../in/k7-fox.jsonl")]
    [True, True, False]
    """
    parts = [part for part in name.replace("\\", "/").split("/") if part not in (".", "..")]
    return any(part.startswith(".") or part in _LEFT_BEHIND for part in parts)


def walk_files(folder: Path, troubles: list[str], leave: Path | None = None, links: list[str] | None = None) -> Iterator[Path]:
    """Every file in a folder, at any depth, sorted; hidden ones and what computers leave behind are passed over.

    A folder that cannot be read becomes a line in ``troubles``. One that is reached twice, such as by a link, is read once,
    and the one to ``leave`` never. With ``links``, symbolic links are not followed, and become lines there.
    """
    seen = set()
    if leave is not None and leave.is_dir():
        seen.add(_identity(leave))
    yield from _walk(folder, troubles, links, seen, 0)


def tell_lines(numbers: Sequence[int]) -> str:
    """Which lines could not be read, in words.

    Examples
    --------
    >>> tell_lines([3]), tell_lines([1, 2, 3, 4, 5])
    ('line 3 could not be read', 'lines 1, 2, 3, … could not be read (5 in all)')
    """
    few = ", ".join(map(str, numbers[:3]))
    if len(numbers) == 1:
        return f"line {few} could not be read"
    return f"lines {few} could not be read" if len(numbers) <= 3 else f"lines {few}, … could not be read ({len(numbers)} in all)"


def moment_of(at: str) -> datetime | None:
    """The moment that a line names; one without a zone is taken as UTC, and ``None`` is given where there is none.

    Examples
    --------
    >>> moment_of("2026-01-31T12:00:00+01:00").isoformat(), moment_of("yesterday")
    ('2026-01-31T12:00:00+01:00', None)
    """
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _parse_line(text: str) -> Line:
    entry = json.loads(text.strip("\ufeff\0 \t\r\f\v"))
    item, answer, at = entry["item"], entry["answer"], entry.get("at", "")
    if not isinstance(item, str):
        raise TypeError
    at = at if isinstance(at, str) else ""
    # What we write again is what the course wrote and nothing beside it: other keys may say who somebody is.
    content = _ENCODER.encode({"item": item, "answer": answer, "at": at}).encode("utf-8", errors="replace")
    moment = moment_of(at)
    return Line(item, answer, at, (moment - _EPOCH).total_seconds() if moment else _NO_MOMENT, content)


def _walk(folder: Path, troubles: list[str], links: list[str] | None, seen: set[tuple[int, int]], depth: int) -> Iterator[Path]:
    try:
        if depth > _DEEPEST or _identity(folder) in seen:
            return
        seen.add(_identity(folder))
        entries = [(path, path.is_dir()) for path in sorted(folder.iterdir()) if not is_passed_over(path.name)]
    except OSError as error:
        troubles.append(f"{folder}: cannot be read: {error.strerror}")
        return
    for path, deeper in entries:
        if links is not None and path.is_symlink():
            links.append(f"{path}: is a link, not followed; give what it leads to if that is meant")
        elif deeper:
            yield from _walk(path, troubles, links, seen, depth + 1)
        else:
            yield path


def _identity(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino
