"""Stand-off annotations: codes on a phrase of a passage, by a coder, kept apart from the text.

Files are ``annotations/<article>.jsonl`` for the reference coding and ``annotations/<coder>/<article>.jsonl`` for any
other coder, one W3C Web Annotation a line. Because the target is a passage id and a quoted phrase, the same
annotation anchors in the reading edition and in the original.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .anchors import Quote, find_quote
from .articles import Article, index_passages, load_catalogue
from .errors import CourseError, SeedError
from .files import parse_json_lines, parse_once, read_text
from .parameters import check_choice
from .paths import seeds_folder

REFERENCE = "reference"
VERDICTS = ("supported", "contradicted", "incomplete", "not-in-the-treaty")
_TYPES = {str: "text", int: "whole number"}
CONTEXT = "http://www.w3.org/ns/anno.jsonld"


@dataclass(frozen=True)
class Kind:
    """What an annotation of a kind holds, and how it reads as a W3C body."""

    codes: Mapping[str, type]
    value: str  # the body's text, a format of the codes
    purpose: str  # a motivation of the W3C model


KINDS = {
    "stance": Kind({"actor": str, "issue": str, "stance": int, "voice": str}, "{actor} {issue} {stance:+d}", "classifying"),
    "provision": Kind({"provision": str}, "{provision}", "identifying"),
    "quotation": Kind({"speaker": str, "verb": str, "voice": str, "on_behalf_of": str}, "{speaker}", "identifying"),
    "claim": Kind({"provision": str, "claim": str, "verdict": str, "check": str, "authority": str}, "{provision} {verdict}", "assessing"),
    "conflict": Kind({"conflict": str, "says": str}, "{conflict}", "commenting"),
}


@dataclass(frozen=True)
class Annotation:
    """Codes of one kind on a phrase of a passage, by a coder.

    ``codes`` are those that :data:`KINDS` lists for the kind, no more and no fewer: a stance has ``actor``, ``issue``,
    ``stance`` (a whole number) and ``voice``; a claim has a ``verdict`` of :data:`VERDICTS`.

    Raises
    ------
    CourseError
        When the kind is unknown, or a code is missing, of the wrong type, or not of this kind.

    Examples
    --------
    >>> mark = Annotation("second/X1", "a:p01", Quote("an ally"), "provision", {"provision": "NAT-5"}, coder="second")
    >>> mark.unit, mark.article
    ('X1', 'a')
    """

    id: str
    passage: str
    quote: Quote
    kind: str
    codes: Mapping[str, str | int] = field(hash=False)
    coder: str = REFERENCE
    note: str = ""

    def __post_init__(self) -> None:
        texts = {"id": self.id, "passage": self.passage, "coder": self.coder, "note": self.note, **vars(self.quote)}
        for name, text in texts.items():
            if type(text) is not str:
                raise CourseError(f"not an annotation: {name} is no text", where=str(self.id))
        _check_codes(self.id, self.kind, self.codes)

    @property
    def article(self) -> str:
        """The id of the article that the passage belongs to."""
        return self.passage.partition(":")[0]

    @property
    def unit(self) -> str:
        """What was coded, whoever coded it: ``second/E30`` and ``E30`` are two codings of the unit ``E30``."""
        return self.id.rpartition("/")[2]


def _check_codes(id: str, kind: Any, codes: Mapping[str, Any]) -> None:
    if not isinstance(kind, str) or kind not in KINDS:
        raise CourseError(f"not an annotation: kind {kind!r} is unknown", where=id, todo=f"use one of {', '.join(KINDS)}")
    known = KINDS[kind].codes
    for name, wanted in known.items():
        if name not in codes:
            raise CourseError(f"not an annotation of a {kind}: {name!r} is missing", where=id)
        if type(codes[name]) is not wanted:
            raise CourseError(f"not an annotation of a {kind}: {name!r} is no {_TYPES[wanted]}", where=id)
    for name in codes:
        if name not in known:
            raise CourseError(f"a {kind} has no code {name!r}", where=id, todo=f"it has {', '.join(known)}")
    if codes.get("verdict", VERDICTS[0]) not in VERDICTS:
        raise CourseError(f"verdict {codes['verdict']!r} is unknown", where=id, todo=f"use one of {', '.join(VERDICTS)}")


def annotations(article: str | None = None, kind: str | None = "stance", coder: str | None = REFERENCE) -> tuple[Annotation, ...]:
    """The case's annotations, in the catalogue's order: the reference coding of stances, unless asked otherwise.

    Parameters
    ----------
    article : str, optional
        An article's id; all articles when left out.
    kind : str or None
        A kind of :data:`KINDS`; ``None`` for all.
    coder : str or None
        ``"reference"``, or the name of another coder's folder; ``None`` for all coders.

    Raises
    ------
    SeedError
        When a line is malformed, or two annotations share an id; file and line are named.
    ParameterError
        When there is no such article, kind or coder.

    Examples
    --------
    >>> len(annotations()), annotations("wsws-2015")[0].quote.exact
    (76, 'a "grand coalition" against IS including the United')
    """
    ids = [entry["id"] for entry in load_catalogue()["articles"]]
    wanted = ids if article is None else [check_choice("article", article, ids)]
    coders = load_coders() if coder is None else [check_choice("coder", coder, load_coders())]
    if kind is not None:
        check_choice("kind", kind, KINDS)
    found: dict[str, Annotation] = {}
    for name in coders:
        for where, mark in (pair for id in wanted for pair in _read(name, id)):
            if mark.id in found:
                raise SeedError(f"id {mark.id} stands twice", where=where, todo="ids are unique in a case")
            found[mark.id] = mark
    return tuple(mark for mark in found.values() if kind in (None, mark.kind))


def load_coders() -> list[str]:
    """The coders of the case: ``"reference"`` first, then every folder of ``annotations/``."""
    return [REFERENCE, *sorted(path.name for path in (seeds_folder() / "annotations").glob("[!.]*/"))]


def _read(coder: str, article: str) -> list[tuple[str, Annotation]]:
    folder = seeds_folder() / "annotations"
    path = (folder if coder == REFERENCE else folder / coder) / f"{article}.jsonl"
    return _parse(read_text(path), str(path), coder) if path.is_file() else []


@parse_once
def _parse(text: str, path: str, coder: str) -> list[tuple[str, Annotation]]:
    found = []
    for number, data in parse_json_lines(text, path):
        where = f"{path}:{number}"
        mark = from_w3c(data, where=where)
        if mark.coder != coder or mark.id != (mark.unit if coder == REFERENCE else f"{coder}/{mark.unit}"):
            todo = "an id in a coder's folder starts with its name and a slash"
            raise SeedError(f"{mark.id} of coder {mark.coder!r} is no line of coder {coder!r}", where=where, todo=todo)
        found.append((where, mark))
    return found


def unanchored(articles: Iterable[Article], marks: Iterable[Annotation]) -> list[tuple[Annotation, str]]:
    """The annotations whose phrase is not found in these articles, each with the reason; empty when all anchor."""
    passages = index_passages(articles)
    lost = []
    for mark in marks:
        if mark.passage not in passages:
            lost.append((mark, f"passage {mark.passage} does not exist"))
        elif find_quote(passages[mark.passage].text, mark.quote) is None:
            lost.append((mark, f"“{mark.quote.exact}” is not in {mark.passage}, or its place is ambiguous"))
    return lost


def build(rows: Iterable[Mapping[str, Any]], articles: Iterable[Article]) -> tuple[list[Annotation], list[tuple[str, str]]]:
    """Stances from coded rows, and the rows that do not anchor, each with the reason.

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
        codes = {name: row[name] for name in KINDS["stance"].codes}
        notes = [row["note"], "version inferred" if row["version"].endswith("?") else ""]
        built.append(Annotation(row["id"], places[0].id, quote, "stance", codes, note="; ".join(filter(None, notes))))
    return built, lost


