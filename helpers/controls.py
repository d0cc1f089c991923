"""The parts that widgets are made of: cleaned HTML, a chooser, a slider, a button for an option.

ipywidgets is imported only where a widget is really made. All parts are native controls that Tab reaches and Enter or
Space work. Nothing depends on arrow keys, which a front end may keep for itself: a slider has buttons beside it, a list
opens with Enter or Space, and there are no radio buttons (see :mod:`helpers.inputs`).
"""

import functools
from collections.abc import Callable
from typing import Any

from .clean import clean_html
from .inputs import days_slider, notice, read_style

# The first page of a view carries it; the browser then has it for all of them.
STYLE = f"<style>{read_style()}</style>"


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
    return VBox([notice(), box, shown])  # a notice without words: it brings the style sheet, and leaves the list its keys


def slider(label: str, options: list[str], value: str, render: Callable[[str], str]) -> Any:
    """A labelled slider over days, with a button for each direction, and under it the page that ``render`` gives."""
    from ipywidgets import Button, HBox, VBox

    box, shown = days_slider(label, options, value), page(render(value))
    box.observe(lambda change: setattr(shown, "value", render(change["new"])), names="value")

    def go(steps: int) -> None:
        box.index = min(max(box.index + steps, 0), len(options) - 1)

    earlier, later = Button(description="◀ Earlier", tooltip=f"{label}: earlier"), Button(description="Later ▶", tooltip=f"{label}: later")
    earlier.on_click(lambda _: go(-1))
    later.on_click(lambda _: go(1))
    return VBox([HBox([earlier, later, box]), shown])


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
