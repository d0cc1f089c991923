"""The glossary as a notebook of its own, written from the case's glossary: a heading for each term, which lessons link to."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_markdown_cell, new_notebook

from helpers.files import data_of, read_toml, require, write_atomic
from helpers.paths import seeds_folder

from .findings import Finding, prose_cells
from .lessons import read_notebook

PAGE = "glossary.ipynb"
CONCEPT = "concept"
_INTRO = """# Glossary

The terms of the course, one sentence each, with the source of the sentence and the lessons that use the term. A lesson links a term
where it first uses it. A term marked *unverified* rests on general knowledge that nobody has checked for this course."""
_PARTS = (
    ("Terms", "Words that the lessons use in one sense, so that two readers mean the same."),
    (
        "Concepts of alliance theory",
        "Ideas from research, with the work that they are usually cited from. None of them is a finding about this case.",
    ),
)


def load_terms() -> list[dict[str, Any]]:
    """The terms of the case's glossary in alphabetical order; empty where a case has none yet.

    Raises
    ------
    SeedError
        When a term lacks its definition, source or confidence.

    Examples
    --------
    >>> "consensus" in [entry["term"] for entry in load_terms()]
    True
    """
    path = seeds_folder() / "glossary.toml"
    with data_of(path):
        terms = read_toml(path).get("terms", []) if path.is_file() else []
        for entry in terms:
            require(entry, ("term", "definition", "source", "confidence"))
    return sorted(terms, key=lambda entry: entry["term"].casefold())


def slug_of(term: str) -> str:
    """The id of a term's cell, and so what a link to it ends in: letters and digits, anything else is a hyphen.

    Examples
    --------
    >>> slug_of("North Atlantic Council"), slug_of("autonomy–security trade")
    ('North-Atlantic-Council', 'autonomy-security-trade')
    """
    return re.sub(r"[^A-Za-z0-9]+", "-", term).strip("-")


def find_links(text: str) -> list[re.Match[str]]:
    """The links to the glossary in a text; group 1 is what a reader sees, group 2 the term's slug.

    Examples
    --------
    >>> [match.groups() for match in find_links("By [consensus](glossary.ipynb#cell-id=consensus).")]
    [('consensus', 'consensus')]
    """
    return list(re.finditer(rf"\[([^\]\n]+)\]\({re.escape(PAGE)}#(?:cell-id=)?([^)\s]*)\)", text))


def settle_links(text: str) -> str:
    """The text with its links to the glossary in the form that works: JupyterLab jumps at the first click only to a cell's id.

    Examples
    --------
    >>> settle_links("By [consensus](glossary.ipynb#consensus).")
    'By [consensus](glossary.ipynb#cell-id=consensus).'
    """
    return re.sub(rf"(\]\({re.escape(PAGE)}#)(?!cell-id=)", r"\1cell-id=", text)


def glossary_page() -> nbformat.NotebookNode:
    """The page: an introduction, then a cell for each term under its part, in the same bytes for the same glossary."""
    terms = load_terms()
    parts = [[entry for entry in terms if (entry.get("kind") == CONCEPT) == concept] for concept in (False, True)]
    cells = [new_markdown_cell(_INTRO, id="glossary")]
    for (heading, intro), entries in zip(_PARTS, parts, strict=True):
        if entries:
            cells.append(new_markdown_cell(f"## {heading}\n\n{intro}", id=f"part-{slug_of(heading)}"))
            cells += [new_markdown_cell(_entry(entry), id=slug_of(entry["term"])) for entry in entries]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})


def check_lessons_of_terms(lessons: list[Path]) -> Iterator[Finding]:
    """Warnings where the glossary names a lesson that does not link a term, or leaves out one that does."""
    linked = {
        path.stem[:2]: {link[2] for _, cell in prose_cells(read_notebook(path)) for link in find_links(cell.source)} for path in lessons
    }
    for entry in load_terms():
        using = [number for number, slugs in linked.items() if slug_of(entry["term"]) in slugs]
        if sorted(entry.get("lessons", [])) != using:
            said, where = ", ".join(using) or "no lesson", str(seeds_folder() / "glossary.toml")
            yield Finding(where, f"“{entry['term']}” is linked by {said}; set lessons = {json.dumps(using)}", "W")


def is_fresh(folder: Path) -> bool:
    """Whether the page that stands in a folder of lessons is the one that the glossary makes."""
    path = folder / PAGE
    return path.is_file() and path.read_text(encoding="utf-8") == _text()


def write_glossary_page(folder: Path) -> Path | None:
    """Write the page into a folder of lessons; ``None`` where it is fresh already or the case has no terms."""
    if not load_terms() or is_fresh(folder):
        return None
    write_atomic(folder / PAGE, _text())
    return folder / PAGE


def _text() -> str:
    return nbformat.writes(glossary_page()) + "\n"


def _entry(entry: dict[str, Any]) -> str:
    weak = " *Unverified.*" if entry["confidence"] == "K" else ""
    lessons = ", ".join(entry.get("lessons", [])) or "none yet"
    return f"### {entry['term']}\n\n{entry['definition']}{weak}\n\nSource: {entry['source']}. Lessons: {lessons}."
