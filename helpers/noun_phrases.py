"""Noun phrases that can speak, read backwards from their last word: unnamed sources, institutions, documents, pronouns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .names import CAPITALS
from .reporting import CALENDAR, INSTITUTIONS, OUTLETS, PAPERS, SOURCES, STARTERS, TREATIES, words

BLANK = "\x02"  # stands for every character of a quotation
PREPOSITIONS = words(
    """
    about across after against alongside amid among around at before behind between by during for from in into like near of off on over per
    than to toward towards under upon via with within without
    """
)
OPENERS = words("and but or that as when while if because where although though what which who whom until since whether so yet then for")
ADVERBS = words(
    """
    has had have also then later again further already since once first next just even is was are were be been earlier today yesterday did
    tonight long often never always sometimes not only still reportedly
    """
)
STOPS = PREPOSITIONS | OPENERS | ADVERBS | words("nor whose how why said says told can could will would may might must should do does it")
DETERMINERS = words(
    """
    a an the one another some several many most two three four five his her its their this that these those anonymous unnamed unidentified
    certain other both few any separate third second
    """
)
_ARTICLES = words("a an the his her its their")
_SMALL = words("of for and the & de")  # what may stand inside an institution's name
_LOWERED = words("senior top former local military medical security opposition government rebel intelligence police western")
KINDS = {
    "unnamed": re.compile(
        rf"(?:{SOURCES})s?|authorities|(?:wo)?men|spokes(?:wo)?men|(?:country|service|business|congress)men", re.IGNORECASE
    ),
    "institution": re.compile(INSTITUTIONS, re.IGNORECASE),
    "document": re.compile(rf"(?:{TREATIES}|{PAPERS})", re.IGNORECASE),
}
PRONOUN = re.compile(r"he|she|they|i|we", re.IGNORECASE)
CAPITAL = re.compile(rf"[{CAPITALS}\d]")
_NUMBERED = re.compile(rf"(?:{TREATIES}|Art\.?)\s+\d[\d.]*(?:\(\d+\))?$", re.IGNORECASE)
_OF_NAME = re.compile(rf"\s+of\s+(?:the\s+)?[{CAPITALS}][\w-]*(?:\s+(?:(?:of|for|and|the)\s+)*[{CAPITALS}][\w-]*)*")
_OWNER = re.compile(r"['’]s?$")
_ADJECTIVES = 6  # more of them nobody writes


@dataclass(frozen=True)
class Speaker:
    """Who is named as speaking, where, and as what: ``person``, ``pronoun``, ``unnamed``, ``institution`` or ``document``.

    ``value`` is the normal form ("unnamed NATO official"), ``phrase`` what is printed ("the NATO official").
    """

    kind: str
    value: str
    start: int
    end: int
    phrase: str


def read_phrase(text: str, tokens: Sequence[re.Match[str]]) -> Speaker | None:
    """The phrase that ends with the last of these words, if it can speak.

    Examples
    --------
    >>> text = "An anonymous US defense official"
    >>> read_phrase(text, list(re.finditer("[A-z]+", text))).value
    'unnamed US defense official'
    """
    last, end = tokens[-1].group().lstrip("(“\"'"), tokens[-1].end()
    if PRONOUN.fullmatch(last) or last == "him":
        return Speaker("pronoun", "he" if last == "him" else last.lower(), tokens[-1].start(), end, last)
    if last.startswith("@"):
        return Speaker("institution", last, tokens[-1].start(), end, last)  # an account
    if numbered := _NUMBERED.search(text, max(tokens[0].start(), end - 40), end):
        return Speaker("document", numbered.group(), numbered.start(), end, numbered.group())
    for kind, nouns in KINDS.items():
        if nouns.fullmatch(last):
            return _noun_phrase(kind, tokens, text)
    return _institution(tokens, text) if CAPITAL.match(last) and last not in STARTERS | CALENDAR and not last.isdigit() else None


def _noun_phrase(kind: str, tokens: Sequence[re.Match[str]], text: str) -> Speaker | None:
    """From its noun back over adjectives to the article."""
    first = len(tokens) - 1
    while first and len(tokens) - first <= _ADJECTIVES:
        word = tokens[first - 1].group()
        if word[-1] in ",;:)”—–" or BLANK in word or word in CALENDAR or (word.lower() in STOPS - DETERMINERS):
            break
        first -= 1
        if word.lower() in _ARTICLES:
            break
    start, end = tokens[first].start(), tokens[-1].end()
    phrase = text[start:end].split()
    if kind == "institution" and phrase[0].lower() not in DETERMINERS and not CAPITAL.match(text, start):
        return None  # "took office"
    owner = re.compile("$") if kind == "institution" else _OWNER  # "Turkey’s foreign ministry", but "Pentagon spokesman"
    kept = [owner.sub("", word) for word in phrase if word.lower() not in DETERMINERS and word not in {"Mr.", "Ms.", "Mrs."}]
    if len(kept) > 1 and kept[0] in STARTERS:
        kept = kept[1:]
    if len(kept) == 1 or kept[0].lower() in _LOWERED:
        kept[0] = kept[0].lower()  # the capital letter was the sentence's
    name = " ".join(kept)
    anonymous = kind == "unnamed" or (kind == "institution" and name.islower())
    whole = _OF_NAME.match(text, end) if kind == "unnamed" and len(kept) == 1 else None
    name += " ".join(["", *whole.group().split()]) if whole else ""
    return Speaker(kind, f"unnamed {name}" if anonymous else name, start, end, " ".join(phrase))


def _institution(tokens: Sequence[re.Match[str]], text: str) -> Speaker:
    """A run of capitalised words: an outlet, a state, an organisation ("The Wall Street Journal", "Ministry of Defence")."""
    first = len(tokens) - 1
    while first:
        word = tokens[first - 1].group()
        joined = word in _SMALL and first > 1 and CAPITAL.match(tokens[first - 2].group())
        if (
            not (joined or CAPITAL.match(word))
            or word in STARTERS | CALENDAR
            or word.endswith((",", ".", ";", ":", "’s", "'s"))
            or BLANK in word
        ):
            break
        first -= 1
    while tokens[first].group() in _SMALL:
        first += 1
    name = " ".join(token.group() for token in tokens[first:]).strip("(“\"'*_")
    if first and tokens[first - 1].group().lower() == "the":
        first -= 1
        name = f"The {name}" if name.split()[-1] in OUTLETS else name
    start, end = tokens[first].start(), tokens[-1].end()
    return Speaker("institution", name, start, end, " ".join(text[start:end].split()))
