"""Whom "he", "they" or "the official" means: the one who spoke last, or was the subject last, and can be meant."""

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from .mentions import Mention
from .names import Names
from .noun_phrases import Speaker
from .reporting import INSTITUTIONS
from .speakers import Scene, sentences_back

_GENDERS = {"he": "m", "she": "f"}
_WOMEN, _MEN = re.compile(r"(?:spokes)?woman$"), re.compile(r"(?:spokes)?man$")
_INSTITUTION = re.compile(rf"^unnamed (?:\S+ )*{INSTITUTIONS}$")
_FOR = re.compile(r"\s+(?:for|of|at|in|with|from|to)\s+[^,.;:]{1,50}")
_SENTENCES = 8  # so far back a pronoun points
_SPOKEN = 30  # and so many quotations
_FAR = 20_000  # code points: "the president" may have been introduced well before


class Antecedents:
    """Remembers who has spoken in a text, and names the one that an expression means."""

    def __init__(self, scene: Scene, paragraphs: Sequence[tuple[int, int]], people: Sequence[Mention], names: Names) -> None:
        self.scene, self.paragraphs, self.names = scene, paragraphs, names
        self.details: dict[str, Mapping[str, Any]] = {person.value: person.details for person in people}
        self.spoken: list[tuple[int, str]] = []

    def hear(self, place: int, name: str) -> None:
        """Remember that someone speaks at a position."""
        if name:
            self.spoken.append((place, name))

    def name(self, speaker: Speaker, number: int) -> tuple[str, float]:
        """The speaker's name in the paragraph of this number (empty: not known), and how sure that is (0-1)."""
        if speaker.kind == "pronoun":
            name = self._pronoun(speaker, number) if speaker.value not in {"i", "we"} else ""
            return name, 0.9 if name else 0.5
        if speaker.kind == "unnamed" and speaker.phrase.lower().startswith("the "):
            return self._definite(speaker, number)
        return speaker.value, 1.0

    def behalf(self, name: str, speaker: Speaker) -> str:
        """The organisation or state that a speaker holds an office of; a former office counts for nothing."""
        told = self.details.get(name)
        if told is None:
            more = _FOR.match(self.scene.text, speaker.end) if speaker.kind == "unnamed" else None
            told = self.names.codes(speaker.phrase + (more.group() if more else ""))
        if "former" in str(told.get("office", "")).lower():
            return ""
        return told.get("organisation") or told.get("state") or ""

    def _pronoun(self, pronoun: Speaker, number: int) -> str:
        for start, end in islice(sentences_back(self.scene, pronoun.start, self.paragraphs, number), _SENTENCES):
            spoke = next((name for place, name in self._lately() if start <= place < end), "")
            if spoke and self._fits(spoke, pronoun.value):
                return spoke
            for subject in self.scene.subjects(start, end):
                if subject.value == pronoun.value:
                    break
                if subject.kind != "pronoun" and self._fits(subject.value, pronoun.value):
                    return self.name(subject, number)[0]
            named = self.scene.people_in(start, end)[::-1]
            for gender in (_GENDERS.get(pronoun.value, "?"), "" if pronoun.value in _GENDERS else "?"):
                if found := next((person.value for person in named if person.details.get("gender", "") == gender), ""):
                    return found
        later = self.scene.people_in(pronoun.start, self.paragraphs[number][1])  # "“No,” he said. Mr. Jones, 61, added"
        names = [name for _, name in self._lately()] + [person.value for person in later]
        return next((name for name in names if self._fits(name, pronoun.value)), "")

    def _lately(self) -> list[tuple[int, str]]:
        return self.spoken[: -_SPOKEN - 1 : -1]

    def _fits(self, name: str, pronoun: str) -> bool:
        if name in self.details:
            return pronoun in _GENDERS and self.details[name].get("gender", _GENDERS[pronoun]) == _GENDERS[pronoun]
        if _INSTITUTION.search(name):
            return pronoun == "they"
        several = name.endswith(("s", "people", "men", "police"))
        if pronoun == "they":
            return several or not name.startswith("unnamed ")
        return name.startswith("unnamed ") and not several and not (_WOMEN if pronoun == "he" else _MEN).search(name)

    def _definite(self, speaker: Speaker, number: int) -> tuple[str, float]:
        """One called "the official" has been an official before; "the French president" is whoever was introduced as such."""
        noun = speaker.value.split()[-1].lower()
        for _, name in self._lately():
            if name.startswith("unnamed ") and name.split()[-1].lower() == noun:
                return name, 0.95
        for start, end in islice(sentences_back(self.scene, speaker.start, self.paragraphs, number), _SENTENCES):
            for one in self.scene.subjects(start, end):
                if one.kind == "unnamed" and one.value.split()[-1].lower() == noun and not one.phrase.lower().startswith("the "):
                    return one.value, 0.95
        wanted = self.names.codes(speaker.phrase)
        for person in reversed(self.scene.people_in(max(0, speaker.start - _FAR), speaker.start)):
            told = person.details
            if noun in str(told.get("office", "")).lower().split() and all(told.get(kind, code) == code for kind, code in wanted.items()):
                return person.value, 0.85
        return speaker.value, 0.9
