"""What a teacher typed into a marking sheet, ready to stand in the gradebook beside what was marked by program.

The sheet is that of ``course sheet ANSWERS --out sheet.csv``: a row a learner, memo and criterion of its rubric.
"""

from collections.abc import Collection, Iterator
from pathlib import Path

from helpers.errors import CourseError
from helpers.questions import load_items
from helpers.rubrics import ABOVE, BELOW, load_rubric

from .spreadsheets import read_csv

MARK, COMMENT = "mark", "comment"
_KEYS = ("learner", "item", "criterion")
_TYPED = (MARK, BELOW, ABOVE, COMMENT)
_TICKS = {"x", "1", "y", "yes", "true", "ok", "✓", "✔", "☒", "☑", "•", "*"}


def read_rubric_marks(path: Path, learners: Collection[str]) -> dict[str, dict[str, str]]:
    """The marks by learner, then by column: ``item criterion``, and ``item criterion, comment`` where there are comments.

    A mark is what stands in the column ``mark``; where that is empty, the side of the rubric that was ticked or written
    into: ``not yet``, ``beyond: what was written``. Rows that nothing was typed into are passed over.

    Raises
    ------
    CourseError
        When the file is no marking sheet, or a row names a learner, an item or a criterion that is not there, or one that
        another row has named; nothing is taken then.
    """
    header, rows = read_csv(path)
    missing = [name for name in _KEYS if name not in header]
    if missing or not any(name in header for name in _TYPED):
        todo = "give a sheet of 'course sheet ANSWERS --out sheet.csv'"
        raise CourseError(f"has no column {(missing or [MARK])[0]!r}", where=f"{path}:1", todo=todo)
    if odd := [name for name in header if name and header.count(name) > 1]:
        raise CourseError(f"has two columns {odd[0]!r}", where=f"{path}:1", todo="remove one")
    labels, seen, wrong = _labels(), {}, []
    marks: dict[str, dict[str, str]] = {}
    for line, row in rows:
        typed = {name: row.get(name, "").strip() for name in _TYPED}
        if any(typed.values()):
            learner, item, criterion = (row[name].strip() for name in _KEYS)
            label = labels.get((item, criterion.casefold()), "")
            problems = list(_problems(learner, item, criterion, learners, labels))
            first = seen.setdefault((learner, item, label), line)
            problems += [f"the same learner, item and criterion as in line {first}"] if first != line and label else []
            wrong += [(line, problem) for problem in problems[:1]]
            marks.setdefault(learner, {}).update(_columns(f"{item} {label}", typed))
    if wrong:
        more = f" (also lines {', '.join(str(line) for line, _ in wrong[1:9])}{', …' * (len(wrong) > 9)})" if wrong[1:] else ""
        raise CourseError(f"{wrong[0][1]}{more}", where=f"{path}:{wrong[0][0]}", todo="mend the sheet; nothing was graded")
    return marks


def is_rubric_column(name: str) -> bool:
    """Whether a column of a gradebook is one that marks of a rubric make.

    Examples
    --------
    >>> is_rubric_column("my own remarks")
    False
    """
    return name.removesuffix(f", {COMMENT}") in {f"{item} {label}" for (item, _), label in _labels().items()}


def _labels() -> dict[tuple[str, str], str]:
    """The label of each criterion by item and by what a row may call it: its label or its id, in any case."""
    found = {}
    for item in load_items():
        if item.mode == "memo" and item.rubric:
            for one in load_rubric(item.rubric).criteria:
                found |= {(item.id, name.strip().casefold()): one.label for name in (one.id, one.label)}
    return found


def _problems(learner: str, item: str, criterion: str, learners: Collection[str], labels: Collection[tuple[str, str]]) -> Iterator[str]:
    if learner not in learners:
        yield f"no answers of a learner {learner!r} are here"
    if item not in {id for id, _ in labels}:
        yield f"{item!r} is no memo with a rubric"
    elif (item, criterion.casefold()) not in labels:
        yield f"{criterion!r} is no criterion of {item}"


def _columns(name: str, typed: dict[str, str]) -> dict[str, str]:
    sides = [side if typed[side].casefold() in _TICKS else f"{side}: {typed[side]}" for side in (BELOW, ABOVE) if typed[side]]
    mark = typed[MARK] or "; ".join(sides)
    return ({name: mark} if mark else {}) | ({f"{name}, {COMMENT}": typed[COMMENT]} if typed[COMMENT] else {})
