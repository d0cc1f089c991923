"""What the words of a date mean: one rule for each phrase of the grammar, with the day of publication and what the text said before."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from .counted_nouns import COUNTED
from .date_phrases import ANY_DAY, GRAINS, PARTS, Phrase, from_last, year_told
from .date_words import (
    MONTHS,
    SEASONS,
    WEEKDAYS,
    is_day_by_ordinal,
    is_month,
    is_of_that_year,
    is_year,
    list_week,
    year_ahead,
)
from .numerals import number_in
from .periods import (
    Reading,
    choose,
    make_day,
    monday,
    read_ago,
    read_day,
    read_days,
    read_named,
    read_relative,
    read_season,
    read_weekday,
    read_weekend,
    read_years,
)

_ATTACK = re.compile(r"attack|hijack|terror", re.IGNORECASE)
_ON = re.compile(r"\b[Oo]n\s+$")
_WHOLE = re.compile(r"\b(?:[Tt]he|[Aa]ll)\s+$")
# September 11 without a year, and 9/11, name a day.
_NAMED_DAY = date(2001, 9, 11)

# What the text states by itself.


def _iso(phrase: Phrase) -> Reading | None:
    year, month, day = phrase.numbers
    return read_days(make_day(year, month, day))


def _numeric(phrase: Phrase) -> Reading | None:
    first, second, year = phrase.numbers
    if year < 100:
        year += 2000 if year < 70 else 1900
    # 5/6/2015 is the fifth of June in most of the world and May 6 in the United States.
    days = [day for day in dict.fromkeys([make_day(year, second, first), make_day(year, first, second)]) if day]
    return read_day(*days).as_stated if days else None


def _nine_eleven(phrase: Phrase) -> Reading:
    return replace(read_day(_NAMED_DAY), relative=False)


def _day_of_month(phrase: Phrase) -> Reading | None:
    month, days, year = phrase.month, [number for number in phrase.numbers if number < 32], max(phrase.numbers)
    if year > 31:
        phrase.told.years.update({(month, day): year for day in days})
        return read_days(*(make_day(year, month, day) for day in days))
    if COUNTED.match(phrase.text, phrase.end):
        return None
    if year := year_ahead(phrase.text, phrase.end):
        return read_days(*(make_day(year, month, day) for day in days))
    if all((month, day) in phrase.told.years for day in days):
        known = read_days(*(make_day(phrase.told.years[month, day], month, day) for day in days))
        return replace(known, basis="inferred") if known else None
    return _without_year(phrase, month, days)


def _without_year(phrase: Phrase, month: int, days: list[int]) -> Reading | None:
    around = [phrase.published.year + shift for shift in (-1, 0, 1)]
    readings = [read_days(*(make_day(year, month, day) for day in days)) for year in around if year]
    forms = {date.fromisoformat(reading.value[:10]): reading.value for reading in readings if reading}
    if weekdays := [WEEKDAYS[word] for word in phrase.words if word in WEEKDAYS]:
        forms = {day: value for day, value in forms.items() if day.weekday() in weekdays} or forms
    if not forms:
        return None
    reading = choose(forms, phrase.published, phrase.tense, "day")
    if (year := year_told(phrase, reading)) and (known := read_days(*(make_day(year, month, day) for day in days))):
        return replace(known, basis="inferred", alternatives=() if phrase.published == ANY_DAY else (reading.value,))
    if (month, days) == (_NAMED_DAY.month, [_NAMED_DAY.day]) and phrase.published > _NAMED_DAY:
        certain = bool(_ATTACK.search(phrase.text, max(0, phrase.start - 40), phrase.end + 40))
        if certain or not _ON.search(phrase.text, max(0, phrase.start - 9), phrase.start):
            return Reading(str(_NAMED_DAY), "day", alternatives=() if certain else (reading.value,), relative=False)
    return reading


def _month_of_year(phrase: Phrase) -> Reading:
    return Reading(f"{phrase.numbers[0]}-{phrase.month:02}", "month").as_stated


def _season_of_year(phrase: Phrase) -> Reading:
    return read_season(next(word for word in phrase.words if word in SEASONS), phrase.numbers[0]).as_stated


def _range(phrase: Phrase) -> Reading | None:
    first, last = (word for word in phrase.words if word.isdecimal())
    whole = first[: 4 - len(last)] + last
    # 2011-12 is two years in prose, and December to whoever writes ISO months.
    months = (f"{first}-{last}",) if len(last) == 2 and 1 <= int(last) <= 12 else ()
    return Reading(f"{first}/{whole}", "year", alternatives=months).as_stated if first < whole else None


def _decade(phrase: Phrase) -> Reading:
    return read_years(phrase.numbers[0], 10, "decade").as_stated


def _century(phrase: Phrase) -> Reading:
    return read_years((phrase.numbers[0] - 1) * 100, 100, "century").as_stated


def _year(phrase: Phrase) -> Reading | None:
    certain = len(phrase.words) > 1 or is_year(phrase.text, phrase.start, phrase.end, phrase.told.last_year)
    return read_years(phrase.numbers[0], 1, "year").as_stated if certain else None


# What needs the article's date.


def _bare_month(phrase: Phrase) -> Reading | None:
    if is_of_that_year(phrase.text, phrase.start):
        end, day, _ = phrase.told.last
        return Reading(f"{day.year:04}-{phrase.month:02}", "month", relative=False) if end > 0 else None
    if len(phrase.words) == 1 and not is_month(phrase.text, phrase.start, phrase.end):
        return None
    firsts = [make_day(phrase.published.year + shift, phrase.month, 1) for shift in (-1, 0, 1)]
    return choose({day: f"{day:%Y-%m}" for day in firsts if day}, phrase.published.replace(day=1), phrase.tense, "month")


def _weekday(phrase: Phrase) -> Reading:
    if side := list_week(phrase.text, phrase.end):
        return _day_of_week(phrase, side)
    return read_weekday(phrase.words[0], phrase.published, phrase.tense)


def _week_day(phrase: Phrase) -> Reading:
    return _day_of_week(phrase, phrase.words[-2])


def _day_of_week(phrase: Phrase, side: str) -> Reading:
    return read_day(monday(phrase.published) + timedelta({"last": -7, "this": 0, "next": 7}[side] + WEEKDAYS[phrase.words[0]]))


def _near(phrase: Phrase) -> Reading:
    days = {"yesterday": -1, "tomorrow": 1}.get(phrase.words[-1], 0)
    return read_day(phrase.published + timedelta(days * (2 if len(phrase.words) > 1 else 1)))


def _beside(phrase: Phrase) -> Reading | None:
    side, unit = (phrase.words[1], "day") if phrase.words[0] == "day" else (phrase.words[0], phrase.words[-1])
    shift = {"previous": -1, "before": -1, "same": 0}.get(side, 1)
    return from_last(phrase, shift, unit if unit in GRAINS else "day")


def _later(phrase: Phrase) -> Reading | None:
    count, unit = _counted(phrase)
    return from_last(phrase, -count if phrase.words[-1] in ("earlier", "before") else count, unit)


def _counted(phrase: Phrase) -> tuple[int, str]:
    """Number and unit of "three weeks ago"."""
    at = next(index for index, word in enumerate(phrase.words) if word.removesuffix("s") in GRAINS)
    return int(number_in(" ".join(phrase.words[:at]))) or 1, phrase.words[at].removesuffix("s")


def _anniversary(phrase: Phrase) -> None:
    """Remember the year that is "50 years since" something: what the text tells of it may have no other year."""
    count, _ = _counted(phrase)
    if 5 <= count < phrase.published.year:
        phrase.told.era = phrase.published.year - count, phrase.end


def _ordinal(phrase: Phrase) -> Reading | None:
    if not is_day_by_ordinal(phrase.text, phrase.start):
        return None
    months = [divmod(phrase.published.year * 12 + phrase.published.month - 1 + shift, 12) for shift in (-1, 0, 1)]
    days = [day for year, month in months if 0 < year < 10000 and (day := make_day(year, month + 1, phrase.numbers[0]))]
    return choose({day: day.isoformat() for day in days}, phrase.published, phrase.tense, "day") if days else None


def _of_year(phrase: Phrase) -> Reading | None:
    """A day, month or season of "last year", "that year" or "the year before last"."""
    if phrase.words[-1] == "last":
        year = phrase.published.year - 2
    elif phrase.words[-2] in ("last", "this", "next") and "the" not in phrase.words:
        year = phrase.published.year + {"last": -1, "this": 0, "next": 1}[phrase.words[-2]]
    else:
        end, day, _ = phrase.told.last
        year = day.year + (
            -1 if "before" in phrase.words or "previous" in phrase.words else int("that" not in phrase.words and "same" not in phrase.words)
        )
        if end <= 0:
            return None
    if season := next((word for word in phrase.words if word in SEASONS), ""):
        return read_season(season, year)
    days = [number for number in phrase.numbers if number < 32]
    if days:
        known = read_days(*(make_day(year, phrase.month, day) for day in days))
        return replace(known, basis="inferred", relative=True) if known else None
    return Reading(f"{year:04}-{phrase.month:02}", "month")


def _weekend(phrase: Phrase) -> Reading | None:
    if not _WHOLE.search(phrase.text, max(0, phrase.start - 9), phrase.start):
        return None
    return read_weekend(phrase.published, "future" if phrase.tense == "future" else "past")


def _ago(phrase: Phrase) -> Reading | None:
    count, unit = _counted(phrase)
    if unit == "year":
        _anniversary(phrase)
    return read_ago(count, unit, phrase.published)


def _relative(phrase: Phrase) -> Reading | None:
    words = [word for word in phrase.words if word not in (*PARTS, "in")]
    side, unit, day = {"past": "last", "coming": "next"}.get(words[1], words[0]), words[-1], phrase.published
    if unit in WEEKDAYS or unit in SEASONS or unit[:3] in MONTHS:
        return read_named(unit, side, day, phrase.tense)
    return read_relative(unit, side, day, phrase.tense)


RULES: dict[str, Callable[[Phrase], Reading | None]] = {
    "iso": _iso,
    "numeric": _numeric,
    "nine_eleven": _nine_eleven,
    "day": _day_of_month,
    "month": _month_of_year,
    "season": _season_of_year,
    "range": _range,
    "decade": _decade,
    "century": _century,
    "week_day": _week_day,
    "relative": _relative,
    "beside": _beside,
    "of_year": _of_year,
    "ordinal": _ordinal,
    "later": _later,
    "anniversary": _anniversary,
    "near": _near,
    "ago": _ago,
    "weekend": _weekend,
    "weekday": _weekday,
    "bare_month": _bare_month,
    "year": _year,
}
