"""Ids of evidence in running text (a prompt, a paragraph, a cell of a lesson): which of them do not exist."""

import functools
import re
from collections.abc import Set

from helpers.annotation import annotations
from helpers.articles import index_passages, load_articles
from helpers.conflict import conflicts
from helpers.events import consultations, contributions, incidents, invocations, timeline
from helpers.files import read_rows, read_toml
from helpers.paths import seeds_folder
from helpers.questions import load_items
from helpers.treaties import provisions

_RANGE = re.compile(r"(?<=\d\d)-(?=[A-Z]\d\d)")  # E17-E21, whose hyphen would make one word of two ids
_PASSAGE = re.compile(r"(?<![\w/.-])[\w-]+:(?:v\d+-)?p\d+(?!\w)")


def known_ids() -> frozenset[str]:
    """The ids of everything that a text may refer to: passages, annotations, events, provisions, items, conflicts, incidents."""
    passages = set(index_passages(load_articles("reading")))
    dated = {id for table in (timeline(), consultations(), invocations(), contributions()) for id in table["id"]}
    marks = {mark.id for mark in annotations(kind=None)}
    clauses, items, points = provisions()["provision"], {item.id for item in load_items()}, {one.id for one in conflicts()}
    return frozenset(passages | dated | marks | items | points).union(clauses, incidents())


def known_organisations() -> set[str]:
    """The codes of all organisations that the codebook or the table of members has."""
    book = read_toml(seeds_folder() / "codebook.toml")
    members = read_rows(seeds_folder() / "treaties" / "memberships.csv", ["org"])
    return {row["org"] for row in members} | {entry["code"] for entry in book.get("organisations", [])}


def find_lost(text: str, known: Set[str]) -> list[str]:
    """What is written like an id of the case but is none, in the order of the text.

    An id of the case tells how others are written: where ``E03`` exists, ``E99`` and ``E999`` are taken for ids, too.

    Examples
    --------
    >>> find_lost("See E03, E99 and the passage news-2015:p07.", {"E03", "news-2015:p06"})
    ['E99', 'news-2015:p07']
    """
    text = _RANGE.sub("–", text)
    found = [match for pattern in (_PASSAGE, _written(frozenset(known))) for match in pattern.finditer(text)]
    found.sort(key=lambda match: match.start())
    return list(dict.fromkeys(match[0] for match in found if match[0] not in known))


@functools.lru_cache(maxsize=4)
def _written(known: frozenset[str]) -> re.Pattern[str]:
    """What is written like one of these ids, passages aside: other digits, and more of them where there are two."""
    # One letter and one digit would be too common a shape: G7 is a group of states.
    ids = [id for id in known if ":" not in id and ("-" in id or len(re.findall(r"\d", id)) > 1)]
    shapes = {re.sub(r"\d+", lambda digits: rf"\d{{{len(digits[0])},}}", re.escape(id)) for id in ids}
    # Without any shape nothing is written like an id.
    return re.compile(rf"(?<![\w/.:-])(?:{'|'.join(sorted(shapes, key=len, reverse=True)) or '(?!)'})(?![\w-])")
