"""A learner's answers: one file beside the notebooks, one line an answer, appended and flushed.

``answers/<learner-code>.jsonl`` holds lines such as ``{"item": "00-q1", "answer": "b", "at": "2026-01-31T12:00:00+00:00"}``.
A power cut loses one line at most. Items that were renamed since are found by ``questions/migrations.toml``.
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from .errors import CourseError, ParameterError
from .files import data_of, read_toml, write_atomic
from .paths import answers_folder, seeds_folder
from .questions import CHOICES, Item, fields_of, problems

LEARNER_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{1,23}")
_FIRST_CODE = "learner"


@dataclass(frozen=True)
class Answer:
    """One line of an answers file: the item, what was answered, and when (ISO text, empty if unknown)."""

    item: str
    answer: Any
    at: str = ""


def learner_code() -> str:
    """The code that answers are saved under: chosen by the learner, ``learner`` until then."""
    code = _read_bytes(answers_folder() / "code.txt").decode("utf-8", errors="replace").strip()
    return code if LEARNER_CODE.fullmatch(code) else _FIRST_CODE


def choose_learner_code(code: str) -> str:
    """Save answers under this code from now on; earlier answers move along. No names, no e-mail addresses.

    Raises
    ------
    ParameterError
        When the code is not 2 to 24 letters, digits and hyphens.
    CourseError
        When answers under that code exist already and would be mixed with others.
    """
    if not LEARNER_CODE.fullmatch(code):
        raise ParameterError(f"{code!r} is not a code", where="code", todo="use 2 to 24 letters, digits or hyphens, not your name")
    folder, former = answers_folder(), learner_code()
    old, new = folder / f"{former}.jsonl", folder / f"{code}.jsonl"
    moves = old != new and old.is_file()
    if moves and new.exists():
        raise CourseError(f"answers under {code} exist already", where=str(new), todo="choose another code")
    write_atomic(folder / "code.txt", code + "\n")
    try:
        if moves:
            old.rename(new)
    except OSError as error:
        write_atomic(folder / "code.txt", former + "\n")
        raise CourseError(f"the answers could not be moved: {error.strerror}", where=str(old), todo="your code stays as it was") from None
    return code


def save_answer(item: Item, answer: Any) -> None:
    """Append the answer to the learner's file and flush it to the disk.

    A choice must be an option and a forecast a probability; codes and memos are saved unfinished, too.

    Raises
    ------
    ParameterError
        When the answer is none to this item.
    CourseError
        When the file cannot be written (read-only folder, full disk).
    """
    _check_answer(item, answer)
    path = answers_folder() / f"{learner_code()}.jsonl"
    line = json.dumps({"item": item.id, "answer": answer, "at": datetime.now(UTC).isoformat(timespec="seconds")}, ensure_ascii=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+") as file:
            file.write((b"\n" if _is_torn(file) else b"") + line.encode("utf-8", errors="replace") + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise CourseError(
            f"the answer could not be saved: {error.strerror}", where=str(path), todo="free some space, then click again"
        ) from None


def save_fields(item: Item, changes: Mapping[str, str]) -> dict[str, str]:
    """Save codes over those that are saved, and give all codes of the item as they now stand.

    So nothing is undone that was coded in another view of the item, such as a second tab or a copy of the cell.

    Raises
    ------
    CourseError
        When the file cannot be read or written.
    """
    answer = codes_of(item, read_answers()[0].get(item.id)) | dict(changes)
    save_answer(item, answer)
    return answer


def codes_of(item: Item, answer: Any) -> dict[str, str]:
    """The part of a saved answer that answers this item: a code by the name of each field that has one of its choices."""
    given = answer if isinstance(answer, dict) else {}
    return {field.name: given[field.name] for field in fields_of(item) if given.get(field.name) in field.choices}


def read_answers() -> tuple[dict[str, Any], list[int]]:
    """The learner's last answer to each item, and the numbers of lines that could not be read (torn by a crash)."""
    found, torn = read_answer_file(answers_folder() / f"{learner_code()}.jsonl")
    return {answer.item: answer.answer for answer in found}, torn


def read_answer_file(path: Path) -> tuple[tuple[Answer, ...], list[int]]:
    """The answers of a file in their order, and the numbers of lines that could not be read.

    An item that was renamed since is given under its present id. A file that is not there has no answers.
    """
    renamed, answers, torn = load_migrations(), [], []
    for number, line in enumerate(_read_bytes(path).decode("utf-8", errors="replace").split("\n"), start=1):
        try:
            entry = json.loads(line)
            id = str(entry["item"])
            answers.append(Answer(renamed.get(id, id), entry["answer"], str(entry.get("at", ""))))
        except (ValueError, RecursionError, AttributeError, KeyError, TypeError):
            torn += [number] if line.strip() else []
    return tuple(answers), torn


def load_migrations() -> dict[str, str]:
    """The present id of every item that was renamed, by each id that it had; empty where a case has renamed none.

    Raises
    ------
    SeedError
        When the table of migrations is malformed.
    """
    path = seeds_folder() / "questions" / "migrations.toml"
    if not path.is_file():
        return {}
    with data_of(path):
        steps = {str(row["from"]): str(row["to"]) for row in read_toml(path).get("renamed", [])}
    return {first: _follow(steps, first) for first in steps}


def _check_answer(item: Item, answer: Any) -> None:
    if item.mode in CHOICES:
        item.option(answer)
    elif item.mode == "forecast":
        if found := problems(item, answer):
            raise ParameterError(found[0], where=item.id, todo="give a number from 0 to 1")
    elif not isinstance(answer, dict) or not answer:
        raise ParameterError(f"{answer!r} is no answer", where=item.id, todo="code or write something first")


def _follow(steps: dict[str, str], name: str) -> str:
    seen: set[str] = set()
    while name in steps and name not in seen:  # a name may have changed more than once
        seen.add(name)
        name = steps[name]
    return name


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return b""
    except OSError as error:
        raise CourseError(f"cannot be read: {error.strerror}", where=str(path), todo="make it readable for you") from None


def _is_torn(file: BinaryIO) -> bool:
    # A last line without its end (power cut) must not swallow the next answer.
    if file.seek(0, os.SEEK_END) == 0:
        return False
    file.seek(-1, os.SEEK_END)
    return file.read(1) != b"\n"
