"""What stands around an article on its page, told from its paragraphs: title, author, date, captions, boxes, footers.

The rules are few and careful: what none of them is sure of is a passage.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = (
    rf"(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<m1>{_MONTH})\.?,?\s(?P<y1>\d{{4}})"
    rf"|(?P<m2>{_MONTH})\.?\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4})-(?P<m3>\d\d)-(?P<d3>\d\d))"
)
_ANY_DATE = re.compile(rf"\b{_DATE}\b", re.IGNORECASE)
_HOUR = r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: [a-z]{2,4})?"
_DATE_LINE = re.compile(
    r"(?:(?:first )?(?:published|posted|updated|last (?:updated|modified|changed))(?: on| at)?:? ?)?"
    rf"(?:{_HOUR},? )?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?{_DATE}"
    rf"(?:,? (?:at )?{_HOUR})?\.?",
    re.IGNORECASE,
)
# "PARIS, Nov. 18, 2015 (AP) —": a place in capitals, then a date with its year.
_DATELINE = re.compile(rf"[A-Z][A-Z .'’-]{{2,40}}(?:, [A-Z][\w.]{{1,20}})?, (?i:{_DATE})(?: \([\w ]{{2,20}}\))?,? ?[—–-]")

_WORD = r"(?:[A-Z][\w’'.-]*|d[aeiu]|van|von|der|den|bin|al|la|le)"
_NAME = rf"[A-Z][\w’'.-]* (?:{_WORD} ){{0,3}}[A-Z][\w’'-]+"
_BYLINE = re.compile(
    rf"(?:[Bb]y|BY) (?P<names>{_NAME}(?:, {_NAME})*(?:,? (?:and|&) {_NAME})?)(?:,? (?:in|for|[a-z]).{{0,60}}|, [A-Z].{{0,60}})?"
)
_NAME_ALONE = re.compile(rf"(?P<names>{_NAME}(?:(?:,| and) {_NAME})?)(?: in {_NAME}| in [A-Z]\w+)?")
_AGENCIES = r"AP|AFP|EPA|Reuters|Getty|Alamy|Shutterstock|Bloomberg"
_CREDIT = re.compile(
    rf"\((?:(?:courtesy of|photo|photograph|picture|image|credit)\b[^()]{{0,80}}|[^()]{{0,60}}(?:/ ?|\b)(?:{_AGENCIES})[^()]{{0,30}})\)$"
    rf"|(?:photo|photograph|picture|image)(?: credit)?(?: by)?: ?[^.]{{2,60}}$|[/|] ?(?:{_AGENCIES})(?: Images| Photo)?$"
    r"|^(?:image|media) (?:source|caption|copyright), .+",
    re.IGNORECASE,
)
_AUTHOR_PICTURE = re.compile(r"(?:author|writer|reporter)(?:'s|’s)? (?:picture|photo|image|portrait)", re.IGNORECASE)
_TRADE = re.compile(
    r"\b(?:correspondent|reporter|editor|writer|columnist|journalist|professor|fellow|lecturer|author of|covers"
    r"|reports (?:on|from)|writes (?:on|about|for))\b"
)
_SIGN_UP = re.compile(r"(?:sign[ -]?up|subscribe|newsletters?$|get (?:our|the) .{0,40}(?:newsletter|email|inbox))\b", re.IGNORECASE)
_REPORTS = re.compile(r"\b(?:said|says|told|added|asked)\b")  # in a sentence of the article, not in a box beside it
_LINKS = re.compile(
    r"(?:(?:read (?:more|next|also)|related(?: \w+)?|see also|more (?:from|on this)|continue reading|most read|recommended|watch|listen)"
    r"(?::.*| ?$)"
    r"|(?:advertisement|share(?: this.*)?|print|e-?mail|(?:\d+ |leave a )?comments?|follow us.*|story continues below.*|skip to .*)$)",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"(?:©|\(c\) ?\d{4}|copyright(?:$| ?©| ?\(c\)| \d{4}| by\b)|all rights reserved"
    r"|contact us\b|to contact\b.*:$|for more information\b.*:$|visit us\b"
    r"|this (?:article|story|piece) (?:was|is|has been) (?:originally |first )?(?:published|republished|from)\b)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[*_\s]*(?:\[[^\]\n]{1,200}\]\(\S{1,500}\)|(?:https?://|www\.)\S{1,500})[*_\s]*")
_ENDS = re.compile(r"[.!?…:;][\"'”’)\]*_]*$")

_HEAD = 8  # paragraphs at the top that may be title, author, date
_TAIL = 6  # paragraphs at the end that may be boxes and footers
_LINE = 200  # characters; a line of author or date is shorter
_LONG = 1000  # characters; nothing longer is furniture


@dataclass(frozen=True)
class Origin:
    """What a page says of its article: title, authors, date of publication, and how each is known."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    authors_basis: str = "unknown"
    published: date | None = None
    published_basis: str = "unknown"


