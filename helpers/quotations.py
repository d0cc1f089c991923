"""Who said what: every direct quotation of a text with its speaker, verb of speech and voice.

Rules, no model: a quotation takes the speaker of the verb it hangs on (see ``attribution``); without one, that of the
quotation it continues, or whom the sentence before speaks of. What is inferred has a lower ``confidence``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from . import attribution
from .antecedents import Antecedents
from .mentions import Mention
from .names import known_names
from .noun_phrases import BLANK, Speaker
from .people import find_people
from .quote_marks import Marked, find_marked
from .reporting import SAID
from .speakers import Scene, sentences_back

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Uu]s|[Mm]y|me)\b(?!\.)")
_SO_CALLED = re.compile(r"\b(?:so-called|known as|nicknamed|dubbed|a k a|a\.k\.a\.|entitled|titled)\s+(?:an?\s+|the\s+)?$", re.IGNORECASE)
_PLAIN_WORD = re.compile(r"\b[a-z]{4}")
_SAID_INSIDE = re.compile(
    rf"[,?!]\s+(?:(?:he|she|they|(?:[A-Z][\w.’'-]*\s+){{1,4}})\s*(?:{SAID})|(?:said|says)\s+(?:[A-Z]\w|an?\b|the\b))\b"
)
_SENTENCES_BACK = 3
_TERM = 2  # words; of these it is not asked which document they are from
_LONG = 8  # words; a shorter stretch without a speaker may as well be a term


@dataclass(frozen=True)
class _Said:
    """What is known of a quotation: its speaker (empty: nobody), verb, voice, and on what footing."""

    marked: Marked
    speaker: str = ""
    verb: str = ""
    voice: str = "journalist"
    confidence: float = 0.7
    behalf: str = ""
    source: str = ""
    continued: bool = False


@dataclass(frozen=True)
class _Place:
    """A quotation in its sentence ``[start, stop)``: its words, whether it opens the sentence, and the one before it in the paragraph."""

    marked: Marked
    paragraph: int
    start: int
    stop: int
    words: str
    opens: bool
    previous: _Said | None

    @property
    def ended(self) -> bool:
        """Whether the words end with a full stop."""
        return self.words.endswith((".", "…"))


def find_quotations(text: str, spans: Sequence[tuple[int, int]] | None = None) -> list[Mention]:
    """The direct quotations of a text, in reading order; a nested quotation belongs to the one around it.

    ``text[start:end]`` is the quotation with its marks, ``value`` its words with single spaces. ``details``: ``speaker``
    (a full name, "unnamed NATO official", an outlet; empty when nobody is told), ``verb`` as printed, ``voice``
    (``quote``; ``paraphrase``: some words in the reporter's sentence; ``text``: a document, with its ``source``;
    ``journalist``: marks without a speaker), ``on_behalf_of`` (code), ``confidence`` (0-1), ``basis``; ``continued`` when it
    goes on with the one before, ``closed`` false when no mark closes it; the mention is
    ``optional`` when the voice is ``journalist``. Positions are code points, end exclusive.

    Parameters
    ----------
    text : str
        Any text; of an article in two versions one version at a time, so that no pronoun points into the other.
    spans : sequence of (int, int), optional
        Its paragraphs, in reading order; parted by blank lines when left out.

    Examples
    --------
    >>> text = "“We wait,” said Ada Holt, the mayor. “It is late.” A town official called it “odd.”"
    >>> [(one.value, one.details["speaker"], one.details["voice"]) for one in find_quotations(text)]
    [('We wait,', 'Ada Holt', 'quote'), ('It is late.', 'Ada Holt', 'quote'), ('odd.', 'unnamed town official', 'paraphrase')]
    """
    paragraphs = list(spans) if spans is not None else _paragraphs(text)
    marked = [[_cut_short(text, one) for one in find_marked(text, *paragraph)] for paragraph in paragraphs]
    if not any(marked):
        return []
    reader = _Reader(text, paragraphs, [one for found in marked for one in found], find_people(text, spans))
    for number, found in enumerate(marked):
        reader.read(number, found)
    return [reader.mention(said) for said in reader.said]


class _Reader:
    """Reads a text paragraph by paragraph and remembers who spoke last."""

    def __init__(self, text: str, paragraphs: list[tuple[int, int]], marked: list[Marked], people: list[Mention]) -> None:
        self.text, self.paragraphs = text, paragraphs
        blanked = _blank(text, marked)
        self.scene = Scene(blanked, [person for person in people if blanked[person.start] != BLANK])
        self.who = Antecedents(self.scene, paragraphs, people, known_names())
        self.said: list[_Said] = []

    def read(self, number: int, marked: list[Marked]) -> None:
        """Attribute the quotations of a paragraph, and the paragraph itself when an open quotation runs on into it."""
        start, end = self.paragraphs[number]
        last = self.said[-1] if self.said else None
        is_open = last is not None and not last.marked.closed and number > 0 and last.marked.end > self.paragraphs[number - 1][0]
        runs_on = last if is_open else None
        if runs_on and not marked and runs_on.voice == "quote" and _FIRST_PERSON.search(self.text, start, end):
            stop = start + len(self.text[start:end].rstrip())
            self.said.append(replace(runs_on, marked=Marked(start, stop, start, stop, closed=False), continued=True, confidence=0.6))
        for at, one in enumerate(marked):
            following = marked[at + 1].start if at + 1 < len(marked) else end
            said = self._attribute(self._place(one, number, self.said[-1] if at else None, following))
            if runs_on and not at and one.start == start:
                said = self._run_on(said, runs_on)
            self.said.append(said)
            self.who.hear(one.start, said.speaker)

    def _run_on(self, said: _Said, last: _Said) -> _Said:
        """A paragraph that opens with the mark again goes on with the quotation before it; the surer of the two tells who speaks."""
        if said.confidence > last.confidence and said.speaker:
            self.said[-1] = replace(said, marked=last.marked, continued=last.continued)
            return replace(said, continued=True)
        return replace(last, marked=said.marked, continued=True)

    def _place(self, one: Marked, number: int, previous: _Said | None, following: int) -> _Place:
        floor, ceiling = self.paragraphs[number]
        start, _ = self.scene.sentence(one.start, floor, ceiling)
        gap = self.text[one.end : following]
        after = following - len(gap.lstrip())
        stop = min(following, self.scene.sentence(after, floor, ceiling)[1])
        opens = not self.scene.text[start : one.start].strip("([“\"'‘’*_ \t\r\n\xa0")
        return _Place(one, number, start, stop, self.text[one.inner_start : one.inner_end].rstrip(), opens, previous)

    def _attribute(self, place: _Place) -> _Said:
        one, found = place.marked, None
        told = place.words.endswith(".") and self.text[place.start : one.start].rstrip().endswith((",", ":"))
        if not place.opens and not told and _is_title(place.words) and _PLAIN_WORD.search(self.scene.text, place.start, place.stop):
            return _Said(one, confidence=0.6)
        if place.opens or place.words.endswith((",", "?", "!", "—")):
            found = attribution.behind(self.scene, one.end, place.stop, place.words)
        if not found and not place.opens:
            found = attribution.before(self.scene, place.start, one.start)
            found = found or attribution.behind(self.scene, one.end, place.stop, place.words)
        goes_on = place.words[-1:].isalnum() and self.text[one.end : place.stop].lstrip()[:1].islower()
        colon = self.text[max(place.start, one.start - 9) : one.start].rstrip().endswith(":")
        if found:
            return self._voiced(self._told(place, found.speaker, found.verb, found.confidence), place)
        if colon and (subject := self.scene.main_subject(place.start, one.start)):
            return self._voiced(self._told(place, subject, "", 0.8), place)
        if not place.opens or goes_on:
            return self._fragment(place)
        return self._voiced(self._standing_alone(place), place)

    def _told(self, place: _Place, speaker: Speaker, verb: str, confidence: float) -> _Said:
        """The quotation with the speaker that was found, pronouns and "the official" resolved."""
        if speaker.kind == "document":
            return _Said(place.marked, "", verb, "text", confidence, source=speaker.phrase)
        name, certainty = self.who.name(speaker, place.paragraph)
        voice = "quote" if name else "journalist"
        return _Said(place.marked, name, verb, voice, round(confidence * certainty, 2), self.who.behalf(name, speaker))

    def _standing_alone(self, place: _Place) -> _Said:
        """A quotation that is a sentence by itself: by the speaker before it, or by whom the sentence before it is about."""
        one, previous = place.marked, place.previous
        if previous and not self._is_parted(previous.marked.end, place.start):
            return replace(previous, marked=one, continued=True, source="") if previous.speaker else _Said(one)
        last = self.said[-1] if self.said and self.said[-1].speaker else None
        for start, end in islice(sentences_back(self.scene, place.start, self.paragraphs, place.paragraph), _SENTENCES_BACK):
            if last and start < last.marked.end <= place.start:
                return replace(last, marked=one, confidence=0.6, continued=bool(previous), source="")
            if told := attribution.later(self.scene, start, end):
                return self._told(place, told.speaker, "", 0.6)
            if subject := self.scene.main_subject(start, end):
                return self._told(place, subject, "", 0.6)
        return replace(last, marked=one, confidence=0.4, continued=False, source="") if last else _Said(one)

    def _is_parted(self, start: int, end: int) -> bool:
        """Whether a whole sentence stands between a quotation's own and the next one."""
        stop = self.scene.sentence(start, start, end)[1]
        return bool(self.scene.text[stop:end].strip(' \t\r\n"”’'))

    def _fragment(self, place: _Place) -> _Said:
        """Some words in a sentence that has no verb of speech before them."""
        one, previous, length = place.marked, place.previous, len(place.words.split())
        if _SO_CALLED.search(self.text, max(place.start, one.start - 30), one.start):
            return _Said(one)
        if previous and previous.marked.end > place.start and not place.opens and (previous.speaker or previous.voice == "text"):
            voice = "text" if previous.voice == "text" else "paraphrase"
            return replace(previous, marked=one, voice=voice, confidence=0.85, continued=False)
        said = _Said(one)
        found = None if place.ended else attribution.later(self.scene, one.end, place.stop)
        if found := found or attribution.owned(self.scene, place.start, one.start):
            said = self._told(place, found.speaker, found.verb, found.confidence)
        elif length > _TERM and (document := self.scene.document(place.start, one.start)):
            said = self._told(place, document, "", 0.6)
        elif length >= _LONG or _FIRST_PERSON.search(place.words):
            if previous and previous.speaker:
                said = replace(previous, marked=one, verb="", confidence=0.55, voice="quote", continued=False, source="")
            elif subject := self.scene.main_subject(place.start, one.start):
                said = self._told(place, subject, "", 0.6)
        return replace(said, voice="paraphrase") if said.voice == "quote" else said

    def _voiced(self, said: _Said, place: _Place) -> _Said:
        """A speaker's whole sentence is a quote; some words inside the reporter's own are a paraphrase."""
        if said.voice in {"text", "journalist"}:
            return said
        one, words, previous = place.marked, place.words, place.previous
        lead = self.text[max(0, one.start - 9) : one.start].split()[-1:] or [""]
        ends = words.endswith((".", ",", "?", "!", "…", "—")) or not one.closed or self.text[one.end : one.end + 1] in {",", "."}
        told = [lead[0].rstrip(",:—")] == said.verb.split()[-1:] or (previous is not None and previous.marked.end > place.start)
        introduced = lead[0].endswith(":") or (lead[0].endswith((",", "—")) and told)
        introduced = introduced or (words[0].isupper() and lead[0] not in {"that", "a", "an", "the"})
        voice = "quote" if ends and (place.opens or introduced) else "paraphrase"
        goes_on = previous is not None and voice == "quote" == previous.voice and said.speaker == previous.speaker
        return replace(said, voice=voice, continued=said.continued or goes_on)

    def mention(self, said: _Said) -> Mention:
        """The quotation as the finders return it."""
        one = said.marked
        details: dict[str, Any] = {"speaker": said.speaker, "verb": said.verb, "voice": said.voice}
        details |= {"on_behalf_of": said.behalf} if said.behalf else {}
        details |= {"document": said.source} if said.source else {}
        details |= {"continued": True} if said.continued else {}
        details |= {} if one.closed else {"closed": False}
        details |= {"confidence": round(said.confidence if one.closed else said.confidence * 0.9, 2), "basis": "heuristic"}
        value = " ".join(self.text[one.inner_start : one.inner_end].split())
        term = said.voice == "journalist"  # marks around a term: one reader marks them and another does not
        return Mention(one.start, one.end, "quotation", value, self.text[one.start : one.end], term, details)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    edges = [0, *(edge for found in _BLANK_LINE.finditer(text) for edge in found.span()), len(text)]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _is_title(words: str) -> bool:
    """Whether the words are set like the title of a book or a programme."""
    longer = [word for word in words.split() if len(word.strip(",.?!")) > 3]  # "of", "the", "and" stay small
    return len(words.split()) > 1 and bool(longer) and all(word[0].isupper() for word in [words, *longer])


def _blank(text: str, marked: list[Marked]) -> str:
    """The text with its quotations blanked; one that ends a sentence still shows it."""
    pieces, done = [], 0
    for one in marked:
        last = text[one.inner_start : one.inner_end].rstrip()[-1:]
        pieces += [text[done : one.start], BLANK * (one.end - one.start - 1), last if last in ".?!…" else BLANK]
        done = one.end
    return "".join([*pieces, text[done:]])


def _cut_short(text: str, one: Marked) -> Marked:
    """A quotation whose closing mark is missing ends before "he said", if that stands in it."""
    said = None if one.closed else _SAID_INSIDE.search(text, one.inner_start, one.end)
    return replace(one, end=said.start() + 1, inner_end=said.start() + 1) if said else one
