"""When each article was out, drawn against what had happened: who could know what."""

import textwrap
from collections.abc import Iterable

import pandas as pd

from .articles import Article
from .drawing import BLUE, GREY, finish, new_canvas, to_days
from .publication import BEFORE, SAME_DAY, reach_table
from .views import View, say

_WIDEST = 46  # characters of an event's text in a line beside the axis; two lines at most
_EMPTY = "No dated article, or no event, on these days."


def draw_reach(articles: Iterable[Article], events: pd.DataFrame, title: str = "Who could know what") -> View:
    """Events as dots in rows, and for each day of publication a dashed line that names the articles of that day.

    A filled dot is an event before every line to its right; a ring lies on a line, where only the hour could tell.
    ``events`` needs the columns ``date, event``; the table beside the figure is :func:`helpers.publication.reach_table`.
    """
    known = [one for one in articles if one.published]
    if events.empty or not known:
        return say(_EMPTY)
    table, days = reach_table(known, events), to_days(events["date"])
    out: dict[pd.Timestamp, list[str]] = {}
    for one in known:
        out.setdefault(pd.Timestamp(one.published), []).append(one.outlet)
    figure, axes = new_canvas(height=0.8 + 0.3 * len(out) + 0.36 * len(table))
    for place, day in enumerate(days):
        axes.scatter([day], [place], s=42, color=BLUE, facecolors="white" if day in out else BLUE, linewidths=1.6, zorder=3)
    first, last = min(days.min(), *out), max(days.max(), *out)
    for level, (day, outlets) in enumerate(sorted(out.items()), start=1):
        left = day - first > last - day  # a name stands on the side where there is room, each on a level of its own
        axes.axvline(day, color=GREY, linestyle="--", zorder=1)
        axes.annotate(
            ", ".join(outlets), (day, -0.2 - 0.8 * level), xytext=(-5 if left else 5, 0), textcoords="offset points",
            ha="right" if left else "left", va="center", fontsize=8, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
        )  # fmt: skip
    labels = ["\n".join(textwrap.wrap(text, _WIDEST, max_lines=2, placeholder=" …")) for text in table["event"]]
    axes.set_yticks(range(len(table)), labels, fontsize=8)
    axes.set_ylim(len(table) - 0.4, -0.8 - 0.8 * len(out))
    axes.set_xlim(first - pd.Timedelta(days=0.6), last + pd.Timedelta(days=0.6))
    ticks = pd.date_range(first, last, freq=f"{max(1, (last - first).days // 6)}D")
    axes.set_xticks(ticks, [f"{day.day} {day:%b}" for day in ticks], fontsize=8)
    axes.set_title(title, loc="left")
    lines = "; ".join(f"{day.date()} {', '.join(names)}" for day, names in sorted(out.items()))
    alt = (
        f"{len(table)} events as dots over days, in the order of the table, and a dashed line for each day of publication: {lines}. "
        "Rings mark events on a day of publication."
    )
    caption = (
        f"{title}. Unit: days. An article may hold what lies left of its line; “{SAME_DAY}” leaves the hour open, and “{BEFORE}” does not "
        "say that it knew. Sources: catalogue of the articles; events one by one in seeds/events/timeline.csv."
    )
    return finish(figure, alt, caption, table)
