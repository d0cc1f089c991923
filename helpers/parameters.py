"""Checks of a notebook's parameters: a wrong value gets one line that lists the allowed ones; days that can be compared."""

from collections.abc import Collection, Iterable
from datetime import date

from .errors import ParameterError


def check_choice(name: str, value: str, allowed: Collection[str]) -> str:
    """The value, if it is one of the allowed ones.

    Examples
    --------
    >>> check_choice("voice", "Q", ["Q", "P", "J"])
    'Q'
    """
    if not isinstance(value, str) or value not in allowed:
        todo = f"use one of {', '.join(allowed)}" if allowed else "there is nothing to choose from"
        raise ParameterError(f"{value!r} is not allowed", where=name, todo=todo)
    return value


def check_choices(name: str, values: Iterable[str], allowed: Collection[str]) -> list[str]:
    """The values as a list without repeats, if there is at least one and all are allowed."""
    if isinstance(values, str):
        raise ParameterError("is a single text", where=name, todo=f"give a list, for example ['{next(iter(allowed))}']")
    checked = [check_choice(name, value, allowed) for value in dict.fromkeys(values)]
    if not checked:
        raise ParameterError("the list is empty", where=name, todo=f"use some of {', '.join(allowed)}")
    return checked


def check_date(name: str, value: date | str, *, first: date | None = None, last: date | None = None) -> date:
    """The day, given as a ``datetime.date`` or as ISO text, if it lies between first and last (both inclusive).

    Examples
    --------
    >>> check_date("as_of", "2015-11-18")
    datetime.date(2015, 11, 18)
    """
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else date(value.year, value.month, value.day)
    except (AttributeError, ValueError):
        raise ParameterError(f"{value!r} is not a day", where=name, todo="write it as 2015-11-18") from None
    if (first and day < first) or (last and day > last):
        span = f"from {first}" if last is None else f"to {last}" if first is None else f"from {first} to {last}"
        raise ParameterError(f"{day} is outside the data", where=name, todo=f"use a day {span}")
    return day


def last_day(text: str) -> str:
    """The day (ISO text) from which a day or a month counts: itself, or the month's last day; nothing stays nothing.

    Compare days of the data with another day only through this: as text, ``"2015-11"`` stands before every day in it.

    Examples
    --------
    >>> last_day("2015-11-13"), last_day("2015-11"), last_day("")
    ('2015-11-13', '2015-11-30', '')
    """
    import pandas as pd

    return pd.Period(text).end_time.date().isoformat() if text else ""
