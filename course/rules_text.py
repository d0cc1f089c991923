"""Rules on what a lesson says: quotations stand in their passages, contested claims in two articles, terms in the glossary."""

import re
from collections.abc import Iterator

from nbformat import NotebookNode

from .findings import Messages, prose_cells, prose_of
from .glossary_page import PAGE, find_links, load_terms, settle_links, slug_of
from .lessons import Lesson
from .quoted import load_citations, lost_quotations, single_source

_INLINE = re.compile(r"`[^`\n]*`")
_TERMS = re.compile(r"^\*\*Terms met\.\*\* .*$", re.MULTILINE)
# Paragraphs that list rather than claim.
_LISTING = re.compile(r"\*\*(?:Sources|Terms met|What next|Rights)\.\*\*")


def quotations_stand_in_their_passages(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """Every phrase in “ ” beside the id of a passage or annotation stands in the passage, in each edition at hand."""
    known = load_citations()
    for number, block in (*_blocks(notebook), *_headings(notebook)):
        for message in lost_quotations(block, known):
            yield number, message


def contested_claims_have_two_articles(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """A paragraph on a conflict, or one that calls a claim contested, cites two articles or says that it has a single source."""
    known = load_citations()
    for number, block in _blocks(notebook):
        if message := single_source(block, known):
            yield number, message


def terms_are_explained(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """Every term that the close lists is in the glossary, and linked to it where the lesson first uses it."""
    known = {entry["term"].lower(): entry["term"] for entry in load_terms()}
    for number, term in _terms_met(notebook):
        if term.lower() not in known:
            yield number, f"term “{term}” is not in the glossary; add it to seeds/glossary.toml"
        else:
            yield from _first_use(notebook, known[term.lower()], number)


def glossary_links_resolve(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """Every link to the glossary leads to a term, in the form that JupyterLab jumps to at the first click."""
    known = {slug_of(entry["term"]) for entry in load_terms()}
    for number, cell in prose_cells(notebook):
        for link in find_links(cell.source):
            if link[2] not in known:
                yield (
                    number,
                    f"the link “{link[1]}” leads to {PAGE}#{link[2]}, which does not exist; correct it, or add the term to the glossary",
                )
        if settle_links(cell.source) != cell.source:
            yield number, "a link to the glossary lacks 'cell-id='; run 'course refresh'"


RULES = (quotations_stand_in_their_passages, contested_claims_have_two_articles, terms_are_explained, glossary_links_resolve)


def _first_use(notebook: NotebookNode, term: str, close: int) -> Messages:
    word = re.compile(rf"(?<![\w-]){re.escape(term)}(?![\w-])", re.IGNORECASE)
    for number, block in ((number, _INLINE.sub(_blank, block)) for number, block in _blocks(notebook)):
        links = [link for link in find_links(block) if link[2] == slug_of(term)]
        plain = [use for use in word.finditer(block) if not any(link.start() <= use.start() < link.end() for link in find_links(block))]
        if links and (not plain or links[0].start() < plain[0].start()):
            return
        if plain and not block.startswith("|"):
            yield number, f"“{term}” is used here and not linked; write [{plain[0][0]}]({PAGE}#cell-id={slug_of(term)}) at its first use"
            return
    yield close, f"“{term}” is listed under Terms met and never linked; write [{term}]({PAGE}#cell-id={slug_of(term)}) at its first use"


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _terms_met(notebook: NotebookNode) -> Iterator[tuple[int, str]]:
    for number, cell in prose_cells(notebook):
        for paragraph in _TERMS.findall(cell.source):
            for term in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", paragraph):
                yield number, re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", term)


def _headings(notebook: NotebookNode) -> Iterator[tuple[int, str]]:
    for number, cell in prose_cells(notebook):
        yield from ((number, line) for line in prose_of(cell.source).split("\n") if line.startswith("#"))


def _blocks(notebook: NotebookNode) -> Iterator[tuple[int, str]]:
    """Paragraphs, bullets and table rows of the running prose: no title cell, heading, fence or list of sources."""
    for number, cell in prose_cells(notebook):
        if number == 1:
            continue
        text = re.sub(r"^#{1,6} .*$", "", prose_of(cell.source), flags=re.MULTILINE)
        for part in re.split(r"\n\s*\n|\n(?=\s*(?:[*+-]|\d+\.) |\|)", text):
            block = part.strip()
            if block and not _LISTING.match(block):
                yield number, block
