"""A box to write a memo in: the text, the evidence beside it, a count of words, and notes on form that never stop anybody."""

import re
from collections.abc import Callable, Collection, Mapping
from html import escape
from typing import Any

from .answers import read_answers, save_answer
from .articles import load_articles
from .controls import STYLE, option_button, page
from .errors import CourseError
from .inputs import notice
from .item_views import describe, item_head
from .questions import Item, blank_answer, load_memo_item, problems, sound_memo
from .seat_views import list_choices
from .stances import evidence
from .views import View, paragraph

_NONE_YET, _LINES_FIRST = "Your memo: none yet.", "It begins with these lines:"
_BRIEF = 100  # words: a memo of so few gets a low box
_FOREIGN = "cannot be cited from here"
_SHORT, _LINES = 96, 7  # characters of a line of evidence, lines shown at a time
_ID = re.compile(r"[\w:.-]*\w")


def write_memo(item_id: str, seat: str | None = None, begin_with: str = "") -> View:
    """A memo to write: in a live kernel a box with the evidence that the seat may cite; in print what the learner wrote.

    Parameters
    ----------
    item_id : str
        An item of mode ``memo``.
    seat : str, optional
        An id of :func:`helpers.council.seats`: evidence is then limited to that seat’s pack. The whole case when left out.
    begin_with : str, optional
        Another memo item: as long as nothing is saved for this one, the box begins with what was saved for that one, and
        this item’s own lines after it.

    Raises
    ------
    ParameterError
        When one of the items does not exist or is no memo, or there is no such seat.

    Examples
    --------
    >>> write_memo("08-m1", "paris").text.splitlines()[-1]
    'What is not reported of us:'
    """
    item = load_memo_item(item_id)
    choices = list_choices(seat)
    answers = read_answers()[0]
    answer, begin = sound_memo(answers.get(item.id)), _begin(item, begin_with)
    text, html = _memo_text(item, answer, begin, choices), _memo_html(item, answer, begin, choices)
    return View(text, html, lambda: memo_widget(item, choices, begin_with))


def memo_widget(item: Item, choices: Mapping[str, str] | None = None, begin_with: str = "") -> Any:
    """The box for a memo; ``choices`` holds what may be cited, by id, each with its text (the whole case when left out)."""
    from ipywidgets import Button, Layout, Textarea, VBox

    known = list_choices() if choices is None else choices
    saved = sound_memo(read_answers()[0].get(item.id))
    start = saved or _begin(item, begin_with)
    height = "6em" if item.words[1] <= _BRIEF else "18em"
    box = Textarea(value=start["text"], description="Memo", continuous_update=False, layout=Layout(width="98%", height=height))
    button, count, reply = Button(description="Save the memo", tooltip="Save text and evidence"), page(""), notice()

    def answer() -> dict[str, Any]:
        return {"text": box.value, "evidence": list(cited)}

    def tell(said: str) -> None:
        count.value = paragraph(f"{len(box.value.split())} words; {item.words[0]} to {item.words[1]} are asked for.")
        reply.value = paragraph(said) + _notes_html(note_form(item, answer(), known)) if said else ""

    def save(_: Any) -> None:
        try:
            save_answer(item, answer())
        except CourseError as error:
            reply.value = paragraph(str(error))
        else:
            tell("Saved.")

    cited = dict.fromkeys(start["evidence"])
    picker = _Picker(known, cited, lambda: tell("Not saved since your last change.")).widget
    box.observe(lambda _: tell("Not saved since your last change."), names="value")
    button.on_click(save)
    tell("Restored from your answers file." if saved else "")
    return VBox([page(STYLE + item_head(item)), box, count, picker, button, reply])


def note_form(item: Item, answer: Any, choices: Collection[str]) -> list[str]:
    """Notes on the form of a memo: length, number of ids, ids out of reach or not cited, two versions cited of one article.

    They say nothing of what a memo argues, and nothing is refused for them.

    Examples
    --------
    >>> item = Item("x", "08", "08-o3", "memo", "interpretation", "", 1, (), words=(1, 9))
    >>> note_form(item, {"text": "We hold back (E03).", "evidence": ["E99"]}, ["E03"])
    ['E99 cannot be cited from here', 'E03 stands in the text and is not cited']
    """
    answer = sound_memo(answer) or blank_answer(item)
    named = dict.fromkeys(id for id in _ID.findall(answer["text"]) if id in choices)
    notes = [f"{id} {_FOREIGN}" for id in answer["evidence"] if id not in choices]
    notes += [f"{id} stands in the text and is not cited" for id in named if id not in answer["evidence"]]
    return [*problems(item, answer), *notes, *_note_versions(answer["evidence"])]


