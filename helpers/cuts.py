"""What stands around a cut: how likely a paragraph ends before a word and another begins with it.

Scores are log-odds. The weights were set by hand while looking at half of the pairs of texts that
``benchmarks/two_versions.py`` makes pages of, and at one real page for blunders; a search for better values on that half
made the other half worse.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

_WORD = re.compile(r"\S+")
_STOP = re.compile(r"[.!?…][\"”’')\]]*$")
_FORM_OF_ADDRESS = re.compile(r"^[(“\"‘]?(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|Capt|Adm|Rev|St)\.$")
_HOUR = re.compile(r"^[ap]\.m\.$")
_ABBREVIATION = re.compile(r"^[(“\"]?(?:(?:No|Jr|Sr|vs|Inc|Co|Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.|(?:[A-Za-z]\.)+)$")
_START = re.compile(r"^[\"“‘'(\[]*[A-ZÀ-Þ0-9]")
_OPENING = re.compile(r'(?:(?<=[\s(\[—–-])|^)"')
_QUOTE_START = re.compile(r"^[“\"]")
_QUOTE_STOP = re.compile(r"[.!?…][”\"]$")
_COMMON_WORDS = """
    a after all although an and any as at because before both but by during each even for from he her here his how if in it its last
    many more most my no nobody not now of on once one only or other others our she since so some still such that the their then there
    these they this those though to under until we what when where which while who whose with without you your
