"""What learners do not get (keys of exam items, sample memos, teachers' notes and comments), looked for in a folder.

It is looked for by name, by words (a run of twelve that only teachers' texts have), and by an exam item's id beside its key,
in text files of any kind, in every part of a notebook (source, outputs, metadata) and inside zip archives.
"""

import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from html import unescape
from pathlib import Path, PurePath

from helpers.files import read_text, read_toml
from helpers.questions import KEYS, Item, load_items

from .findings import Finding

LONGEST_RUN = 12  # words; an item’s own words, which learners read, do not count
NOTES = Path(__file__).with_name("notes")
COMMENTS = Path(__file__).with_name("rubrics") / "comments.toml"
_NEARBY = 40  # characters between an exam item's id and its key
_WORD = re.compile(r"[^\W_]+")
_PICTURES = re.compile(r"base64,[A-Za-z0-9+/=]+")


def check_release(folder: Path) -> Iterator[Finding]:
    """What a learners' copy must not hold, with the file and what was recognised; the case in use says what is secret."""
    told, stated = _told(), _stated()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield from check_file(path, told, stated)


def check_notebooks(paths: Iterable[Path]) -> Iterator[Finding]:
    """The same for lessons, which learners get in any case."""
    told, stated = _told(), _stated()
    for path in paths:
        yield from check_file(path, told, stated)


def check_file(path: Path, told: dict[str, str], stated: list[tuple[str, re.Pattern[str]]]) -> Iterator[Finding]:
    """What one file holds of what is told to teachers only, or states of the keys."""
    for name, content in _contents(path):
        where = str(path) if name == str(path) else f"{path}, {name}"
        text = _words_of(name, content)
        if PurePath(name).name == KEYS:
            yield Finding(where, "is the file of the exam's keys; leave it out")
        elif re.search(r"(?:^|[/\\])notes[/\\]\d\d\.md$", name):
            yield Finding(where, "is a teacher's note; leave it out")
        elif PurePath(name).name == COMMENTS.name:
            yield Finding(where, "is the bank of comments for whoever marks; leave it out")
        elif found := next((run for run in _runs(text) if run in told), None):
            yield Finding(where, f"holds words of {told[found]}: “{found} …”; take them out")
        for id, key in stated:
            if key.search(text):
                yield Finding(where, f"states the key of exam item {id}; take it out")


def _told() -> dict[str, str]:
    """Runs of words that only teachers' texts have, with the text that each is from."""
    items = load_items()
    open_words = {run for item in items for text in _open_texts(item) for run in _runs(text)}
    texts = [(f"the teacher's note {path.name}", read_text(path)) for path in sorted(NOTES.glob("*.md"))]
    texts += [("the bank of comments", row["text"]) for row in read_toml(COMMENTS)["comments"]]
    for item in items:
        if item.mode == "exam":
            texts += [(f"the key of {item.id}", option.feedback) for option in item.options]
        elif item.sample:
            texts.append((f"the sample memo of {item.id}", item.sample["text"]))
    return {run: name for name, text in texts for run in _runs(text) if run not in open_words}


def _stated() -> list[tuple[str, re.Pattern[str]]]:
    keys = [(item.id, option.key) for item in load_items() if item.mode == "exam" for option in item.options if option.correct]
    word = r"(?:correct|key|right|solution)"
    return [(id, re.compile(rf"{id}\b.{{0,{_NEARBY}}}\b{word}\b\W{{0,9}}(?:\(?{key}\)?)(?!\w)", re.DOTALL)) for id, key in keys]


def _open_texts(item: Item) -> list[str]:
    shown = [option.text for option in item.options]
    if item.mode != "exam":
        shown += [text for option in item.options for text in (option.feedback, option.misconception)]
    return [item.prompt, item.starter, *shown, *(field.why for field in item.fields)]


def _contents(path: Path) -> Iterator[tuple[str, bytes]]:
    if not zipfile.is_zipfile(path):
        yield str(path), path.read_bytes()
        return
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


def _words_of(name: str, content: bytes) -> str:
    text = content.decode("utf-8", errors="ignore")
    if name.endswith((".ipynb", ".json")):
        with suppress(ValueError):  # a broken file is read as it stands
            text = "\n".join(_strings(json.loads(text)))
    return unescape(re.sub(r"<[^>]+>", " ", _PICTURES.sub(" ", text)))


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


def _runs(text: str) -> Iterator[str]:
    words = _WORD.findall(text.lower().replace("’", "").replace("'", ""))
    return (" ".join(words[at : at + LONGEST_RUN]) for at in range(len(words) - LONGEST_RUN + 1))
