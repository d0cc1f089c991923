"""The seats of a simulated Council and the draft on its table.

Data: ``seats.toml`` of the case. A case without that file has no seats and no draft.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .codebook import load_codebook
from .errors import SeedError
from .files import data_of, read_toml
from .paths import seeds_folder
from .treaties import organisations, state_names


@dataclass(frozen=True)
class Claim:
    """An interest or a red line, with the ids that it rests on."""

    text: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Sentence:
    """A sentence of the draft; contested when it turns on issues of the codebook."""

    id: str
    text: str
    issues: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seat:
    """A place at the table.

    ``speaks_for`` holds codes of states or organisations, ``treaties`` the clauses to which the seat is a party,
    ``earlier`` the passages that it takes from an earlier version of an article, ``read_first`` a few to begin with.
    Interests and red lines stand here as far as passages support them; none means "not reported".
    """

    id: str
    name: str
    who: str
    speaks_for: tuple[str, ...]
    finding: str
    treaties: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    read_first: tuple[str, ...] = ()
    interests: tuple[Claim, ...] = ()
    red_lines: tuple[Claim, ...] = ()


@dataclass(frozen=True)
class Council:
    """How the Council works: its ``day`` (ISO text), what of a clause goes into a pack, and whose acts concern all.

    ``consultations_under`` is the clause whose parties know its earlier consultations; ``never`` says what is in no pack,
    and why.
    """

    day: str
    about: str
    elements: tuple[str, ...]
    common: tuple[str, ...] = ()
    consultations_under: str = ""
    never: tuple[tuple[str, str], ...] = ()


def seats() -> dict[str, Seat]:
    """The seats of the case by their ids, in the order of the table; empty where a case has none.

    Raises
    ------
    SeedError
        When an entry lacks a part, or speaks for nobody that the case knows.

    Examples
    --------
    >>> list(seats())[:3], seats()["ankara"].speaks_for
    (['paris', 'washington', 'moscow'], ('TUR',))
    """
    with data_of(_path()):
        found = {row["id"]: _read_seat(row) for row in _read().get("seats", [])}
    known = {*load_codebook().actors, *state_names(), *organisations()} if found else set()
    for seat in found.values():
        if not known & {*seat.speaks_for}:
            raise SeedError(f"{seat.id} speaks for nobody that the case knows", where=str(_path()), todo="use a code of the codebook")
    return found


def load_council() -> Council:
    """How the Council works.

    Raises
    ------
    SeedError
        When the case has no Council.

    Examples
    --------
    >>> load_council().day
    '2015-11-19'
    """
    if not _path().is_file():
        raise SeedError("this case has no Council", where=str(_path()), todo="add seats.toml, or choose another lesson")
    with data_of(_path()):
        row = _read()["council"]
        never = tuple((part["what"], part["why"]) for part in row.get("never", []))
        lists = {"elements": tuple(row["elements"]), "common": tuple(row.get("common", ()))}
        return Council(str(row["day"]), row["about"], **lists, consultations_under=row.get("consultations_under", ""), never=never)


def load_draft() -> tuple[Sentence, ...]:
    """The draft decision, sentence by sentence; a contested sentence names the issues that it turns on.

    Examples
    --------
    >>> [sentence.id for sentence in load_draft() if sentence.issues]
    ['2', '3', '4']
    """
    with data_of(_path()):
        return tuple(Sentence(row["id"], row["text"], tuple(row.get("issues", ()))) for row in _read().get("draft", []))


def _path() -> Path:
    return seeds_folder() / "seats.toml"


def _read() -> dict[str, Any]:
    return read_toml(_path()) if _path().is_file() else {}


def _read_seat(row: dict[str, Any]) -> Seat:
    return Seat(
        id=row["id"],
        name=row["name"],
        who=row["who"],
        speaks_for=tuple(row["speaks_for"]),
        finding=row["finding"],
        treaties=tuple(row.get("treaties", ())),
        earlier=tuple(row.get("earlier", ())),
        read_first=tuple(row.get("read_first", ())),
        interests=_read_claims(row.get("interests", [])),
        red_lines=_read_claims(row.get("red_lines", [])),
    )


def _read_claims(rows: list[dict[str, Any]]) -> tuple[Claim, ...]:
    return tuple(Claim(row["text"], tuple(row["evidence"])) for row in rows)
