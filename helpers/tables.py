"""Tables to read, made from the tidy ones: what a lesson prints and what stands beside a figure."""

from collections.abc import Collection, Iterable
from datetime import date

import pandas as pd

from .articles import Article, load_catalogue
from .codebook import load_codebook
from .treaties import members_at, provisions, state_names


def source_table(articles: Iterable[Article]) -> pd.DataFrame:
    """The articles with their origin: ``article, outlet, published, how the date is known, authors, how the authors are known``.

    Days are ISO text; the basis is a word of the codebook, followed by the catalogue's note, else by the word's meaning.

    Examples
    --------
    >>> from helpers.articles import load_articles
    >>> table = source_table(load_articles("reading"))
    >>> table.loc[1, ["article", "published", "authors"]].tolist()
    ['atlantic-2015', '2015-11-16', '']
    """
    bases, entries = load_codebook().bases, {entry["id"]: entry for entry in load_catalogue()["articles"]}

    def known(article: Article, what: str, basis: str) -> str:
        return f"{basis}: {entries[article.id].get(f'{what}_note') or bases[basis].meaning}"

    rows = [
        (
            article.id,
            article.outlet,
            str(article.published or ""),
            known(article, "published", article.published_basis),
            ", ".join(article.authors),
            known(article, "authors", article.authors_basis),
        )
        for article in articles
    ]
    columns = ["article", "outlet", "published", "how the date is known", "authors", "how the authors are known"]
    return pd.DataFrame(rows, columns=columns)


def clause_table(ids: Collection[str], elements: Collection[str] | None = None) -> pd.DataFrame:
    """Provisions side by side: one row an element, one column a provision; empty where the sources are silent.

    An unverified statement says so in the cell; a verbatim phrase stands in quotation marks behind it.

    Examples
    --------
    >>> table = clause_table(["NAT-4", "NAT-5"], elements=["trigger", "obligation"])
    >>> list(table.columns), len(table)
    (['element', 'NATO Article 4', 'NATO Article 5'], 2)
    """
    parts = provisions(ids)
    if elements is not None:
        parts = parts[parts["element"].isin(list(elements))]
    quoted = [f" (“{quote}”)" if quote else "" for quote in parts["quote"]]
    unsure = [" [unverified]" if mark == "K" else "" for mark in parts["confidence"]]
    parts = parts.assign(cell=parts["text"] + quoted + unsure)
    joined = parts.groupby(["label", "name"], sort=False)["cell"].agg(" ".join).unstack("name")
    order = [name for name in dict.fromkeys(provisions(ids)["name"]) if name in joined]
    rows = joined.loc[list(dict.fromkeys(parts["label"])), order].fillna("")
    return rows.rename_axis("element").rename_axis(None, axis=1).reset_index()


def membership_table(day: date | str, orgs: Collection[str]) -> pd.DataFrame:
    """States by the organisations they belonged to on a day: ``belongs to, states, which``.

    Examples
    --------
    >>> membership_table("2015-11-17", ["NATO", "EU"])[["belongs to", "states"]].to_numpy().tolist()
    [['NATO and EU', 22], ['NATO only', 6], ['EU only', 6]]
    """
    names, members = state_names(), {org: set(members_at(day, org)) for org in orgs}
    groups: dict[str, list[str]] = {}
    for state in sorted(set().union(*members.values()), key=lambda code: names.get(code, code)):
        own = [org for org in orgs if state in members[org]]
        groups.setdefault(" and ".join(own) + (" only" if len(own) < len(members) else ""), []).append(names.get(state, state))
    both = " and ".join(orgs)
    order = sorted(groups, key=lambda group: (group != both, [*orgs].index(group.split()[0])))
    return pd.DataFrame(
        [(group, len(groups[group]), ", ".join(groups[group])) for group in order], columns=["belongs to", "states", "which"]
    )


def matrix_table(table: pd.DataFrame) -> pd.DataFrame:
    """Positions as a table to read: actor, issue, stance or range, number of passages, evidence ids."""
    book = load_codebook()
    return pd.DataFrame(
        {
            "actor": [book.actors[code].name for code in table["actor"]],
            "issue": [book.issues[code].label for code in table["issue"]],
            "stance": ["" if pd.isna(low) else format_range(low, high) for low, high in zip(table["low"], table["high"], strict=True)],
            "passages": list(table["passages"]),
            "evidence": [" ".join(ids) for ids in table["evidence"]],
        }
    )


def format_range(low: int, high: int) -> str:
    """A stance, or a range of stances, with its sign.

    Examples
    --------
    >>> format_range(-2, 1), format_range(0, 0)
    ('−2 to +1', '0')
    """
    words = [f"{value:+d}".replace("-", "−") if value else "0" for value in dict.fromkeys([int(low), int(high)])]
    return " to ".join(words)


def with_confidence(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its confidence marks in words, so that an unverified row says so to the reader."""
    marks = load_codebook().confidence
    return table.assign(confidence=[marks[mark].label if mark in marks else mark for mark in table["confidence"]])
