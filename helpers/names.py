"""What is known of names before a text is read: the lexicon's persons, states and organisations, and given names.

The lexicon is ``lexicon.jsonl``, the given names are ``given_names.csv`` (``name,gender``; a case may do without).
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .files import read_rows
from .paths import seeds_folder
from .patterns import Pattern, load_patterns
from .reporting import words

CAPITALS = "".join(letter for letter in map(chr, [*range(0x250), *range(0x1E00, 0x1F00)]) if letter.isupper())
LINKS = "de|von|van|der|den|del|della|di|da|dos|du|la|le|al|el|bin|ibn|ben|abu|ter|zu|af"
ARTICLES = "al|el|ul|an|as|ad|ar|ash"
# Family names that stand first in Chinese, Korean and Vietnamese names: whoever has one is named again by it.
FAMILY_FIRST = words(
    "Cai Chen Deng Feng Gao Guo Hu Huang Jiang Li Liang Liu Lu Ngo Nguyen Pham Qin Tran Wang Wei Wen Wu Xi Xie Xu Yang Yoon Yu Zhang Zhao"
    " Zheng Zhou Zhu"
)
_FAMILY_WORDS = words("Ban Han Kim Lin Ma Moon Park Peng Tang")  # the same, but nobody would take them for a name by themselves
_WORDS_TOO = words("Angel Ban Bill Christian Dawn Dick Frank Guy Ivory Jewel Mark Max May Rich Roman Rose Will")
INITIAL = re.compile(r"(?:[A-Z]\.)+$")
_LONGEST = 4  # words of a state's or an organisation's name that are tried together


@dataclass(frozen=True, eq=False)
class Names:
    """Persons by folded full name and by surname, other names, given names with gender (m, f or empty)."""

    people: Mapping[str, Pattern]
    surnames: Mapping[str, Pattern]
    others: Mapping[str, Pattern]
    given: Mapping[str, str]

    def codes(self, phrase: str) -> dict[str, str]:
        """``state`` and ``organisation`` that a phrase names, by adjective too: the first of each.

        Examples
        --------
        >>> known_names().codes("the Danish ambassador to NATO")
        {'state': 'DNK', 'organisation': 'NATO'}
        """
        found: dict[str, str] = {}
        words = re.findall(r"[^\s,()]+?(?=['’]s?\b|[\s,()]|$)", phrase)
        for first in range(len(words)):
            for last in range(min(len(words), first + _LONGEST), first, -1):
                if known := self.others.get(" ".join(words[first:last])):
                    if known.label.startswith("ORGANISATION"):
                        found.setdefault("organisation", known.value)
                    elif known.label in {"STATE", "NATIONALITY", "CAPITAL", "SEAT"}:
                        found.setdefault("state", known.value)
                    break
        return found


def known_names() -> Names:
    """What the case in use knows of names; read once as long as its lexicon does not change."""
    folder = seeds_folder()
    path = folder / "lexicon.jsonl"
    return _load(folder, path.stat().st_mtime_ns if path.is_file() else 0)


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """A name as it is compared: without accents, initials and case.

    Examples
    --------
    >>> fold("François H. Müller")
    'francois muller'
    """
    words = plain(name).split()
    return " ".join(word.lower() for word in words if not INITIAL.match(word)) or name


def plain(name: str) -> str:
    """A name without its accents.

    Examples
    --------
    >>> plain("Ayşe Kovács")
    'Ayse Kovacs'
    """
    return "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))


@lru_cache(maxsize=4096)
def surnames(name: str) -> tuple[str, ...]:
    """The forms in which a person is named again: the last word, with its small words, without its article.

    Examples
    --------
    >>> surnames("Ursula von der Leyen"), surnames("Bashar al-Assad")
    (('Leyen', 'von der Leyen'), ('al-Assad', 'Assad'))
    """
    parts = name.split()
    link = next((number for number, word in enumerate(parts[1:], start=1) if word.lower() in LINKS.split("|")), len(parts) - 1)
    return tuple(dict.fromkeys([parts[-1], " ".join(parts[link:]), re.sub(rf"^(?:{ARTICLES})-", "", parts[-1])]))


def familiar(name: str, given: Mapping[str, str]) -> str:
    """The one word by which a person may be named again without being a surname's; empty when it would be taken for something else.

    Examples
    --------
    >>> familiar("Ada Holt", {"Ada": "f"}), familiar("Wang Yi", {}), familiar("Will Holt", {"Will": "m"})
    ('Ada', 'Wang', '')
    """
    first = name.split(maxsplit=1)[0]
    return first if (first in given or first in FAMILY_FIRST | _FAMILY_WORDS) and first not in _WORDS_TOO else ""


@lru_cache(maxsize=4)
def _load(folder: Path, _changed: int) -> Names:
    path = folder / "given_names.csv"
    given = {row["name"]: row["gender"] for row in read_rows(path, ["name", "gender"])} if path.is_file() else {}
    given = {plain(name): gender for name, gender in given.items()} | given  # "Ayse" is printed for "Ayşe"
    people: dict[str, Pattern] = {}
    family: dict[str, Pattern] = {}
    others: dict[str, Pattern] = {}
    for pattern in load_patterns():
        if pattern.label == "PERSON":
            people |= {fold(form): pattern for form in pattern.strings}
            for form in (pattern.value, pattern.strings[0]):
                family |= {name: pattern for name in surnames(form) if name not in family}
        else:
            others |= {form.removeprefix("the "): pattern for form in pattern.strings if form not in others}
    return Names(people, family, others, given)
