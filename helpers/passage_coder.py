"""Passages to code, one at a time: the learner gives a stance and a voice, and sees the reference afterwards.

Every answer is saved at once. The reference appears when the learner has coded a passage and asks for it, or has coded all.
"""

from collections.abc import Collection
from dataclasses import dataclass
from html import escape

import pandas as pd

from .annotation import Annotation, annotations, load_coders
from .answers import codes_of, read_answers, save_fields
from .articles import load_articles
from .codebook import Codebook, Issue, load_codebook, spell_stance, with_minus
from .codings import code_items
from .controls import STYLE, page
from .errors import CourseError
from .inputs import choices, notice, show_codes
from .passages import mark_phrases, name_passage, read_passages
from .questions import Field, Item, fields_of
from .tables import format_range
from .views import View, paragraph, table_html, table_text

_KEYS = "By keyboard: Tab goes from button to button, Enter or Space presses one."
_NOT_YET = "not coded"


def code_passages(item_ids: Collection[str]) -> View:
    """Phrases to code one at a time; in print, the list of them with the learner's codes so far.

    Parameters
    ----------
    item_ids : collection of str
        Items of mode ``code`` that each ask about one coded phrase, in the order in which to code them.

    Raises
    ------
    ParameterError
        When there is no such item; the message lists those that exist.

    Examples
    --------
    >>> print(code_passages(["02-c01"]).text.splitlines()[1])
    number | passage | phrase | actor | issue | your stance | your voice
    """
    phrases = _read_phrases(code_items(item_ids))
    answers = read_answers()[0]
    own = [codes_of(phrase.item, answers.get(phrase.item.id)) for phrase in phrases]
    done = sum(len(codes) == len(phrase.fields) for phrase, codes in zip(phrases, own, strict=True))
    head = f"{done} of {len(phrases)} passages coded. In JupyterLab they stand here one at a time, with buttons to choose."
    table = _own_table(phrases, own)
    return View(f"{head}\n{table_text(table)}", paragraph(head) + table_html(table), lambda: _Coder(phrases).widget)


@dataclass(frozen=True)
class _Phrase:
    """An item with all that is shown of it: its phrase as every coder of the case coded it, and its names in words."""

    item: Item
    mark: Annotation
    others: tuple[Annotation, ...]
    fields: tuple[Field, ...]
    book: Codebook

    @property
    def actor(self) -> str:
        """The actor's name."""
        return self.book.actors[str(self.mark.codes["actor"])].name

    @property
    def issue(self) -> Issue:
        """What the stance is about."""
        return self.book.issues[str(self.mark.codes["issue"])]


def _read_phrases(items: list[Item]) -> list[_Phrase]:
    book, marks = load_codebook(), {mark.unit: mark for mark in annotations()}
    others = [mark for coder in load_coders()[1:] for mark in annotations(coder=coder)]
    own = [(item, item.evidence[0]) for item in items]
    return [_Phrase(item, marks[unit], tuple(one for one in others if one.unit == unit), fields_of(item), book) for item, unit in own]


def _own_table(phrases: list[_Phrase], own: list[dict[str, str]]) -> pd.DataFrame:
    """The phrases with the learner's own codes; never the reference."""
    rows = []
    for number, (phrase, codes) in enumerate(zip(phrases, own, strict=True), start=1):
        told = [with_minus(codes.get(field.name, _NOT_YET)) for field in phrase.fields]
        rows.append((number, phrase.mark.passage, phrase.mark.quote.exact, phrase.actor, phrase.issue.label, *told))
    return pd.DataFrame(rows, columns=["number", "passage", "phrase", "actor", "issue", "your stance", "your voice"])


