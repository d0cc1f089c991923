"""Passages to mark in a live kernel: phrases are chosen by mouse or keyboard, coded, and saved at every change.

The front end (``mark_widget.js`` with its two parts, on anywidget) shows what :class:`helpers.mark_desk.MarkDesk` says and nothing else.
"""

import functools
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from .answers import read_answers, save_answer
from .articles import Passage, load_articles
from .controls import STYLE, page
from .errors import CourseError
from .inputs import notice
from .item_views import item_head
from .items import Item
from .mark_desk import MarkDesk, describe_fields
from .mark_views import compared_view
from .marks import LEARNER, Marks, read_marks, write_marks
from .passages import name_passage, passages_html, read_passages
from .views import paragraph

_FRONT = [Path(__file__).with_name(name) for name in ("mark_text.js", "mark_panel.js", "mark_widget.js")]
_LOOK = Path(__file__).with_name("mark_widget.css")
_FEW = 3  # passages that are shown together
_SHORT = 9  # choices that are shown as buttons, and that a digit can give


def mark_widget(item: Item) -> Any:
    """An item of mode ``mark``: its passages to mark, and the comparison once the learner has finished."""
    from ipywidgets import VBox

    reply = notice()
    passages = read_passages(item.evidence, "reading")
    saved, torn = read_answers()
    known = {"answer": saved.get(item.id)}
    marks = read_marks(known["answer"], item.kind, item.evidence)

    def save(marks: Marks) -> str:
        if read_answers()[0].get(item.id) != known["answer"]:  # another cell or kernel may even have finished
            raise CourseError("your marks were changed elsewhere", where=item.id, todo="run this cell again to see them")
        answer = write_marks(marks, item.kind)
        save_answer(item, answer)
        known["answer"] = answer
        return "Saved."

    texts = {one.id: one.text for one in passages}
    desk = MarkDesk(item.kind, texts, marks, name=lambda used: _next_id(item.id, used), save=save)
    if torn:
        desk.said = f"Line {torn[-1]} of your answers file was cut off and is lost; please look whether your last mark is there."
    elif marks.marks:
        desk.said = "Your saved marks are shown again."

    def tell() -> None:
        reply.value = compared_view(item, desk.marks.marks, desk.fields).html if desk.marks.finished else ""

    tell()
    desk_widget = live_desk(desk, passages, item.id, tell, finish=True)
    return VBox([page(STYLE + item_head(item)), desk_widget, *originals_of(item.evidence), reply])


def live_desk(desk: MarkDesk, passages: Iterable[Passage], label: str, changed: Callable[[], None], *, finish: bool = False) -> Any:
    """The widget of a desk; ``changed`` is called after every wish, ``finish`` offers to end and compare."""
    short = [field.name for field in desk.fields if 0 < len(field.choices) <= _SHORT]
    texts = [{"id": one.id, "name": name_passage(one), "text": one.text} for one in passages]
    task = {
        "label": label,
        "passages": texts,
        "fields": describe_fields(desk.fields),
        "short": short,
        "finish": finish,
        "together": len(texts) <= _FEW,
    }
    widget = _marker_type()(task=task, state=desk.state())

    def do(_: Any, wish: Any, __: Any) -> None:
        desk.do(wish)
        widget.state = desk.state()
        changed()

    widget.on_msg(do)
    return widget


def originals_of(ids: Iterable[str]) -> list[Any]:
    """A button that shows the original passages to read, where an article of theirs is held; marks are made in the course's text."""
    from ipywidgets import ToggleButton

    ids = list(ids)
    held = {article.id for article in load_articles() if article.edition == "original"}
    if not held & {id.partition(":")[0] for id in ids}:
        return []
    button, shown = ToggleButton(description="Show the original", value=False), page("")

    def show(change: Any) -> None:
        told = "To read only: marks are made in the text above."
        shown.value = paragraph(told) + passages_html(read_passages(ids, "auto"), ()) if change["new"] else ""

    button.observe(show, names="value")
    return [button, shown]


def _next_id(item_id: str, used: set[str]) -> str:
    stem = f"{LEARNER}/{item_id}-"
    numbers = [int(id.removeprefix(stem)) for id in used if id.startswith(stem) and id.removeprefix(stem).isdecimal()]
    return f"{stem}{max(numbers, default=0) + 1}"


@functools.cache
def _marker_type() -> Any:
    import anywidget
    from traitlets import Dict

    class Marker(anywidget.AnyWidget):
        """A desk in the browser: ``task`` is what stays, ``state`` what changes."""

        # As texts: a path would be watched for changes.
        _esm = "\n".join(part.read_text(encoding="utf-8") for part in _FRONT)
        _css = _LOOK.read_text(encoding="utf-8")
        task = Dict().tag(sync=True)
        state = Dict().tag(sync=True)

    return Marker
