"""The front door for any article file: an original of the case, plain text, a saved web page, a page of two versions."""

import re
from dataclasses import replace
from pathlib import Path

from .articles import Article, Passage, Version, read_original
from .errors import CourseError
from .paragraphs import Draft, Piece, read_paragraphs
from .saved_pages import read_saved_page
from .sniffer import is_two_version_page, read_page
from .sources import Source, read_source


def read_article(path: Path) -> Article:
    """The article in a file; see :func:`read_article_file`."""
    return read_article_file(path)[0]


def read_article_file(path: Path) -> tuple[Article, Source]:
    """The article in a file, whatever its kind, and how it was read; the source's text is what positions count in.

    An original of the case is recognised by its SHA-256, and is the same article as :func:`load_article` gives. Any other
    has the edition ``file``; its passages are ``<name of the file>:p01`` and so on, of two versions ``…:v1-p01``. Lines
    that could not be told apart stand in a version of their own, without id, before the two. Of a web page the text is
    what was extracted from it.

    Raises
    ------
    CourseError
        When the file cannot be read (see :func:`helpers.sources.read_source`), or holds no article.

    Examples
    --------
    >>> from helpers.paths import seeds_folder
    >>> article, source = read_article_file(seeds_folder() / "reading" / "wsws-2015.md")
    >>> article.edition, article.version().passages[0].id, source.encoding
    ('file', 'wsws-2015:p01', 'utf-8')
    """
    source = read_source(path)
    if original := read_original(path):
        return original, source
    if source.kind == "html":
        draft = read_saved_page(source.text, str(path))
    elif is_two_version_page(source.text):
        draft = read_page(source.text)
    else:
        draft = read_paragraphs(source.text)
    article = _article(draft, re.sub(r"[^\w.-]+", "-", path.stem).strip("-") or "article")
    if not article.versions:
        raise CourseError("there is no paragraph of an article in the file", where=str(path), todo="give the file of an article")
    return article, replace(source, text=draft.text, notes=(*source.notes, *draft.notes))


def _article(draft: Draft, id: str) -> Article:
    passages = [piece for piece in draft.pieces if piece.is_passage]
    # What is in neither version comes first, so that the last one is the newest.
    names = [name for name in (None, "v1", "v2") if any(piece.version == name for piece in passages)]
    return Article(
        id=id,
        outlet=draft.outlet,
        title=draft.origin.title,
        published=draft.origin.published,
        published_basis=draft.origin.published_basis,
        authors=draft.origin.authors,
        authors_basis=draft.origin.authors_basis,
        edition="file",
        versions=tuple(_version(id, name, [piece for piece in passages if piece.version == name]) for name in names),
        furniture=tuple(piece for piece in draft.pieces if not piece.is_passage),
    )


def _version(id: str, name: str | None, pieces: list[Piece]) -> Version:
    stem = f"{id}:{name}-p" if name else f"{id}:p"
    passages = tuple(
        Passage(f"{stem}{number:02}", piece.text, piece.basis, piece.start, piece.end, piece.confidence)
        for number, piece in enumerate(pieces, 1)
    )
    bases = {piece.basis for piece in pieces}
    # A sentence joined by guess makes a passage a guess; which passages a version has is a guess on two-version pages only.
    basis = "unknown" if bases == {"unknown"} else "stated" if name is None or bases == {"stated"} else "heuristic"
    return Version(name, basis, passages)
