"""Numbers as news prose writes them, in digits, in words and in both: "1.5 million", "twenty-five", "a quarter million"."""

import re
from collections.abc import Iterable
from fractions import Fraction

GAP = r"(?=\s)[^\S\n]{0,9}\n?[^\S\n]{0,9}"  # white space, never over a blank line

_TO_NINE = "one two three four five six seven eight nine"
_TO_NINETEEN = f"{_TO_NINE} ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_FROM_TWENTY = "twenty thirty forty fifty sixty seventy eighty ninety"
_ONES = {name: number for number, name in enumerate(_TO_NINETEEN.split(), start=1)}
_TENS = {name: 10 * number for number, name in enumerate(_FROM_TWENTY.split(), start=2)}
_PARTS = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "tenth": 10}
_GROUPS = {"dozen": 12, "hundred": 100}
_SCALES = {"thousand": 10**3, "million": 10**6, "mn": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9}
_SCALES |= dict.fromkeys(("trillion", "trn", "tn"), 10**12)
NUMBER_WORDS = frozenset([*_ONES, *_TENS, *_GROUPS, "thousand", "million", "billion", "trillion"])


def _any(words: Iterable[str]) -> str:
    # The first letter may be a capital; a class for it keeps the scan fast, which ignoring case does not.
    return "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in sorted(words, key=len, reverse=True))


_SCALE = r"(?:hundred|thousand|million|billion|trillion|bn|trn|tn)\b"
SMALL = rf"(?:(?:{_any(_TENS)})(?:(?:-|{GAP})(?:{_TO_NINE.replace(' ', '|')}))?|{_any(_ONES)})\b"
_PART = r"(?:hal(?:f|ves)|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|tenths?)\b"
_LARGE = r"(?:million|billion|trillion)\b"

DIGITS = r"(?:\d{1,3}(?:[,\u00a0\u2009\u202f]\d{3}){1,5}(?:\.\d{1,6})?|(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?)(?!\d)"
SHARE = (
    rf"(?:(?:{_any([*_TO_NINE.split(), 'a'])})(?:-{_PART}|{GAP}{_PART}(?={GAP}of\b))(?!{GAP}of{GAP}a{GAP}{_LARGE})"
    rf"|[Hh]alf(?={GAP}(?:of|the|its|their|his|her|our|all)\b))"
)
NUMERAL = (
    rf"(?:{DIGITS}(?:(?:-|{GAP})?{_SCALE})?"
    rf"|(?:(?:[Oo]ne|[Tt]hree|a|A)(?:-|{GAP})quarters?|[Hh]alf)(?:{GAP}of)?(?:{GAP}a|-|(?={GAP}))(?:{GAP})?(?:{_LARGE}|dozen\b)"
    rf"|[Aa]{GAP}(?:dozen|hundred|thousand|million|billion|trillion)\b(?!{GAP}of\b)"
    rf"|{SMALL}(?:(?:{GAP}|-)(?:dozen\b|{_SCALE})(?:(?:{GAP}and)?{GAP}{SMALL})?){{0,3}})"
)
# The words and digits that a number can begin with; those after "one" also stand after "a": "a dozen", "a third".
BEGINNINGS = frozenset("0123456789").union(
    *((word, word.capitalize()) for word in (*_ONES, *_TENS, *_GROUPS, *_PARTS, "thousand", "million", "billion", "trillion"))
)
_TOKEN = re.compile(r"\d[\d,.\u00a0\u2009\u202f]*|[a-z]+")
_SCALE_AT_END = re.compile(rf"{_SCALE}$|(?<=\d)(?:m|mn)$")

_CODES = ("USD", "EUR", "GBP", "JPY", "CHF", "CAD", "AUD", "PLN", "SEK", "NOK", "DKK", "INR", "CNY", "RUB", "TRY", "UAH")
SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₴": "UAH", "₽": "RUB", "₹": "INR", "₺": "TRY", "₩": "KRW", "₪": "ILS"} | {
    "US$": "USD", "A$": "AUD", "C$": "CAD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "R$": "BRL", **{code: code for code in _CODES}
}  # fmt: skip
CURRENCIES = {
    "dollars": "USD", "euros": "EUR", "euro": "EUR", "rubles": "RUB", "roubles": "RUB", "yen": "JPY", "yuan": "CNY", "zlotys": "PLN",
    "zloty": "PLN", "hryvnia": "UAH", "hryvnias": "UAH", "shekels": "ILS", "baht": "THB", "naira": "NGN", "forints": "HUF", "rand": "ZAR",
}  # fmt: skip
MONEY = rf"(?:{'|'.join(sorted(map(re.escape, SIGNS), key=len, reverse=True))})\s?"


def number_in(text: str) -> Fraction:
    """The number that a numeral stands for, exactly; 0 if there is none.

    Examples
    --------
    >>> [str(number_in(text)) for text in ("10,000", "a quarter million", "two hundred and fifty thousand", "one-sixth", "1.5bn")]
    ['10000', '250000', '250000', '1/6', '1500000000']
    """
    if text.isdecimal():
        return Fraction(int(text))
    total, current = Fraction(0), Fraction(0)
    for token in _TOKEN.findall(text.lower()):
        if token[0].isdecimal():
            current += Fraction(re.sub(r"[^\d.]", "", token).rstrip("."))
        elif token in _ONES or token in _TENS:
            current += _ONES.get(token) or _TENS[token]
        elif (part := _PARTS.get(token) or _PARTS.get(token[:-1])) is not None:
            current = (current or Fraction(1)) / part
        elif token in _GROUPS:
            current = (current or Fraction(1)) * _GROUPS[token]
        elif token in _SCALES:
            total, current = total + (current or Fraction(1)) * _SCALES[token], Fraction(0)
    return total + current


def range_in(first: str, second: str) -> tuple[Fraction, Fraction]:
    """The two numbers of a range; a scale that stands once belongs to both: "10 to 15 million".

    Examples
    --------
    >>> [int(number) for number in range_in("10", "15 million")]
    [10000000, 15000000]
    """
    low, high = number_in(first), number_in(second)
    scale = _SCALE_AT_END.search(second)
    if scale and not _SCALE_AT_END.search(first) and low < number_in(second[: scale.start()]):
        low = number_in(f"{first} {scale.group()}")
    return low, high


def plain(number: Fraction) -> str:
    """The number as text that ``Fraction`` reads back: digits, with a decimal point where that is exact, else a fraction.

    Examples
    --------
    >>> [plain(Fraction(text)) for text in ("4000000", "3.50", "1/5", "1/6")]
    ['4000000', '3.5', '0.2', '1/6']
    """
    if number.denominator == 1:
        return str(number.numerator)
    places = next((count for count in range(1, 13) if 10**count % number.denominator == 0), None)
    if places is None:
        return str(number)
    whole, rest = divmod(number.numerator * 10**places // number.denominator, 10**places)
    return f"{whole}.{rest:0{places}}"