"""
COMMON = frozenset(_COMMON_WORDS.split())
_CONTINUES = frozenset(["he", "she", "they", "it", "his", "her", "their", "its", "that", "this", "these", "those"])


@dataclass(frozen=True)
class Weights:
    """Log-odds of what is seen at a cut or between two places of a page."""

    stop: float = 0.0  # a sentence ends before the cut
    quotes_meet: float = 2.5  # one quotation ends, another begins, and nothing stands between
    abbreviation: float = -4.0
    hour: float = -1.0  # the sentence may go on after "a.m." and "p.m."
    missing_stop: float = -1.0  # no stop, but a common word with a capital
    capital: float = -5.5  # no stop, and a capital
    small: float = -10.0  # the next word has a small letter
    quoted: float = -3.5  # inside a quotation
    never_closed: float = -1.0  # inside a quotation that never closes
    dateline: float = 4.0
    pronoun: float = -3.0
    quote_goes_on: float = -1.0
    same_start: float = 1.5  # both paragraphs begin with the same two words
    length: float = 1.1  # times the squared log of the ratio of the lengths
    one_side: float = -1.2
    one_side_before: float = 1.0  # the same, before a line that did not change, or at the end
    one_side_alone: float = 1.0  # the same, after a line that did not change, too
    one_side_stop: float = -0.7  # for each sentence end that a line of one side has
    one_side_length: float = -1.8  # times the log of its length over the median
    run: float = 1.4  # for each word of a repeated run, common words and names counted less
    run_offset: float = 2.0
    run_limit: float = 3.0
    introduced: float = 1.8  # a full name stands twice
    after_name: float = -0.6  # the bare surname after the full name
    before_name: float = 1.0
    followed: float = 3.5  # a line of one side is followed by one of two
    opposite: float = 3.5  # neighbours that stand on opposite sides
    temperature: float = 1.15  # over 1: less sure than the sums say


WEIGHTS = Weights()


@dataclass(frozen=True)
class Line:
    """A line of a page: its words, where they start, and what of them is compared."""

    text: str
    starts: tuple[int, ...]
    words: tuple[str, ...]  # as they stand
    keys: tuple[str, ...]  # lower case, bare of punctuation

    @property
    def is_double(self) -> bool:
        """Whether the line says the same twice."""
        half = len(self.words) // 2
        return half > 0 and self.words[:half] == self.words[half:]


def read_line(text: str) -> Line:
    """The words of a line; straight quotation marks are read as curly ones."""
    text = _OPENING.sub("“", text).replace('"', "”")
    found = list(_WORD.finditer(text))
    words = tuple(word[0] for word in found)
    keys = tuple(re.sub(r"[’']s$|\W", "", word.lower()) for word in words)
    return Line(text, tuple(word.start() for word in found), words, keys)


def score_cuts(line: Line, median: int) -> list[float]:
    """The score of every cut by what stands on its two sides: before each word, and after the last."""
    count = len(line.words)
    inside = _open_quotes(line.text, line.starts)
    scores = [0.0] * (count + 1)
    stops = 0
    for cut in range(1, count):
        edge = _edge(line.words[cut - 1], line.words[cut])
        stops += edge >= WEIGHTS.stop
        ratio = math.log(line.starts[cut] / (len(line.text) - line.starts[cut]))
        scores[cut] = edge + inside[cut] + _opening(line, cut) - min(4.0, WEIGHTS.length * ratio * ratio)
    # One side only: unlikely for a line of many sentences, likely for a short line.
    scores[0] = scores[count] = (
        WEIGHTS.one_side + WEIGHTS.one_side_stop * stops + WEIGHTS.one_side_length * math.log(max(count, 1) / max(median, 1))
    )
    return scores


def _edge(before: str, after: str) -> float:
    if _FORM_OF_ADDRESS.match(before) or not _START.match(after):
        return WEIGHTS.small
    if _HOUR.match(before):
        return WEIGHTS.hour
    if _ABBREVIATION.match(before):
        return WEIGHTS.abbreviation
    if _STOP.search(before):
        return WEIGHTS.quotes_meet if _QUOTE_STOP.search(before) and _QUOTE_START.match(after) else WEIGHTS.stop
    return WEIGHTS.missing_stop if before[-1:].isalnum() and after.lower() in COMMON and after != "I" else WEIGHTS.capital


def _opening(line: Line, cut: int) -> float:
    """What the words after a cut say of it: a dateline, a pronoun, a quotation that goes on, the line's own first words."""
    words = line.words
    score = 0.0
    if len(words[cut]) > 3 and words[cut].strip(",.").isupper() and {"—", "–", "-"} & set(words[cut : cut + 5]):
        score += WEIGHTS.dateline
    if line.keys[cut] in _CONTINUES:
        score += WEIGHTS.pronoun
    if _QUOTE_START.match(words[cut]) and not _QUOTE_STOP.search(words[cut - 1]):
        score += WEIGHTS.quote_goes_on
    if line.keys[cut : cut + 2] == line.keys[:2]:
        score += WEIGHTS.same_start
    return score


def _open_quotes(text: str, starts: Sequence[int]) -> list[float]:
    """For each word the penalty for cutting before it: high inside a quotation, low in one that is never closed."""
    penalties = []
    for start in starts:
        opened = text.rfind("“", 0, start) > text.rfind("”", 0, start)
        closes, opens = text.find("”", start), text.find("“", start)
        closed = closes >= 0 and not 0 <= opens < closes
        penalties.append((WEIGHTS.quoted if closed else WEIGHTS.never_closed) if opened else 0.0)
    return penalties


def score_title_cut(line: Line, cut: int) -> float:
    """The score of a cut between two titles, which end without a stop, but share words and begin with a capital."""
    one, other = line.keys[:cut], line.keys[cut:]
    ratio = math.log(line.starts[cut] / (len(line.text) - line.starts[cut]))
    plain = [word for word in line.words if word[:1].islower()]
    capitals = 2.0 if len(plain) > len(line.words) / 2 else 0.0  # in a title in sentence case a capital means more
    score = 1.0 * len(set(one) & set(other) - COMMON) + 1.0 * (one[0] == other[0]) + 1.5 * (one[:2] == other[:2]) - ratio * ratio / 0.5
    score += capitals if _START.match(line.words[cut]) else -4.0
    return score - 3.0 * (one[-1] in COMMON or line.words[cut - 1][-1] in ",:;")
