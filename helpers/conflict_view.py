"""Conflicts to read: who says what, in which passage and words, and what is on record, as far as it was known by a day."""

from collections.abc import Collection
from datetime import date

import pandas as pd

from .articles import load_articles
from .codebook import load_codebook
from .conflict import LATER, Conflict, conflicts
from .parameters import check_choice, check_choices
from .tables import with_confidence
from .views import View, paragraph, say, table_html, table_text


def conflict_table(ids: Collection[str] | None = None, as_of: date | str | None = None) -> pd.DataFrame:
    """Conflicts with passages, one row each: ``id, point, rests on, record, source, confidence``.

    Parameters
    ----------
    ids : collection of str, optional
        The conflicts to tell; all when left out.
    as_of : date or str, optional
        The last day that may be known; conflicts that no article of that day bears on are left out.

    Raises
    ------
    ParameterError
        When there is no such conflict.

    Examples
    --------
    >>> conflict_table(["C01", "C08"], as_of="2015-11-18")[["id", "rests on", "record"]].to_numpy().tolist()[1][:2]
    ['C08', 'single source: wsws-2015']
    """
    wanted = [one.id for one in conflicts()]
    if ids is not None:
        wanted = check_choices("ids", ids, wanted)
    rows = [
        {"id": one.id, "point": one.point, "rests on": _count(one), **_record(one)}
        for one in conflicts(as_of)
        if one.id in wanted and one.passages
    ]
    return with_confidence(pd.DataFrame(rows, columns=["id", "point", "rests on", "record", "source", "confidence"]))


def show_conflict(id: str, as_of: date | str | None = None) -> View:
    """One conflict: each passage with its date, phrase and sense, then the record with source and confidence.

    Raises
    ------
    ParameterError
        When there is no such conflict.

    Examples
    --------
    >>> print(show_conflict("C01", "2015-11-16").text)
    C01: How many people died in Paris (2 articles: stripes-2015, atlantic-2015)
    passage | published | words | says
    stripes-2015:p03 | 2015-11-16 | “130 people” | More than 130 died.
    atlantic-2015:p02 | 2015-11-16 | “129 people” | 129 died.
    On record: Not known by the as-of day.
    """
    check_choice("conflict", id, [one.id for one in conflicts()])
    told = next((one for one in conflicts(as_of) if one.id == id), None)
    if told is None:
        return say(f"{id}: no article published up to {as_of} bears on it.")
    head, table, record = f"{id}: {told.point} ({_count(told)})", _sides(told), _tell_record(told)
    body = table_html(table) if len(table) else ""
    parts = [head, table_text(table) if len(table) else "", record]
    return View("\n".join(filter(None, parts)), f"<p>{paragraph(head, 'strong')}</p>{body}{paragraph(record)}")


def _sides(one: Conflict) -> pd.DataFrame:
    days = {article.id: str(article.published or "") for article in load_articles("reading")}
    rows = [(mark.passage, days[mark.article], f"“{mark.quote.exact}”", mark.codes["says"]) for mark in one.passages]
    return pd.DataFrame(rows, columns=["passage", "published", "words", "says"])


def _count(one: Conflict) -> str:
    if not one.articles:
        return "no article"
    label = "single source" if len(one.articles) == 1 else f"{len(one.articles)} articles"
    return f"{label}: {', '.join(one.articles)}"


def _record(one: Conflict) -> dict[str, str]:
    # What is not known yet has no source that could be sure or unsure.
    known = one.record != LATER
    return {"record": one.record, "source": one.source if known else "–", "confidence": one.confidence if known else "–"}


def _tell_record(one: Conflict) -> str:
    if one.record == LATER:
        return f"On record: {LATER}"
    label = load_codebook().confidence[one.confidence].label
    why = "" if one.passages else one.note  # elsewhere a note speaks to those who check the data
    return " ".join(filter(None, [f"On record: {one.record} ({one.source}; {label})", why]))
