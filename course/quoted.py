"""Quoted phrases and contested claims in running text, held against the passages that the text cites."""

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from helpers.annotation import annotations
from helpers.articles import find_originals, load_articles, load_catalogue
from helpers.codebook import load_codebook
from helpers.conflict import conflicts
from helpers.events import consultations, contributions, incidents, invocations, timeline
from helpers.paths import seeds_folder
from helpers.treaties import provisions

_PHRASE = re.compile(r"“([^“”]+)”")
_OTHER_SIGNS = re.compile(r'(?<![\w=])"([^"“”\n]+)"(?!\w)|«\s*([^«»\n]+?)\s*»')
_CODE = re.compile(r"`[^`\n]*`|<[A-Za-z][^<>]*>")
_MARKS = re.compile(r"[“”„\"‘’'`*_]")
_GAP = re.compile(r"\s*(?:\[?…\]?|\[?\.\.\.\]?|\[[^\]]*\])\s*")
# What calls a claim contested. “Contested” in quotation marks, or *contested* in italics, is a word and calls nothing so.
_CONTESTED = re.compile(
    r"\b(?:is|are|was|were|be|remains?|stays?|still)(?: \w+ly)? contested\b|\bcontested (?:claim|point|fact|figure|number|question)s?\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"single[- ]source", re.IGNORECASE)


@dataclass(frozen=True)
class Citations:
    """What a text may cite, and the course's own words that it may put in quotation marks."""

    passages: dict[str, str]  # id of a passage or annotation -> id of the passage
    texts: dict[str, dict[str, str]]  # passage -> edition -> text
    records: dict[str, str]  # id of a provision, conflict, event or incident -> all that the case says of it
    conflicts: frozenset[str]
    articles: frozenset[str]
    own: frozenset[str]  # labels of the codebook, such as “not reported”

    def find_ids(self, text: str, known: Iterable[str]) -> list[str]:
        """The known ids that a text names, also inside a range such as ``E17–E21``."""
        named = {word.strip(".:-") for word in re.findall(r"[\w:.-]+", _expand(text))}
        return [id for id in known if id in named]


def load_citations() -> Citations:
    """The passages, annotations and records of the case; originals only when all of them are in place."""
    files = [path for path in sorted(seeds_folder().rglob("*")) if path.is_file()]
    return _load(tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files))


@functools.lru_cache(maxsize=2)
def _load(stamp: tuple[tuple[str, int, int], ...]) -> Citations:
    # The stamp is the state of the case's files: twenty rules ask for the same one, which takes half a second to read.
    editions = ["reading"]
    if set(find_originals()) >= {entry["sha256"] for entry in load_catalogue()["articles"]}:
        editions.append("original")
    texts: dict[str, dict[str, str]] = {}
    for edition in editions:
        for article in load_articles(edition):
            for passage in (passage for version in article.versions for passage in version.passages):
                texts.setdefault(passage.id, {})[edition] = passage.text
    marks = {mark.id: mark.passage for mark in annotations(kind=None) if mark.passage in texts}  # another check tells of the others
    points = conflicts()
    return Citations(
        passages={id: id for id in texts} | marks,
        texts=texts,
        records=_records() | {one.id: f"{one.point} {one.record} {one.note}" for one in points},
        conflicts=frozenset(one.id for one in points),
        articles=frozenset(entry["id"] for entry in load_catalogue()["articles"]),
        own=_own_words(),
    )


def _records() -> dict[str, str]:
    clauses = {str(id): _joined(own.to_numpy().ravel()) for id, own in provisions().groupby("provision")}
    tables = (timeline(), consultations(), invocations(), contributions())
    rows = {str(row["id"]): _joined(row.values()) for table in tables for row in table.to_dict("records")}
    return clauses | rows | {id: str(entry) for id, entry in incidents().items()}


def _own_words() -> frozenset[str]:
    book = load_codebook()
    codes = [*book.stances.values(), *book.voices.values(), *book.confidence.values(), *book.issues.values()]
    return frozenset({book.blank.casefold(), *(code.label.casefold() for code in codes)})


def _joined(cells: Iterable[object]) -> str:
    return " ".join(map(str, cells))


