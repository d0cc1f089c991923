"""Passages to look through: filtered by article and by code, each with its coded phrases marked and its codes beside it."""

import functools
from collections.abc import Iterable
from html import escape
from typing import Any

import pandas as pd

from .annotation import Annotation, annotations
from .articles import Passage, load_articles
from .codebook import Codebook, load_codebook
from .controls import STYLE, page
from .inputs import notice
from .parameters import check_choice
from .passages import mark_phrases, name_passage
from .tables import format_range
from .treaties import provisions
from .views import View, paragraph, table_html, table_text

_KINDS = ("stance", "quotation", "provision")
_NAMES = ("article", "actor", "provision", "issue", "voice")
_ALL = ""  # a list shows nothing for None
_TOGETHER = ("actor", "issue", "voice")  # what one annotation must hold at once
_Choice = dict[str, str | None]
_KEYS = "By keyboard: Tab goes from list to list, arrow keys or first letters choose."
_NO_CODES = "No codes: nobody coded a phrase of this passage."


def browse_passages(
    article: str | None = None,
    actor: str | None = None,
    provision: str | None = None,
    issue: str | None = None,
    voice: str | None = None,
) -> View:
    """Passages of the reading edition that fit all filters, phrases marked, with the reference codes of each.

    Actor, issue and voice are looked for on one annotation, the provision on any of the same passage. Without a filter
    for codes, passages that nobody coded are shown as well. In a live kernel five lists change the filters.

    Parameters
    ----------
    article, actor, provision, issue, voice : str, optional
        An article's id and codes of the case; everything when left out.

    Raises
    ------
    ParameterError
        When a value is unknown; the message lists those that are known.

    Examples
    --------
    >>> print(browse_passages(actor="EU").text.splitlines()[0])
    2 of 117 passages: actor EU
    """
    choice: _Choice = {"article": article, "actor": actor, "provision": provision, "issue": issue, "voice": voice}
    known = _known()
    for name, value in choice.items():
        if value is not None:
            check_choice(name, value, list(known[name]))
    shelf = _Shelf()
    found = shelf.find(choice)
    texts = [shelf.count(found, choice), *map(shelf.text, found)]
    return View("\n".join(texts), shelf.html(found, choice), lambda: _widget(shelf, choice, known))


class _Shelf:
    """The passages of the reading edition with the reference annotations that hang on them."""

    def __init__(self) -> None:
        self.passages = [(one.id, passage) for one in load_articles("reading") for version in one.versions for passage in version.passages]
        self.book = load_codebook()
        self._marks: dict[str, list[Annotation]] = {}
        for mark in (mark for kind in _KINDS for mark in annotations(kind=kind)):
            self._marks.setdefault(mark.passage, []).append(mark)
        self._block = functools.cache(self._make_block)

    def marks(self, passage: Passage) -> list[Annotation]:
        """The annotations of a passage, stances first."""
        return self._marks.get(passage.id, [])

    def text(self, passage: Passage) -> str:
        """A passage and its codes as plain text."""
        marks = self.marks(passage)
        codes = table_text(_code_table(marks, self.book), blank="–") if marks else _NO_CODES
        return f"[{name_passage(passage)}] {passage.text}\n{codes}"

    def find(self, choice: _Choice) -> list[Passage]:
        """The passages that fit, in reading order."""
        return [one for article, one in self.passages if choice["article"] in (None, article) and _fits(self.marks(one), choice)]

    def count(self, found: list[Passage], choice: _Choice) -> str:
        """How many passages were found, and by which filters."""
        chosen = ", ".join(f"{name} {value}" for name, value in choice.items() if value is not None)
        return f"{len(found)} of {len(self.passages)} passages: {chosen or 'no filter'}" + ("" if found else ". None fits all of them.")

    def html(self, found: list[Passage], choice: _Choice) -> str:
        """The passages found, under a line that counts them."""
        return paragraph(self.count(found, choice)) + self.blocks(found)

    def blocks(self, found: list[Passage]) -> str:
        """The passages found, each with its codes."""
        return "".join(self._block(one) for one in found)

    def _make_block(self, passage: Passage) -> str:
        marks = self.marks(passage)
        text = mark_phrases(passage, [mark.quote for mark in marks])
        codes = table_html(_code_table(marks, self.book), blank="–") if marks else paragraph(_NO_CODES)
        return f"<blockquote><p>{text}</p><footer>{escape(name_passage(passage))}</footer></blockquote>{codes}"


def _fits(marks: Iterable[Annotation], choice: _Choice) -> bool:
    marks, wanted = list(marks), {name: choice[name] for name in _TOGETHER if choice[name] is not None}
    together = not wanted or any(all(mark.codes.get(name) == value for name, value in wanted.items()) for mark in marks)
    return together and (choice["provision"] is None or any(mark.codes.get("provision") == choice["provision"] for mark in marks))


def _code_table(marks: Iterable[Annotation], book: Codebook) -> pd.DataFrame:
    rows = [(mark.unit, mark.kind, _in_words(mark, book), mark.codes.get("voice", ""), mark.quote.exact) for mark in marks]
    return pd.DataFrame(rows, columns=["id", "kind", "code", "voice", "phrase"])


def _in_words(mark: Annotation, book: Codebook) -> str:
    codes = mark.codes
    if mark.kind == "stance":
        stance = int(codes["stance"])
        told = f"{format_range(stance)} {book.stances[stance].label}"
        return f"{book.actors[str(codes['actor'])].name}, {book.issues[str(codes['issue'])].label}: {told}"
    if mark.kind == "quotation":
        behalf = f", for {codes['on_behalf_of']}" if codes["on_behalf_of"] else ""
        return f"{codes['speaker'] or 'nobody named'}{behalf}"
    return str(codes["provision"])


def _known() -> dict[str, dict[str, str]]:
    """The values of each filter, with the words that a list shows for them."""
    book, used = load_codebook(), {str(mark.codes["provision"]) for mark in annotations(kind="provision")}
    return {
        "article": {one.id: one.id for one in load_articles("reading")},
        "actor": {code: actor.name for code, actor in book.actors.items()},
        "provision": {id: name for id, name in provisions()[["provision", "name"]].drop_duplicates().to_numpy().tolist() if id in used}
        | {id: id for id in sorted(used - set(provisions()["provision"]))},
        "issue": {code: issue.label for code, issue in book.issues.items()},
        "voice": {code: f"{code} {voice.label}" for code, voice in book.voices.items()},
    }


def _widget(shelf: _Shelf, choice: _Choice, known: dict[str, dict[str, str]]) -> Any:
    from ipywidgets import Dropdown, HBox, Layout, VBox

    said, shown = notice(), page("")
    boxes = {
        name: Dropdown(
            description=name.capitalize(),
            options=[("all", _ALL), *((label, value) for value, label in known[name].items())],
            value=choice[name] or _ALL,
            layout=Layout(width="19em"),
        )
        for name in _NAMES
    }

    def refresh(_: Any = None) -> None:
        now: _Choice = {name: box.value or None for name, box in boxes.items()}
        found = shelf.find(now)
        said.value, shown.value = paragraph(shelf.count(found, now)), shelf.blocks(found)

    refresh()
    for box in boxes.values():
        box.observe(refresh, names="value")
    return VBox([page(STYLE + paragraph(_KEYS)), HBox(list(boxes.values()), layout=Layout(flex_flow="row wrap")), said, shown])
