"""What a teacher sees while a class runs: a bar with an estimate in a terminal, else a line a run; each failure in a line."""

import sys
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, field

import typer

from helpers.errors import CourseError
from helpers.sources import visible

from .results import RunResult

INTERRUPT = "interrupted"
_SHOWN = 20  # failures that are told again at the end


@dataclass
class Tally:
    """How many runs ended, which failed, and what stopped the others before they began (empty: nothing)."""

    ended: int = 0
    failed: list[RunResult] = field(default_factory=list)
    stopped: str = ""


def follow(results: Generator[RunResult], total: int) -> Tally:
    """Show the results as they come and count them; an interrupt or a full disk ends it, and what ended before stays."""
    from tqdm import tqdm

    tally = Tally()
    with tqdm(total=total, unit="run", disable=not sys.stderr.isatty(), file=sys.stderr, dynamic_ncols=True) as bar:
        try:
            with closing(results):  # stops the runs under way, also when it is we who are interrupted
                for result in results:
                    tally.ended += 1
                    bar.update()
                    if result.state != "done":
                        tally.failed.append(result)
                    if result.state != "done" or bar.disable:
                        bar.clear()
                        typer.echo(visible(f"[{tally.ended}/{total}] {result}"), err=result.state != "done")
        except KeyboardInterrupt:
            tally.stopped = INTERRUPT
        except CourseError as error:
            tally.stopped = str(error)
    return tally


def tell_failures(failed: list[RunResult]) -> None:
    """Say again at the end, one a line, what failed, where and why."""
    for result in failed[:_SHOWN]:
        typer.echo(visible(f"{result.notebook}, cell {result.cell or '?'}: {result.error}"), err=True)
    if len(failed) > _SHOWN:
        typer.echo(f"… and {len(failed) - _SHOWN} more failures; index.html lists all", err=True)
