"""Tables to read, made from the tidy ones: what a lesson prints and what stands beside a figure."""

from collections.abc import Collection, Iterable
from datetime import date

import pandas as pd

from .annotation import annotations
from .articles import Article, load_catalogue
from .codebook import load_codebook, spell_stance, with_minus
from .events import consultations, incident, incident_tests, incidents, timeline
from .parameters import check_choice
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
    for state in sorted(set().union(*members.values()), key=lambda code: str(names.get(code, code))):
        own = [org for org in orgs if state in members[org]]
        groups.setdefault(" and ".join(own) + (" only" if len(own) < len(members) else ""), []).append(names.get(state, state))
    both = " and ".join(orgs)
    order = sorted(groups, key=lambda group: (group != both, [*orgs].index(group.split()[0])))
    return pd.DataFrame(
        [(group, len(groups[group]), ", ".join(groups[group])) for group in order], columns=["belongs to", "states", "which"]
    )


def codebook_table(part: str) -> pd.DataFrame:
    """One part of the codebook (``issues``, ``stances`` or ``voices``) to read: its codes in words; the stances end with the blank.

    Raises
    ------
    ParameterError
        When the codebook has no such part.

    Examples
    --------
    >>> codebook_table("stances")["stance"].tolist()
    ['+2', '+1', '0', '−1', '−2', 'blank']
    """
    book = load_codebook()
    check_choice("part", part, ["issues", "stances", "voices"])
    if part == "issues":
        issues = [(issue.label, issue.proposition, issue.code) for issue in book.issues.values()]
        return pd.DataFrame(issues, columns=["issue", "sentence", "short name"])
    if part == "voices":
        voices = [(one.code, one.label, one.meaning) for one in book.voices.values()]
        return pd.DataFrame(voices, columns=["voice", "name", "when to give it"])
    steps = [(format_range(value), one.label, one.meaning) for value, one in sorted(book.stances.items(), reverse=True)]
    return pd.DataFrame([*steps, ("blank", book.blank, book.blank_meaning)], columns=["stance", "name", "when to give it"])


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


def evidence_table(marks: pd.DataFrame) -> pd.DataFrame:
    """Coded passages as a table to read: actor, issue and voice in words, the stance with its sign, all columns kept.

    ``marks`` is what :func:`helpers.stances.evidence` gives.

    Examples
    --------
    >>> from helpers.stances import evidence
    >>> evidence_table(evidence(["FRA"], ["ART5"], version="latest")).loc[0, ["actor", "stance", "voice"]].tolist()
    ['France', '−1', 'journalist’s statement']
    """
    book = load_codebook()
    return marks.assign(
        actor=[book.actors[code].name for code in marks["actor"]],
        issue=[book.issues[code].label for code in marks["issue"]],
        stance=[format_range(stance) for stance in marks["stance"]],
        voice=[book.voices[code].label for code in marks["voice"]],
    )


def name_evidence() -> dict[str, str]:
    """What the case's pieces of evidence are, by id, in a line each: whose stance in which words, what happened when, which clause.

    Examples
    --------
    >>> name_evidence()["E03"], name_evidence()["NAT-5"]
    ('France: “France has not sought formal NATO support”', 'NATO Article 5')
    """
    actors = load_codebook().actors
    told = {mark.id: f"{actors[str(mark.codes['actor'])].name}: “{mark.quote.exact}”" for mark in annotations()}
    told |= {row.id: f"{row.date}: {row.event}" for row in timeline().itertuples()}
    told |= {row.id: f"{row.date}: {row.occasion}" for row in consultations().itertuples()}
    return told | {row.provision: row.name for row in provisions().itertuples()}


def consultation_table(table: pd.DataFrame) -> pd.DataFrame:
    """Consultations as a table to read: ``date, asked by, occasion, outcome, kind, confidence``, states by their names.

    ``table`` is what :func:`helpers.events.consultations` gives.

    Examples
    --------
    >>> from helpers.events import consultations
    >>> consultation_table(consultations("2015-11-13"))["asked by"].tolist()[:4]
    ['Turkey', 'Turkey', 'Turkey', 'Poland']
    """
    names = state_names()
    asked = [", ".join(str(names.get(code, code)) for code in codes.split()) for codes in table["requested_by"]]
    return with_confidence(table.assign(**{"asked by": asked})[["date", "asked by", "occasion", "outcome", "kind", "confidence"]])


def incident_table(elements: Collection[str], as_of: date | str | None = None) -> pd.DataFrame:
    """The incidents up to a day, in order, with what was found of some elements: ``date, incident``, a column a question.

    Examples
    --------
    >>> incident_table(["consultation_asked"], "2002-12-31").to_numpy().tolist()
    [['2001-09-11', '11 September 2001', 'no']]
    """
    asked = [test for test in incident_tests() if test["element"] in elements]
    rows = []
    for id in incidents(as_of):
        case = incident(id, as_of)
        found = {row["element"]: row["finding"] for row in case["findings"]}
        rows.append((str(case["date"]), case["name"], *(found.get(test["element"], "") for test in asked)))
    return pd.DataFrame(rows, columns=["date", "incident", *(test["question"] for test in asked)])


def format_range(low: int, high: int | None = None) -> str:
    """A stance, or a range of stances, with its sign, to be read (as a key: :func:`helpers.codebook.spell_stance`).

    Examples
    --------
    >>> format_range(-2, 1), format_range(0)
    ('−2 to +1', '0')
    """
    ends = dict.fromkeys([low, low if high is None else high])
    return " to ".join(with_minus(spell_stance(int(value))) for value in ends)


def with_confidence(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its confidence marks in words, so that an unverified row says so to the reader."""
    marks = load_codebook().confidence
    return table.assign(confidence=[marks[mark].label if mark in marks else mark for mark in table["confidence"]])
