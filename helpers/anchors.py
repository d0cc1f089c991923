"""Finding a quoted phrase again in a text: exactly, or not at all.

The selector is the W3C Web Annotation model's TextQuoteSelector. Positions are code points, end exclusive.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Quote:
    """A phrase, with the words right before and after it only where it stands more than once in its passage."""

    exact: str
    prefix: str = ""
    suffix: str = ""


def find_quote(text: str, quote: Quote) -> tuple[int, int] | None:
    """Start and end of the phrase, or ``None`` when it isn't there or its place is ambiguous: never a guess.

    Examples
    --------
    >>> find_quote("treat it as an ally", Quote("an ally"))
    (12, 19)
    >>> find_quote("ally and ally", Quote("ally")) is None
    True
    >>> find_quote("ally and ally", Quote("ally", prefix="and "))
    (9, 13)
    """
    places = _places(text, quote.exact)
    if len(places) > 1:
        places = [at for at in places if _fits(text, at, quote)]
    return (places[0], places[0] + len(quote.exact)) if len(places) == 1 else None


def _places(text: str, exact: str) -> list[int]:
    places, at = [], text.find(exact) if exact else -1
    while at >= 0:
        places.append(at)
        at = text.find(exact, at + 1)
    return places


def _fits(text: str, at: int, quote: Quote) -> bool:
    return text[:at].endswith(quote.prefix) and text[at + len(quote.exact) :].startswith(quote.suffix)
