"""Coded passages become positions: who is reported to stand where on what, and on which evidence.

A blank is "not reported". It is never 0, which is a coded stance: explicit neutrality.
"""

from collections import defaultdict
from collections.abc import Collection
from itertools import combinations

import pandas as pd

from .annotation import REFERENCE, Annotation, annotations
from .articles import load_catalogue
from .codebook import Codebook, load_codebook
from .errors import CourseError
from .parameters import check_choice, check_choices

_COLUMNS = ["id", "actor", "issue", "stance", "voice", "article", "version", "passage", "phrase", "note"]


def evidence(
    actors: Collection[str] | None = None,
    issues: Collection[str] | None = None,
    voice: str | None = None,
    version: str | None = None,
    *,
    article: str | None = None,
    coder: str | None = REFERENCE,
) -> pd.DataFrame:
    """The coded passages, one row each.

    Parameters
    ----------
    actors, issues : collection of str, optional
        Codes of the codebook; all when left out.
    voice : str, optional
        ``Q``, ``P`` or ``J``; all when left out or ``"all"``.
    version : str, optional
        For articles seen in several versions, the one to take: a version's id, or ``"latest"``. All when left out, and
        then the rows may be listed but not counted: two versions of one article are not two sources.
    article : str, optional
        An article's id; all articles when left out.
    coder : str or None
        Whose codes: ``"reference"``, or the name of another coder, whose ids begin with that name (``second/E17``);
        ``None`` for everybody's, which may be looked up but not counted either.

    Returns
    -------
    pandas.DataFrame
        Columns ``id, actor, issue, stance (-2..2), voice, article, version, passage, phrase, note``;
        ``version`` is empty for an article that was seen in one version.

    Raises
    ------
    ParameterError
        When a code, a version, an article or a coder is unknown.

    Examples
    --------
    >>> evidence(actors=["FRA"], issues=["ART5"], version="latest")["id"].tolist()
    ['E03', 'E02']
    """
    book = load_codebook()
    latest = {entry["id"]: (entry.get("versions") or [""])[-1] for entry in load_catalogue()["articles"]}
    rows = [_row(mark, book) for mark in annotations(article, coder=coder)]
    table = pd.DataFrame(rows, columns=_COLUMNS)
    if actors is not None:
        table = table[table["actor"].isin(check_choices("actors", actors, book.actors))]
    if issues is not None:
        table = table[table["issue"].isin(check_choices("issues", issues, book.issues))]
    if voice not in (None, "all"):
        table = table[table["voice"] == check_choice("voice", voice, ["all", *book.voices])]
    if version == "latest":
        table = table[table["version"] == table["article"].map(latest)]
    elif version is not None:
        known = [name for entry in load_catalogue()["articles"] for name in entry.get("versions", [])]
        table = table[table["version"].isin(["", check_choice("version", version, ["latest", *known])])]
    return table.reset_index(drop=True)


def positions(
    actors: Collection[str] | None = None,
    issues: Collection[str] | None = None,
    voice: str | None = None,
    version: str = "latest",
    *,
    article: str | None = None,
    coder: str = REFERENCE,
) -> pd.DataFrame:
    """The positions that the evidence supports: one row for each actor and issue, whether reported or not.

    Parameters are those of :func:`evidence`; one version of each article counts (the latest, or the one asked for).

    Returns
    -------
    pandas.DataFrame
        Columns ``actor, issue, low, high, passages, evidence``: the lowest and highest stance (-2..2, missing when
        not reported), the number of coded passages, and their evidence ids as a tuple. A ``low`` below ``high`` is a
        disagreement among sources or over time, and is not averaged away.

    Examples
    --------
    >>> table = positions(["USA"], ["RUSCOORD", "EU427"])
    >>> [(row.issue, row.passages, "" if pd.isna(row.low) else f"{row.low:+d} to {row.high:+d}") for row in table.itertuples()]
    [('RUSCOORD', 5, '-2 to +1'), ('EU427', 0, '')]
    """
    book = load_codebook()
    cells = defaultdict(list)
    for mark in evidence(actors, issues, voice, version, article=article, coder=coder).itertuples():
        cells[mark.actor, mark.issue].append(mark)
    rows = []
    for actor in dict.fromkeys(actors if actors is not None else book.actors):
        for issue in dict.fromkeys(issues if issues is not None else book.issues):
            own = cells[actor, issue]
            stances = [mark.stance for mark in own]
            low, high = (min(stances), max(stances)) if own else (pd.NA, pd.NA)
            rows.append((actor, issue, low, high, len({mark.passage for mark in own}), tuple(mark.id for mark in own)))
    table = pd.DataFrame(rows, columns=["actor", "issue", "low", "high", "passages", "evidence"])
    return table.astype({"low": "Int64", "high": "Int64"})


