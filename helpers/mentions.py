"""What the finders return: a mention of something in a text, normalised, with its place.

Positions are code points into the text that was given, end exclusive: ``text[start:end] == mention.text``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names something.

    ``kind`` is ``provision``, ``actor`` (a state), ``organisation``, ``person``, ``date``, ``figure``, ``event`` or
    ``quotation``; ``value`` is its normal form (a code of the codebook, an ISO date, a number, a full name).
    ``optional`` marks what a strict reading leaves out (an adjective, a demonym, a common noun that stands for a name).
    ``details`` holds what belongs to the kind; ``alternatives`` in it lists the other readings of an ambiguous mention.
    """

    start: int
    end: int
    kind: str
    value: str
    text: str
    optional: bool = False
    details: Mapping[str, Any] = field(default_factory=dict, hash=False)


def settle(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions in reading order; where two overlap, the longer one stands, and the earlier listed of equals.

    Examples
    --------
    >>> found = [Mention(0, 7, "organisation", "UN", "U.N. Se"), Mention(0, 10, "organisation", "UNSC", "U.N. Secur")]
    >>> [mention.value for mention in settle(found)]
    ['UNSC']
    """
    kept: list[Mention] = []
    for one in sorted(mentions, key=lambda mention: mention.start - mention.end):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda mention: mention.start)
