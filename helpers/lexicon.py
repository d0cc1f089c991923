"""The mention finder: what a text names, normalised, by the case's lexicon and small rules.

The lexicon (``lexicon.jsonl``) is matched in one pass; every label has one rule that says what its hits mean. Dates, figures
and persons have finders of their own. How well it does is measured on texts that it was not written on: ``docs/quality.md``.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import attrgetter

from . import mention_rules as rules
from .amounts import find_amounts
from .dates import find_dates
from .mention_rules import Find, Hit, Scene, Story
from .mentions import Mention, settle
from .patterns import CONTAINERS, Matcher, View, load_matcher, view
from .people import find_people
from .provision_rules import Provisions, Treaty, read_treaties

_NAMING = {
    "STATE": rules.find_state,
    "NATIONALITY": rules.find_nationality,
    "CAPITAL": rules.find_capital,
    "SEAT": rules.find_seat,
    "ORGANISATION": rules.find_organisation,
    "ORGANISATION_NOUN": rules.find_organisation_noun,
    "EVENT": rules.find_event,
}
_TOLD = frozenset({"ORGANISATION", "TREATY", "CONTEXT", "REGION"})  # labels whose values speak for a treaty, or are "the alliance"
_HELD = frozenset({"actor", "organisation"})  # what a figure may hold
_SAID = re.compile(r"\b(?:said|says|told)\b")
_BREAK = re.compile(r"\n[ \t\r]*\n|\r[ \t]*\r")
_NAME = re.compile(
    r"\s*(?:(?:By|About) )?[A-Z][\w’'-]+(?: [A-Z][\w.’'-]*){1,3}(?:,(?! who)| is | was | has | chairs | teaches | lives | works | writes )"
)
_NOTE = 700  # characters: a paragraph about the author is not longer


def find_mentions(text: str, published: date | None = None, spans: Sequence[tuple[int, int]] | None = None) -> list[Mention]:
    """Everything that the text names, in reading order; of two readings that overlap the longer one stands.

    A mention of an event, of a treaty or of a figure may hold others: "invasion of Iraq" and "28 Polish tanks" hold a state.

    Parameters
    ----------
    text : str
        The whole text.
    published : date, optional
        The day from which "Monday" or "last weekend" is counted.
    spans : sequence of (int, int), optional
        The stretches that are the article's prose (code points, end exclusive), in reading order; all of it when not given.

    Raises
    ------
    SeedError
        When the case's lexicon is missing or malformed.

    Examples
    --------
    >>> found = find_mentions("Oslo said that Article 5 of NATO's charter was clear.")
    >>> [(mention.kind, mention.value, mention.text) for mention in found]
    [('actor', 'NOR', 'Oslo'), ('provision', 'NAT-5', 'Article 5'), ('organisation', 'NATO', 'NATO')]
    """
    matcher = load_matcher()
    passages = _passages(matcher, text, spans)
    people = find_people(text, spans)
    first_names = {person.value.split()[0] for person in people}
    named = list(_find_named(matcher, text, published, passages, first_names))
    others = [*people, *find_dates(text, published, spans), *find_amounts(text, spans)]
    notes = [edge for passage in passages for edge in passage.notes]
    if notes:
        others = [mention for mention in others if bisect_right(notes, mention.start) % 2 == 0]
    starts = [mention.start for mention, _ in named]
    inner = [mention for mention, holds in named if not holds]
    outer = [mention for mention, holds in named if holds]
    for mention in others:
        holds = mention.kind == "figure" and _holds_name(mention, named, starts)
        (outer if holds else inner).append(mention)
    return sorted([*_settled(inner), *_settled(outer)], key=lambda mention: (mention.start, -mention.end))


def find_named(text: str, published: date | None = None, spans: Sequence[tuple[int, int]] | None = None) -> Iterator[tuple[Mention, bool]]:
    """Every mention that starts from the lexicon, in reading order, and whether it may hold others; readings may overlap."""
    matcher = load_matcher()
    return _find_named(matcher, text, published, _passages(matcher, text, spans), set())


@dataclass(frozen=True)
class _Passage:
    """A stretch of prose: where it starts, its view, the lexicon's hits in it, and the edges of its notes about authors."""

    offset: int
    seen: View
    hits: list[Hit]
    notes: list[int]


