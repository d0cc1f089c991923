"""Teachers' pages: a note for every lesson, plans of classes and syllabi, and whether their minutes add up.

A note is ``notes/NN.md``, a plan ``plans/NAME.md``. In a plan every ``## … (45 minutes)`` has a table
``| minutes | where | lesson | what |``: its ``class`` rows add up to the heading, and over the plan the rows of a lesson,
in class and at ``home``, add up to the lesson. Words in *italics* are headings of the row's lesson. A plan called by a
number holds classes of that length only.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import CourseError
from helpers.files import read_text
from helpers.paths import seeds_folder
from helpers.questions import load_items

from .findings import Finding, Findings, prose_cells
from .lessons import Lesson, notebooks_folder, read_notebook

NOTES = Path(__file__).with_name("notes")
PLANS = Path(__file__).with_name("plans")
LENGTHS = (45, 50, 75, 90)  # minutes of a class for which there is a plan
SYLLABI = ("term", "week")
_LONGEST = 70  # lines of a note
_PARTS = ("## Timing", "## Likely misconceptions", "## What to skip", "## Debrief question")
Known = dict[str, tuple[Lesson, set[str]]]  # a lesson by its number, with its headings
_ROW = re.compile(r"^\|(.+)\|\s*$")
_CLASS = re.compile(r"^## (?P<title>.+) \((?P<minutes>\d+) minutes\)\s*$")


@dataclass(frozen=True)
class Row:
    """A line of a class's table: minutes, ``class`` or ``home``, the lesson's number (empty for none), what is done."""

    line: int
    minutes: int
    where: str
    lesson: str
    what: str


@dataclass(frozen=True)
class Class:
    """A class of a plan with its length in minutes and its rows."""

    line: int
    title: str
    minutes: int
    rows: tuple[Row, ...]


def read_page(name: str) -> str:
    """A teacher's note by its lesson's number, or a plan by its name; a case with lessons of its own has its own notes.

    Raises
    ------
    CourseError
        When there is no such page; the message lists those that there are.

    Examples
    --------
    >>> read_page("03").splitlines()[0]
    '# 03 NATO’s Articles 4, 5 and 6: teacher’s note'
    """
    notes = seeds_folder() / "notes" if notebooks_folder().parent == seeds_folder() else NOTES
    pages = {path.stem: path for folder in (PLANS, notes) for path in sorted(folder.glob("*.md"))}
    if name not in pages:
        raise CourseError("there is no such note or plan", where=name, todo=f"choose from {', '.join(pages)}")
    return read_text(pages[name])


def check_notes(lessons: list[Lesson]) -> Findings:
    """Every lesson has its teacher's note, in its form; failures for the course's lessons, warnings for a case's own."""
    for lesson in lessons:
        own = _is_own(lesson)
        path = (seeds_folder() / "notes" if own else NOTES) / f"{lesson.number}.md"
        for line, message in _note_problems(path, lesson):
            yield Finding(f"{path}:{line}" if line else str(path), message, "W" if own else "F")


def check_orphans(lessons: list[Lesson]) -> Findings:
    """A note on a lesson that is gone or has another number, among all lessons of the course or of a case."""
    folders = {seeds_folder() / "notes" if _is_own(lesson) else NOTES for lesson in lessons}
    for path in sorted(path for folder in folders for path in folder.glob("[0-9][0-9].md")):
        if path.stem not in {lesson.number for lesson in lessons}:
            yield Finding(str(path), "is a note on a lesson that does not exist; write the lesson, or delete the note")


def check_plans(lessons: list[Lesson], folder: Path = PLANS) -> Findings:
    """The plans are there, add up, keep the order of the lessons and name exercises that exist."""
    known = {lesson.number: (lesson, _headings(lesson)) for lesson in lessons}
    for name in (*map(str, LENGTHS), *SYLLABI):
        path = folder / f"{name}.md"
        if not path.is_file():
            yield Finding(str(path), "there is no such plan; write one like the others")
            continue
        for line, message in _plan_problems(path, known):
            yield Finding(f"{path}:{line}" if line else str(path), message)


def read_plan(path: Path) -> list[Class]:
    """The classes of a plan, in its order; a row of a table without four cells or without minutes is left out."""
    classes: list[tuple[int, str, int, list[Row]]] = []
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if heading := _CLASS.match(line):
            classes.append((number, heading["title"], int(heading["minutes"]), []))
        elif classes and (row := _ROW.match(line)):
            cells = [cell.strip() for cell in row[1].split("|")]
            if len(cells) == 4 and cells[0].isdecimal():
                classes[-1][3].append(Row(number, int(cells[0]), cells[1], cells[2].strip("–- "), cells[3]))
    return [Class(line, title, minutes, tuple(rows)) for line, title, minutes, rows in classes]


