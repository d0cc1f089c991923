"""Items to answer in a live kernel: a click saves at once, and the last answer is there again when the page is reopened."""

from collections.abc import Callable
from html import escape
from typing import Any

from .answers import codes_of, read_answers, save_answer, save_fields
from .codebook import with_minus
from .controls import STYLE, page
from .errors import CourseError
from .inputs import choices, notice, show_codes
from .item_views import has_answer, item_head, tell_answer
from .questions import Item, fields_of
from .views import paragraph


def item_widget(item: Item) -> Any:
    """The item as a widget of its mode: buttons, a slider, a choice for each field, passages to mark, or a box to write in."""
    if item.mode == "memo":
        from .memo_widgets import memo_widget

        return memo_widget(item)
    if item.mode == "mark":
        from .mark_widget import mark_widget

        return mark_widget(item)
    make = {"forecast": _forecast_widget, "code": _code_widget}.get(item.mode, _choice_widget)
    return make(item)


def show_answer(item: Item, answer: Any) -> str:
    """The learner's answer and the feedback to it, for a notice."""
    return "".join(paragraph(line) for line in tell_answer(item, answer).split("\n"))


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

    reply = notice()
    saved = {"answer": last_answer(item, reply)}
    save = saver(item, reply, lambda answer: saved.update(answer=answer))
    options = [(f"({option.key}) {option.text}", option.key) for option in item.options]
    box = choices(f"{item.id}: {item.prompt}", options, saved["answer"], unseen=True, stacked=True)

    def choose(change: Any) -> None:
        if change["new"] != saved["answer"] and change["new"] is not None:
            save(change["new"])
            box.value = saved["answer"]  # what could not be saved is not shown as chosen

    box.observe(choose, names="value")
    return VBox([page(STYLE + item_head(item)), box, reply])


def _forecast_widget(item: Item) -> Any:
    from ipywidgets import BoundedIntText, Button, HBox, Layout, VBox

    reply = notice()
    answer = last_answer(item, reply)
    percent = 50 if answer is None else round(100 * answer)
    box = BoundedIntText(description="Yes, in %:", value=percent, min=0, max=100, step=5, layout=Layout(width="12em"))
    button, save = Button(description="Commit this probability"), saver(item, reply)
    button.on_click(lambda _: save(box.value / 100))
    sides = "".join(f"<li>{escape(option.text)}: {escape(option.feedback)}</li>" for option in item.options)
    best = f"<details><summary>The best case for each side</summary><ul>{sides}</ul></details>"
    return VBox([page(STYLE + item_head(item) + best), HBox([box, button]), reply])


def _code_widget(item: Item) -> Any:
    from ipywidgets import VBox

    reply = notice()
    own = codes_of(item, last_answer(item, reply))

    def choose(name: str, code: str) -> None:
        if code == own.get(name):
            return  # shown, not chosen
        try:
            own.update(save_fields(item, {name: code}))
        except CourseError as error:
            reply.value = paragraph(str(error))
        else:
            reply.value = show_answer(item, own)
        show_codes(boxes, own)

    boxes = {}
    for field in fields_of(item):
        options = [(with_minus(code), code) for code in field.choices]
        boxes[field.name] = choices(field.label[:1].upper() + field.label[1:], options, own.get(field.name))
        boxes[field.name].observe(lambda change, name=field.name: choose(name, change["new"]), names="value")
    return VBox([page(STYLE + item_head(item)), *boxes.values(), reply])
