"""Dated events of the case: the timeline, consultations, invocations, contributions, incidents.

Everything is data under ``events/`` with source, confidence and as-of date. Days are ISO text in the tables.
A call with ``as_of`` shows nothing that happened later.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from .errors import ParameterError
from .files import data_of, read_rows, read_toml, require
from .parameters import check_choice, check_date, last_day
from .paths import seeds_folder
from .treaties import state_names

UNDER_CLAUSE = "the clause"  # the value of the column ``under`` for aid given under the clause itself
FINDINGS = ("yes", "no", "contested", "not reported")  # what an incident may be found to be, element by element
_LATER = "Later than the as-of day."
_INCIDENT = ("id", "name", "date", "ally", "what", "outcome", "outcome_known", "source", "confidence", "findings")
_FINDING = ("element", "finding", "why", "source", "confidence")


def timeline(as_of: date | str | None = None, since: date | str | None = None) -> pd.DataFrame:
    """The case's events up to a day, one row each: ``id, date, end, event, actors, kind, source, confidence``.

    Examples
    --------
    >>> timeline(as_of="2015-11-13")["date"].max()
    '2015-11-13'
    """
    table = _load("timeline", ["id", "date", "end", "event", "actors", "kind", "source", "confidence", "as_of", "note"])
    table = _until(table, as_of)
    if since is not None:
        table = table[table["date"].map(last_day) >= check_date("since", since).isoformat()].reset_index(drop=True)
    return table


def consultations(as_of: date | str | None = None) -> pd.DataFrame:
    """Consultations under NATO Article 4 up to a day, and occasions that are miscounted as such (``kind``).

    Columns ``id, date, requested, met, requested_by, occasion, outcome, kind, source, confidence, as_of, note``;
    ``date`` is the day of the request, else of the meeting, else of the occasion. An ``outcome`` that tells of days after
    ``as_of`` says so instead.

    Examples
    --------
    >>> consultations("2012-10-31")["outcome"].iloc[-1]
    'Later than the as-of day.'
    """
    asked = ["id", "date", "requested", "met", "requested_by", "occasion"]
    table = _load("consultations", [*asked, "outcome", "outcome_known", "kind", "source", "confidence", "as_of", "note"])
    table = _until(table, as_of)
    if as_of is not None:
        day = check_date("as_of", as_of).isoformat()
        told, met = (table[name].map(last_day) <= day for name in ("outcome_known", "met"))
        table = table.assign(outcome=table["outcome"].where(told, _LATER), met=table["met"].where(met, ""))
    return table.drop(columns="outcome_known")


def invocations(provision: str | None = None, as_of: date | str | None = None) -> pd.DataFrame:
    """The dated steps of the invocations of mutual-defence clauses up to a day: ``id, date, provision, step, source, …``."""
    table = _load("invocations", ["id", "date", "provision", "step", "source", "confidence", "as_of", "note"])
    if provision is not None:
        table = table[table["provision"] == check_choice("provision", provision, sorted(set(table["provision"])))]
    return _until(table, as_of)


def contributions(state: str | None = None, as_of: date | str | None = None) -> pd.DataFrame:
    """What states gave after the invocation: ``id, state, name, date, under, kind, where, contribution, figure, …``.

    Rows that could not be verified keep an empty ``contribution``: "not reported", not "nothing".
    """
    given = ["id", "state", "date", "under", "kind", "where", "contribution", "figure"]
    table = _load("contributions", [*given, "source", "confidence", "as_of", "note"])
    table.insert(2, "name", table["state"].map(state_names()).fillna(table["state"]))
    if state is not None:
        table = table[table["state"] == check_choice("state", state, state_names())]
    return _until(table, as_of)


def describe_contributions(state: str, asker: str) -> str:
    """What is known of a state's aid, in a line or two: how much was reported, from which day on, what is left open.

    ``asker`` is the state that asked for the aid. A state without a report is "not reported", which is not "nothing".

    Raises
    ------
    ParameterError
        When the state is unknown.

    Examples
    --------
    >>> print(describe_contributions("LUX", asker="FRA"))
    Luxembourg: 1 contribution reported, under the clause; the first dated 2015-12-10.
    >>> print(describe_contributions("POL", asker="FRA"))
    Poland: not reported. Our data have no row, which does not mean that it gave nothing.
    """
    own, name = contributions(state), state_names()[state]
    if state == asker:
        return f"{name}: asked for the aid, and owed itself none."
    if own.empty:
        return f"{name}: not reported. Our data have no row, which does not mean that it gave nothing."
    given = own[own["contribution"] != ""]
    if given.empty:
        return f"{name}: not reported. It is listed, but what it offered is not verified ({own['source'].iloc[0]})."
    under, days = int((given["under"] == UNDER_CLAUSE).sum()), [day for day in given["date"] if day]
    share = {len(given): "under the clause", 0: "not (surely) under the clause"}.get(under, f"{under} of them under the clause")
    plural = "contribution" if len(given) == 1 else "contributions"
    first = f"the first dated {min(days)}" if days else "no day is reported"
    undated = f", {len(given) - len(days)} without a day" if 0 < len(days) < len(given) else ""
    return f"{name}: {len(given)} {plural} reported, {share}; {first}{undated}."


def incidents(as_of: date | str | None = None) -> dict[str, dict[str, Any]]:
    """The incidents up to a day, by id in order of their days: ``name, date, ally, what, outcome, findings, source, …``.

    What is known of one on a day is told by :func:`incident`.

    Examples
    --------
    >>> list(incidents("2012-06-30"))
    ['sept11-2001', 'iraq-2003', 'rf4-2012']
    """
    day = "9999-12-31" if as_of is None else check_date("as_of", as_of).isoformat()
    with data_of(_incidents_path()):
        found = _read_incidents()["incidents"]
        for row in found:
            require(row, _INCIDENT)
            for part in row["findings"]:
                require(part, _FINDING)
        dated = sorted((last_day(str(row["date"])), row["id"], row) for row in found)
        return {id: row for end, id, row in dated if end <= day}


def incident_tests() -> list[dict[str, str]]:
    """The tests that an incident is put to, in order: ``element, provision, question``."""
    with data_of(_incidents_path()):
        found = _read_incidents()["tests"]
        for test in found:
            require(test, ("element", "provision", "question"))
        return found


def incident_fields(id: str) -> list[dict[str, Any]]:
    """What one may find of an incident, test by test: ``name, label, choices``, and the ``reference`` with its ``why``.

    Examples
    --------
    >>> [(field["name"], field["reference"]) for field in incident_fields("drones-2025")][:2]
    [('threat_opinion', 'yes'), ('consultation_asked', 'yes')]
    """
    found = {row["element"]: row for row in incident(id)["findings"]}
    return [
        {"name": name, "label": test["question"], "choices": FINDINGS, "reference": found[name]["finding"], "why": found[name]["why"]}
        for test in incident_tests()
        if (name := test["element"]) in found
    ]


def incident(id: str, as_of: date | str | None = None) -> dict[str, Any]:
    """One incident, as it could be known on a day: what became known later is "not reported".

    Raises
    ------
    ParameterError
        When it is unknown, or happened after ``as_of``.
    """
    known = incidents()
    found = known[check_choice("incident", id, known)]
    if as_of is None:
        return found
    day = check_date("as_of", as_of).isoformat()
    if last_day(str(found["date"])) > day:
        raise ParameterError(f"{id} happened on {found['date']}, after {as_of}", where="as_of", todo="use a later day")
    later = {"finding": "not reported", "why": _LATER}
    findings = [row | (later if last_day(str(row.get("known", found["date"]))) > day else {}) for row in found["findings"]]
    return found | {
        "findings": findings,
        "outcome": found["outcome"] if last_day(str(found["outcome_known"])) <= day else "How it ended came after the as-of day.",
    }


def _incidents_path() -> Path:
    return seeds_folder() / "events" / "incidents.toml"


def _read_incidents() -> dict[str, Any]:
    return read_toml(_incidents_path())


def _load(name: str, required: list[str]) -> pd.DataFrame:
    path = seeds_folder() / "events" / f"{name}.csv"
    rows = read_rows(path, required)
    for number, row in enumerate(rows, start=2):
        with data_of(Path(f"{path}:{number}")):
            pd.Period(row["date"] or "1949")  # a day or a month, or nothing: tell where it is anything else
    return pd.DataFrame(rows, columns=None if rows else required)  # an empty table has every column that is read


def _until(table: pd.DataFrame, as_of: date | str | None) -> pd.DataFrame:
    # With an as-of day, an undated row may be later and is left out, and a month counts from its last day.
    if as_of is not None:
        day = check_date("as_of", as_of).isoformat()
        table = table.loc[[date != "" and last_day(date) <= day for date in table["date"]]]
    # A month stands after the days in it, as it does for the as-of day.
    return table.assign(_end=table["date"].map(last_day)).sort_values(["_end", "id"], ignore_index=True).drop(columns="_end")
