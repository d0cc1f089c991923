"""Articles and mentions as the command prints them: JSON objects for programs, lines for readers."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from helpers.annotator import as_text, to_page
from helpers.articles import Article, find_originals, load_article, load_catalogue
from helpers.readers import read_article_file
from helpers.sources import Source, visible

_SHOWN = 60  # characters of a mention in a line for readers


def article_json(article: Article, source: Source | None = None) -> dict[str, Any]:
    """An article as ``course articles --json`` has it; of a file with how it was read, and with the text if that is not the file's."""
    data = asdict(article)
    data["published"] = {"date": article.published and article.published.isoformat(), "basis": data.pop("published_basis")}
    data["versions"] = [{"version": version.pop("id")} | version for version in data["versions"]]
    data["furniture"] = [{"name": span.name, "start": span.start, "end": span.end} for span in article.furniture]
    if source is not None:
        data |= _source_json(source)
    return data


def article_line(article: dict[str, Any]) -> str:
    """An article of :func:`article_json` in a line."""
    counts = ", ".join(
        f"{len(version['passages'])} passages{' in ' + version['version'] if version['version'] else ''}" for version in article["versions"]
    )
    day = f"{article['published']['date'] or 'no date'} ({article['published']['basis']})"
    parts = [article["id"], article["outlet"], day, f"{article['edition']} edition" if article["edition"] != "file" else "file", counts]
    return visible("  ".join(filter(None, [*parts, *article.get("notes", [])])))


def annotation_page(source: str, edition: str = "auto") -> dict[str, Any]:
    """The W3C AnnotationPage of an article of the case (by its id) or of any file.

    Positions are into the file's text. Where that is not what a reader of the file sees (a web page, another encoding, the
    reading edition), the page holds it as ``text``.
    """
    entry = next((entry for entry in load_catalogue()["articles"] if entry["id"] == source), None)
    if entry is None:
        article, read = read_article_file(Path(source))
        return to_page(article, read.text) | _source_json(read)
    article = load_article(source, edition)
    if article.edition == "original":
        article, read = read_article_file(find_originals()[entry["sha256"]])
        return to_page(article, read.text) | _source_json(read)
    article, text = as_text(article)
    return to_page(article, text) | {"text": text}


def mention_line(item: dict[str, Any]) -> str:
    """An item of an AnnotationPage in a line."""
    quote, place = item["target"]["selector"]
    exact = " ".join(quote["exact"].split())
    exact = exact if len(exact) <= _SHOWN else f"{exact[: _SHOWN - 1]}…"
    body = item["body"]
    speaker = f"  {body['speaker'] or 'no speaker'}" if "speaker" in body else ""
    value = "" if "speaker" in body else body["value"]
    return visible(f"{place['start']:6}-{place['end']:<6}  {body['kind']:12}  {value:12}{speaker}  {exact}".rstrip())


def _source_json(source: Source) -> dict[str, Any]:
    plain = source.kind == "text" and source.encoding == "utf-8" and "\r" not in source.text
    how = {"encoding": source.encoding, "encoding_basis": source.encoding_basis, "notes": list(source.notes)}
    return how if plain else how | {"text": source.text}