def to_w3c(mark: Annotation) -> dict[str, Any]:
    """The annotation as a W3C Web Annotation (a JSON-LD object)."""
    kind = KINDS[mark.kind]
    selector = {"type": "TextQuoteSelector", "exact": mark.quote.exact}
    selector |= {name: text for name in ("prefix", "suffix") if (text := getattr(mark.quote, name))}
    body = {"type": "TextualBody", "purpose": kind.purpose, "value": kind.value.format(**mark.codes), "kind": mark.kind}
    body |= {name: mark.codes[name] for name in kind.codes} | {"coder": mark.coder} | ({"note": mark.note} if mark.note else {})
    target = {"source": mark.passage, "selector": selector}
    return {"@context": CONTEXT, "id": mark.id, "type": "Annotation", "motivation": kind.purpose, "body": body, "target": target}


def from_w3c(data: Mapping[str, Any], where: str = "") -> Annotation:
    """The annotation that a W3C Web Annotation of this package describes.

    Raises
    ------
    SeedError
        When a part is missing, of the wrong type, or of no kind that is known.
    """
    try:
        body, target = data["body"], data["target"]
        selectors = target["selector"] if isinstance(target["selector"], list) else [target["selector"]]
        selector = {one["type"]: one for one in selectors}["TextQuoteSelector"]
        quote = Quote(selector["exact"], selector.get("prefix", ""), selector.get("suffix", ""))
        kind = KINDS.get(str(body["kind"]))
        codes = {name: body[name] for name in kind.codes if name in body} if kind else {}
        return Annotation(data["id"], target["source"], quote, body["kind"], codes, body["coder"], body.get("note", ""))
    except CourseError as error:
        raise SeedError(error.what, where=where, todo=error.todo) from None
    except KeyError as error:
        raise SeedError(f"not an annotation: {error} is missing", where=where) from None
    except (TypeError, AttributeError):
        raise SeedError("not an annotation: its body, target or selector is no object", where=where) from None


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
