"""Rules that turn the lexicon's hits into mentions of treaty provisions.

"Article 5" alone says little: constitutions and laws have one too. It counts when a treaty of the lexicon is named with it,
or when what the text has named speaks for one. A provision's value is the treaty's code and the number: ``NAT-5``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter

from .article_numbers import FIRST, LOOSE, ORDINAL, ORDINALS, article_numbers, read_number
from .mention_rules import Find, Scene, Story
from .patterns import Pattern

_NAMED_AFTER = re.compile(r"(?:,? \(?(?:that )?(?:of|in|under|from) (?:the |its |a )?(?:[a-z-]+ |\d{4} ){0,3}|,? \(?)$")
_NAMED_BEFORE = re.compile(r"(?:'s?)? (?:[a-z-]+ ){0,2}$|(?:'s?)? (?:[a-z-]+ ){0,3}(?:treaty|charter|pact)(?:'s|,)? $|,? whose $")
_OF_THE_TREATY = re.compile(
    r",? (?:of|in|under) (?:the|its|their|that|this) (?:[a-z0-9'-]+ ){0,3}"
    r"(?:[Tt]reaty|[Cc]harter|[Pp]act|[Aa]lliance|bloc)\b(?! (?:of|on|for) )"
)
_OF_ANOTHER = re.compile(
    r",? (?:of|in|under) (?:the|its|their|that|this|an?) (?:[\w.'-]+ ){0,3}?"
    r"(?:(?:security|friendship|peace|trade|bilateral|partnership|extradition|border|cooperation|non-aggression|assistance|investment) "
    r"(?:[Tt]reaty|[Pp]act|[Aa]ccord)|(?:[Tt]reaty|[Pp]act) (?:with|between))\b"
)
_OF_OTHER = re.compile(r",? of (?!(?:its|their) own\b)(?:the |its |their |his |that |this |a |an )?[\w\"']|'s|(?:\W\w+)? amendment")
_OF_ITS_OWN = re.compile(r"\b(?:its|(?:treaty|charter|pact|alliance)'s) $")
_INVOKED = re.compile(r"\b(?:invok|trigger|activat|appealed to|resorted to)[^.;:!?]{0,60}$", re.IGNORECASE)
_IS_INVOKED = re.compile(
    r" (?:was|were|is|has been|had been|be|been|should be|could be|must be) (?:\w+ )?(?:invoked|triggered|activated)\b"
)
_PRINTED = re.compile(
    r" (?:in (?:the |a |its )?[A-Z]|publi|appear|by [A-Z]|written|first|said|report|quot|wrote|originally|above|below"
    r"|on (?:the |its )?\w*site|that (?:you|we|I|one|he|she|they|people)\b"
    r"|was (?:first|origin|written by|updat|amended|correct)|has (?:changed|been (?:up|corr|amend))|from the source)"
)
_OF_A_TREATY = re.compile(r" (?:of|in) (?:the |its |[A-Z']\w* ){0,3}(?:\w+ )?(?:[Tt]reaty|[Cc]harter|[Pp]act)\b")
_OWNS = re.compile(r"(?:'s?)? ")
_AN = re.compile(r"\b(?:an?|any|no|every|another) $", re.IGNORECASE)
_MEASURED = re.compile(r"^.*[$€£¥]\d|\d\)? ?(?:%|percent|per cent|[mb]illion|m\b|bn|km|miles|degrees|points|times)")
_SUPPLY = re.compile(r" (?:of|to|for) ")

_STOP = re.compile(r"[.!?]['\"’”)]*\s")
_PASSAGE_ENDS = re.compile(r"\n\s*\n|\r\s*\r")

_NEAR = 300  # characters: a law named so near keeps a bare number to itself
_LAST = 1500  # characters, about two passages: as far back "that article" reaches
_BESIDE = 60  # characters: "Article 42.7, the mutual defence clause"
_NAMERS = frozenset({"TREATY", "ORGANISATION", "ORGANISATION_NOUN", "LAW"})
_OWNERS = frozenset({"TREATY", "ORGANISATION", "LAW"})
_OTHER_LAW = Pattern("LAW", (), "another law")


@dataclass(frozen=True)
class Treaty:
    """A treaty of the lexicon: who speaks of it, its well-known numbers, those that only it has, and what invoking it means.

    ``default`` are words that make it the likeliest where no organisation is named; ``optional`` that a strict reading leaves it out.
    """

    code: str
    organisations: tuple[str, ...]
    numbers: tuple[str, ...]
    telling: tuple[str, ...]
    default: tuple[str, ...]
    invoked: str
    optional: bool


def read_treaties(patterns: Sequence[Pattern]) -> dict[str, Treaty]:
    """The lexicon's treaties by code; the first line of a code says what is to be known of it."""
    known: dict[str, Treaty] = {}
    for pattern in patterns:
        if pattern.label == "TREATY" and pattern.value not in known:
            lists = {name: tuple(pattern.extras.get(name, ())) for name in ("organisations", "numbers", "telling", "default")}
            invoked, optional = pattern.extras.get("invoked", ""), pattern.extras.get("optional", False)
            known[pattern.value] = Treaty(pattern.value, **lists, invoked=invoked, optional=optional)
    return known


