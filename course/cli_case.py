"""The verbs about texts and data: ``course articles``, ``annotate``, ``originals`` and ``case``, thin like all others."""

import webbrowser
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from helpers.errors import CourseError
from helpers.sources import visible

from .terminal import FAILED, Failures, Json, fail_with, need_verb, print_json

if TYPE_CHECKING:
    from helpers.annotation import Annotation

originals = typer.Typer(rich_markup_mode=None, invoke_without_command=True)
case = typer.Typer(rich_markup_mode=None, invoke_without_command=True)


@originals.callback()
def originals_options(context: typer.Context) -> None:
    """The original articles, which we cannot ship: bring your own."""
    need_verb(context)


@case.callback()
def case_options(context: typer.Context) -> None:
    """The case: the data folder that the course is built on."""
    need_verb(context)


@originals.command("add", epilog="Example: course originals add ~/Downloads/articles")
def originals_add(paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, or folders of files.")]) -> None:
    """Put original articles in place; each file is recognised by its SHA-256, whatever its name."""
    from .originals import add_originals

    done = add_originals(paths)
    for path, what, known in done:
        typer.echo(f"{path}: {what}", err=not known)
    if not all(known for _, _, known in done):
        raise typer.Exit(FAILED)


@originals.command("status", epilog="Example: course originals status --json")
def originals_status(as_json: Json = False) -> None:
    """Which originals are in place."""
    from .originals import originals_status as status

    if as_json:
        print_json(dict(status()))
        return
    for article, place in status():
        typer.echo(f"{article}  {place}")


def articles(
    # Paths as text: typer would stop at the first one that cannot be read, and the others would not be done.
    paths: Annotated[list[str] | None, typer.Argument(metavar="[PATH]...", help="Files to load instead of the case's.")] = None,
    edition: Annotated[str, typer.Option(help="auto, reading or original, for the case's articles.")] = "auto",
    as_json: Json = False,
) -> None:
    """The case's articles, or those in any files: plain text, saved web pages, pages that show two versions."""
    from helpers.articles import load_articles
    from helpers.readers import read_article_file

    from .printing import article_json, article_line

    found: list[dict[str, Any]] = []
    with Failures() as failures:
        for path in paths or []:
            with failures.kept():
                found.append(article_json(*read_article_file(Path(path))))
        if not paths:
            found = [article_json(article) for article in load_articles(edition)]
        if as_json:
            print_json(found)
        for article in found if not as_json else ():
            typer.echo(article_line(article))


def annotate(
    sources: Annotated[list[str], typer.Argument(metavar="PATH|ARTICLE...", help="Files, or ids of the case's articles.")],
    edition: Annotated[str, typer.Option(help="auto, reading or original, for the case's articles.")] = "auto",
    as_json: Json = False,
) -> None:
    """Who and what an article mentions, and who says what: one W3C AnnotationPage an article, one after the other.

    Several articles are printed as JSON Lines, each as soon as it is done.
    """
    from .printing import annotation_page, mention_line

    with Failures() as failures:
        for source in sources:
            with failures.kept():
                page = annotation_page(source, edition)
                if as_json:
                    print_json(page, indent=None if len(sources) > 1 else 1)
                for item in page["items"] if not as_json else ():
                    typer.echo(mention_line(item))


@case.command("check", epilog="Example: course case check my-case")
def case_check(
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="The case's folder; the one in use when left out.")] = None,
) -> None:
    """What is missing in the case's data, or lost its evidence: file, line, what to do."""
    from .case import check_case

    fail_with(check_case(folder and folder.absolute()))


