"""The verb for a classroom without a network: ``course bundle``, thin like all others."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from .terminal import FAILED, Names

_SYSTEMS = "For which system: linux, linux-arm, macos, macos-intel, windows; this one when left out. Give it again for more."
_PYTHONS = "For which Python there: 3.11, 3.12, 3.13; this one when left out. Give it again for more."


def bundle(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or an empty one.")],
    names: Names = None,
    systems: Annotated[list[str] | None, typer.Option("--for", help=_SYSTEMS)] = None,
    pythons: Annotated[list[str] | None, typer.Option("--python", help=_PYTHONS)] = None,
) -> None:
    """Make a folder that installs the learners' course without a network: its wheel, all that it needs, and an installer."""
    from helpers.sources import visible

    from .bundle import Bundle, make_bundle
    from .wheels import Machine, this_system

    versions = dict.fromkeys(pythons or ["{}.{}".format(*sys.version_info[:2])])
    machines = [Machine(system, python) for system in dict.fromkeys(systems or [this_system()]) for python in versions]
    made = make_bundle(folder, machines, names, lambda line: typer.echo(visible(line)))
    if isinstance(made, Bundle):
        typer.echo(f"wrote {visible(str(folder))}, {made.wheels} wheels, {made.size / 1e6:.0f} MB; its README.md says how to install")
        return
    for finding in made:
        typer.echo(visible(str(finding)), err=True)
    typer.echo(f"{len(made)} findings; {visible(str(folder))} was not made", err=True)
    raise typer.Exit(FAILED)
