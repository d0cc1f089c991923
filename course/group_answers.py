"""A group's answers, laid where its notebooks look for them, so that its packet shows them."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from helpers.answers import LEARNER_CODE
from helpers.errors import CourseError
from helpers.files import write_atomic


def find_answer_files(answers: Path) -> dict[str, Path]:
    """The answer files of a folder, or one folder down, by learner code in small letters.

    Raises
    ------
    CourseError
        When it is no folder, holds none, or two files of one code, or the environment names another folder for all.
    """
    if os.environ.get("ALLIANCE_ANSWERS"):  # the lessons would read that folder, whatever is laid beside them
        raise CourseError("ALLIANCE_ANSWERS is set, one folder for all groups", where="--answers", todo="unset the variable")
    if not answers.is_dir():
        raise CourseError("is no folder", where=str(answers), todo="give one that 'course collect' wrote")
    found: dict[str, Path] = {}
    for path in sorted([*answers.glob("*.jsonl"), *answers.glob("*/*.jsonl")]):
        code = path.stem.casefold()
        if code in found:
            raise CourseError(f"{found[code].name} is there twice", where=str(answers), todo="merge them with 'course collect'")
        if LEARNER_CODE.fullmatch(path.stem):
            found[code] = path
    if not found:
        raise CourseError("no answer file is in it", where=str(answers), todo="each has a name such as k7-fox.jsonl")
    return found


def place_answers(groups: Iterable[tuple[str, str]], files: Mapping[str, Path], folder: Path) -> list[str]:
    """Copy each group's file of answers into its folder of a run, and give the names of the groups that have none.

    Parameters
    ----------
    groups : iterable of (str, str)
        A group's name and its folder; the file is the one called after either.
    files : mapping of str to pathlib.Path
        The files as :func:`find_answer_files` found them.
    folder : pathlib.Path
        The run's folder.
    """
    without = []
    for name, safe in groups:
        path = files.get(safe.casefold()) or files.get(name.casefold())
        own = folder / safe / "answers"
        for former in (*own.glob("*.jsonl"), own / "code.txt"):  # of an earlier start; the file may be another group's by now
            former.unlink(missing_ok=True)
        if path is None:
            without.append(name)
            continue
        _copy(path, own / path.name)
        write_atomic(own / "code.txt", path.stem + "\n")
    return without


def _copy(path: Path, target: Path) -> None:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CourseError(f"cannot be read: {error.strerror}", where=str(path)) from None
    write_atomic(target, content)
