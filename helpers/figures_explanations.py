"""The weight of evidence drawn: how many passages bear on each rival explanation, for and against, article by article."""

import pandas as pd

from .drawing import COLOURS, GREY, finish, new_canvas
from .views import View, say

_NONE = "No coded passage bears on a rival explanation here."
_HATCHES = ["", "///", "...", "xx", "---", "++", "oo"]


def draw_weights(table: pd.DataFrame, title: str = "Passages for and against each explanation") -> View:
    """Counted passages as bars from a middle line: for to the right, against to the left, one stretch an article.

    ``table`` comes from :func:`helpers.explanations.weigh_explanations`. Articles differ in colour and in hatching, and
    each stretch carries its number. Without passages the view is a sentence.

    Examples
    --------
    >>> from helpers.explanations import weigh_explanations
    >>> draw_weights(weigh_explanations("2015-11-18")).text.splitlines()[1]
    'explanation | side | article | passages'
    """
    if table.empty:
        return say(_NONE)
    rivals, articles = list(dict.fromkeys(table["explanation"])), list(dict.fromkeys(table["article"]))
    figure, axes = new_canvas(height=1.5 + 0.42 * len(rivals))
    ends = dict.fromkeys([(rival, side) for rival in rivals for side in ("for", "against")], 0)
    for row in table.itertuples():
        sign = 1 if row.side == "for" else -1
        number, start = articles.index(row.article) % 7, ends[row.explanation, row.side]
        axes.barh(
            rivals.index(row.explanation), sign * row.passages, left=sign * start, height=0.62,
            color=COLOURS[number], hatch=_HATCHES[number], edgecolor="white", linewidth=1.2,
        )  # fmt: skip
        box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
        at = sign * (start + row.passages / 2)
        axes.text(at, rivals.index(row.explanation), str(row.passages), ha="center", va="center", fontsize=8.5, bbox=box)
        ends[row.explanation, row.side] = start + row.passages
    _finish_axes(axes, rivals, max(ends.values()))
    handles = [axes.barh([0], [0], color=COLOURS[n % 7], hatch=_HATCHES[n % 7], edgecolor="white") for n in range(len(articles))]
    axes.legend(handles, articles, fontsize=8, loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=4, frameon=False)
    axes.set_title(title, loc="left")
    totals = "; ".join(f"{rival}: {ends[rival, 'for']} for, {ends[rival, 'against']} against" for rival in rivals)
    caption = f"{title}. Unit: passages, latest version of each article; a count is not a weight. Source: seeds/explanations.toml."
    return finish(figure, f"Bars to both sides of a middle line. {totals}.", caption, table)


def _finish_axes(axes, rivals: list[str], most: int) -> None:
    axes.axvline(0, color=GREY, linewidth=1)
    axes.set_yticks(range(len(rivals)), rivals, fontsize=9)
    axes.set_ylim(len(rivals) - 0.5, -0.5)
    axes.set_xlim(-most - 0.6, most + 0.6)
    ticks = list(range(-most, most + 1))
    axes.set_xticks(ticks, [str(abs(tick)) for tick in ticks], fontsize=8)
    axes.set_xlabel("← against        passages        for →", fontsize=9)
    axes.tick_params(axis="y", length=0)
