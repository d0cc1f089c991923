"""What all verbs share: exit codes, the ``--json`` option, printing that a terminal survives."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from helpers.errors import CourseError
from helpers.sources import escape_json, visible

FAILED, MISUSE, INTERRUPTED = 1, 2, 130
Names = Annotated[list[str] | None, typer.Argument(metavar="[LESSON]...", help="Numbers or names; all when left out.")]
Timeout = Annotated[int, typer.Option(min=1, help="Seconds that one cell may take.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def print_json(data: Any, indent: int | None = 1) -> None:
    r"""Print JSON that reads back the same, with the controls of a terminal escaped.

    Examples
    --------
    >>> print_json({"name": "a\u202eb"}, indent=None)
    {"name": "a\u202eb"}
    """
    typer.echo(escape_json(json.dumps(data, ensure_ascii=False, indent=indent, default=str)))


def need_verb(context: typer.Context) -> None:
    """Show the help and stop with the exit code for wrong use when a group is called without a verb."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(MISUSE)


def fail_with(findings: Iterable[Any]) -> None:
    """Print findings one a line on stderr and their number; exit code 1 when there is one."""
    lines = [str(finding) for finding in findings]
    for line in lines:
        typer.echo(line, err=True)
    typer.echo(f"{len(lines)} findings")
    if lines:
        raise typer.Exit(FAILED)


class Failures:
    """Inputs that fail are told one a line and the others are still done; at the end the exit code says that some failed."""

    def __init__(self) -> None:
        self.count = 0

    def __enter__(self) -> "Failures":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: Any) -> None:
        if kind is None and self.count:
            raise typer.Exit(MISUSE)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Within it, an error of ours becomes a line on stderr."""
        try:
            yield
        except CourseError as error:
            self.count += 1
            typer.echo(visible(f"course: {error}"), err=True)
