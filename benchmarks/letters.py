"""A text as letters that remember where they came from, so that no edit can lose track of a phrase in it."""

import re
from typing import NamedTuple

WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
_SENTENCE = re.compile(r".+?(?:[a-z]{3}[.!?][”’\"']*\s+(?=[“\"A-Z])|\Z)", re.DOTALL)


class Letter(NamedTuple):
    """A character, the place in the first text that it belongs to (``None``: it is new), and how it came here."""

    text: str
    place: int | None = None
    how: str = "new"  # kept; put: in place of what stood there; copied: with its sentence; beside: the same, next to it; pasted


Letters = list[Letter]


def text_at(letters: Letters, where: range) -> str:
    """The text of a stretch."""
    return "".join(letter.text for letter in letters[where.start : where.stop])


def whole_text(letters: Letters) -> str:
    """The whole text."""
    return text_at(letters, range(len(letters)))


def find_words(letters: Letters) -> list[range]:
    """The words, as stretches."""
    return [range(*found.span()) for found in WORD.finditer(whole_text(letters))]


def find_sentences(letters: Letters) -> list[Letters]:
    """The sentences, in their order; joined they are the text."""
    return [letters[slice(*found.span())] for found in _SENTENCE.finditer(whole_text(letters))]


def join(sentences: list[Letters]) -> Letters:
    """One text of several sentences."""
    return [letter for sentence in sentences for letter in sentence]


def write(text: str, how: str = "new", place: int | None = None) -> Letters:
    """New letters; all of them belong to ``place``, if one is given."""
    return [Letter(character, place, how) for character in text]


def replace(letters: Letters, where: range, text: str) -> Letters:
    """What stands there replaced; a word that is among the words put in its place was kept, for nobody could tell."""
    kept = re.search(rf"\b{re.escape(text_at(letters, where))}\b", text)
    start, stop = kept.span() if kept else (0, 0)
    how, place = ("new", None) if kept else ("put", letters[where.start].place)
    there = letters[where.start : where.stop] if kept else []
    return letters[: where.start] + write(text[:start], how, place) + there + write(text[stop:], how, place) + letters[where.stop :]
