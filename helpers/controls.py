"""The parts that widgets are made of: cleaned HTML, a chooser, a slider, a button for an option.

ipywidgets is imported only where a widget is really made. All parts are native controls that Tab reaches and Enter or
Space work. JupyterLab keeps the bare arrow keys for itself (they go to another cell), so nothing depends on them: a
slider has buttons beside it, a list opens with Enter or Space, and there are no radio buttons.
"""

import functools
from collections.abc import Callable
from typing import Any

from .clean import clean_html

# JupyterLab gives tables in a widget no padding and buttons one line; what we show has longer words.
STYLE = (
    "<style>.alliance-option {height:auto; white-space:normal; text-align:left; line-height:1.4; padding:4px 10px}"
    ".alliance-chosen {outline:2px solid currentColor}"
    ".alliance-cell {padding:0; min-width:0; white-space:pre; text-overflow:clip}"
    ".alliance-page :is(td,th) {padding:3px 10px 3px 0; line-height:1.35} .alliance-page p {line-height:1.45}"
    ".alliance-head, .alliance-row {font-size:10.5px; line-height:1.2} .alliance-row {font-size:13px; padding-top:6px}"
    # A heading stands upright where its column has room for the longest words, else it is turned: no word is ever broken.
    ".alliance-column, .alliance-matrix {container-type:inline-size} .alliance-column {margin:0 2px}"
    "@container (max-width:68px) {.alliance-head {writing-mode:vertical-rl; transform:rotate(180deg); height:9.5em}}"
    "@container (max-width:680px) {.alliance-cell {font-size:10.5px; margin:1px}}</style>"
)


def page(content: str) -> Any:
    """An HTML widget; its content is cleaned now and whenever it changes. :data:`STYLE` in front of it is kept."""
    made = _page_type()(content)
    made.add_class("alliance-page")
    return made


def chooser(label: str, options: Any, value: Any, render: Callable[[Any], str]) -> Any:
    """A labelled list to choose from, and under it the page that ``render`` gives for the choice."""
    from ipywidgets import Dropdown, VBox

    box, shown = Dropdown(description=label, options=options, value=value), page(render(value))
    box.observe(lambda change: setattr(shown, "value", render(change["new"])), names="value")
    return VBox([box, shown])


def slider(label: str, options: list[str], value: str, render: Callable[[str], str]) -> Any:
    """A labelled slider over days, with a button for each direction, and under it the page that ``render`` gives."""
    from ipywidgets import Button, HBox, Layout, SelectionSlider, VBox

    box, shown = SelectionSlider(description=label, options=options, value=value, layout=Layout(width="70%")), page(render(value))
    box.observe(lambda change: setattr(shown, "value", render(change["new"])), names="value")

    def go(steps: int) -> None:
        box.index = min(max(box.index + steps, 0), len(options) - 1)

    earlier, later = Button(description="◀ Earlier", tooltip=f"{label}: earlier"), Button(description="Later ▶", tooltip=f"{label}: later")
    earlier.on_click(lambda _: go(-1))
    later.on_click(lambda _: go(1))
    return VBox([HBox([earlier, box, later]), shown])


def option_button(text: str, tooltip: str, act: Callable[[], None]) -> Any:
    """A button as wide and high as its text."""
    from ipywidgets import Button, Layout

    button = Button(description=text, tooltip=tooltip, layout=Layout(width="auto", height="auto"))
    button.add_class("alliance-option")
    button.on_click(lambda _: act())
    return button


@functools.cache
def _page_type() -> Any:
    from ipywidgets import HTML
    from traitlets import validate

    class Page(HTML):
        """A piece of HTML that is cleaned whenever it changes."""

        @validate("value")
        def _clean(self, proposal: Any) -> str:
            value = proposal["value"]
            style = STYLE if value.startswith(STYLE) else ""  # our own sheet, which cleaning would drop
            return style + clean_html(value.removeprefix(style))

    return Page
