"""The verb about lessons in the making: ``course lesson new``, thin like all others."""

from typing import Annotated

import typer

from .terminal import need_verb

lesson = typer.Typer(rich_markup_mode=None, invoke_without_command=True)


@lesson.callback()
def lesson_options(context: typer.Context) -> None:
    """Lessons, for those who write them."""
    need_verb(context)


@lesson.command("new", epilog="Example: course lesson new 10 'Who votes'")
def lesson_new(
    number: Annotated[str, typer.Argument(metavar="NN", help="Two digits that no lesson has yet.")],
    title: Annotated[str, typer.Argument(help="The lesson's title.")],
) -> None:
    """Begin a lesson: a notebook from the template, a file for its items, a teacher's note; nothing is written over."""
    from .new_lesson import new_lesson

    for path in new_lesson(number, title):
        typer.echo(f"wrote {path}")
    typer.echo(f"Fill them in, then 'course refresh {number}' and 'course validate {number}'")
