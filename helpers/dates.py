"""Finding the dates of a text, resolved against the article's own date.

Values are ISO 8601: a day ``2015-11-16``, a month ``2015-11``, a year ``2015``, and an interval of two of these,
``2015-11-14/2015-11-15`` (weeks run from Monday, seasons are the northern ones by whole months, a decade is
``1980/1989``). A mention is the date's own words: no preposition, no time of the day ("Friday" of "on Friday night").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from .date_phrases import ANY_DAY, PARTS, Phrase, Told
from .date_rules import RULES
from .date_words import find_phrases, is_other
from .mentions import Mention
from .periods import Reading

_QUALIFIER = re.compile(r"\b(more\s+than|less\s+than|about|nearly|almost|around|over|some|roughly|at\s+least)\s+$", re.IGNORECASE)


def find_dates(text: str, published: date | None, spans: Sequence[tuple[int, int]] | None = None) -> list[Mention]:
    """The dates of a text, as mentions of kind ``date`` in reading order.

    Parameters
    ----------
    text : str
        The whole text; positions are code points into it.
    published : date or None
        The article's date. Without it "Monday" has the value ``unknown``, with basis ``unknown``: never a guess.
    spans : sequence of (int, int), optional
        The stretches of the text to read; all of it by default.

    Returns
    -------
    list of Mention
        ``details``: ``basis`` (``stated`` | ``inferred`` | ``unknown``), ``precision`` (``day`` to ``century``), and
        where they apply ``qualifier`` ("early", "more than") and ``alternatives`` (the values of other readings).

    Examples
    --------
    >>> found = find_dates("On Friday he spoke of the summer of 2014.", date(2015, 11, 16))
    >>> [(mention.text, mention.value) for mention in found]
    [('Friday', '2015-11-13'), ('summer of 2014', '2014-06/2014-08')]
    """
    return list(_find(text, published, [(0, len(text))] if spans is None else spans))


def _find(text: str, published: date | None, spans: Sequence[tuple[int, int]]) -> Iterator[Mention]:
    told = Told()
    for first, last in spans:
        for match in find_phrases(text, first, last):
            rule, (start, end) = str(match.lastgroup), match.span()
            if is_other(rule, text, start, end):
                continue
            phrase = Phrase(rule, text, start, end, published or ANY_DAY, told)
            reading = RULES[rule](phrase)
            if reading:
                told.note(rule, end, reading, known=published is not None)
                yield _mention(phrase, reading, known=published is not None)


def _mention(phrase: Phrase, reading: Reading, known: bool) -> Mention:
    if reading.relative and not known:
        reading = replace(reading, value="unknown", basis="unknown", alternatives=())
    details: dict[str, Any] = {"basis": reading.basis, "precision": reading.precision}
    qualifier = next((word for word in phrase.words if word in PARTS), "")
    if phrase.rule == "ago" and (match := _QUALIFIER.search(phrase.text, max(0, phrase.start - 20), phrase.start)):
        qualifier = " ".join(match[1].lower().split())
    if qualifier:
        details["qualifier"] = qualifier
    if reading.alternatives:
        details["alternatives"] = list(reading.alternatives)
    vague = phrase.rule in ("later", "beside") and reading.precision != "day"
    return Mention(phrase.start, phrase.end, "date", reading.value, phrase.text[phrase.start : phrase.end], vague, details)
