"""The gradebook: what a class answered, marked where there is a right answer, and counted as done or not where there is none.

Only items that state a fact or a reported claim are marked, exam items only where their key is in this copy of the course.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from helpers.answers import LEARNER_CODE, load_migrations
from helpers.class_answers import SYNTHETIC, SYNTHETIC_FOLDER, fit_answer
from helpers.errors import CourseError
from helpers.items import MARKED, Item
from helpers.paths import seeds_folder
from helpers.questions import fields_of, load_items, problems

from .handed_in import (
    NOBODY,
    TWO_OR_ONE,
    UNKNOWN,
    Line,
    count_histories,
    file_content,
    merge_lines,
    moment_of,
    need_path,
    parse_answers,
    read_bounded,
    tell_lines,
    unknown_code,
    walk_files,
)
from .learner_codes import is_personal, recover_code
from .results import RESULTS

RIGHT, WRONG, DONE, OPEN = "right", "wrong", "done", "not done"
FIXED = ["learner", "answered", RIGHT, "marked", DONE, "unmarked", "misconceptions"]
ITEMS = ["learner", "item", "lesson", "objective", "mode", "status", "state", "answer", "misconception", "at"]
COUNTS = (RIGHT, "marked", DONE, "unmarked")
_TODO = f"give answer files, folders of them, or {SYNTHETIC!r}"


@dataclass(frozen=True, slots=True)
class Grade:
    """One learner's last answer to one item: right, wrong, done or not done; ``None`` for ``answer`` when nothing was answered."""

    learner: str
    item: Item
    state: str
    answer: Any = None
    misconception: str = ""
    at: str = ""


@dataclass(frozen=True)
class HandedIn:
    """The lines of every learner, in one order whatever the files' order; what could not be read, and what is to be told."""

    lines: Mapping[str, tuple[Line, ...]]
    troubles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_class(given: Sequence[str]) -> HandedIn:
    """The answers in files, in folders (also those of a run) and of the ``"synthetic"`` class, merged by learner.

    A file that cannot be used is told and left out; it never stops the class.

    Raises
    ------
    CourseError
        When something given is not there.
    """
    troubles, files, aside = [], {}, 0
    for path in map(_path_of, given):
        for file in walk_files(path, troubles) if path.is_dir() else [path]:
            if file == path or (".jsonl" in file.name.lower() and not _is_log(file)):
                files[file.absolute()] = file
            else:
                aside += file.suffix.lower() in (".zip", ".txt", ".json") and file.name != "code.txt"
    found: dict[str, dict[bytes, tuple[Line, ...]]] = {}
    spelled: dict[str, str] = {}
    for file in sorted(files.values()):
        code = file.stem if file.suffix == ".jsonl" and LEARNER_CODE.fullmatch(file.stem) else recover_code(file.name)
        if not code:
            troubles.append(f"{file}: the name tells no learner code; 'course collect' gives it one")
        elif lines := _read_file(file, troubles):
            spelled[code.casefold()] = min(code, spelled.get(code.casefold(), code))  # K7-FOX is k7-fox on many computers
            found.setdefault(code.casefold(), {})[file_content(merge_lines([lines]))] = lines
    learners = {own: lines for key in found for own, lines in _tell_apart(spelled[key], found[key], troubles).items()}
    notes = [f"{code!r} reads like a person's name; 'course collect' puts a code in its place" for code in learners if is_personal(code)]
    histories = {spelled[key]: count_histories(files.values()) for key, files in found.items() if key != NOBODY}
    notes += [f"{code}: {number} {TWO_OR_ONE}" for code, number in histories.items() if number > 1]
    notes += [f"{aside} other files lie there; 'course collect' takes renamed and zipped answers back"] if aside else []
    return HandedIn({code: learners[code] for code in sorted(learners)}, tuple(dict.fromkeys(troubles)), tuple(notes))


def grade_class(class_: HandedIn) -> tuple[list[Grade], tuple[str, ...]]:
    """The grade of every learner for every item, and what is to be told of the answers.

    An exam item, which no lesson asks, is among the items only if somebody answered it.

    Examples
    --------
    >>> grades, notes = grade_class(read_class(["synthetic"]))
    >>> len({grade.learner for grade in grades}), notes
    (24, ())
    """
    renamed, remarks = load_migrations(), Counter()
    last = {code: {renamed.get(line.item, line.item): line for line in lines} for code, lines in class_.lines.items()}
    answered = {id for own in last.values() for id in own}
    # A coding's fields are looked up once, not for every learner.
    everything = {item.id: replace(item, fields=fields_of(item)) for item in load_items()}
    items = [item for item in everything.values() if item.mode != "exam" or item.id in answered]
    choices = {item.id: {field.name: field.choices for field in item.fields} for item in items}
    grades = []
    for code, own in last.items():
        remarks.update(f"{id[:40]!r} is no item of this course" for id in own.keys() - everything.keys())
        for item in items:
            line = own.get(item.id)
            fitting = None if line is None else fit_answer(item, line.answer, choices[item.id])
            remarks.update([f"{item.id}: the answer does not fit the item"] if line and fitting is None else ())
            grades.append(_grade(code, item, fitting, line))
    unkeyed = [item.id for item in items if item.mode == "exam" and not is_marked(item)]
    notes = [f"no key here for {', '.join(unkeyed)}: counted as done, not marked"] if unkeyed else []
    return grades, tuple(notes + [f"{remark}: {count} answers left out" for remark, count in sorted(remarks.items())])


def is_marked(item: Item) -> bool:
    """Whether the item has a right answer, and its key is here."""
    return item.mode in ("check", "exam") and item.status in MARKED and any(option.correct for option in item.options)


