"""The text of any file that a teacher brings: bounded, decoded, and what is odd about it said.

The principle: ``path.read_bytes().decode(source.encoding)`` is ``source.text``, so that offsets mean the same to everybody.
"""

import codecs
import json
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from .errors import CourseError

LIMIT = 10_000_000  # bytes; a long article has a hundredth of it
_SAMPLE = 200_000  # bytes that a guess at an encoding looks at

# Longer marks first: the one of UTF-16 begins the one of UTF-32.
_BYTE_ORDER_MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
_MAGIC = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a zip archive or an office document",
    b"\x1f\x8b": "a compressed file",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x7fELF": "a program",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"{\\rtf": "a rich-text document",
}
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.IGNORECASE)
_MAIL = re.compile(r"(?:[\w-]+: [^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){1,20}?Content-Type: multipart/", re.IGNORECASE)
# Curly quotes of an old Macintosh, which other Western encodings read as capitals in places where no capital stands.
_MAC_QUOTES = re.compile(rb"[a-z]\xd5[a-z]{1,2}\b|(?:^|\s)\xd2[A-Za-z][^\xd2\xd3]{1,2000}[.,?!]\xd3(?:\s|$)")
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,4000}?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|main|p|table)\b",
    re.IGNORECASE | re.DOTALL,
)
# Direction marks and overrides, and control characters that are neither line ends nor tabs.
_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")


@dataclass(frozen=True)
class Source:
    """The text of a file and how it was read.

    ``encoding`` is a Python codec; ``encoding_basis`` is ``stated`` (UTF-8, a byte order mark, HTML's own charset) or
    ``heuristic``, then with ``confidence`` (0-1). ``kind`` is ``text`` or ``html``; ``notes`` say what is odd about the file.
    """

    text: str
    encoding: str
    encoding_basis: str
    kind: str
    notes: tuple[str, ...] = ()
    confidence: float | None = None


def read_source(path: Path) -> Source:
    """The text of a file, whatever its encoding, line ends as they stand in it. At most 10 MB are read.

    Raises
    ------
    CourseError
        When there is no such file, or it is a folder, a pipe, empty, too large, binary or cannot be decoded.
    """
    data = _read_bytes(path)
    _refuse_binary(data, path)
    encoding, basis, confidence = _find_encoding(data, path)
    text = data.decode(encoding)
    if not clean(text).strip():
        raise CourseError("the file holds no text", where=str(path), todo="give the file of an article")
    kind = "html" if _HTML.match(text) else "text"
    if kind == "text" and (what := _name_data(text)):
        raise CourseError(f"this is {what}, not an article", where=str(path), todo="save the article as plain text or as a web page")
    notes = []
    if basis == "heuristic":
        notes.append(f"the encoding is a guess: {encoding}, confidence {confidence}; save the file as UTF-8 to be sure")
    if odd := sorted({f"U+{ord(character):04X}" for character in _CONTROLS.findall(text)}):
        notes.append(f"control characters, left out of the passages: {', '.join(odd)}")
    return Source(text, encoding, basis, kind, tuple(notes), confidence)


def clean(text: str) -> str:
    r"""A text without direction overrides and other control characters; line ends and tabs stay.

    Examples
    --------
    >>> clean("pay \u202e001\u202c euros\x07")
    'pay 001 euros'
    """
    return _CONTROLS.sub("", text)


def visible(text: str) -> str:
    r"""A text whose control characters are written out, so that a terminal shows them instead of obeying.

    Examples
    --------
    >>> visible("pay \u202e001")
    'pay ⟨U+202E⟩001'
    """
    return _CONTROLS.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)


def escape_json(document: str) -> str:
    r"""A JSON document in which control characters are escaped: they stand inside strings only, so the data is the same.

    Examples
    --------
    >>> escape_json('{"text": "pay \u202e001"}')
    '{"text": "pay \\u202e001"}'
    """
    return _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", document)


def _read_bytes(path: Path) -> bytes:
    try:
        # Whatever is no regular file is not opened: a pipe that nobody writes to would wait for ever.
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise CourseError("this is a folder", where=str(path), todo="give the file of an article")
        if not stat.S_ISREG(mode):
            raise CourseError("this is no regular file", where=str(path), todo="save the article as a file first")
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except OSError as error:
        raise CourseError(error.strerror or "cannot be read", where=str(path), todo="give the file of an article") from None
    except ValueError as error:  # a name that no file can have
        raise CourseError(str(error), where=repr(str(path)), todo="give the file of an article") from None
    if len(data) > LIMIT:
        raise CourseError(f"the file is larger than {LIMIT // 1_000_000} MB", where=str(path), todo="save the text of the article alone")
    return data


def _refuse_binary(data: bytes, path: Path) -> None:
    todo = "save the article as plain text or as a web page"
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise CourseError(f"this is {what}, not a text", where=str(path), todo=todo)
    if b"\0" in data and not data.startswith(tuple(mark for mark, _ in _BYTE_ORDER_MARKS[1:])):
        raise CourseError("this is a binary file, not a text", where=str(path), todo=todo)


def _name_data(text: str) -> str:
    """What a text is that was written for programs, or nothing."""
    if re.match(r"\s*<\?xml\b", text):
        return "XML"
    if _MAIL.match(text[:4096]):
        return "a web archive or an e-mail"
    try:
        return "JSON" if text.lstrip()[:1] in ("{", "[") and isinstance(json.loads(text), dict | list) else ""
    except (ValueError, RecursionError):
        return ""


def _find_encoding(data: bytes, path: Path) -> tuple[str, str, float | None]:
    marked = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), None)
    for encoding in (marked or "utf-8", _stated_charset(data)):
        if encoding and _decodes(data, encoding):
            return encoding, "stated", None
    if not marked and (guess := _guess_encoding(data)):
        return guess[0], "heuristic", guess[1]
    raise CourseError("its encoding cannot be found out", where=str(path), todo="save the file as UTF-8")


def _stated_charset(data: bytes) -> str | None:
    found = _META_CHARSET.search(data[:4096])
    try:
        codec = codecs.lookup(found[1].decode("ascii")) if found else None
    except LookupError:
        return None
    # Python's codecs are not all of text ("hex", "zip"), and a page of bytes below 128 cannot state UTF-16.
    return codec.name if codec and codec._is_text_encoding and not codec.name.startswith("utf-16") else None


def _guess_encoding(data: bytes) -> tuple[str, float] | None:
    """The likeliest encoding that decodes the whole file, with a confidence (0-1)."""
    from charset_normalizer import from_bytes

    matches = list(from_bytes(data[:_SAMPLE]))
    if not matches:
        return None
    best = matches[0]
    close = [one for one in matches if one.chaos <= best.chaos + 0.02 and one.coherence >= best.coherence - 0.15]
    # Of encodings that read the sample about as well, the one that most old files in Western languages have.
    likely = ["cp1252"] if any("cp1252" in one.could_be_from_charset for one in close) else []
    if likely and _MAC_QUOTES.search(data):
        likely = ["mac-roman"]
    for encoding in [*likely, *(one.encoding for one in matches)]:
        if _decodes(data, encoding):
            return encoding, round(min(0.95, (1 - best.chaos) * (0.5 + best.coherence / 2)), 2)
    return None


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True
