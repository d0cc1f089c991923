"""What to run: lessons, parameter values and a class's roster become a plan of runs, checked whole before the first one starts."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from helpers.errors import CourseError, ParameterError

from .codes import reads_like_a_name
from .lessons import Lesson, Parameter, lesson_paths, read_lesson
from .roster import Roster, Row, limit_lines, read_roster

Values = Mapping[str, Mapping[str, Any]]  # of a parameter: what each text stands for


@dataclass(frozen=True, slots=True)
class Run:
    """One lesson for one group, with the parameter values that differ from the notebook's own.

    ``group`` is called as the roster calls it; ``folder`` is its safe name.
    """

    lesson: Lesson
    group: str = "class"
    folder: str = "class"
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Share:
    """What a row of the roster gives a group: lessons, and the texts of the plan's columns; ``line`` is 0 without a roster."""

    line: int
    group: str
    folder: str
    lessons: tuple[Lesson, ...]
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """The runs, group by group in the roster's order; iterating makes them one by one, as often as wanted.

    ``given`` are the parameters for every group, ``values`` what the roster's cells stand for, both by lesson. ``roster``
    is the file, none without one; ``unused`` are columns that no lesson of the plan has a parameter for.
    """

    lessons: tuple[Lesson, ...]
    shares: tuple[Share, ...]
    given: Values
    columns: tuple[str, ...] = ()
    values: Mapping[str, Values] = field(default_factory=dict)
    roster: Path | None = None
    unused: tuple[str, ...] = ()

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Run]:
        for share in self.shares:
            for lesson in share.lessons:
                yield Run(lesson, share.group, share.folder, self._parameters(lesson, share))

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """Every group with its folder, in the roster's order."""
        return {share.group: share.folder for share in self.shares}

    @cached_property
    def _size(self) -> int:
        return sum(len(share.lessons) for share in self.shares)

    def _parameters(self, lesson: Lesson, share: Share) -> dict[str, Any]:
        given, values = self.given.get(lesson.name, {}), self.values.get(lesson.name, {})
        own = {name: values[name][text] for name, text in zip(self.columns, share.texts, strict=True) if text and name in values}
        both = {**given, **own}
        return {parameter.name: both[parameter.name] for parameter in lesson.parameters if parameter.name in both}


def plan_runs(lessons: list[Lesson], values: Mapping[str, Any]) -> Plan:
    """One run a lesson, for the class as one group; each takes the values that it has a parameter for.

    Raises
    ------
    ParameterError
        When no lesson has a parameter of that name, or the value is not allowed. papermill would only warn.
    """
    return Plan(tuple(lessons), (Share(0, "class", "class", tuple(lessons)),), _give(lessons, values))


def plan_roster(path: Path, lessons: list[Lesson], values: Mapping[str, Any]) -> Plan:
    """The runs of a roster, checked whole: every row, with the lines of all that is wrong.

    With a column ``lesson``, a row is one run, and rows of lessons that are not among ``lessons`` are checked and left out;
    without, every group takes all ``lessons``. A lesson takes the columns that it has a parameter for; an empty cell means
    the lesson's own value. A relative path is one from the folder that the command works in. ``values`` are for all groups.

    Raises
    ------
    CourseError
        When the roster cannot be read, or no row is for these lessons.
    ParameterError
        When a value that is given for all groups is not allowed.
    RosterError
        When rows are wrong; its ``lines`` tell what is, with the line in the file.
    """
    given = _give(lessons, values)
    roster = read_roster(path)
    check = _Check(roster, lessons)
    for name in roster.columns:
        check.column(name, values)
    shares = [share for row in roster.rows if (share := check.row(row))]
    roster.problems.stop()
    if not shares:
        todo = f"its rows are for {', '.join(check.named)}"
        raise CourseError("no row is for the lessons to run", where=str(roster.path), todo=todo)
    if not roster.by_lesson:
        unused = tuple(name for name in roster.columns if name not in _names_of(lessons))
        return Plan(tuple(lessons), tuple(shares), given, roster.columns, check.values, roster.path, unused)
    planned = tuple(lesson for lesson in lessons if lesson.name in check.named)
    return Plan(planned, tuple(_by_group(shares)), given, roster.columns, check.values, roster.path)