class _Picker:
    """A search over what may be cited, a few lines of it at a time; ``cited`` is kept up to date, ``changed`` then called.

    Every line is a button, so that nobody needs the arrow keys, which a front end may keep for itself.
    """

    def __init__(self, choices: Mapping[str, str], cited: dict[str, None], changed: Callable[[], None]) -> None:
        from ipywidgets import HBox, Layout, Text, VBox

        self.choices, self.cited, self.changed = choices, cited, changed
        self.at, self.read_id = 0, ""
        self.search = Text(description="Search", placeholder="an id, a name, a word", layout=Layout(width="98%"))
        self.told, self.shown, self.listed = notice(), notice(paragraph("Press a line to read it.")), notice()
        self.lines = [option_button("", "", lambda number=number: self.read(number)) for number in range(_LINES)]
        self.button = option_button("Cite it", "Cite what is shown, or remove it", self.toggle)
        back = option_button("Earlier", "Earlier lines of evidence", lambda: self.turn(-1))
        further = option_button("Further", "Further lines of evidence", lambda: self.turn(1))
        self.search.observe(lambda _: self.turn(-self.at), names="value")
        self.draw()
        self.widget = VBox([self.search, self.told, *self.lines, HBox([back, further]), self.shown, self.button, self.listed])

    def found(self) -> list[str]:
        """The ids that fit the search, what is cited first, also what the choices do not hold."""
        words = self.search.value.lower().split()
        fitting = [id for id, text in self.choices.items() if all(word in f"{id} {text}".lower() for word in words)]
        foreign = [id for id in self.cited if id not in self.choices and not words]
        return foreign + sorted(fitting, key=lambda id: id not in self.cited)

    def draw(self) -> None:
        """Write the lines anew."""
        ids = self.found()
        window = ids[self.at : self.at + _LINES]
        for line, id in zip(self.lines, [*window, *[""] * (_LINES - len(window))], strict=True):
            line.description, line.tooltip = _line(id, self.choices, self.cited), f"Read {id}"
            line.layout.display = "" if id else "none"
        last = self.at + len(window)
        self.told.value = paragraph(f"Evidence {self.at + 1} to {last} of {len(ids)}, what is cited first." if ids else "Nothing fits.")
        self.listed.value = paragraph(f"Cited: {', '.join(self.cited) or 'nothing yet'}.")
        if self.read_id:
            self.button.description = f"{'Remove' if self.read_id in self.cited else 'Cite'} {self.read_id}"

    def turn(self, pages: int) -> None:
        """Show earlier or further lines, and stop at both ends."""
        end = max(len(self.found()) - 1, 0) // _LINES
        self.at = _LINES * max(0, min(self.at // _LINES + pages, end))
        self.draw()

    def read(self, number: int) -> None:
        """Show the passage of a line."""
        self.read_id = id = self.found()[self.at + number]
        self.shown.value = f"<p><strong>{escape(id)}</strong> {escape(self.choices.get(id, _FOREIGN))}</p>"
        self.draw()

    def toggle(self) -> None:
        """Cite what is shown, or remove it."""
        if self.read_id:
            self.cited.pop(self.read_id) if self.read_id in self.cited else self.cited.update({self.read_id: None})
            self.turn(0)
            self.changed()


def _note_versions(ids: Collection[str]) -> list[str]:
    """A note for each article that is cited in more than one version."""
    articles = load_articles("reading")
    places = {p.id: (article.id, version.id) for article in articles for version in article.versions for p in version.passages}
    marks = evidence()
    passages = dict(zip(marks["id"], marks["passage"], strict=True))
    cited: dict[str, dict[str | None, str]] = {}
    for id in ids:
        if place := places.get(passages.get(id, id)):
            cited.setdefault(place[0], {}).setdefault(place[1], id)
    told = {article: " and ".join(first.values()) for article, first in cited.items() if len(first) > 1}
    return [f"{pair} stand in versions of one article, {article}: one source, not two" for article, pair in told.items()]


def _line(id: str, choices: Mapping[str, str], cited: Collection[str]) -> str:
    line = f"{'Cited: ' if id in cited else ''}{id}: {choices.get(id, _FOREIGN)}"
    return line if len(line) <= _SHORT else line[:_SHORT].rsplit(" ", 1)[0] + " …"


def _begin(item: Item, begin_with: str) -> dict[str, Any]:
    """What the box holds before anything is saved: the item's own beginning, after the other memo if there is one."""
    other = sound_memo(read_answers()[0].get(load_memo_item(begin_with).id)) if begin_with else None
    own = blank_answer(item)
    return other | {"text": f"{other['text'].rstrip()}\n{own['text'].lstrip()}"} if other else own


def _of(choices: Mapping[str, str], ids: Collection[str]) -> dict[str, str]:
    return {id: choices.get(id, _FOREIGN) for id in ids}


def _notes_html(notes: list[str]) -> str:
    listed = "".join(paragraph(f"{note}.", "li") for note in notes)
    return f"<p>On form:</p><ul>{listed}</ul>" if notes else paragraph("On form: nothing to mend.")


def _asked(item: Item) -> str:
    return f"{item.words[0]} to {item.words[1]} words, {item.cites} {'id' if item.cites == 1 else 'ids'} of evidence at least."


def _tell_none(begin: dict[str, Any]) -> list[str]:
    lines = begin["text"].strip().splitlines()
    return [f"{_NONE_YET} {_LINES_FIRST}", *lines] if lines else [_NONE_YET]


def _memo_text(item: Item, answer: dict[str, Any] | None, begin: dict[str, Any], choices: Mapping[str, str]) -> str:
    head = f"{item.id} [{describe(item)}] {item.prompt} {_asked(item)}"
    if answer is None:
        return "\n".join([head, *_tell_none(begin)])
    cited = [f"  {id}: {text}" for id, text in _of(choices, answer["evidence"]).items()]
    notes = [f"On form: {note}." for note in note_form(item, answer, choices)]
    return "\n".join([head, "Your memo:", answer["text"], f"Evidence, {len(cited)}:", *cited, *notes])


def _memo_html(item: Item, answer: dict[str, Any] | None, begin: dict[str, Any], choices: Mapping[str, str]) -> str:
    head = item_head(item) + paragraph(_asked(item))
    if answer is None:
        told, *lines = _tell_none(begin)
        body = paragraph(told) + f"<p>{'<br>'.join(map(escape, lines))}</p>"
    else:
        listed = "".join(paragraph(f"{id}: {text}", "li") for id, text in _of(choices, answer["evidence"]).items())
        text = "<br>".join(escape(answer["text"]).splitlines())
        body = f"<p>Your memo:</p><blockquote><p>{text}</p></blockquote><p>Evidence:</p><ul>{listed}</ul>"
        body += _notes_html(note_form(item, answer, choices))
    return f'<section class="item">{head}{body}</section>'
