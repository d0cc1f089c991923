"""The ``course`` command: thin verbs over the modules beside it.

Exit codes: 0 done, 1 findings or failed runs, 2 wrong use, 130 interrupted. An error is one line on stderr.
"""

import os
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from helpers import __version__
from helpers.errors import CourseError
from helpers.sources import visible

from .cli_bundle import bundle
from .cli_case import annotate, articles, case, originals
from .cli_class import collect, grade
from .cli_lab import lab, reset
from .cli_lesson import lesson
from .cli_packet import packet
from .cli_plan import plan
from .cli_release import release
from .cli_run import run
from .lessons import PACKAGED, find_lessons, lesson_paths, notebooks_folder
from .roster import RosterError
from .terminal import FAILED, INTERRUPTED, MISUSE, Json, Names, Timeout, need_verb, print_json


class _Verbs(TyperGroup):
    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:  # of which typer makes the exit code, and no word
            raise typer.Abort from None


app = typer.Typer(cls=_Verbs, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, invoke_without_command=True)
app.command("run", epilog="Example: course run 08 --roster sample --jobs 4 --out my-class")(run)
app.command("plan", epilog="Example: course plan class.csv 03 08")(plan)
app.command("packet", epilog="Example: course packet runs/latest --view teacher")(packet)
app.command("lab", epilog="Example: course lab --folder my-course --no-browser", context_settings={"ignore_unknown_options": True})(lab)
app.command("reset", epilog="Example: course reset 03")(reset)
app.command("articles", epilog="Example: course articles saved-page.html --json")(articles)
app.command("annotate", epilog="Example: course annotate article.txt --json")(annotate)
app.command("release", epilog="Example: course release learners-copy 00 03")(release)
app.command("bundle", epilog="Example: course bundle stick 00 03 --for windows --python 3.12")(bundle)
app.command("collect", epilog="Example: course collect inbox answers.zip --out collected")(collect)
app.command("grade", epilog="Example: course grade collected --out grades.csv --items items.csv")(grade)
app.add_typer(originals, name="originals")
app.add_typer(case, name="case")
app.add_typer(lesson, name="lesson")


@app.callback(epilog="Example: course list")
def options(
    context: typer.Context,
    seeds: Annotated[Path | None, typer.Option(help="Another case's folder (like ALLIANCE_SEEDS).")] = None,
) -> None:
    """Teaching notebooks on alliance politics: list, run, validate, and read the articles behind them."""
    if seeds is not None:
        os.environ["ALLIANCE_SEEDS"] = str(seeds)
    for name in ("ALLIANCE_SEEDS", "ALLIANCE_ANSWERS"):
        if os.environ.get(name):  # kernels work in other folders, where a relative path would mean something else
            os.environ[name] = os.path.abspath(os.path.expanduser(os.environ[name]))  # noqa: PTH100, PTH111 - Path raises for ~nobody
    need_verb(context)


@app.command("list", epilog="Example: course list --json")
def list_lessons(as_json: Json = False) -> None:
    """The lessons with their minutes and parameters."""
    found = find_lessons()
    if as_json:
        print_json([asdict(one) for one in found])
        return
    for one in found:
        typer.echo(f"{one.name}  {one.teaching + one.exercises} min  {one.title}")
        for parameter in one.parameters:
            typer.echo(f"    -p {parameter.name}={_spell(parameter.default)}  {parameter.help}")


@app.command(epilog="Example: course sheet collected-answers --out sheet.html")
def sheet(
    answers: Annotated[str, typer.Argument(metavar="ANSWERS", help="The folder of the answer files, or 'synthetic'.")],
    out: Annotated[Path, typer.Option(help="A new file: .html to read and print, .csv to type into.")] = Path("sheet.html"),
) -> None:
    """For whoever marks: each learner's memos beside their rubric, with comments to copy."""
    from .marking import write_marking_sheet

    typer.echo(f"wrote {out}, {write_marking_sheet(answers, out)} memos; it is not for learners")


