"""Whose words the course rests on: shares of evidence and items, and whether what the articles cannot show is said."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.annotation import annotations
from helpers.articles import load_catalogue
from helpers.errors import CourseError
from helpers.files import data_of, read_toml, require
from helpers.paths import packaged_seeds, seeds_folder
from helpers.questions import load_items

from .findings import Finding, prose_cells
from .lessons import read_notebook

MOST_OF_ONE = 0.5  # share of the items above which one article drowns the others
_FILE = "blind_spots.toml"


@dataclass(frozen=True)
class Share:
    """How much rests on one article or actor: coded stances, and items whose evidence leads to it."""

    kind: str
    name: str
    codes: int
    items: int


def tabulate_balance() -> list[Share]:
    """A row for each article of the case, then for each actor that holds a stance, the most coded first.

    Examples
    --------
    >>> [share.name for share in tabulate_balance() if share.kind == "article"]
    ['stripes-2015', 'atlantic-2015', 'nyt-2015', 'wsws-2015']
    """
    marks = annotations(kind=None)
    article_of = {mark.id: mark.article for mark in marks}
    actor_of = {mark.id: str(mark.codes["actor"]) for mark in marks if mark.kind == "stance"}
    codes = Counter(article_of[id] for id in actor_of), Counter(actor_of.values())
    items = Counter[str](), Counter[str]()
    for item in load_items():
        cited = {article_of.get(id, id.partition(":")[0]) for id in item.evidence}
        items[0].update(cited)
        items[1].update({actor_of[id] for id in item.evidence if id in actor_of})
    names = [entry["id"] for entry in load_catalogue()["articles"]], [name for name, _ in codes[1].most_common()]
    return [Share(kind, name, codes[at][name], items[at][name]) for at, kind in enumerate(("article", "actor")) for name in names[at]]


def find_blind_spots(paths: list[Path]) -> list[tuple[dict[str, Any], list[str]]]:
    """What the articles cannot show, each with the numbers of the lessons that say so; none for a case without the file.

    Raises
    ------
    SeedError
        When an entry is malformed.
    """
    file = seeds_folder() / _FILE
    with data_of(file):
        spots = read_toml(file)["blind_spots"] if file.is_file() else []
        for spot in spots:
            require(spot, ("id", "sentence", "keywords"))
    prose = {path.stem[:2]: _paragraphs(path) for path in paths}
    return [(spot, [number for number, paragraphs in prose.items() if any(_says(text, spot) for text in paragraphs)]) for spot in spots]


def check_balance(paths: list[Path]) -> Iterator[Finding]:
    """Warnings: an article that no item rests on or that most rest on, and a blind spot that no lesson says."""
    shares = [share for share in tabulate_balance() if share.kind == "article"]
    total, where = sum(share.items for share in shares), str(seeds_folder() / "questions")
    for share in shares:
        if not share.items:
            yield Finding(where, f"no item rests on {share.name}; ask one that does", "W")
        elif len(shares) > 1 and share.items > MOST_OF_ONE * total:
            yield Finding(where, f"{share.items} of {total} references lead to {share.name}; ask more of the other articles", "W")
    file = seeds_folder() / _FILE
    if not file.is_file() and seeds_folder() == packaged_seeds():  # a case may do without, the course may not
        yield Finding(str(file), "is not there; write what the articles cannot show, and say it in a lesson", "W")
    for spot, lessons in find_blind_spots(paths):
        if not lessons:
            yield Finding(str(file), f"no lesson says: {spot['sentence']} Say it in one paragraph, with {', '.join(spot['keywords'])}", "W")


def balance_report(paths: list[Path]) -> str:
    """Shares of codes and items by article and actor, and where each blind spot is said, as a table in plain text."""
    shares = tabulate_balance()
    lines = []
    for kind in ("article", "actor"):
        own = [share for share in shares if share.kind == kind]
        codes, items = sum(share.codes for share in own) or 1, sum(share.items for share in own) or 1
        lines.append(f"{kind:16}{'codes':>6}{'share':>7}{'items':>7}{'share':>7}")
        for share in own:
            counts = f"{share.codes:6}{share.codes / codes:7.0%}{share.items:7}{share.items / items:7.0%}"
            lines.append(f"{share.name:16}{counts}")
        lines.append("")
    for spot, lessons in find_blind_spots(paths):
        lines.append(f"{spot['sentence']} Said in: {', '.join(lessons) or 'no lesson'}")
    return "\n".join(lines).rstrip()


def _paragraphs(path: Path) -> list[str]:
    try:
        notebook = read_notebook(path)
    except CourseError:
        return []  # another rule's finding
    return [part for _, cell in prose_cells(notebook) for part in re.split(r"\n\s*\n|\n(?=[*-] )", cell.source)]


def _says(text: str, spot: dict[str, Any]) -> bool:
    # A keyword begins a word and may be a part of it: Syria is said by “Syrian”, and not by “Assyria”.
    ways = [keyword.split("|") for keyword in spot["keywords"]]
    return all(any(re.search(rf"(?<!\w){re.escape(way)}", text, re.IGNORECASE) for way in either) for either in ways)
