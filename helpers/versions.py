"""Two versions of one article side by side: what the editor kept, rewrote, moved, dropped and added, and who is heard.

How paragraphs are aligned. Words are runs of letters and digits, whatever their case. Two paragraphs are as similar as the
mean of two shares, each twice what they have in common over what both have (rapidfuzz's Indel similarity, on words): all words
in their order, which tells how much of the wording stands; and *telling* words in any order, those that stand in at most a
tenth of the article's paragraphs, which tell whether the two speak of the same thing; without a telling word in common the
similarity is 0. A pair is linked when its similarity is at least ``LINKED`` and it is the best that one of the two can find; so
several paragraphs may be merged into one. A link that crosses the longest chain of links in which nothing changes its order is a
move; of two that cross, the less similar one.

The limits were set by hand on two editions of one article and looked at on a second one; they prove nothing. In the
reading edition the words are the course's: there, similarity tells how alike two retellings are.
"""

import re
from collections import Counter
from collections.abc import Callable

import pandas as pd

from .annotation import annotations
from .articles import Article, Passage, load_article

LINKED = 0.19  # similarity from which two paragraphs are taken for one
KEPT = 0.85  # similarity from which a paragraph counts as kept, give or take a word
_TELLING = 0.1  # share of the paragraphs that a telling word stands in at most
_WORD = re.compile(r"[^\W_]+(?:[’'.][^\W_]+)*")
_COLUMNS = ["change", "first", "second", "similarity", "basis", "confidence"]
_Link = tuple[int, int, float]


def align_versions(article: str, edition: str = "reading") -> pd.DataFrame:
    """The paragraphs of an article's first and last version, aligned: one row for each link, and for each paragraph left over.

    Parameters
    ----------
    article : str
        An article's id.
    edition : str
        As in :func:`helpers.articles.load_articles`; the reading edition unless asked otherwise.

    Returns
    -------
    pandas.DataFrame
        Columns ``change, first, second, similarity, basis, confidence``. ``change`` is ``kept``, ``rewritten``, ``moved``
        (it may have been rewritten as well), ``gone`` or ``new``; ``first`` and ``second`` are passage ids, empty where there is
        no partner; ``similarity`` is 0-1, missing where there is no partner. ``basis`` and ``confidence`` (0-1) say how it is
        known that the paragraphs belong to these versions: ``inferred`` if that holds for one of the two. Rows come in the
        first version's order, new paragraphs after what they follow. No rows for an article that was seen once.

    Raises
    ------
    ParameterError
        When there is no such article or edition.

    Examples
    --------
    >>> table = align_versions("nyt-2015")
    >>> table["change"].value_counts().to_dict()
    {'rewritten': 13, 'gone': 13, 'new': 11, 'kept': 2}
    """
    found = load_article(article, edition)
    if len(found.versions) < 2:
        return pd.DataFrame(columns=_COLUMNS)
    one, other = found.versions[0].passages, found.versions[-1].passages
    links = _find_links(*_similarities([part.text for part in one], [part.text for part in other]))
    straight = _longest_chain(links)
    rows = [_row(_change(link, link in straight), one[link[0]], other[link[1]], link[2]) for link in links]
    rows += [_row("gone", part, None, None) for at, part in enumerate(one) if at not in {link[0] for link in links}]
    order = {part.id: (at, -1) for at, part in enumerate(one)}
    before = (-1, -1)
    for at, part in enumerate(other):
        partners = [link[0] for link in links if link[1] == at]
        before = (max(partners), at) if partners else before
        if not partners:
            rows.append(_row("new", None, part, None))
            order[part.id] = (before[0], at)
    rows.sort(key=lambda row: order[row[1] or row[2]])
    return pd.DataFrame(rows, columns=_COLUMNS).astype({"similarity": "Float64", "confidence": "Float64"})


