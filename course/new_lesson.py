"""A new lesson from the template: the notebook, a file for its items, a teacher's note, each ready to run and to be rewritten."""

import re
import unicodedata
from pathlib import Path

import nbformat

from helpers.articles import load_catalogue
from helpers.errors import CourseError
from helpers.files import write_atomic
from helpers.paths import packaged_seeds, seeds_folder

from .glossary_page import find_links, load_terms, slug_of
from .lessons import CHECKOUT, PACKAGED, read_notebook

TEMPLATE = "template.ipynb"
_TEXTS = Path(__file__).with_name("skeleton_lesson")
_EXAMPLE = Path(__file__).with_name("skeleton") / "questions" / "01.toml"  # what 'course case new' put there


def new_lesson(number: str, title: str) -> list[Path]:
    """Write notebook, items and teacher's note of a new lesson into the checkout, or into the case in use; the files written.

    Raises
    ------
    CourseError
        When the number is not two digits, a file of that number is there, the title makes no file name, or the course is
        an installed one; nothing is written then.
    """
    if not re.fullmatch(r"[0-9]{2}", number):
        raise CourseError(f"{number!r} is no lesson's number", where="NN", todo="give two digits, such as 10")
    title = " ".join(title.split())
    name = re.sub(r"[^a-z0-9]+", "_", unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()).strip("_")
    if not name:
        raise CourseError(f"{title!r} makes no file name", where="TITLE", todo="use some letters")
    notebooks, notes = _folders()
    items = seeds_folder() / "questions" / f"{number}.toml"
    for path in (*notebooks.glob(f"{number}_*.ipynb"), items, notes / f"{number}.md"):
        if path.exists() and not (path == items and path.read_bytes() == _EXAMPLE.read_bytes()):
            raise CourseError("is there already", where=str(path), todo="choose another number; nothing was changed")
    texts = {
        notebooks / f"{number}_{name}.ipynb": nbformat.writes(_notebook(number, title)) + "\n",
        items: _filled((_TEXTS / "items.toml").read_text(encoding="utf-8"), number, title),
        notes / f"{number}.md": _filled((_TEXTS / "note.md").read_text(encoding="utf-8"), number, title),
    }
    for path, text in texts.items():
        write_atomic(path, text)
    return list(texts)


def _folders() -> tuple[Path, Path]:
    if seeds_folder().resolve() != packaged_seeds().resolve():
        return seeds_folder() / "notebooks", seeds_folder() / "notes"
    if not CHECKOUT.is_dir():
        raise CourseError("this course is installed", where=str(PACKAGED), todo="work in a checkout, or in a case with --seeds DIR")
    return CHECKOUT, Path(__file__).with_name("notes")


def _notebook(number: str, title: str) -> nbformat.NotebookNode:
    notebook = read_notebook((CHECKOUT if CHECKOUT.is_dir() else PACKAGED) / TEMPLATE)
    article = load_catalogue()["articles"][0]["id"]
    for at, cell in enumerate(notebook.cells, start=1):
        cell.id = f"{number}-{at:02}"
        cell.source = _filled(cell.source, number, title)
        cell.source = re.sub(r"^(\*\*Sources\.\*\*) \S+$", rf"\1 {article}", cell.source, flags=re.MULTILINE)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        elif not {link[2] for link in find_links(cell.source)} <= {slug_of(entry["term"]) for entry in load_terms()}:
            cell.source = re.sub(r"\[([^\]]+)\]\(glossary[^)]*\)", r"\1", cell.source)
    known = {entry["term"] for entry in load_terms()}
    close = notebook.cells[-1]
    if not set(re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", close.source)) <= known:
        close.source = re.sub(r"^\*\*Terms met\.\*\* .*$", "**Terms met.** none yet.", close.source, flags=re.MULTILINE)
    return notebook


def _filled(text: str, number: str, title: str) -> str:
    """The template's text as lesson ``number``; in the template itself it is 00, so that it runs on the items of lesson 00."""
    text = text.replace("# 00 Title of the lesson", f"# {number} {title}").replace("lesson 00:", f"lesson {number}:")
    return re.sub(r"\b00(?=-[oqx]\d)", number, text).replace('lesson = "00"', f'lesson = "{number}"')
