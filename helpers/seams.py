"""Where the second version starts in each line of a two-version page that lost its columns.

A line is one paragraph of the older version, a space, one paragraph of the newer; or a paragraph of one of them only.
Every word could begin the newer one. Each cut is scored by what stands around it (see ``cuts``), then all lines are
decided together, because what is said twice on a page is said once in each version: a sentence and its near-duplicate
in another line stand on different sides.
"""

import itertools
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .beliefs import settle_beliefs
from .cuts import COMMON, WEIGHTS, Line, read_line, score_cuts, score_title_cut

_OPTIONS = 16  # cuts of a line that are worth a thought
_MOST_LINES = 400  # that differ; a page with more is no article, and nothing is said of it
_LONGEST = 1500  # words; a longer line is no pair of paragraphs


@dataclass(frozen=True)
class Seam:
    """Where a line is cut: the newer version starts at ``at`` (code points); 0 and the length mean one side only.

    ``confidence`` (0-1) is the probability of this very cut; ``certain`` that the line is the same text twice.
    """

    at: int
    confidence: float
    certain: bool = False


@dataclass(frozen=True)
class _Link:
    """Two words of the page, in its order, whose sides hang together: ``weight`` > 0 when they stand on different sides."""

    line: int
    word: int
    other_line: int
    other_word: int
    weight: float


def _link(one: tuple[int, int], other: tuple[int, int], weight: float) -> _Link:
    return _Link(*min(one, other), *max(one, other), weight)


