"""A run's folder made of the stored lessons, without a kernel: what packets and the index are built from."""

import shutil
from dataclasses import replace
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from course.lessons import find_lessons
from course.results import RunResult, append_result

FAILURE = {"state": "failed", "cell": 7, "error": "ValueError: <b>no</b>"}


def write_run(folder: Path, groups: tuple[str, ...] = ("class",), lessons: tuple[str, ...] = ("00", "03"), **changed: dict) -> Path:
    """The stored lessons as every group's outputs; ``changed`` are the fields of a result, by lesson with an ``n`` before it."""
    for number, group in enumerate(groups):
        safe = group if group.isalnum() else f"group-{number}"
        (folder / safe).mkdir(parents=True)
        for lesson in find_lessons(list(lessons)):
            shutil.copy(lesson.path, folder / safe)
            result = RunResult(lesson.name, lesson.title, group, "done", 1.0, f"{safe}/{lesson.path.name}", safe)
            append_result(folder, replace(result, **changed.get(f"n{lesson.number}", {})))
    return folder


def add_cells(path: Path, *cells) -> None:
    """More cells at the end of a notebook."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells += cells
    nbformat.write(notebook, path)


def text_cell(source: str, **parts):
    """A Markdown cell."""
    return new_markdown_cell(source, **parts)


def shown_cell(**data: str):
    """A code cell that displays: ``html=…``, ``plain=…``, ``png=…``."""
    names = {"html": "text/html", "plain": "text/plain", "png": "image/png"}
    return new_code_cell("1", outputs=[new_output("display_data", data={names[name]: text for name, text in data.items()})])


def printed_cell(text: str):
    """A code cell that printed."""
    return new_code_cell("1", outputs=[new_output("stream", text=text)])


def page(folder: Path, name: str = "packet.html", group: str = "class") -> str:
    """A group's page."""
    return (folder / group / name).read_text(encoding="utf-8")
