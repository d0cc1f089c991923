"""Passages to read, with the coded phrases marked."""

from collections.abc import Collection, Iterable
from html import escape
from itertools import pairwise
from typing import Any

from .anchors import Quote, find_quote
from .annotation import Annotation, annotations
from .articles import Passage, load_articles
from .controls import STYLE, chooser, page
from .parameters import check_choice
from .views import View


def show(passage_ids: Collection[str] | str, marked: bool = True) -> View:
    """Passages to read, with the coded phrases marked unless ``marked`` is false (where the reader is to code them first).

    The reading edition is shown, so that no stored output carries an original. A live kernel offers the original where
    it is in place, and shows it when it is asked for.
    """
    ids = [passage_ids] if isinstance(passage_ids, str) else list(passage_ids)
    passages = read_passages(ids, "reading")
    text = "\n".join(f"[{name_passage(passage)}] {passage.text}" for passage in passages)
    marks = None if marked else ()
    return View(text, passages_html(passages, marks), lambda: _passages_widget(ids, marks))


def read_passages(ids: Iterable[str], edition: str) -> list[Passage]:
    """The passages with these ids, in their order, in an edition (``reading``, ``original``, or ``auto``: the best in place)."""
    articles = {article.id: article for article in load_articles(edition)}
    return [articles[check_choice("passage", id.partition(":")[0], articles)].passage(id) for id in ids]


def passages_html(passages: Iterable[Passage], marks: Iterable[Annotation] | None = None) -> str:
    """Passages as block quotations, coded phrases marked, each with its id at the foot.

    ``marks`` are the annotations whose phrases are marked; the reference coding of stances, read anew, when left out.
    """
    quotes: dict[str, list[Quote]] = {}
    for mark in annotations() if marks is None else marks:
        quotes.setdefault(mark.passage, []).append(mark.quote)
    return "".join(
        f"<blockquote><p>{mark_phrases(one, quotes.get(one.id, []))}</p><footer>{escape(name_passage(one))}</footer></blockquote>"
        for one in passages
    )


def name_passage(passage: Passage) -> str:
    """The passage's id, with a word where its version is only inferred."""
    return f"{passage.id} (version inferred)" if passage.basis == "inferred" else passage.id


def mark_phrases(passage: Passage, quotes: Iterable[Quote]) -> str:
    """The passage's text as HTML, in which the phrases that are found stand in ``<mark>``."""
    found = [find_quote(passage.text, quote) for quote in quotes]
    spans = [span for span in found if span]
    cuts = sorted({0, len(passage.text), *(at for span in spans for at in span)})
    parts = [(passage.text[start:end], any(a <= start and end <= b for a, b in spans)) for start, end in pairwise(cuts)]
    return "".join(f"<mark>{escape(text)}</mark>" if marked else escape(text) for text, marked in parts)


def _passages_widget(ids: list[str], marks: Iterable[Annotation] | None) -> Any:
    articles = {id.partition(":")[0] for id in ids}
    held = [article.id for article in load_articles() if article.edition == "original"]
    editions = {"reading edition": "reading"} | ({"original": "auto"} if articles & {*held} else {})
    if len(editions) == 1:
        return page(STYLE + passages_html(read_passages(ids, "reading"), marks))
    return chooser("Show", editions, "reading", lambda edition: passages_html(read_passages(ids, edition), marks))
