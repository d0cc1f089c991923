"""How far two coders agree: Krippendorff's alpha for each issue, and every disagreement with both reasons.

Alpha is 1 for perfect agreement, 0 for what chance gives, below 0 for worse. It needs variety: where all codes are the same
there is nothing to disagree about, and alpha is not defined (missing), never 1.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from itertools import groupby
from math import nan
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from .annotation import REFERENCE, Annotation, annotations
from .errors import CourseError
from .parameters import check_choice

if TYPE_CHECKING:
    import pandas as pd

LEVELS = ("nominal", "ordinal")
_NOMINAL = ("actor", "issue", "voice")
_ALL = "all"


def alpha(codings: Iterable[tuple[str, str, Any]], level: str = "nominal") -> float:
    """Krippendorff's alpha of codings ``(coder, unit, value)``; units with one coding only do not count.

    Parameters
    ----------
    codings : iterable of tuple
        Who coded what as what; any number of coders, a missing coding is left out.
    level : str
        ``"nominal"``: values are the same or not. ``"ordinal"``: values have an order, and two of them are the further
        apart the more codings lie between (Krippendorff 2018, section 12.3.4).

    Returns
    -------
    float
        At most 1; NaN where it is not defined, for a reason that :func:`explain_undefined` gives.

    Examples
    --------
    >>> round(alpha([("a", "u1", 1), ("b", "u1", 1), ("a", "u2", 2), ("b", "u2", 2), ("a", "u3", 2), ("b", "u3", 3)], "ordinal"), 3)
    0.778
    """
    check_choice("level", level, LEVELS)
    pairable = _pairable(codings)
    if explain_undefined(pairable):
        return nan
    counts = Counter(value for _, _, value in pairable)
    from nltk.metrics.agreement import AnnotationTask

    distance = _ordinal(counts) if level == "ordinal" else lambda one, other: float(one != other)
    return AnnotationTask(pairable, distance=distance).alpha()


def explain_undefined(codings: Iterable[tuple[str, str, Any]]) -> str:
    """Why codings ``(coder, unit, value)`` have no alpha; empty when they have one.

    With one unit nothing is expected by chance but what is seen: alpha would be near 0 however well all agree.

    Examples
    --------
    >>> explain_undefined([("a", "u1", 1), ("b", "u1", 2)])
    'one unit alone'
    """
    pairable = _pairable(codings)
    coders, units, values = (len({row[place] for row in pairable}) for place in range(3))
    if units < 2:
        return "one unit alone" if units else "no unit to compare"
    return "" if values > 1 else f"{'both' if coders == 2 else 'all'} always gave the same code"


def reliability(coders: tuple[str, str] = (REFERENCE, "second")) -> "pd.DataFrame":
    """How far two coders of the case's stances agree, code by code, and for the stance issue by issue.

    Returns
    -------
    pandas.DataFrame
        Columns ``code, issue, level, n, left_out, agreement, alpha, remark``. ``n`` is the number of units that count,
        ``agreement`` the share of them that both coded alike (0-1), ``alpha`` is missing where it is not defined, and
        ``remark`` then says why.
        Actor, issue and voice are compared on all units that both coded; the stance only where both chose the same
        actor and the same issue: ``left_out`` counts the others (of an issue: where at least one coder chose it).

    Raises
    ------
    ParameterError
        When a coder is unknown.
    CourseError
        When the two coded no unit in common.
    """
    import pandas as pd

    pairs = _pairs(coders)
    rows = [_row(code, _ALL, "nominal", pairs, pairs) for code in _NOMINAL]
    alike = [pair for pair in pairs if _same(pair, "actor") and _same(pair, "issue")]
    rows.append(_row("stance", _ALL, "ordinal", alike, pairs))
    for issue in sorted({str(mark.codes["issue"]) for pair in pairs for mark in pair}):
        chosen = [pair for pair in pairs if any(mark.codes["issue"] == issue for mark in pair)]
        rows.append(_row("stance", issue, "ordinal", [pair for pair in alike if pair in chosen], chosen))
    return pd.DataFrame(rows, columns=["code", "issue", "level", "n", "left_out", "agreement", "alpha", "remark"])


def disagreements(coders: tuple[str, str] = (REFERENCE, "second")) -> "pd.DataFrame":
    """Every code on which two coders differ, one row each, with the notes of both as their reasons.

    Returns
    -------
    pandas.DataFrame
        Columns ``unit, passage, what, first, second, reasons``; ``what`` is a code's name, ``reasons`` a tuple of both notes.
    """
    import pandas as pd

    rows = [
        (first.unit, first.passage, code, first.codes[code], second.codes[code], (first.note, second.note))
        for first, second in _pairs(coders)
        for code in first.codes
        if first.codes[code] != second.codes[code]
    ]
    return pd.DataFrame(rows, columns=["unit", "passage", "what", "first", "second", "reasons"])


def _pairable(codings: Iterable[tuple[str, str, Any]]) -> list[tuple[str, str, Any]]:
    """The codings of units that were coded more than once."""
    rows = sorted(codings, key=itemgetter(1))
    groups = (list(group) for _, group in groupby(rows, key=itemgetter(1)))
    return [row for group in groups if len(group) > 1 for row in group]


Pair = tuple[Annotation, Annotation]


def _pairs(coders: tuple[str, str]) -> list[Pair]:
    first, second = ({mark.unit: mark for mark in annotations(coder=coder)} for coder in coders)
    pairs = [(mark, second[unit]) for unit, mark in first.items() if unit in second]
    if not pairs:
        raise CourseError(f"{coders[0]} and {coders[1]} coded no unit in common", where="annotations", todo="give both the same ids")
    return pairs


def _same(pair: Pair, code: str) -> bool:
    return pair[0].codes[code] == pair[1].codes[code]


def _row(code: str, issue: str, level: str, pairs: list[Pair], candidates: list[Pair]) -> tuple:
    agreement = sum(_same(pair, code) for pair in pairs) / len(pairs) if pairs else nan
    codings = [(mark.coder, mark.unit, mark.codes[code]) for pair in pairs for mark in pair]
    return code, issue, level, len(pairs), len(candidates) - len(pairs), agreement, alpha(codings, level), explain_undefined(codings)


def _ordinal(counts: Counter) -> Callable[[Hashable, Hashable], float]:
    """The squared ordinal difference: the codings from one value to the other, the two themselves counted by half."""
    order = sorted(counts)

    def distance(one: Hashable, other: Hashable) -> float:
        low, high = sorted((order.index(one), order.index(other)))
        return (sum(counts[value] for value in order[low : high + 1]) - (counts[one] + counts[other]) / 2) ** 2

    return distance
