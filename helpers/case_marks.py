"""Marks that the author of a case makes: the reference coding of an article, written into the case's own file.

Whole marks are lines of ``annotations/<article>.jsonl``, written anew at every change; lines of other kinds, and those that
nobody touched, stay as they are to the byte. A new mark that lacks a code waits on the desk; one that has lost a code keeps
its former line until it is whole again, or deleted.
"""

import functools
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from .anchors import find_quote
from .annotation import KINDS, REFERENCE, Annotation, annotations, from_w3c, to_w3c
from .articles import Article, find_originals, load_article, load_catalogue
from .counted_nouns import count_of
from .errors import CourseError, SeedError
from .files import parse_json_lines, read_text, write_atomic
from .mark_desk import MarkDesk
from .mark_views import tabulate_marks
from .mark_widget import live_desk
from .marks import Mark, Marks, complete, from_annotation, mark_fields, missing_codes
from .parameters import check_choice
from .paths import packaged_seeds, seeds_folder
from .views import View, paragraph, table_html, table_text

_LETTERS = {"stance": "E", "provision": "P", "quotation": "S", "claim": "T", "conflict": "K"}
_LONGEST = 8  # words of an article that a case may quote
_ID = re.compile(r"(\D+)(\d+)")


def mark_article(article: str, kind: str = "stance") -> View:
    """An article of your own case to mark and code; in print, the list of its marks.

    Parameters
    ----------
    article : str
        The article's id in ``catalogue.toml``.
    kind : str
        A kind of annotation: ``stance``, ``provision``, ``quotation``, ``claim`` or ``conflict``.

    Raises
    ------
    ParameterError
        When there is no such article or kind; the message lists those that exist.
    SeedError
        When the article's file of annotations is malformed, with the line.

    Examples
    --------
    >>> print(mark_article("stripes-2015", "provision").text.splitlines()[0])
    4 annotations of the kind provision in stripes-2015. In JupyterLab its passages stand here to be marked.
    """
    check_choice("article", article, [entry["id"] for entry in load_catalogue()["articles"]])
    check_choice("kind", kind, KINDS)
    marks = [from_annotation(one) for one in annotations(article, kind)]
    head = f"{count_of(len(marks), 'annotation')} of the kind {kind} in {article}. In JupyterLab its passages stand here to be marked."
    table = tabulate_marks(marks, mark_fields(kind))
    return View(f"{head}\n{table_text(table, '–')}", paragraph(head) + table_html(table, blank="–"), lambda: _widget(article, kind))


def own_case() -> Path:
    """The folder of the case in use, which is the author's own.

    Raises
    ------
    CourseError
        When it is the case that comes with the package: an update would replace it, and learners are compared with it.
    """
    folder = seeds_folder()
    if folder.resolve() == packaged_seeds().resolve():
        todo = "make a case of your own with 'course case new', and name it with --seeds"
        raise CourseError("the case that comes with the package stays as it is", where=str(folder), todo=todo)
    return folder


class CaseFile:
    """The annotations of one kind in the file of an article: written at every change, beside lines of other kinds that others may write.

    Raises
    ------
    CourseError
        As :func:`own_case` does.
    """

    def __init__(self, article: str, kind: str) -> None:
        self.path, self.kind, self.fields = own_case() / "annotations" / f"{article}.jsonl", kind, mark_fields(kind)
        self.found: dict[str, tuple[Annotation, str]] = {}  # by its id, each annotation of this kind with its line as it was found
        self._lines: dict[str, str] = {}  # the last line of each id, also of what was deleted, which Undo may bring back
        self._take(self._read())

    def save(self, marks: Marks) -> str:
        """Write the marks that are whole; what was done, in a few words.

        A mark that has lost a code keeps its former line; a line goes only with its mark.

        Raises
        ------
        CourseError
            When the file cannot be written, somebody else has changed its lines of this kind, or has used a new mark's id.
        """
        self._meet_others()
        own = {mark.id: line for mark in marks.marks if (line := self._line(mark))}
        self._refuse_used(own)
        added = [line for id, line in own.items() if id not in {place for _, place in self._places}]
        kept = [own[id] if id else line for line, id in self._places if not id or id in own]
        text = "".join(f"{line}\n" for line in [*kept, *added])
        if text != self.text:
            write_atomic(self.path, text)
            self.text = text
        self._lines |= own
        return self._tell(own, [mark for mark in marks.marks if missing_codes(mark, self.fields)])

    def _take(self, text: str) -> None:
        """Begin with what stands in the file."""
        split = self._split(text)
        self.text = text
        self._places = [(line, mark.id if mark else "") for line, mark in split]  # deleted lines keep theirs
        own = {mark.id: (mark, line) for line, mark in split if mark}
        self.found = own | self.found
        self._lines |= {id: line for id, (_, line) in own.items()}

    def _meet_others(self) -> None:
        """Take over what was written meanwhile, unless it is of this kind."""
        now = self._read()
        if now != self.text:
            if self._own(now) != self._own(self.text):
                what = f"annotations of the kind {self.kind} were changed elsewhere"
                raise CourseError(what, where=str(self.path), todo="run this cell again")
            self._take(now)

    def _refuse_used(self, own: Mapping[str, str]) -> None:
        used = {mark.id for mark in annotations(kind=None)} - self._own(self.text).keys()
        if clash := sorted(used & own.keys()):
            todo = "delete the mark and make it again"
            raise CourseError(f"the number {clash[0]} was given to another mark elsewhere", where=str(self.path), todo=todo)

    def _line(self, mark: Mark) -> str:
        """The line of a mark, as it was found if it says the same; its former one, or none, while a code is missing."""
        whole = complete(mark, self.fields)
        if whole is None:
            return self._lines.get(mark.id, "")
        former, line = self.found.get(mark.id, (None, ""))
        return line if whole == former else json.dumps(to_w3c(whole), ensure_ascii=False)

    def _tell(self, own: Mapping[str, str], lacking: list[Mark]) -> str:
        former = [mark.number for mark in lacking if mark.id in own]
        waiting = len(lacking) - len(former)
        said = [f"Mark {number} lacks a code: its former codes stay in the file until it is whole." for number in former]
        said += [f"Not in the file yet, for lack of a code: {waiting} {'mark' if waiting == 1 else 'marks'}."] if waiting else []
        return " ".join(said + ([f"Saved in {self.path.name}."] if len(own) > len(former) or not lacking else []))

    def _own(self, text: str) -> dict[str, str]:
        return {mark.id: line for line, mark in self._split(text) if mark}

    def _split(self, text: str) -> list[tuple[str, Annotation | None]]:
        """The lines of the file, each with its annotation where it is of this kind."""
        places = dict(parse_json_lines(text, str(self.path)))
        found = []
        for number, line in enumerate(text.removesuffix("\n").split("\n") if text else [], start=1):
            mark = from_w3c(places[number], f"{self.path}:{number}") if number in places else None
            found.append((line, mark if mark and mark.kind == self.kind else None))
        return found

    def _read(self) -> str:
        return read_text(self.path) if self.path.is_file() else ""


