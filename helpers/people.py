"""Persons in a text: by the case's lexicon, a title, an apposition, a speech verb or a given name, then by surname or first name.

The rules are general; what is known of single names is data (see ``names``).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from . import reporting
from .mentions import Mention
from .names import ARTICLES, CAPITALS, FAMILY_FIRST, INITIAL, LINKS, Names, familiar, fold, known_names, surnames
from .patterns import Pattern
from .reporting import words

_DOTTED = words("Mr Dr Ms Lt St Mrs Gen Sen Rep Adm Gov Col Maj Sgt Rev Amb Capt Prof Pres Brig Cmdr")
_DOT = r"\.(?:(?<=\b[A-Z]\.)|" + "|".join(rf"(?<=\b{word}\.)" for word in sorted(_DOTTED)) + ")"
_WORD = rf"\w*(?:(?:['’](?!s\b)|[-‑])\w+)*(?:{_DOT})?"  # O’Brien, Jean-Yves, Sen.; not the possessive’s
# The first item is a class of letters on purpose: the engine skips everything else at full speed.
_RUN = re.compile(
    rf"[{CAPITALS}](?<!\w\w){_WORD}(?:(?:\s+(?:(?:{LINKS})\s+){{0,2}}|(?<=\.))(?:(?:{ARTICLES})-)?[{CAPITALS}]{_WORD}){{0,9}}"
)
_TOKEN = re.compile(r"\S+?\.(?=\S)|\S+")
_LINK_BEFORE = re.compile(rf"(?:\b(?:{LINKS})\s+){{1,2}}$|\b(?:{ARTICLES})-$")
_OFFICE_OF = re.compile(r"\b((?:[A-Z][\w-]+\s+)*(?:[Ss]ecretary|[Mm]inister)\s+(?:of|for)\s+(?:the\s+)?)$")
_OFFICE_AHEAD = re.compile(rf"((?:[\w’'.-]+\s+){{0,3}}?)((?:[a-z][\w-]*\s+)?(?:{reporting.ROLES})),?\s+$")
_SAID_BEFORE = re.compile(rf"\b(?:{reporting.SAID}|according\s+to)\s+$")
_SAID_AFTER = re.compile(rf"\s+(?:(?:has|had|have|also|later|then|\w+ly)\s+){{0,2}}(?:{reporting.SAID})\b")
_ASIDE = re.compile(
    rf",\s+(?:(?:an?|the|his|her|its|then)\s+)*"
    rf"((?:[\w’'.&-]+\s+){{0,7}}?(?:{reporting.SOURCES})\b(?:\s+(?:of|for|to|at|in|on|with)\s+[^,.;:“”\"]{{2,60}})?)"
)
_AGE = re.compile(r",\s+(?:\d\d[,.]|whom?\b)")
_OF = re.compile(rf"\s+of\s+([{CAPITALS}][\w.]*(?:\s+[{CAPITALS}][\w.]*)*)")
_THING_BEFORE = re.compile(rf"\b(?:{'|'.join(sorted(reporting.VESSELS))})\W+$")
_THE_BEFORE = re.compile(r"\b[Tt]he\s+$")
_PLACE_BEFORE = re.compile(r"\b(?:across|from|in|inside|into|near|of|outside|throughout|to|via)\s+$", re.IGNORECASE)
_SENTENCE = re.compile(r"(?:^|[.!?:”\"’*\n])\s*[“\"‘'(]?$")
_HOUSEHOLD = re.compile(rf"\s+(?:{reporting.INSTITUTIONS}|campaign|camp|regime|team|doctrine|era|years|presidency|White House)\b")
_REIGNING = words("king queen pope prince princess emir sultan")  # named by one name, which is no surname
_NEWSPAPERS = words("le la el il der die das al")  # what two-word names in other languages start with
_NATURE = words("Cape Hotel Hurricane Mont Monte Mount Port Puerto Radio Saint San Sankt Santa Santo St St. Villa HMS USS")
_SUFFIXES = words("Jr Jr. Sr Sr. II III IV")
_NO_START = reporting.STARTERS | reporting.CALENDAR
_SAYS = re.compile(reporting.SAID)
_FULL = 2  # words of most full names
_LINE = 200  # code points; a headline is not longer
_LONG = 4  # words; more capitals in a row are a headline


@dataclass
class _Person:
    """What a text has told of a person so far."""

    name: str
    details: dict[str, Any] = field(default_factory=dict)
    reigns: bool = False


@dataclass(frozen=True)
class _Name:
    """Words that may name a person: their place, and the office, the title and whatever else stands before them."""

    places: Sequence[int]
    parts: Sequence[str]
    end: int
    office: str = ""
    courtesy: str = ""
    before: str = ""
    run: int = 0

    @property
    def start(self) -> int:
        """Where the name starts, without its title."""
        return self.places[0]


def find_people(text: str, spans: Sequence[tuple[int, int]] | None = None) -> list[Mention]:
    """The persons that a text mentions by name, in reading order.

    The value is the full name as introduced (or as the lexicon has it), the span the name alone, without title and
    possessive. ``details`` holds what is known: ``office``, ``state`` and ``organisation`` (codes), ``gender`` (m or f).
    ``optional`` marks a person who stands for a household ("the Merkel government"). Positions are code points.

    Parameters
    ----------
    text : str
        Any text.
    spans : sequence of (int, int), optional
        The stretches that are prose, in reading order; the whole text when left out.

    Examples
    --------
    >>> found = find_people("Danish Foreign Minister Ada Holt said no. Ms. Holt’s aides nodded.")
    >>> [(person.text, person.value, person.details["office"]) for person in found]
    [('Ada Holt', 'Ada Holt', 'Foreign Minister'), ('Holt', 'Ada Holt', 'Foreign Minister')]
    """
    return list(_find(text, tuple(spans) if spans is not None else ((0, len(text)),), known_names()))


@lru_cache(maxsize=1)  # the mentions and the quotations of one text are found one after the other
def _find(text: str, spans: tuple[tuple[int, int], ...], known: Names) -> tuple[Mention, ...]:
    reader = _Reader(text, known)
    for start, end in spans:
        for run in _RUN.finditer(text, start, end):
            reader.read(run)
    return tuple(
        Mention(start, end, "person", one.name, text[start:end], optional, {name: told for name, told in one.details.items() if told})
        for start, end, one, optional in reader.found
    )


class _Reader:
    """Reads the runs of capitalised words in order and remembers who has been introduced."""

    def __init__(self, text: str, known: Names) -> None:
        self.text, self.known = text, known
        self.found: list[tuple[int, int, _Person, bool]] = []
        self.introduced: dict[str, _Person] = {}
        self.first: dict[str, _Person] = {}  # by the first word: where the surname stands first ("Mr. Ban")
        self.familiar: dict[str, _Person] = {}  # by a first name that needs no title ("says Ada")

    def read(self, run: re.Match[str]) -> None:
        """Keep the person that the run names, if it names one."""
        word, start = run.group(), run.start()
        # Most runs are one word that nobody is called; this line is for speed alone.
        if word.isalpha() and (word in reporting.STARTERS or not (self._by_surname(word) or self._role_before(start))):
            return
        name = self._name(run)
        if name and self._is_person(name):
            person, start = self._person(name)
            self._learn(person, name)
            self.found.append((start, name.end, person, self._is_household(name.start, name.end)))
        elif name and len(name.parts) > 1 and (len(name.parts) > _LONG or not any(part in self.known.given for part in name.parts[:-1])):
            self._read_headline(name)

    def _read_headline(self, name: _Name) -> None:
        """Among words that all have a capital, a known surname stands out."""
        for place, part in zip(name.places, name.parts, strict=True):
            if self._by_surname(part) and part not in self.known.others:
                person, _ = self._person(_Name([place], [part], place + len(part)))
                self.found.append((place, place + len(part), person, part != name.parts[-1] and name.parts[-1] in reporting.NO_NAMES))

    def _name(self, run: re.Match[str]) -> _Name | None:
        """What may be a name in a run, parted from the title before it and from a date after it."""
        tokens = [(run.start() + at.start(), at.group()) for at in _TOKEN.finditer(run.group())]
        while tokens and tokens[0][1] in _NO_START:
            tokens.pop(0)
        while tokens and tokens[-1][1] in _SUFFIXES:
            tokens.pop()
        tokens = tokens[: self._first_stop([word for _, word in tokens])]
        title = max((number for number, (_, word) in enumerate(tokens[:-1]) if reporting.plain_title(word) in reporting.TITLES), default=-1)
        if tokens and title == len(tokens) - 2 and tokens[0][1] in self.known.given:
            title = -1  # Martin Luther King Jr.
        titles, rest = tokens[: title + 1], tokens[title + 1 :]
        if title < 0:
            rest = rest[self._first_given(run.start(), [word for _, word in rest]) :]
        office, before = reporting.office_of([word for _, word in titles])
        if rest and not office and (told := _OFFICE_OF.search(self.text, max(0, rest[0][0] - 60), rest[0][0])):
            passed = [word.lower() not in reporting.OFFICE_WORDS and word not in self.known.others for _, word in rest]
            first = passed.index(True) if True in passed else len(rest)
            office = " ".join([*told[1].split(), *(word for _, word in rest[:first])])
            before, rest = office, rest[first:]
        if not rest:
            return None
        courtesy = reporting.plain_title(titles[-1][1]) if titles else ""
        end = rest[-1][0] + len(rest[-1][1])
        return _Name([place for place, _ in rest], [word for _, word in rest], end, office, courtesy, before, run.start())

    def _first_stop(self, parts: list[str]) -> int:
        """Where a weekday, a month or a headline's verb ends the name; "Theresa May" and "Ms. May" hold none."""
        for number, part in enumerate(parts):
            if part in reporting.CALENDAR and not (
                number and (parts[number - 1] in self.known.given or reporting.plain_title(parts[number - 1]) in reporting.TITLES)
            ):
                return number
            if number > 1 and part.endswith("s") and _SAYS.fullmatch(part.lower()):
                return number
        return len(parts)

    def _first_given(self, start: int, parts: list[str]) -> int:
        """How many words stand before a full name that is not the run's beginning: "Texan Ada Holt", "NATO’s Ada Holt"."""
        if len(parts) <= _FULL or parts[0] in self.known.given or parts[0] in _NATURE or parts[0] in reporting.NO_NAMES:
            return 0
        first = next((number for number, part in enumerate(parts[:-1]) if part in self.known.given), 0)
        opens = first == 1 and _SENTENCE.search(self.text, max(0, start - 4), start)
        return first if opens or " ".join(parts[:first]) in self.known.others else 0

    def _is_person(self, name: _Name) -> bool:
        parts, whole = name.parts, " ".join(name.parts)
        odd = any(part in reporting.NO_NAMES for part in parts)
        if self._is_other(name, whole, odd) or _THING_BEFORE.search(self.text, max(0, name.run - 14), name.run):
            return False
        if name.office or name.courtesy:
            return not odd or (len(parts) > 1 and parts[0] in self.known.given)
        if _THE_BEFORE.search(self.text, max(0, name.start - 6), name.start) and not self._is_household(name.start, name.end):
            return False
        if fold(whole) in self.introduced or fold(whole) in self.known.people or self._by_surname(whole):
            return True
        if odd or parts[0].lower() in _NEWSPAPERS or parts[0] in reporting.FIRMS:
            return False
        return self._looks_like_one(name) if parts[0] not in self.known.others else self._is_namesake(name)

    def _is_namesake(self, name: _Name) -> bool:
        """Whether a name that starts with a place’s is a person’s all the same: "Jordan Holt", but not "in Chad French troops"."""
        first, *rest = name.parts
        if first not in self.known.given or any(part in self.known.others for part in rest):
            return False
        if len(rest) > 1 or self._in_headline(name.start) or self._placed(name.start):
            return self._is_explained(name)
        return self._looks_like_one(name)

    def _is_other(self, name: _Name, whole: str, odd: bool) -> bool:
        """Whether the lexicon knows the words as something else; a person’s first name wins over a state’s, but not "in Jordan"."""
        if whole not in self.known.others:
            return False
        if len(name.parts) > 1:
            return odd or name.parts[0] not in self.known.given or "-" in name.parts[-1]
        return whole not in self.familiar or self._placed(name.start) or not self._speaks(name)

    def _placed(self, start: int) -> bool:
        return bool(_PLACE_BEFORE.search(self.text, max(0, start - 14), start))

    def _in_headline(self, start: int) -> bool:
        """Whether all longer words of the line have a capital, so that one tells nothing."""
        line = self.text[self.text.rfind("\n", 0, start) + 1 : start + _LINE].split("\n")[0][:_LINE]
        return all(word[0].isupper() for word in line.split() if len(word) > _LONG)

    def _looks_like_one(self, name: _Name) -> bool:
        """Whether words without a title are a name: by a role before them, a given name, an initial, or what stands around them."""
        parts, end = name.parts, name.end
        role = self._role_before(name.start)
        if role and (role[-1] != "," or (len(parts) > 1 and self.text[end : end + 1] in {",", "."})):
            return not parts[0].isupper()
        if len(parts) == 1 or len(parts) > _LONG:
            return False
        initials = len(parts) > _FULL and INITIAL.match(parts[1]) and not INITIAL.match(parts[0])
        if parts[0] in self.known.given or parts[0] in FAMILY_FIRST or initials:
            return not any(part.isupper() and len(part) > 2 for part in parts)
        return self._is_explained(name) or self._speaks(name) or self._word_before(name.start).rpartition("-")[2] in reporting.CALLINGS

    def _speaks(self, name: _Name) -> bool:
        before = _SAID_BEFORE.search(self.text, max(0, name.start - 24), name.start)
        return bool(before or _SAID_AFTER.match(self.text, name.end))

    def _is_explained(self, name: _Name) -> bool:
        return bool(_ASIDE.match(self.text, name.end) or _AGE.match(self.text, name.end))

    def _role_before(self, start: int) -> str:
        """The role or title right before a position, with its comma: "the mayor, "."""
        word = self._word_before(start)
        return word if word.rstrip(",").rpartition("-")[2] in reporting.ROLE_WORDS else ""

    def _word_before(self, start: int) -> str:
        before = self.text[max(0, start - 24) : start]
        return (before.rsplit(None, 1) or [""])[-1] if before[-1:].isspace() else ""

    def _is_household(self, start: int, end: int) -> bool:
        return self.text[max(0, start - 4) : start].lower() == "the " and bool(_HOUSEHOLD.match(self.text, end))

    def _by_surname(self, name: str) -> _Person | Pattern | None:
        return self.introduced.get(name) or self.known.surnames.get(name) or self.familiar.get(name)

    def _person(self, name: _Name) -> tuple[_Person, int]:
        """The person of this name, known or new, and where the name starts with the small words before it."""
        start, whole, single = name.start, " ".join(self.text[name.start : name.end].split()), len(name.parts) == 1
        found = self.introduced.get(fold(whole)) or self._by_surname(whole) or self.known.people.get(fold(whole))
        if isinstance(found, Pattern):
            found = _Person(found.value, dict(found.extras))
        link = _LINK_BEFORE.search(self.text, max(0, start - 12), start)
        if link and (not found or "-" in link.group() or set(link.group().split()) <= set(found.name.split())):
            start, whole = link.start(), " ".join((link.group() + whole).split())
        if found is None and single:
            found = self.first.get(whole)
        former = self.introduced.get(surnames(whole)[0])
        if found is None and not single and former and former.name == surnames(whole)[0] and not former.reigns:
            found, former.name = former, whole  # "Ms. Holt" comes before "Ada Holt"
        person = found or _Person(whole)
        for key in (fold(person.name), fold(whole), *surnames(person.name), *([whole] if single else surnames(whole))):
            self.introduced[key] = person
        self.first[person.name.split()[0]] = person
        if not single and (called := familiar(person.name, self.known.given)):
            self.familiar[called] = person
        return person, start

    def _learn(self, person: _Person, name: _Name) -> None:
        told: dict[str, str] = {"office": name.office, **self.known.codes(name.before)}
        if name.office and (of := _OF.match(self.text, name.end)):
            told |= self.known.codes(of[1])
        if not name.office and not person.details.get("office"):
            if aside := _ASIDE.match(self.text, name.end):
                told = {"office": " ".join(aside[1].split()), **self.known.codes(aside[1])}
            elif role := _OFFICE_AHEAD.search(self.text, max(0, name.start - 80), name.start):
                told = {"office": " ".join(role[2].split()), **self.known.codes(role[0])}
        told["gender"] = reporting.COURTESIES.get(name.courtesy) or self.known.given.get(person.name.split()[0], "")
        for key, one in told.items():
            person.details[key] = person.details.get(key) or one
        person.reigns = person.reigns or name.courtesy in _REIGNING
