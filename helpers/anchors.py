"""Finding a quoted phrase again in a text: where it surely is, or not at all.

The selector is the W3C Web Annotation model's TextQuoteSelector. Positions are code points, end exclusive.
:func:`find_quote` is strict, for texts that do not change; :func:`anchor` finds a phrase in a text that was edited.
The thresholds were chosen on the edited texts of ``benchmarks/edits.py`` with seeds 1 to 20: as few wrong places as can be,
for at most two in a hundred of those found rightly. How it does on texts that nobody chose them on is told there.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

THRESHOLD = 0.75  # how like the quote a phrase must be (0-1)
CONTEXT = 0.75  # how like the prefix or the suffix the words beside it must be (0-1), where the quote has any
MARGIN = 0.12  # by how much its score must beat that of any other place (0-1)
# So much must the words on both sides of a changed phrase be like the context, and its edges be sure: an edge is where the
# phrase's own first (last) word stands, or right beside the context's nearest two words.
_BESIDE = 0.85
_NEAR = 0.6  # what is less like the phrase is no place at all
_SLACK = 2  # a phrase may have gained or lost so many words
_TOKEN = re.compile(r"\w+|[^\w\s]")
_INSIDE_WORD = re.compile(r"\w\w")
_PLAIN = str.maketrans("‘’“”–—", "''\"\"--")


@dataclass(frozen=True)
class Quote:
    """A phrase, and the words right before and after it: needed where it stands more than once, or the text may change."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Anchor:
    """Where a quote was found, how, and how like it the place is (0-1, the words beside it included)."""

    start: int
    end: int
    how: str
    score: float


def find_quote(text: str, quote: Quote) -> tuple[int, int] | None:
    """Start and end of the phrase, or ``None`` when it isn't there or its place is ambiguous: never a guess.

    Examples
    --------
    >>> find_quote("treat it as an ally", Quote("an ally"))
    (12, 19)
    >>> find_quote("ally and ally", Quote("ally")) is None
    True
    >>> find_quote("ally and ally", Quote("ally", prefix="and "))
    (9, 13)
    """
    places = _places(text, quote.exact)
    if len(places) > 1:
        places = [at for at in places if _fits(text, at, quote)]
    return (places[0], places[0] + len(quote.exact)) if len(places) == 1 else None


def quote_of(text: str, start: int, end: int, context: int = 32) -> Quote:
    """The selector of a stretch of a text, with up to ``context`` code points on either side.

    Examples
    --------
    >>> quote_of("treat it as an ally of ours", 12, 19, context=6)
    Quote(exact='an ally', prefix='it as ', suffix=' of ou')
    """
    return Quote(text[start:end], text[max(0, start - context) : start], text[end : end + context])


def anchor(text: str, quote: Quote, position: int | None = None, threshold: float = THRESHOLD) -> Anchor | None:
    """Where the quoted phrase stands in a text that may have been edited, or ``None`` when that is not sure.

    Every stretch of words that is like the phrase is a place, scored by the phrase and by the words beside it. One
    place is the answer only when it is like enough and clearly better than all others, and when nothing suggests that
    the phrase was elsewhere and this is a copy. Of equal places whose context is untouched, it is the one at the known
    position.

    Parameters
    ----------
    text : str
        The text as it is now.
    quote : Quote
        The phrase as it was, with its context (see :func:`quote_of`). Without context it must be unchanged, in one place.
    position : int, optional
        Where the phrase started, in code points.
    threshold : float
        How like the quote the phrase must be: 1 minus the Levenshtein distance in parts of the longer of the two,
        over words with plain quotation marks and single spaces (0-1).

    Returns
    -------
    Anchor or None
        ``how`` is ``"position"`` (unchanged, where it was), ``"exact"`` (unchanged, in one place), ``"context"``
        (unchanged, the one of several places that its context fits) or ``"fuzzy"`` (changed).

    Examples
    --------
    >>> quote = quote_of("They treat it as an ally. We do not.", 11, 24)
    >>> quote.exact, anchor("Indeed: they treat it as an old ally. We do not.", quote)
    ('it as an ally', Anchor(start=19, end=36, how='fuzzy', score=0.86))
    >>> anchor("They treat it with care. We do not.", quote) is None
    True
    """
    exact = [at for at in _places(text, quote.exact) if _is_whole(text, at, quote)]
    if quote.prefix == quote.suffix == "" and len(exact) == 1:
        places = [_Place(exact[0], exact[0] + len(quote.exact), 1.0, 1.0, 1.0, True, True)]
    else:
        places = _apart(sorted(_candidates(text, quote, exact), key=_Place.rank, reverse=True))
    best = max((one.score for one in places), default=0.0)
    rivals = [one for one in places if one.score > best - MARGIN]
    chosen = [one for one in rivals if one.start == position and one.score == 1] or rivals
    if len(chosen) != 1:
        return None
    (place,) = chosen
    # Where the phrase itself stands somewhere, what is only rather like it is no answer.
    if place.likeness < (max(threshold, _BESIDE) if exact else threshold) or not place.is_sure:
        return None
    if place.score < 1 and _may_be_a_copy(text, quote, place):
        return None
    how = "fuzzy" if place.start not in exact else "position" if place.start == position else "exact" if len(exact) == 1 else "context"
    return Anchor(place.start, place.end, how, round(place.score, 2))


