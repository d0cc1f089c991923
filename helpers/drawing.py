"""The drawing base: one canvas, one set of colours and marks, one way to turn a figure into a view.

Figures use no pyplot state. Colours are the Okabe-Ito set, two of them darker, since a mark must stand out from white at least three to
one; nothing is told by colour alone: marks or words go with it.
"""

from base64 import b64encode
from collections.abc import Iterable
from html import escape
from io import BytesIO

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure

from .parameters import last_day
from .views import View, frame_html, table_html, table_text

BLUE, ORANGE, GREEN, GREY, RED = "#0072B2", "#B58900", "#009E73", "#767676", "#D55E00"
MARKS = ["o", "s", "^", "D", "v", "P", "X"]
COLOURS = [BLUE, ORANGE, GREEN, RED, "#CC79A7", "#3A93C9", GREY]
_SHADES = [RED, "#F3B68C", "#F2F2F2", "#9CC9E3", BLUE]  # from against to for, lightest in the middle
_WIDTH = 8.0  # inches; fits a notebook at 100 dpi


def new_canvas(height: float) -> tuple[Figure, Axes]:
    """A figure as wide as a notebook with one set of axes; height in inches."""
    figure = Figure(figsize=(_WIDTH, max(height, 2.4)), dpi=100, layout="constrained")
    axes = figure.add_subplot()
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return figure, axes


def finish(figure: Figure, alt: str, caption: str, table: pd.DataFrame) -> View:
    """The figure as a view: picture with alternative text, caption, and the table it shows."""
    return frame(to_png(figure), alt, caption, table)


def to_png(figure: Figure) -> bytes:
    """The figure as a picture; the layout is settled by this."""
    buffer = BytesIO()
    with matplotlib.rc_context({"hatch.linewidth": 0.4, "hatch.color": "#CCCCCC"}):
        figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()


def frame(png: bytes, alt: str, caption: str, table: pd.DataFrame) -> View:
    """A picture as a view: with alternative text, caption, and the table it shows."""
    source = f"data:image/png;base64,{b64encode(png).decode('ascii')}"
    # As wide as its place and never so small that its words cannot be read: then it scrolls, and it grows with the text.
    picture = frame_html(f'<img src="{source}" alt="{escape(alt)}" style="max-width:100%;min-width:36em">', "Figure")
    html = f'<figure style="margin:1em 0">{picture}<figcaption>{escape(caption)}</figcaption></figure>{table_html(table)}'
    return View(text=f"Figure: {alt}\n{table_text(table)}", html=html, png=png)


def stance_shade(value: int, scale: Iterable[int]) -> tuple[str, str]:
    """Colour and hatch of a stance: the shades are spread over the scale of the case, from its lowest stance to its highest.

    The ends and the middle are plain; what lies below the middle is hatched by lines, what lies above it by dots.

    Examples
    --------
    >>> stance_shade(-2, range(-2, 3)), stance_shade(1, range(-2, 3)), stance_shade(1, range(-1, 2))
    (('#d55e00', ''), ('#9cc9e3', '..'), ('#0072b2', ''))
    """
    steps, last = sorted(scale), len(_SHADES) - 1
    place = last * steps.index(value) / (len(steps) - 1) if len(steps) > 1 else last / 2
    red, green, blue = (float(np.interp(place, range(last + 1), channel)) for channel in zip(*map(to_rgb, _SHADES), strict=True))
    return to_hex((red, green, blue)), "" if place in (0, last / 2, last) else "//" if place < last / 2 else ".."


def to_days(texts: pd.Series) -> pd.Series:
    """Days and months (ISO text) as times; a month stands where it counts from, on its last day.

    Examples
    --------
    >>> [str(day.date()) for day in to_days(pd.Series(["2015-11-13", "2015-11"]))]
    ['2015-11-13', '2015-11-30']
    """
    return pd.to_datetime(texts.map(last_day), format="ISO8601")


def tick_days(axes: Axes, days: pd.Series, most: int) -> None:
    """Few, evenly spaced ticks on a time axis, from the first of the days to the last."""
    ticks = pd.date_range(days.min(), days.max(), periods=min(most, days.nunique())).normalize()
    axes.set_xticks(ticks, [f"{day.day} {day:%b %Y}" for day in ticks], fontsize=8)
