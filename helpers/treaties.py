"""Treaty provisions taken apart, and who was a member when.

Data: ``treaties/provisions.toml`` and ``treaties/memberships.csv``, each entry with source, confidence and as-of date.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

import pandas as pd

from .codebook import load_codebook
from .errors import SeedError
from .files import data_of, read_rows, read_toml
from .parameters import check_choice, check_choices, check_date
from .paths import seeds_folder


def provisions(ids: Collection[str] | None = None) -> pd.DataFrame:
    """The elements of treaty provisions, one row for each provision and element that the sources speak of.

    Returns
    -------
    pandas.DataFrame
        Columns ``provision, name, element, label, question, text, quote, source, confidence``, in the order of the
        elements list. ``quote`` is verbatim treaty language, or empty.

    Examples
    --------
    >>> table = provisions(["NAT-5"])
    >>> table.loc[table["element"] == "discretion", "quote"].item()
    'such action as it deems necessary'
    """
    path = seeds_folder() / "treaties" / "provisions.toml"
    data = read_toml(path)
    with data_of(path):
        return _tabulate_provisions(data, ids)


def organisations() -> tuple[str, ...]:
    """The organisations whose members are known, in alphabetical order.

    Examples
    --------
    >>> organisations()
    ('EU', 'NATO')
    """
    return tuple(sorted({row["org"] for row in _read_memberships()}))


def memberships(org: str) -> pd.DataFrame:
    """Who joined and left an organisation when.

    Returns
    -------
    pandas.DataFrame
        Columns ``state`` (alpha-3), ``name``, ``joined``, ``left`` (ISO text; the last day, empty for members),
        ``disputed`` (``yes`` where sources give other days of joining), ``source, confidence, as_of, note``; in order of joining.
    """
    check_choice("org", org, organisations())
    names = state_names()
    table = pd.DataFrame([row | {"name": names.get(row["state"], row["state"])} for row in _read_memberships() if row["org"] == org])
    columns = ["state", "name", "joined", "left", "disputed", "source", "confidence", "as_of", "note"]
    return table[columns].sort_values(["joined", "state"], ignore_index=True)


def members_at(day: date | str, org: str) -> tuple[str, ...]:
    """The members of an organisation on a day, as alpha-3 codes in alphabetical order.

    A state counts from the day it joined to the last day of its membership, both inclusive. Before the organisation
    existed the result is empty.

    Parameters
    ----------
    day : datetime.date or str
        The day, or its ISO text.
    org : str
        ``"NATO"`` or ``"EU"`` in this case.

    Examples
    --------
    >>> len(members_at("2015-11-13", "NATO")), "GBR" in members_at("2020-02-01", "EU")
    (28, False)
    """
    on = check_date("date", day).isoformat()
    check_choice("org", org, organisations())
    rows = (row for row in _read_memberships() if row["org"] == org)
    return tuple(sorted(row["state"] for row in rows if row["joined"] <= on and (not row["left"] or row["left"] >= on)))


def describe_membership(state: str, org: str, as_of: date | str) -> str:
    """One line on whether a state was a member on a day and, if it was, from which day it is counted.

    The confidence of the day of joining stands in brackets, with a word where sources dispute it. Nothing later than
    ``as_of`` is told: a state that joined afterwards is "not a member".

    Raises
    ------
    ParameterError
        When the state was never a member, or the organisation or the day is unknown.

    Examples
    --------
    >>> describe_membership("HRV", "NATO", "2015-11-24")
    'Croatia: NATO member on 2015-11-24, counted from 2009-04-01 (primary source).'
    >>> describe_membership("HRV", "NATO", "2003-02-10")
    'Croatia: not among the NATO members on 2003-02-10.'
    """
    on = check_date("as_of", as_of).isoformat()
    table = memberships(org).set_index("state")
    row = table.loc[check_choice("state", state, sorted(table.index))]
    if state not in members_at(on, org):
        return f"{row['name']}: not among the {org} members on {on}."
    sure = load_codebook().confidence[row["confidence"]].label + (", day disputed" if row["disputed"] else "")
    return f"{row['name']}: {org} member on {on}, counted from {row['joined']} ({sure})."


def state_names() -> dict[str, str]:
    """English short names of the states of the case, by alpha-3 code.

    Examples
    --------
    >>> state_names()["TUR"]
    'Turkey'
    """
    return {row["code"]: row["name"] for row in read_rows(seeds_folder() / "states.csv", ["code", "name"])}


def _read_memberships() -> list[dict[str, str]]:
    columns = ["org", "state", "joined", "left", "disputed", "source", "confidence", "as_of", "note"]
    return read_rows(seeds_folder() / "treaties" / "memberships.csv", columns)


def _tabulate_provisions(data: dict[str, Any], ids: Collection[str] | None) -> pd.DataFrame:
    known = {entry["id"]: entry for entry in data["provisions"]}
    chosen = check_choices("provision", ids, known) if ids is not None else list(known)
    rows = []
    for element in data["elements"]:
        for id in chosen:
            for part in known[id]["elements"]:
                if part["element"] == element["id"]:
                    rows.append(
                        {
                            "provision": id,
                            "name": known[id]["name"],
                            "element": element["id"],
                            "label": element["label"],
                            "question": element["question"],
                            "text": part["text"],
                            "quote": part.get("quote", ""),
                            "source": part["source"],
                            "confidence": part["confidence"],
                        }
                    )
    if not rows:
        raise SeedError("no elements for these provisions", where="treaties/provisions.toml")
    return pd.DataFrame(rows)
