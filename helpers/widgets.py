"""What a learner clicks. Every function returns a :class:`helpers.views.View`, so a headless run shows the static twin.

ipywidgets is imported only where a widget is really made.
"""

import functools
from typing import Any

import pandas as pd

from .answers import choose_learner_code, learner_code, read_answers
from .controls import chooser, slider
from .errors import CourseError
from .events import contributions
from .figures import draw_members
from .inputs import notice
from .item_views import item_html, item_text
from .item_widgets import item_widget
from .parameters import check_choice, check_date
from .questions import load_item
from .tables import with_confidence
from .treaties import memberships, state_names
from .views import View, paragraph, say, table_html, table_text


def ask(item_id: str) -> View:
    """An exercise item: buttons in a live kernel, question and last answer in print.

    Raises
    ------
    ParameterError
        When the item does not exist; the message lists those that do.
    """
    item = load_item(item_id)
    answer = read_answers()[0].get(item.id)
    return View(item_text(item, answer), item_html(item, answer), lambda: item_widget(item))


def choose_code() -> View:
    """A box for the learner's code; in print, the code in use."""
    text = f"Answers are saved under the code “{learner_code()}”. In JupyterLab a box stands here to choose another."
    return say(text, _code_widget)


def explore_members(org: str, as_of: str) -> View:
    """Members of an organisation on a day; in a live kernel with a slider over the years of accession."""
    drawn, last = draw_members(org, as_of), check_date("as_of", as_of).isoformat()
    days = sorted({last, *(day for day in memberships(org)["joined"] if day <= last)})
    draw = functools.cache(lambda day: drawn.html if day == last else draw_members(org, day).html)  # a day is drawn once
    return View(drawn.text, drawn.html, lambda: slider("Day", days, last, draw), drawn.png)


def explore_contributions(state: str) -> View:
    """What one state is reported to have given; in a live kernel with a list to choose another."""
    known = {state, *contributions()["state"]}
    states = {name: code for code, name in sorted(state_names().items(), key=lambda pair: pair[1]) if code in known}
    table = _given(state)
    return View(table_text(table), table_html(table), lambda: chooser("State", states, state, lambda code: table_html(_given(code))))


def _given(state: str) -> pd.DataFrame:
    table = contributions(check_choice("state", state, state_names()))
    if table.empty:
        table = pd.DataFrame([dict.fromkeys(table.columns, "") | {"name": state_names()[state]}])
    return with_confidence(table[["name", "date", "under", "kind", "contribution", "confidence"]])


def _code_widget() -> Any:
    from ipywidgets import Button, HBox, Text, VBox

    box, button, reply = Text(description="Code", value=learner_code()), Button(description="Use this code"), notice()

    def use(_: Any) -> None:
        try:
            reply.value = paragraph(f"Answers are saved under “{choose_learner_code(box.value.strip())}”.")
        except CourseError as error:
            reply.value = paragraph(str(error))

    button.on_click(use)
    return VBox([HBox([box, button]), reply])