def _as_number(mark: str) -> float | str:
    """A mark below nought as a number, which a spreadsheet may sum; any other as it was typed.

    Examples
    --------
    >>> [_as_number(mark) for mark in ("-1", "-0,5", "+2", "1.5", "-1+1", "good")]
    [-1.0, -0.5, 2.0, '1.5', '-1+1', 'good']
    """
    return float(mark.replace(",", ".")) if re.fullmatch(r"[+-]\d+([.,]\d+)?", mark) else mark


def tabulate_learners(grades: Sequence[Grade], rubric: Mapping[str, Mapping[str, str]]) -> list[list[Any]]:
    """The gradebook: a header, then one row a learner.

    Columns: the learner, how many items were answered, right of those marked, done of those that are not, the misconceptions
    behind wrong answers; those of ``rubric`` (by learner, then column); the same counts for each lesson and each objective.
    """
    columns = _count_columns(grades)
    criteria = sorted({column for marks in rubric.values() for column in marks})
    rows: list[list[Any]] = [[*FIXED, *criteria, *(f"{group} {name}" for group, name in columns)]]
    own: dict[str, list[Grade]] = {}
    for grade in grades:
        own.setdefault(grade.learner, []).append(grade)
    for learner, mine in own.items():
        counts = Counter((group, name) for grade in mine for group in _groups(grade.item) for name in _names(grade))
        answered = sum(grade.answer is not None for grade in mine)
        marks = [_as_number(rubric.get(learner, {}).get(column, "")) for column in criteria]
        totals = [counts["", name] for name in COUNTS]
        rows.append([learner, answered, *totals, _list_misconceptions(mine), *marks, *(counts[column] for column in columns)])
    return rows


def tabulate_items(grades: Iterable[Grade]) -> list[list[Any]]:
    """The long table: a header, then one row a learner and item; of a memo only how long it is and how much it cites."""
    rows = []
    for grade in grades:
        item = grade.item
        row = [grade.learner, item.id, item.lesson, item.objective, item.mode, item.status, grade.state]
        rows.append([*row, _tell_answer(grade), grade.misconception, grade.at])
    return [ITEMS, *rows]


def _path_of(given: str) -> Path:
    path = seeds_folder() / SYNTHETIC_FOLDER if given == SYNTHETIC else Path(given)
    if given == SYNTHETIC and not path.is_dir():
        raise CourseError("this case has no synthetic class", where=given, todo="give a folder of answer files")
    need_path(path, _TODO)
    return path


def _is_log(file: Path) -> bool:
    """Whether a file is a run's log, which lies beside its groups' answers; somebody's code may be called so."""
    return file.name == RESULTS and not _read_file(file, [])


def _read_file(file: Path, troubles: list[str]) -> tuple[Line, ...]:
    try:
        lines, torn = parse_answers(read_bounded(file))
    except CourseError as error:
        troubles.append(str(error))
        return ()
    if not lines:
        troubles.append(f"{file}: holds no answer that can be read")
    elif torn:
        troubles.append(f"{file}: {tell_lines(torn)}")
    return lines


def _tell_apart(code: str, files: Mapping[bytes, tuple[Line, ...]], troubles: list[str]) -> dict[str, tuple[Line, ...]]:
    """The lines by learner of all files under one code: one learner, unless it is the code of whoever chose none."""
    if code.casefold() != NOBODY or len(files) == 1:
        return {code: merge_lines(files.values())}
    troubles.append(
        f"{len(files)} files that differ came as {NOBODY}.jsonl, everybody’s code until they choose one: kept apart as {UNKNOWN}…"
    )
    return {unknown_code(lines): merge_lines([lines]) for lines in files.values()}


def _grade(learner: str, item: Item, fitting: Any, line: Line | None) -> Grade:
    if line is None or fitting is None:
        return Grade(learner, item, OPEN)
    moment = moment_of(line.at)
    at = moment.isoformat(timespec="seconds") if moment else ""
    if not is_marked(item):
        # An exam item without its key has no right option; whichever was chosen, it was done.
        return Grade(learner, item, DONE if not problems(item, fitting) else OPEN, fitting, "", at)
    option = item.option(fitting)
    return Grade(
        learner, item, RIGHT if option.correct else WRONG, fitting, "" if option.correct else option.misconception or option.text, at
    )


def _groups(item: Item) -> tuple[str, str, str]:
    return "", item.lesson, item.objective


def _names(grade: Grade) -> tuple[str, ...]:
    total = "marked" if is_marked(grade.item) else "unmarked"
    return (total, grade.state) if grade.state in (RIGHT, DONE) else (total,)


def _count_columns(grades: Iterable[Grade]) -> list[tuple[str, str]]:
    """The lessons, then the objectives, each with the counts that its items allow."""
    items = {grade.item.id: grade.item for grade in grades}.values()
    there = {(group, is_marked(item)) for item in items for group in _groups(item)}
    groups = dict.fromkeys([*sorted({item.lesson for item in items}), *sorted({item.objective for item in items})])
    return [(group, name) for group in groups for number, name in enumerate(COUNTS) if (group, number < 2) in there]


def _list_misconceptions(grades: Iterable[Grade]) -> str:
    counts = Counter(grade.misconception.replace(";", ",") for grade in grades if grade.misconception)
    return "; ".join(f"{name} ({count})" for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _tell_answer(grade: Grade) -> Any:
    answer = grade.answer
    if grade.item.mode == "memo" and answer is not None:
        return f"{len(answer['text'].split())} words, {len(set(answer['evidence']))} cited"
    if grade.item.mode == "mark" and answer is not None:
        return f"{len(answer['marks'])} marks, {'finished' if answer['finished'] else 'not finished'}"
    if isinstance(answer, dict):
        return ", ".join(f"{name}: {code}" for name, code in sorted(answer.items()))
    return "" if answer is None else answer
