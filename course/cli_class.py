"""The verbs about a class's answers: ``course collect`` and ``course grade``, thin like all others."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from helpers.errors import CourseError
from helpers.sources import visible

from .terminal import FAILED, Json, print_json

if TYPE_CHECKING:
    from .collect import Collection

_SHOWN = 5  # other files that are named


def grade(
    answers: Annotated[list[str], typer.Argument(metavar="ANSWERS...", help="Answer files, folders of them, runs, or 'synthetic'.")],
    out: Annotated[Path, typer.Option(help="The gradebook: a row a learner. A former one of ours is replaced.")] = Path("grades.csv"),
    *,
    items: Annotated[Path | None, typer.Option(help="Also a table with a row a learner and item.")] = None,
    rubric_marks: Annotated[Path | None, typer.Option(help="A sheet of 'course sheet' with your marks typed in; merged in.")] = None,
    mark_utf8: Annotated[bool, typer.Option("--excel", help="Begin the files with a byte order mark, by which Excel knows UTF-8.")] = False,
    as_json: Json = False,
) -> None:
    """Mark what has a right answer, count the rest as done or not, and write a table for a spreadsheet.

    Tables are CSV in UTF-8 with commas: choose that when you open one. The same answers give the same file, however often and in
    whatever order they are given. Exit code 1 when something could not be read; the rest is graded all the same.
    """
    from .grade_files import check_targets, write_grades
    from .grade_summary import summarise_grades, summary_lines
    from .gradebook import grade_class, read_class
    from .rubric_marks import read_rubric_marks

    check_targets(out, items, marks_given=rubric_marks is not None)
    class_ = read_class(answers)
    _complain(class_.troubles)
    if not class_.lines:
        raise CourseError("no answers are here", where=" ".join(answers), todo="give answer files or folders of them")
    marks = read_rubric_marks(rubric_marks, class_.lines.keys()) if rubric_marks else {}
    grades, notes = grade_class(class_)
    _complain([*class_.notes, *notes])
    written = write_grades(grades, marks, out, items, mark_utf8)
    summary = summarise_grades(grades)
    if as_json:
        print_json(summary | {"written": written, "unread": class_.troubles, "notes": [*class_.notes, *notes]})
    else:
        for line in [*summary_lines(summary), f"wrote {' and '.join(written)}; for teachers only"]:
            typer.echo(visible(line))
    if class_.troubles:
        raise typer.Exit(FAILED)


def collect(
    given: Annotated[list[Path], typer.Argument(metavar="ZIP|FILE|FOLDER...", help="What learners sent; zip files stay zipped.")],
    out: Annotated[Path, typer.Option(help="The folder of the answer files, new or from an earlier time.")] = Path("collected"),
    as_json: Json = False,
) -> None:
    """Take back answers that were sent: renamed, zipped, doubled, torn. One file a learner code; then 'course grade DIR'.

    Whose code cannot be told is kept apart under a made-up one and told. Exit code 1 when something could not be read.
    """
    from .collect import collect_answers

    found = collect_answers(given, out)
    if not as_json:
        _tell_collection(found, out)
    _complain([*found.troubles, *found.notes])
    if not found.sources and not found.troubles:
        raise CourseError("no answers are here", where=" ".join(map(str, given)), todo="give what learners sent")
    if as_json:
        sources = [{"source": one.where, "code": one.code, "answers": len(one.lines), "notes": one.notes} for one in found.sources]
        rest = {
            "aside": found.aside,
            "unread": found.troubles,
            "notes": found.notes,
            "written": found.written,
            "unchanged": found.unchanged,
        }
        print_json({"sources": sources} | rest)
    if found.troubles:
        raise typer.Exit(FAILED)


def _tell_collection(found: "Collection", out: Path) -> None:
    for line in [*found.sources, *found.aside[:_SHOWN]]:
        typer.echo(visible(str(line)))
    if len(found.aside) > _SHOWN:
        typer.echo(f"and {len(found.aside) - _SHOWN} other files without answers")
    if found.sources:
        typer.echo(visible(f"{out}: {len(found.written)} learners written, {len(found.unchanged)} unchanged"))


def _complain(lines: list[str] | tuple[str, ...]) -> None:
    for line in lines:
        typer.echo(visible(" ".join(f"course: {line}".split())), err=True)
