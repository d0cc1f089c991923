"""Plain text, cut into the paragraphs of an article and the furniture around it.

Every character that is no space stands in exactly one piece. Offsets are code points into the text, end exclusive.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from .furniture import Origin, find_origin, name_furniture
from .layouts import Span
from .sources import clean

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+|\r\n|[\n\r\v\f\x85\u2028\u2029]")
_WIDEST = 120  # characters; nobody wraps lines wider than that
_JOINED = 0.9  # confidence that a sentence broken over a blank line is one


@dataclass(frozen=True)
class Piece(Span):
    """A span of a text, and on what basis it is what it is (``confidence`` 0-1 where that is a guess)."""

    basis: str = "stated"
    confidence: float | None = None


@dataclass(frozen=True)
class Draft:
    """What is read from one file: its text, the pieces of it, and what it says of its origin."""

    text: str
    pieces: tuple[Piece, ...]
    origin: Origin = field(default_factory=Origin)
    outlet: str = ""
    notes: tuple[str, ...] = ()


def read_paragraphs(text: str) -> Draft:
    r"""An article in plain text: one line or several lines a paragraph, blank lines between them or none.

    Lines that were wrapped at a fixed width are joined; so is, as a guess, a sentence that was broken over a blank line.

    Examples
    --------
    >>> draft = read_paragraphs("Bridge closed\n\nThe bridge over the river was closed on Monday,\nthe town said in a statement.\n")
    >>> [(piece.name, piece.text) for piece in draft.pieces]
    [('title', 'Bridge closed'), ('', 'The bridge over the river was closed on Monday, the town said in a statement.')]
    """
    spans = [edges for block in _blocks(text) for edges in _paragraphs(text, block)]
    texts = [tidy(text[start:end]) for start, end in spans]
    names = name_furniture(texts)
    pieces = [
        Piece(*edges, name=names[at], text=text[slice(*edges)], basis="heuristic") if at in names else Piece(*edges, text=texts[at])
        for at, edges in enumerate(spans)
    ]
    return Draft(text, tuple(_join_broken(pieces)), find_origin(texts, names))


def tidy(text: str) -> str:
    r"""A text on one line: single spaces, no control characters.

    Examples
    --------
    >>> tidy("wrapped  at\r\na width\u202e")
    'wrapped at a width'
    """
    return " ".join(clean(text).split())


def lines_of(text: str) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends, without the spaces around it; a blank line has no length."""
    blank = True
    for found in _LINE.finditer(text):
        line = found[0]
        if line[0] in "\n\r\v\f\x85\u2028\u2029":
            if blank:
                yield found.start(), found.start()
            blank = True
        else:
            inner = line.strip()
            start = found.start() + len(line) - len(line.lstrip())
            yield (start, start + len(inner)) if inner else (start, start)
            blank = False


def _blocks(text: str) -> Iterator[list[tuple[int, int]]]:
    """Lines that stand together without a blank line between them."""
    block: list[tuple[int, int]] = []
    for start, end in lines_of(text):
        if start < end:
            block.append((start, end))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _paragraphs(text: str, block: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The paragraphs of a block: the whole of it where its lines were wrapped, else each of its lines."""
    if not _is_wrapped(text, block):
        yield from block
        return
    width = max(end - start for start, end in block)
    first = block[0][0]
    for line, following in itertools.pairwise(block):
        if _stops(text, line, following, width):
            yield first, line[1]
            first = following[0]
    yield first, block[-1][1]


def _is_wrapped(text: str, block: list[tuple[int, int]]) -> bool:
    """Whether lines were broken because they were full: the next word would hardly have fitted."""
    width = max(end - start for start, end in block)
    if len(block) < 2 or not 30 <= width <= _WIDEST:
        return False
    pairs = list(itertools.pairwise(block))
    full = [pair for pair in pairs if _is_full(text, *pair, width)]
    # A paragraph ends with a line that is not full; where each line ends so, they are paragraphs.
    open_ends = [pair for pair in pairs if text[pair[0][1] - 1] not in '.!?”"’…:']
    short = [pair for pair in pairs if pair not in full and not _stops(text, *pair, width)]
    return len(open_ends) >= len(pairs) / 3 and len(short) <= len(pairs) / 5


def _is_full(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    word = text[slice(*following)].split(maxsplit=1)[0]
    return line[1] - line[0] + 1 + len(word) > width - 3


def _stops(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Whether a paragraph ends with this line of a wrapped block: it ends a sentence early, or the next line is indented."""
    indented = following[0] - 2 >= 0 and text[following[0] - 2 : following[0]].isspace() and text[following[0] - 1] in " \t"
    ends = text[line[1] - 1] in '.!?”"’…'
    return ends and ((indented and text[following[0] - 2] not in "\r\n") or not _is_full(text, line, following, width))


def _join_broken(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces, a passage that breaks off joined with a following one that goes on in lower case."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and last.is_passage and piece.is_passage and _breaks_off(last.text) and piece.text[:1].islower():
            joined[-1] = replace(last, end=piece.end, text=f"{last.text} {piece.text}", basis="heuristic", confidence=_JOINED)
        else:
            joined.append(piece)
    return joined


def _breaks_off(text: str) -> bool:
    return (text[-1:].isalpha() or text[-1:] == ",") and len(text.split(maxsplit=5)) > 5
