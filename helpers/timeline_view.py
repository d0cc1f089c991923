"""The timeline to step through: a figure that stops at a day, and in a live kernel a slider that never passes it."""

from collections.abc import Collection
from datetime import date
from typing import Any

import pandas as pd

from .controls import slider
from .events import timeline
from .figures_timeline import TimelinePicture, draw_timeline, frame_timeline, plot_timeline
from .parameters import check_choices, check_date, last_day
from .views import View

_TITLE = "What had happened"


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
    if events.empty:
        return draw_timeline(events)
    drawn = plot_timeline(events, _TITLE)
    whole = frame_timeline(drawn.png, events, f"{_TITLE} by {last}")
    return View(whole.text, whole.html, lambda: _slide(drawn, events, last.isoformat()), drawn.png)


def _slide(drawn: TimelinePicture, events: pd.DataFrame, last: str) -> Any:
    # An event counts from the last day of its date, as it does for the as-of day: a month is over when it is over.
    ends = [last_day(day) for day in events["date"]]

    def cut(day: str) -> str:
        rows = sum(end <= day for end in ends)
        return frame_timeline(drawn.cut(rows), events[:rows], f"{_TITLE} by {day}").html

    return slider("Last day", sorted({last, *ends}), last, cut)
