"""Known files, cut exactly: which characters of an original are passages and which are furniture.

A layout is data (``layouts.toml``), keyed by the file's SHA-256, so it can never be applied to another file.
Offsets are Unicode code points, 0-based, end exclusive.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .errors import SeedError


@dataclass(frozen=True)
class Span:
    """A stretch ``[start, end)`` of a file: a passage (``version`` and ``text`` set) or furniture (``name`` set)."""

    start: int
    end: int
    name: str = ""
    text: str = ""
    version: str | None = None

    @property
    def is_passage(self) -> bool:
        """Whether the stretch belongs to the article's body."""
        return not self.name


def cut(text: str, layout: dict[str, Any], where: str = "layout") -> tuple[Span, ...]:
    """Every non-space character of the text, in exactly one passage or one named piece of furniture.

    Furniture may lie inside a passage (a markdown mark): it is then absent from the passage's ``text``,
    while the passage's ``[start, end)`` is its whole source.

    Raises
    ------
    SeedError
        When the layout does not fit the text: another length, a line that is not there, a seam without a space.
    """
    if len(text) != layout["characters"]:
        raise SeedError(f"the text has {len(text)} characters, not {layout['characters']}", where=where)
    lines = list(_lines(text))
    for number in _named_lines(layout):
        if not 1 <= number <= len(lines):
            raise SeedError(f"there is no line {number}, only {len(lines)}", where=where)
    furniture = {number: piece["name"] for piece in layout["furniture"] for number in piece["lines"]}
    joined = {group[0]: group for group in layout.get("joined", [])}
    skipped = {number for group in layout.get("joined", []) for number in group[1:]}
    seams = {int(number): seam for number, seam in layout.get("seams", {}).items()}
    sides = {number: side["version"] for side in layout.get("one_sided", []) for number in side["lines"]}
    marks = layout.get("marks", "")
    spans: list[Span] = []
    for number, (start, end) in enumerate(lines, start=1):
        if start == end or number in skipped:
            continue
        if number in seams:
            _check_seam(text, start, end, seams[number], f"{where}, line {number}")
            seam = start + seams[number]["starts"]
            sides_of_line = [(start, seam - 1), (seam, end)]
        else:
            sides_of_line = [(start, end)]
        if number in furniture:
            spans += [Span(*side, name=furniture[number], text=text[slice(*side)]) for side in sides_of_line]
        elif number in seams:
            spans += [_passage([side], text, marks, version) for side, version in zip(sides_of_line, layout["versions"], strict=True)]
        else:
            pieces = [lines[other - 1] for other in joined.get(number, [number])]
            spans.append(_passage(pieces, text, marks, sides.get(number)))
    inside = [Span(at, at + 1, name="markdown mark") for span in spans if span.is_passage for at in _marks(span, text, marks)]
    return tuple(sorted(spans + inside, key=lambda span: (span.start, span.end)))


def _named_lines(layout: dict[str, Any]) -> list[int]:
    groups = [piece["lines"] for piece in [*layout["furniture"], *layout.get("one_sided", [])]]
    return [int(number) for group in [*groups, *layout.get("joined", []), layout.get("seams", {})] for number in group]


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        stripped = line.strip()
        lead = len(line) - len(line.lstrip())
        yield start + lead, start + lead + len(stripped)
        start += len(line) + 1


def _check_seam(text: str, start: int, end: int, seam: dict[str, int], where: str) -> None:
    at = start + seam["starts"]
    if end - start != seam["length"] or not start < at < end or text[at - 1] != " ":
        raise SeedError("the second version does not start where the layout says", where=where)


def _passage(pieces: list[tuple[int, int]], text: str, marks: str, version: str | None) -> Span:
    clean = " ".join(text[start:end] for start, end in pieces).translate({ord(mark): None for mark in marks})
    return Span(pieces[0][0], pieces[-1][1], text=clean, version=version)


def _marks(span: Span, text: str, marks: str) -> list[int]:
    return [at for at in range(span.start, span.end) if text[at] in marks] if marks else []