@dataclass
class Provisions:
    """The rules, with what the text has said of provisions so far."""

    treaties: Mapping[str, Treaty]
    story: Story
    resolved: dict[str, str] = field(default_factory=dict)  # number: code, or "" for another law's
    last: tuple[int, str] = (-_LAST, "")
    law: int = -_NEAR
    other: int = -_LAST  # where an article of another law was named last
    printed: int = -_LAST
    attached: set[int] = field(default_factory=set)  # where a treaty is named with its article
    told: dict[str, int] = field(default_factory=dict)  # provision: where it was named last

    def find_articles(self, scene: Scene, index: int) -> Iterator[Find]:
        """Give "Article 5", "Articles 4 and 5", "Art. 42(7)": every number whose treaty is known."""
        start, end, pattern = scene.hits[index]
        if pattern.label != "ARTICLE":
            start = scene.text.index(" ", start) + 1  # "the Article 5 guarantee"
        numbers = list(article_numbers(scene.text, start, end)) if pattern.value == "article" else []
        numbers = numbers or self._by_ordinal(scene, index, start, end)
        if not numbers:
            yield from self._owned(scene, index)
        named = self._named(scene, index, start, numbers[-1][1], numbers[0][2]) if numbers else None
        for at, stop, number in numbers:
            codes = self._of(named, number) if named else self._bare(number, scene, index)
            self.resolved[number] = codes[0] if codes else ""
            self.other = self.other if codes else scene.offset + stop
            if codes:
                details = {"alternatives": [f"{code}-{number}" for code in codes[1:]]} if codes[1:] else {}
                yield self._tell(scene, Find(at, stop, "provision", f"{codes[0]}-{number}", False, details))

    def find_clause(self, scene: Scene, index: int) -> Iterator[Find]:
        """Give a provision by its name, as "mutual defence clause"; where several treaties have one, whose it is decides."""
        start, end, pattern = scene.hits[index]
        values = [pattern.value, *pattern.extras.get("alternatives", [])]
        named = self._named(scene, index, start, end)
        if named:
            own = (value for value in values if self._of(named, value.partition("-")[2]) == [value.partition("-")[0]])
            values = list(islice(own, 1))
        elif self.last[1] in values and self._is_beside(scene, start):
            values = [self.last[1]]
        else:
            support = {value: self._support(self.treaties[code]) for value in values if (code := value.partition("-")[0]) in self.treaties}
            # Who has been named goes before who only will be.
            supported = [value for value in support if support[value]] or [value for value in support if support[value] == 0] or values[:1]
            # Of two that share the name it is the one that the text spoke of last.
            values = sorted(supported, key=lambda value: -self.told.get(value, -1)) if pattern.extras.get("shared") else supported
        if values:
            details = {"alternatives": values[1:]} if values[1:] else {}
            yield self._tell(scene, Find(start, end, "provision", values[0], False, details))

    def _is_beside(self, scene: Scene, start: int) -> bool:
        """Whether the last provision was named right before, in the same sentence."""
        since = self.last[0] - scene.offset
        return since >= 0 and start - since <= _BESIDE and ". " not in scene.text[since:start]

    def find_last(self, scene: Scene, index: int) -> Iterator[Find]:
        """Give the last provision for "that article", "the clause"; not for a newspaper's article or a provision of aid."""
        start, end, pattern = scene.hits[index]
        if FIRST.match(scene.text, end):
            yield from self.find_articles(scene, index)
            return
        at, value = self.last
        here = scene.offset + start
        if pattern.value == "article":
            blocked = _PRINTED.match(scene.text, end) or (here - self.printed <= _LAST and self._is_about(self.printed))
            blocked = blocked or (here - self.other <= _LAST and _PASSAGE_ENDS.search(self.story.text, at, here))
        else:
            blocked = _SUPPLY.match(scene.text, end)
        if here - at <= _LAST and self.law < at and not blocked:
            start += len("the ") if scene.text[start : start + 4].lower() == "the " else 0
            yield self._tell(scene, Find(start, end, "provision", value, False, {"basis": "heuristic"}))

    def find_number(self, scene: Scene, index: int) -> Iterator[Find]:
        """Give "42.7" without its article, once the text has named the two together."""
        start, end, pattern = scene.hits[index]
        value = f"{self.resolved.get(pattern.value)}-{pattern.value}"
        if value in self.told and scene.offset + start >= self.last[0] and not _MEASURED.search(scene.text[max(0, start - 3) : end + 12]):
            yield self._tell(scene, Find(start, end, "provision", value))

    def find_treaty(self, scene: Scene, index: int) -> Iterator[Find]:
        """Give "42(7) TEU"; for a treaty that is invoked what that means; else the treaty itself, optional."""
        start, end, pattern = scene.hits[index]
        if scene.offset + start in self.attached or not self.story.holds(pattern.extras.get("needs", [""])):
            return
        treaty = self.treaties[pattern.value]
        if loose := LOOSE.search(scene.text, max(0, start - 20), start):
            number = read_number(loose)
            yield self._tell(scene, Find(loose.start(), end, "provision", f"{self._of(pattern, number)[0]}-{number}"))
        elif treaty.invoked and (_INVOKED.search(scene.text, max(0, start - 90), start) or _IS_INVOKED.match(scene.text, end)):
            details = {"basis": "heuristic", "alternatives": [treaty.code]}
            yield self._tell(scene, Find(start, end, "provision", treaty.invoked, False, details))
        else:
            yield Find(start, end, "provision", treaty.code, True, {"part": "whole treaty"})

    def note_law(self, scene: Scene, index: int) -> Iterator[Find]:
        """Remember a constitution or law: a bare number right after it is its own."""
        self.law = scene.offset + scene.hits[index][1]
        yield from ()

    def note_print(self, scene: Scene, index: int) -> Iterator[Find]:
        """Remember "an article" of a newspaper: "the article" after it is that one."""
        end = scene.hits[index][1]
        if not _OF_A_TREATY.match(scene.text, end):
            self.printed = scene.offset + end
        yield from ()

    def _is_about(self, printed: int) -> bool:
        """Whether no provision was named after a newspaper's article, but in the sentence that tells of it."""
        return printed > self.last[0] or not _STOP.search(self.story.text, printed, self.last[0])

    def _tell(self, scene: Scene, found: Find) -> Find:
        self.last = (scene.offset + found.end, found.value)
        self.told[found.value] = scene.offset + found.start
        treaty = self.treaties.get(found.value.partition("-")[0])
        return found._replace(optional=True) if treaty and treaty.optional else found

    def _by_ordinal(self, scene: Scene, index: int, start: int, end: int) -> list[tuple[int, int, str]]:
        """Start, end and number of "the treaty's fifth article" or "NATO's fifth article"."""
        ordinal = ORDINAL.search(scene.text, max(0, start - 9), start)
        if not ordinal or scene.text.endswith("s", start, end):
            return []
        owner = scene.hits[index - 1] if index else None
        owned = owner and owner[2].label in _OWNERS and _OWNS.fullmatch(scene.text, owner[1], ordinal.start())
        owned = owned or _OF_ITS_OWN.search(scene.text, max(0, ordinal.start() - 14), ordinal.start())
        return [(ordinal.start(), end, ORDINALS[ordinal["number"]])] if owned else []

    def _owned(self, scene: Scene, index: int) -> Iterator[Find]:
        """Give "the EU article" or "NATO's clause": of the organisation's provisions the one named last, or the well-known one."""
        end, owner = scene.hits[index][1], scene.hits[index - 1] if index else None
        if not owner or owner[2].label != "ORGANISATION" or not _OWNS.fullmatch(scene.text, owner[1], scene.hits[index][0]):
            return
        codes = [treaty.code for treaty in self.treaties.values() if owner[2].value in treaty.organisations]
        told = [value for value in self.told if value.partition("-")[0] in codes]
        known = [self.treaties[code].invoked for code in codes if self.treaties[code].invoked]
        value = max(told, key=self.told.__getitem__) if told else known[0] if known else ""
        if value and not _AN.search(scene.text, max(0, owner[0] - 12), owner[0]) and not _SUPPLY.match(scene.text, end):
            yield self._tell(scene, Find(owner[0], end, "provision", value, False, {"basis": "heuristic"}))

    def _named(self, scene: Scene, index: int, start: int, stop: int, number: str = "") -> Pattern | None:
        """The treaty, organisation or law that the words right after or before a provision (of this number) name."""
        text, hits = scene.text, scene.hits
        following = next((hits[at] for at in range(index + 1, len(hits)) if hits[at][0] >= stop), None)
        if following and self._is_namer(following[2]) and _NAMED_AFTER.fullmatch(text, stop, following[0]):
            self.attached.update(range(scene.offset + following[0], scene.offset + following[1]))
            return following[2]
        if _OF_ANOTHER.match(text, stop):
            return _OTHER_LAW
        if _OF_THE_TREATY.match(text, stop):
            return None
        if _OF_OTHER.match(text, stop):
            return _OTHER_LAW
        previous = max((hit for hit in hits[max(0, index - 3) : index] if hit[1] <= start), key=itemgetter(1), default=None)
        if previous and self._is_namer(previous[2]) and _NAMED_BEFORE.fullmatch(text, previous[1], start):
            # "The EU met over Article 5": who only acts need not own an article that it isn't known for.
            acts = number and previous[2].label == "ORGANISATION" and not _OWNS.fullmatch(text, previous[1], start)
            if not acts or any(_has(self.treaties[code], number) for code in self._of(previous[2], number)):
                return previous[2]
        owned = (
            previous and previous[2].label in {"STATE", "NATIONALITY"} and text[previous[1] : start] in {"'s ", "' ", ", whose ", " whose "}
        )
        return _OTHER_LAW if owned else None

    def _is_namer(self, pattern: Pattern) -> bool:
        """Whether a pattern names a treaty's owner; "the Union" does when an organisation of that sort is known."""
        return pattern.label in _NAMERS and ("among" not in pattern.extras or bool(self.story.latest(pattern.extras["among"])))

    def _of(self, named: Pattern, number: str) -> list[str]:
        """The code of the named one's treaty that has the number: of a sibling treaty, if it is known for it."""
        if named.label == "TREATY":
            own = self.treaties[named.value]
            family = [own, *self._siblings(own)]
        else:
            name = self.story.latest(named.extras["among"]) if named.label == "ORGANISATION_NOUN" else named.value
            family = [treaty for treaty in self.treaties.values() if name in treaty.organisations]
        return [treaty.code for treaty in family if _has(treaty, number)][:1] or [treaty.code for treaty in family][:1]

    def _siblings(self, own: Treaty) -> list[Treaty]:
        """The treaties of the same organisation."""
        return [treaty for treaty in self.treaties.values() if own.organisations[:1] and treaty.organisations[:1] == own.organisations[:1]]

    def _bare(self, number: str, scene: Scene, index: int) -> list[str]:
        """The codes that a number without a treaty may mean, the likeliest first: as before, or the treaty last spoken for."""
        at = scene.offset + scene.hits[index][0]
        if self.resolved.get(number) or (number in self.resolved and at - self.law < _NEAR):
            return [code for code in [self.resolved[number]] if code]
        exact = [treaty for treaty in self.treaties.values() if number in treaty.numbers]
        family = exact or [treaty for treaty in self.treaties.values() if _has(treaty, number)]
        support = {treaty.code: self._support(treaty) for treaty in family}
        known = sorted((code for code in support if support[code] is not None), key=lambda code: -(support[code] or 0))
        if not known:
            # Who invokes a treaty's best-known article need not name the treaty; an unnamed law could have others.
            invoked = self.law < 0 and _INVOKED.search(scene.text, max(0, at - scene.offset - 90), at - scene.offset)
            likely = [treaty for treaty in family if treaty.default and (invoked or (self.law < 0 and self.story.holds(treaty.default)))]
            famous = [treaty for treaty in family if (invoked or likely) and treaty not in likely and treaty.invoked.endswith(f"-{number}")]
            return [treaty.code for treaty in likely + famous] or [code for code, one in self.treaties.items() if number in one.telling]
        latest = support[known[0]] or 0
        if self.law > latest and (number in self.resolved or at - self.law < _NEAR):
            return []
        return known if latest or not self._law_ahead(scene, index) else []

    def _law_ahead(self, scene: Scene, index: int) -> bool:
        """Whether of all that can own an article a law is named next, and soon."""
        following = (hit for hit in scene.hits[index + 1 :] if hit[2].label in _OWNERS)
        owner = next(following, None)
        return owner is not None and owner[2].label == "LAW" and owner[0] - scene.hits[index][1] < _NEAR

    def _support(self, treaty: Treaty) -> int | None:
        """Behind which place the text last spoke for a treaty, 0 when it only will; ``None`` when it never does."""
        names = {treaty.code, *treaty.organisations, *(sibling.code for sibling in self._siblings(treaty))}
        places = [self.story.last[name] for name in names if name in self.story.last]
        return max(places) + 1 if places else 0 if self.story.named.intersection(names) else None


def _has(treaty: Treaty, number: str) -> bool:
    return number in treaty.numbers or number.partition(".")[0] in treaty.numbers
