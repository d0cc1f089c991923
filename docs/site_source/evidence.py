"""What the course rests on, as pages: each article's passages in the reading edition with their codes folded away, and the conflicts."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from helpers.annotation import Annotation, annotations
from helpers.articles import Article, Passage, load_articles, load_catalogue
from helpers.codebook import Codebook, load_codebook, with_minus
from helpers.conflict import Conflict, conflicts
from helpers.counted_nouns import count_of

from .links import anchor_of
from .tables import table

FOLDER = "case"
KINDS = ("stance", "quotation", "claim", "conflict")  # which annotations a passage shows, in this order
Codes = Mapping[str, list[Annotation]]


def page_of(article: Article) -> str:
    """The staged file of an article."""
    return f"{FOLDER}/{article.id}.md"


def passage_anchors() -> dict[str, dict[str, str]]:
    """The anchors of passages and of the codes on them by their ids, for each article by its staged file."""
    places: dict[str, dict[str, str]] = {}
    for article in load_articles("reading"):
        ids = [passage.id for version in article.versions for passage in version.passages]
        places[page_of(article)] = {id: anchor_of("passage", id) for id in ids}
        places[page_of(article)] |= {mark.id: anchor_of("passage", mark.passage) for mark in annotations(article.id)}
    return places


def conflict_anchors() -> dict[str, str]:
    """The anchor of each conflict by its id."""
    return {one.id: anchor_of("conflict", one.id) for one in conflicts()}


def articles_text(articles: Iterable[Article]) -> str:
    """The page that leads to the articles, in Markdown."""
    entries = {entry["id"]: entry for entry in load_catalogue()["articles"]}
    rows = [
        [f"[{one.outlet}]({one.id}.md)", f"`{one.id}`", str(one.published or "unknown"), entries[one.id].get("kind", "")]
        for one in articles
    ]
    return f"""# The articles, passage by passage

The articles are in copyright and are not here. What is here is the **reading edition**: every passage retold in our own words, with its
facts, figures, names and attributions, and with quoted phrases of at most eight words. Where a lesson names a passage, its id leads here.

{table(["article", "id", "published", "what it is"], rows)}

[Where the articles differ](conflicts.md) from each other, or from the record, is a page of its own.
"""


def article_text(article: Article) -> str:
    """An article's page in Markdown: what is known of its origin, then its passages with their codes."""
    entry = next(entry for entry in load_catalogue()["articles"] if entry["id"] == article.id)
    book, codes = load_codebook(), _codes_by_passage(article.id)
    parts = [f"# {article.outlet}", *([f"“{article.title}”"] if article.title else []), _origin(article, entry)]
    for version in article.versions:
        if version.id:
            parts.append(f"## Version {version.id}\n\nHow the versions are known: *{version.basis}*. {book.bases[version.basis].meaning}")
        else:
            parts.append("## Passages")
        parts += [_passage(passage, codes.get(passage.id, []), book) for passage in version.passages]
    return "\n\n".join(parts) + "\n"


def conflicts_text() -> str:
    """The page of conflicts in Markdown: each point, what the passages say, and the record as far as it is known."""
    book = load_codebook()
    parts = [
        "# Where the articles differ",
        "Points on which passages differ from each other or from the record. A point with passages of one article only is single-source.",
        *(_conflict(one, book) for one in conflicts()),
    ]
    return "\n\n".join(parts) + "\n"


def _origin(article: Article, entry: Mapping[str, Any]) -> str:
    authors = ", ".join(article.authors) or "not named"
    rows = [
        ["id", f"`{article.id}`"],
        ["what it is", entry.get("kind", "")],
        ["published", f"{article.published or 'unknown'} ({article.published_basis}). {entry.get('published_note', '')}".strip()],
        ["authors", f"{authors} ({article.authors_basis}). {entry.get('authors_note', '')}".strip()],
        ["address", f"`{entry['address']}`" if entry.get("address") else ""],
        ["rights", entry["rights"]],
    ]
    return table(["about", "this article"], rows)


def _passage(passage: Passage, marks: list[Annotation], book: Codebook) -> str:
    known = f" *({passage.basis}, confidence {passage.confidence})*" if passage.confidence is not None else ""
    parts = [f"**{passage.id.partition(':')[2]}**{known} {passage.text}"]
    if marks:
        lines = "\n".join(f"<li>{_tell(mark, book)}</li>" for mark in marks)
        parts.append(f"<details><summary>{count_of(len(marks), 'code')} on {passage.id}</summary>\n<ul>\n{lines}\n</ul>\n</details>")
    return f"({anchor_of('passage', passage.id)})=\n:::{{container}} passage\n" + "\n\n".join(parts) + "\n:::"


def _tell(mark: Annotation, book: Codebook) -> str:
    codes, quote = mark.codes, f"“{mark.quote.exact}”"
    if mark.kind == "stance":
        actor, issue, stance = book.actors[str(codes["actor"])], book.issues[str(codes["issue"])], book.stances[int(codes["stance"])]
        told = f"{actor.name}, {issue.label}: {with_minus(stance.code)} ({stance.label}), {book.voices[str(codes['voice'])].label}."
    elif mark.kind == "quotation":
        told = f"{codes['speaker'] or 'Nobody named'} {codes['verb']}: {book.voices[str(codes['voice'])].label}."
    elif mark.kind == "claim":
        verdict = str(codes["verdict"]).replace("-", " ")
        told = f"The passage says of {codes['provision']}: {codes['claim']} Checked: {verdict}. {codes['check']}"
    else:
        told = f"Conflict {codes['conflict']}: {codes['says']}"
    return f"<code>{mark.id}</code> {escape(f'{quote} {told} {mark.note}'.strip(), quote=False)}"


def _conflict(one: Conflict, book: Codebook) -> str:
    rows = [[mark.passage, str(mark.codes["says"]), f"“{mark.quote.exact}”"] for mark in one.passages]
    told = table(["passage", "says", "in these words"], rows) if rows else "No passage speaks of it."
    sure = f"({one.source}; {book.confidence[one.confidence].label})"
    single = " *Single-source.*" if len(one.articles) == 1 else ""
    label = f"({anchor_of('conflict', one.id)})=\n## {one.id} {one.point}"
    return "\n\n".join(filter(None, [label, told, f"**On record.** {one.record} {sure}{single}", one.note]))


def _codes_by_passage(article: str) -> Codes:
    codes: dict[str, list[Annotation]] = {}
    for kind in KINDS:
        for mark in annotations(article, kind=kind):
            codes.setdefault(mark.passage, []).append(mark)
    return codes
