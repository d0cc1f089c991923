"""Exercise items, the feedback to every option, and the learner's saved answers.

Items are data (``questions/<lesson>.toml``). Answers live beside the notebooks, one line an answer, in
``answers/<learner-code>.jsonl``: appended and flushed, so that a power cut loses one line at most.
"""

import json
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any, BinaryIO

from .errors import CourseError, ParameterError, SeedError
from .files import read_toml, write_atomic
from .parameters import check_choice
from .paths import answers_folder, seeds_folder

MARKED = ("fact", "reported claim")  # the only statuses with a right answer
MODES = ("check", "poll")
STATUSES = (*MARKED, "interpretation", "forecast")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{1,23}")
_FIRST_CODE = "learner"


@dataclass(frozen=True)
class Option:
    """One option of an item; a wrong one names the misconception behind it."""

    key: str
    text: str
    feedback: str
    correct: bool = False
    misconception: str = ""


@dataclass(frozen=True)
class Item:
    """A single-choice exercise: marked (mode ``check``) or an opinion to state (mode ``poll``)."""

    id: str
    lesson: str
    objective: str
    mode: str
    status: str
    prompt: str
    minutes: int
    evidence: tuple[str, ...]
    options: tuple[Option, ...]

    def option(self, key: str) -> Option:
        """The option with this key."""
        return {option.key: option for option in self.options}[check_choice(self.id, key, [o.key for o in self.options])]


def load_items(lesson: str | None = None) -> tuple[Item, ...]:
    """The items of a lesson (its two-digit number) or of the course, in the order of the files.

    Raises
    ------
    SeedError
        When an item is malformed; the message names file and item.

    Examples
    --------
    >>> [item.id for item in load_items("00")][:1]
    ['00-q1']
    """
    items: dict[str, Item] = {}
    for path in sorted((seeds_folder() / "questions").glob("*.toml")):
        for number, entry in enumerate(read_toml(path).get("items", []), start=1):
            where = f"{path}, item {entry.get('id', number)}"
            item = _read_item(entry, where)
            if item.id in items:
                raise SeedError("the id stands twice", where=where)
            items[item.id] = item
    return tuple(item for item in items.values() if lesson in (None, item.lesson))


def load_item(id: str) -> Item:
    """One item by its id."""
    items = {item.id: item for item in load_items()}
    return items[check_choice("item", id, items)]


def learner_code() -> str:
    """The code that answers are saved under: chosen by the learner, ``learner`` until then."""
    code = _read_bytes(answers_folder() / "code.txt").decode("utf-8", errors="replace").strip()
    return code if _CODE.fullmatch(code) else _FIRST_CODE


def choose_learner_code(code: str) -> str:
    """Save answers under this code from now on; earlier answers move along. No names, no e-mail addresses.

    Raises
    ------
    ParameterError
        When the code is not 2 to 24 letters, digits and hyphens.
    CourseError
        When answers under that code exist already and would be mixed with others.
    """
    if not _CODE.fullmatch(code):
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


def save_answer(item: Item, key: str) -> None:
    """Append the answer to the learner's file and flush it to the disk.

    Raises
    ------
    CourseError
        When the file cannot be written (read-only folder, full disk).
    """
    item.option(key)
    path = answers_folder() / f"{learner_code()}.jsonl"
    line = json.dumps({"item": item.id, "answer": key, "at": datetime.now(UTC).isoformat(timespec="seconds")})
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+") as file:
            file.write((b"\n" if _is_torn(file) else b"") + line.encode("utf-8") + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise CourseError(
            f"the answer could not be saved: {error.strerror}", where=str(path), todo="free some space, then click again"
        ) from None


def read_answers() -> tuple[dict[str, str], list[int]]:
    """The learner's last answer to each item, and the numbers of lines that could not be read (torn by a crash)."""
    path = answers_folder() / f"{learner_code()}.jsonl"
    answers, torn = {}, []
    for number, line in enumerate(_read_bytes(path).decode("utf-8", errors="replace").split("\n"), start=1):
        try:
            entry = json.loads(line)
            answers[str(entry["item"])] = str(entry["answer"])
        except (json.JSONDecodeError, KeyError, TypeError):
            torn += [number] if line.strip() else []
    return answers, torn


def item_text(item: Item, answer: str | None) -> str:
    """The item as plain text: prompt, options, and what the learner answered."""
    options = [f"  ({option.key}) {option.text}" for option in item.options]
    return "\n".join([f"{item.id} [{describe(item)}] {item.prompt}", *options, _answered(item, answer)])


def item_html(item: Item, answer: str | None) -> str:
    """The item as HTML that needs no kernel: every option's feedback opens on request."""
    options = "".join(
        f"<li>({escape(option.key)}) {escape(option.text)}<details><summary>feedback</summary>{escape(feedback(option))}</details></li>"
        for option in item.options
    )
    head = f"<p><strong>{escape(item.id)}</strong> ({escape(describe(item))}) {escape(item.prompt)}</p>"
    return f'<section class="item">{head}<ul style="list-style:none">{options}</ul><p>{escape(_answered(item, answer))}</p></section>'


def describe(item: Item) -> str:
    """Status, kind and minutes of an item in words."""
    kind = "marked" if item.status in MARKED else "a poll, not marked"
    return f"{item.status}, {kind}, {item.minutes} min"


def feedback(option: Option) -> str:
    """What the learner reads after choosing the option."""
    verdict = "Right. " if option.correct else ""
    return f"{verdict}{option.feedback}" + (f" (Misconception: {option.misconception}.)" if option.misconception else "")


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


def _answered(item: Item, answer: str | None) -> str:
    known = {option.key: option for option in item.options}
    if answer not in known:
        return "Your answer: none yet."
    return f"Your answer: ({answer}) {known[answer].text} {feedback(known[answer])}"


def _read_item(entry: dict[str, Any], where: str) -> Item:
    try:
        options = tuple(Option(**option) for option in entry["options"])
        item = Item(**(entry | {"evidence": tuple(entry.get("evidence", [])), "options": options}))
    except (KeyError, TypeError) as error:
        raise SeedError(f"malformed item: {error}", where=where) from None
    keys = [option.key for option in options if option.correct]
    if item.status not in STATUSES or item.mode not in MODES:
        todo = f"use a status of {', '.join(STATUSES)} and a mode of {', '.join(MODES)}"
        raise SeedError(f"status {item.status!r} or mode {item.mode!r} is unknown", where=where, todo=todo)
    if (item.status in MARKED) != (item.mode == "check") or len(keys) != (item.mode == "check"):
        raise SeedError(
            f"{len(keys)} correct options for mode {item.mode} and status {item.status}",
            where=where,
            todo="a check of a fact or reported claim has exactly one, a poll has none",
        )
    if len({option.key for option in options}) < len(options):
        raise SeedError("two options have the same key", where=where)
    if blank := [option.key for option in options if not option.feedback]:
        raise SeedError(f"option {blank[0]} has no feedback", where=where)
    return item
