"""The case's lexicon (``lexicon.jsonl``), compiled to one automaton that reads a text once, however many patterns there are.

A line has the form of spaCy's entity ruler, so that the file loads there too: ``label``, ``pattern`` and ``id`` (here the
mention's value); whatever else stands on the line is the pattern's ``extras``. A ``pattern`` is a text, matched as it is
written, with a capital first letter, and in capitals; or a list of tokens, each with ``LOWER`` (any case) or ``ORTH``
(as written), with one word or ``{"IN": [words]}``, and perhaps ``"OP": "?"``.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from operator import itemgetter
from pathlib import Path
from typing import Any

from .errors import SeedError
from .files import read_json_lines
from .paths import seeds_folder

# What typesetters vary and a reader does not see: every one becomes the plain character, so positions stay.
_SPACES = "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_PLAIN = dict.fromkeys(_SPACES, " ") | dict.fromkeys("‘’ʼ′", "'") | dict.fromkeys("“”„″", '"') | dict.fromkeys("‐‑‒–−", "-")
_PLAIN_ASCII = {odd: plain for odd, plain in _PLAIN.items() if odd.isascii()}
_RUNS = re.compile(" {2,}")
_GLUED = re.compile(r" ?([-/]) ?| (?=['’,)])|(?<=\() ")
_SMALL = frozenset({"a", "an", "and", "at", "for", "in", "of", "on", "or", "the"})
_SHORT = 4  # an acronym of up to four letters is not looked for in other letters than its own

# A mention of these may hold others: the treaty of an organisation, the invasion of a state.
CONTAINERS = frozenset({"EVENT", "TREATY"})


@dataclass(frozen=True)
class Pattern:
    """A line of the lexicon: its label, the surface forms it matches, its value, and what else the line says."""

    label: str
    strings: tuple[str, ...]
    value: str
    extras: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class View:
    """A text as the patterns see it: plain quotes and hyphens, every run of white space one space."""

    text: str
    seams: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the view stands in the text itself (code points, end exclusive)."""
        return (self._place(start), self._place(end - 1) + 1) if self.seams else (start, end)

    def _place(self, at: int) -> int:
        index = bisect_right(self.seams, at)
        return at + self.shifts[index - 1] if index else at


def view(text: str) -> View:
    r"""The view of a text.

    Examples
    --------
    >>> seen = view("the  North\r\n Atlantic Council’s")
    >>> seen.text
    "the North Atlantic Council's"
    >>> seen.locate(4, 18)
    (5, 21)
    """
    for odd, plain in (_PLAIN_ASCII if text.isascii() else _PLAIN).items():
        text = text.replace(odd, plain)
    if "  " not in text:
        return View(text)
    pieces, seams, shifts, done = [], [], [], 0
    for run in _RUNS.finditer(text):
        pieces.append(text[done : run.start() + 1])
        done = run.end()
        shifts.append((shifts[-1] if shifts else 0) + done - run.start() - 1)
        seams.append(done - shifts[-1])
    return View("".join([*pieces, text[done:]]), tuple(seams), tuple(shifts))


class Triggers:
    """Where a rule can begin: the words that it can begin with, compiled, so that it need not be tried everywhere.

    Parameters
    ----------
    words : iterable of str
        Beginnings of words as they are written, each without white space.
    """

    def __init__(self, words: Iterable[str]) -> None:
        import ahocorasick

        self._automaton = ahocorasick.Automaton()
        for word in words:
            self._automaton.add_word(word, len(word) - 1)
        self._automaton.make_automaton()

    def find(self, text: str, start: int, end: int) -> Iterator[int]:
        """The places between ``start`` and ``end`` where a word begins with one of the words, in reading order.

        Examples
        --------
        >>> list(Triggers(["Mon", "1"]).find("On Monday, 11 of 21 MMon", 0, 24))
        [3, 11]
        """
        for last, before in self._automaton.iter(text, start, end):
            at = last - before
            if not (at and text[at - 1].isalnum() and text[at].isalnum()):
                yield at