@case.command("new", epilog="Example: course case new my-case")
def case_new(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is not there yet, or empty.")]) -> None:
    """A commented skeleton of a case, for your own crisis."""
    from .skeleton import new_case

    typer.echo(f"Open {new_case(folder) / 'README.md'}, then follow 'course case check {folder}'")


@case.command("code", epilog="Example: course case code evidence.json --out annotations")
def case_code(
    rows: Annotated[Path, typer.Argument(metavar="ROWS.json", help="Coded rows: id, version, phrase, actor, issue, stance, voice, note.")],
    out: Annotated[Path, typer.Option(help="The folder to write <article>.jsonl files to.")],
) -> None:
    """Turn coded rows into stand-off annotations, and say which rows do not anchor."""
    from helpers.annotation import build, read_coded_rows
    from helpers.articles import load_articles

    built, lost = build(read_coded_rows(rows), load_articles())
    for id, why in lost:
        typer.echo(f"{id} does not anchor: {why}", err=True)
    _write_annotations(built, out)
    typer.echo(f"{len(built)} of {len(built) + len(lost)} rows anchored")
    if lost:
        raise typer.Exit(FAILED)


@case.command("mark", epilog="Example: course --seeds my-case case mark my-article --kind provision")
def case_mark(
    article: Annotated[str | None, typer.Argument(metavar="[ARTICLE]", help="One article's id; all of the case when left out.")] = None,
    kind: Annotated[str, typer.Option(help="What is coded: stance, provision, quotation, claim or conflict.")] = "stance",
    lab: Annotated[bool, typer.Option("--lab/--no-lab", help="Open JupyterLab on the notebook, or write it only.")] = True,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser, or print the address only.")] = True,
) -> None:
    """Mark and code the articles of your own case in JupyterLab; codes are written into its annotations at once."""
    from .case_notebook import case_lab, write_case_notebook
    from .lab import become, find_running

    path, added = write_case_notebook(article, kind)
    typer.echo(visible(f"The notebook is {path}" + (f"; cells added: {added}" if added else "")))
    if address := find_running(path.parent) if lab else "":
        typer.echo(visible(f"JupyterLab is open on its folder already: {address}"))
        if added:
            typer.echo("Where the notebook is open there, choose File > Reload Notebook from Disk.")
        if browser:
            webbrowser.open(address)
    elif lab:
        command, environment = case_lab(path, browser)
        become(command, environment)


@case.command("export", epilog="Example: course case export codes.csv")
def case_export(
    out: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write: .csv, .jsonld, or .json for Hypothesis.")],
    kind: Annotated[str | None, typer.Option(help="One kind of annotation only: stance, provision, quotation, claim, conflict.")] = None,
    coder: Annotated[str | None, typer.Option(help="One coder only.")] = None,
) -> None:
    """Write the case's annotations for other programs, all of them unless told otherwise."""
    from helpers.annotation import annotations
    from helpers.articles import index_passages, load_articles
    from helpers.exchange import export_annotations
    from helpers.files import write_atomic

    marks = annotations(kind=kind, coder=coder)
    passages = {id: passage.text for id, passage in index_passages(load_articles("reading")).items()}
    write_atomic(out, export_annotations(marks, _format_of(out), passages))
    typer.echo(f"{len(marks)} annotations written to {out}")


@case.command("import", epilog="Example: course case import codes.csv --out annotations")
def case_import(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that 'course case export' or its user wrote.")],
    out: Annotated[Path, typer.Option(help="The folder to write <article>.jsonl files to.")],
) -> None:
    """Turn annotations from other programs into files of a case; nothing is written unless all of them are whole."""
    from helpers.exchange import import_annotations
    from helpers.files import read_text

    marks = import_annotations(read_text(file), _format_of(file), str(file))
    _write_annotations(marks, out)
    typer.echo(f"{len(marks)} annotations written to {out}")


def _write_annotations(marks: "Iterable[Annotation]", out: Path) -> None:
    """Write a file for each coder and article; none at all where one would lose annotations that stand there."""
    from helpers.annotation import REFERENCE, to_lines
    from helpers.files import read_json_lines, write_atomic

    files: dict[Path, list[Annotation]] = {}
    for mark in marks:
        files.setdefault((out if mark.coder == REFERENCE else out / mark.coder) / f"{mark.article}.jsonl", []).append(mark)
    for path, own in files.items():
        there = [line["id"] for _, line in read_json_lines(path)] if path.is_file() else []
        if lost := sorted(set(there) - {mark.id for mark in own}):
            raise CourseError(
                f"{len(lost)} annotations would be lost, {lost[0]} first", where=str(path), todo="give another folder as --out"
            )
    for path, own in files.items():
        write_atomic(path, to_lines(own))


def _format_of(path: Path) -> str:
    formats = {".csv": "csv", ".jsonld": "jsonld", ".json": "hypothesis"}
    if path.suffix not in formats:
        raise CourseError(f"{path.suffix or 'no ending'} names no format", where=str(path), todo="use .csv, .jsonld or .json (Hypothesis)")
    return formats[path.suffix]