def _is_own(lesson: Lesson) -> bool:
    return lesson.path.parent == seeds_folder() / "notebooks"


def _note_problems(path: Path, lesson: Lesson) -> Iterator[tuple[int, str]]:
    if not path.is_file():
        yield 0, f"lesson {lesson.number} has no teacher's note; write one, 'course lesson new' shows the form"
        return
    lines = read_text(path).rstrip("\n").split("\n")
    if not re.fullmatch(rf"# {lesson.number} .+: teacher[’']s note", lines[0]):
        yield 1, f"the first line is not '# {lesson.number} {lesson.title}: teacher’s note'; write it so"
    at = {part: lines.index(part) for part in _PARTS if part in lines}
    for part in _PARTS:
        if part not in at:
            yield 0, f"there is no '{part}'; add it"
        elif not _under(lines, at[part]):
            yield at[part] + 1, f"nothing stands under '{part}'; write it"
    if "## Timing" in at:
        minutes = [int(cell) for line in _under(lines, at["## Timing"]) for cell in re.findall(r"^\|\s*(\d+)\s*\|", line)]
        wanted = lesson.teaching + lesson.exercises
        if sum(minutes) != wanted:
            yield at["## Timing"] + 1, f"the minutes add up to {sum(minutes)}, the lesson takes {wanted}; mend the table"
    known = {item.id for item in load_items()}
    for number, line in enumerate(lines, start=1):
        for id in re.findall(r"\b\d\d-[a-z]+\d+\b", line):
            if id not in known:
                yield number, f"speaks of item {id}, which does not exist; correct the id"
    if len(lines) > _LONGEST:
        yield 0, f"{len(lines)} lines; a teacher without time reads {_LONGEST} at most"


def _under(lines: list[str], at: int) -> list[str]:
    end = next((number for number in range(at + 1, len(lines)) if lines[number].startswith("## ")), len(lines))
    return [line for line in lines[at + 1 : end] if line.strip()]


def _plan_problems(path: Path, known: Known) -> Iterator[tuple[int, str]]:
    classes = read_plan(path)
    spent, begun = Counter[str](), list[str]()
    if not classes:
        yield 0, "there is no class; write '## Class 1: What it is about (45 minutes)' and a table"
    for one in classes:
        if path.stem.isdecimal() and one.minutes != int(path.stem):
            yield one.line, f"“{one.title}” takes {one.minutes} minutes; this plan is for classes of {path.stem}"
        held = sum(row.minutes for row in one.rows if row.where == "class")
        if held != one.minutes:
            yield one.line, f"the rows in class add up to {held} minutes, not {one.minutes}; mend the table"
        for row in one.rows:
            yield from _row_problems(row, known, begun)
            spent[row.lesson] += row.minutes
            begun.append(row.lesson)
    for number, (lesson, _) in known.items():
        wanted = lesson.teaching + lesson.exercises
        if classes and spent[number] != wanted:
            yield 0, f"lesson {number} gets {spent[number]} minutes in class and at home, it takes {wanted}; mend the tables"


def _row_problems(row: Row, known: Known, begun: list[str]) -> Iterator[tuple[int, str]]:
    if row.where not in ("class", "home"):
        yield row.line, f"{row.where!r} is no place; write class or home"
    if row.lesson and row.lesson not in known:
        yield row.line, f"lesson {row.lesson} does not exist; write one of {', '.join(known)}, or –"
    elif row.lesson:
        lesson, headings = known[row.lesson]
        for need in lesson.needs:
            # A section may say in its heading that it comes early: forecasts, before what follows gives them away.
            if need not in begun and f"before lesson {need}" not in row.what:
                yield row.line, f"lesson {row.lesson} needs {need}, which this plan has not begun; change the order"
        for name in [*re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", row.what), *_exercises(row.what)]:
            if name not in headings:
                yield row.line, f"lesson {row.lesson} has no section “{name}”; correct the name"


def _exercises(what: str) -> list[str]:
    """``Exercise N`` for every exercise that a row names, also within *exercises 2 to 4*."""
    spans = re.findall(r"\b[Ee]xercises? (\d)(?: (?:to|and) (\d))?", what)
    return [f"Exercise {number}" for first, last in spans for number in range(int(first), int(last or first) + 1)]


def _headings(lesson: Lesson) -> set[str]:
    text = "\n".join(cell.source for _, cell in prose_cells(read_notebook(lesson.path)))
    return {re.sub(r" \(objectives? .*", "", name).strip() for name in re.findall(r"^##+ (.+)$", text, re.MULTILINE)}