class Matcher:
    """Patterns compiled to an Aho-Corasick automaton; made once, it finds all of them in one pass.

    Parameters
    ----------
    patterns : iterable of Pattern
        Of two patterns with the same form the one listed first stands.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        import ahocorasick

        self.patterns = tuple(patterns)
        self._automaton = ahocorasick.Automaton()
        known: dict[str, list[tuple[int, Pattern]]] = {}
        for pattern in self.patterns:
            for form in pattern.strings:
                known.setdefault(form, []).append((len(form), pattern))
        for form, found in known.items():
            self._automaton.add_word(form, tuple(found))
        self._automaton.make_automaton()

    def find(self, text: str) -> list[tuple[int, int, Pattern]]:
        r"""Start, end and pattern of every hit, in reading order; of two hits that overlap the longer stands.

        Containers are weighed among themselves, so that a state is found inside an event. Positions are code points into
        the text, end exclusive, whatever white space, quotes and hyphens stand in it.

        Examples
        --------
        >>> matcher = Matcher([Pattern("STATE", ("Mali",), "MLI"), Pattern("EVENT", ("war in Mali",), "mali-2013")])
        >>> [(start, end, hit.value) for start, end, hit in matcher.find("The war in\nMali; Malians")]
        [(4, 15, 'mali-2013'), (11, 15, 'MLI')]
        """
        seen = view(text)
        return [(*seen.locate(start, end), pattern) for start, end, pattern in self.hits(seen.text)]

    def hits(self, plain: str) -> list[tuple[int, int, Pattern]]:
        """As :meth:`find`, in the text of a :class:`View`."""
        kept: list[tuple[int, int, Pattern]] = []
        latest: dict[bool, int] = {}  # where in `kept` the last hit of each layer stands
        found = sorted(self._whole_words(plain), key=itemgetter(1), reverse=True)
        for hit in sorted(found, key=itemgetter(0)):
            layer = hit[2].label in CONTAINERS
            if layer and False in latest and hit[1] <= kept[latest[False]][1]:
                continue  # the name of an organisation may hold a treaty's, and then names no treaty
            before = kept[latest[layer]] if layer in latest else None
            if before is None or hit[0] >= before[1]:
                latest[layer] = len(kept)
                kept.append(hit)
            elif hit[1] - hit[0] > before[1] - before[0]:
                kept[latest[layer]] = hit
        return sorted(kept, key=itemgetter(0))

    def _whole_words(self, plain: str) -> Iterator[tuple[int, int, Pattern]]:
        if not len(self._automaton):
            return
        edged = f" {plain} "  # so that every place has neighbours
        for at, found in self._automaton.iter(plain):
            if edged[at + 2].isalnum() and edged[at + 1].isalnum():
                continue
            for length, pattern in found:
                start = at - length + 1
                if not (edged[start].isalnum() and edged[start + 1].isalnum()):
                    yield start, at + 1, pattern


def load_patterns() -> tuple[Pattern, ...]:
    """All lines of the case's lexicon, in the file's order.

    Raises
    ------
    SeedError
        When ``lexicon.jsonl`` is missing, or a line is malformed, with its number.

    Examples
    --------
    >>> [pattern.value for pattern in load_patterns() if "Denmark" in pattern.strings]
    ['DNK']
    """
    return _load(*_lexicon())


def load_matcher() -> Matcher:
    """The case's lexicon, compiled; once per process and file."""
    return _compile(*_lexicon())


def entries(label: str) -> tuple[Pattern, ...]:
    """The lexicon's patterns of one label, in the file's order."""
    return tuple(pattern for pattern in load_patterns() if pattern.label == label)


def _lexicon() -> tuple[Path, int]:
    path = seeds_folder() / "lexicon.jsonl"
    return path, path.stat().st_mtime_ns if path.is_file() else 0


@lru_cache(maxsize=4)
def _load(path: Path, _changed: int) -> tuple[Pattern, ...]:
    return tuple(_read(line, f"{path}:{number}") for number, line in read_json_lines(path))


@lru_cache(maxsize=4)
def _compile(path: Path, changed: int) -> Matcher:
    return Matcher(_load(path, changed))


def _read(line: Any, where: str) -> Pattern:
    try:
        label, pattern, value = line["label"], line["pattern"], line["id"]
        strings = _variants(pattern) if isinstance(pattern, str) else _spelled(pattern)
        extras = {name: line[name] for name in line if name not in {"label", "pattern", "id"}}
        if not all(isinstance(text, str) and text for text in (label, value, *strings)):
            raise ValueError("an empty label, pattern or id")
    except KeyError as error:
        raise SeedError(f"{error.args[0]!r} is missing or not understood", where=where, todo="write LOWER, ORTH, IN, OP '?'") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise SeedError(f"no pattern: {error}", where=where, todo="see the top of helpers/patterns.py") from None
    return Pattern(label, strings, value, extras)


def _variants(form: str) -> tuple[str, ...]:
    """As written, at the start of a sentence, and in a headline's capitals; each as the view of a text shows it."""
    form = view(form).text
    forms = [form, form[:1].upper() + form[1:]]
    if form.islower():
        forms.append(form.title())
    if len(form) > _SHORT:
        forms.append(form.upper())
    return tuple(dict.fromkeys(forms))


def _spelled(tokens: list[dict[str, Any]]) -> tuple[str, ...]:
    """The tokens' words, one form a choice and case: small, first word capital, all words but the small ones, all, shouted."""
    forms = []
    for words in product(*map(_words, tokens)):
        plain = [word for word, _ in words if word]
        free = [free for word, free in words if word]
        titled = [word.capitalize() if any_case else word for word, any_case in zip(plain, free, strict=True)]
        headline = [word if word.lower() in _SMALL else title for word, title in zip(plain, titled, strict=True)]
        forms += [plain, titled[:1] + plain[1:], headline, titled[:1] + headline[1:], titled]
        if any(free):
            forms.append([word.upper() for word in plain])
    return tuple(dict.fromkeys(view(_GLUED.sub(r"\1", " ".join(words))).text for words in forms))


def _words(token: dict[str, Any]) -> list[tuple[str, bool]]:
    """The words that may stand for a token, each with whether its case is free; an empty one where the token may be absent."""
    ((attribute, wanted),) = ((name, wanted) for name, wanted in token.items() if name != "OP")
    words = wanted["IN"] if isinstance(wanted, dict) else [wanted]
    free = {"LOWER": True, "ORTH": False, "TEXT": False}[attribute]
    return [(word, free) for word in words] + {"?": [("", free)], None: []}[token.get("OP")]
