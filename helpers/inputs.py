"""Controls with a view of our own: choices that tell which is chosen, a table of them, a slider with a name, a notice that is announced.

In the kernel they are ipywidgets' toggle buttons, selection slider and HTML. What these make of themselves in the browser
leaves a screen reader without the state, the name and the words that are new, so anywidget draws them from the small
programs beside this file. Everything is imported and read only where a widget is really made.
"""

import functools
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .clean import clean_html

_HERE = Path(__file__).parent


def choices(
    label: str, options: Iterable[Any], value: Any = None, *, unseen: bool = False, stacked: bool = False, disabled: bool = False
) -> Any:
    """A group of buttons of which one is chosen, or none yet; Tab reaches each, Enter or Space presses it.

    There are no radio buttons, since an arrow key would not only go to the next one but choose it, and save it as an answer.

    Parameters
    ----------
    label : str
        The group's name; a screen reader tells it with the first button.
    options : iterable
        Texts, or pairs of a text and what it stands for, or a mapping of the one to the other.
    value : Any, optional
        What is chosen; nothing when left out.
    unseen : bool
        Whether only a screen reader needs the label, since the words stand above the group.
    stacked : bool
        Whether each button has a line of its own.
    disabled : bool
        Whether nothing can be chosen now.
    """
    return _types()["choices"](description=label, options=options, value=value, unseen=unseen, stacked=stacked, disabled=disabled)


def show_codes(boxes: Mapping[str, Any], codes: Mapping[str, str]) -> None:
    """Show in each group of choices the code of its name; nothing is chosen where there is none, such as one that was not saved."""
    for name, box in boxes.items():
        box.value = codes.get(name)


def grid(name: str, columns: list[str], rows: list[str], cells: list[tuple[str, str, Any]]) -> Any:
    """A table of buttons of which one is chosen, or none yet.

    Parameters
    ----------
    name : str
        What the table is, for a screen reader.
    columns, rows : list of str
        The headings.
    cells : list of tuple
        Row by row, of each cell what it shows, its whole name, and what it stands for.
    """
    options = [(whole, value) for _, whole, value in cells]
    shown = [short for short, _, _ in cells]
    return _types()["grid"](description=name, options=options, value=None, columns=columns, rows=rows, cells=shown)


def days_slider(label: str, options: list[str], value: str) -> Any:
    """A slider over days with a name; the arrow keys move it, and its value is told as the day."""
    return _types()["days"](description=label, options=options, value=value)


def notice(content: str = "") -> Any:
    """A piece of HTML whose changes a screen reader announces; it is cleaned now and whenever it changes."""
    made = _types()["notice"](content)
    made.add_class("alliance-page")
    return made


def read_style() -> str:
    """The style sheet of all controls.

    Examples
    --------
    >>> ".alliance-choices" in read_style()
    True
    """
    return (_HERE / "controls.css").read_text(encoding="utf-8")


@functools.cache
def _types() -> dict[str, Any]:
    from anywidget import AnyWidget
    from ipywidgets import HTML, SelectionSlider, ToggleButtons
    from traitlets import Bool, List, Unicode, validate

    def program(name: str) -> str:
        return "".join((_HERE / f"{part}.js").read_text(encoding="utf-8") for part in ("guard", "chosen", name))

    class Choices(AnyWidget, ToggleButtons):
        """A group of buttons of which one is chosen."""

        _esm, _css = program("choices"), read_style()
        unseen, stacked = Bool(False).tag(sync=True), Bool(False).tag(sync=True)

    class Grid(AnyWidget, ToggleButtons):
        """A table of buttons of which one is chosen."""

        _esm, _css = program("grid"), read_style()
        columns, rows, cells = List(Unicode()).tag(sync=True), List(Unicode()).tag(sync=True), List(Unicode()).tag(sync=True)

    class Days(AnyWidget, SelectionSlider):
        """A slider over days."""

        _esm, _css = program("days"), read_style()

    class Notice(AnyWidget, HTML):
        """HTML that is announced when it changes."""

        _esm, _css = program("notice"), read_style()

        @validate("value")
        def _clean(self, proposal: Any) -> str:
            return clean_html(proposal["value"])

    return {"choices": Choices, "grid": Grid, "days": Days, "notice": Notice}
