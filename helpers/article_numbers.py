"""The numbers of articles as news prose writes them: "Article 42.7", "Articles 4 and 5", "Art. 42(7)", "Article V", "its fifth article"."""

import re
from collections.abc import Iterator

_ROMAN = {name: str(number) for number, name in enumerate(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"], start=1)}
_TEN = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_WORDS = {name: str(number) for number, name in enumerate(_TEN, start=1)}
_SPELLED = {**_ROMAN, **_WORDS, **{name.capitalize(): number for name, number in _WORDS.items()}}
_NUMBER = rf"(?P<number>\d{{1,3}}|(?:{'|'.join(sorted(_SPELLED, key=len, reverse=True))})\b)"
_PART = r"(?: ?\((?P<a>\d{1,2})\)|\.(?P<b>\d{1,2})(?!\d)|-(?P<c>\d)(?!\d)|,? para(?:graph)?\.? (?P<d>\d{1,2}))?(?![\w%])"
FIRST = re.compile(rf" {_NUMBER}{_PART}")
_NEXT = re.compile(rf"(?:, and |, or |, | and | or | & |/|-){_NUMBER}{_PART}")
_PARAGRAPH_OF = re.compile(r"\bparagraph (\d{1,2}) of (?:the )?$", re.IGNORECASE)
LOOSE = re.compile(r"(?<![\w.-])(?P<number>\d{1,3})(?:\((?P<a>\d{1,2})\)|\.(?P<b>\d{1,2})) (?:of the )?$")
_TENTHS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
ORDINALS = {name: str(number) for number, name in enumerate(_TENTHS, start=1)}
ORDINAL = re.compile(rf"\b(?P<number>{'|'.join(ORDINALS)}) $")


def article_numbers(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Start, end and number of each article in "Articles 4 and 5"; the first starts with the word."""
    match = FIRST.match(text, end)
    if match and (paragraph := _PARAGRAPH_OF.search(text, max(0, start - 24), start)):
        yield paragraph.start(), match.end(), f"{read_number(match)}.{paragraph[1]}"
        return
    plural = text.endswith(("s", "s.", "S"), start, end)
    while match:
        yield start, match.end(), read_number(match)
        match = _NEXT.match(text, match.end()) if plural else None
        start = match.start("number") if match else 0


def read_number(match: re.Match[str]) -> str:
    """The number that a match of an article's number gives, with its paragraph: "42.7" for "42(7)" and "42.7"."""
    parts = match.groupdict()
    number = _SPELLED.get(parts["number"], parts["number"])
    return ".".join(filter(None, [number, *(parts.get(name) for name in "abcd")]))
