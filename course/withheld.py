"""What learners do not get (keys of exam items, sample memos, teachers' notes and comments), looked for in a folder.

It is looked for by name, by words (a run of twelve, or a whole feedback of five or more, that only teachers' texts have), and by
an exam item's id beside its key, in text files of any kind, in every part of a notebook (source, outputs, metadata) and inside
zip archives.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from helpers.errors import CourseError
from helpers.files import read_text, read_toml
from helpers.paths import seeds_folder
from helpers.questions import KEYS, Item, load_items

from .findings import Finding, finding_of
from .page_frame import FOR_TEACHERS
from .words import read_parts, runs, words_of

LONGEST_RUN = 12  # words; an item’s own words, which learners read, do not count
SHORTEST = 5  # words of a feedback that is looked for as a whole
NOTES = Path(__file__).with_name("notes")
COMMENTS = Path(__file__).with_name("rubrics") / "comments.toml"
_NEARBY = 40  # characters between an exam item's id and its key
_STATES = r"(?:(?:correct|right|key|solution)(?: (?:answer|option|choice))?(?: is)?|answer is)"


@dataclass(frozen=True)
class _Secrets:
    """Runs of words and whole short texts that only teachers have, each with where it is from; forms in which a key is told."""

    runs: dict[str, str]
    wholes: dict[str, str]
    keys: list[tuple[str, re.Pattern[str]]]


def check_release(folder: Path) -> Iterator[Finding]:
    """What a learners' copy must not hold, with the file and what was recognised; the case in use says what is secret."""
    keys = seeds_folder() / "questions" / KEYS
    if not keys.is_file():
        yield Finding(str(keys), "is not there, so keys were not looked for; check with the teacher's copy of the case", "W")
    yield from check_notebooks(sorted(path for path in folder.rglob("*") if path.is_file()))


def check_notebooks(paths: Iterable[Path], *, notes: bool = True) -> Iterator[Finding]:
    """The same for files, such as the lessons, which learners get in any case; ``notes`` is whether teachers' notes are secret, too."""
    secrets = _secrets(notes)
    for path in paths:
        try:
            yield from _check_file(path, secrets)
        except CourseError as error:
            yield finding_of(error, str(path))


def _check_file(path: Path, secrets: _Secrets) -> Iterator[Finding]:
    for where, text in read_parts(path):
        name = where.replace(", ", "/")
        if PurePath(name).name == KEYS:
            yield Finding(where, "is the file of the exam's keys; leave it out")
        elif re.search(r"(?:^|[/\\])notes[/\\]\d\d\.md$", name):
            yield Finding(where, "is a teacher's note; leave it out")
        elif PurePath(name).name == COMMENTS.name:
            yield Finding(where, "is the bank of comments for whoever marks; leave it out")
        elif name.endswith(".html") and FOR_TEACHERS in text:
            yield Finding(where, "is a page for teachers; leave it out")
        elif found := _told_in(text, secrets):
            yield Finding(where, "holds words of {}: “{} …”; take them out".format(*found))
        small = text.casefold()
        for id, key in secrets.keys:
            if id.casefold() in small and key.search(text):
                yield Finding(where, f"states the key of exam item {id}; take it out")


def _told_in(text: str, secrets: _Secrets) -> tuple[str, str] | None:
    """Where words of a text are from that only teachers have, and the words."""
    plain = f" {' '.join(words_of(text))} "
    found = [run for run in runs(text, LONGEST_RUN) if run in secrets.runs] or [one for one in secrets.wholes if f" {one} " in plain]
    return ((secrets.runs | secrets.wholes)[found[0]], found[0]) if found else None


def _secrets(notes: bool) -> _Secrets:
    items = load_items()
    shown = [text for item in items for text in _open_texts(item)]
    open_runs = {run for text in shown for run in runs(text, LONGEST_RUN)}
    open_words = " | ".join(["", *(" ".join(words_of(text)) for text in shown), ""])
    texts = [
        (f"the teacher's note {path.name}", read_text(path))
        for path in sorted([*NOTES.glob("*.md"), *(seeds_folder() / "notes").glob("*.md")])
        if notes
    ]
    texts += [("the bank of comments", row["text"]) for row in read_toml(COMMENTS)["comments"]]
    wholes = {}
    for item in items:
        if item.mode == "exam":
            feedback = [(f"the key of {item.id}", option.feedback) for option in item.options]
            texts += feedback
            wholes |= {" ".join(words_of(text)): name for name, text in feedback if SHORTEST <= len(words_of(text)) < LONGEST_RUN}
        elif item.sample:
            texts.append((f"the sample memo of {item.id}", item.sample["text"]))
    return _Secrets(
        {run: name for name, text in texts for run in runs(text, LONGEST_RUN) if run not in open_runs},
        {whole: name for whole, name in wholes.items() if f" {whole} " not in open_words},
        [(item.id, _statement(item.id, option.key)) for item in items if item.mode == "exam" for option in item.options if option.correct],
    )


def _statement(id: str, key: str) -> re.Pattern[str]:
    """The id and then the key within some characters, or the key and then the id within one table or sentence."""
    stated = rf"\b{_STATES}\b\W{{0,9}}{key}(?!\w)"
    return re.compile(rf"{id}\b.{{0,{_NEARBY}}}{stated}|{stated}[^][{{}}]{{0,{_NEARBY}}}\b{id}\b", re.DOTALL | re.IGNORECASE)


def _open_texts(item: Item) -> list[str]:
    shown = [option.text for option in item.options]
    if item.mode != "exam":
        shown += [text for option in item.options for text in (option.feedback, option.misconception)]
    return [item.prompt, item.starter, *shown, *(field.why for field in item.fields)]
