"""Items to answer in a live kernel: a click saves at once, and the last answer is there again when the page is reopened."""

from collections.abc import Callable
from html import escape
from typing import Any

from .answers import read_answers, save_answer
from .controls import STYLE, option_button, page
from .errors import CourseError
from .item_views import has_answer, item_head, tell_answer
from .questions import Item, fields_of
from .views import paragraph


def item_widget(item: Item) -> Any:
    """The item as a widget of its mode: buttons, a slider, a choice for each field, or a box to write in."""
    if item.mode == "memo":
        from .memo_widgets import memo_widget

        return memo_widget(item)
    make = {"forecast": _forecast_widget, "code": _code_widget}.get(item.mode, _choice_widget)
    return make(item)


def show_answer(item: Item, answer: Any) -> str:
    """The learner's answer and the feedback to it, as a status that screen readers announce."""
    lines = "".join(paragraph(line) for line in tell_answer(item, answer).split("\n"))
    return f'<div role="status">{lines}</div>'


def saver(item: Item, reply: Any, done: Callable[[Any], None] = lambda _: None) -> Callable[[Any], None]:
    """A function that saves an answer and shows it in ``reply``, then calls ``done``; a failure is told there instead."""

    def save(answer: Any) -> None:
        try:
            save_answer(item, answer)
        except CourseError as error:
            reply.value = paragraph(str(error))
        else:
            reply.value = show_answer(item, answer)
            done(answer)

    return save


def last_answer(item: Item, reply: Any) -> Any:
    """The saved answer, shown in ``reply``, or ``None``; a torn line of the file is told there, too."""
    answers, torn = read_answers()
    answer = answers.get(item.id)
    known = has_answer(item, answer)
    lost = paragraph(f"Line {torn[-1]} of your answers file was cut off and is lost; please answer again.") if torn else ""
    reply.value = (show_answer(item, answer) if known else "") + lost
    return answer if known else None


def _choice_widget(item: Item) -> Any:
    from ipywidgets import VBox

    reply, buttons = page(""), {}

    def mark(key: str) -> None:
        for other, button in buttons.items():
            (button.add_class if other == key else button.remove_class)("alliance-chosen")

    save = saver(item, reply, mark)
    for option in item.options:
        buttons[option.key] = option_button(f"({option.key}) {option.text}", f"Answer {option.key}", lambda key=option.key: save(key))
    if answer := last_answer(item, reply):
        mark(answer)
    return VBox([page(STYLE + item_head(item)), *buttons.values(), reply])


def _forecast_widget(item: Item) -> Any:
    from ipywidgets import BoundedIntText, Button, HBox, Layout, VBox

    reply = page("")
    answer = last_answer(item, reply)
    percent = 50 if answer is None else round(100 * answer)
    box = BoundedIntText(description="Yes, in %:", value=percent, min=0, max=100, step=5, layout=Layout(width="12em"))
    button, save = Button(description="Commit this probability", layout=Layout(width="auto")), saver(item, reply)
    button.on_click(lambda _: save(box.value / 100))
    sides = "".join(f"<li>{escape(option.text)}: {escape(option.feedback)}</li>" for option in item.options)
    best = f"<details><summary>The best case for each side</summary><ul>{sides}</ul></details>"
    return VBox([page(STYLE + item_head(item) + best), HBox([box, button]), reply])


def _code_widget(item: Item) -> Any:
    from ipywidgets import Label, ToggleButtons, VBox

    reply = page("")
    answer = last_answer(item, reply) or {}
    fields, save = fields_of(item), saver(item, reply)
    boxes = {
        field.name: ToggleButtons(
            options=list(field.choices),
            value=answer.get(field.name) if answer.get(field.name) in field.choices else None,
            tooltips=[f"{field.label}: {choice}" for choice in field.choices],
        )
        for field in fields
    }
    for box in boxes.values():
        box.observe(lambda _: save({name: box.value for name, box in boxes.items() if box.value is not None}), names="value")
    rows = [part for field in fields for part in (Label(field.label), boxes[field.name])]
    return VBox([page(STYLE + item_head(item)), *rows, reply])