class _Coder:
    """The live view: a passage, two groups of choices, and buttons to go on."""

    def __init__(self, phrases: list[_Phrase]) -> None:
        from ipywidgets import Button, HBox, ToggleButton, VBox

        self.phrases = phrases
        saved, torn = read_answers()
        self.answers = {phrase.item.id: codes_of(phrase.item, saved.get(phrase.item.id)) for phrase in phrases}
        self.asked: set[str] = set()
        self.at = next((at for at, phrase in enumerate(phrases) if not self._is_done(phrase)), 0)
        self.tasks: dict[tuple[int, str], str] = {}
        self.progress, self.text, self.reply = notice(), page(""), notice()
        self.back, self.next = Button(description="Previous"), Button(description="Next")
        self.original = ToggleButton(description="Show the original", value=False)
        self.boxes = {
            field.name: choices(field.label.capitalize(), [(_label(field, choice, phrases[0].book), choice) for choice in field.choices])
            for field in phrases[0].fields
        }
        self.ask = Button(description="Show the reference", tooltip="Possible once your own code is saved")
        self.back.on_click(lambda _: self._go(-1))
        self.next.on_click(lambda _: self._go(1))
        self.ask.on_click(lambda _: self._reveal())
        self.original.observe(lambda _: self._tell(), names="value")
        for name, box in self.boxes.items():
            box.observe(lambda change, name=name: self._save(name, change["new"]), names="value")
        held = any(article.edition == "original" for article in load_articles())
        below = HBox([self.ask, *([self.original] if held else [])])
        parts = [HBox([self.back, self.next]), *self.boxes.values(), below, self.reply]
        self.widget = VBox([page(STYLE + paragraph(_KEYS)), self.progress, self.text, *parts])
        torn_line = f"Line {torn[-1]} of your answers file was cut off and is lost; please code that passage again." if torn else ""
        self._show(torn_line)

    @property
    def phrase(self) -> _Phrase:
        """The phrase at hand."""
        return self.phrases[self.at]

    @property
    def own(self) -> dict[str, str]:
        """The learner's codes of the phrase at hand, as they are saved."""
        return self.answers[self.phrase.item.id]

    def _is_done(self, phrase: _Phrase) -> bool:
        return len(self.answers[phrase.item.id]) == len(phrase.fields)

    def _go(self, step: int) -> None:
        self.at = min(max(self.at + step, 0), len(self.phrases) - 1)
        self._show()

    def _show(self, word: str = "") -> None:
        """The phrase at hand with the learner's own codes, saved before or just now."""
        show_codes(self.boxes, self.own)
        self.back.disabled, self.next.disabled = self.at == 0, self.at == len(self.phrases) - 1
        self._tell(word)

    def _tell(self, word: str = "") -> None:
        done = sum(map(self._is_done, self.phrases))
        self.progress.value = paragraph(f"Passage {self.at + 1} of {len(self.phrases)}; {done} coded.")
        self.text.value = self._task("auto" if self.original.value else "reading")
        self.ask.disabled = not self._is_done(self.phrase)
        told = done == len(self.phrases) or (self.phrase.item.id in self.asked and self._is_done(self.phrase))
        self.reply.value = (paragraph(word) if word else "") + (_reference(self.phrase) if told else "")

    def _task(self, edition: str) -> str:
        key = (self.at, edition)
        if key not in self.tasks:
            self.tasks[key] = _task(self.phrase, edition)
        return self.tasks[key]

    def _save(self, name: str, code: str) -> None:
        if code == self.own.get(name):
            return  # shown, not chosen
        try:
            self.answers[self.phrase.item.id] = save_fields(self.phrase.item, {name: code})
        except CourseError as error:
            self._show(str(error))
            return
        missing = " and ".join(name for name in self.boxes if name not in self.own)
        self._show(f"Saved: {name} {with_minus(code)}{f'; {missing} still to choose' if missing else ''}.")

    def _reveal(self) -> None:
        self.asked.add(self.phrase.item.id)
        self._tell()


def _task(phrase: _Phrase, edition: str) -> str:
    """What is to be coded: actor and proposition, and the passage with the one phrase marked."""
    (passage,) = read_passages([phrase.mark.passage], edition)
    question = f"<p><strong>{escape(phrase.actor)}</strong> on: {escape(phrase.issue.proposition)}</p>"
    quote = f"<p>{mark_phrases(passage, [phrase.mark.quote])}</p><footer>{escape(name_passage(passage))}</footer>"
    return f"{question}<blockquote>{quote}</blockquote>"


def _reference(phrase: _Phrase) -> str:
    """The reference codes of a phrase, and those of every other coder of the case, with their notes."""
    lines = [f"The reference: {_told(phrase, phrase.mark)}"]
    lines += [f"The coder “{mark.coder}”: {_told(phrase, mark)}" for mark in phrase.others]
    return "".join(map(paragraph, lines))


def _told(phrase: _Phrase, mark: Annotation) -> str:
    book, codes = phrase.book, mark.codes
    stance = int(codes["stance"])
    words = f"{format_range(stance)} {book.stances[stance].label}, voice {codes['voice']}"
    other = any(codes[name] != phrase.mark.codes[name] for name in ("actor", "issue"))
    place = f", but on {book.actors[str(codes['actor'])].name}, {book.issues[str(codes['issue'])].label}" if other else ""
    return words + place + (f". Note: {mark.note}" if mark.note else ".")


def _label(field: Field, choice: str, book: Codebook) -> str:
    labels = {spell_stance(value): code.label for value, code in book.stances.items()} if field.name == "stance" else {}
    labels |= {code: voice.label for code, voice in book.voices.items()} if field.name == "voice" else {}
    return f"{with_minus(choice)} {labels.get(choice, '')}".strip()
