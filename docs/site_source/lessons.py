"""Lessons as pages: the notebook with its stored outputs, its headings and items marked as places that others link to."""

import re
from collections.abc import Iterator
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from course.glossary_page import glossary_page
from course.lessons import Lesson, read_notebook

from .links import Places, anchor_of, link_html, link_markdown, term_anchor

FOLDER = "lessons"
_HEADING = re.compile(r"^(#{2,5}) (.+)$")
_ASKED = re.compile(r"<strong>(\d\d-[a-z]+\d+)</strong>")
_BANNER = """```{{note}}
This is the lesson to read, as it was run once with the reading edition of the articles. Nothing can be answered or moved here: to
work through it, [open it in JupyterLab](../{ways}). Teachers find [a note on this lesson](../{note}).
```"""
Anchors = dict[str, str]


def page_of(lesson: Lesson) -> str:
    """The staged file of a lesson."""
    return f"{FOLDER}/{lesson.path.name}"


def section_anchors(lesson: Lesson) -> Anchors:
    """The anchor of each section of a lesson by its heading, as plans and notes name it: without its objective."""
    source = "\n".join(cell.source for cell in read_notebook(lesson.path).cells if cell.cell_type == "markdown")
    return {title: anchor_of("lesson", lesson.number, title) for _, title in _headings(source)}


def item_anchors(lesson: Lesson) -> Anchors:
    """The anchor of each item that a lesson shows, by the item's id."""
    return {id: anchor_of("item", id) for cell in read_notebook(lesson.path).cells for id in _asked(cell)}


def term_anchors() -> Anchors:
    """The anchor of each term of the glossary by its slug."""
    return {cell.id: term_anchor(cell.id) for cell in glossary_page().cells if cell.source.startswith("### ")}


def lesson_page(lesson: Lesson, ways: str, note: str, places: Places) -> str:
    """The notebook to be staged for a lesson, as JSON.

    Parameters
    ----------
    lesson : Lesson
        The lesson.
    ways, note : str
        The staged files of the page on how to start, and of the teacher's note.
    places : Places
        What stands where.
    """
    page, marked, cells = page_of(lesson), set[str](), list[NotebookNode]()
    for number, cell in enumerate(read_notebook(lesson.path).cells):
        if cell.cell_type == "markdown":
            labelled = _label_headings(cell.source, lesson.number)
            cell.source = link_markdown(labelled, page, f"notebooks/{lesson.path.name}", places)
        elif new := [id for id in _asked(cell) if id not in marked]:
            marked.update(new)
            cells.append(new_markdown_cell("\n".join(f"({anchor_of('item', id)})=" for id in new), id=f"items-{number}"))
        if cell.cell_type == "code":
            cell.outputs = [_shown(output, page, places) for output in cell.outputs]
        cells.append(cell)
        if number == 0:
            cells.append(new_markdown_cell(_BANNER.format(ways=ways, note=note), id="this-page"))
    notebook = read_notebook(lesson.path)
    notebook.cells = cells
    return nbformat.writes(notebook)


def glossary_text(lessons: list[Lesson], page: str, places: Places) -> str:
    """The glossary's page in Markdown, each term a place of its own and its lessons linked."""
    files = {lesson.number: lesson.path.name for lesson in lessons}
    parts = []
    for cell in glossary_page().cells:
        terms, _, using = cell.source.rpartition("Lessons: ")
        using = re.sub(r"\d\d", lambda number: f"[{number[0]}]({files[number[0]]})" if number[0] in files else number[0], using)
        label = f"({term_anchor(cell.id)})=\n" if cell.source.startswith("### ") else ""
        parts.append(label + (f"{terms}Lessons: {using}" if terms else cell.source))
    return link_markdown("\n\n".join(parts) + "\n", page, "notebooks/glossary.ipynb", places)


def _headings(source: str) -> Iterator[tuple[int, str]]:
    """The headings of a Markdown text below the first level: the number of the line, and the title without its objective."""
    fenced = False
    for number, line in enumerate(source.split("\n")):
        fenced ^= line.startswith("```")
        if not fenced and (found := _HEADING.match(line)):
            yield number, re.sub(r" \(objectives? .*", "", found[2]).strip()


def _label_headings(source: str, lesson: str) -> str:
    lines = source.split("\n")
    for number, title in _headings(source):
        lines[number] = f"({anchor_of('lesson', lesson, title)})=\n{lines[number]}"
    return "\n".join(lines)


def _asked(cell: NotebookNode) -> list[str]:
    outputs = cell.outputs if cell.cell_type == "code" else []
    return list(dict.fromkeys(id for output in outputs for id in _ASKED.findall(output.get("data", {}).get("text/html", ""))))


def _shown(output: NotebookNode, page: str, places: Places) -> NotebookNode:
    """An output with its one form that the page shows; beside HTML the others would be dead weight."""
    data: dict[str, Any] = output.get("data", {})
    if "text/html" in data:
        output["data"] = nbformat.from_dict({"text/html": link_html(data["text/html"], page, places)})
    return output
