"""Events drawn on a time axis, one row each; a drawn timeline can be cut off below any of its rows."""

from dataclasses import dataclass
from io import BytesIO

import pandas as pd

from .drawing import COLOURS, MARKS, frame, new_canvas, tick_days, to_days, to_png
from .events import timeline
from .tables import with_confidence
from .views import View, say

_LONGEST = 76  # characters of an event's text on the figure; the table has it whole
_EMPTY = "No events on these days."
_SPINE = 2  # pixels


@dataclass(frozen=True)
class TimelinePicture:
    """A timeline as it was drawn: the picture, and in pixels where its field begins at the left and each row ends below."""

    png: bytes
    left: int
    ends: tuple[int, ...]

    def cut(self, rows: int) -> bytes:
        """The picture with the first rows only; the others are painted over, so nothing moves and nothing is drawn anew."""
        from PIL import Image

        if rows == len(self.ends):
            return self.png
        picture, buffer = Image.open(BytesIO(self.png)), BytesIO()
        picture.paste("white", (self.left, self.ends[rows - 1], picture.width, self.ends[-1]))
        picture.save(buffer, format="png")
        return buffer.getvalue()


def draw_timeline(events: pd.DataFrame, title: str = "What happened, and when") -> View:
    """Events on a time axis, one line each with its text, marked by kind.

    ``events`` needs the columns ``date, event, kind, confidence`` (see :func:`helpers.events.timeline`).
    """
    if events.empty:
        return say(_EMPTY)
    return frame_timeline(plot_timeline(events, title).png, events, title)


def plot_timeline(events: pd.DataFrame, title: str) -> TimelinePicture:
    """The picture of at least one event; the same kind has the same mark in every timeline of the case."""
    figure, axes = new_canvas(height=0.9 + 0.3 * len(events))
    events = events.reset_index(drop=True)  # the row is the place on the figure
    days = to_days(events["date"])
    for number, kind in enumerate(sorted({*timeline()["kind"], *events["kind"]})):
        own, style = events["kind"] == kind, number % len(MARKS)
        if own.any():
            axes.scatter(days[own], events.index[own], marker=MARKS[style], color=COLOURS[style], s=42, label=kind, zorder=3)
    for place, (event, day) in enumerate(zip(events["event"], days, strict=True)):
        axes.annotate(_shorten(event), (day, place), xytext=(8, 0), textcoords="offset points", va="center", fontsize=8)
    span = max((days.max() - days.min()).days, 1)
    axes.set_xlim(days.min() - pd.Timedelta(days=0.05 * span), days.max() + pd.Timedelta(days=1.9 * span))
    axes.set_ylim(len(events) - 0.4, -0.6)
    tick_days(axes, days, most=3)
    axes.legend(fontsize=8, ncols=5, loc="upper center", bbox_to_anchor=(0.5, -0.06), frameon=False)
    axes.set_yticks([])
    axes.set_title(title, loc="left")
    png, field = to_png(figure), axes.get_window_extent()
    top = figure.bbox.height
    ends = [top - axes.transData.transform((0, place + 0.5))[1] for place in range(len(events) - 1)] + [top - field.y0 - _SPINE]
    return TimelinePicture(png, round(field.x0) + _SPINE, tuple(map(round, ends)))


def frame_timeline(png: bytes, events: pd.DataFrame, title: str) -> View:
    """A picture of these events as a view, with their table."""
    alt = (
        f"Timeline of {len(events)} events from {events['date'].min()} to {events['date'].max()}, one row each, in the order of the table."
    )
    caption = f"{title}. Sources are named event by event in seeds/events/timeline.csv."
    return frame(png, alt, caption, with_confidence(events[["date", "event", "kind", "confidence"]]))


def _shorten(text: str) -> str:
    return text if len(text) < _LONGEST else text[: _LONGEST - 3].rsplit(" ", 1)[0] + " …"
