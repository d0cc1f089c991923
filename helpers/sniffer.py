"""Pages that show two versions of an article side by side, saved as plain text: News Sniffer's and their like.

The columns are lost: a line is a paragraph of the older version, a space, and a paragraph of the newer. Where the
newer one starts is inferred (see ``seams``), and below a stated probability the line stays whole and says so.
"""

import re
from collections.abc import Iterator

from .furniture import Origin, find_date
from .paragraphs import Draft, Piece, lines_of, tidy
from .seams import find_seams, find_title_seam

FLOOR = 0.5  # a cut that is no likelier right than wrong is not made: the line then belongs to no version that we know

_LABELS = re.compile(r"Version \d+\s+Version \d+")
_LATER = re.compile(r"\(\w[\w ]{1,40} later\)")  # "(about 5 hours later)"
_SOURCE = re.compile(r"This article is from the source ['‘](?P<outlet>[^'’\n]{1,80})['’]")
_ADDRESS = re.compile(r"https?://\S{1,400}")
_DATED_PATH = re.compile(r"/(\d{4})/(\d\d)/(\d\d)/")
_LONGEST_TITLE = 400  # characters, both titles together
_DOUBLES = 2  # lines that say the same twice, without which a page needs its labels to be known


def is_two_version_page(text: str) -> bool:
    r"""Whether a text is a page of two versions: it has their labels, or lines that say the same twice.

    Examples
    --------
    >>> is_two_version_page("Version 1 Version 2\nA title A title\n")
    True
    """
    doubles = 0
    for start, end in lines_of(text):
        if end - start < 40 and _LABELS.fullmatch(text, start, end):
            return True
        doubles += _is_double(text, start, end)
    return doubles >= _DOUBLES


def read_page(text: str) -> Draft:
    r"""The two versions of an article, ``v1`` the older, and what could not be told apart in neither (version ``None``).

    Examples
    --------
    >>> draft = read_page("Version 1 Version 2\nBridge shut Bridge shut\nIt is shut. It is shut.")
    >>> [(piece.name or piece.version, piece.text) for piece in draft.pieces]
    [('version labels', 'Version 1 Version 2'), ('title', 'Bridge shut'), ('title', 'Bridge shut'),
     ('v1', 'It is shut.'), ('v2', 'It is shut.')]
    """
    lines = [edges for edges in lines_of(text) if edges[0] < edges[1]]
    labels = next((at for at, edges in enumerate(lines) if _LABELS.fullmatch(text, *edges)), -1)
    pieces = [_furniture(text, edges, "version labels" if at == labels else "page header") for at, edges in enumerate(lines[: labels + 1])]
    titles, body = _read_titles(text, lines[labels + 1 :])
    later = [edges for edges in body if edges[1] - edges[0] < 60 and _LATER.fullmatch(text, *edges)]
    body = [edges for edges in body if edges not in later]
    pieces += [*titles, *(_furniture(text, edges, "version labels") for edges in later), *_read_body(text, body)]
    return Draft(text, tuple(sorted(pieces, key=lambda piece: piece.start)), *_read_header(pieces), _notes(pieces))


def _read_titles(text: str, lines: list[tuple[int, int]]) -> tuple[list[Piece], list[tuple[int, int]]]:
    """The title line as furniture, cut where that is sure enough, and the lines that are left."""
    if not lines or lines[0][1] - lines[0][0] > _LONGEST_TITLE or text[lines[0][1] - 1] == ".":
        return [], lines
    seam = find_title_seam(text[slice(*lines[0])])
    sides = _sides(text, lines[0], seam.at) if seam.confidence > FLOOR else [lines[0]]
    basis = "stated" if seam.certain else "heuristic" if len(sides) == 2 else "unknown"
    confidence = seam.confidence if len(sides) == 2 else None
    return [Piece(*edges, name="title", text=text[slice(*edges)], basis=basis, confidence=confidence) for edges in sides], lines[1:]


def _read_body(text: str, lines: list[tuple[int, int]]) -> Iterator[Piece]:
    seams = find_seams([text[slice(*edges)] for edges in lines])
    for (start, end), seam in zip(lines, seams, strict=True):
        if seam.confidence <= FLOOR:
            yield _passage(text, (start, end), None, "unknown", None)
        elif seam.at in (0, end - start):
            yield _passage(text, (start, end), "v1" if seam.at else "v2", "inferred", seam.confidence)
        else:
            basis = "stated" if seam.certain else "heuristic"
            for version, edges in zip(("v1", "v2"), _sides(text, (start, end), seam.at), strict=True):
                yield _passage(text, edges, version, basis, seam.confidence)


def _sides(text: str, edges: tuple[int, int], at: int) -> list[tuple[int, int]]:
    start, end = edges
    return [(start, start + len(text[start : start + at].rstrip())), (start + at, end)]


def _passage(text: str, edges: tuple[int, int], version: str | None, basis: str, confidence: float | None) -> Piece:
    return Piece(*edges, text=tidy(text[slice(*edges)]), version=version, basis=basis, confidence=confidence)


def _furniture(text: str, edges: tuple[int, int], name: str) -> Piece:
    return Piece(*edges, name=name, text=text[slice(*edges)])


def _is_double(text: str, start: int, end: int) -> bool:
    """Whether a line says the same twice, and says enough for that to be no accident."""
    half = (end - start) // 2
    return half > 30 and text[start : start + half].rstrip() == text[end - half : end].lstrip()


def _read_header(pieces: list[Piece]) -> tuple[Origin, str]:
    """What the page says of its article: the newer title, the outlet, and a date in the address."""
    header = "\n".join(piece.text for piece in pieces if piece.name == "page header")
    titles = [piece.text for piece in pieces if piece.name == "title" and piece.basis != "unknown"]
    source = _SOURCE.search(header)
    seen = re.search(r"first published or seen on ([^.\n]{0,60})", header)
    published, basis = find_date(seen[1]) if seen else None, "stated"
    for address in _ADDRESS.findall(header):
        if not published and (path := _DATED_PATH.search(address)):
            published, basis = find_date("-".join(path.groups())), "inferred"
    title = tidy(titles[-1]) if titles else None
    return Origin(title, (), "unknown", published, basis if published else "unknown"), source["outlet"] if source else ""


def _notes(pieces: list[Piece]) -> tuple[str, ...]:
    notes = []
    labels = next((piece.text for piece in pieces if _LABELS.fullmatch(piece.text)), "")
    numbers = re.findall(r"\d+", labels)
    if numbers not in ([], ["1", "2"]):
        notes.append(f"v1 and v2 are the page's versions {numbers[0]} and {numbers[1]}")
    if whole := sum(piece.is_passage and piece.version is None for piece in pieces):
        notes.append(f"{whole} of the page's lines stay whole: where the second version starts in them is not sure enough")
    return tuple(notes)
