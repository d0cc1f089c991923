"""Learners are codes: no e-mail address and no full name stands in answers, packets or tables."""

import csv
import functools
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from helpers.answers import LEARNER_CODE
from helpers.files import read_rows
from helpers.paths import packaged_seeds

from .findings import Finding

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
_DATA = re.compile(r"base64,[A-Za-z0-9+/=]+")
_TITLE = re.compile(r"<title>(?:Packet of )?([^<]*)</title>")
_TEXTS = {".jsonl", ".csv", ".html", ".json", ".ipynb", ".txt", ".md", ".tsv"}
_CODES = {"code", "learner", "learner_code", "group"}  # columns that hold codes
_PERSONAL = {"name", "student", "e-mail", "email", "mail", "surname", "first name", "last name", "full name", "firstname", "lastname"}
Findings = Iterator[Finding]


def check_codes(folder: Path) -> Findings:
    """What in a folder of answers, tables, packets or runs tells who a learner is, with file and line."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix in _TEXTS):
        text = path.read_text(encoding="utf-8", errors="replace").removeprefix("\ufeff")
        yield from _addresses(path, text)
        if path.suffix == ".jsonl" and _holds_answers(text):
            yield from _code(str(path), path.stem)
        elif path.suffix == ".csv":
            yield from _columns(path, text)
        elif path.suffix == ".html" and (title := _TITLE.search(text)):
            yield from _name(f"{path}, title", unescape(title[1]))


def reads_like_a_name(text: str) -> bool:
    """Whether a text reads like given name and surname, with a space, point, hyphen or line between them.

    Examples
    --------
    >>> [reads_like_a_name(text) for text in ("Jane Doe", "jane-doe", "k7-fox", "otter-12", "robin")]
    [True, True, False, False, False]
    """
    parts = [part for part in re.split(r"[\s._-]+", text.strip()) if part]
    return len(parts) in (2, 3) and all(part.isalpha() and len(part) > 1 for part in parts) and parts[0].casefold() in _given_names()


def _addresses(path: Path, text: str) -> Findings:
    for number, line in enumerate(text.split("\n"), start=1):
        if found := _ADDRESS.search(_DATA.sub("", line)):
            yield Finding(f"{path}:{number}", f"holds the e-mail address {found[0]}; put the learner's code in its place")


def _columns(path: Path, text: str) -> Findings:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    for name in reader.fieldnames or ():
        if name.strip().casefold() in _PERSONAL:
            yield Finding(f"{path}:1", f"the column {name!r} holds persons; keep codes only")
    for row in reader:
        for name in [name for name in row if name and name.strip().casefold() in _CODES]:
            yield from _name(f"{path}:{reader.line_num}", row[name] or "")


def _code(where: str, code: str) -> Findings:
    if not LEARNER_CODE.fullmatch(code):
        yield Finding(where, f"{code!r} is no learner code; use 2 to 24 letters, digits or hyphens")
    else:
        yield from _name(where, code)


def _name(where: str, text: str) -> Findings:
    if reads_like_a_name(text):
        yield Finding(where, f"{text!r} reads like a person's name; use a code such as k7-fox")


def _holds_answers(text: str) -> bool:
    for line in text.split("\n"):
        try:
            if line.strip():
                return {"item", "answer"} <= set(json.loads(line))
        except (ValueError, TypeError):
            continue
    return False


@functools.cache
def _given_names() -> frozenset[str]:
    # The package's own list: which names people have is no matter of a case.
    return frozenset(row["name"].casefold() for row in read_rows(packaged_seeds() / "given_names.csv", ["name"]))