def lost_quotations(text: str, known: Citations, cited: Iterable[str] = ()) -> Iterator[str]:
    """What is wrong with the quoted phrases of a text that cites passages or annotations, itself or by ``cited``.

    A phrase in “ ” must stand in one of the cited passages or records, word for word, in every edition at hand. Left-out
    words are marked by … or [ ]; the case of the first letter and the full stop at the end are the writer's own. A label of
    the codebook may stand in quotation marks anywhere. Straight marks and « » beside an id are told, since nobody looks there.

    Examples
    --------
    >>> known = load_citations()
    >>> list(lost_quotations("It calls this an “act of peace” (stripes-2015:p06).", known))
    ['“act of peace” is not in stripes-2015:p06 (reading edition); quote word for word, or mark words that are no quotation like ‘this’']
    >>> list(lost_quotations("France called it an “act of war” (stripes-2015:p06).", known))
    []
    """
    phrases = [phrase for phrase in _PHRASE.findall(text) if phrase.strip(" .,;:!?").casefold() not in known.own]
    others = [match[1] or match[2] for match in _OTHER_SIGNS.finditer(_CODE.sub("", text))]
    whole = f"{text} {' '.join(cited)}"
    ids = known.find_ids(whole, known.passages) if phrases or others else []
    passages = list(dict.fromkeys(known.passages[id] for id in ids))
    if not passages:
        return
    for phrase in others:
        yield f"“{phrase}” is marked as a quotation by other signs; write “{phrase}”"
    records = known.find_ids(whole, known.records)
    for phrase in phrases:
        for edition in dict.fromkeys(edition for id in passages for edition in known.texts[id]):
            # A passage that one edition only has is held against that one.
            sources = [known.texts[id].get(edition) or "".join(known.texts[id].values()) for id in passages]
            sources += [known.records[id] for id in records]
            if not any(_stands_in(phrase, source) for source in sources):
                todo = "quote word for word, or mark words that are no quotation like ‘this’"
                yield f"“{phrase}” is not in {', '.join([*passages, *records])} ({edition} edition); {todo}"
                break


def single_source(text: str, known: Citations, cited: Iterable[str] = ()) -> str:
    """What is wrong with a contested claim that rests on one article and does not say so; empty when nothing is.

    A text is about a contested claim when it names a conflict of the case or says “contested” (see ``_CONTESTED``).

    Examples
    --------
    >>> single_source("The toll is contested (stripes-2015:p03).", load_citations())
    'a contested claim cites one article (stripes-2015); cite passages of two, or say that it is single-source'
    """
    disputed = known.find_ids(text, known.conflicts) or _CONTESTED.findall(text)
    if not disputed or _LABEL.search(text):
        return ""
    whole = f"{text} {' '.join(cited)}"
    articles = {known.passages[id].partition(":")[0] for id in known.find_ids(whole, known.passages)}
    articles.update(known.find_ids(whole, known.articles))
    if len(articles) > 1:
        return ""
    cites = f"cites one article ({min(articles)})" if articles else "cites no article"
    return f"a contested claim {cites}; cite passages of two, or say that it is single-source"


def _stands_in(phrase: str, source: str) -> bool:
    """Whether the parts of a phrase stand in a source as whole words, one after the other; there is at least one."""
    parts, text, at = [part for part in map(_plain, _GAP.split(phrase)) if part], _plain(source), 0
    for part in parts:
        first = f"[{re.escape(part[0])}{re.escape(part[0].swapcase())}]"
        found = re.compile(rf"(?<!\w){first}{re.escape(part[1:])}s?(?!\w)").search(text, at)  # a possessive has lost its mark
        if found is None:
            return False
        at = found.end()
    return bool(parts)


def _plain(text: str) -> str:
    return " ".join(_MARKS.sub("", text).replace("–", "-").replace("—", "-").split()).strip(" .,;:!?")


def _expand(text: str) -> str:
    def every(match: re.Match[str]) -> str:
        letter, first, last = match[1], int(match[2]), int(match[3])
        return " ".join(f"{letter}{number:0{len(match[2])}}" for number in range(first, min(last, first + 99) + 1))

    return re.sub(r"(?<![\w:-])([A-Z])(\d{2,})\s*(?:–|-| to )\s*\1(\d{2,})(?![\w-])", every, text)
