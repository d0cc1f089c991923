"""Probabilities committed before the day, scored after it: the Brier score and the learner's forecast log.

The score is the squared distance between the stated probability and what happened (1 or 0): 0 is sure and right, 1 is
sure and wrong. Brier, *Monthly Weather Review* (1950); it is a proper scoring rule (Gneiting & Raftery, *Journal of the
American Statistical Association* 102, 2007): nobody expects a better score from saying something else than he believes.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from .answers import read_answers
from .errors import ParameterError
from .parameters import check_date, last_day
from .questions import load_items, problems

HALF = 0.5  # what one says who knows nothing
OPEN = "open"
COLUMNS = ["item", "question", "probability", "outcome", "known", "score", "what", "source", "confidence"]
_BLANK = dict.fromkeys(COLUMNS, "")


def brier_score(probability: float, happened: bool) -> float:
    """The squared distance between a probability of yes (0-1) and what happened; 0 is best, 1 worst.

    Raises
    ------
    ParameterError
        When the probability does not lie between 0 and 1.

    Examples
    --------
    >>> round(brier_score(0.8, True), 2), round(brier_score(0.8, False), 2)
    (0.04, 0.64)
    """
    return (_check_probability("probability", probability) - bool(happened)) ** 2


def expected_scores(belief: float, step: float = 0.05) -> pd.DataFrame:
    """The score to be expected for each probability that one may state, if yes comes true with the chance ``belief``.

    Columns ``stated`` (0-1, in steps) and ``expected``; the least expected score stands where both are equal.

    Examples
    --------
    >>> table = expected_scores(0.7)
    >>> table.loc[table["expected"].idxmin(), "stated"].item()
    0.7
    """
    _check_probability("belief", belief)
    stated = [round(number * step, 10) for number in range(round(1 / step) + 1)]
    expected = [belief * brier_score(value, True) + (1 - belief) * brier_score(value, False) for value in stated]
    return pd.DataFrame({"stated": stated, "expected": expected})


def score_forecasts(rows: Iterable[tuple[str, float, bool | None]]) -> pd.DataFrame:
    """Forecasts given as question, probability of yes, and whether it happened (``None``: not known), as a log.

    Examples
    --------
    >>> score_forecasts([("Rain by noon?", 0.9, True), ("Snow by noon?", 0.2, None)])["outcome"].tolist()
    ['yes', 'open']
    """
    found = [_BLANK | {"question": question, "probability": stated} | _resolve(stated, happened) for question, stated, happened in rows]
    return pd.DataFrame(found, columns=COLUMNS)


def forecast_log(as_of: date | str | None = None, answers: Mapping[str, Any] | None = None) -> pd.DataFrame:
    """The learner's committed probabilities, one row each, scored where the outcome is known by a day.

    Parameters
    ----------
    as_of : datetime.date or str, optional
        An outcome known later than this day is not told; all are when left out.
    answers : mapping, optional
        Answers by item id; those of the learner when left out.

    Returns
    -------
    pandas.DataFrame
        Columns ``item, question, probability (0-1), outcome (yes, no, open), known (ISO text), score (0-1, missing while
        open), what, source, confidence``; empty when nothing is committed.

    Examples
    --------
    >>> forecast_log("2015-11-19", answers={}).empty
    True
    """
    day = "9999-12-31" if as_of is None else check_date("as_of", as_of).isoformat()
    given = read_answers()[0] if answers is None else answers
    rows = []
    for item in load_items():
        if item.mode != "forecast" or item.id not in given or problems(item, given[item.id]):
            continue
        told = item.outcome if item.outcome and last_day(item.outcome.known) <= day else None
        stated = float(given[item.id])
        row = _BLANK | {"item": item.id, "question": item.prompt, "probability": stated} | _resolve(stated, told.happened if told else None)
        more = {"known": told.known, "what": told.what, "source": told.source, "confidence": told.confidence} if told else {}
        rows.append(row | more)
    return pd.DataFrame(rows, columns=COLUMNS)


def summarise_log(log: pd.DataFrame) -> pd.DataFrame:
    """The mean score of the resolved forecasts beside two plain forecasters: ``forecaster, mean score, forecasts``.

    One always says one half. The other always says the base rate, the share of yes; it exists only when no question of
    the log is open, since a yes may come any day and a no only at the end, so that an early share of yes is too high.

    Examples
    --------
    >>> summarise_log(score_forecasts([("A?", 0.9, True), ("B?", 0.2, False)]))["mean score"].tolist()
    ['0.025', '0.250', '0.250']
    """
    done = log[log["outcome"] != OPEN]
    happened, waiting = done["outcome"] == "yes", len(log) - len(done)
    rows = [("the forecasts in this log", _mean(done["score"])), ("always one half", _mean([brier_score(HALF, yes) for yes in happened]))]
    if waiting or done.empty:
        rows.append(("always the base rate", f"none yet: {waiting} open" if waiting else ""))
    else:
        rate = float(happened.mean())
        rows.append((f"always the base rate ({rate:.2f}, known afterwards)", _mean([brier_score(rate, yes) for yes in happened])))
    return pd.DataFrame([(name, score, len(done)) for name, score in rows], columns=["forecaster", "mean score", "forecasts"])


def _resolve(stated: float, happened: bool | None) -> dict[str, Any]:
    if happened is None:
        return {"outcome": OPEN, "score": float("nan")}
    return {"outcome": "yes" if happened else "no", "score": brier_score(stated, happened)}


def _mean(scores: Iterable[float]) -> str:
    found = list(scores)
    return f"{sum(found) / len(found):.3f}" if found else ""


def _check_probability(name: str, value: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ParameterError(f"{value!r} is no probability", where=name, todo="give a number from 0 to 1")
    return float(value)
