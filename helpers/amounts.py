"""Finding the figures of a text: numbers that count or measure something, with their unit and what they count.

Years, days, ordinals and the numbers of names ("Article 5", "F-16", "Flight 11", "at 5 p.m.") are no figures, nor are
"dozens" and "hundreds of", which give no number. "One" counts only as a part of a number or a share.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

from .counted_nouns import COUNTED, find_phrase, find_phrase_of, plural_of
from .mentions import Mention
from .numerals import BEGINNINGS, CURRENCIES, GAP, MONEY, NUMERAL, SHARE, SIGNS, number_in, plain, range_in
from .patterns import Triggers

_FIGURE = re.compile(
    rf"(?<![\w,:/+#’'-])(?<!\d[.–])(?:"
    rf"(?P<share>{SHARE})"
    rf"|(?P<money>{MONEY})(?P<sum>{NUMERAL}(?:[mM]n?\b)?)(?:(?:[-–]|{GAP}(?:to|or){GAP})(?P<second>(?:{MONEY})?(?P<sum_to>{NUMERAL}(?:[mM]n?\b)?)))?"
    rf"|(?P<between>[Bb]etween{GAP})?(?P<number>{NUMERAL})"
    rf"(?P<join>(?:[-–]|{GAP}(?:to|or|in|out{GAP}of|(?(between)and|to)){GAP}|-(?:to|or)-)(?P<to>{NUMERAL}))?)"
)
_WINDOW = 32  # code points before a number in which the words stand that tell what it is
# Right after a number: it goes on, or is an hour, a day of a month, or a part of a label.
_NO_FIGURE_AFTER = re.compile(
    rf"[\w/]|[.,:]\d|[-–]\d|(?:{GAP}|\.)?(?:[ap]\.?m\b|o['’]clock|GMT|UTC|BST|CET|EST|EDT|noon)"
    rf"|{GAP}(?:of{GAP})?(?:Jan|Feb|March|April|May\b|June|July|Aug|Sept|Oct|Nov|Dec)"
)
_LABELS = """article articles art. resolution resolutions chapter chapters section sections paragraph paragraphs page pages version protocol
    annex title no. nos. number phase room flight channel highway route interstate boeing airbus apollo amendment regulation directive
    volume vol."""
_CAPITAL_LABELS = """Groups Part Act Case Class Form Formula Item Level Line Mark Point Stage Step Tier Type Unit War Force Figure Table
    Rule Law Euro January February March April May June July August September October November December Jan. Feb. Aug. Sept. Sep. Oct. Nov.
    Dec. Jan Feb Aug Sept Sep Oct Nov Dec"""
_LABEL = re.compile(
    rf"\b(?:(?i:{'|'.join(map(re.escape, _LABELS.split()))})|Group{GAP}of|{'|'.join(map(re.escape, _CAPITAL_LABELS.split()))})"
    rf"{GAP}(?:\d[\d.()]{{0,6}},?{GAP}(?:(?:and|or|to){GAP})?)?$"
)
# The words that can stand right before the number of a label: only after one of them a label is looked for.
_LABEL_ENDS = frozenset(f"{_LABELS} {_CAPITAL_LABELS}".lower().split())
_LINKS, _LIST_ENDS = frozenset({"of", "and", "or", "to"}), ",)0123456789"
_WORDS_END = re.compile(r".*[^\w.]")
_MONTH_BEFORE = re.compile(rf"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{{0,6}}\.?{GAP}$")
_QUALIFIER = re.compile(
    r"\b((?:no\s+)?(?:more|less|fewer|greater)\s+than|at\s+(?:least|most)|up\s+to|as\s+(?:many|much|few|little)\s+as|nearly|almost|"
    r"about|around|roughly|approximately|some|(?:well\s+)?over|under|below|above|close\s+to|upwards?\s+of|an\s+estimated|estimated|exactly)\s+$",
    re.IGNORECASE,
)
# What makes a bare number in digits a figure although it stands without a noun.
_COUNTING = re.compile(
    rf"\b(?:(?:left|toll|total(?:l?ed|l?ing)?|population|number(?:ed|ing)?)(?:{GAP}(?:of|at|to|was|is|reached|stood{GAP}at|rose{GAP}to))?"
    rf"|(?:up|down|rose|fell){GAP}(?:from|to|by)|all|other|another|the){GAP}$",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    rf"\b(?:offer|send|add|lend|pledge|promise|deploy|provide|contribute|commit|supply|recruit|train|host|accept|want|need|lose|reach|exceed|pass)"
    rf"(?:s|e?d|ing)?{GAP}$|\b(?:is|was|are|were|stood|stands|now){GAP}at{GAP}$|\bvotes{GAP}to{GAP}$|\bsent{GAP}$|\blost{GAP}$"
)
_A = re.compile(rf"\b[Aa](?:-|{GAP})$")
_OF_THEM = re.compile(rf"{GAP}of{GAP}(?:them|these|those|us|whom|which|theirs|ours|(?:its|their|his|her|our){GAP}own)\b")
_REPORTED = re.compile(
    rf"\b(?:sp[eo]a?ke?|talk|report|claim|count|confirm|record|register|list|announce|estimate|acknowledge|admit|found|see|saw|ma[dk]e)"
    rf"(?:s|e?d|ing)?{GAP}(?:of{GAP})?$|\b(?:put|puts|estimated|reported)\b[^.;:!?\n]{{1,30}}{GAP}at{GAP}$|\bthen{GAP}at{GAP}$"
)
_ENDS_CLAUSE = re.compile(r"[.,;:!?]?[\"”’)]*(?:\s|$)(?:(?<=[.,;:!?\"”’)]\s)|(?=and\b|but\b)|\Z)")
_TO_NONE = re.compile(rf"(?:{GAP}(?:votes{GAP})?to{GAP}|-)(?:none|nil|zero|nothing)\b")
_HARMED = re.compile(rf"\b(?:kill|wound|injur|arrest|detain|rescu|evacuat|captur)(?:ed|ing){GAP}$", re.IGNORECASE)
_DID = re.compile(rf"{GAP}(?:died|survived|were|others)\b")
_VOTED = re.compile(
    rf"{GAP}(?:did|had|have|voted|agreed|opposed|supported|abstained|joined|refused|signed|backed|objected|remained|said)\b"
)
_SUBJECT = re.compile(rf"(?:\b[Oo]f{GAP}(?:the|its|their)\b[^.;:!?\n]{{1,40}},|\bof{GAP}(?:whom|which|them)|[;.])\s+$")
_THE = re.compile(rf"\b[Tt]he{GAP}$")
_AGED = re.compile(rf"\bage[ds]?{GAP}$|\b[^\W\d_][\w’'-]{{1,30}},{GAP}$")
_VOTE = re.compile(
    r"\b(?:vot(?:e|es|ed|ing)|ballot|majority|motion|approv|adopt|pass|reject|defeat|back|favou?r|ratif|lawmakers)", re.IGNORECASE
)
_OTHER_HALF = re.compile(rf"\b(?:first|second|other|latter|former|better|last|final){GAP}$", re.IGNORECASE)
_PERCENT = re.compile(rf"(?:-|{GAP})?(?:%|percent(?:age{GAP}points?)?\b|per{GAP}cent\b|pct\b)|%")
_MEASURE = re.compile(rf"(?:{GAP}|-)?(km/h|km|kg|mph|kph|mm|cm|GW|MW|kW|kt|kHz|MHz|°C|°F)\b")
_MILLION = re.compile(r"mn?\b")
_HYPHENED = re.compile(r"-([a-z]{2,20})(-old\b)?(?![\w-])")
_NO_NOUNS = "way fold sided pronged faced handed time to or and on in by out up off for odd plus something"
_OF_NUMBER = re.compile(rf"{GAP}of{GAP}(?:(?:the|its|their|his|her|our|those|these)(?:{GAP}[\w-]{{1,30}}['’]s)?{GAP})?(?:{NUMERAL})")
_AGO = re.compile(rf"{GAP}ago\b")


def find_amounts(text: str, spans: Sequence[tuple[int, int]] | None = None) -> list[Mention]:
    """The figures of a text, as mentions of kind ``figure`` in reading order.

    A mention goes from the number, or its currency sign, to the noun that it counts: "130 people" of "more than 130 people".

    Parameters
    ----------
    text : str
        The whole text; positions are code points into it.
    spans : sequence of (int, int), optional
        The stretches of the text to read; all of it by default.

    Returns
    -------
    list of Mention
        ``value`` is the number, read by ``Fraction`` (a share such as 1/6 stays exact), or two joined by a hyphen: a
        range, whose ends are in ``low`` and ``high``, or a vote. ``details``: ``unit`` (the noun counted, in the plural;
        ``percent``, ``share``, ``votes``, a currency's ISO code), ``counts`` (the noun phrase as printed) and
        ``qualifier`` ("more than"), each where it applies.

    Examples
    --------
    >>> for mention in find_amounts("More than 130 people died; it cost $4.5 billion."):
    ...     print(mention.text, mention.value, dict(mention.details))
    130 people 130 {'unit': 'people', 'counts': 'people', 'qualifier': 'more than'}
    $4.5 billion 4500000000 {'unit': 'USD'}
    """
    return [mention for first, last in ([(0, len(text))] if spans is None else spans) for mention in _find(text, first, last)]


def _find(text: str, at: int, stop: int) -> Iterator[Mention]:
    for start in _starts(text, at, stop):
        match = _FIGURE.match(text, start, stop) if start >= at else None
        if not match:
            continue
        if match["share"]:
            mentions = [_share(text, match, stop)]
        elif match["money"]:
            mentions = _money(text, match)
        else:
            mentions = (_pair(text, match, stop) if match["join"] else []) or [_count(text, match, stop)]
        found = [mention for mention in mentions if mention]
        yield from found
        # A number that is no figure ends where it ends: "from 4 to 5 people" goes on with the second one.
        at = found[-1].end if found else max(match.start() + 1, match.end("number") if match["number"] else match.end())


def _starts(text: str, at: int, stop: int) -> Iterator[int]:
    """Where a figure can begin: at a digit, a sign, a number word, and at the "a" of "a dozen"."""
    for start in _triggers().find(text, at, stop):
        if text[start].isalpha() and _last_mark(text, start) in "aA-" and (article := _A.search(text, max(at, start - _WINDOW), start)):
            yield article.start()
        yield start


@cache
def _triggers() -> Triggers:
    return Triggers([*BEGINNINGS, *SIGNS, "Between", "between"])


def _share(text: str, match: re.Match[str], stop: int) -> Mention | None:
    if _OTHER_HALF.search(text, max(0, match.start() - 12), match.start()):
        return None
    whole = find_phrase_of(text, match.end(), stop)
    return _mention(text, match.start(), match.end(), plain(number_in(match["share"])), "share", phrase=whole)


def _money(text: str, match: re.Match[str]) -> list[Mention]:
    start, end = match.start(), match.end()
    if _NO_FIGURE_AFTER.match(text, end):
        return []
    unit = SIGNS[match["money"].strip()]
    if not match["sum_to"]:
        return [_mention(text, start, end, plain(number_in(match["sum"])), unit)]
    low, high = range_in(match["sum"], match["sum_to"])
    if low >= high:
        return []
    if text[match.end("sum")].isspace():
        return _two(text, ((start, match.end("sum")), (match.start("second"), end)), (low, high), unit)
    return [_mention(text, start, end, f"{plain(low)}-{plain(high)}", unit, low=low, high=high)]


def _two(
    text: str, places: Sequence[tuple[int, int]], ends: tuple[Fraction, Fraction], unit: str, phrase: tuple[int, int] | None = None
) -> list[Mention]:
    """Both numbers of "12 to 15 percent" or of a vote, each with the unit; of a range each knows both ends."""
    known = {"low": ends[0], "high": ends[1]} if unit != "votes" else {}
    return [_mention(text, *place, plain(end), unit, phrase=phrase, **known) for place, end in zip(places, ends, strict=True)]


def _pair(text: str, match: re.Match[str], stop: int) -> list[Mention]:
    """The two numbers of a range or a vote, one figure if a hyphen joins them, or a share ("nine in 10"); empty if it is none."""
    start, end, join = match.start("number"), match.end(), match["join"][: -len(match["to"])].strip()
    if _is_named(text, start, match.end()):
        return []
    low, high = range_in(match["number"], match["to"])
    if join.endswith(("in", "of")):
        parts = join.endswith("of") or low == 1 or high in (10, 100)
        phrase = find_phrase(text, end, stop)
        end = phrase[1] if phrase else end
        return [_mention(text, start, end, plain(low / high), "share", phrase=phrase)] if parts and low < high else []
    unit, year = _unit(text, end, stop), _is_year(match["number"])
    near = text[max(0, start - 60) : end + 40]
    if (unit is None or unit[1] == "votes") and _VOTE.search(near) and join not in ("or", "and") and not year:
        name, phrase = "votes", None
    elif low >= high or (unit is None and (year or not match["between"])):
        return []
    else:
        end, name, phrase = unit or (end, "", None)
    if text[match.end("number")].isspace():
        return _two(text, ((start, match.end("number")), (match.start("to"), end)), (low, high), name, phrase)
    known = {} if name == "votes" else {"low": low, "high": high}
    return [_mention(text, start, end, f"{plain(low)}-{plain(high)}", name, phrase=phrase, **known)]


def _count(text: str, match: re.Match[str], stop: int) -> Mention | None:
    start, end, numeral = match.start("number"), match.end("number"), match["number"]
    if text.startswith("m", end) and (million := _MILLION.match(text, end)) and find_phrase(text, million.end(), stop):
        end, numeral = million.end(), text[start : million.end()]
    if _is_named(text, start, end):
        return None
    if _is_year(numeral) and not COUNTED.match(text, end):
        return None
    unit = _unit(text, end, stop)
    if unit is None:
        return _bare(text, start, end, numeral)
    if numeral.lower() == "one" or _AGO.match(text, unit[0]):
        return None
    return _mention(text, start, unit[0], plain(number_in(numeral)), unit[1], phrase=unit[2])


def _bare(text: str, start: int, end: int, numeral: str) -> Mention | None:
    """A number without a noun: an age, or what a verb or a qualifier shows to be a count ("killed 130")."""
    number, window, last = number_in(numeral), max(0, start - _WINDOW), _last_mark(text, start)
    subject = numeral.isdecimal() and _VOTED.match(text, end) and _SUBJECT.search(text, max(0, start - 60), start)
    against = _TO_NONE.match(text, end)
    if number > 1 and (against or subject or _OF_THEM.match(text, end)):
        return _mention(text, start, end, plain(number), "votes" if against else "")
    if number < 120 and numeral.isdecimal() and (aged := (last.isalpha() or last == ",") and _AGED.search(text, window, start)):
        told = aged.group().startswith("age") or text.startswith(",", end)
        return replace(_mention(text, start, end, plain(number), "years"), optional=True) if told else None
    in_digits = numeral[0].isdecimal()
    counted = number >= 100 and not numeral.isdecimal()  # "30,000", "half a million", "two hundred"
    if last.isalpha():
        counted = counted or bool(_HARMED.search(text, window, start) or _qualifier(text, start))
        counted = counted or (in_digits and bool(_COUNTING.search(text, window, start) or _GIVEN.search(text, window, start)))
        counted = counted or (in_digits and bool(_REPORTED.search(text, max(0, start - 60), start) and _ENDS_CLAUSE.match(text, end)))
    if counted or (_DID.match(text, end) and not _THE.search(text, max(0, start - 9), start)):
        return _mention(text, start, end, plain(number)) if number > 1 else None
    return None


def _is_year(numeral: str) -> bool:
    return len(numeral) == 4 and numeral.isdecimal() and "1600" <= numeral < "2100"


def _is_named(text: str, start: int, end: int) -> bool:
    """Whether the number belongs to a label, a date or a time of the day."""
    if _NO_FIGURE_AFTER.match(text, end) and not _MEASURE.match(text, end) and not _PERCENT.match(text, end):
        return True
    window = max(0, start - _WINDOW)
    before = text[window:start].split() or [" "]
    if (last := before[-1])[0] == "0" and last.isdecimal():
        return True  # a telephone's
    # Only "Articles 4 and 5" and "Group of 7" go on with a number, "of", "and" …
    word, listed = _WORDS_END.sub("", last.lower()), last[-1] in _LIST_ENDS
    linked = word in _LINKS and len(before) > 1 and (before[-2][-1] in _LIST_ENDS or before[-2] == "Group")
    if not (listed or linked or word in _LABEL_ENDS) or not _LABEL.search(text, window, start):
        return False
    return not (_MONTH_BEFORE.search(text, window, start) and COUNTED.match(text, end))


def _last_mark(text: str, start: int) -> str:
    """The last character before the gap before a number: what is written there decides whether words are looked for."""
    return text[max(0, start - _WINDOW) : start].rstrip()[-1:] or " "


def _unit(text: str, end: int, stop: int) -> tuple[int, str, tuple[int, int] | None] | None:
    """Where the unit after a number ends, its name, and the noun phrase that is counted."""
    if match := _PERCENT.match(text, end, stop):
        return match.end(), "percent", find_phrase_of(text, match.end(), stop)
    if match := _MEASURE.match(text, end, stop):
        return match.end(), match[1], None
    if (match := _HYPHENED.match(text, end, stop)) and match[1] not in _NO_NOUNS.split():
        name, phrase = (plural_of(match[1]), match.span(1)) if match[1] != "strong" else ("", None)
        return match.end(), name, phrase
    phrase, whole = find_phrase(text, end, stop) or find_phrase_of(text, end, stop), _OF_NUMBER.match(text, end, stop)
    if phrase is None and whole and (phrase := find_phrase(text, whole.end(), stop)):
        return end, text[slice(*phrase)].rsplit(maxsplit=1)[-1], phrase  # "18 of 19 allies" is two figures with one noun
    if phrase is None:
        return None
    counts = text[phrase[0] : phrase[1]]
    head = counts.split()[-1]
    currency = CURRENCIES.get(head.lower()) if counts.lower() in (head.lower(), f"us {head.lower()}", f"u.s. {head.lower()}") else None
    return phrase[1], currency or head, None if currency else phrase


def _qualifier(text: str, start: int) -> str:
    match = _QUALIFIER.search(text, max(0, start - _WINDOW), start)
    return " ".join(match[1].lower().split()) if match else ""


def _mention(
    text: str, start: int, end: int, value: str, unit: str = "", *, phrase: tuple[int, int] | None = None, **ends: Fraction
) -> Mention:
    details: dict[str, Any] = {"unit": unit, "counts": text[phrase[0] : phrase[1]] if phrase else "", "qualifier": _qualifier(text, start)}
    details |= {name: plain(number) for name, number in ends.items()}
    # A number word below ten and a share in words, which many readers pass over.
    small = text[start].isalpha() and (len(value) == 1 or unit == "share")
    return Mention(start, end, "figure", value, text[start:end], small, {name: known for name, known in details.items() if known})
