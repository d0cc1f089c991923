"""Two memos of one learner compared, the one before the debate and the one after: words, and evidence."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from html import escape
from typing import Any

import pandas as pd

from .answers import read_answers
from .questions import Item, load_memo_item, sound_memo
from .views import View, paragraph, say, table_html, table_text

KEPT, ADDED, REMOVED = "kept", "added", "removed"
_SIGNS = {KEPT: ("", ""), ADDED: ("[+ ", " +]"), REMOVED: ("[− ", " −]")}  # marks that need no colour
_TAGS = {KEPT: ("", ""), ADDED: ("<ins>", "</ins>"), REMOVED: ("<del>", "</del>")}
_READABLE = 3  # words: a shorter stretch that stayed is swallowed by the changes around it
_WORDS = re.compile(r"\n|[^\s]+")


def diff_words(before: str, after: str) -> list[tuple[str, str]]:
    """The two texts as one, piece by piece: ``(what, words)``, where ``what`` is ``kept``, ``added`` or ``removed``.

    Words are compared as they are spelled; a line break counts as a word of its own, other space does not count. One or
    two words that stayed between two changes are told as changed with them, since nobody could read it otherwise.

    Examples
    --------
    >>> diff_words("We want a text", "We want no text")
    [('kept', 'We want'), ('removed', 'a'), ('added', 'no'), ('kept', 'text')]
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    pieces, gone, came = [], [], []
    for number, (kind, start, end, first, last) in enumerate(steps):
        island = end - start < _READABLE and 0 < number < len(steps) - 1
        if kind != "equal" or island:
            gone, came = gone + old[start:end], came + new[first:last]
        else:
            pieces += [(REMOVED, gone), (ADDED, came), (KEPT, old[start:end])]
            gone, came = [], []
    pieces += [(REMOVED, gone), (ADDED, came)]
    return [(what, _join(words)) for what, words in pieces if words]


def show_memo_diff(before_id: str, after_id: str) -> View:
    """What a learner changed between two memos: words struck out and put in, evidence dropped and added.

    Added words stand in ``[+ +]`` and are underlined, removed ones in ``[− −]`` and are struck through.

    Raises
    ------
    ParameterError
        When an item does not exist, or is no memo.

    Examples
    --------
    >>> show_memo_diff("08-m1", "08-m1").text.splitlines()[0]
    'There is nothing to compare yet: write 08-m1 first.'
    """
    items = [load_memo_item(id) for id in (before_id, after_id)]
    answers = read_answers()[0]
    written = [_written(item, answers.get(item.id)) for item in items]
    missing = list(dict.fromkeys(item.id for item, memo in zip(items, written, strict=True) if memo is None))
    if missing:
        told = f"There is nothing to compare yet: write {' and '.join(missing)} first."
        return say(told)
    before, after = filter(None, written)
    pieces, table = diff_words(before["text"], after["text"]), tabulate_citations(before["evidence"], after["evidence"])
    head = _tell_counts(pieces, table)
    text = " ".join(f"{_SIGNS[what][0]}{words}{_SIGNS[what][1]}" for what, words in pieces)
    html = f"{paragraph(head)}<p>{' '.join(_pieces_html(pieces))}</p>{table_html(table, 'Evidence', '–')}"
    return View(f"{head}\n{text}\n{table_text(table, '–')}", html)


def tabulate_citations(before: list[str], after: list[str]) -> pd.DataFrame:
    """The evidence of both memos: ``id, change``, where ``change`` is ``kept``, ``added`` or ``removed``.

    Examples
    --------
    >>> tabulate_citations(["E03", "E06"], ["E06", "E07"]).to_numpy().tolist()
    [['E06', 'kept'], ['E03', 'removed'], ['E07', 'added']]
    """
    old, new = list(dict.fromkeys(before)), list(dict.fromkeys(after))
    rows = [(id, KEPT) for id in old if id in new]
    rows += [(id, REMOVED) for id in old if id not in new] + [(id, ADDED) for id in new if id not in old]
    return pd.DataFrame(rows, columns=["id", "change"])


def _written(item: Item, answer: Any) -> dict[str, Any] | None:
    memo = sound_memo(answer)
    return memo if memo and memo["text"].strip() not in ("", item.starter.strip()) else None


def _tell_counts(pieces: list[tuple[str, str]], table: pd.DataFrame) -> str:
    words = {kind: sum(len(text.split()) for what, text in pieces if what == kind) for kind in _SIGNS}
    ids = {kind: int((table["change"] == kind).sum()) for kind in _SIGNS}
    return (
        f"Words: {words[ADDED]} added, {words[REMOVED]} removed, {words[KEPT]} kept. "
        f"Evidence: {ids[ADDED]} added, {ids[REMOVED]} removed, {ids[KEPT]} kept."
    )


def _pieces_html(pieces: list[tuple[str, str]]) -> Iterator[str]:
    for what, words in pieces:
        (opening, closing), (first, last) = _TAGS[what], _SIGNS[what]
        yield f"{opening}{escape(first)}{escape(words)}{escape(last)}{closing}".replace("\n", "<br>")


def _join(words: list[str]) -> str:
    return " ".join(words).replace(" \n ", "\n").replace("\n ", "\n").replace(" \n", "\n")
