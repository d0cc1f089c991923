"""The ``course`` command: thin verbs over the modules beside it.

Exit codes: 0 done, 1 findings or failed runs, 2 wrong use, 130 interrupted. An error is one line on stderr.
"""

import json
import os
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from helpers import __version__
from helpers.errors import CourseError

from . import lessons as lessons_module
from .lessons import find_lessons, lesson_paths, notebooks_folder

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, invoke_without_command=True)
originals = typer.Typer(rich_markup_mode=None, invoke_without_command=True)
case = typer.Typer(rich_markup_mode=None, invoke_without_command=True)
app.add_typer(originals, name="originals")
app.add_typer(case, name="case")

Names = Annotated[list[str] | None, typer.Argument(metavar="[LESSON]...", help="Numbers or names; all when left out.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Timeout = Annotated[int, typer.Option(min=1, help="Seconds that one cell may take.")]
_FAILED, _MISUSE, _INTERRUPTED = 1, 2, 130


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
    _need_verb(context)


@originals.callback()
def originals_options(context: typer.Context) -> None:
    """The original articles, which we cannot ship: bring your own."""
    _need_verb(context)


@case.callback()
def case_options(context: typer.Context) -> None:
    """The case: the data folder that the course is built on."""
    _need_verb(context)


def _need_verb(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(_MISUSE)


@app.command("list", epilog="Example: course list --json")
def list_lessons(as_json: Json = False) -> None:
    """The lessons with their minutes and parameters."""
    found = find_lessons()
    if as_json:
        _print_json([asdict(lesson) for lesson in found])
        return
    for lesson in found:
        typer.echo(f"{lesson.name}  {lesson.teaching + lesson.exercises} min  {lesson.title}")
        for parameter in lesson.parameters:
            typer.echo(f"    -p {parameter.name}={_spell(parameter.default)}  {parameter.help}")


@app.command(epilog="Example: course run 03 -p ally=TUR -p incident=su24-2015 --out my-run")
def run(
    names: Names = None,
    parameter: Annotated[list[str] | None, typer.Option("--parameter", "-p", metavar="NAME=VALUE", help="A parameter's value.")] = None,
    out: Annotated[Path | None, typer.Option(help="A new folder for all output; runs/<stamp> when left out.")] = None,
    timeout: Timeout = 120,
) -> None:
    """Run lessons headless with papermill and write their packets."""
    from helpers.paths import seeds_folder

    from .packets import build_packets
    from .plan import plan_runs, read_assignments
    from .runner import needs_space, new_run_folder, point_latest, release_run_folder, run_plan

    seeds_folder()  # a case that is not there is told now, not by every kernel
    plan = plan_runs(find_lessons(names), read_assignments(parameter or []))
    needs_space(out or Path(), len(plan))
    folder = new_run_folder(out)
    typer.echo(f"Running {len(plan)} lessons into {folder}")
    results, interrupted = [], False
    try:
        for number, result in enumerate(run_plan(plan, folder, timeout), start=1):
            results.append(result)
            typer.echo(f"[{number}/{len(plan)}] {result}", err=result.state != "done")
    except KeyboardInterrupt:
        interrupted = True
    finally:
        if not results:
            release_run_folder(folder)
    if results:
        typer.echo(f"Open {build_packets(folder)}; the packet is {folder / 'class' / 'packet.html'}")
        if out is None:
            point_latest(folder)
    failed = [result for result in results if result.state != "done"]
    for result in failed:
        typer.echo(f"{result.notebook}, cell {result.cell or '?'}: {result.error}", err=True)
    if interrupted:
        typer.echo(f"course: interrupted; {len(results)} of {len(plan)} runs were done and are kept in {folder}", err=True)
    if interrupted or failed:
        raise typer.Exit(_INTERRUPTED if interrupted else _FAILED)


@app.command(epilog="Example: course packet runs/latest")
def packet(folder: Annotated[Path, typer.Argument(metavar="RUN_DIR", help="A folder that 'course run' wrote.")]) -> None:
    """Build the packets and the index of a run again."""
    from .packets import build_packets

    typer.echo(f"Open {build_packets(folder)}")


@app.command(epilog="Example: course validate 03 --no-nbval")
def validate(
    names: Names = None,
    nbval: Annotated[bool, typer.Option(help="Also run the lessons and compare their outputs.")] = True,
    timeout: Timeout = 120,
) -> None:
    """Check the notebooks' rules, the case's data and rights, and compare a fresh run with the stored outputs."""
    from .validate import check_all, compare_outputs

    chosen = lesson_paths(names)
    findings = check_all(chosen)
    for finding in findings:
        typer.echo(str(finding), err=finding.level == "F")
    agree, report = compare_outputs(chosen, timeout) if nbval else (True, "")
    if not agree:
        typer.echo(report, err=True)
        typer.echo("F nbval: a fresh run differs from the stored outputs; see above, or store them anew with 'course refresh'", err=True)
    failed = sum(finding.level == "F" for finding in findings) + (not agree)
    warnings = sum(finding.level == "W" for finding in findings)
    typer.echo(f"{len(chosen)} lessons, {failed} failures, {warnings} warnings{'' if nbval else ', outputs not compared'}")
    if failed:
        raise typer.Exit(_FAILED)


@app.command(epilog="Example: course refresh 03")
def refresh(names: Names = None) -> None:
    """For maintainers: run lessons on the reading edition and store their outputs in the notebooks."""
    from .store import refresh as store

    if notebooks_folder() != lessons_module.CHECKOUT:
        raise CourseError("these notebooks are installed ones", where=str(notebooks_folder()), todo="work in a checkout")
    for lesson in find_lessons(names):
        store(lesson.path)
        typer.echo(f"stored {lesson.name}")


@app.command(epilog="Example: course articles --edition reading --json")
def articles(
    edition: Annotated[str, typer.Option(help="auto, reading or original.")] = "auto",
    as_json: Json = False,
) -> None:
    """The case's articles with their versions and passages."""
    from helpers.articles import load_articles

    found = load_articles(edition)  # type: ignore[arg-type]  # checked there, with a message
    if as_json:
        _print_json([_article_json(article) for article in found])
        return
    for article in found:
        counts = ", ".join(f"{len(version.passages)} passages{f' in {version.id}' if version.id else ''}" for version in article.versions)
        typer.echo(f"{article.id}  {article.outlet}  {article.published} ({article.published_basis})  {article.edition} edition  {counts}")


@app.command(epilog="Example: course lab --folder my-course --no-browser", context_settings={"ignore_unknown_options": True})
def lab(
    folder: Annotated[Path, typer.Option(help="Your working copy.")] = Path("my-course"),
    options: Annotated[list[str] | None, typer.Argument(metavar="[OPTION]...", help="Any other options go to JupyterLab.")] = None,
) -> None:
    """Open JupyterLab on a working copy of the notebooks; what is there already stays as you left it."""
    from .working_copy import lab_command, lab_environment, make_working_copy

    make_working_copy(folder)
    command = lab_command(folder, options or [])
    os.execve(command[0], command, lab_environment())


@originals.command("add", epilog="Example: course originals add ~/Downloads/articles")
def originals_add(paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, or folders of files.")]) -> None:
    """Put original articles in place; each file is recognised by its SHA-256, whatever its name."""
    from .originals import add_originals

    done = add_originals(paths)
    for path, what, known in done:
        typer.echo(f"{path}: {what}", err=not known)
    if not all(known for _, _, known in done):
        raise typer.Exit(_FAILED)


@originals.command("status", epilog="Example: course originals status --json")
def originals_status(as_json: Json = False) -> None:
    """Which originals are in place."""
    from .originals import originals_status as status

    if as_json:
        _print_json(dict(status()))
        return
    for article, place in status():
        typer.echo(f"{article}  {place}")


@case.command("check", epilog="Example: course --seeds my-case case check")
def case_check() -> None:
    """What is missing in the case's data, or lost its evidence."""
    from .case import check_case

    findings = check_case()
    for finding in findings:
        typer.echo(str(finding), err=True)
    typer.echo(f"{len(findings)} findings")
    if findings:
        raise typer.Exit(_FAILED)


@case.command("code", epilog="Example: course case code evidence.json --out annotations")
def case_code(
    rows: Annotated[Path, typer.Argument(metavar="ROWS.json", help="Coded rows: id, version, phrase, actor, issue, stance, voice, note.")],
    out: Annotated[Path, typer.Option(help="The folder to write <article>.jsonl files to.")],
) -> None:
    """Turn coded rows into stand-off annotations, and say which rows do not anchor."""
    from helpers.annotation import build, read_coded_rows, to_lines
    from helpers.articles import load_articles
    from helpers.files import write_atomic

    found = load_articles()
    built, lost = build(read_coded_rows(rows), found)
    for id, why in lost:
        typer.echo(f"{id} does not anchor: {why}", err=True)
    for article in found:
        write_atomic(out / f"{article.id}.jsonl", to_lines(mark for mark in built if mark.article == article.id))
    typer.echo(f"{len(built)} of {len(built) + len(lost)} rows anchored")
    if lost:
        raise typer.Exit(_FAILED)


@app.command(epilog="Example: course version")
def version() -> None:
    """The version of the package."""
    typer.echo(__version__)


def main() -> None:
    """Run the command; every error becomes one line on stderr and the right exit code."""
    for name in ("SIGTERM", "SIGHUP"):  # a CI that cancels, a terminal that closes: stop as for Ctrl+C, and keep what is done
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    try:
        code = app(standalone_mode=False)
    except CourseError as error:
        typer.echo(f"course: {error}", err=True)
        code = _MISUSE
    except TyperException as error:
        typer.echo(f"course: {' '.join(error.format_message().split()).rstrip('.')}; see 'course --help'", err=True)
        code = _MISUSE
    except (KeyboardInterrupt, typer.Abort):
        typer.echo("course: interrupted", err=True)
        code = _INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has gone; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = _FAILED
    sys.exit(code if isinstance(code, int) else 0)


def _article_json(article: Any) -> dict[str, Any]:
    data = asdict(article)
    data["published"] = {"date": article.published.isoformat(), "basis": data.pop("published_basis")}
    data["versions"] = [{"version": version.pop("id")} | version for version in data["versions"]]
    data["furniture"] = [{"name": span.name, "start": span.start, "end": span.end} for span in article.furniture]
    return data


def _spell(value: Any) -> str:
    return ",".join(value) if isinstance(value, list) else str(value)


def _print_json(data: Any) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=1, default=str))
