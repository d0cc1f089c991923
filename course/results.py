"""What runs came to, as data: one line a run in ``results.jsonl``, appended when the run ends, so that a crash loses none."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from helpers.errors import CourseError

RESULTS = "results.jsonl"


@dataclass(frozen=True)
class RunResult:
    """How one run ended.

    ``state`` is ``done`` or ``failed``; ``group`` is called as the roster calls it, ``folder`` is its safe name; ``notebook``
    is the output's path inside the run's folder; ``cell`` counts the lesson's cells from 1, 0 if unknown; ``seconds`` are
    wall time; ``key`` says what went in (notebook, parameters, answers, code, data), ``size`` is the output's in bytes.
    """

    lesson: str
    title: str
    group: str
    state: str
    seconds: float
    notebook: str
    folder: str = "class"
    cell: int = 0
    error: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""
    size: int = 0

    def __str__(self) -> str:
        who = f"{self.folder}/{self.lesson}"
        if self.state == "done":
            return f"{who}  done  {self.seconds:.1f} s"
        return f"{who}  failed  cell {self.cell or '?'}: {self.error}"


_NAMES = {one.name for one in fields(RunResult)}


def append_result(folder: Path, result: RunResult) -> None:
    """Add a result to the folder's log and flush it to the disk.

    Raises
    ------
    CourseError
        When the disk is full or the folder cannot be written.
    """
    path = folder / RESULTS
    try:
        with path.open("ab+") as file:
            if file.tell() and (file.seek(-1, os.SEEK_END), file.read(1))[1] != b"\n":  # a crash cut the line before
                file.seek(0)
                file.truncate(file.read().rfind(b"\n") + 1)
            file.write(json.dumps(asdict(result), ensure_ascii=False).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise CourseError(f"cannot be written: {error.strerror}", where=str(path), todo="free some space, then use --resume") from None


def find_results(folder: Path) -> list[RunResult]:
    """The last result of every run of a folder, by group and lesson, none before the first ended; a torn line is left out."""
    results = {(result.folder, result.lesson): result for result in _read_lines(folder)}
    return [results[name] for name in sorted(results)]


def read_results(folder: Path) -> list[RunResult]:
    """The same of a folder that must have some.

    Raises
    ------
    CourseError
        When the folder is not one that a run wrote.
    """
    if results := find_results(folder):
        return results
    raise CourseError("is not the folder of a run", where=str(folder), todo="give one that 'course run' wrote")


def _read_lines(folder: Path) -> Iterator[RunResult]:
    try:
        text = (folder / RESULTS).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    for line in text.split("\n"):
        try:
            entry = json.loads(line)
            yield RunResult(**{name: value for name, value in entry.items() if name in _NAMES})
        except (ValueError, TypeError, AttributeError):
            continue
