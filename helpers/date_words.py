"""The words of dates in English news prose: one grammar of named rules, and what looks like a date and is none.

A rule is a regular expression without repetition over repetition; gaps are bounded and never cross a blank line, so a
scan is linear in the text by construction.
"""

import re
from collections.abc import Iterator
from functools import cache

from .counted_nouns import COUNTED
from .numerals import GAP, SMALL
from .patterns import Triggers

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_DAYS_OF_WEEK = "monday tuesday wednesday thursday friday saturday sunday"
MONTHS = {name: number for number, name in enumerate(_MONTHS.split(), start=1)}
WEEKDAYS = {name: number for number, name in enumerate(_DAYS_OF_WEEK.split())}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # the first month, in the north

MONTH = (
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SHORT_WEEKDAY = r"(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.?"
_YEAR = r"(?:1[6-9]|20)\d\d(?!\w|[.,:/]\d|[-–]\w)"
_ONE_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_DAYS = rf"{_ONE_DAY}(?:(?:[-–]|{GAP}(?:and|to){GAP}){_ONE_DAY})?(?!\w|[.,:/]\d|[-–]\w)"
_LONGEST_LEAD = 60  # code points
_SEASON = r"(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)"
_PART = rf"(?:(?:[Ee]arl(?:y|ier)|[Ll]ate(?:r)?|[Mm]id)(?:-|{GAP}(?:in{GAP})?))"
_NUMBER = rf"\d{{1,3}}|[Aa]n?|[Aa]{GAP}hundred|{SMALL}"
_UNIT = r"(?:day|week|month|year|decade)"
_DAY_OF_MONTH = rf"(?:{MONTH}{GAP}{_DAYS}|(?<![\d.,/:$-]){_DAYS}{GAP}(?:of{GAP})?{MONTH})"
_SIDE_OF_YEAR = (
    rf"(?:of{GAP})?(?:(?:last|this|next|that){GAP}year"
    rf"|the{GAP}(?:(?:same|previous|following|next){GAP}year|year{GAP}before(?:{GAP}last)?))\b"
)

RULES = {
    "iso": r"(?<![\w/.-])\d{4}[-/]\d\d[-/]\d\d(?![\d/-])",
    "numeric": r"(?<![\w/.-])\d{1,2}(?:/\d{1,2}/(?:\d{4}|\d\d)|\.\d{1,2}\.\d{4}|-\d{1,2}-\d{4})(?!\w|[/.-]\w)",
    "nine_eleven": r"(?<![\d/.,])9/11\b(?![/.,-]\d)",
    "of_year": rf"{_PART}?(?:{_DAY_OF_MONTH}|{MONTH}|{_SEASON}),?{GAP}{_SIDE_OF_YEAR}",
    "day": (
        rf"(?:(?:{_WEEKDAY}|{_SHORT_WEEKDAY}),?{GAP}(?:the{GAP})?)?"
        rf"{_DAY_OF_MONTH}(?:,?{GAP}{_YEAR})?"
    ),
    "month": rf"{_PART}?{MONTH},?{GAP}(?:of{GAP})?{_YEAR}",
    "season": rf"{_PART}?{_SEASON}{GAP}(?:of{GAP})?{_YEAR}",
    "range": rf"(?<![\d.,/:$-])(?:1[6-9]|20)\d\d(?:[-–/]|{GAP}to{GAP})(?:(?:1[6-9]|20)\d\d|\d\d)(?!\w|[.,:/]\d|[-–]\w)",
    "decade": rf"{_PART}?(?<![\d.,/:$])(?<!\d-)(?:1[6-9]|20)\d0['’]?s\b",
    "century": rf"{_PART}?(?:1[0-9]|2[01])(?:th|st)(?:-|{GAP})[Cc]entury\b",
    "week_day": rf"{_WEEKDAY}{GAP}(?:of{GAP})?(?:last|next|this){GAP}week\b",
    "beside": (
        rf"(?:next|following){GAP}day\b"
        rf"|(?<=[Tt]he\s)(?:(?:next|following|previous|same){GAP}(?:day|night|morning|afternoon|evening)|day{GAP}(?:after|before)(?=[.,;])"
        rf"|(?:following|previous|same){GAP}(?:week|month|year))\b"
    ),
    "ordinal": (
        r"(?:[12]\d|3[01]|[1-9])(?:st|nd|rd|th)\b"
        r"(?=[.,;:!?]|\s+(?:and|but|at|in|when|by|with|after|before|as|he|she|they|it|we|the)\b|$)"
    ),
    "relative": (
        rf"{_PART}?(?:[Ll]ast|[Nn]ext|[Tt]his)(?:{GAP}(?:past|coming))?{GAP}"
        rf"(?:week(?:end)?|month|year|night|morning|afternoon|evening|{_SEASON}|{_WEEKDAY}|{MONTH})(?!\w)"
    ),
    "near": rf"(?:[Tt]he\sday{GAP}(?:before|after){GAP})?(?:[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow)\b",
    "ago": rf"(?<![\w.,:/-])(?:{_NUMBER}){GAP}{_UNIT}s?{GAP}ago\b",
    "later": rf"(?<![\w.,:/-])(?:{_NUMBER}){GAP}{_UNIT}s?{GAP}(?:later|afterwards|earlier|before(?=[.,;]))\b",
    "anniversary": rf"(?<![\w.,:/-])(?:{_NUMBER}){GAP}years{GAP}(?:since|on|after)\b",
    "weekend": r"weekend\b",
    "weekday": rf"{_WEEKDAY}\b",
    "bare_month": rf"{_PART}?{MONTH}",
    "year": rf"{_PART}?(?<![\d.,/:$€£#]){_YEAR}",
}
# How a rule can begin, but for what _LEAD finds before "ago" and "yesterday".
_WORDS = "early earlier late mid last next this spring summer autumn fall winter yesterday today tonight tomorrow following weekend"
_WORDS += " day days week weeks month months year years decade decades same previous"
_BEGINNINGS = frozenset("0123456789").union(
    _WORDS.split(),
    *((word.capitalize(), word[:3].capitalize()) for word in (*WEEKDAYS, *MONTHS)),
    (word.capitalize() for word in _WORDS.split()),
)
_LEAD = re.compile(rf"(?:\b(?:{_NUMBER}){GAP}|\b[Tt]he\sday{GAP}(?:before|after){GAP})$")
GRAMMAR = re.compile(r"\b(?:" + "|".join(f"(?P<{name}>{rule})" for name, rule in RULES.items()) + ")")

# Right before the words of a rule, and right after them: what makes them something else than a date.
_VETO_BEFORE = {
    "weekday": r"\b(?:[Ee]very|[Ee]ach|an?|one|any|some|previous|Black|Good|Bloody|Easter|Ash|Super|Palm|Holy|Cyber|[Mm]ail{g}on){g}$",
    "relative": r"\b[Tt]he(?:{g}very)?{g}$",
    "near": r"\b[A-Z]\w*[^\S\n]$",
}
_VETO_AFTER = {
    "weekday": r"{g}(?:Times|Telegraph|Express|Mirror|Mail|Herald|Post|Star|People|Night{g}[A-Z]|[Ss]chool)\b",
    "relative": r"{g}(?:of|in{g}a{g}row)\b",
    "weekend": r"{g}of\b",
}
_BEFORE = {name: re.compile(rule.replace("{g}", GAP)) for name, rule in _VETO_BEFORE.items()}
_AFTER = {name: re.compile(rule.replace("{g}", GAP)) for name, rule in _VETO_AFTER.items()}

# Month names that are also given names or words need a cue; of "May" even "by" and "the" are none: "the May government".
_IN = rf"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|till|[Dd]uring|through|(?:end|start|beginning|middle|month|rest|half|week|days){GAP}of)"
_CUE_MAY = re.compile(rf"{_IN}{GAP}$")
_CUE_MONTH = re.compile(
    rf"(?:{_IN}|\b(?:[Bb]y|[Ff]rom|to|of|[Bb]etween|[Bb]efore|[Aa]fter|[Tt]he|an?|[Ii]ts|[Tt]heir|his|her)|['’]s){GAP}$"
)
_CUE_THAT = re.compile(rf"\b[Tt]hat{GAP}$")
_CUE_ORDINAL = re.compile(rf"\b(?:[Oo]n|for|by|until|till|since|from|before){GAP}the{GAP}$")
_LISTED = re.compile(rf"(?:(?:,|,?{GAP}(?:and|or|to)){GAP}{_WEEKDAY}){{1,4}}{GAP}(?:of{GAP})?(last|next|this){GAP}week\b")
_SHARED = re.compile(rf"(?:{GAP}(?:and|to|until|till|through){GAP}|{GAP}?[-–]{GAP}?){_DAY_OF_MONTH},?{GAP}({_YEAR})")
_SURE_MONTHS = frozenset({"January", "February", "July", "September", "October", "November", "December"})
_CUE_YEAR = re.compile(
    rf"(?:\b(?:[Ii]n|[Ss]ince|[Uu]ntil|till|[Bb]y|[Ff]rom|[Aa]fter|[Bb]efore|[Dd]uring|through|[Bb]etween|circa|of|[Tt]he|[Aa]n?|[Ii]ts|"
    rf"[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|year|like|[Uu]nlike|another|remember(?:s|ed|ing)?|recall(?:s|ed|ing)?|forg[eo]t(?:s|ting|ten)?|repeat(?:s|ed|ing)?)|['’]s?){GAP}$|\b(?:[Pp]re|[Pp]ost)-$|\($"
)
_SIZE = re.compile(
    rf"\b(?:total|force|population|group|number|crowd|team|fleet|staff|army|maximum|minimum|average|toll|sum|price|cost){GAP}of{GAP}$"
)
_CLAUSE = re.compile(r"(?:(?![.;:!?]\s|\n\s*\n|\b(?:and|but|while|since|until)\b)[\s\S]){1,120}")
_LIST = re.compile(rf"(?:,|,?{GAP}(?:and|or|to))?{GAP}")


def find_phrases(text: str, first: int, last: int) -> Iterator[re.Match[str]]:
    """The matches of the grammar, which is tried only where one of its rules can begin.

    Examples
    --------
    >>> line = "On Monday, three days ago, in May"
    >>> [(match.lastgroup, match.group()) for match in find_phrases(line, 0, len(line))]
    [('weekday', 'Monday'), ('ago', 'three days ago'), ('bare_month', 'May')]
    """
    done = first
    for at in _triggers().find(text, first, last):
        lead = _LEAD.search(text, max(done, at - _LONGEST_LEAD), at) if text[at] in "dwmyYtT" else None
        if at >= done and (match := (lead and GRAMMAR.match(text, lead.start(), last)) or GRAMMAR.match(text, at, last)):
            done = match.end()
            yield match


@cache
def _triggers() -> Triggers:
    return Triggers(_BEGINNINGS)


def is_other(rule: str, text: str, start: int, end: int) -> bool:
    """Whether the words around make it something else: a newspaper's name, any Monday, the last week of something."""
    before, after = _BEFORE.get(rule), _AFTER.get(rule)
    if rule == "near" and not text[start].isupper():
        before = None  # only a capital can belong to a name, as in "USA Today"
    if rule == "relative" and text[end - 3 : end] in ("day", "end"):
        before = after = None  # "the last weekend" is a date, "the last week" a stretch of time
    return bool((before and before.search(text, max(0, start - 24), start)) or (after and after.match(text, end)))


def is_one_clause(between: str) -> bool:
    """Whether a day belongs to the year before it, by what stands between: "In 1982 a frigate was hit on 5 June"."""
    return bool(_CLAUSE.fullmatch(between))


def is_of_that_year(text: str, start: int) -> bool:
    """Whether a month is the one of the year spoken of: "that May"."""
    return bool(_CUE_THAT.search(text, max(0, start - 9), start))


def is_day_by_ordinal(text: str, start: int) -> bool:
    """Whether an ordinal is a day of the month: "on the 24th"."""
    return bool(_CUE_ORDINAL.search(text, max(0, start - 14), start))


def list_week(text: str, end: int) -> str:
    """Whether a weekday is the first of several of one week: "next" for the first of "Tuesday and Friday next week", else ""."""
    match = _LISTED.match(text, end)
    return match[1] if match else ""


def year_ahead(text: str, end: int) -> int:
    """The year of a day that shares it with the end of its range, "28 February and 3 March 2011"; 0 where there is none."""
    match = _SHARED.match(text, end)
    return int(match[1]) if match else 0


def is_month(text: str, start: int, end: int) -> bool:
    """Whether a month's name without day or year is the month: by its cue, or because it can be nothing else."""
    name = text[start:end]
    if name in _SURE_MONTHS:
        return not text[max(0, start - 6) : start].endswith(("Black ", "Red "))
    return bool((_CUE_MAY if name == "May" else _CUE_MONTH).search(text, max(0, start - 24), start))


def is_year(text: str, start: int, end: int, last_year: int) -> bool:
    """Whether four digits are a year: by their cue, or by following another year (which ended at ``last_year``) in a list."""
    if COUNTED.match(text, end):
        return False
    if last_year and last_year < start and _LIST.fullmatch(text, last_year, start):
        return True
    window = max(0, start - 40)
    closed = text[start - 1] != "(" or text[end : end + 1] == ")" if start else True
    return closed and bool(_CUE_YEAR.search(text, window, start)) and not _SIZE.search(text, window, start)
