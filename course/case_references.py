"""Ids of evidence in running text (a prompt, a paragraph, a cell of a lesson): which of them do not exist."""

import re

from helpers.annotation import annotations
from helpers.articles import load_articles
from helpers.events import consultations, contributions, incidents, invocations, timeline
from helpers.files import read_rows, read_toml
from helpers.paths import seeds_folder
from helpers.questions import load_items
from helpers.treaties import provisions

_PASSAGE = re.compile(r"(?<![\w/.-])[\w-]+:(?:v\d+-)?p\d+(?!\w)")


def known_ids() -> set[str]:
    """The ids of everything that a text may refer to: passages, annotations, events, provisions, items, incidents."""
    passages = {passage.id for one in load_articles("reading") for version in one.versions for passage in version.passages}
    dated = {id for table in (timeline(), consultations(), invocations(), contributions()) for id in table["id"]}
    marks = {mark.id for mark in annotations(kind=None)}
    return passages | dated | marks | set(provisions()["provision"]) | {item.id for item in load_items()} | set(incidents())


def known_organisations() -> set[str]:
    """The codes of all organisations that the codebook or the table of members has."""
    book = read_toml(seeds_folder() / "codebook.toml")
    members = read_rows(seeds_folder() / "treaties" / "memberships.csv", ["org"])
    return {row["org"] for row in members} | {entry["code"] for entry in book.get("organisations", [])}


def find_lost(text: str, known: set[str]) -> list[str]:
    """What is written like an id of the case but is none, in the order of the text.

    An id of the case tells how others are written: where ``E03`` exists, ``E99`` is taken for an id, too.

    Examples
    --------
    >>> find_lost("See E03, E99 and the passage news-2015:p07.", {"E03", "news-2015:p06"})
    ['E99', 'news-2015:p07']
    """
    # One letter and one digit would be too common a shape: G7 is a group of states.
    ids = [id for id in known if ":" not in id and ("-" in id or len(re.findall(r"\d", id)) > 1)]
    shapes = {re.sub(r"\d", r"\\d", re.escape(id)) for id in ids}
    written = re.compile(rf"(?<![\w/.:-])(?:{'|'.join(sorted(shapes, key=len, reverse=True))})(?![\w-])") if shapes else _PASSAGE
    found = sorted([*_PASSAGE.finditer(text), *written.finditer(text)], key=lambda match: match.start())
    return list(dict.fromkeys(match[0] for match in found if match[0] not in known))
