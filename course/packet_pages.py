"""The pages of one group: its packet in the learner's or the teacher's view, its exercises with or without solutions."""

import contextlib
import re
from collections.abc import Iterable
from functools import cached_property
from html import escape
from pathlib import Path
from urllib.parse import quote

from helpers.errors import CourseError
from helpers.views import paragraph

from .class_index import run_title, tell_failure
from .executed import Cell, read_cells
from .exercises import Items, exercises_html
from .fragments import GLOSSARY, TITLE, Renderer, heading
from .glossary_page import glossary_page
from .item_keys import item_and_key_html, key_html
from .page_frame import FOR_TEACHERS, page_html
from .results import RunResult
from .shown_outputs import note_html
from .teaching import read_page

VIEWS = {  # the file is called like the view; what stands in its title before the group's name
    "packet": "Packet of",
    "teacher": "Teacher’s view of",
    "exercises": "Exercises for",
    "solutions": "Exercises with solutions for",
}
LARGEST = 20_000_000  # bytes of a packet's lessons together
Piece = tuple[str, int]  # HTML and its size in bytes


class Press:
    """What the pages of all groups have in common, made once: cells, items, the glossary."""

    def __init__(self) -> None:
        self.renderer = Renderer()
        self.items = Items()

    @cached_property
    def glossary(self) -> str:
        """The glossary as HTML; empty where the case has none."""
        page = glossary_page()
        if len(page.cells) < 2:
            return ""
        seen, above, parts = {GLOSSARY}, TITLE, []
        for cell in page.cells:
            fragment = self.renderer.render(cell, GLOSSARY)
            html, above = fragment.below(above)
            parts.append(_placed(html, fragment.size, fragment.ids, _cell_id(cell, GLOSSARY), seen)[0])
        return "".join(parts)


def packet_html(folder: Path, results: list[RunResult], press: Press, *, keys: bool = False) -> str:
    """The packet of one group as a whole page, its lessons in reading order.

    Parameters
    ----------
    folder : pathlib.Path
        The run's folder.
    results : list of RunResult
        The group's.
    press : Press
        Keeps what the next group has in common with this one.
    keys : bool
        Whether it is the teacher's view.
    """
    lessons = [_lesson_pieces(folder, result, press, keys) for result in results]
    fair = _fair_size([sum(size for _, size in pieces) for pieces in lessons])
    parts = [_article(result, _cut(pieces, fair, result), keys) for result, pieces in zip(results, lessons, strict=True)]
    places = [(result.lesson, run_title(result)) for result in results]
    if press.glossary:
        parts.append(f'<article id="{GLOSSARY}">{press.glossary}</article>')
        places.append((GLOSSARY, "Glossary"))
    return page_html(_title(results, "teacher" if keys else "packet"), _contents(places) + "".join(parts), for_teachers=keys)


def worksheet_page(folder: Path, results: list[RunResult], press: Press, *, solutions: bool) -> str:
    """The exercises of one group's lessons as a whole page."""
    parts = []
    for result in results:
        try:
            cells = read_cells(folder / result.notebook)
        except CourseError:
            cells = []  # the items are known without what was made of them
        body = exercises_html(cells, result.lesson, press.renderer, press.items, solutions=solutions)
        again = _notice_again() if solutions else ""
        parts.append(f'<article id="{escape(result.lesson)}">{heading(2, run_title(result))}{again}{body}</article>')
    title = _title(results, "solutions" if solutions else "exercises")
    return page_html(title, _contents([(one.lesson, run_title(one)) for one in results]) + "".join(parts), for_teachers=solutions)


def _title(results: list[RunResult], view: str) -> str:
    return f"{VIEWS[view]} {results[0].group}"


def _contents(places: Iterable[tuple[str, str]]) -> str:
    links = "".join(f'<li><a href="#{quote(place)}">{escape(name)}</a></li>' for place, name in places)
    return f'<nav aria-label="Contents"><ul>{links}</ul></nav>'


