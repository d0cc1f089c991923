"""The verb that runs lessons for a class: ``course run``."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from helpers.errors import CourseError
from helpers.sources import visible

from .lessons import find_lessons
from .terminal import FAILED, INTERRUPTED, Names, Timeout

Assignments = Annotated[list[str] | None, typer.Option("--parameter", "-p", metavar="NAME=VALUE", help="A parameter's value.")]
_SHOWN = 10  # groups without answers


def run(
    names: Names = None,
    parameter: Assignments = None,
    roster: Annotated[Path | None, typer.Option(metavar="CSV", help="A row a group; 'sample' is the roster that ships.")] = None,
    out: Annotated[Path | None, typer.Option(help="A new folder for all output; runs/<stamp> when left out.")] = None,
    *,
    answers: Annotated[Path | None, typer.Option(metavar="DIR", help="Answer files, as 'course collect' leaves them.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on in --out (or runs/latest): run only what isn't done.")] = False,
    jobs: Annotated[int, typer.Option(min=0, help="Runs at once; 0: one a core, and one.")] = 0,
    kernels: Annotated[Literal["ordinary", "warm"], typer.Option(help="warm: from a process that has the libraries loaded.")] = "ordinary",
    memory: Annotated[int, typer.Option(min=0, max=8_000_000, metavar="MIB", help="Memory that a kernel may take; 0: no limit.")] = 0,
    timeout: Timeout = 120,
    scheduler: Annotated[str, typer.Option(metavar="ADDRESS", help="A dask.distributed scheduler to send the runs to.")] = "",
    shared: Annotated[bool, typer.Option("--shared", help="The workers see --out under the same path and write there.")] = False,
) -> None:
    """Run lessons headless with papermill, for one class or for every group of a roster, and write their packets."""
    from helpers.paths import seeds_folder

    from .classroom import check_means, find_unfinished, run_class
    from .fingerprint import Keys, take_fingerprint
    from .group_answers import find_answer_files, place_answers
    from .plan import plan_roster, plan_runs, read_assignments, warn_of_roster
    from .progress import INTERRUPT, follow, tell_failures
    from .results import find_results
    from .run_folder import needs_space, open_run_folder, point_latest
    from .runner import Means

    seeds_folder()  # a case that is not there is told now, not by every kernel
    lessons, values = find_lessons(names), read_assignments(parameter or [])
    plan = plan_roster(roster, lessons, values) if roster else plan_runs(lessons, values)
    if not resume:
        needs_space(out or Path(), len(plan))
    for line in warn_of_roster(plan):
        typer.echo(visible(line), err=True)
    files = find_answer_files(answers) if answers is not None else {}
    means = Means(jobs, timeout, kernels, memory, scheduler, shared)
    check_means(means)
    keys = Keys(take_fingerprint())
    with open_run_folder(out, resume=resume) as folder:
        if files:
            _tell_without(place_answers(plan.groups.items(), files, folder), len(plan.groups))
        runs, number = find_unfinished(plan, folder, keys) if resume else (plan, len(plan))
        typer.echo(f"Running {number} lessons into {folder}" + f"; {len(plan) - number} were done before" * resume)
        tally = follow(run_class(runs, folder, means, keys), number)
        ended = min(len(find_results(folder)), len(plan))  # by the log: an interrupt may come before a result is told
        if ended and out is None:
            point_latest(folder)
        if ended and not tally.stopped:
            tally.stopped = _write_packets(folder)
    tell_failures(tally.failed)
    persons = _tell_persons(folder) if ended and not roster else 0  # of a roster they were told before
    if tally.stopped:
        kept = f"; {ended} of {len(plan)} runs were done and are kept in {folder}; --resume goes on" if ended else ""
        typer.echo(f"course: {tally.stopped}{kept}", err=True)
    if tally.stopped or tally.failed or persons:
        raise typer.Exit(INTERRUPTED if tally.stopped == INTERRUPT else FAILED)


def _tell_without(groups: list[str], number: int) -> None:
    if groups:
        shown = ", ".join(groups[:_SHOWN]) + ", …" * (len(groups) > _SHOWN)
        typer.echo(visible(f"no answers for {len(groups)} of {number} groups: {shown}"), err=True)


def _write_packets(folder: Path) -> str:
    """What kept them from being written, or an empty text: the runs are done either way."""
    from .packets import build_packets

    try:
        index = build_packets(folder)
    except CourseError as error:
        return str(error)
    packets = sorted(folder.glob("*/packet.html"))
    which = f"the packet is {packets[0]}" if len(packets) == 1 else f"{len(packets)} packets are in {folder}"
    typer.echo(f"Open {index}; {which}")
    return ""


def _tell_persons(folder: Path) -> int:
    from .codes import check_codes

    persons = list(check_codes(folder))
    for finding in persons:
        typer.echo(str(finding), err=True)
    return len(persons)
