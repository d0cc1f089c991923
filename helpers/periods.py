"""Days, weeks, months and seasons of the calendar as ISO 8601 text, and which of several is meant.

Weeks run from Monday, seasons are the northern ones by whole months.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .date_words import MONTHS, SEASONS, WEEKDAYS

_NEAR = timedelta(days=62)  # two months


@dataclass(frozen=True)
class Reading:
    """What a phrase means. ``basis`` is ``stated`` (by the phrase itself) or ``inferred``, from the article's date if ``relative``."""

    value: str
    precision: str
    basis: str = "inferred"
    alternatives: tuple[str, ...] = ()
    relative: bool = True

    @property
    def as_stated(self) -> "Reading":
        """The same reading, known from the text alone."""
        return replace(self, basis="stated", relative=False)


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or ``None`` if the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_day(day: date, *others: date) -> Reading:
    """The reading as this day; ``others`` are further ones that it may mean."""
    return Reading(day.isoformat(), "day", alternatives=tuple(other.isoformat() for other in others))


def read_days(*days: date | None) -> Reading | None:
    """The reading as a stated day, or as an interval of two; ``None`` unless they exist and stand in order."""
    known = [day for day in days if day]
    if len(known) < len(days) or known != sorted(set(known)):
        return None
    return Reading("/".join(map(str, known)), "day").as_stated


def read_week(day: date) -> Reading:
    """The reading as the week of a day, Monday to Sunday.

    Examples
    --------
    >>> read_week(date(2015, 11, 18)).value
    '2015-11-16/2015-11-22'
    """
    return Reading(f"{monday(day)}/{monday(day) + timedelta(6)}", "week")


def read_month(day: date, shift: int = 0) -> Reading | None:
    """The reading as the month of a day, or one so many months off; ``None`` before the year 1."""
    year, month = divmod(day.year * 12 + day.month - 1 + shift, 12)
    return Reading(f"{year:04}-{month + 1:02}", "month") if 0 < year < 10000 else None


def read_season(name: str, year: int) -> Reading:
    """The reading as a season; a winter belongs to the year in which it begins.

    Examples
    --------
    >>> read_season("winter", 2014).value
    '2014-12/2015-02'
    """
    month = SEASONS[name]
    return Reading(f"{year:04}-{month:02}/" + (f"{year + 1:04}-02" if month > 10 else f"{year:04}-{month + 2:02}"), "season")


def read_years(first: int, count: int, precision: str) -> Reading:
    """The reading as so many years from the first one on: a year, a decade, a century."""
    return Reading(f"{first:04}" if count == 1 else f"{first:04}/{first + count - 1:04}", precision)


def read_weekday(name: str, published: date, tense: str) -> Reading:
    """The reading of a weekday's bare name: the last one up to the day of publication, or the next one if it is to come.

    Examples
    --------
    >>> [read_weekday("friday", date(2015, 11, 16), tense).value for tense in ("past", "future")]
    ['2015-11-13', '2015-11-20']
    """
    back = (published.weekday() - WEEKDAYS[name]) % 7
    past, ahead = published - timedelta(back), published + timedelta(-back % 7)
    if tense == "future":
        return read_day(ahead) if back else read_day(ahead, ahead + timedelta(7))
    return read_day(past) if tense == "past" or not back else read_day(past, ahead)


def read_weekend(published: date, side: str) -> Reading:
    """The reading of a weekend: the one gone by or begun (``past``), the one at hand (``future``), ``last`` or ``next``."""
    begun = published.weekday() >= WEEKDAYS["saturday"]
    shift = {"past": 0 if begun else -7, "future": 0, "last": -7, "next": 7}[side]
    forms = [f"{monday(published) + timedelta(days + 5)}/{monday(published) + timedelta(days + 6)}" for days in (shift, 0)]
    return Reading(forms[0], "weekend", alternatives=(forms[1],) if side == "next" and not begun else ())


