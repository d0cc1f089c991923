"""Who wrote when: the articles that were out by a day, where each of them stands, and what each of them could know."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

import pandas as pd

from .annotation import annotations
from .articles import Article, load_articles, load_catalogue
from .codebook import load_codebook
from .parameters import check_date, last_day

BEFORE, SAME_DAY, AFTER, UNDATED = "could know", "same day", "too late", "day not known"
_SELF = "themselves"


def load_published(as_of: date | str | None = None, edition: str = "reading") -> tuple[Article, ...]:
    """The articles that were out by a day, in the catalogue's order; one without a day may be later and is left out.

    Examples
    --------
    >>> [article.id for article in load_published("2015-11-17")]
    ['stripes-2015', 'atlantic-2015']
    """
    articles = load_articles(edition)
    if as_of is None:
        return articles
    day = check_date("as_of", as_of)
    return tuple(article for article in articles if article.published and article.published <= day)


def place_table(articles: Iterable[Article]) -> pd.DataFrame:
    """Where each article stands: ``article, kind, passages, quoted for``.

    ``passages`` are those of the latest version; ``quoted for`` counts its quotations by the state or organisation that
    the speaker speaks for (``themselves``: for none), the most frequent first.

    Examples
    --------
    >>> int(place_table(load_published("2015-11-17")).loc[1, "passages"])
    20
    """
    kinds = {entry["id"]: entry.get("kind", "") for entry in load_catalogue()["articles"]}
    rows = [(one.id, kinds[one.id], len(one.version().passages), _tally_speakers(one)) for one in articles]
    return pd.DataFrame(rows, columns=["article", "kind", "passages", "quoted for"])


def reach_table(articles: Iterable[Article], events: pd.DataFrame) -> pd.DataFrame:
    """Which article could know of which event: ``date, event`` and a column for each article.

    ``events`` needs the columns ``date, event`` (see :func:`helpers.events.timeline`). A cell says ``could know`` for an
    event of an earlier day, ``same day`` where only the hour could tell, else ``too late``; a month counts from its last day.

    Examples
    --------
    >>> from helpers.events import timeline
    >>> table = reach_table(load_published("2015-11-18"), timeline("2015-11-18", since="2015-11-18"))
    >>> table.loc[0, ["stripes-2015", "wsws-2015"]].tolist()
    ['too late', 'same day']
    """
    ends = [date.fromisoformat(last_day(day)) for day in events["date"]]
    reach = {one.id: [_compare(one, end) for end in ends] for one in articles}
    return pd.DataFrame({"date": list(events["date"]), "event": list(events["event"]), **reach})


def _compare(article: Article, day: date) -> str:
    if not article.published:
        return UNDATED
    return SAME_DAY if day == article.published else BEFORE if day < article.published else AFTER


def _tally_speakers(article: Article) -> str:
    book, own = load_codebook(), {passage.id for passage in article.version().passages}
    names = {code: actor.name for code, actor in book.actors.items()}
    marks = [mark for mark in annotations(article.id, kind="quotation") if mark.passage in own]
    sides = [str(mark.codes["on_behalf_of"]) for mark in marks]
    return ", ".join(f"{names.get(side, side) or _SELF} {count}" for side, count in Counter(sides).most_common())
