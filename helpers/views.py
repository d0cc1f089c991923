"""What a cell shows: a static twin everywhere (HTML and text), and in a live kernel a widget in its place.

A headless run (papermill, nbval, nbconvert) keeps no widgets, and stored outputs must not hold their random ids. So a
widget is made only where somebody can click: in a kernel that a Jupyter server started for a notebook, or where
``ALLIANCE_LIVE`` is set (another front end).
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from numbers import Real
from typing import TYPE_CHECKING, Any

from .clean import clean_html

if TYPE_CHECKING:
    import pandas as pd

_WIDGET = "application/vnd.jupyter.widget-view+json"
# JupyterLab would break a word anywhere, and so press a column to a letter a line before it scrolls.
_CELL = "text-align:left;vertical-align:top;max-width:34em;overflow-wrap:break-word"
_CAPTION = 70  # characters of a caption that fit a line
_SHORT = 18  # characters: a date, an id, a code is not broken over lines
_LONG = 80  # characters, beyond which a narrow column would be a tower
_FRAME = '<div class="wide" role="group" tabindex="0" aria-label="{}" style="overflow-x:auto">{}</div>'


def is_live() -> bool:
    """Whether somebody sits at this kernel: a Jupyter server tells a notebook's kernel the name of its session."""
    return "JPY_SESSION_NAME" in os.environ or "ALLIANCE_LIVE" in os.environ


@dataclass(frozen=True)
class View:
    """A result that a notebook displays.

    ``text`` and ``html`` are the static twin. ``widget`` builds the live view (an ipywidgets widget), ``png`` is a
    picture for viewers that strip HTML.
    """

    text: str
    html: str
    widget: Callable[[], Any] | None = None
    png: bytes | None = None

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        data: dict[str, Any] = {"text/plain": self.text, "text/html": clean_html(self.html)}
        if self.png is not None:
            data["image/png"] = self.png
        if self.widget is not None and is_live():
            made = self.widget()
            made.add_class("alliance")  # what our style sheet goes by
            data[_WIDGET] = made._repr_mimebundle_()[_WIDGET]
        return data


def paragraph(text: str, tag: str = "p") -> str:
    """The text as an HTML element, escaped."""
    return f"<{tag}>{escape(text)}</{tag}>"


def say(sentence: str, widget: Callable[[], Any] | None = None) -> View:
    """A view that is one sentence, such as why there is nothing to show."""
    return View(sentence, paragraph(sentence), widget)


def frame_html(html: str, name: str) -> str:
    """HTML in a frame of its own, with a name: what is wider than its place scrolls there, and nothing around it does.

    Tab reaches the frame. In ``course lab`` bare keys are then its own, so that the arrow keys scroll it.
    """
    return _FRAME.format(escape(name), html)


def table_html(table: "pd.DataFrame", caption: str = "", blank: str = "not reported") -> str:
    """A table as HTML in a frame that scrolls: escaped, column headings marked as such, an empty cell told in words."""
    head = "".join(f'<th scope="col" style="{_CELL}">{escape(str(name))}</th>' for name in table.columns)
    rows = ["".join(f'<td style="{_style(cell)}">{escape(cell)}</td>' for cell in row) for row in _cells(table, blank)]
    # A narrow table would break it into a column of words.
    line = "white-space:nowrap" if len(caption) <= _CAPTION else "min-width:22em"
    title = f'<caption style="text-align:left;{line}">{escape(caption)}</caption>' if caption else ""
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return frame_html(f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>", caption or "Table")


def table_text(table: "pd.DataFrame", blank: str = "not reported") -> str:
    """A table as plain text: one line a row, cells divided by bars."""
    return "\n".join(" | ".join(row) for row in [[str(name) for name in table.columns], *_cells(table, blank)])


def show_table(table: "pd.DataFrame", caption: str = "", blank: str = "not reported") -> View:
    """A table to read, with a caption, its blanks told in words (another word where nothing was to be reported).

    Examples
    --------
    >>> import pandas as pd
    >>> print(show_table(pd.DataFrame({"state": ["FRA"], "gave": [""]})).text)
    state | gave
    FRA | not reported
    """
    return View(text=table_text(table, blank), html=table_html(table, caption, blank))


def _cells(table: "pd.DataFrame", blank: str) -> list[list[str]]:
    missing = table.isna()
    return [
        [blank if gone or cell == "" else _word(cell) for cell, gone in zip(row, gaps, strict=True)]
        for row, gaps in zip(table.itertuples(index=False), missing.itertuples(index=False), strict=True)
    ]


def _word(cell: Any) -> str:
    told = str(cell)
    return f"−{told[1:]}" if isinstance(cell, Real) and told.startswith("-") else told  # a hyphen is no minus


def _style(cell: str) -> str:
    if len(cell) <= _SHORT:
        return f"{_CELL};white-space:nowrap"
    return f"{_CELL};min-width:{9 if len(cell) <= _LONG else 12}em"