def new_id(kind: str) -> Callable[[set[str]], str]:
    """A function that gives the next free id of a kind: the letters that the case uses for it, and the next number.

    None is given twice in a kernel, by whatever desk: a mark that lacks a code stands in no file yet.
    """
    given = _given_ids(seeds_folder().resolve())

    def name(used: set[str]) -> str:
        same = [found[1] for mark in annotations(kind=kind) if (found := _ID.fullmatch(mark.id))]
        letters = same[-1] if same else _LETTERS[kind]
        taken = {mark.unit for mark in annotations(kind=None, coder=None)} | given | used
        numbers = [int(found[2]) for id in taken if (found := _ID.fullmatch(id)) and found[1] == letters]
        id = f"{letters}{max(numbers, default=0) + 1:02d}"
        given.add(id)
        return id

    return name


@functools.cache
def _given_ids(case: Path) -> set[str]:
    """The ids that desks of a case have given in this kernel."""
    return set()


def _widget(article: str, kind: str) -> Any:
    from ipywidgets import VBox

    shown, file = _load(article), CaseFile(article, kind)
    passages = [one for version in shown.versions for one in version.passages if one.text.strip()]
    other = _original(shown)

    def save(marks: Marks) -> str:
        said = file.save(marks)
        return " ".join([said, *_doubts(desk, other)])

    marks = Marks(tuple(from_annotation(one) for one, _ in file.found.values()))
    desk = MarkDesk(kind, {one.id: one.text for one in passages}, marks, name=new_id(kind), save=save, coder=REFERENCE)
    desk.said = f"The {shown.edition} edition of {article}; codes go into {file.path.name}."
    return VBox([live_desk(desk, passages, f"{article}, {kind}", lambda: None)])


def _load(article: str) -> Article:
    try:
        return load_article(article, "reading")
    except SeedError:  # not written yet: the author begins with the original
        return load_article(article, "auto")


def _original(shown: Article) -> Article | None:
    """The original beside the edition that is shown, where it is held."""
    entry = next(entry for entry in load_catalogue()["articles"] if entry["id"] == shown.id)
    held = shown.edition == "reading" and entry["sha256"] in find_originals()
    return load_article(shown.id, "original") if held else None


def _doubts(desk: MarkDesk, original: Article | None) -> list[str]:
    """What speaks against the mark at hand: too many words for a case, or words that the original does not have."""
    mark = next((mark for mark in desk.marks.marks if mark.id == desk.active), None)
    if mark is None:
        return []
    quote = mark.quote
    long = sum(len(part.split()) for part in (quote.prefix, quote.exact, quote.suffix)) > _LONGEST
    whole = "The phrase, with the words that tell its place," if quote.prefix or quote.suffix else "The phrase"
    doubts = [f"{whole} has more than {_LONGEST} words: a case may not quote so many."] if long else []
    lost = original is not None and find_quote(original.passage(mark.passage).text, mark.quote) is None
    return doubts + (["The phrase does not stand in the original."] if lost else [])