def compare(
    actors: Collection[str] | None = None,
    issues: Collection[str] | None = None,
    voice: str | None = None,
    version: str = "latest",
    *,
    article: str | None = None,
    coder: str = REFERENCE,
) -> pd.DataFrame:
    """How far apart the actors stand, pair by pair: one row for each pair and issue, comparable or not.

    Parameters are those of :func:`positions`.

    Returns
    -------
    pandas.DataFrame
        Columns ``first, second, issue, gap, first_low, first_high, second_low, second_high, silent, evidence``.
        ``gap`` is the distance between the nearest ends of the two ranges (0..4 steps of the scale), 0 where they
        overlap, missing where one of the two is not reported; ``silent`` names those who are not, ``evidence`` holds
        the ids of both. A gap of 0 is an overlap of reports, not an agreement. No rows when there is one actor only.

    Examples
    --------
    >>> table = compare(["USA", "RUS"], ["RUSCOORD", "TARGETIS", "EU427"])
    >>> [(row.issue, "" if pd.isna(row.gap) else int(row.gap), row.silent) for row in table.itertuples()]
    [('RUSCOORD', 0, ()), ('TARGETIS', 3, ()), ('EU427', '', ('USA', 'RUS'))]
    """
    table = positions(actors, issues, voice, version, article=article, coder=coder)
    cells = {(cell.actor, cell.issue): cell for cell in table.itertuples()}
    pairs = combinations(dict.fromkeys(table["actor"]), 2)
    rows = [_gap(cells[first, issue], cells[second, issue]) for first, second in pairs for issue in dict.fromkeys(table["issue"])]
    steps = ["gap", "first_low", "first_high", "second_low", "second_high"]
    columns = ["first", "second", "issue", *steps, "silent", "evidence"]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(steps, "Int64"))


def compare_cells(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """The cells in which two tables of positions differ: another version, another coder, another choice of voices.

    Parameters
    ----------
    first, second : pandas.DataFrame
        What :func:`positions` gave for the same actors and issues.

    Returns
    -------
    pandas.DataFrame
        Columns ``actor, issue, change, first_low, first_high, second_low, second_high, first_evidence,
        second_evidence``, one row for each cell that differs. ``change`` is ``"only in the first"``, ``"only in the
        second"``, or ``"another stance"`` where both report one and the ranges (-2..2) are not the same. A cell that
        both leave blank, or fill with the same range, has no row, whatever evidence stands behind it.

    Examples
    --------
    >>> one, other = (positions(["RUS"], ["ASSAD", "DAMASCUS"], coder=coder) for coder in ("reference", "second"))
    >>> compare_cells(one, other)[["issue", "change", "second_low", "second_high"]].to_numpy().tolist()
    [['ASSAD', 'another stance', -2, -1]]
    """
    keys = ["actor", "issue"]
    both = first[keys].merge(second.drop(columns="passages"), how="left", on=keys, validate="one_to_one")
    rows = []
    for one, other in zip(first.itertuples(), both.itertuples(), strict=True):
        blank = [pd.isna(one.low), pd.isna(other.low)]
        if all(blank) or (not any(blank) and (one.low, one.high) == (other.low, other.high)):
            continue
        change = "only in the second" if blank[0] else "only in the first" if blank[1] else "another stance"
        ids = (one.evidence, () if blank[1] else other.evidence)
        rows.append((one.actor, one.issue, change, one.low, one.high, other.low, other.high, *ids))
    ends = ["first_low", "first_high", "second_low", "second_high"]
    table = pd.DataFrame(rows, columns=[*keys, "change", *ends, "first_evidence", "second_evidence"])
    return table.astype(dict.fromkeys(ends, "Int64"))


def _gap(one, other) -> tuple:
    silent = tuple(cell.actor for cell in (one, other) if not cell.passages)
    gap = pd.NA if silent else max(one.low - other.high, other.low - one.high, 0)
    return (
        one.actor, other.actor, one.issue, gap, one.low, one.high, other.low, other.high,
        silent, one.evidence + other.evidence,
    )  # fmt: skip


def _row(mark: Annotation, book: Codebook) -> tuple:
    for name, known in [("actor", book.actors), ("issue", book.issues), ("stance", book.stances), ("voice", book.voices)]:
        if mark.codes[name] not in known:
            raise CourseError(f"{name} {mark.codes[name]!r} is not in the codebook", where=mark.id, todo="add it to codebook.toml")
    version, dash, _ = mark.passage.partition(":")[2].partition("-")
    codes = [mark.codes[name] for name in ("actor", "issue", "stance", "voice")]
    return mark.id, *codes, mark.article, version if dash else "", mark.passage, mark.quote.exact, mark.note
