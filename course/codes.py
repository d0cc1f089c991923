"""Learners are codes: no e-mail address and no full name stands in answers, packets or tables."""

import csv
import functools
import io
import json
import re
from html import unescape
from pathlib import Path

from helpers.answers import LEARNER_CODE
from helpers.files import read_rows, read_text, read_toml
from helpers.paths import packaged_seeds

from .findings import Finding, Findings
from .words import decode

# An address begins where its word does: tried from every letter of a line of a million letters, it would take hours.
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
_DATA = re.compile(r"base64,[A-Za-z0-9+/=]+")
_TITLE = re.compile(r"<title>(?:Packet of |Teacher’s view of |Exercises for |Exercises with solutions for )?([^<]*)</title>")
_TEXTS = {".jsonl", ".csv", ".html", ".json", ".ipynb", ".txt", ".md", ".tsv"}
_CODES = {"code", "learner", "learner code", "group"}  # columns that hold codes
_PERSON = r"(?:student|pupil|participant|person)s?"
_PERSONAL = re.compile(
    rf"(?:(?:{_PERSON}|learner|full|first|last|given|family|user) ?)?names?|surname|{_PERSON}|e ?mails?(?: address)?|mail"
)


def check_codes(folder: Path) -> Findings:
    """What in a folder of answers, tables, packets or runs tells who a learner is, with file and line."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in _TEXTS):
        kind, text = path.suffix.lower(), decode(path.read_bytes())
        yield from _addresses(path, text)
        if kind == ".jsonl" and _holds_answers(text):
            yield from _code(str(path), path.stem)
        elif kind in (".csv", ".tsv") and not (path.parent / "catalogue.toml").is_file():  # states and names of a case
            yield from _columns(path, text)
        elif kind == ".html" and (title := _TITLE.search(text)):
            yield from _name(f"{path}, title", unescape(title[1]))


def reads_like_a_name(text: str) -> bool:
    """Whether a text reads like given name and surname, in any order, with a space, point, comma, hyphen or line between them.

    Examples
    --------
    >>> [reads_like_a_name(text) for text in ("Jane Doe", "doe, jane", "k7-fox", "paris-one", "robin")]
    [True, True, False, False, False]
    """
    parts = [part for part in re.split(r"[\s.,_-]+", text.strip()) if part]
    if len(parts) not in (2, 3) or not all(part.isalpha() and len(part) > 1 for part in parts):
        return False
    return bool({parts[0].casefold(), parts[-1].casefold()} & _given_names())


def _addresses(path: Path, text: str) -> Findings:
    for number, line in enumerate(text.split("\n"), start=1):
        if found := _ADDRESS.search(_DATA.sub("", line)):
            yield Finding(f"{path}:{number}", f"holds the e-mail address {found[0]}; put the learner's code in its place")


def _columns(path: Path, text: str) -> Findings:
    head = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    columns = {name: re.sub(r"[\s_-]+", " ", name).strip().casefold() for name in reader.fieldnames or ()}
    for name, plain in columns.items():
        if _PERSONAL.fullmatch(plain):
            yield Finding(f"{path}:1", f"the column {name!r} holds persons; keep codes only")
    for row in reader:
        for name in [name for name, plain in columns.items() if plain in _CODES]:
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
    # The package's own lists: which names people have is no matter of a case. Groups are called after states and seats.
    names = {row["name"].casefold() for row in read_rows(packaged_seeds() / "given_names.csv", ["name"])}
    rows = map(json.loads, read_text(packaged_seeds() / "lexicon.jsonl").splitlines())
    states = {str(row["pattern"]).casefold() for row in rows if row["label"] == "STATE"}
    path = packaged_seeds() / "seats.toml"  # a learners' copy of another case may have none
    seats = {seat["name"].casefold() for seat in read_toml(path)["seats"]} if path.is_file() else set()
    return frozenset(names - states - seats)