def read_named(name: str, side: str, published: date, tense: str) -> Reading:
    """The reading of a weekday, month or season with ``last``, ``this`` or ``next``; both it may mean where usage differs.

    Examples
    --------
    >>> reading = read_named("friday", "next", date(2015, 11, 18), "")
    >>> reading.value, reading.alternatives
    ('2015-11-27', ('2015-11-20',))
    """
    if name in WEEKDAYS:
        here, precision = published, "day"
        forms = {day: day.isoformat() for day in (monday(here) + timedelta(WEEKDAYS[name] + 7 * step) for step in range(-2, 3))}
    else:
        here, precision = published.replace(day=1), "season" if name in SEASONS else "month"
        firsts = [here.replace(year=here.year + step, month=SEASONS.get(name) or MONTHS[name[:3]]) for step in range(-2, 3)]
        forms = {first: read_season(name, first.year).value if name in SEASONS else f"{first:%Y-%m}" for first in firsts}
    if side == "this":
        return Reading(forms[_this(list(forms), here, tense)], precision)
    near, far = [day for day in reversed(forms) if day < here][:2] if side == "last" else [day for day in forms if day > here][:2]
    if not _same_period(near, here, precision):
        return Reading(forms[near], precision)
    # News writes plain "Friday" for the coming one, so that "next Friday" of the same week is rather the one after.
    first, second = (far, near) if side == "next" else (near, far)
    return Reading(forms[first], precision, alternatives=(forms[second],))


def read_ago(count: int, unit: str, day: date) -> Reading | None:
    """The reading of so many days, weeks, months, years or decades before a day; ``None`` before the year 1.

    Examples
    --------
    >>> read_ago(2, "month", date(2015, 1, 8)).value
    '2014-11'
    """
    match unit:
        case "day":
            return read_day(day - timedelta(count))
        case "week":
            return read_week(day - timedelta(7 * count))
        case "month":
            return read_month(day, -count)
        case "year" if count < day.year:
            return read_years(day.year - count, 1, "year")
        case "decade" if 10 * count < day.year:
            return read_years((day.year // 10 - count) * 10, 10, "decade")
    return None


def read_relative(unit: str, side: str, day: date, tense: str) -> Reading | None:
    """The reading of ``last``, ``this`` or ``next`` week, weekend, month, year, night or part of the day.

    Examples
    --------
    >>> read_relative("week", "next", date(2015, 11, 16), "").value
    '2015-11-23/2015-11-29'
    """
    shift = {"last": -1, "this": 0, "next": 1}[side]
    match unit:
        case "weekend":
            return read_weekend(day, (tense or "future") if side == "this" else side)
        case "week":
            return read_week(day + timedelta(7 * shift))
        case "month":
            return read_month(day, shift)
        case "year":
            return read_years(day.year + shift, 1, "year")
    # "last night" and "this morning"; "the next morning" belongs to a story, not to the day of publication.
    wanted = -1 if unit == "night" else 0
    return read_day(day + timedelta(wanted)) if shift == wanted else None


def choose(forms: Mapping[date, str], published: date, tense: str, precision: str) -> Reading:
    """The latest of some days or months so far, or the next one if it is to come; with the other where the text doesn't tell.

    A date is given without its year within that year: what would lie farther back than it is ahead, this year, is to come.

    Examples
    --------
    >>> novembers = {date(year, 11, 20): f"{year}-11-20" for year in (2014, 2015)}
    >>> choose(novembers, date(2015, 11, 16), "", "day").value
    '2015-11-20'
    """
    past, ahead = [day for day in forms if day <= published][-1:], [day for day in forms if day >= published][:1]
    recent = bool(past) and published - past[0] <= _NEAR
    nearer = bool(past and ahead) and ahead[0].year == published.year and ahead[0] - published < published - past[0]
    order = ahead + past if tense == "future" or (nearer and tense != "past") else past + ahead
    certain = tense or order[0] == published or (recent and not nearer)
    return Reading(forms[order[0]], precision, alternatives=() if certain else tuple(forms[day] for day in order[1:]))


def is_near(day: date, published: date, tense: str) -> bool:
    """Whether a day is one of the weeks around the publication, as its tense has it."""
    return abs(day - published) <= _NEAR and (day <= published or tense != "past")


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(day.weekday())


def _this(days: list[date], here: date, tense: str) -> date:
    known = {"past": [day for day in days if day <= here][-1:], "future": [day for day in days if day >= here][:1]}
    return (known.get(tense) or days[2:])[0]


def _same_period(one: date, other: date, precision: str) -> bool:
    return monday(one) == monday(other) if precision == "day" else one.year == other.year
