"""Events drawn on a time axis, one row each."""

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from .drawing import COLOURS, MARKS, finish, new_canvas, tick_days
from .tables import with_confidence
from .views import View, paragraph

_LONGEST = 76  # characters of an event's text on the figure; the table has it whole
_EMPTY = "No events on these days."


def draw_timeline(events: pd.DataFrame, title: str = "What happened, and when") -> View:
    """Events on a time axis, one line each with its text, marked by kind.

    ``events`` needs the columns ``date, event, kind, confidence`` (see :func:`helpers.events.timeline`).
    """
    return finish_timeline(plot_timeline(events, title)[0], events, title)


def plot_timeline(events: pd.DataFrame, title: str) -> tuple[Figure, list[list[Artist]]]:
    """The figure, and what it draws for each event: a mark and a text, in the order of the rows."""
    figure, axes = new_canvas(height=0.9 + 0.3 * len(events))
    days, rows = pd.to_datetime(events["date"]), []
    kinds = {kind: number % len(MARKS) for number, kind in enumerate(sorted(set(events["kind"])))}
    for place, (row, day) in enumerate(zip(events.itertuples(), days, strict=True)):
        number, first = kinds[row.kind], row.kind not in set(events["kind"].iloc[:place])
        label = row.kind if first else None  # one line of the legend a kind
        mark = axes.scatter([day], [place], marker=MARKS[number], color=COLOURS[number], s=42, label=label, zorder=3)
        text = row.event if len(row.event) < _LONGEST else row.event[: _LONGEST - 3].rsplit(" ", 1)[0] + " …"
        note = axes.annotate(text, (day, place), xytext=(8, 0), textcoords="offset points", va="center", fontsize=8)
        rows.append([mark, note])
    if rows:
        span = max((days.max() - days.min()).days, 1)
        axes.set_xlim(days.min() - pd.Timedelta(days=0.05 * span), days.max() + pd.Timedelta(days=1.9 * span))
        axes.set_ylim(len(events) - 0.4, -0.6)
        tick_days(axes, days, most=3)
        handles, labels = axes.get_legend_handles_labels()
        order = sorted(range(len(labels)), key=lambda place: labels[place])
        axes.legend(
            [handles[place] for place in order], [labels[place] for place in order],
            fontsize=8, ncols=5, loc="upper center", bbox_to_anchor=(0.5, -0.06), frameon=False,
        )  # fmt: skip
    axes.set_yticks([])
    axes.set_title(title, loc="left")
    return figure, rows


def finish_timeline(figure: Figure, events: pd.DataFrame, title: str) -> View:
    """A figure of these events as a view, with their table; a sentence when there are none."""
    if events.empty:
        return View(_EMPTY, paragraph(_EMPTY))
    alt = (
        f"Timeline of {len(events)} events from {events['date'].min()} to {events['date'].max()}, one row each, in the order of the table."
    )
    caption = f"{title}. Sources are named event by event in seeds/events/timeline.csv."
    return finish(figure, alt, caption, with_confidence(events[["date", "event", "kind", "confidence"]]))
