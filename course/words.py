"""What a file says, for whoever looks for words in it: its parts (those of an archive, too), as readers and as the source have them."""

import codecs
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from helpers.errors import CourseError

_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_WORD = re.compile(r"[^\W_]+")
_PICTURES = re.compile(r"base64,[A-Za-z0-9+/=]+")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)  # the last two: locked, packed in a rare way


def read_parts(path: Path) -> Iterator[tuple[str, str]]:
    """The place and the text of a file, or of every file in an archive: ``x.html``, or ``x.zip, deep/x.html``.

    A text is all readings of a part, one after the other: as it stands and with its tags taken out, and of JSON also its strings.

    Raises
    ------
    CourseError
        When it is an archive that cannot be opened.
    """
    try:
        yield from _parts(str(path), path.name, path.read_bytes())
    except _BROKEN:
        todo = "leave it out, or pack it anew"
        raise CourseError("is a broken archive, which nobody can look through", where=str(path), todo=todo) from None


def decode(content: bytes) -> str:
    """The bytes as text: in the encoding that their first bytes mark, else in UTF-8, without what is none.

    Examples
    --------
    >>> decode("naïve".encode("utf-16")), decode("naïve".encode("utf-8-sig"))
    ('naïve', 'naïve')
    """
    encoding = next((encoding for mark, encoding in _MARKS.items() if content.startswith(mark)), "utf-8-sig")
    return content.decode(encoding, errors="ignore")


def words_of(text: str) -> list[str]:
    """The words of a text in small letters; an apostrophe parts no word.

    Examples
    --------
    >>> words_of("France’s “act of WAR”")
    ['frances', 'act', 'of', 'war']
    """
    return _WORD.findall(text.lower().replace("’", "").replace("'", ""))


def runs(text: str, length: int) -> Iterator[str]:
    """Every run of so many words.

    Examples
    --------
    >>> list(runs("An act of war.", 3))
    ['an act of', 'act of war']
    """
    words = words_of(text)
    return (" ".join(words[at : at + length]) for at in range(len(words) - length + 1))


def _parts(where: str, name: str, content: bytes) -> Iterator[tuple[str, str]]:
    if name.endswith(".zip") or zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.namelist():
                yield from _parts(f"{where}, {part}", part, archive.read(part))
    else:
        yield where, "\n\n".join(_readings(name, _PICTURES.sub(" ", decode(content))))


def _readings(name: str, text: str) -> list[str]:
    forms = [text]
    # In JSON sentences are split over strings, with escapes in between; HTML writes an apostrophe as a number.
    if name.endswith(".jsonl"):
        forms.append("\n".join(string for line in text.split("\n") if line.strip() for string in _strings(_parsed(line))))
    elif name.endswith((".ipynb", ".json")):
        forms.append("\n".join(_strings(_parsed(text))))
    # Comments and attributes stand in the text as it is; words that tags part stand together when these are taken out.
    return list(dict.fromkeys(unescape(form) for text in forms for form in (text, _TAG.sub(" ", text))))


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text  # a broken file is read as it stands


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and all(isinstance(part, str) for part in value):
        yield "".join(value)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, dict):
        for name, part in value.items():
            yield name
            yield from _strings(part)
