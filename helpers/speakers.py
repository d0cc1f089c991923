"""Who can speak in a sentence: the subject of a verb, whoever is named right after one, and whose a statement is.

A text comes in here with its quotations blanked, so that nothing inside one is taken for the reporter's words.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from .mentions import Mention
from .names import CAPITALS
from .noun_phrases import ADVERBS, BLANK, CAPITAL, DETERMINERS, KINDS, OPENERS, PREPOSITIONS, PRONOUN, STOPS, Speaker, read_phrase
from .reporting import CALENDAR, INSTITUTIONS, OFFICE_WORDS, STARTERS, TITLES, words

REACH = 400  # code points: what is further off belongs to no quotation; it also bounds the time for a text without full stops
_NEAR = 120  # code points that a name with its titles may take
_SHORT = 16  # code points that hold any conjunction
_MANY = 12  # more candidates than this no sentence has
_WORD = re.compile(r"\S+")
_SPEAKABLE = re.compile(rf"(?<!\S)(?:{KINDS['unnamed'].pattern}|{INSTITUTIONS}|he|she|they|i|we)(?=[\s,.;:]|$)", re.IGNORECASE)
_QUALIFIES = PREPOSITIONS | words("familiar close briefed involved speaking based present working traveling travelling")
_BEFORE_NAMES = TITLES | OFFICE_WORDS | DETERMINERS | {"u.s", "then"}
_DOTTED = re.compile(r"(?:[A-Z]\.){2,}")
_APPOSED = re.compile(r"\b(?:an?|the|his|her|its|their)\s+(?:[\w’'-]+\s+){0,4}[\w’'-]+,\s*$", re.IGNORECASE)
_ARTICLES = words("a an the one another his her")
_PERSONAL = re.compile(r"(?:[^t]er|[^aeo]or|ist|ian|[^m]ant|m[ae]n|m[ae]te)s?$")
_ADJECTIVES = 5
_SKIPPED = ADVERBS | CALENDAR | {"who", "which", "that"}
_SOME_OF = re.compile(r"\b(?:one|two|three|some|several|many|most|both|none)\s+of$", re.IGNORECASE)
_OWNER = re.compile(r"(['’]s?|\b[Hh]is|\b[Hh]er|\b[Tt]heir)\s+(?:[\w-]+\s+){0,3}$")
_RELATIVE = re.compile(r",?\s+who\b")
_BREAK = re.compile(rf"[.!?…][)\]”’\"]*\s+(?=[(“‘\"'{BLANK}{CAPITALS}\d])|\n[^\S\n]*\n\s*(?=[{BLANK}{CAPITALS}])")
_SHORTENED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Adm|Gov|Col|Lt|Maj|Capt|Sgt|Prof|Rev|St|vs|No|Jan|Feb|Aug|Sept|Oct|Nov|Dec|[A-Z])$")


class Scene:
    """A text with its quotations blanked and its persons known."""

    def __init__(self, text: str, people: Sequence[Mention]) -> None:
        self.text, self.people = text, people
        self._starts = [person.start for person in people]
        self._ends = {person.end: person for person in people}

    def sentence(self, at: int, floor: int, ceiling: int) -> tuple[int, int]:
        """Start and end of the sentence that a position stands in, within a paragraph ``[floor, ceiling)``."""
        start, end = max(floor, at - REACH), min(ceiling, at + REACH)
        for found in _BREAK.finditer(self.text, start, end):
            if self.text[found.start()] == "." and _SHORTENED.search(self.text, max(start, found.start() - 6), found.start()):
                continue
            if found.end() <= at:
                start = found.end()
            elif found.start() >= at:
                return start, found.start() + 1
        return start, end

    def subject(self, at: int, floor: int) -> Speaker | None:
        """Who stands right before a verb, past adverbs, relative pronouns and what is set off by commas."""
        floor = max(floor, at - REACH)
        end = self._past_adverbs(at, floor)
        if end <= floor:
            return None
        if self.text[end - 1] not in ",—–)":
            return self._settle(self._phrase(end, floor), floor) or self._qualified(end, floor)
        stop = _rstrip(self.text, floor, end - 1)
        name = self._phrase(stop, floor)  # "The ambassador, Ada Holt, said"
        if name and name.kind == "person" and self.text[floor : self._lead(name.start, floor)].rstrip().endswith(","):
            role = self._phrase(_rstrip(self.text, floor, self._lead(name.start, floor)) - 1, floor)
            lead = role or _APPOSED.search(self.text, floor, name.start)
            return replace(name, start=lead.start if isinstance(lead, Speaker) else lead.start() if lead else name.start)
        marks = [place for place in range(floor, stop) if self.text[place] in ",—–("]
        for place in reversed(marks[-6:]):
            found = self._settle(self._phrase(_rstrip(self.text, floor, place), floor), floor)
            if found and found.kind != "document":
                return found
        return None

    def stranger(self, floor: int, at: int) -> Speaker | None:
        """Whoever an article and a noun name between two positions, right before a verb: "a butcher said"."""
        tokens = self.text[floor : self._past_adverbs(at, floor)].split()
        if not 1 < len(tokens) <= _ADJECTIVES or tokens[0].lower() not in _ARTICLES or STOPS.intersection(map(str.lower, tokens[1:])):
            return None
        name = " ".join(token for token in tokens if token.lower() not in DETERMINERS)
        return Speaker("unnamed", f"unnamed {name}", floor, at, " ".join(tokens)) if re.fullmatch(r"[\w '’-]+", name) else None

    def caller(self, floor: int, at: int) -> Speaker | None:
        """Someone whom a noun for a person names, whatever it is, as the subject: "A glazier shrugged"."""
        found = self.stranger(floor, at)
        return found if found and _PERSONAL.search(found.value) else None

    def main_subject(self, floor: int, ceiling: int) -> Speaker | None:
        """The first in a stretch who stands where a clause's subject stands."""
        return next(self.subjects(floor, ceiling), None)

    def subjects(self, floor: int, ceiling: int) -> Iterator[Speaker]:
        """All in a stretch who stand where a clause's subject stands, in reading order."""
        places = [person.end for person in self.people_in(floor, ceiling)]
        likely = _SPEAKABLE.finditer(self.text, floor, ceiling)
        places += [word.end() for word in likely if not PRONOUN.fullmatch(word.group()) or self._is_subject(word.start(), floor)]
        for end in sorted(places)[:_MANY]:
            found = self._phrase(end, floor)
            if found and found.kind != "document" and not self._goes_on(end):
                subject = self._is_subject(self._lead(found.start, floor), floor)
                if subject and (settled := self._settle(found, floor)):
                    yield settled

    def _is_subject(self, start: int, floor: int) -> bool:
        """Whether a clause may begin at a position: after a comma, a quotation or a conjunction."""
        before = self.text[max(floor, start - _SHORT) : start].split()[-1:]
        return not before or before[0][-1] in ",:;—–(" + BLANK or before[0].lower() in OPENERS

    def _goes_on(self, end: int) -> bool:
        """Whether a noun is no whole phrase: a possessive, a title, the first part of a compound."""
        return self.text[end : end + 1] in {"'", "’", "-"} or end + 1 in self._starts or bool(_SPEAKABLE.match(self.text, end + 1))

    def after(self, at: int, ceiling: int) -> Speaker | None:
        """Who is named right after a position, past titles and adjectives."""
        ceiling = min(ceiling, at + _NEAR)
        for person in self.people_in(at, ceiling)[:1]:
            if self.leads(at, person.start) and self.text[person.end : person.end + 1] not in {"'", "’"}:
                return _person(person)
        best = None
        for number, word in enumerate(list(_WORD.finditer(self.text, at, ceiling))[:9]):
            bare = word.group() if _DOTTED.fullmatch(word.group()) else word.group().rstrip(",.;:—–")
            if not bare or BLANK in bare or bare.lower() in STOPS - {"that"} or (bare == "that" and number):
                break
            best = self._phrase(word.start() + len(bare), at) or best
            if len(bare) < len(word.group()):
                named = self.people_in(word.end(), word.end() + _SHORT)[:1] if best and best.kind == "unnamed" else []
                if named and word.group().endswith(",") and self.leads(word.end(), named[0].start):
                    return _person(named[0])  # "said its spokesman, Ada Holt"
                break
        return best

    def owner(self, at: int, floor: int) -> Speaker | None:
        """Whose the thing is that stands at a position: "Ms. Holt’s claim", "his claim"."""
        found = _OWNER.search(self.text, max(floor, at - _NEAR), at)
        if not found:
            return None
        place = found.start()
        if found[1][0] in "'’":
            return self._phrase(place, floor)
        pronoun = {"his": "he", "her": "she", "their": "they"}[found[1].lower()]
        return Speaker("pronoun", pronoun, place, place + len(found[1]), found[1])

    def relative(self, floor: int, at: int) -> Speaker | None:
        """Whom a "who" goes back to: "Ada Holt, who led the force and who said", "An aide who knows him said"."""
        found = [person for person in self.people_in(floor, at) if _RELATIVE.match(self.text, person.end)]
        if found:
            return _person(found[-1])
        who = _RELATIVE.search(self.text, floor, at)
        noun = self._phrase(who.start(), floor) if who else None
        return self._settle(noun, floor) if noun and noun.kind == "unnamed" else None

    def leads(self, at: int, start: int) -> bool:
        """Whether nothing but the titles, adjectives and articles of a name stand between a position and the name."""
        return not self.text[at : max(at, self._lead(start, at))].strip()

    def document(self, floor: int, ceiling: int) -> Speaker | None:
        """The last treaty, clause or paper that a stretch names."""
        tokens = list(_WORD.finditer(self.text, floor, ceiling))
        likely = [token for token in reversed(tokens) if KINDS["document"].match(token.group()) or token.group()[0].isdigit()]
        found = (self._phrase(token.start() + len(token.group().rstrip(",.;:")), floor) for token in likely)
        return next((one for one in found if one and one.kind == "document"), None)

    def people_in(self, start: int, end: int) -> list[Mention]:
        """The persons named in a stretch, in reading order."""
        first = bisect_left(self._starts, start)
        return list(self.people[first : bisect_left(self._starts, end, lo=first)])

    def _words(self, floor: int, end: int) -> list[re.Match[str]]:
        return list(_WORD.finditer(self.text, max(floor, end - _NEAR), end))

    def _past_adverbs(self, at: int, floor: int) -> int:
        """Where the words end that stand before a verb's adverbs and auxiliaries, a date or a relative pronoun."""
        tokens = self._words(floor, at)
        while tokens and (tokens[-1].group().strip(",") in _SKIPPED or re.fullmatch(r"[a-z]+ly", tokens[-1].group())):
            relative = tokens.pop().group() in {"who", "which"}
            while tokens and tokens[-1].group() in {"on", "last", "late", "early"}:
                tokens.pop()
            if relative and tokens and tokens[-1].group().endswith(","):
                return tokens[-1].end() - 1
        return tokens[-1].end() if tokens else floor

    def _qualified(self, end: int, floor: int) -> Speaker | None:
        """Who stands before a qualification of more words: "officials familiar with the talks", "aides to Ms. Holt"."""
        following = ""
        for word in reversed(self._words(floor, end)):
            bare = word.group()
            if bare[-1] in ",;:—" or BLANK in bare or bare in OPENERS:
                return None
            if following in _QUALIFIES and (found := self._settle(self._phrase(word.end(), floor), floor)):
                return found
            following = bare
        return None

    def _settle(self, found: Speaker | None, floor: int) -> Speaker | None:
        """The phrase, unless it hangs on a preposition ("aides to …") or explains a name before it ("Ada Holt, the minister")."""
        if found is None:
            return None
        lead = self.text[floor : self._lead(found.start, floor)].rstrip()
        last = lead.split()[-1] if lead.split() else ""
        if last.lower() in PREPOSITIONS:
            if _SOME_OF.search(lead):
                return found
            outer = self._phrase(floor + len(lead[: -len(last)].rstrip()), floor)
            return self._settle(outer, floor) if outer else found if found.kind == "person" else None
        named = self._ends.get(floor + len(lead) - 1) if lead.endswith(",") and found.kind != "person" else None
        return _person(named) if named else found

    def _lead(self, start: int, floor: int) -> int:
        """Where the titles, adjectives and articles begin that belong to a name."""
        for word in reversed(self._words(floor, start)):
            bare = word.group().strip('(“"').rstrip(".")
            belongs = CAPITAL.match(bare) and bare not in STARTERS and not word.group().endswith((",", ":", ";"))
            small = bare.lower() in _BEFORE_NAMES or KINDS["unnamed"].fullmatch(bare) or "-" in bare[1:-1]
            if not (belongs or small) or BLANK in bare:
                break
            start = word.start()
        return start

    def _phrase(self, end: int, floor: int) -> Speaker | None:
        """The noun phrase that ends here, if it can speak."""
        if person := self._ends.get(end):
            return _person(person) if person.start >= floor else None
        tokens = self._words(floor, end)
        return read_phrase(self.text, tokens) if tokens else None


def sentences_back(scene: Scene, at: int, paragraphs: Sequence[tuple[int, int]], number: int) -> Iterator[tuple[int, int]]:
    """The sentence up to a position in the paragraph of this number, then those before it, back through the paragraphs."""
    for place in range(number, -1, -1):
        start, end = paragraphs[place]
        at = min(at, end)
        while (at := _rstrip(scene.text, start, at)) > start:
            first, _ = scene.sentence(at, start, end)
            yield first, at
            at = first


def _person(named: Mention) -> Speaker:
    return Speaker("person", named.value, named.start, named.end, named.text)


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
