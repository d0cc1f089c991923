"""Worksheets: the items of a lesson with space to write, for paper, or with their keys."""

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape

from helpers.annotation import annotations
from helpers.articles import load_articles
from helpers.clean import clean_html
from helpers.item_views import item_head
from helpers.items import Item
from helpers.marks import mark_fields
from helpers.passages import passages_html, read_passages
from helpers.questions import fields_of, load_items
from helpers.views import paragraph

from .executed import Cell, text_of
from .fragments import Renderer, heading
from .item_keys import key_html

_HEADINGS = re.compile(r"^#{2,6} +(.+?)\s*$", re.MULTILINE)
_EXERCISE = re.compile(r"exercise\b", re.IGNORECASE)
_WORDS = 10  # that somebody writes on a line
_MARKS = 5  # lines for marks


class Items:
    """The case's items, read once, and what is made of each, made once."""

    def __init__(self) -> None:
        self._items = load_items()
        self._made: dict[tuple[Callable[[Item], str], str], str] = {}

    def of(self, lesson: str) -> dict[str, Item]:
        """The items of a lesson by their ids; ``lesson`` is a number, or a name that begins with it.

        Examples
        --------
        >>> "03-q1" in Items().of("03_nato_articles_4_5")
        True
        """
        return {item.id: item for item in self._items if item.lesson == lesson[:2]}

    def named(self, lesson: str, names: Iterable[str]) -> list[Item]:
        """The items of a lesson that a fragment names; a name without a number stands for all that begin so.

        Examples
        --------
        >>> [item.id for item in Items().named("02", ["02-q1", "01-q1", "02-m"])]
        ['02-q1']
        """
        known = self.of(lesson)
        found = [id for name in names for id in known if id == name or (not name[-1].isdecimal() and id.rstrip("0123456789") == name)]
        return [known[id] for id in dict.fromkeys(found)]

    def html(self, make: Callable[[Item], str], item: Item) -> str:
        """What ``make`` gives for the item."""
        if (make, item.id) not in self._made:
            self._made[make, item.id] = make(item)
        return self._made[make, item.id]


def exercises_html(cells: list[Cell], lesson: str, renderer: Renderer, items: Items, *, solutions: bool = False) -> str:
    """The items that an executed notebook asks, under its headings, and then those of the lesson that it asks in another form.

    Exam items are left out: they are no exercises. Of the items on incidents only that of the notebook's own incident is kept.
    """
    known = {id: item for id, item in items.of(lesson).items() if item.mode != "exam"}
    parts, asked, section = [], dict[str, None](), ""
    for cell in cells:
        if cell.get("cell_type") == "markdown":
            section = _section(text_of(cell.get("source")), lesson, renderer) or section
            continue
        for item in items.named(lesson, renderer.render(cell, lesson).items):
            if item.id in known and item.id not in asked:
                parts.append(section + _exercise(item, items, solutions))
                asked[item.id], section = None, ""
    others = [_exercise(item, items, solutions) for item in _in_use(known.values(), cells) if item.id not in asked]
    more = heading(3, "Also in this lesson") if others and parts else ""
    return "".join([*parts, more, *others]) or paragraph("This lesson has no exercises.")


def worksheet_html(item: Item) -> str:
    """An item as it stands on paper: what is to be read for it, the choices with boxes, lines to write on.

    Examples
    --------
    >>> from helpers.questions import load_item
    >>> sheet = worksheet_html(load_item("00-q1"))
    >>> sheet.count("☐") >= 3, "Misconception" in sheet
    (True, False)
    """
    ask = {"forecast": _forecast, "code": _codes, "mark": _marks, "memo": _memo}.get(item.mode, _choices)
    return f'<section class="item" aria-label="{escape(item.id)}">{item_head(item)}{ask(item)}</section>'


def _exercise(item: Item, items: Items, solutions: bool) -> str:
    return items.html(worksheet_html, item) + (items.html(key_html, item) if solutions else "")


def _section(source: str, lesson: str, renderer: Renderer) -> str:
    """The last heading of a cell; of one that is an exercise also what it asks to do."""
    found = list(_HEADINGS.finditer(source))
    if not found:
        return ""
    if not _EXERCISE.match(found[-1][1]):
        return heading(3, found[-1][1])
    task = renderer.render({"cell_type": "markdown", "source": source[found[-1].end() :]}, lesson).html
    return heading(3, found[-1][1]) + task


def _in_use(items: Iterable[Item], cells: list[Cell]) -> Iterator[Item]:
    """The items, of those on incidents only the one whose incident the notebook's parameters name last."""
    items = list(items)
    code = "\n".join(text_of(cell.get("source")) for cell in cells if cell.get("cell_type") == "code")
    places = {item.incident: max(code.rfind(f'"{item.incident}"'), code.rfind(f"'{item.incident}'")) for item in items if item.incident}
    chosen = max(places, key=lambda name: places[name], default="")
    return (item for item in items if not item.incident or not cells or (item.incident == chosen and places[chosen] >= 0))


def _choices(item: Item) -> str:
    options = "".join(f"<li>{_box()} ({escape(option.key)}) {escape(option.text)}</li>" for option in item.options)
    return f"<ul>{options}</ul><p>Because</p>{_lines(1)}"


def _forecast(item: Item) -> str:
    sides = "".join(paragraph(f"{option.key}: {option.text}", "li") for option in item.options)
    return f"<ul>{sides}</ul><p>Probability of yes, in per cent</p>{_lines(1)}"


def _codes(item: Item) -> str:
    rows = "".join(f"<li>{escape(field.label)}<br>{''.join(map(_boxed, field.choices))}</li>" for field in fields_of(item))
    return f"{_to_read(item)}<ul>{rows}</ul>"


def _marks(item: Item) -> str:
    """The passages to underline words in, and a line for each of the marks."""
    fields = mark_fields(item.kind)
    listed = "".join(paragraph(f"{field.label}: {' / '.join(field.choices.values())}", "li") for field in fields if field.choices)
    asked = paragraph(f"Underline and number the phrases; then, for each, write {', '.join(field.label for field in fields)}.")
    return f"{_to_read(item)}{asked}<ul>{listed}</ul>{_lines(_MARKS)}"


def _memo(item: Item) -> str:
    least, most = item.words
    starters = [line for line in item.starter.split("\n") if line.strip()]
    lines = max(2, (least + most) // 2 // _WORDS)
    each = max(1, lines // max(1, len(starters)))
    form = paragraph(f"{least} to {most} words, {item.cites} ids as evidence at least.")
    return form + ("".join(paragraph(line) + _lines(each) for line in starters) or _lines(lines)) + "<p>Evidence</p>" + _lines(1)


def _to_read(item: Item) -> str:
    """The passages that are to be coded, in the reading edition, with the phrases marked."""
    marks = {mark.id: mark for mark in annotations()}
    articles = {article.id for article in load_articles("reading")}
    coded = [marks[id] for id in item.evidence if id in marks]
    named = [marks[id].passage if id in marks else id for id in item.evidence]
    ids = list(dict.fromkeys(id for id in named if id.partition(":")[0] in articles))
    return clean_html(passages_html(read_passages(ids, "reading"), coded)) if ids else ""


def _lines(count: int) -> str:
    return '<div class="rule"></div>' * count


def _boxed(choice: str) -> str:
    return f'<span class="choice">{_box()} {escape(choice)}</span>'


def _box() -> str:
    return '<span aria-hidden="true">☐</span>'
