"""Marks: phrases that a reader chose in passages and coded.

A mark is a W3C Web Annotation, as those of :mod:`helpers.annotation` are. One that lacks a code is saved as well, with
the motivation ``highlighting``: it is not yet an annotation of its kind. Offsets are code points, end exclusive.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .anchors import Quote, find_quote
from .annotation import CONTEXT, KINDS, VERDICTS, Annotation, annotations, from_w3c, to_w3c
from .codebook import load_codebook, spell_stance, with_minus
from .conflict import load_points
from .errors import CourseError
from .parameters import check_choice
from .treaties import provisions

LEARNER = "learner"  # the coder of every learner's marks: the file's name tells whose they are, and may change
_EDGE = " \t\n.,;:!?…–—-“”‘’\"'()[]"
_MOST = 500  # marks of one answer that are read
_WRITTEN = {"claim", "says"}  # texts without which a mark says nothing, besides those that its W3C value is made of


@dataclass(frozen=True)
class MarkField:
    """One thing to code of a mark: its choices with their labels, none where a text is written, and whether it may stay empty."""

    name: str
    label: str
    choices: Mapping[str | int, str] = field(hash=False, default_factory=dict)
    optional: bool = False


@dataclass(frozen=True)
class Mark:
    """A phrase of a passage with the codes that it has so far."""

    id: str
    passage: str
    quote: Quote
    kind: str
    codes: Mapping[str, str | int] = field(hash=False, default_factory=dict)
    note: str = ""
    coder: str = LEARNER

    @property
    def number(self) -> str:
        """What the mark is called where it is shown: the last number of its id, or the id itself."""
        return self.id.rpartition("-")[2] if "/" in self.id else self.id


@dataclass(frozen=True)
class Marks:
    """An answer to an item of mode ``mark``: the marks, and whether the learner has finished."""

    marks: tuple[Mark, ...] = ()
    finished: bool = False


def mark_fields(kind: str) -> tuple[MarkField, ...]:
    """What is coded of a mark of a kind, with the choices of the codebook, the treaties and the known conflicts.

    Examples
    --------
    >>> [(one.name, len(one.choices)) for one in mark_fields("stance")]
    [('actor', 19), ('issue', 12), ('stance', 5), ('voice', 3)]
    """
    check_choice("kind", kind, KINDS)
    book = load_codebook()
    names = provisions()[["provision", "name"]].drop_duplicates() if "provision" in KINDS[kind].codes else None
    known: dict[str, Mapping[str | int, str]] = {
        "actor": {code: actor.name for code, actor in book.actors.items()},
        "issue": {code: issue.label for code, issue in book.issues.items()},
        "stance": {value: f"{with_minus(spell_stance(value))} {stance.label}" for value, stance in book.stances.items()},
        "voice": {code: f"{code} {voice.label}" for code, voice in book.voices.items()},
        "provision": {} if names is None else dict(names.to_numpy().tolist()),
        "verdict": {verdict: verdict.replace("-", " ") for verdict in VERDICTS},
        "conflict": {id: f"{id} {point}" for id, point in load_points().items()} if "conflict" in KINDS[kind].codes else {},
    }
    needed = {*re.findall(r"{(\w+)", KINDS[kind].value), *_WRITTEN}
    return tuple(
        MarkField(name, name.replace("_", " "), choices, not choices and name not in needed)
        for name in KINDS[kind].codes
        for choices in [known.get(name, {})]
    )


def missing_codes(mark: Mark, fields: Iterable[MarkField]) -> list[str]:
    """The labels of what is still to be chosen or written."""
    return [one.label for one in fields if not one.optional and not str(mark.codes.get(one.name, "")).strip()]


def name_marks(numbers: Iterable[str]) -> str:
    """Marks by their numbers, in words.

    Examples
    --------
    >>> name_marks(["1"]), name_marks(["1", "2", "3"])
    ('mark 1', 'marks 1, 2 and 3')
    """
    *first, last = numbers
    return f"marks {', '.join(first)} and {last}" if first else f"mark {last}"


def complete(mark: Mark, fields: Iterable[MarkField]) -> Annotation | None:
    """The annotation that a mark is once it has all its codes; ``None`` before."""
    fields = tuple(fields)
    if missing_codes(mark, fields):
        return None
    codes = {one.name: mark.codes.get(one.name, "") for one in fields}
    return Annotation(mark.id, mark.passage, mark.quote, mark.kind, codes, mark.coder, mark.note)


def to_entry(mark: Mark, fields: Iterable[MarkField]) -> dict[str, Any]:
    """The mark as a W3C Web Annotation; ``highlighting`` as long as it lacks a code."""
    if whole := complete(mark, fields):
        return to_w3c(whole)
    body = {"type": "TextualBody", "purpose": KINDS[mark.kind].purpose, "value": "", "kind": mark.kind}
    body |= {**mark.codes, "coder": mark.coder}
    body |= {"note": mark.note} if mark.note else {}
    selector = {"type": "TextQuoteSelector"} | {name: text for name, text in vars(mark.quote).items() if text}
    target = {"source": mark.passage, "selector": selector}
    return {"@context": CONTEXT, "id": mark.id, "type": "Annotation", "motivation": "highlighting", "body": body, "target": target}


def from_annotation(annotation: Annotation) -> Mark:
    """The mark that a whole annotation is."""
    one = annotation
    return Mark(one.id, one.passage, one.quote, one.kind, dict(one.codes), one.note, one.coder)


def read_marks(answer: Any, kind: str, passages: Collection[str]) -> Marks:
    """What of a saved answer is marks of this kind in these passages; codes that nobody could choose are left out.

    Examples
    --------
    >>> read_marks("no marks", "stance", ["a:p01"])
    Marks(marks=(), finished=False)
    """
    if not isinstance(answer, dict) or not isinstance(answer.get("marks"), list):
        return Marks()
    fields = mark_fields(kind)
    found = [mark for entry in answer["marks"][:_MOST] if (mark := _read(entry, kind, fields)) and mark.passage in passages]
    return Marks(tuple({mark.id: mark for mark in found}.values()), answer.get("finished") is True)


def write_marks(marks: Marks, kind: str) -> dict[str, Any]:
    """The answer that is saved: W3C annotations, and whether they are finished."""
    fields = mark_fields(kind)
    return {"marks": [to_entry(mark, fields) for mark in marks.marks], "finished": marks.finished}


def mark_problems(answer: Any, kind: str, passages: Collection[str]) -> list[str]:
    """What keeps an answer of marks from being complete; empty when nothing does."""
    given, fields = read_marks(answer, kind, passages), mark_fields(kind)
    if not given.marks:
        return ["nothing is marked"]
    open_ = [(mark, missing_codes(mark, fields)) for mark in given.marks]
    found = [f"mark {mark.number} has no {', no '.join(missing)}" for mark, missing in open_ if missing]
    return found + ([] if given.finished else ["the marks are not finished"])


def reference_marks(kind: str, passages: Collection[str]) -> tuple[Annotation, ...]:
    """The reference coding of a kind in these passages.

    Examples
    --------
    >>> [one.id for one in reference_marks("stance", ["atlantic-2015:p19"])]
    ['E22', 'E25', 'E37', 'E45']
    """
    return tuple(one for one in annotations(kind=kind) if one.passage in passages)


def reference_entries(kind: str, passages: Collection[str]) -> dict[str, Any] | None:
    """The reference coding as an answer; ``None`` where there is none."""
    marks = tuple(from_annotation(one) for one in reference_marks(kind, passages))
    return write_marks(Marks(marks, finished=True), kind) if marks else None


def quote_phrase(text: str, start: int, end: int) -> Quote | None:
    """The selector of a stretch of a passage, blanks and punctuation at its edges left out; ``None`` when no word is left.

    Words around it are kept only where the phrase stands more than once, and as few as tell its place: a case may quote little.

    Examples
    --------
    >>> quote_phrase("Allies, and more allies.", 0, 7), quote_phrase("Allies, and more allies.", 6, 8)
    (Quote(exact='Allies', prefix='', suffix=''), None)
    >>> quote_phrase("One ally asks; no other ally has asked.", 24, 28)
    Quote(exact='ally', prefix='other ', suffix=' has')
    """
    start, end = max(0, start), min(end, len(text))
    while start < end and text[start] in _EDGE:
        start += 1
    while start < end and text[end - 1] in _EDGE:
        end -= 1
    if start >= end:
        return None
    before, after = re.findall(r"\S+\s*", text[:start]), re.findall(r"\s*\S+", text[end:])
    quotes = (Quote(text[start:end], "".join(before[-many:] if many else []), "".join(after[:many])) for many in range(len(text)))
    return next(quote for quote in quotes if find_quote(text, quote))


def _read(entry: Any, kind: str, fields: tuple[MarkField, ...]) -> Mark | None:
    """The mark of an entry, or ``None`` where it is none of this kind."""
    try:
        body = entry["body"]
        codes = {one.name: body[one.name] for one in fields if one.name in body and _fits(one, body[one.name])}
        # What is read whole keeps the rules of an annotation: the placeholders stand for codes not chosen yet.
        blank: dict[str, Any] = {one.name: next(iter(one.choices), "") for one in fields}
        whole = from_w3c({**entry, "body": {**body, **blank, **codes}})
    except (CourseError, TypeError, KeyError, AttributeError):
        return None
    if whole.kind != kind or not whole.quote.exact:
        return None
    return Mark(whole.id, whole.passage, whole.quote, kind, codes, whole.note, whole.coder)


def _fits(field: MarkField, code: Any) -> bool:
    if not field.choices:
        return type(code) is str
    return type(code) in (str, int) and code in field.choices and type(code) is type(next(iter(field.choices)))
