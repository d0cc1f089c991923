"""The matrix of positions to explore: every cell is a button that opens the passages behind it.

A button shows the stance and is called by its whole name (stance, actor, issue), so that a screen reader tells what a cell
is. Tab reaches every cell, Enter or Space opens it.
"""

import functools
from itertools import product
from typing import Any

import pandas as pd

from .annotation import annotations
from .codebook import Codebook, load_codebook
from .figures_matrix import draw_matrix
from .inputs import grid, notice
from .passages import passages_html, read_passages
from .stances import evidence
from .tables import evidence_table, format_range
from .views import View, paragraph, table_html

_ASK = "Choose a cell to read the passages behind it."


def explore_matrix(table: pd.DataFrame, title: str = "Reported positions") -> View:
    """The actor by issue matrix as a figure; in a live kernel as buttons that open the passages behind a cell.

    ``table`` comes from :func:`helpers.stances.positions`, whichever coder's codes it holds; a row that was taken out of it is
    a blank. Passages are shown in the reading edition.

    Examples
    --------
    >>> from helpers.stances import positions
    >>> explore_matrix(positions(["USA"], ["ART5"])).text.splitlines()[-1]
    'United States | Invoke NATO Article 5 | 0 | 1 | E16'
    """
    table = _fill(table)
    drawn = draw_matrix(table, title)
    return View(drawn.text, drawn.html, lambda: _matrix_widget(table, title), drawn.png)


def _matrix_widget(table: pd.DataFrame, title: str) -> Any:
    from ipywidgets import VBox

    book, shown = load_codebook(), notice(paragraph(_ASK))
    actors, issues = list(dict.fromkeys(table["actor"])), list(dict.fromkeys(table["issue"]))
    rows = {(row.actor, row.issue): row for row in table.itertuples()}
    cells = [(_short(rows[pair]), _name(rows[pair], book), pair) for pair in product(actors, issues)]
    box = grid(title, [book.issues[code].label for code in issues], [book.actors[code].name for code in actors], cells)
    open_cell = _make_opener(table, book)
    box.observe(lambda change: setattr(shown, "value", open_cell(*change["new"])), names="value")
    return VBox([box, shown])


def _fill(table: pd.DataFrame) -> pd.DataFrame:
    """The table with a blank for every pair of an actor and an issue that it has no row of."""
    held = set(zip(table["actor"], table["issue"], strict=True))
    lost = [pair for pair in product(dict.fromkeys(table["actor"]), dict.fromkeys(table["issue"])) if pair not in held]
    blanks = [{"actor": actor, "issue": issue, "low": pd.NA, "high": pd.NA, "passages": 0, "evidence": ()} for actor, issue in lost]
    return pd.concat([table, pd.DataFrame(blanks, columns=table.columns).astype(table.dtypes)], ignore_index=True) if blanks else table


def _make_opener(table: pd.DataFrame, book: Codebook) -> Any:
    """A function from a cell to what stands behind it; texts are read at once, and a cell is made once."""
    marks = evidence(coder=None)
    marks = marks[marks["id"].isin({id for ids in table["evidence"] for id in ids})]
    texts = {one.id: one for one in read_passages(dict.fromkeys(marks["passage"]), "reading")}
    rows = {(row.actor, row.issue): row for row in table.itertuples()}
    phrases = annotations()
    passages_html(texts.values(), phrases)  # finding a phrase the first time loads what it needs

    @functools.cache
    def open_cell(actor: str, issue: str) -> str:
        row = rows[actor, issue]
        name = paragraph(_name(row, book))
        if not row.passages:
            return name + paragraph("No passage is coded for it. That is silence, not neutrality.")
        own = marks[marks["id"].isin(row.evidence)]
        listed = table_html(evidence_table(own)[["id", "stance", "voice", "phrase", "note"]], blank="–")
        return name + listed + passages_html([texts[id] for id in dict.fromkeys(own["passage"])], phrases)

    return open_cell


def _short(row: Any) -> str:
    return format_range(row.low, row.high).replace(" to ", "…") if row.passages else "·"


def _name(row: Any, book: Codebook) -> str:
    told = format_range(row.low, row.high) if row.passages else book.blank
    return f"{book.actors[row.actor].name}, {book.issues[row.issue].label}: {told}"