def name_furniture(paragraphs: Sequence[str]) -> dict[int, str]:
    """The paragraphs (by their index) that are no part of the article's body, with the name of what they are.

    Examples
    --------
    >>> name_furniture(["Bridge closed", "By Ada Long", "The bridge over the river was closed on Monday, the town said."])
    {0: 'title', 1: 'author line'}
    """
    names = {at: name for at, text in enumerate(paragraphs) if len(text) <= _LONG and (name := _name_anywhere(text))}
    names |= _doubled_captions(paragraphs)
    names |= _name_tail(paragraphs, names)
    names |= _name_head(paragraphs, names)
    return dict(sorted(names.items())) if len(names) < len(paragraphs) else {}


def find_origin(paragraphs: Sequence[str], names: dict[int, str]) -> Origin:
    """Title, authors and date as the named paragraphs give them.

    Examples
    --------
    >>> find_origin(["Bridge closed", "4 May 2021", "It shut."], {0: "title", 1: "date line"}).published
    datetime.date(2021, 5, 4)
    """
    own: dict[str, list[str]] = {}
    for at, name in names.items():
        own.setdefault(name, []).append(paragraphs[at])
    authors, authors_basis = _authors(own)
    published, basis = _published(own, [text for at, text in enumerate(paragraphs) if at not in names])
    title = own["title"][0].lstrip("# ").strip("*_ ") if "title" in own else None
    return Origin(title, authors, authors_basis, published, basis)


