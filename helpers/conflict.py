"""Where the articles contradict each other or the record: the points, what is on record, and the passages that bear on them.

The points are ``conflicts.toml``; a passage bears on one through a reference annotation of kind ``conflict`` that names it.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from .annotation import Annotation, annotations
from .codebook import load_codebook
from .errors import SeedError
from .files import data_of, read_toml, require
from .parameters import check_date
from .paths import seeds_folder
from .publication import load_published

LATER = "Not known by the as-of day."
_NEEDED = ("id", "point", "record", "confidence", "source")


@dataclass(frozen=True)
class Conflict:
    """A point on which passages differ from each other or from the record.

    ``record`` says what is known, on the word of ``source`` and as surely as ``confidence`` (a code of the codebook), since
    the day ``known``; without that day it may be later than any. ``passages`` are annotations whose code ``says`` restates
    what each passage says. Where ``in_articles`` is false there are none, and ``note`` says why.
    """

    id: str
    point: str
    record: str
    confidence: str
    source: str
    note: str = ""
    in_articles: bool = True
    known: date | None = None
    passages: tuple[Annotation, ...] = ()

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles that it rests on: with one only, it is a single-source claim."""
        return tuple(dict.fromkeys(mark.article for mark in self.passages))


def conflicts(as_of: date | str | None = None) -> tuple[Conflict, ...]:
    """The conflicts of the case in the file's order, each with its passages in the catalogue's; none without a file.

    With ``as_of`` they are told as on that day: passages of articles that were out, conflicts that such a passage bears
    on, and in place of a record that was not known yet :data:`LATER`, without source, confidence and note.

    Raises
    ------
    SeedError
        When a row is malformed or has an unknown confidence, an id stands twice, a conflict that is in the articles has
        no passage, or an annotation names a conflict that does not exist.

    Examples
    --------
    >>> first = conflicts()[0]
    >>> first.id, [mark.passage for mark in first.passages]
    ('C01', ['stripes-2015:p03', 'atlantic-2015:p02'])
    >>> conflicts("2015-11-19")[0].record
    'Not known by the as-of day.'
    """
    return _load() if as_of is None else tuple(_tell(_load(), check_date("as_of", as_of)))


def load_points() -> dict[str, str]:
    """The points by their ids, whether or not a passage bears on them yet: what an author chooses from; none without a file.

    Raises
    ------
    SeedError
        When the file is malformed.

    Examples
    --------
    >>> load_points()["C01"]
    'How many people died in Paris'
    """
    path = seeds_folder() / "conflicts.toml"
    with data_of(path):
        return {str(row["id"]): str(row["point"]) for row in read_toml(path).get("conflicts", [])} if path.is_file() else {}


def _tell(found: tuple[Conflict, ...], day: date) -> Iterator[Conflict]:
    out = {article.id for article in load_published(day)}
    for one in found:
        told = replace(one, passages=tuple(mark for mark in one.passages if mark.article in out))
        if one.known is None or one.known > day:
            told = replace(told, record=LATER, source="", confidence="", note="")
        if told.passages:
            yield told


def _load() -> tuple[Conflict, ...]:
    path = seeds_folder() / "conflicts.toml"
    marks, known = annotations(kind="conflict"), load_codebook().confidence
    with data_of(path):
        data = read_toml(path) if path.is_file() else {}
        rows = data["conflicts"] if data.keys() - {"as_of"} else []  # another name is a slip, no name a case without any
    found: dict[str, Conflict] = {}
    for number, row in enumerate(rows, start=1):
        with data_of(Path(f"{path}, conflict {number}")):
            one = _read(row, marks)
        if one.id in found:
            raise SeedError(f"id {one.id} stands twice", where=str(path))
        _check(one, known, str(path))
        found[one.id] = one
    for mark in marks:
        if mark.codes["conflict"] not in found:
            where = f"{path.parent / 'annotations' / mark.article}.jsonl, {mark.id}"
            raise SeedError(f"conflict {mark.codes['conflict']!r} does not exist", where=where, todo="add it to conflicts.toml")
    return tuple(found.values())


def _read(row: dict[str, Any], marks: tuple[Annotation, ...]) -> Conflict:
    require(row, _NEEDED)
    if empty := [name for name in _NEEDED if not (isinstance(row[name], str) and row[name])]:
        raise ValueError(f"{empty[0]!r} is no text")
    if type(row.get("known", date.min)) is not date:
        raise ValueError("'known' is no day")
    return Conflict(**row, passages=tuple(mark for mark in marks if mark.codes["conflict"] == row["id"]))


def _check(one: Conflict, known: Collection[str], path: str) -> None:
    where = f"{path}, {one.id}"
    if one.confidence not in known:
        raise SeedError(f"confidence {one.confidence!r} is unknown", where=where, todo=f"use one of {', '.join(known)}")
    if one.in_articles and not one.passages:
        todo = "annotate one with kind 'conflict', or set in_articles = false and say why in a note"
        raise SeedError("no passage bears on it", where=where, todo=todo)
    if one.passages and not one.in_articles:
        raise SeedError(f"{one.passages[0].id} bears on it, though it is not in the articles", where=where, todo="drop one of the two")
    if not one.in_articles and not one.note:
        raise SeedError("it is not in the articles", where=where, todo="say why in a note")
