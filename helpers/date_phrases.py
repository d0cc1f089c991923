"""A date's phrase in its text, what the text has said before it, and what follows from that: "two days later", a day of the year told."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from .date_words import MONTHS, is_one_clause
from .periods import Reading, is_near, read_ago
from .tenses import tense

_WORD = re.compile(r"[^\W\d_]+|\d+")
PARTS = ("early", "earlier", "mid", "late", "later")
ANY_DAY = date(2000, 1, 1)
_NEARBY = 300  # code points: as far back "the next day" looks for its day, or to the start of its paragraph
GRAINS = {"day": 0, "week": 1, "weekend": 1, "month": 2, "season": 2, "year": 3, "decade": 4}
_LONG_AGO = timedelta(days=240)
_BLANK = re.compile(r"\n\s*\n|\r\s*\r")


@dataclass
class Told:
    """What the text has said so far."""

    years: dict[tuple[int, int], int] = field(default_factory=dict)  # the year that it gave for a month and day
    last_year: int = 0  # where the year mentioned last ended, for lists of years
    era: tuple[int, int] = (0, 0)  # the year that it stated last, and where that ended
    last: tuple[int, date, str] = (-_NEARBY, ANY_DAY, "")  # where the date mentioned last ended, its first day, and its precision

    def note(self, rule: str, end: int, reading: Reading, known: bool) -> None:
        """Remember a reading; one that depends on a day of publication only where that is ``known``."""
        if rule == "year":
            self.last_year = end
        if reading.basis == "stated":
            self.era = int(reading.value[:4]), end
        if (known or not reading.relative) and reading.precision in GRAINS:
            self.last = (
                end,
                _first_day(reading.value),
                reading.precision if "/" not in reading.value or reading.precision != "day" else "week",
            )


@dataclass(frozen=True)
class Phrase:
    """A match of the grammar in its text, with the day of publication and what the text has said before."""

    rule: str
    text: str
    start: int
    end: int
    published: date
    told: Told

    @cached_property
    def words(self) -> list[str]:
        """Its words and numbers, in small letters."""
        return _WORD.findall(self.text[self.start : self.end].lower())

    @property
    def numbers(self) -> list[int]:
        """Its numbers written in digits."""
        return [int(word) for word in self.words if word.isdecimal()]

    @property
    def month(self) -> int:
        """The number of the month that it names."""
        return next(MONTHS[word[:3]] for word in self.words if word[:3] in MONTHS)

    @cached_property
    def tense(self) -> str:
        """Whether its clause looks back or ahead."""
        return tense(self.text, self.start, self.end)


def _first_day(value: str) -> date:
    year, month, day, *_ = [*map(int, value.partition("/")[0].split("-")), 1, 1]
    return date(year, month, day)


def from_last(phrase: Phrase, shift: int, unit: str) -> Reading | None:
    """So many days, weeks … after the date mentioned last, if that is as exact, and near or in the same paragraph."""
    end, day, precision = phrase.told.last
    if GRAINS.get(precision, 9) > GRAINS[unit] or (phrase.start - end > _NEARBY and _BLANK.search(phrase.text, end, phrase.start)):
        return None
    reading = read_ago(-shift, unit, day)
    return replace(reading, relative=False) if reading else None


def year_told(phrase: Phrase, reading: Reading) -> int:
    """The past year that the clause has named, or the paragraph where the day is not of these weeks; 0 where there is none."""
    year, end = phrase.told.era
    between, day = phrase.text[end : phrase.start], date.fromisoformat(reading.value[:10])
    if not 0 < year < phrase.published.year or phrase.tense == "future":
        return 0
    if phrase.tense == "past" and day.year < phrase.published.year and phrase.published - day > _LONG_AGO:
        return year  # who writes of a day of last year says so, unless the text is about another year
    if len(between) > _NEARBY:
        return 0
    if is_one_clause(between):
        return year
    recent = is_near(day, phrase.published, phrase.tense) or year > phrase.published.year - 2
    return 0 if recent or "" in map(str.strip, between.splitlines()[1:-1]) else year