def _passages(matcher: Matcher, text: str, spans: Sequence[tuple[int, int]] | None) -> list[_Passage]:
    passages = []
    for start, end in [(0, len(text))] if spans is None else spans:
        seen = view(text[start:end])
        hits = matcher.hits(seen.text)
        passages.append(_Passage(start, seen, hits, _author_notes(text, start, seen, hits)))
    return passages


def _find_named(
    matcher: Matcher, text: str, published: date | None, passages: Sequence[_Passage], first_names: set[str]
) -> Iterator[tuple[Mention, bool]]:
    told = frozenset(hit[2].value for passage in passages for hit in passage.hits if hit[2].label in _TOLD)
    story = Story(text, published, told, first_names)
    provisions = Provisions(_treaties(matcher), story)
    for passage in passages:
        offset, seen = passage.offset, passage.seen
        for label, find in _read(Scene(seen.text, passage.hits, offset, story), provisions):
            first, last = seen.locate(find.start, find.end)
            start, end = offset + first, offset + last
            if not passage.notes or bisect_right(passage.notes, start) % 2 == 0:
                yield Mention(start, end, find.kind, find.value, text[start:end], find.optional, find.details), label in CONTAINERS


def _holds_name(mention: Mention, named: Sequence[tuple[Mention, bool]], starts: Sequence[int]) -> bool:
    """Whether a state or an organisation stands inside, as in "28 NATO members"."""
    within = named[bisect_left(starts, mention.start) : bisect_left(starts, mention.end)]
    return any(one.kind in _HELD and one.end <= mention.end for one, _ in within)


def _read(scene: Scene, provisions: Provisions) -> Iterator[tuple[str, Find]]:
    """The label and the find of every hit of a passage, by the label's rule, in order; the story is told on the way."""
    steps = {
        "ARTICLE": provisions.find_articles,
        "PROVISION": provisions.find_clause,
        "PROVISION_NOUN": provisions.find_last,
        "TREATY": provisions.find_treaty,
        "ARTICLE_NUMBER": provisions.find_number,
        "LAW": provisions.note_law,
        "PRINT": provisions.note_print,
    }
    for index, (start, _, pattern) in enumerate(scene.hits):
        label = pattern.label
        if label in _TOLD:
            scene.story.last[pattern.value] = scene.offset + start
        if label in _NAMING:
            if found := _NAMING[label](scene, index):
                yield label, found
        elif label in steps:
            for found in steps[label](scene, index):
                yield label, found


@lru_cache(maxsize=4)
def _treaties(matcher: Matcher) -> dict[str, Treaty]:
    return read_treaties(matcher.patterns)


def _author_notes(text: str, offset: int, seen: View, hits: list[Hit]) -> list[int]:
    """Start, end, start, end … of the short paragraphs that hold two phrases of notes about an author."""
    phrases = [
        (start, pattern.extras.get("weight", 1), "last" in pattern.extras) for start, _, pattern in hits if pattern.label == "AUTHOR_NOTE"
    ]
    if sum(weight for _, weight, _ in phrases) < 2:
        return []
    stop = offset + seen.locate(0, len(seen.text))[1]
    ends = not text[stop:].strip()
    breaks = [gap.end() for gap in _BREAK.finditer(text, offset, stop)]
    weights = Counter[int]()
    for start, weight, last in phrases:
        number = bisect_right(breaks, offset + seen.locate(start, start + 1)[0])
        # Some phrases tell of an author only in a text's last paragraph, which begins with the name.
        if not last or (ends and not text[[*breaks, stop][number] : stop].strip() and _NAME.match(text, [offset, *breaks][number])):
            weights[number] += weight
    edges = [offset, *breaks, stop]
    heavy = [edges[number : number + 2] for number in sorted(weights) if weights[number] > 1]
    return [edge for note in heavy if note[1] - note[0] <= _NOTE and not _SAID.search(text, *note) for edge in note]


def _settled(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions without overlaps; settled in groups that touch, so that the time grows with the text and no faster."""
    group: list[Mention] = []
    end = 0
    for mention in sorted(mentions, key=attrgetter("start")):
        if mention.start >= end:
            yield from settle(group) if len(group) > 1 else group
            group = []
        group.append(mention)
        end = max(end, mention.end)
    yield from settle(group)
