"""The gradebook's files: written whole, over former ones of ours only, the same for the same answers."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from helpers.errors import CourseError
from helpers.files import write_atomic

from .gradebook import COUNTS, FIXED, ITEMS, Grade, tabulate_items, tabulate_learners
from .rubric_marks import is_rubric_column
from .spreadsheets import read_header, write_csv

_COUNT = re.compile(rf"\d\d(-o\d+)? ({'|'.join(COUNTS)})")


def check_targets(out: Path, items: Path | None, marks_given: bool = True) -> None:
    """Refuse to write over what is not a former table of ours, before anything is read.

    Raises
    ------
    CourseError
        When one of the files is there and somebody else's, has a column that somebody added, or marks of a rubric that nobody
        gives now; or when both are one file.
    """
    if items is not None and items.absolute() == out.absolute():
        raise CourseError("is the file of --out, too", where=f"--items {items}", todo="choose another name")
    for path, ours in ((out, FIXED), (items, ITEMS)):
        if path is not None and (path.exists() or path.is_symlink()):
            header = read_header(path) if path.is_file() else []
            if header[: len(ours)] != ours:
                raise CourseError("is there already and no such table of ours", where=str(path), todo="choose another name")
            if added := [name for name in header[len(ours) :] if not (ours is FIXED and _is_ours(name))]:
                raise CourseError(f"has a column {added[0]!r} that is not ours", where=str(path), todo="choose another name")
            if ours is FIXED and not marks_given and any(map(is_rubric_column, header)):
                raise CourseError("has marks of a rubric", where=str(path), todo="give --rubric-marks again, or choose another name")


def write_grades(
    grades: Sequence[Grade], marks: Mapping[str, Mapping[str, str]], out: Path, items: Path | None, mark_utf8: bool = False
) -> list[str]:
    """Write the gradebook with the marks of a rubric, and the long table if wanted; the names of the files.

    Raises
    ------
    CourseError
        When a file cannot be written; what stood there before still stands.
    """
    tables = [(out, tabulate_learners(grades, marks))] + ([(items, tabulate_items(grades))] if items is not None else [])
    for path, table in tables:
        write_atomic(path, write_csv(table, mark_utf8))
    return [str(path) for path, _ in tables]


def _is_ours(name: str) -> bool:
    return bool(_COUNT.fullmatch(name)) or is_rubric_column(name)
