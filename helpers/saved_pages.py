"""Saved web pages: the article's text without menus, scripts and advertisements, in two versions where two are marked.

The body and what the page says of itself are found by trafilatura (Barbaresi, ACL 2021). Nothing is fetched, nothing
is run. Positions are into the extracted text, one paragraph a line, a blank line between.
"""

import itertools
import logging
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

from .errors import CourseError
from .furniture import Origin, find_date
from .paragraphs import Draft, Piece, read_paragraphs, tidy

_NOT_TEXT = ["script", "style", "template", "noscript", "iframe", "object", "embed", "svg"]
_BLOCKS = ["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "td", "th"]
_MOST_ELEMENTS = 20_000  # a page with more is no article; all its paragraphs are taken, which is quick
# Days of something else than the publication: of a later change, a reader's comment, another article, the whole site.
_OTHER_DATES = """
    //meta[@*[name() != 'content'][contains(., 'odified') or contains(., 'updated')]]
    | //time[contains(@class, 'updated') and not(contains(@class, 'published'))]
    | //aside | //footer[not(ancestor::article)]
    | //div[contains(concat(' ', @class, ' ', @id, ' '), ' comments ')]
    | //section[contains(concat(' ', @class, ' ', @id, ' '), ' comments ')]
"""
_LABEL = re.compile(r"version \d+", re.IGNORECASE)


def read_saved_page(html: str, where: str = "page") -> Draft:
    """The article of a web page.

    What is marked as deleted and inserted (``<del>``, ``<ins>``), and a table of two columns of versions, becomes two
    versions, ``v1`` the older: the extracted text is then the one after the other.

    Raises
    ------
    CourseError
        When the page holds no text.

    Examples
    --------
    >>> draft = read_saved_page("<p>It shuts on <del>Monday</del><ins>Tuesday</ins>.</p>")
    >>> [(piece.version, piece.text) for piece in draft.pieces]
    [('v1', 'It shuts on Monday.'), ('v2', 'It shuts on Tuesday.')]
    """
    tree = _parse(html)
    origin, outlet = (Origin(), "") if tree is None else _read_metadata(tree)
    texts = [] if tree is None else _read_versions(tree)
    if not texts:
        raise CourseError("the page holds no text", where=where, todo="open it in a browser and save it again, or save its text")
    drafts = [_with_title(read_paragraphs(text), origin.title) for text in texts]
    found = drafts[-1].origin
    origin = Origin(
        origin.title or found.title,
        origin.authors or found.authors,
        origin.authors_basis if origin.authors else found.authors_basis,
        origin.published or found.published,
        origin.published_basis if origin.published else found.published_basis,
    )
    if len(drafts) == 1:
        return replace(drafts[0], origin=origin, outlet=outlet)
    older, newer = drafts
    shift = len(older.text) + 2
    pieces = [_of(piece, "v1", 0) for piece in older.pieces] + [_of(piece, "v2", shift) for piece in newer.pieces]
    return Draft(f"{older.text}\n\n{newer.text}", tuple(pieces), origin, outlet, ("the page marks two versions",))


def _parse(html: str) -> Any:
    """The page as a tree, without what is no text, but with what describes the article to machines."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = document_fromstring(html.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    for element in tree.xpath("//script[not(@type='application/ld+json')]"):
        element.drop_tree()
    etree.strip_elements(tree, *_NOT_TEXT[1:], with_tail=False)
    return tree


def _read_metadata(tree: Any) -> tuple[Origin, str]:
    from trafilatura import extract_metadata

    _silence()
    tree = deepcopy(tree)
    for element in tree.xpath(_OTHER_DATES):
        element.drop_tree()
    # Not "extensive": that makes the first of January of any year that the page names, a copyright's or the story's.
    found = extract_metadata(tree, extensive=False)
    outlet = tidy(found.sitename or "")
    names = (name.strip() for name in (found.author or "").split(";"))
    authors = tuple(name for name in names if name and name.casefold() != outlet.casefold())
    published = find_date(found.date or "")
    title = tidy(found.title) if found.title else None
    return Origin(title, authors, "stated" if authors else "unknown", published, "stated" if published else "unknown"), outlet


def _read_versions(tree: Any) -> list[str]:
    """The text of the page, or of the two versions that it marks."""
    from lxml import etree

    etree.strip_elements(tree, "script", with_tail=False)
    columns = _two_columns(tree)
    if columns:
        return ["\n\n".join(column) for column in columns]
    if not any(mark.text_content().strip() for mark in tree.iter("ins", "del")):
        return [text for text in [_extract(tree)] if text]
    texts = []
    for dropped, kept in (("ins", "del"), ("del", "ins")):
        version = deepcopy(tree)
        etree.strip_elements(version, dropped, with_tail=False)
        etree.strip_tags(version, kept)
        texts.append(_extract(version))
    return [text for text in dict.fromkeys(texts) if text]


def _two_columns(tree: Any) -> list[list[str]] | None:
    """The paragraphs of two versions that stand side by side: in a table whose rows have two cells, labelled or alike."""
    for table in tree.iter("table"):
        rows = [cells for row in table.iter("tr") if len(cells := [cell for cell in row if cell.tag in ("td", "th")]) == 2]
        texts = [(_cell(older, "ins"), _cell(newer, "del")) for older, newer in rows]
        labels = [row for row in texts if all(map(_LABEL.fullmatch, row))]
        alike = sum(older == newer and len(older.split()) >= 5 for older, newer in texts)
        if labels or (alike >= 2 and len(rows) >= 3):
            texts = [row for row in texts if row not in labels]
            return [[text for text in column if text] for column in zip(*texts, strict=True)]
    return None


def _cell(cell: Any, dropped: str) -> str:
    from lxml import etree

    cell = deepcopy(cell)
    cell.tail = None
    etree.strip_elements(cell, dropped, with_tail=False)
    return " ".join(cell.text_content().split())


def _extract(tree: Any) -> str:
    """The paragraphs of the article, else of the whole page where none is found."""
    from trafilatura import bare_extraction

    _silence()
    found = None if _is_huge(tree) else bare_extraction(deepcopy(tree), include_comments=False, with_metadata=False)
    body = (getattr(found, "text", None) or "").split("\n")
    lines = [line for text in body if (line := text.strip())] or list(_plain_lines(tree))
    return "\n\n".join(lines)


def _is_huge(tree: Any) -> bool:
    return sum(1 for _ in itertools.islice(tree.iter(), _MOST_ELEMENTS)) == _MOST_ELEMENTS


def _plain_lines(tree: Any) -> Iterator[str]:
    body = tree if tree.tag == "body" else tree.find("body")
    if body is None:
        return
    blocks = [element for element in body.iter(*_BLOCKS) if not any(True for _ in element.iterdescendants(*_BLOCKS))]
    for element in blocks or [body]:
        if line := " ".join(element.text_content().split()):
            yield line


def _with_title(draft: Draft, title: str | None) -> Draft:
    """The draft, its first paragraph named title where it is the page's own."""
    if title:
        for at, piece in enumerate(draft.pieces[:3]):
            if piece.name in ("", "title") and tidy(piece.text).casefold() == title.casefold():
                named = replace(piece, name="title", basis="stated")
                return replace(draft, pieces=(*draft.pieces[:at], named, *draft.pieces[at + 1 :]))
    return draft


def _of(piece: Piece, version: str, shift: int) -> Piece:
    return replace(piece, version=version, start=piece.start + shift, end=piece.end + shift)


def _silence() -> None:
    # What they log is no concern of a reader of one article: an error is told in one line, by us.
    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
