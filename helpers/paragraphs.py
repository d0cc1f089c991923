"""Plain text, cut into the paragraphs of an article and the furniture around it.

Every character that is no space stands in exactly one piece. Offsets are code points into the text, end exclusive.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from .furniture import Origin, ends_sentence, find_origin, line_of_origin, name_furniture
from .layouts import Span
from .sources import clean

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+|\r\n|[\n\r\v\f\x85\u2028\u2029]")
_WIDEST = 120  # characters; nobody wraps lines wider than that
_HEAD = 4  # lines at the top of a block that may be title, author, date
_JOINED = 0.9  # confidence that a sentence broken over a blank line is one
_CUT = 0.8  # confidence that a wrapped paragraph begins and ends where only the lengths of lines tell


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
    pieces = [piece for number, block in enumerate(_blocks(text)) for piece in _paragraphs(text, block, is_first=number == 0)]
    texts = [piece.text for piece in pieces]
    names = name_furniture(texts)
    for at, name in names.items():
        start, end = pieces[at].start, pieces[at].end
        pieces[at] = Piece(start, end, name=name, text=text[start:end], basis="heuristic")
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


def _paragraphs(text: str, block: list[tuple[int, int]], is_first: bool) -> Iterator[Piece]:
    """The paragraphs of a block: the whole of it where its lines were wrapped, else each of its lines."""
    head = _count_head(text, block, is_first)
    body = block[head:]
    if not body or not _is_wrapped(text, body):
        yield from (Piece(*line, text=tidy(text[slice(*line)])) for line in block)
        return
    yield from (Piece(*line, text=tidy(text[slice(*line)])) for line in block[:head])
    width = _width(body)
    cuts = [at for at, (line, following) in enumerate(itertools.pairwise(body), 1) if _stops(text, line, following, width)]
    guess = {"basis": "heuristic", "confidence": _CUT} if not all(_is_indented(text, body[at]) for at in cuts) else {}
    for first, end in itertools.pairwise([0, *cuts, len(body)]):
        edges = body[first][0], body[end - 1][1]
        yield Piece(*edges, text=tidy(text[slice(*edges)]), **guess)


def _count_head(text: str, block: list[tuple[int, int]], is_first: bool) -> int:
    """How many lines at the top of a block stand for themselves: those of author and date, and the title above."""
    width, count = _width(block), 0
    for at, line in enumerate(block[:_HEAD]):
        name = line_of_origin(text[slice(*line)])
        # A date may also be the end of a sentence that was wrapped before it.
        if name == "author line" or (name and (count == at or not _is_full(text, block[at - 1], line, width))):
            count = at + 1
    if is_first and not count and len(block) > 1:
        line, following = block[:2]
        own = not ends_sentence(text[slice(*line)]) and text[line[1] - 1] != "," and not _is_full(text, line, following, width)
        return int(own and text[following[0]].isupper())
    return count


def _width(block: list[tuple[int, int]]) -> int:
    return max(end - start for start, end in block)


def _is_wrapped(text: str, block: list[tuple[int, int]]) -> bool:
    """Whether lines were broken because they were full: the next word would hardly have fitted."""
    width = _width(block)
    if len(block) < 2 or not 30 <= width <= _WIDEST:
        return False
    pairs = list(itertools.pairwise(block))
    full = [pair for pair in pairs if _is_full(text, *pair, width)]
    # A paragraph ends with a line that is not full; where each line ends so, they are paragraphs.
    open_ends = [pair for pair in pairs if text[pair[0][1] - 1] not in '.!?”"’…:' or text[pair[1][0]].islower()]
    short = [pair for pair in pairs if pair not in full and not _stops(text, *pair, width) and not _goes_on(text, *pair)]
    return len(open_ends) >= len(pairs) / 3 and len(short) <= len(pairs) / 5


def _is_full(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    word = text[slice(*following)].split(maxsplit=1)[0]
    return line[1] - line[0] + 1 + len(word) > width - 3


def _goes_on(text: str, line: tuple[int, int], following: tuple[int, int]) -> bool:
    """Whether a sentence plainly runs over the line's end, however short the line."""
    return (text[line[1] - 1].isalpha() or text[line[1] - 1] == ",") and (text[following[0]].islower() or text[following[0]].isdigit())


def _stops(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Whether a paragraph ends with this line of a wrapped block: it ends a sentence early, or the next line is indented."""
    ends = text[line[1] - 1] in '.!?”"’…' and not text[following[0]].islower()
    return ends and (_is_indented(text, following) or not _is_full(text, line, following, width))


def _is_indented(text: str, line: tuple[int, int]) -> bool:
    before = text[max(0, line[0] - 2) : line[0]]
    return len(before) == 2 and before.isspace() and before[1] in " \t" and before[0] not in "\r\n"


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
