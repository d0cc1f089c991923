"""The verbs of a learner: ``course lab`` and ``course reset``, thin like all others."""

import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from helpers.errors import CourseError
from helpers.sources import visible

_Folder = Annotated[
    Path | None, typer.Option(help="Your working copy; when left out, the one that you are in, or my-course.", show_default=False)
]


def lab(
    folder: _Folder = None,
    prepare: Annotated[bool, typer.Option("--prepare", help="Make or renew the working copy, and open nothing.")] = False,
    options: Annotated[list[str] | None, typer.Argument(metavar="[OPTION]...", help="Any other options go to JupyterLab.")] = None,
) -> None:
    """Open JupyterLab on your working copy of the lessons; what is there already stays as you left it."""
    from .lab import become, find_running, is_started_by_hub, lab_command, lab_environment
    from .whats_new import news_lines
    from .working_copy import choose_folder, update_working_copy

    folder, options = choose_folder(folder), options or []
    if options and not options[0].startswith("-"):
        raise CourseError("is no option of JupyterLab", where=options[0], todo="name your folder with --folder")
    # One that runs may have a lesson open, which must not change under it. A hub waits for the server that it starts, not for another.
    if not is_started_by_hub() and (address := find_running(folder)):
        typer.echo(visible(f"JupyterLab is open on {folder} already: {address}"))
        if not prepare and "--no-browser" not in options:
            webbrowser.open(address)
        return
    update = update_working_copy(folder)
    typer.echo(visible(f"Your course: {folder.resolve()} ({'made just now' if update.first else 'as you left it'})"))
    for line in news_lines(update.changes, update.waiting, update.titles):
        typer.echo(visible(line))
    if not prepare:
        typer.echo("JupyterLab opens in your browser. To stop it, choose File > Shut Down there, or press Ctrl+C twice here.")
        become(lab_command(folder, options), lab_environment(folder))


def reset(
    names: Annotated[list[str], typer.Argument(metavar="LESSON...", help="Numbers or names, or glossary.")],
    folder: _Folder = None,
) -> None:
    """Begin a lesson again: it comes back as the course gives it, yours is kept beside it, and your answers stay."""
    from .lab import find_running
    from .working_copy import choose_folder, reset_lessons

    folder = choose_folder(folder)
    for name, aside in reset_lessons(folder, names):
        typer.echo(visible(f"{name} is as the course gives it" + (f"; yours is kept as {aside}" if aside else "")))
    if find_running(folder):
        typer.echo("Where it is open in JupyterLab, choose File > Reload Notebook from Disk.")
