"""Stand-off annotations: a coded stance on a phrase of a passage, kept apart from the text.

Files are ``annotations/<article>.jsonl``, one W3C Web Annotation a line. Because the target is a passage id and a
quoted phrase, the same annotation anchors in the reading edition and in the original.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .anchors import Quote, find_quote
from .articles import Article, load_catalogue
from .errors import CourseError, SeedError
from .files import read_json_lines
from .parameters import check_choice
from .paths import seeds_folder

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_CODES = ("actor", "issue", "stance", "voice", "coder")


@dataclass(frozen=True)
class Annotation:
    """A stance code (-2 to 2) on a phrase, by a coder, with the voice in which the passage tells it."""

    id: str
    passage: str
    quote: Quote
    actor: str
    issue: str
    stance: int
    voice: str
    coder: str = "reference"
    note: str = ""

    @property
    def article(self) -> str:
        """The id of the article that the passage belongs to."""
        return self.passage.partition(":")[0]


def annotations(article: str | None = None) -> tuple[Annotation, ...]:
    """The case's annotations, of one article or of all, in the catalogue's order.

    Raises
    ------
    SeedError
        When a line is malformed, or two annotations share an id; file and line are named.
    ParameterError
        When there is no such article.

    Examples
    --------
    >>> len(annotations()), annotations("wsws-2015")[0].quote.exact
    (76, 'a "grand coalition" against IS including the United')
    """
    found: dict[str, Annotation] = {}
    entries = load_catalogue()["articles"]
    if article is not None:
        check_choice("article", article, [entry["id"] for entry in entries])
    for entry in entries:
        path = seeds_folder() / "annotations" / f"{entry['id']}.jsonl"
        if article in (None, entry["id"]) and path.is_file():
            for number, data in read_json_lines(path):
                one = from_w3c(data, where=f"{path}:{number}")
                if one.id in found:
                    raise SeedError(f"id {one.id} stands twice", where=f"{path}:{number}", todo="ids are unique in a case")
                found[one.id] = one
    return tuple(found.values())


def unanchored(articles: Iterable[Article], marks: Iterable[Annotation]) -> list[tuple[Annotation, str]]:
    """The annotations whose phrase is not found in these articles, each with the reason; empty when all anchor."""
    texts = {passage.id: passage.text for one in articles for version in one.versions for passage in version.passages}
    lost = []
    for mark in marks:
        if mark.passage not in texts:
            lost.append((mark, f"passage {mark.passage} does not exist"))
        elif find_quote(texts[mark.passage], mark.quote) is None:
            lost.append((mark, f"“{mark.quote.exact}” is not in {mark.passage}, or its place is ambiguous"))
    return lost


def build(rows: Iterable[Mapping[str, Any]], articles: Iterable[Article]) -> tuple[list[Annotation], list[tuple[str, str]]]:
    """Annotations from coded rows, and the rows that do not anchor, each with the reason.

    A row holds a phrase, the version it stands in (blank where the article has one, ``v1?`` where that is inferred)
    and its codes: ``id, actor, issue, stance, voice, note``. The phrase must stand in one passage only.
    """
    passages = [(version.id, passage) for one in articles for version in one.versions for passage in version.passages]
    built, lost = [], []
    for row in rows:
        quote = Quote(row["phrase"], row.get("prefix", ""), row.get("suffix", ""))
        version = row["version"].rstrip("?") or None
        places = [passage for name, passage in passages if name == version and find_quote(passage.text, quote)]
        if len(places) != 1:
            lost.append((row["id"], f"“{quote.exact}” stands for certain in {len(places)} passages, not in one"))
            continue
        codes = {name: row[name] for name in ("actor", "issue", "stance", "voice")}
        notes = [row["note"], "version inferred" if row["version"].endswith("?") else ""]
        built.append(Annotation(row["id"], places[0].id, quote, **codes, note="; ".join(filter(None, notes))))
    return built, lost


def to_w3c(mark: Annotation) -> dict[str, Any]:
    """The annotation as a W3C Web Annotation (a JSON-LD object)."""
    selector = {"type": "TextQuoteSelector", "exact": mark.quote.exact}
    selector |= {name: text for name in ("prefix", "suffix") if (text := getattr(mark.quote, name))}
    body = {"type": "TextualBody", "purpose": "classifying", "value": f"{mark.actor} {mark.issue} {mark.stance:+d}"}
    body |= {name: getattr(mark, name) for name in _CODES} | ({"note": mark.note} if mark.note else {})
    target = {"source": mark.passage, "selector": selector}
    return {"@context": _CONTEXT, "id": mark.id, "type": "Annotation", "motivation": "classifying", "body": body, "target": target}


def from_w3c(data: Mapping[str, Any], where: str = "") -> Annotation:
    """The annotation that a W3C Web Annotation of this package describes."""
    try:
        body, target = data["body"], data["target"]
        selector = target["selector"]
        quote = Quote(selector["exact"], selector.get("prefix", ""), selector.get("suffix", ""))
        codes = {name: body[name] for name in _CODES}
        texts = [data["id"], target["source"], *vars(quote).values(), *(codes[name] for name in _CODES if name != "stance")]
        if not all(isinstance(text, str) for text in texts) or not isinstance(codes["stance"], int):
            raise SeedError("an id, a phrase or a code is no text, or the stance no whole number", where=where)
        return Annotation(data["id"], target["source"], quote, **codes, note=body.get("note", ""))
    except (KeyError, TypeError) as error:
        raise SeedError(f"not an annotation of a stance: {error} is missing", where=where) from None


def to_lines(marks: Iterable[Annotation]) -> str:
    """The annotations as JSON Lines, one W3C object a line."""
    return "".join(json.dumps(to_w3c(mark), ensure_ascii=False) + "\n" for mark in marks)


def read_coded_rows(path: Path) -> list[dict[str, Any]]:
    """Coded rows from a JSON file (a list of objects), for :func:`build`."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise CourseError(f"no coded rows can be read: {error}", where=str(path)) from None
    if not isinstance(rows, list):
        raise CourseError("not a list of rows", where=str(path))
    needed = {"id", "version", "phrase", "actor", "issue", "stance", "voice", "note"}
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            raise CourseError(f"row {number} is no object", where=str(path))
        if missing := sorted(needed - set(row)):
            raise CourseError(f"row {number} lacks {missing[0]!r}", where=str(path))
        if odd := sorted(name for name in needed - {"stance"} if not isinstance(row[name], str)):
            raise CourseError(f"row {number}: {odd[0]!r} is no text", where=str(path))
    return rows
