"""Where quotation marks open and close, in whatever style a text is set: “…”, "…", «…», „…“, ``…'', ‘…’ and '…'."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_DOUBLE = re.compile(r"[\"“”„‟«»]|``|''")
# A single mark opens before a word that isn't clipped (’90s, ’tis); it closes after something and not inside a word.
_SINGLE = re.compile(
    r"(?<![^\s(\[{—–\-“\"«/])(?:‘|'|’(?=[^\d\W]{3,}))(?=[^\s'’\"“])(?!(?:\d0s|tis|twas|em|cause|til|till|n|bout|round)\b)", re.IGNORECASE
)
_CLOSING = re.compile(r"(?<=[^\s(\[])['’](?!\w)")
_PAIR = 2
_ENDED = ".,!?…;:—"
_QUOTED_AGAIN = re.compile(r"\s*['‘’\"“„«]")


@dataclass(frozen=True)
class Marked:
    """A stretch ``[start, end)`` with its marks; ``[inner_start, inner_end)`` are the words. Code points."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool = True


def find_marked(text: str, start: int = 0, end: int | None = None) -> list[Marked]:
    """What stands between quotation marks in a paragraph, outermost only, in reading order.

    A quotation that never closes ends where the paragraph ends, or where the next one opens; ``closed`` is then false.

    Examples
    --------
    >>> text = "The ministers’ line: “We said ‘no’ in the ’90s,” and 'not now'."
    >>> [text[one.start : one.end] for one in find_marked(text)]
    ['“We said ‘no’ in the ’90s,”', "'not now'"]
    """
    end = len(text) if end is None else end
    found = [*_doubles(text, start, end), *_singles(text, start, end)]
    kept: list[Marked] = []
    for one in sorted(found, key=lambda marked: (marked.start, -marked.end)):
        if (not kept or one.start >= kept[-1].end) and text[one.inner_start : one.inner_end].strip():
            kept.append(one)
    return kept


def _doubles(text: str, start: int, end: int) -> Iterable[Marked]:
    marks = [(at.start(), at.end()) for at in _DOUBLE.finditer(text, start, end)]
    opened: tuple[int, int] | None = None
    depth = 0
    for number, (left, right) in enumerate(marks):
        if opened is None:
            if _can_open(text, left, right, start, end):
                opened, depth = (left, right), 1
        elif _closes(text, opened, left, right, start):
            depth -= 1
            if not depth:
                yield Marked(opened[0], right, opened[1], left)
                opened = None
        elif _nested(text, opened, marks[number + 1 : number + 3], start):
            depth += 1
        elif _can_open(text, left, right, start, end):
            yield _unclosed(text, opened, left)
            opened, depth = (left, right), 1
    if opened:
        yield _unclosed(text, opened, end)


def _can_open(text: str, left: int, right: int, start: int, end: int) -> bool:
    before, after = text[left - 1 : left] if left > start else " ", text[right : right + 1] if right < end else " "
    if text[left] in "“„‟«":
        return True
    return not (before.isalnum() or before in ".,!?…;:)") and (not after.isspace() or text[left] == "»")


def _closes(text: str, opened: tuple[int, int], left: int, right: int, start: int) -> bool:
    first, mark = text[opened[0]], text[left]
    if first == "«" or mark == "»":
        return mark == ("»" if first == "«" else "«") or first not in "«»"
    if first == "»":
        return mark == "«"
    if first == "„":
        return mark in '“”"'
    if mark in "“„‟":
        return False
    # A straight mark right after a space and before a word opens another one.
    return mark == "”" or not text[left - 1].isspace() or (mark == '"' == first and text[right : right + 1].isspace())


def _nested(text: str, opened: tuple[int, int], following: list[tuple[int, int]], start: int) -> bool:
    return len(following) == _PAIR and all(_closes(text, opened, left, right, start) for left, right in following)


def _unclosed(text: str, opened: tuple[int, int], end: int) -> Marked:
    stop = opened[1] + len(text[opened[1] : end].rstrip())
    return Marked(opened[0], stop, opened[1], stop, closed=False)


def _singles(text: str, start: int, end: int) -> Iterable[Marked]:
    at = start
    while opening := _SINGLE.search(text, at, end):
        following = _SINGLE.search(text, opening.end(), end)
        limit = following.start() if following else end
        closing = _closing(text, opening.end(), limit)
        at = opening.end()
        if closing is not None:
            yield Marked(opening.start(), closing + 1, opening.end(), closing)
            at = closing + 1
        elif opening.group() == "‘" and _QUOTED_AGAIN.match(text, end):
            yield _unclosed(text, (opening.start(), opening.end()), end)
            at = end


def _closing(text: str, start: int, end: int) -> int | None:
    """The mark that closes rather than one of a plural’s possessive: after a stop, or else after anything but an s."""
    marks = [at.start() for at in _CLOSING.finditer(text, start, end)]
    sure = [at for at in marks if text[at - 1] in _ENDED]
    likely = [at for at in marks if text[at - 1] not in "sS" and (not sure or at < sure[0])]
    return next(iter([*likely[:1], *sure, *marks]), None)
