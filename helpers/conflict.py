"""Where the articles contradict each other or the record: the points, what is on record, and the passages that bear on them.

The points are ``conflicts.toml``; a passage bears on one through a reference annotation of kind ``conflict`` that names it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .annotation import Annotation, annotations
from .codebook import load_codebook
from .errors import SeedError
from .files import data_of, read_toml, require
from .paths import seeds_folder

_NEEDED = ("id", "point", "record", "confidence", "source")


@dataclass(frozen=True)
class Conflict:
    """A point on which passages differ from each other or from the record.

    ``record`` says what is known, on the word of ``source`` and as surely as ``confidence`` (a code of the codebook);
    ``passages`` are annotations whose code ``says`` restates what each passage says. Where ``in_articles`` is false there
    are none, and ``note`` says why.
    """

    id: str
    point: str
    record: str
    confidence: str
    source: str
    note: str = ""
    in_articles: bool = True
    passages: tuple[Annotation, ...] = ()


def conflicts() -> tuple[Conflict, ...]:
    """The conflicts of the case in the file's order, each with its passages in the catalogue's; none without a file.

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
    """
    path = seeds_folder() / "conflicts.toml"
    marks = annotations(kind="conflict")
    with data_of(path):
        rows = read_toml(path)["conflicts"] if path.is_file() else []
    found: dict[str, Conflict] = {}
    for number, row in enumerate(rows, start=1):
        with data_of(Path(f"{path}, conflict {number}")):
            one = _read(row, marks)
        if one.id in found:
            raise SeedError(f"id {one.id} stands twice", where=str(path))
        _check(one, str(path))
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
    return Conflict(**row, passages=tuple(mark for mark in marks if mark.codes["conflict"] == row["id"]))


def _check(one: Conflict, path: str) -> None:
    where = f"{path}, {one.id}"
    known = load_codebook().confidence
    if one.confidence not in known:
        raise SeedError(f"confidence {one.confidence!r} is unknown", where=where, todo=f"use one of {', '.join(known)}")
    if one.in_articles and not one.passages:
        todo = "annotate one with kind 'conflict', or set in_articles = false and say why in a note"
        raise SeedError("no passage bears on it", where=where, todo=todo)
    if one.passages and not one.in_articles:
        raise SeedError(f"{one.passages[0].id} bears on it, though it is not in the articles", where=where, todo="drop one of the two")
    if not one.in_articles and not one.note:
        raise SeedError("it is not in the articles", where=where, todo="say why in a note")