@app.command(epilog="Example: course validate 03 --no-nbval")
def validate(
    names: Names = None,
    *,
    nbval: Annotated[bool, typer.Option(help="Also run the lessons and compare their outputs.")] = True,
    balance: Annotated[bool, typer.Option("--balance", help="Only say what evidence and items rest on, by article and actor.")] = False,
    folder: Annotated[Path | None, typer.Option(help="Check this folder instead: of a run, of answers, of a release.")] = None,
    release: Annotated[bool, typer.Option("--release", help="The folder is for learners: no exam key, no teacher's note.")] = False,
    timeout: Timeout = 120,
) -> None:
    """Check the notebooks' rules, the case's data, teachers' pages and rights, and compare a fresh run with the stored outputs."""
    from .balance import balance_report
    from .validate import check_all, check_folder, compare_outputs

    if release and folder is None:
        raise CourseError("needs a folder", where="--release", todo="add --folder DIR")
    if folder is not None and (names or balance):
        other = f"LESSON {names[0]}" if names else "--balance"
        raise CourseError(f"{other} and --folder do not go together", where="validate", todo="give one of the two")
    if balance and names:
        raise CourseError(f"LESSON {names[0]} and --balance do not go together", where="validate", todo="leave the lessons out")
    chosen = lesson_paths(names) if folder is None else []
    if balance:
        typer.echo(balance_report(lesson_paths()))
        return
    findings = check_all(chosen) if folder is None else check_folder(folder, release)
    for finding in findings:
        typer.echo(str(finding), err=finding.level == "F")
    nbval = nbval and folder is None
    agree, report = compare_outputs(chosen, timeout) if nbval else (True, "")
    if not agree:
        typer.echo(report, err=True)
    failed = sum(finding.level == "F" for finding in findings) + (not agree)
    warnings = sum(finding.level == "W" for finding in findings)
    what = f"{len(chosen)} lessons" if folder is None else str(folder)
    compared = "" if nbval or folder is not None else ", outputs not compared"
    typer.echo(f"{what}, {failed} failures, {warnings} warnings{compared}")
    if failed:
        raise typer.Exit(FAILED)


@app.command(epilog="Example: course notes 03")
def notes(page: Annotated[str, typer.Argument(metavar="PAGE", help="A lesson's number, or a plan: 45, 50, 75, 90, term, week.")]) -> None:
    """Print the teacher's note on a lesson, or a plan of classes."""
    from .teaching import read_page

    typer.echo(read_page(page), nl=False)


@app.command(epilog="Example: course refresh 03")
def refresh(names: Names = None) -> None:
    """For maintainers: run lessons on the reading edition, store their outputs, and write the glossary page anew."""
    from .case_lessons import find_case_lessons
    from .glossary_page import write_glossary_page
    from .store import refresh as store

    if notebooks_folder() == PACKAGED:
        raise CourseError("these notebooks are installed ones", where=str(notebooks_folder()), todo="work in a checkout")
    for one in find_lessons(names):
        store(one.path)
        typer.echo(f"stored {one.name}")
    if find_case_lessons() and (page := write_glossary_page(notebooks_folder())):
        typer.echo(f"wrote {page.name}")


@app.command(epilog="Example: course version")
def version() -> None:
    """The version of the package."""
    typer.echo(__version__)


def main() -> None:
    """Run the command; every error becomes one line on stderr and the right exit code."""
    for name in ("SIGTERM", "SIGHUP"):  # a CI that cancels, a terminal that closes: stop as for Ctrl+C, and keep what is done
        if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) is not signal.SIG_IGN:  # nohup: go on
            signal.signal(getattr(signal, name), signal.default_int_handler)
    try:
        code = app(standalone_mode=False)
    except RosterError as error:  # its problems are mended in one go, so they are told in one go
        for line in error.lines:
            typer.echo(visible(f"course: {line}"), err=True)
        code = MISUSE
    except CourseError as error:
        typer.echo(visible(f"course: {error}"), err=True)
        code = MISUSE
    except TyperException as error:
        typer.echo(f"course: {' '.join(error.format_message().split()).rstrip('.')}; see 'course --help'", err=True)
        code = MISUSE
    except (KeyboardInterrupt, typer.Abort):
        typer.echo("course: interrupted", err=True)
        code = INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has gone; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = FAILED
    sys.exit(code if isinstance(code, int) else 0)


def _spell(value: Any) -> str:
    return ",".join(value) if isinstance(value, list) else str(value)
