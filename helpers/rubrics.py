"""Single-point rubrics: one description a criterion, of work that does it; what falls short or goes beyond is left open.

Data: ``rubrics.toml`` of the case.
"""

from dataclasses import dataclass

import pandas as pd

from .files import data_of, read_toml
from .parameters import check_choice
from .paths import seeds_folder
from .views import View, table_html, table_text

BELOW, ABOVE = "not yet", "beyond"  # the two open columns
_OPEN = "…"


@dataclass(frozen=True)
class Criterion:
    """What work shows that does it (``proficient``), and how a learner may check it."""

    id: str
    label: str
    proficient: str
    check: str


@dataclass(frozen=True)
class Rubric:
    """The criteria that a piece of work is read by."""

    id: str
    title: str
    criteria: tuple[Criterion, ...]


def load_rubrics() -> dict[str, Rubric]:
    """The rubrics of the case by their ids; empty where a case has none.

    Raises
    ------
    SeedError
        When a rubric or a criterion lacks a part.

    Examples
    --------
    >>> list(load_rubrics())
    ['position-memo']
    """
    path = seeds_folder() / "rubrics.toml"
    if not path.is_file():
        return {}
    with data_of(path):
        rows = read_toml(path)["rubrics"]
        found = [Rubric(row["id"], row["title"], tuple(Criterion(**part) for part in row["criteria"])) for row in rows]
    return {rubric.id: rubric for rubric in found}


def load_rubric(id: str) -> Rubric:
    """One rubric by its id.

    Raises
    ------
    ParameterError
        When there is no such rubric; the message lists those that there are.

    Examples
    --------
    >>> [criterion.id for criterion in load_rubric("position-memo").criteria]
    ['seat', 'evidence', 'silence', 'amendments', 'limits']
    """
    known = load_rubrics()
    return known[check_choice("rubric", id, known)]


def show_rubric(id: str) -> View:
    """A rubric to read: the description in the middle, and on both sides a column that is left open.

    Examples
    --------
    >>> print(show_rubric("position-memo").text.splitlines()[1])
    criterion | not yet | as described | beyond | ask yourself
    """
    rubric = load_rubric(id)
    rows = [(one.label, "", one.proficient, "", one.check) for one in rubric.criteria]
    table = pd.DataFrame(rows, columns=["criterion", BELOW, "as described", ABOVE, "ask yourself"])
    return View(f"{rubric.title}\n{table_text(table, _OPEN)}", table_html(table, rubric.title, _OPEN))