def find_seams(texts: Sequence[str]) -> list[Seam]:
    """The likeliest seam of every line of a page, in order.

    Examples
    --------
    >>> find_seams(["The road is shut. The road is shut."])
    [Seam(at=18, confidence=1.0, certain=True)]
    """
    lines = [read_line(text) for text in texts]
    seams = [Seam(line.starts[len(line.words) // 2], 1.0, True) if line.is_double else Seam(0, 0.0) for line in lines]
    free = [at for at, line in enumerate(lines) if not line.is_double and len(line.words) <= _LONGEST]
    free = free if len(free) <= _MOST_LINES else []
    follows = {(one, one + 1) for one, (at, after) in enumerate(itertools.pairwise(free)) if after == at + 1}
    for at, (cut, probability) in zip(free, _decide([lines[at] for at in free], follows), strict=True):
        seams[at] = Seam((*lines[at].starts, len(lines[at].text))[cut], round(probability, 3))
    return seams


def find_title_seam(text: str) -> Seam:
    """The likeliest seam of a line of two titles, which end without a stop but share words, and begin with a capital.

    Examples
    --------
    >>> find_title_seam("Bridge to reopen in May Bridge to reopen in June").at
    24
    """
    line = read_line(text)
    count = len(line.words)
    if line.is_double:
        return Seam(line.starts[count // 2], 1.0, True)
    if not 2 <= count <= _LONGEST:
        return Seam(0, 0.0)
    scores = [score_title_cut(line, cut) for cut in range(1, count)]
    belief = _softmax(scores)
    best = max(range(len(belief)), key=belief.__getitem__)
    return Seam(line.starts[best + 1], round(belief[best], 3))


def _decide(lines: list[Line], follows: set[tuple[int, int]]) -> Iterator[tuple[int, float]]:
    """For each line its likeliest cut (a word's number) and the probability of it; ``follows`` are lines without one between."""
    cuts, beliefs = _weigh_cuts(lines, follows)
    for own, belief in zip(cuts, beliefs, strict=True):
        best = max(range(len(own)), key=belief.__getitem__)
        yield own[best], belief[best]


def _weigh_cuts(lines: list[Line], follows: set[tuple[int, int]]) -> tuple[list[list[int]], list[list[float]]]:
    """For each line the cuts that are worth a thought, and their probabilities."""
    median = sorted(len(line.words) for line in lines)[len(lines) // 2] if lines else 0
    links: dict[tuple[int, int], list[_Link]] = defaultdict(list)
    for link in itertools.chain(_repeated(lines), _named(lines)):
        links[link.line, link.other_line].append(link)
    cuts, scores = [], []
    for at, line in enumerate(lines):
        all_scores = score_cuts(line, median)
        alone = ((at, at + 1) not in follows) * (WEIGHTS.one_side_before + ((at - 1, at) not in follows) * WEIGHTS.one_side_alone)
        all_scores[0] += alone
        all_scores[-1] += alone
        for link in links.pop((at, at), []):
            _add_own_link(all_scores, link)
        cuts.append(sorted(sorted(range(len(all_scores)), key=all_scores.__getitem__)[-_OPTIONS:]))
        scores.append([all_scores[cut] for cut in cuts[-1]])
    pairs = {edge: _table(lines, cuts, edge, links.get(edge, []), edge in follows) for edge in {*links, *follows}}
    return cuts, settle_beliefs(scores, pairs, WEIGHTS.temperature)


def _repeated(lines: list[Line]) -> Iterator[_Link]:
    """Runs of words that stand twice: the longer, and the more of them are no names, the surer on different sides."""
    places = defaultdict(list)
    for at, line in enumerate(lines):
        for word in range(len(line.keys) - 2):
            places[line.keys[word : word + 3]].append((at, word))
    for found in places.values():
        if not 2 <= len(found) <= 4:
            continue
        for first, (at, word) in enumerate(found):
            for other_at, other in found[first + 1 :]:
                mine, theirs = lines[at], lines[other_at]
                if word and other and mine.keys[word - 1] == theirs.keys[other - 1]:
                    continue  # the run began earlier
                length = _run(mine.keys[word:], theirs.keys[other:])
                if at == other_at and word + length > other:
                    continue
                weight = _run_weight(mine.words[word : word + length]) / (len(found) - 1)
                if weight > 0:
                    yield _link((at, word + length // 2), (other_at, other + length // 2), weight)


def _run_weight(words: Sequence[str]) -> float:
    return min(WEIGHTS.run_limit, WEIGHTS.run * (sum(map(_weigh, words)) - WEIGHTS.run_offset))


def _run(one: Sequence[str], other: Sequence[str]) -> int:
    length = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        length += 1
    return length


def _weigh(word: str) -> float:
    bare = word.lower().strip("\"“”‘’',.;:!?()")
    return 0.4 if bare in COMMON or len(bare) < 3 else 0.5 if word.strip("\"“‘'(")[:1].isupper() else 1.0


def _named(lines: list[Line]) -> Iterator[_Link]:
    """Persons: a full name introduces somebody once in a version, the bare surname comes after it in the same version."""
    full, bare = defaultdict(list), defaultdict(list)
    for at, line in enumerate(lines):
        for word in range(1, len(line.words)):
            first, last = line.words[word - 1 : word + 1]
            following = line.words[word + 1] if word + 1 < len(line.words) else ""
            if not _is_name(last) or (last[-1].isalnum() and _is_name(following)):
                continue  # no name, or not the end of it
            if _is_name(first) and first[-1].isalnum() and line.keys[word - 1] not in COMMON:
                full[line.keys[word - 1], line.keys[word]].append((at, word))
            else:
                bare[line.keys[word]].append((at, word))
    for (_, surname), places in full.items():
        if len(places) == 2 and (bare[surname] or _presented(lines, places)):
            yield _link(places[0], places[1], WEIGHTS.introduced)
        for place in bare[surname] if len(places) == 1 else ():
            yield _link(places[0], place, WEIGHTS.after_name if places[0] < place else WEIGHTS.before_name)


def _is_name(word: str) -> bool:
    return bool(re.match(r"[A-ZÀ-Þ][\w’'-]*[a-zß-ÿ]\w*[,.’”]?", word)) and not word.endswith(".") and len(word) > 2


def _presented(lines: list[Line], places: Sequence[tuple[int, int]]) -> bool:
    return any(lines[at].words[word].endswith(",") for at, word in places)


def _add_own_link(scores: list[float], link: _Link) -> None:
    for cut in range(len(scores)):
        scores[cut] += link.weight if link.word < cut <= link.other_word else -link.weight


def _table(lines: list[Line], cuts: list[list[int]], edge: tuple[int, int], links: list[_Link], follows: bool) -> list[list[float]]:
    """What each pair of cuts of two lines is worth together."""
    one, other = edge
    table = []
    for cut in cuts[one]:
        row = []
        for other_cut in cuts[other]:
            value = sum(-link.weight * (1 if (link.word < cut) == (link.other_word < other_cut) else -1) for link in links)
            row.append(value - (_disorder(_shape(cut, lines[one]), _shape(other_cut, lines[other])) if follows else 0.0))
        table.append(row)
    return table


def _shape(cut: int, line: Line) -> str:
    return "newer" if cut == 0 else "older" if cut == len(line.words) else "both"


def _disorder(shape: str, following: str) -> float:
    """Paragraphs are laid side by side until one side runs out: a line of one side is followed by another of it, or by none."""
    if shape in ("both", following):
        return 0.0
    return WEIGHTS.followed if following == "both" else WEIGHTS.opposite


def _softmax(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    powers = [math.exp((score - top) / WEIGHTS.temperature) for score in scores]
    return [power / sum(powers) for power in powers]
