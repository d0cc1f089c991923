"""Positions drawn as an actor by issue matrix."""

from collections.abc import Iterable

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from .codebook import load_codebook
from .drawing import GREY, finish, new_canvas, stance_shade
from .tables import format_range, matrix_table
from .views import View

_NARROWEST = 6  # columns that the width is made for at least


def draw_matrix(table: pd.DataFrame, title: str = "Reported positions") -> View:
    """Positions as an actor by issue matrix: the stance or its range in words and colour, blanks hatched.

    ``table`` comes from :func:`helpers.stances.positions`.

    Examples
    --------
    >>> from helpers.stances import positions
    >>> draw_matrix(positions(["USA"], ["ART5", "EU427"])).text.splitlines()[0]
    'Figure: Matrix of 1 actors by 2 issues: 1 cells hold a stance or a range, 1 are hatched because nothing is reported.'
    """
    book = load_codebook()
    actors, issues = list(dict.fromkeys(table["actor"])), list(dict.fromkeys(table["issue"]))
    figure, axes = new_canvas(height=1.6 + 0.52 * len(actors))
    for cell in table.itertuples():
        _draw_cell(axes, issues.index(cell.issue), actors.index(cell.actor), cell, book.stances)
    axes.set_xlim(0, max(len(issues), _NARROWEST))  # one issue alone would be a cell as wide as the page
    axes.spines["bottom"].set_visible(False)
    axes.set_ylim(len(actors), 0)
    axes.set_xticks(
        [at + 0.5 for at in range(len(issues))], [book.issues[code].label for code in issues], rotation=35, ha="right", fontsize=8.5
    )
    axes.set_yticks([at + 0.5 for at in range(len(actors))], [book.actors[code].name for code in actors], fontsize=9)
    axes.tick_params(length=0)
    axes.set_title(title, loc="left")
    filled = table[table["passages"] > 0]
    alt = (
        f"Matrix of {len(actors)} actors by {len(issues)} issues: {len(filled)} cells hold a stance or a range, "
        f"{len(table) - len(filled)} are hatched because nothing is reported."
    )
    ends = " to ".join(f"{format_range(end)} {book.stances[end].label}" for end in (min(book.stances), max(book.stances)))
    caption = f"{title}. {ends}; hatched: {book.blank}. Source: coded passages of the articles."
    return finish(figure, alt, caption, matrix_table(filled))


def _draw_cell(axes: Axes, column: int, row: int, cell, scale: Iterable[int]) -> None:
    if cell.passages == 0:
        axes.add_patch(Rectangle((column, row), 1, 1, facecolor="white", edgecolor=GREY, hatch="//", linewidth=0.5))
        return
    low, high = int(cell.low), int(cell.high)
    for left, stance in ((column, low), (column + 0.5, high)):
        axes.add_patch(Rectangle((left, row), 0.5, 1, facecolor=stance_shade(stance, scale)[0]))
    axes.add_patch(Rectangle((column, row), 1, 1, fill=False, edgecolor="#555555", linewidth=0.8))
    text = format_range(low, high).replace(" to ", "\nto ")
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1.2, "alpha": 0.9}
    axes.text(column + 0.5, row + 0.5, text, ha="center", va="center", fontsize=8.5, bbox=box)