def warn_of_roster(plan: Plan) -> list[str]:
    """What is no error in a roster and yet worth a line: groups that tell who somebody is, columns that change nothing here."""
    where = plan.roster or ""
    lines = [f"{where}: no lesson of this plan takes the column {name!r}" for name in plan.unused]
    told = {share.group: share.line for share in reversed(plan.shares)}
    for group in plan.groups:
        if "@" in group.strip("@"):
            lines.append(f"{where}:{told[group]}: {group!r} holds an e-mail address; use a code such as k7-fox")
        elif reads_like_a_name(group):
            lines.append(f"{where}:{told[group]}: {group!r} reads like a person's name; use a code such as k7-fox")
    return limit_lines(lines, f"{where}: " if where else "")


def read_assignments(pairs: list[str]) -> dict[str, str]:
    """Parameter values from ``NAME=VALUE`` texts.

    Examples
    --------
    >>> read_assignments(["ally=TUR"])
    {'ally': 'TUR'}
    """
    values = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.isidentifier():
            raise ParameterError("is not NAME=VALUE", where=repr(pair), todo="write -p NAME=VALUE")
        if any("\ud800" <= letter <= "\udfff" for letter in value):  # bytes that the terminal's encoding does not have
            raise ParameterError(f"{value!a} is no text", where=name, todo="type it anew")
        if name in values:
            raise ParameterError("is given twice", where=name, todo="give each parameter once")
        values[name] = value
    return values


