"""Cells as HTML fragments that fit together on one page, each rendered once however many groups have it.

nbconvert renders a cell and :func:`helpers.clean.clean_html` cleans it. Then its headings go one level down, since the page has
its own first one, and its ids and the links to them get the lesson's name before them, since lessons share headings.
"""

import hashlib
import json
import logging
import re
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any

from helpers.clean import clean_html

from .executed import Cell, text_of
from .glossary_page import PAGE
from .shown_outputs import SOURCE, TEXT, cut_text, note_html, shown_outputs

GLOSSARY = PAGE.removesuffix(".ipynb")
Above = tuple[tuple[int, int], ...]  # the headings that a place stands under: the level that each had, and has on the page
TITLE: Above = ((1, 1),)
_CACHE = 64_000_000  # bytes of fragments that are kept
# In what nh3 writes, "<" stands at a tag only, and an attribute's value is in double quotes.
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)([^<>"]*(?:"[^"]*"[^<>"]*)*)>')
_CAPTION = re.compile(r"\s*<caption[^>]*>(.*?)</caption>", re.DOTALL)
_ITEM = re.compile(r"\b\d\d-[a-z]+(?:\d+\b|(?=\{))")  # an id, or its beginning where code counts on
_ANCHOR = re.compile(r'<a class="anchor-link"[^>]*>¶</a>')
_LINK = re.compile(r"(?:([\w.-]+)\.ipynb)?(?:#(.*))?")


@dataclass(frozen=True)
class Fragment:
    """A cell as clean HTML; ``size`` in bytes, ``levels`` of its headings, ``ids`` in it.

    ``items`` are the ids that its code or output names; one without a number stands for all that begin so.
    """

    html: str
    size: int = 0
    levels: tuple[int, ...] = ()
    ids: tuple[str, ...] = ()
    items: tuple[str, ...] = ()

    def below(self, above: Above) -> tuple[str, Above]:
        """The HTML for a place under these headings, and the headings that what follows stands under: none skips a level.

        Examples
        --------
        >>> Fragment("<h5>One</h5><h5>Two</h5>", levels=(5, 5)).below(((1, 1), (2, 2)))
        ('<h3>One</h3><h3>Two</h3>', ((1, 1), (2, 2), (5, 3)))
        """
        fit = []
        for level in self.levels:
            above = tuple(pair for pair in above if pair[0] < level)
            fit.append(above[-1][1] + 1 if above else level)
            above = (*above, (level, fit[-1]))
        if tuple(fit) == self.levels:
            return self.html, above
        after, open_ones = iter(fit), []

        def settle(tag: re.Match[str]) -> str:
            end, name, rest = tag.groups()
            if not _is_heading(name):
                return tag[0]
            if not end:
                open_ones.append(next(after))
            return f"<{end}h{open_ones.pop() if end else open_ones[-1]}{rest}>"

        return _TAG.sub(settle, self.html), above


class Renderer:
    """Cells to fragments, with those that were used last kept for the next group; one for each process."""

    def __init__(self, kept: int = _CACHE) -> None:
        self._kept, self._size = kept, 0
        self._fragments: OrderedDict[bytes, Fragment] = OrderedDict()

    def render(self, cell: Cell, lesson: str) -> Fragment:
        """The fragment of a cell of this lesson; of one that cannot be rendered, a sentence that says so."""
        parts = [lesson, *(cell.get(name) for name in ("cell_type", "source", "outputs", "attachments"))]
        key = hashlib.blake2b(json.dumps(parts).encode(), digest_size=16).digest()
        if key in self._fragments:
            self._fragments.move_to_end(key)
            return self._fragments[key]
        fragment = self._fragment(cell, lesson)
        self._fragments[key] = fragment
        self._size += fragment.size
        while self._size > self._kept:
            self._size -= self._fragments.popitem(last=False)[1].size
        return fragment

    def _fragment(self, cell: Cell, lesson: str) -> Fragment:
        notebook = f"{lesson}.ipynb"
        try:
            html, note = self._convert(cell, notebook)
        except Exception as error:  # whatever a learner put there, the others' packets must come out
            html, note = "", f"A cell cannot be shown here ({type(error).__name__})."
        html, levels, ids = _settle(html, lesson)
        html += note_html(note, notebook) if note else ""
        return Fragment(html, len(html.encode()), levels, ids, _named_items(cell))

    def _convert(self, cell: Cell, notebook: str) -> tuple[str, str]:
        from nbformat import from_dict

        kind = cell.get("cell_type")
        if kind not in ("code", "markdown", "raw"):
            return "", "A cell cannot be shown here (of an unknown kind)."
        source, note = cut_text(text_of(cell.get("source")), SOURCE)
        one: Cell = {"cell_type": kind, "source": source, "metadata": {}}
        if kind == "code":
            one |= {"outputs": shown_outputs(cell.get("outputs"), notebook), "execution_count": None}
        elif isinstance(files := cell.get("attachments"), dict):
            one["attachments"] = files
        page = from_dict({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [one]})
        return clean_html(self._exporter.from_notebook_node(page)[0]), note

    @cached_property
    def _exporter(self) -> Any:
        from nbconvert import HTMLExporter
        from traitlets.config import Config

        # No style sheet: the page has its own.
        config = Config({"CSSHTMLHeaderPreprocessor": {"enabled": False}})
        log = logging.Logger("packets")  # it would tell on stderr of every picture without a description
        log.addHandler(logging.NullHandler())
        return HTMLExporter(template_name="basic", exclude_input_prompt=True, exclude_output_prompt=True, log=log, config=config)


def _settle(html: str, lesson: str) -> tuple[str, tuple[int, ...], tuple[str, ...]]:
    """The HTML with its headings, ids, links and tables as a page of many lessons needs them; levels of headings, ids."""
    html = _ANCHOR.sub("", html)
    levels: list[int] = []
    ids: dict[str, None] = {}
    framed: list[bool] = []  # of the tables that are open: whether helpers.views framed them already

    def settle(tag: re.Match[str]) -> str:
        end, name, rest = tag.groups()
        if _is_heading(name):
            level = min(int(name[1]) + 1, 6)
            levels.extend([] if end else [level])
            name = f"h{level}"
        elif name == "main":
            name = "div"  # the page has its own
        rest = re.sub(r' id="([^"]*)"', lambda found: _new_id(found[1], lesson, ids), rest)
        rest = re.sub(r' href="([^"]*)"', lambda found: f' href="{_target(found[1], lesson)}"', rest)
        if name == "table":
            # What scrolls sideways must be reached by the keyboard, and called something.
            if not end:
                framed.append(html[html.rfind("<", 0, tag.start()) : tag.start()].startswith('<div class="wide"'))
                return f"{'' if framed[-1] else _scroller(html, tag.end())}<{name}{rest}>"
            return f"</{name}>{'' if framed and framed.pop() else '</div>'}"
        return f"<{end}{name}{rest}>"

    return _TAG.sub(settle, html), tuple(levels), tuple(ids)


def _is_heading(name: str) -> bool:
    return len(name) == 2 and name[0] == "h" and name[1].isdecimal()


def _new_id(id: str, lesson: str, ids: dict[str, None]) -> str:
    new = f"{lesson}-{id}"
    if id.startswith("cell-id=") or new in ids:  # the page gives a cell its id
        return ""
    ids[new] = None
    return f' id="{new}"'


def _target(address: str, lesson: str) -> str:
    """Where a link leads on the page: into this lesson, another one or the glossary; other addresses stay."""
    found = _LINK.fullmatch(address)
    if not found or (found[1] is None and found[2] is None):
        return address
    place = found[1] or lesson
    return f"#{place}-{found[2].removeprefix('cell-id=')}" if found[2] else f"#{place}"


def _scroller(html: str, at: int) -> str:
    caption = _CAPTION.match(html, at)
    name = re.sub(r"<[^>]*>", "", caption[1]).strip()[:100].replace('"', "&quot;") if caption else ""
    return f'<div class="wide" role="group" tabindex="0" aria-label="{name or "Table"}">'


def _named_items(cell: Cell) -> tuple[str, ...]:
    if cell.get("cell_type") != "code":
        return ()
    outputs = cell.get("outputs")
    data = [one.get("data") for one in outputs if isinstance(one, dict)] if isinstance(outputs, list) else []
    texts = [cell.get("source"), *(part.get("text/html") for part in data if isinstance(part, dict))]
    return tuple(dict.fromkeys(id for text in texts for id in _ITEM.findall(text_of(text)[:TEXT])))


def heading(level: int, text: str) -> str:
    """A heading with this text, escaped."""
    return f"<h{level}>{escape(text)}</h{level}>"
