"""Two versions of an article drawn as two columns of paragraphs, joined where one became the other."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes

from .drawing import BLUE, GREEN, GREY, ORANGE, RED, finish, new_canvas
from .views import View, say

# How each change is drawn, so that it can be told without colour: the line's style and width, the mark at its ends.
_LINES = {"kept": ("-", 3.0, BLUE), "rewritten": ("-", 1.0, GREY), "moved": ("--", 2.0, ORANGE)}
_MARKS = {"kept": "s", "rewritten": "o", "moved": "D", "gone": "x", "new": "P"}
_COLOURS = {"kept": BLUE, "rewritten": GREY, "moved": ORANGE, "gone": RED, "new": GREEN}
_MEANINGS = {
    "kept": "kept: thick line, squares",
    "rewritten": "rewritten: thin line, circles",
    "moved": "moved: dashed line, diamonds",
    "gone": "gone: cross",
    "new": "new: plus",
}
_NOTHING = "There is nothing to align: the article was seen in one version."
_LONG = 26  # characters of a note that fit beside a column


def draw_alignment(table: pd.DataFrame, title: str = "What became of each paragraph", notes: Mapping[str, str] | None = None) -> View:
    """The paragraphs of two versions as two columns from top to bottom, with a line for each link.

    ``table`` comes from :func:`helpers.versions.align_versions`; ``notes`` are short words by passage id to stand beside a
    paragraph, such as the evidence that hangs on it. What is inferred says so beside the paragraph and in the table.

    Examples
    --------
    >>> from helpers.versions import align_versions
    >>> draw_alignment(align_versions("nyt-2015")).text.splitlines()[0][:66]
    'Figure: Two columns of paragraphs, 28 left and 23 right: 2 kept, 1'
    """
    if table.empty:
        return say(_NOTHING)
    sides = [sorted({id for id in table[side] if id}) for side in ("first", "second")]
    places = [{id: row for row, id in enumerate(ids)} for ids in sides]
    figure, axes = new_canvas(height=1.3 + 0.23 * max(len(ids) for ids in sides))
    for row in table.itertuples():
        if row.first and row.second:
            style, width, colour = _LINES[row.change]
            axes.plot([0, 1], [places[0][row.first], places[1][row.second]], style, linewidth=width, color=colour, zorder=2)
    for column, name in enumerate(("first", "second")):
        for id in sides[column]:
            own = table[table[name] == id]
            note = (notes or {}).get(id, "")
            _draw_paragraph(axes, (column, places[column][id]), own, f"{id.rpartition('-')[2]} {_word(own, column)}{_short(note)}")
    axes.text(0, -1.2, "first version", ha="right", fontsize=9.5, weight="bold")
    axes.text(1, -1.2, "last version", ha="left", fontsize=9.5, weight="bold")
    axes.set_xlim(-1.15, 2.15)
    axes.set_ylim(max(len(ids) for ids in sides) - 0.3, -1.6)
    axes.axis("off")
    axes.set_title(title, loc="left")
    used = [change for change in _MEANINGS if change in set(table["change"])]
    counts = ", ".join(f"{int((table['change'] == change).sum())} {change}" for change in used)
    alt = (
        f"Two columns of paragraphs, {len(sides[0])} left and {len(sides[1])} right: {counts}, counted by the rows of the table. "
        f"{_inferred(table)}"
    )
    key = "; ".join(_MEANINGS[change] for change in used)
    caption = f"{title}. {key}. Unit: paragraphs. Similarity runs from 0 to 1. Source: the two versions of the article."
    return finish(figure, alt.strip(), caption, alignment_table(table))


def alignment_table(table: pd.DataFrame) -> pd.DataFrame:
    """The alignment as a table to read: ``change, first version, last version, similarity, how the version is known``."""
    known = [
        basis if pd.isna(confidence) else f"{basis}, about {float(confidence):.1f}"
        for basis, confidence in zip(table["basis"], table["confidence"], strict=True)
    ]
    return pd.DataFrame(
        {
            "change": list(table["change"]),
            "first version": [id or "–" for id in table["first"]],
            "last version": [id or "–" for id in table["second"]],
            "similarity": ["–" if pd.isna(value) else f"{float(value):.2f}" for value in table["similarity"]],
            "how the version is known": known,
        }
    )


def _draw_paragraph(axes: Axes, place: tuple[int, int], own: pd.DataFrame, label: str) -> None:
    change = own["change"].iloc[0]
    axes.plot(*[[at] for at in place], _MARKS[change], color=_COLOURS[change], markersize=6, markeredgewidth=1.6, zorder=3)
    offset, side = ((-9, "right"), (9, "left"))[place[0]]
    axes.annotate(label, place, xytext=(offset, 0), textcoords="offset points", ha=side, va="center", fontsize=8)


def _word(own: pd.DataFrame, column: int) -> str:
    word = " and ".join(dict.fromkeys(own["change"]))
    if len(own) > 1:
        word += f", {len(own)} into one" if column else f", one into {len(own)}"
    return word + (" (version inferred)" if (own["basis"] == "inferred").any() else "")


def _short(note: str) -> str:
    short = note if len(note) <= _LONG else note[: _LONG - 1].rsplit(" ", 1)[0] + " …"
    return f" [{short}]" if short else ""


def _inferred(table: pd.DataFrame) -> str:
    number = int((table["basis"] == "inferred").sum())
    return f"For {number} of the rows the version is inferred, not known." if number else ""
