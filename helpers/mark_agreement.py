"""How far marks agree with the reference coding: which phrases belong together, and agreement word by word.

Where a phrase begins and ends is part of the coding. So nothing is compared by id, as in :mod:`helpers.agreement`, but by
the words that two phrases share.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .agreement import alpha, explain_undefined
from .anchors import find_quote
from .annotation import Annotation
from .marks import Mark

_WORD = re.compile(r"\w+(?:[’'.,-]\w+)*")
_Words = set[tuple[str, int]]  # each word by its passage and its start


@dataclass(frozen=True)
class Comparison:
    """Marks beside the reference: pairs that share words, what was missed, what is extra, and agreement word by word.

    ``words`` is the number of words of the passages, ``alpha`` Krippendorff's over them (each marked or not; NaN where it
    is not defined, and ``remark`` then says why).
    """

    pairs: tuple[tuple[Mark, Annotation], ...]
    missed: tuple[Annotation, ...]
    extra: tuple[Mark, ...]
    words: int
    alpha: float
    remark: str

    @property
    def references(self) -> int:
        """How many phrases the reference has."""
        return len(self.pairs) + len(self.missed)

    def same(self, name: str) -> int:
        """How many of the pairs have the same code of this name."""
        return sum(mark.codes.get(name) == reference.codes[name] for mark, reference in self.pairs)


def compare_marks(marks: Sequence[Mark], references: Sequence[Annotation], texts: Mapping[str, str]) -> Comparison:
    """Marks beside the reference coding of the same passages.

    A mark and a phrase of the reference belong together when they share a word. Each belongs to one other at most: first
    come pairs with more codes alike, then those with more words in common.

    Parameters
    ----------
    marks : sequence of Mark
        The learner's; those that are not found in the texts are extra.
    references : sequence of Annotation
        The reference coding of the same kind.
    texts : mapping
        The passages' texts by their ids.

    Examples
    --------
    >>> from .anchors import Quote
    >>> texts, codes = {"a:p01": "The allies agree on it; the others wait."}, {"provision": "NAT-5"}
    >>> mine = Mark("learner/x-1", "a:p01", Quote("agree on it"), "provision", codes)
    >>> theirs = Annotation("P1", "a:p01", Quote("allies agree"), "provision", codes)
    >>> found = compare_marks([mine], [theirs], texts)
    >>> len(found.pairs), found.same("provision"), found.words, round(found.alpha, 2)
    (1, 1, 8, 0.18)
    """
    own, theirs = ([_words(one, texts) for one in side] for side in (marks, references))
    pairs = _pair(marks, own, references, theirs)
    everything = [(passage, word.start()) for passage, text in texts.items() for word in _WORD.finditer(text)]
    sides = {"own": set().union(*own), "reference": set().union(*theirs)}
    codings = [(coder, f"{passage} {start}", (passage, start) in words) for coder, words in sides.items() for passage, start in everything]
    return Comparison(
        tuple((marks[mine], references[other]) for other, mine in sorted(pairs.items())),
        tuple(one for number, one in enumerate(references) if number not in pairs),
        tuple(mark for number, mark in enumerate(marks) if number not in pairs.values()),
        len(everything),
        alpha(codings),
        explain_undefined(codings),
    )


def _pair(marks: Sequence[Mark], own: list[_Words], references: Sequence[Annotation], theirs: list[_Words]) -> dict[int, int]:
    """Which mark belongs to which phrase of the reference, by their places: the reference's, then the mark's."""
    candidates = []
    for mine, (mark, words) in enumerate(zip(marks, own, strict=True)):
        for other, (one, wanted) in enumerate(zip(references, theirs, strict=True)):
            if shared := len(words & wanted):
                alike = sum(mark.codes.get(name) == code for name, code in one.codes.items())
                candidates.append((-alike, -shared / len(words | wanted), mine, other))
    chosen: dict[int, int] = {}
    for _, _, mine, other in sorted(candidates):
        if other not in chosen and mine not in chosen.values():
            chosen[other] = mine
    return chosen


def _words(mark: Mark | Annotation, texts: Mapping[str, str]) -> _Words:
    """The words that a phrase touches."""
    text = texts.get(mark.passage, "")
    start, end = find_quote(text, mark.quote) or (0, 0)
    return {(mark.passage, word.start()) for word in _WORD.finditer(text) if word.start() < end and start < word.end()}