def split_words(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation.

    Examples
    --------
    >>> split_words("Mr. Hollande’s “large coalition”")
    ['mr', 'hollande’s', 'large', 'coalition']
    """
    return [word.lower() for word in _WORD.findall(text)]


def compare_words(first: str, second: str) -> pd.DataFrame:
    """Two short phrases word by word, whatever their case: one row for each run of words that was kept, dropped, added or replaced.

    Returns
    -------
    pandas.DataFrame
        Columns ``change`` (``kept``, ``dropped``, ``added``, ``replaced``), ``first`` and ``second``.

    Examples
    --------
    >>> compare_words("a closer alliance against it", "a possible alliance").to_numpy().tolist()[1:]
    [['replaced', 'closer', 'possible'], ['kept', 'alliance', 'alliance'], ['dropped', 'against it', '']]
    """
    from rapidfuzz.distance import Indel

    one, other = _WORD.findall(first), _WORD.findall(second)
    names = {"equal": "kept", "delete": "dropped", "insert": "added", "replace": "replaced"}
    rows: list[list[str]] = []
    for step in Indel.opcodes(split_words(first), split_words(second)):
        parts = [" ".join(one[step.src_start : step.src_end]), " ".join(other[step.dest_start : step.dest_end])]
        # Indel knows no replacement: what is dropped and what is added at one place are told together.
        if rows and {rows[-1][0], names[step.tag]} == {"dropped", "added"}:
            rows[-1] = ["replaced", rows[-1][1] or parts[0], rows[-1][2] or parts[1]]
        else:
            rows.append([names[step.tag], *parts])
    return pd.DataFrame(rows, columns=["change", "first", "second"])


def compare_speakers(article: str) -> pd.DataFrame:
    """Who is quoted in the first and the last version of an article, by the reference coding of its quotations.

    Returns
    -------
    pandas.DataFrame
        Columns ``speaker, speaks for, change, first, second, inferred``. ``change`` is ``stayed``, ``left`` or ``came``;
        ``first`` and ``second`` count the quoted phrases; ``inferred`` counts those of them that stand in a passage
        whose version is inferred. ``speaks for`` is empty for somebody who speaks for no actor. No rows for an article that
        was seen once.

    Raises
    ------
    ParameterError
        When there is no such article.

    Examples
    --------
    >>> table = compare_speakers("nyt-2015").set_index("speaker")
    >>> table.loc[["Wolfgang Schäuble", "Gérard Araud"], "change"].tolist()
    ['left', 'came']
    """
    found = load_article(article, "reading")
    columns = ["speaker", "speaks for", "change", "first", "second", "inferred"]
    if len(found.versions) < 2:
        return pd.DataFrame(columns=columns)
    sides = _sides(found)
    marks = [mark for mark in annotations(article, kind="quotation") if mark.passage in sides]
    rows = []
    for name, actor in dict.fromkeys((str(mark.codes["speaker"]), str(mark.codes["on_behalf_of"])) for mark in marks):
        own = [sides[mark.passage] for mark in marks if (mark.codes["speaker"], mark.codes["on_behalf_of"]) == (name, actor)]
        counts = [sum(side == number for side, _ in own) for number in (0, 1)]
        change = "stayed" if all(counts) else "left" if counts[0] else "came"
        rows.append((name, actor, change, *counts, sum(basis == "inferred" for _, basis in own)))
    return pd.DataFrame(rows, columns=columns)


def _sides(article: Article) -> dict[str, tuple[int, str]]:
    versions = (article.versions[0], article.versions[-1])
    return {part.id: (number, part.basis) for number, version in enumerate(versions) for part in version.passages}


def _similarities(first: list[str], second: list[str]) -> tuple[int, int, Callable[[int, int], float]]:
    from rapidfuzz.distance import Indel

    one, other = [split_words(text) for text in first], [split_words(text) for text in second]
    standing = Counter(word for words in [*one, *other] for word in set(words))
    most = max(_TELLING * (len(one) + len(other)), 2)  # a word that stands once in each version always tells

    def telling(words: list[str]) -> list[str]:
        return sorted(word for word in words if standing[word] <= most)

    rare = [telling(words) for words in one], [telling(words) for words in other]

    def measure(at: int, beside: int) -> float:
        shared = Indel.normalized_similarity(rare[0][at], rare[1][beside])  # 1 where neither has a telling word
        return (Indel.normalized_similarity(one[at], other[beside]) + shared) / 2 if shared else 0.0

    return len(one), len(other), measure


def _find_links(rows: int, columns: int, measure: Callable[[int, int], float]) -> list[_Link]:
    grid = {(at, beside): measure(at, beside) for at in range(rows) for beside in range(columns)}
    best = [max(range(columns), key=lambda beside: grid[at, beside]) for at in range(rows)] if columns else []
    back = [max(range(rows), key=lambda at: grid[at, beside]) for beside in range(columns)] if rows else []
    pairs = {*enumerate(best), *((at, beside) for beside, at in enumerate(back))}
    return sorted((at, beside, round(grid[at, beside], 3)) for at, beside in pairs if grid[at, beside] >= LINKED)


def _longest_chain(links: list[_Link]) -> set[_Link]:
    """The most links of which no two cross; of equally many, the most similar ones."""
    chains: list[tuple[int, float, list[_Link]]] = []
    for link in links:
        before = [chain for chain in chains if chain[2][-1][1] <= link[1]]
        count, weight, chain = max(before, key=lambda one: one[:2], default=(0, 0.0, []))
        chains.append((count + 1, weight + link[2], [*chain, link]))
    return set(max(chains, key=lambda one: one[:2], default=(0, 0.0, []))[2])


def _change(link: _Link, in_order: bool) -> str:
    return "moved" if not in_order else "kept" if link[2] >= KEPT else "rewritten"


def _row(change: str, one: Passage | None, other: Passage | None, similarity: float | None) -> tuple:
    both = [part for part in (one, other) if part]
    weakest = next((part for part in both if part.basis == "inferred"), both[0])
    return change, one.id if one else "", other.id if other else "", similarity, weakest.basis, weakest.confidence
