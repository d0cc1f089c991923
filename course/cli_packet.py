"""The verb ``course packet``, thin like all others."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from helpers.errors import CourseError


class Reader(StrEnum):
    """Whom a packet is for."""

    learner = "learner"
    teacher = "teacher"


def packet(
    folder: Annotated[Path, typer.Argument(metavar="RUN_DIR", help="A folder that 'course run' wrote.")],
    view: Annotated[Reader | None, typer.Option(help="Whom it is for; the teacher's view has the keys and is no learner's.")] = None,
    exercises: Annotated[bool, typer.Option("--exercises", help="A worksheet for paper in place of the packet.")] = False,
    solutions: Annotated[bool, typer.Option("--solutions", help="With --exercises: with the keys.")] = False,
) -> None:
    """Build a page for every group and the index of a run: packets, the teacher's view, or exercises, with or without solutions."""
    from .packets import build_packets

    if solutions and not exercises:
        raise CourseError("goes with --exercises", where="--solutions", todo="add --exercises, or use --view teacher")
    if exercises and view is not None:
        raise CourseError("a worksheet has no view", where="--view", todo="leave out --view; the keys come with --solutions")
    kind = "solutions" if solutions else "exercises" if exercises else "teacher" if view == Reader.teacher else "packet"
    index = build_packets(folder, kind)
    if kind == "packet":
        typer.echo(f"Open {index}")
        return
    pages = sorted(folder.glob(f"*/{kind}.html"))
    which = str(pages[0]) if len(pages) == 1 else f"{len(pages)} pages {kind}.html, linked in {index}"
    typer.echo(f"wrote {which}{'' if kind == 'exercises' else '; not for learners'}")