def find_date(text: str) -> date | None:
    """The first full date (day, month, year) that a text names."""
    for found in _ANY_DATE.finditer(text):
        parts = {key[0]: value for key, value in found.groupdict().items() if value}
        month = int(parts["m"]) if parts["m"].isdigit() else _MONTHS.index(parts["m"][:3].lower()) + 1
        try:
            return date(int(parts["y"]), month, int(parts["d"]))
        except ValueError:
            continue
    return None


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does, or as what introduces the next paragraph."""
    return bool(_ENDS.search(text[-20:]))


def is_prose(text: str) -> bool:
    """Whether a paragraph is surely running text: some length, and it ends as a sentence."""
    return len(text) >= 60 and ends_sentence(text)


def _name_anywhere(text: str) -> str:
    words = len(text.split())
    if not any(character.isalnum() for character in text):
        return "separator"
    if re.match(r"#{2,6} ", text):
        return "subheading"
    if words <= 60 and _CREDIT.search(text[-160:]):
        return "caption and credit"
    if words <= 40 and _SIGN_UP.match(text) and not _REPORTS.search(text):
        return "sign-up block"
    if words <= 25 and _LINKS.match(text) and not (text.endswith(".") and words > 8):
        return "link"
    return ""


def _doubled_captions(paragraphs: Sequence[str]) -> dict[int, str]:
    names = {}
    for at, (one, other) in enumerate(itertools.pairwise(paragraphs)):
        rest = other.removeprefix(one)
        if len(one) <= _LONG and len(one.split()) >= 5 and rest != other and re.fullmatch(r"(?: ?\([^()]{2,80}\))?", rest):
            names |= {at: "caption", at + 1: "caption"}
    return names


def _name_tail(paragraphs: Sequence[str], names: dict[int, str]) -> dict[int, str]:
    """Author boxes and footers among the last paragraphs."""
    found: dict[int, str] = {}
    first = max(1, len(paragraphs) - _TAIL)
    for at in range(first, len(paragraphs)):
        text = paragraphs[at]
        if at in names or at in found or len(text) > _LONG:
            continue
        if _FOOTER.match(text) or _ADDRESS.fullmatch(text):
            found[at] = "footer"
        elif _AUTHOR_PICTURE.fullmatch(text):
            found[at] = "author box"
            if at + 1 < len(paragraphs):
                found[at + 1] = "author box"
        elif _is_biography(text, paragraphs[:at]):
            found[at] = "author box"
    return found


def _is_biography(text: str, before: Sequence[str]) -> bool:
    """Whether a paragraph presents its author: a byline has the name already, or nothing else in the article has it."""
    person = re.match(rf"[*_]*(?P<name>{_NAME}) (?:is|covers|reports|writes|has)\b", text)
    if not person or not _TRADE.search(text) or _REPORTS.search(text):
        return False
    name = person["name"]
    return any(name in line for line in before[:_HEAD] if len(line) < 120 and not ends_sentence(line)) or not any(
        name.split()[-1] in line for line in before
    )


def _name_head(paragraphs: Sequence[str], names: dict[int, str]) -> dict[int, str]:
    """Title, author line and date line among the first paragraphs."""
    found: dict[int, str] = {}
    head = range(min(_HEAD, len(paragraphs)))
    for at in head:
        if at not in names and (name := line_of_origin(paragraphs[at])):
            found[at] = name
    if (title := _title(paragraphs, names | found)) is not None:
        found[title] = "title"
    dates = {at for at, name in found.items() if name == "date line"}
    for at in head:
        beside = {at - 1, at + 1} & dates
        if beside and at not in names | found and len(paragraphs[at]) <= 80 and _NAME_ALONE.fullmatch(paragraphs[at]):
            found[at] = "author line"
    return found


def line_of_origin(text: str) -> str:
    """``"author line"`` or ``"date line"`` where a text is that and nothing else, else nothing.

    Examples
    --------
    >>> line_of_origin("By Ada Long"), line_of_origin("4 May 2021"), line_of_origin("By then it was May.")
    ('author line', 'date line', '')
    """
    if len(text) > _LINE:
        return ""
    if _DATE_LINE.fullmatch(text):
        return "date line"
    parts = re.split(r"\s+[|•·–—]\s+", text)
    rest = all(_DATE_LINE.fullmatch(part) or (part[:1].isupper() and len(part) <= 60) for part in parts[1:])
    if rest and _BYLINE.fullmatch(parts[0]) and not ends_sentence(text):
        return "author line"
    return ""


def _title(paragraphs: Sequence[str], names: dict[int, str]) -> int | None:
    heads = [at for at in range(min(_HEAD, len(paragraphs))) if at not in names]
    for at in heads:
        if paragraphs[at].startswith("# "):
            return at
    # Otherwise only the very first line that is nothing else, and only where an article follows.
    if heads and heads[0] <= 2:
        text = paragraphs[heads[0]]
        short = len(text) <= 150 and len(text.split()) <= 20 and not re.search(r"[.,:;…—-][\"”’)]*$", text)
        if short and text[:1].isupper() | text[:1].isdigit() | (text[:1] in "“‘\"'") and any(map(is_prose, paragraphs[heads[0] + 1 :])):
            return heads[0]
    return None


def _authors(own: dict[str, list[str]]) -> tuple[tuple[str, ...], str]:
    for line in own.get("author line", []):
        found = _BYLINE.match(line) or _NAME_ALONE.match(line)
        if found:
            return tuple(re.split(r",? (?:and|&) |, ", found["names"])), "stated"
    for box in own.get("author box", []):
        if found := re.match(rf"[*_]*({_NAME}|[A-Z]\w+) (?:is|covers|reports|writes|has)\b", box):
            return (found[1],), "inferred"
    return (), "unknown"


def _published(own: dict[str, list[str]], body: Sequence[str]) -> tuple[date | None, str]:
    lines = sorted([*own.get("date line", []), *own.get("author line", [])], key=lambda line: "pdated" in line or "modified" in line)
    captions = [text for name, texts in own.items() if name.startswith("caption") for text in texts]
    datelines = [found[0] for text in body[:3] if (found := _DATELINE.match(text))]
    for texts, basis in ((lines, "stated"), (datelines, "inferred"), (captions, "caption")):
        for text in texts:
            if day := find_date(text):
                return day, basis
    return None, "unknown"