def _article(result: RunResult, body: str, keys: bool) -> str:
    stopped = "" if result.state == "done" else f'<p class="failed">Stopped at {tell_failure(result)}</p>'
    said, end = f"{_notice_again() if keys else ''}{stopped}", "</h2>"
    # Below the lesson's title: above it they would seem to belong to the contents.
    told = body.replace(end, end + said, 1) if end in body else said + body
    return f'<article id="{escape(result.lesson)}">{told}</article>'


def _notice_again() -> str:
    return f'<p class="audience again">{FOR_TEACHERS}</p>'  # pages are printed, and parted


def _lesson_pieces(folder: Path, result: RunResult, press: Press, keys: bool) -> list[Piece]:
    title = heading(2, run_title(result))
    try:
        cells = read_cells(folder / result.notebook)
    except CourseError as error:
        what = f"The executed notebook {Path(result.notebook).name} {error.what}."
        known = Path(result.notebook).name and (result.state == "done" or (folder / result.notebook).exists())
        pieces = [_piece(title + paragraph(what if known else "Nothing was executed."))]
        return pieces + ([_piece(_lesson_end(result, {}, press))] if keys else [])
    fragments = [press.renderer.render(cell, result.lesson) for cell in cells]
    pieces = [] if any(2 in fragment.levels for fragment in fragments[:5]) else [_piece(title)]
    told, seen, above = dict[str, None](), {result.lesson}, (*TITLE, (2, 2)) if pieces else TITLE
    for cell, fragment in zip(cells, fragments, strict=True):
        html, above = fragment.below(above)
        pieces.append(_placed(html, fragment.size, fragment.ids, _cell_id(cell, result.lesson), seen))
        named = press.items.named(result.lesson, fragment.items) if keys else []
        pieces += [_piece(press.items.html(key_html, item)) for item in named if item.id not in told]
        told |= dict.fromkeys(item.id for item in named)
    return pieces + ([_piece(_lesson_end(result, told, press))] if keys else [])


def _placed(html: str, size: int, ids: tuple[str, ...], own: str, seen: set[str]) -> Piece:
    """A cell's HTML under its own id, without ids that stand on the page already."""
    frame = f'<div id="{escape(own)}">' if own and own not in seen else "<div>"
    seen.add(own)
    for id in seen.intersection(ids):
        html = html.replace(f' id="{id}"', "", 1)
    seen.update(ids)
    return f"{frame}{html}</div>", size + len(frame) + 6


def _cell_id(cell: Cell, lesson: str) -> str:
    id = cell.get("id")
    return f"{lesson}-{id}" if isinstance(id, str) and re.fullmatch(r"[\w-]{1,64}", id) else ""


def _lesson_end(result: RunResult, told: dict[str, None], press: Press) -> str:
    """What a teacher reads after a lesson: the items that stood nowhere, exam items with them, and what to ask the class."""
    items = [item for id, item in press.items.of(result.lesson).items() if id not in told]
    parts = [heading(3, "Items that stand nowhere above, with the exam’s")] if items else []
    parts += [press.items.html(item_and_key_html, item) for item in items]
    with contextlib.suppress(CourseError):  # a case of its own may have no notes
        note = read_page(result.lesson[:2])
        if found := re.search(r"^## Debrief question\n(.*?)(?=^## |\Z)", note, re.DOTALL | re.MULTILINE):
            cell = {"cell_type": "markdown", "source": f"## Debrief question\n{found[1]}"}
            parts.append(press.renderer.render(cell, f"{result.lesson}-note").html)
    return "".join(parts)


def _piece(html: str) -> Piece:
    return html, len(html.encode())


def _fair_size(sizes: list[int]) -> int:
    """The most that a lesson may take so that all stay within the limit: the large ones give way, the small ones stay whole."""
    left, waiting = LARGEST, sorted(sizes)
    while waiting and waiting[0] * len(waiting) <= left:
        left -= waiting.pop(0)
    return left // len(waiting) if waiting else LARGEST


def _cut(pieces: list[Piece], fair: int, result: RunResult) -> str:
    kept, left = [], fair
    for number, (html, size) in enumerate(pieces):
        left -= size
        if left < 0:
            rest = f"Cut: {len(pieces) - number} more parts of this lesson are left out, since the packet would be too large."
            return "".join(kept) + note_html(rest, Path(result.notebook).name)
        kept.append(html)
    return "".join(kept)
