"""The verb that makes what learners get: ``course release``, thin like all others."""

from pathlib import Path
from typing import Annotated

import typer

from .terminal import FAILED, Names


def release(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or an empty one.")],
    names: Names = None,
    nbgrader: Annotated[bool, typer.Option("--nbgrader", help="Make the teacher's course folder for nbgrader instead.")] = False,
) -> None:
    """Make the learners' copy of the course, without keys of exam items and teachers' pages; nothing is left if one is found in it."""
    from helpers.sources import visible

    from .nbgrader_course import release_to_nbgrader
    from .release import release_course

    findings = release_to_nbgrader(folder, names) if nbgrader else release_course(folder, names)
    for finding in findings:
        typer.echo(visible(str(finding)), err=finding.level == "F")
    failed = sum(finding.level == "F" for finding in findings)
    if failed:
        typer.echo(f"{failed} findings; {visible(str(folder))} was not made", err=True)
        raise typer.Exit(FAILED)
    what = "the teacher's course folder for nbgrader; read its README.md" if nbgrader else "the learners' copy; zip it and hand it out"
    typer.echo(f"wrote {visible(str(folder))}, {what}")