class _Check:
    """What lessons make of a roster's rows; problems go to the roster's own, every text of a parameter is looked at once."""

    def __init__(self, roster: Roster, chosen: list[Lesson]) -> None:
        self.roster, self.chosen, self.problems = roster, tuple(chosen), roster.problems
        self.values: dict[str, dict[str, dict[str, Any]]] = {}
        self._taken: dict[str, list[tuple[int, Parameter, dict[str, Any]]]] = {}
        self._lessons: dict[str, Lesson | None] = {}
        self._runs: dict[tuple[str, str], int] = {}

    @cached_property
    def course(self) -> dict[str, Lesson]:
        """Every lesson beside the chosen ones: a row or column of another one is no mistake, but one of none is."""
        chosen = {lesson.name: lesson for lesson in self.chosen}
        paths = lesson_paths(folder=self.chosen[0].path.parent)
        return {path.stem: chosen.get(path.stem) or read_lesson(path) for path in paths} | chosen

    @property
    def named(self) -> list[str]:
        """The lessons that rows name, in the order of the course."""
        return sorted({lesson.name for lesson in self._lessons.values() if lesson})

    def column(self, name: str, given: Mapping[str, Any]) -> None:
        """Look at a column of parameters."""
        if name in given:
            self.problems.add(self.roster.head, f"{name}: is a column, and -p gives it too", "give one of the two")
        elif name not in _names_of(self.chosen) and name not in (known := _names_of(self.course.values())):
            todo = f"the lessons have {', '.join(known)}" if known else "the lessons have none"
            self.problems.add(self.roster.head, f"{name}: is no parameter of a lesson", todo)

    def row(self, row: Row) -> Share | None:
        """What the row gives its group; nothing if it is wrong, or for a lesson that is not to run."""
        if not self.roster.by_lesson:
            self._cells(row, self.chosen)
            return Share(row.line, row.group, row.folder, self.chosen, row.texts)
        lesson = self._lesson(row)
        if lesson is None:
            return None
        if (line := self._runs.setdefault((row.folder, lesson.name), row.line)) != row.line:
            self.problems.add(row.line, f"{row.group!r} has {lesson.name} already, in line {line}", "keep one of the two rows")
        taken = {parameter.name for parameter in lesson.parameters}
        for name, text in zip(self.roster.columns, row.texts, strict=True):
            if text and name not in taken:
                todo = f"it has {', '.join(sorted(taken))}; empty the cell" if taken else "it has none; empty the cell"
                self.problems.add(row.line, f"{name}: {lesson.name} has no such parameter", todo)
        self._cells(row, (lesson,))
        return Share(row.line, row.group, row.folder, (lesson,), row.texts) if lesson in self.chosen else None

    def _lesson(self, row: Row) -> Lesson | None:
        if row.lesson not in self._lessons:
            name = row.lesson and row.lesson.zfill(2)  # spreadsheets make 3 of 03
            self._lessons[row.lesson] = _named(name, self.chosen) or _named(name, self.course.values())
        if self._lessons[row.lesson] is None:
            what = f"lesson {row.lesson!r} does not exist" if row.lesson else "the lesson is empty"
            self.problems.add(row.line, what, f"choose from {', '.join(self.course)}")
        return self._lessons[row.lesson]

    def _cells(self, row: Row, lessons: tuple[Lesson, ...]) -> None:
        told = set()  # lessons that allow the same refuse the same, which is told once
        for lesson in lessons:
            for place, parameter, known in self._takes(lesson):
                if text := row.texts[place]:
                    if text not in known:
                        known[text] = _look(parameter, text)
                    if isinstance(wrong := known[text], ParameterError) and str(wrong) not in told:
                        told.add(str(wrong))
                        of = f" of {lesson.name}" if sum(parameter.name in _names_of([one]) for one in lessons) > 1 else ""
                        self.problems.add(row.line, f"{wrong.where}{of}: {wrong.what}", wrong.todo)

    def _takes(self, lesson: Lesson) -> list[tuple[int, Parameter, dict[str, Any]]]:
        """The columns that a lesson takes: place, parameter, and what their texts stand for."""
        if lesson.name not in self._taken:
            own = {parameter.name: parameter for parameter in lesson.parameters}
            self.values[lesson.name] = {name: {} for name in self.roster.columns if name in own}
            places = {name: place for place, name in enumerate(self.roster.columns)}
            self._taken[lesson.name] = [(places[name], own[name], texts) for name, texts in self.values[lesson.name].items()]
        return self._taken[lesson.name]


def _give(lessons: list[Lesson], values: Mapping[str, Any]) -> Values:
    known = _names_of(lessons)
    for name in values:
        if name not in known:
            todo = f"these lessons have {', '.join(known)}" if known else "these lessons have none"
            raise ParameterError("no such parameter", where=name, todo=todo)
    return {one.name: {p.name: _value(p, values[p.name]) for p in one.parameters if p.name in values} for one in lessons}


def _names_of(lessons: Iterable[Lesson]) -> list[str]:
    return sorted({parameter.name for lesson in lessons for parameter in lesson.parameters})


def _named(name: str, lessons: Iterable[Lesson]) -> Lesson | None:
    return next((lesson for lesson in lessons if name in (lesson.name, lesson.number, lesson.path.name)), None)


def _look(parameter: Parameter, text: str) -> Any:
    try:
        return _value(parameter, text)
    except ParameterError as error:
        return error


def _value(parameter: Parameter, value: Any) -> Any:
    # A kernel works in another folder, where a relative path would mean something else.
    checked = parameter.check(value)
    free = parameter.type == "str" and not parameter.allowed() and checked not in ("", parameter.default)
    return os.path.realpath(checked) if free and os.path.exists(checked) else checked  # noqa: PTH110 - Path raises for a long text


def _by_group(shares: list[Share]) -> list[Share]:
    groups: dict[str, list[Share]] = {}
    for share in shares:
        groups.setdefault(share.group, []).append(share)
    return [share for own in groups.values() for share in own]
