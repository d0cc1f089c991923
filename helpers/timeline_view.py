"""The timeline to step through: a figure that stops at a day, and in a live kernel a slider that never passes it."""

import functools
from collections.abc import Collection
from datetime import date
from typing import Any

import pandas as pd

from .controls import slider
from .events import timeline
from .figures_timeline import finish_timeline, plot_timeline
from .parameters import check_choices, check_date
from .views import View

_WHOLE_DAY = r"\d{4}-\d\d-\d\d"
_TITLE = "What had happened by {}"


def explore_timeline(as_of: date | str, since: date | str | None = None, kinds: Collection[str] | None = None) -> View:
    """The events up to a day as a figure with its table; in a live kernel with a slider over the days before it.

    Parameters
    ----------
    as_of : date or str
        The last day that may be known. The slider ends there, so that nobody slides into the future.
    since : date or str, optional
        The first day; that of the first event when left out.
    kinds : collection of str, optional
        The kinds of events to draw; all when left out.

    Raises
    ------
    ParameterError
        When a day is no day, ``since`` lies after ``as_of``, or a kind does not exist.

    Examples
    --------
    >>> explore_timeline("2015-11-16", since="2015-11-16", kinds=["alliance"]).text.splitlines()[2]
    '2015-11-16 | NATO holds a minute of silence. | alliance | secondary source'
    """
    last = check_date("as_of", as_of)
    events = timeline(last, since=None if since is None else check_date("since", since, last=last))
    if kinds is not None:
        known = sorted(set(timeline()["kind"]))
        events = events[events["kind"].isin(check_choices("kinds", kinds, known))].reset_index(drop=True)
    title = _TITLE.format(last)
    figure, _ = plot_timeline(events, title)
    drawn = finish_timeline(figure, events, title)
    return View(drawn.text, drawn.html, lambda: _slide(events, last.isoformat()), drawn.png)


def _slide(events: pd.DataFrame, last: str) -> Any:
    # The frame of the last day is kept and later rows are hidden: nothing jumps, and a step is drawn within 150 ms.
    figure, rows = plot_timeline(events, _TITLE.format(last))
    figure.draw_without_rendering()
    figure.set_layout_engine("none")

    @functools.cache
    def draw(day: str) -> str:
        shown = events["date"] <= day
        for artists, visible in zip(rows, shown, strict=True):
            for artist in artists:
                artist.set_visible(visible)
        title = _TITLE.format(day)
        figure.axes[0].set_title(title, loc="left")
        return finish_timeline(figure, events[shown], title).html

    days = events["date"]
    steps = sorted({last, *days[days.str.fullmatch(_WHOLE_DAY)]})
    return slider("Last day", steps, last, draw)
