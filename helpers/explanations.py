"""Rival explanations of one decision, and what bears on each: coded passages and dated records, for and against.

Data: ``explanations.toml``. A passage bears on an explanation through an annotation; article, phrase and voice are the
annotation's. A case without that file has no explanations, and every table is empty.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from .annotation import Annotation, annotations
from .codebook import load_codebook
from .errors import SeedError
from .files import data_of, read_toml, require
from .parameters import check_choice, check_date, last_day
from .paths import seeds_folder
from .publication import load_published

SIDES = ("for", "against")
_RIVALS = ["id", "explanation", "claim", "would tell it apart", "source", "confidence"]
_PASSAGES = ["id", "explanation", "side", "article", "passage", "phrase", "who tells", "why", "mark"]
_RECORDS = ["id", "explanation", "side", "known", "record", "source", "confidence"]


def rival_explanations() -> pd.DataFrame:
    """The rivals in the file's order: ``id, explanation, claim, would tell it apart, source, confidence``.

    Examples
    --------
    >>> "forum" in list(rival_explanations()["id"])
    True
    """
    rows = [
        (row["id"], row["label"], row["claim"], row["tells_apart"], row["source"], row["confidence"])
        for row in _read("explanations", ("id", "label", "claim", "tells_apart", "source", "confidence"))
    ]
    return pd.DataFrame(rows, columns=_RIVALS)


def explanation_passages(id: str | None = None, as_of: date | str | None = None) -> pd.DataFrame:
    """The coded passages that bear on the explanations, from articles that were out by a day, one row each.

    Of an article seen in several versions the latest counts, and two marks on one passage count as one.

    Parameters
    ----------
    id : str, optional
        One explanation; all when left out.
    as_of : datetime.date or str, optional
        Passages of articles published later are left out.

    Returns
    -------
    pandas.DataFrame
        Columns ``id, explanation, side (for, against), article, passage, phrase, who tells, why, mark``.

    Raises
    ------
    SeedError
        When a row names an explanation, an annotation or a side that does not exist, or a passage twice.
    ParameterError
        When the explanation is unknown.
    """
    labels = dict(rival_explanations()[["id", "explanation"]].itertuples(index=False))
    marks, rows = {mark.id: mark for mark in annotations(kind=None)}, []
    latest = {passage.id for article in load_published(as_of) for passage in article.version().passages}
    for row in _read("passages", ("explanation", "mark", "side", "teller", "why")):
        _check_row(row, labels, marks)
        mark = marks[row["mark"]]
        told = (row["explanation"], labels[row["explanation"]], row["side"], mark.article, mark.passage, mark.quote.exact)
        rows.append((*told, row["teller"], row["why"], mark.id))
    table = pd.DataFrame(rows, columns=_PASSAGES)
    if twice := [row.mark for row in table[table.duplicated(["id", "passage"])].itertuples()]:
        raise SeedError(f"{twice[0]} is on a passage that bears on this explanation already", where=str(_path()), todo="keep one row")
    return _only(id, labels, table[table["passage"].isin(latest)])


def explanation_records(id: str | None = None, as_of: date | str | None = None) -> pd.DataFrame:
    """What bears on the explanations from outside the articles: ``id, explanation, side, known, record, source, confidence``.

    A record without the day ``known`` (ISO text) may be later than any, and is left out where ``as_of`` is given.
    """
    labels = dict(rival_explanations()[["id", "explanation"]].itertuples(index=False))
    rows = []
    for row in _read("records", ("explanation", "side", "what", "source", "confidence")):
        _check_row(row, labels, {})
        told = (row["explanation"], labels[row["explanation"]], row["side"], str(row.get("known", "")))
        rows.append((*told, row["what"], row["source"], row["confidence"]))
    table = pd.DataFrame(rows, columns=_RECORDS)
    if as_of is not None:
        day = check_date("as_of", as_of).isoformat()
        table = table[(table["known"] != "") & (table["known"].map(last_day) <= day)]
    return _only(id, labels, table)


def weigh_explanations(as_of: date | str | None = None) -> pd.DataFrame:
    """How many coded passages bear on each explanation: ``explanation, side, article, passages``, without zeros.

    Examples
    --------
    >>> list(weigh_explanations().columns)
    ['explanation', 'side', 'article', 'passages']
    """
    table = explanation_passages(as_of=as_of)
    counts = table.groupby(["explanation", "side", "article"], sort=False).size().reset_index(name="passages")
    return counts.astype({"passages": int})


def _only(id: str | None, labels: dict[str, str], table: pd.DataFrame) -> pd.DataFrame:
    if id is not None:
        table = table[table["id"] == check_choice("explanation", id, labels)]
    order = {name: number for number, name in enumerate([*labels, *SIDES])}
    return table.sort_values(["id", "side"], key=lambda names: names.map(order), kind="stable", ignore_index=True)


def _check_row(row: dict[str, Any], labels: dict[str, str], marks: dict[str, Annotation]) -> None:
    known = {"explanation": labels, "side": SIDES} | ({"mark": marks} if "mark" in row else {})
    known |= {"confidence": load_codebook().confidence} if "confidence" in row else {}
    for name, allowed in known.items():
        if row[name] not in allowed:
            raise SeedError(f"{name} {row[name]!r} does not exist", where=str(_path()), todo="correct it, or remove the row")


def _path() -> Path:
    return seeds_folder() / "explanations.toml"


def _read(name: str, needed: tuple[str, ...]) -> list[dict[str, Any]]:
    if not _path().is_file():
        return []
    with data_of(_path()):
        rows = read_toml(_path()).get(name, [])
        for row in rows:
            require(row, needed)
        return rows