@dataclass(frozen=True)
class _Place:
    start: int
    end: int
    likeness: float  # of the phrase
    before: float  # likeness of the words before it to the prefix
    after: float
    starts_so: bool  # right after the last words of the prefix; or, where it is changed, with its first word
    ends_so: bool

    @property
    def score(self) -> float:
        return (2 * self.likeness + self.before + self.after) / 4

    @property
    def is_sure(self) -> bool:
        less, more = sorted((self.before, self.after))
        if self.likeness < 1:
            return self.starts_so and self.ends_so and less >= _BESIDE
        starts, ends = self.starts_so and self.before >= CONTEXT, self.ends_so and self.after >= CONTEXT
        return starts or ends or (more >= CONTEXT and less >= _NEAR)

    def rank(self) -> tuple[float, float]:
        """Which of several stretches that share words is the phrase: the likest, an edge kept being worth 0.1."""
        return self.likeness + 0.1 * (self.starts_so + self.ends_so), self.score


def _candidates(text: str, quote: Quote, exact: Iterable[int]) -> Iterator[_Place]:
    """Every stretch of words that is like the phrase, and every one that is the phrase."""
    from rapidfuzz.distance import Levenshtein

    for at in exact:
        end = at + len(quote.exact)
        yield _Place(at, end, 1.0, *_beside(text, quote, at, end), *_touching(text, quote, at, end))
    spans, words = _words(text)
    wanted = _words(quote.exact)[1]
    phrase = " ".join(wanted)
    for count in range(max(1, len(wanted) - _SLACK), len(wanted) + _SLACK + 1) if wanted else ():
        for first in range(len(words) - count + 1):
            last = first + count - 1
            likeness = Levenshtein.normalized_similarity(phrase, " ".join(words[first : last + 1]), score_cutoff=_NEAR)
            if likeness:
                start, end = spans[first][0], spans[last][1]
                starts, ends = _touching(text, quote, start, end)
                if likeness < 1:
                    starts, ends = starts or words[first] == wanted[0], ends or words[last] == wanted[-1]
                yield _Place(start, end, likeness, *_beside(text, quote, start, end), starts, ends)


def _may_be_a_copy(text: str, quote: Quote, place: _Place) -> bool:
    """Whether a word of the phrase, perhaps all that is left of it, stands elsewhere in what may be the true place.

    There the words beside it are as like the context as any beside the found place, or the very words stand next to it
    that no longer stand next to the found place.
    """
    wanted = {word for word in _words(quote.exact)[1] if word[0].isalnum()}
    enough = max(place.before, place.after, CONTEXT)
    here = _touching(text, quote, place.start, place.end)
    for (start, end), word in zip(*_words(text), strict=True):
        if (end <= place.start or place.end <= start) and any(_likeness(word, one) >= THRESHOLD for one in wanted):
            there = _touching(text, quote, start, end)
            if max(_beside(text, quote, start, end)) >= enough or any(now > then for now, then in zip(there, here, strict=True)):
                return True
    return False


def _beside(text: str, quote: Quote, start: int, end: int) -> tuple[float, float]:
    """How like the prefix and the suffix the words beside a place are; no prefix (suffix) is like the text's start (end)."""
    before, after = _around(text, quote, start, end)
    return (
        _likeness(quote.prefix, before) if quote.prefix else float(not text[:start].strip()),
        _likeness(quote.suffix, after) if quote.suffix else float(not text[end:].strip()),
    )


def _touching(text: str, quote: Quote, start: int, end: int) -> tuple[bool, bool]:
    """Whether the last two words of the prefix stand right before a place, and the first two of the suffix right after it."""
    before, after, prefix, suffix = (_words(part)[1] for part in (*_around(text, quote, start, end), quote.prefix, quote.suffix))
    return before[-2:] == prefix[-2:], after[:2] == suffix[:2]


def _around(text: str, quote: Quote, start: int, end: int) -> tuple[str, str]:
    return text[max(0, start - len(quote.prefix)) : start], text[end : end + len(quote.suffix)]


def _likeness(was: str, now: str) -> float:
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(_plain(was), _plain(now))


def _is_whole(text: str, at: int, quote: Quote) -> bool:
    """Whether a place cuts no word that the quote did not cut."""
    end = at + len(quote.exact)
    now = text[max(0, at - 1) : at + 1], text[end - 1 : end + 1]
    was = quote.prefix[-1:] + quote.exact[:1], quote.exact[-1:] + quote.suffix[:1]
    return not any(_INSIDE_WORD.fullmatch(one) and not _INSIDE_WORD.fullmatch(other) for one, other in zip(now, was, strict=True))


def _apart(places: list[_Place]) -> list[_Place]:
    kept: list[_Place] = []
    for one in places:
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return kept


def _words(text: str) -> tuple[list[tuple[int, int]], list[str]]:
    found = list(_TOKEN.finditer(text))
    return [one.span() for one in found], [one[0].translate(_PLAIN) for one in found]


def _plain(text: str) -> str:
    return " ".join(text.translate(_PLAIN).split())


def _places(text: str, exact: str) -> list[int]:
    places, at = [], text.find(exact) if exact else -1
    while at >= 0:
        places.append(at)
        at = text.find(exact, at + 1)
    return places


def _fits(text: str, at: int, quote: Quote) -> bool:
    return text[:at].endswith(quote.prefix) and text[at + len(quote.exact) :].startswith(quote.suffix)
