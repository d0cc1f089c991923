"""Everything the finders know of a text, as one W3C AnnotationPage: who and what is mentioned, who said what.

Each version of an article is read by itself, so that a pronoun of one never points into the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from .articles import Article, Version
from .lexicon import find_mentions
from .mentions import Mention
from .quotations import find_quotations

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_CONTEXT_LENGTH = 32  # code points before and after an exact phrase


def annotate(text: str, published: date | None = None, spans: Sequence[tuple[int, int]] | None = None) -> list[Mention]:
    """All mentions and quotations in a text, in reading order.

    Parameters
    ----------
    text : str
        Any text; positions are code points into it.
    published : datetime.date, optional
        The day that "Monday" and "next week" are told from; without it such dates stay unresolved.
    spans : sequence of (int, int), optional
        The stretches of the text that are prose, in reading order; the whole text when left out.

    Examples
    --------
    >>> [(found.kind, found.value) for found in annotate("France has not invoked Article 5 of NATO’s charter.")]
    [('actor', 'FRA'), ('provision', 'NAT-5'), ('organisation', 'NATO')]
    """
    found = [*find_mentions(text, published, spans), *find_quotations(text, spans)]
    return sorted(found, key=lambda mention: (mention.start, -mention.end))


def annotate_article(article: Article, text: str) -> Iterator[tuple[str, Mention]]:
    """Each mention of an article with the id of the passage (or the name of the furniture) it stands in.

    ``text`` is the text that the article's offsets are into. A headline is read before the passages of its version.
    """
    titles = sorted((span.start, span.end) for span in article.furniture if span.name == "title")
    for number, version in enumerate(article.versions):
        own = titles[number : number + 1] if len(titles) == len(article.versions) else titles if not number else []
        places = [("title", *span) for span in own] + _places(version)
        spans = [(start, end) for _, start, end in places]
        for mention in annotate(text, article.published, spans):
            yield next((name for name, start, end in reversed(places) if start <= mention.start < end), ""), mention


def to_page(article: Article, text: str) -> dict[str, Any]:
    """The W3C AnnotationPage of an article (a JSON-LD object); its items in reading order, version by version."""
    found = enumerate(annotate_article(article, text), start=1)
    items = [_item(f"{article.id}#{number}", article.id, place, text, mention) for number, (place, mention) in found]
    return {"@context": _CONTEXT, "id": f"urn:annotations:{article.id}", "type": "AnnotationPage", "items": items}


def as_text(article: Article) -> tuple[Article, str]:
    """An article of the reading edition with the text that its passages make, and their offsets into it."""
    parts: list[str] = []
    versions, at = [], 0
    for version in article.versions:
        placed = []
        for passage in version.passages:
            placed.append(replace(passage, start=at, end=at + len(passage.text)))
            parts.append(passage.text)
            at += len(passage.text) + 2
        versions.append(replace(version, passages=tuple(placed)))
    return replace(article, versions=tuple(versions)), "\n\n".join(parts)


def _places(version: Version) -> list[tuple[str, int, int]]:
    return [(one.id, one.start, one.end) for one in version.passages if one.start is not None and one.end is not None]


def _item(id: str, source: str, place: str, text: str, mention: Mention) -> dict[str, Any]:
    start, end = mention.start, mention.end
    body: dict[str, Any] = {"type": "TextualBody", "purpose": "identifying", "kind": mention.kind, "value": mention.value}
    body |= {"optional": True} if mention.optional else {}
    quote = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - _CONTEXT_LENGTH) : start],
        "suffix": text[end : end + _CONTEXT_LENGTH],
    }
    selector = [quote, {"type": "TextPositionSelector", "start": start, "end": end}]
    target = {"source": source, "passage": place, "selector": selector}
    return {"id": id, "type": "Annotation", "motivation": "identifying", "body": body | dict(mention.details), "target": target}
