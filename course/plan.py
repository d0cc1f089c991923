"""What to run: lessons and parameter values become a list of runs, checked whole before the first one starts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers.errors import ParameterError

from .lessons import Lesson, Parameter


@dataclass(frozen=True)
class Run:
    """One lesson for one group, with the parameter values that differ from the notebook's own."""

    lesson: Lesson
    group: str = "class"
    parameters: Mapping[str, Any] = field(default_factory=dict)


def plan_runs(lessons: list[Lesson], values: Mapping[str, Any]) -> list[Run]:
    """One run a lesson; each takes the values that it has a parameter for.

    Raises
    ------
    ParameterError
        When no lesson has a parameter of that name, or the value is not allowed. papermill would only warn.
    """
    known = sorted({parameter.name for lesson in lessons for parameter in lesson.parameters})
    for name in values:
        if name not in known:
            todo = f"these lessons have {', '.join(known)}" if known else "these lessons have none"
            raise ParameterError("no such parameter", where=name, todo=todo)
    return [Run(one, parameters={p.name: _value(p, values[p.name]) for p in one.parameters if p.name in values}) for one in lessons]


def _value(parameter: Parameter, value: Any) -> Any:
    # A kernel works in another folder, where a relative path would mean something else.
    checked = parameter.check(value)
    free = parameter.type == "str" and not parameter.allowed() and checked != parameter.default
    return str(Path(checked).resolve()) if free and Path(checked).exists() else checked


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
        if name in values:
            raise ParameterError("is given twice", where=name, todo="give each parameter once")
        values[name] = value
    return values
