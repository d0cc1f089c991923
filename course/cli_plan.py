"""The verb that shows what a roster would run: ``course plan``."""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from helpers.counted_nouns import count_of
from helpers.sources import escape_json, visible

from .cli_run import Assignments
from .terminal import Json, Names

if TYPE_CHECKING:
    from .plan import Plan, Run

_SHOWN = 20  # groups


def plan(
    roster: Annotated[Path, typer.Argument(metavar="ROSTER", help="A CSV file, or 'sample', the roster that ships.")],
    names: Names = None,
    parameter: Assignments = None,
    *,
    as_json: Json = False,
    whole: Annotated[bool, typer.Option("--all", help=f"Show all groups, not the first {_SHOWN}.")] = False,
) -> None:
    """Check a roster and show what it would run: groups, lessons, parameters. Nothing is run or written.

    The roster has a column group, and columns called like parameters. With a column lesson, each row is one run; without,
    each group takes every lesson. An empty cell means the lesson's own value; a relative path is one from here.
    """
    from .lessons import find_lessons
    from .plan import plan_roster, read_assignments, warn_of_roster

    planned = plan_roster(roster, find_lessons(names), read_assignments(parameter or []))
    for line in warn_of_roster(planned):
        typer.echo(visible(line), err=True)
    if as_json:
        _print_json(planned)
        return
    number = len(planned.groups)
    typer.echo(
        visible(
            f"{planned.roster}: {count_of(number, 'group')}, {count_of(len(planned.lessons), 'lesson')}, {count_of(len(planned), 'run')}"
        )
    )
    groups = groupby(planned, key=lambda run: run.group)
    for group, runs in groups if whole else islice(groups, _SHOWN):
        for line in _describe(group, list(runs)):
            typer.echo(visible(line))
    if number > _SHOWN and not whole:
        typer.echo(f"… and {number - _SHOWN:,} more; --all shows them")


def _describe(group: str, runs: "list[Run]") -> Iterator[str]:
    folder = runs[0].folder
    yield " ".join(group.split()) + (f"  in the folder {folder}" if folder != group else "")
    if plain := [run.lesson for run in runs if not run.parameters]:
        names = plain[0].name if len(plain) == 1 else " ".join(lesson.number for lesson in plain)
        yield f"    {names}  as {'it is' if len(plain) == 1 else 'they are'}"
    for run in runs:
        if run.parameters:
            yield f"    {run.lesson.name}  {'  '.join(f'{name}={_spell(value)}' for name, value in run.parameters.items())}"


def _print_json(planned: "Plan") -> None:
    # A group at a time: the whole of a large class need not fit into memory.
    totals = {"roster": str(planned.roster), "groups": len(planned.groups), "runs": len(planned)}
    typer.echo(escape_json(json.dumps(totals, ensure_ascii=False)).removesuffix("}") + ', "plan": [')
    for number, (_, runs) in enumerate(groupby(planned, key=lambda run: run.group), start=1):
        typer.echo(",\n".join(_entries(runs)) + ("," if number < len(planned.groups) else ""))
    typer.echo("]}")


def _entries(runs: "Iterable[Run]") -> Iterator[str]:
    for run in runs:
        entry = {"group": run.group, "folder": run.folder, "lesson": run.lesson.name, "parameters": dict(run.parameters)}
        yield escape_json(json.dumps(entry, ensure_ascii=False))


def _spell(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
