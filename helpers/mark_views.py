"""Marks in print: the passages to mark, the list of marks and, once the learner has finished, the comparison in words."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from .counted_nouns import count_of
from .items import Item
from .mark_agreement import Comparison, compare_marks
from .marks import Mark, MarkField, mark_fields, read_marks, reference_marks
from .passages import name_passage, passages_html, read_passages
from .views import View, paragraph, table_html, table_text

NOT_YET = "Your marks: none yet."
_OPEN = "not chosen"
_NONE = "–"
_READ_AS = (
    "A phrase is found when one of your marks shares a word with it. "
    "The reference is one person’s reading: what is extra need not be wrong, and what is missed need not be right."
)
_ALPHA = (
    "Alpha is Krippendorff’s, over all words of the passages, each marked or not: 1 is perfect, 0 what chance gives. "
    "The shares are not corrected for chance: of so few phrases a coefficient would say nothing."
)


def marks_view(item: Item, answer: Any) -> View:
    """The passages of an item of mode ``mark``, what is coded of a phrase, and what the learner has marked.

    The reference appears only in an answer that is finished.
    """
    passages = read_passages(item.evidence, "reading")
    asked = _asked(mark_fields(item.kind))
    told = told_marks(item, answer)
    text = [*(f"[{name_passage(one)}] {one.text}" for one in passages), asked, told.text]
    return View("\n".join(text), passages_html(passages, ()) + paragraph(asked) + told.html)


def told_marks(item: Item, answer: Any) -> View:
    """The marks of an answer as a table, and beside the reference once they are finished."""
    given = read_marks(answer, item.kind, item.evidence)
    if not given.marks:
        return View(NOT_YET, paragraph(NOT_YET))
    fields = mark_fields(item.kind)
    table = tabulate_marks(given.marks, fields)
    state = "finished" if given.finished else "not finished; the reference is shown afterwards"
    head = f"Your marks: {len(given.marks)}, {state}."
    own = View(f"{head}\n{table_text(table, _NONE)}", paragraph(head) + table_html(table, blank=_NONE))
    if not given.finished:
        return own
    compared = compared_view(item, given.marks, fields)
    return View(f"{own.text}\n{compared.text}", own.html + compared.html)


def compared_view(item: Item, marks: Iterable[Mark], fields: Iterable[MarkField]) -> View:
    """Marks beside the reference: in a sentence, phrase by phrase, and in numbers."""
    texts = {one.id: one.text for one in read_passages(item.evidence, "reading")}
    fields = tuple(fields)
    found = compare_marks(tuple(marks), reference_marks(item.kind, item.evidence), texts)
    said = _sentence(found)
    phrases, numbers = tabulate_pairs(found, fields), tabulate_agreement(found, fields)
    captions = "Your marks beside the reference", "In numbers"
    text = [said, _READ_AS, table_text(phrases, _NONE), table_text(numbers, _NONE), _ALPHA]
    html = [
        paragraph(said),
        paragraph(_READ_AS),
        table_html(phrases, captions[0], _NONE),
        table_html(numbers, captions[1], _NONE),
        paragraph(_ALPHA),
    ]
    return View("\n".join(text), "".join(html))


def tabulate_marks(marks: Iterable[Mark], fields: Iterable[MarkField]) -> pd.DataFrame:
    """The marks, one row each: ``mark, passage, phrase``, a column for each code in words, ``note``.

    Examples
    --------
    >>> from .anchors import Quote
    >>> mark = Mark("learner/x-1", "a:p01", Quote("an ally"), "provision", {"provision": "NAT-5"})
    >>> tabulate_marks([mark], mark_fields("provision")).to_numpy().tolist()
    [['1', 'a:p01', 'an ally', 'NATO Article 5', '']]
    """
    fields = tuple(fields)
    rows = [(one.number, one.passage, one.quote.exact, *(_told(field, one.codes) for field in fields), one.note) for one in marks]
    return pd.DataFrame(rows, columns=["mark", "passage", "phrase", *(field.label for field in fields), "note"])


def tabulate_pairs(found: Comparison, fields: Iterable[MarkField]) -> pd.DataFrame:
    """Phrase by phrase: the reference's, the learner's mark, each code ``same`` or both, and the reference's note."""
    fields = tuple(fields)
    rows = []
    for mark, one in found.pairs:
        codes = [_beside(field, mark.codes, one.codes) for field in fields]
        rows.append((one.quote.exact, f"{mark.number}: {mark.quote.exact}", *codes, one.note))
    rows += [(one.quote.exact, "missed", *(_told(field, one.codes) for field in fields), one.note) for one in found.missed]
    for one in found.extra:
        rows.append(("nothing here", f"{one.number}: {one.quote.exact}", *(_told(field, one.codes) for field in fields), ""))
    columns = ["the reference", "your mark", *(field.label for field in fields), "note of the reference"]
    return pd.DataFrame(rows, columns=columns)


def tabulate_agreement(found: Comparison, fields: Iterable[MarkField]) -> pd.DataFrame:
    """Shares with their numbers, and alpha over the words: ``what, of, value``."""
    pairs = len(found.pairs)
    rows = [("phrases of the reference found", pairs, found.references)]
    rows += [(f"of these, the same {field.label}", found.same(field.name), pairs) for field in fields]
    told = [(what, f"{part} of {whole}", f"{part / whole:.2f}" if whole else "") for what, part, whole in rows]
    value = f"{found.alpha:.2f}" if not found.remark else f"not defined: {found.remark}"
    told.append(("words alike, marked or not: alpha", f"{found.words} words", value))
    return pd.DataFrame(told, columns=["what", "of", "value"])


def _sentence(found: Comparison) -> str:
    """The comparison in one sentence."""
    phrases = count_of(found.references, "phrase")
    extra = f"{len(found.extra)} of your marks {'is' if len(found.extra) == 1 else 'are'} extra"
    return f"The reference has {phrases} here. You found {len(found.pairs)} and missed {len(found.missed)}; {extra}."


def _asked(fields: Iterable[MarkField]) -> str:
    *first, last = [field.label for field in fields]
    listed = f"{', '.join(first)} and {last}" if first else last
    return f"Of each phrase that you mark, code {listed}. A word may be in several marks."


def _told(field: MarkField, codes: Mapping[str, str | int]) -> str:
    """A code in words."""
    if field.name not in codes:
        return _OPEN if field.choices else ""
    return field.choices.get(codes[field.name], str(codes[field.name]))


def _beside(field: MarkField, own: Mapping[str, str | int], theirs: Mapping[str, str | int]) -> str:
    mine, other = _told(field, own), _told(field, theirs)
    return f"same: {other}" if own.get(field.name) == theirs.get(field.name) else f"you {mine or _NONE}; reference {other or _NONE}"
