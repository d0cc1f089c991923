"""The desk on which marks are made: what a reader wishes is done, can be undone, and is saved each time.

The front end only shows what this says and sends wishes such as ``{"do": "code", "id": "…", "name": "stance", "key": "-1"}``.
So a reload, another browser tab or a new kernel finds the same marks. What is malformed or comes too late changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from .anchors import find_quote
from .errors import CourseError
from .marks import LEARNER, Mark, MarkField, Marks, mark_fields, missing_codes, name_marks, quote_phrase

_LONGEST = 2000  # characters of a note or a text


class MarkDesk:
    """The marks of one kind in some passages.

    Parameters
    ----------
    kind : str
        A kind of :data:`helpers.annotation.KINDS`.
    texts : mapping
        The passages' texts by their ids, in the order in which they are shown.
    marks : Marks
        What stands there already.
    name : callable
        The id of a new mark, given the ids that were used so far.
    save : callable
        Keeps the marks and says so in a few words; a :class:`CourseError` is told to the reader.
    coder : str
        Whose marks they are.
    """

    def __init__(
        self,
        kind: str,
        texts: Mapping[str, str],
        marks: Marks,
        *,
        name: Callable[[set[str]], str],
        save: Callable[[Marks], str],
        coder: str = LEARNER,
    ) -> None:
        self.kind, self.texts, self.fields, self.coder = kind, texts, mark_fields(kind), coder
        self.marks, self.said, self.active, self.alarm = marks, "", "", False
        self._name, self._save = name, save
        self._past: list[tuple[Mark, ...]] = []
        self._future: list[tuple[Mark, ...]] = []
        self._used = {mark.id for mark in marks.marks}
        self._last: tuple[str, ...] = ()  # what was changed last: typing on in one place is one step back
        self._turn = 0
        self._led = ""  # the passage that the last wish led to, which need not be the one that the reader sees

    def do(self, wish: Any) -> None:
        """Do what the reader wishes, save it and say so."""
        acts = {
            "mark": self._mark, "code": self._code, "note": self._note, "delete": self._delete,
            "undo": self._undo, "redo": self._redo, "finish": self._finish,
        }  # fmt: skip
        name = wish.get("do") if isinstance(wish, dict) else None
        if self.marks.finished or not isinstance(name, str) or name not in acts:
            return
        before, self._led = self.marks, ""
        try:
            said, alarm = acts[name](wish), False
        except (KeyError, TypeError, ValueError):  # no wish that the front end sends
            return
        except CourseError as error:  # a file of the case that is spoilt meanwhile
            said, alarm = f"Not done: {error}", True
        self._turn += 1
        self.said, self.alarm = said, alarm
        if self.marks != before:
            self._keep(before if name == "finish" else None)

    def state(self) -> dict[str, Any]:
        """All that the front end shows, as JSON."""
        return {
            "marks": [self._show(mark) for mark in self.marks.marks],
            "finished": self.marks.finished,
            "undo": bool(self._past),
            "redo": bool(self._future),
            "said": self.said,
            "alarm": self.alarm,
            "active": self.active,
            "led": self._led,
            "turn": self._turn,
        }

    def _keep(self, otherwise: Marks | None) -> None:
        """Save; a failure is told. What could not be saved stays on the desk, unless there is something to fall back on."""
        try:
            self.said = f"{self.said} {self._save(self.marks)}".strip()
        except CourseError as error:
            self.said, self.alarm, self._last = f"Not saved: {error}", True, ()
            self.marks = otherwise or self.marks

    def _mark(self, wish: dict[str, Any]) -> str:
        passage, text = wish["passage"], self.texts[wish["passage"]]
        quote = quote_phrase(text, _whole(wish["start"]), _whole(wish["end"]))
        if quote is None:
            return "Choose some words first."
        mark = Mark(self._name(self._used), passage, quote, self.kind, coder=self.coder)
        if "key" in wish:
            mark = self._coded(mark, wish["name"], wish["key"])
        self._used.add(mark.id)
        self._change((*self.marks.marks, mark), mark.id)
        shared = [one.number for one in self.marks.marks[:-1] if self._overlap(one, mark)]
        together = f" It shares words with {name_marks(shared)}." if shared else ""
        return f"Mark {mark.number}: “{quote.exact}”.{together} {self._to_do(mark)}"

    def _code(self, wish: dict[str, Any]) -> str:
        old = self._of(wish["id"])
        mark = self._coded(old, wish["name"], wish["key"])
        if mark == old:
            return ""
        self._put(mark, "code", mark.id, wish["name"])
        return f"Mark {mark.number}: {wish['name'].replace('_', ' ')} chosen. {self._to_do(mark)}"

    def _note(self, wish: dict[str, Any]) -> str:
        old = self._of(wish["id"])
        mark = replace(old, note=_text(wish["text"]))
        if mark == old:
            return ""
        self._put(mark, "note", mark.id)
        return f"Note of mark {mark.number}."

    def _delete(self, wish: dict[str, Any]) -> str:
        gone = self._of(wish["id"])
        self._change(tuple(mark for mark in self.marks.marks if mark.id != gone.id), "")
        return f"Mark {gone.number} is deleted; Undo brings it back."

    def _undo(self, _: dict[str, Any]) -> str:
        return f"One step back{self._step(self._past, self._future)}" if self._past else "There is nothing to undo."

    def _redo(self, _: dict[str, Any]) -> str:
        return f"One step forward{self._step(self._future, self._past)}" if self._future else "There is nothing to redo."

    def _finish(self, wish: dict[str, Any]) -> str:
        """Finish when nothing is missing and the reader is sure; else say what to do."""
        if not self.marks.marks:
            return "Before you finish: mark a phrase."
        for mark in self.marks.marks:
            if missing := missing_codes(mark, self.fields):
                self.active, self._led = mark.id, mark.passage
                return f"Before you finish: choose {', '.join(missing)} of mark {mark.number}, or delete it."
        if wish.get("sure") is not True:
            return "Every mark has its codes: finish once more."
        self.marks = replace(self.marks, finished=True)
        return "Finished. Your marks stay as they are; the comparison stands below."

    def _change(self, marks: tuple[Mark, ...], active: str, *what: str) -> None:
        if not what or what != self._last:
            self._past.append(self.marks.marks)
        self._future.clear()
        self._last, self.active = what, active
        self.marks = replace(self.marks, marks=marks)

    def _put(self, mark: Mark, *what: str) -> None:
        self._change(tuple(mark if one.id == mark.id else one for one in self.marks.marks), mark.id, *what)

    def _step(self, source: list[tuple[Mark, ...]], target: list[tuple[Mark, ...]]) -> str:
        """Take the step, lead to the mark that it touched, and say what became of that."""
        before, after = ({mark.id: mark for mark in marks} for marks in (self.marks.marks, source[-1]))
        target.append(self.marks.marks)
        self._last = ()
        self.marks = replace(self.marks, marks=source.pop())
        touched = next((mark for id, mark in (before | after).items() if before.get(id) != after.get(id)), None)
        if touched is None:  # a note that was typed and emptied again
            return "."
        self.active, self._led = touched.id if touched.id in after else "", touched.passage
        became = "is gone" if touched.id not in after else "is back" if touched.id not in before else "is changed"
        return f": mark {touched.number} in {touched.passage} {became}."

    def _of(self, id: Any) -> Mark:
        return {mark.id: mark for mark in self.marks.marks}[id]

    def _coded(self, mark: Mark, name: Any, key: Any) -> Mark:
        field = {field.name: field for field in self.fields}[name]
        codes = {one: code for one, code in mark.codes.items() if one != name}
        if not field.choices:
            codes[name] = _text(key)
        elif key:
            codes[name] = {str(code): code for code in field.choices}[key]
        return replace(mark, codes=codes)

    def _overlap(self, one: Mark, other: Mark) -> bool:
        if one.passage != other.passage:
            return False
        (start, end), (first, last) = self._place(one), self._place(other)
        return start < last and first < end

    def _place(self, mark: Mark) -> tuple[int, int]:
        """Where a mark stands in its passage; nowhere (0, 0) when its phrase is not there."""
        return find_quote(self.texts.get(mark.passage, ""), mark.quote) or (0, 0)

    def _to_do(self, mark: Mark) -> str:
        missing = missing_codes(mark, self.fields)
        return f"Still to choose: {', '.join(missing)}." if missing else "All codes are chosen."

    def _show(self, mark: Mark) -> dict[str, Any]:
        start, end = self._place(mark)
        return {
            "id": mark.id,
            "number": mark.number,
            "passage": mark.passage,
            "start": start,
            "end": end,
            "phrase": mark.quote.exact,
            "codes": {name: str(code) for name, code in mark.codes.items()},
            "missing": missing_codes(mark, self.fields),
            "note": mark.note,
        }


def describe_fields(fields: tuple[MarkField, ...]) -> list[dict[str, Any]]:
    """The fields as JSON: name, label, and the choices as pairs of key and label."""
    return [
        {"name": one.name, "label": one.label, "choices": [[str(code), label] for code, label in one.choices.items()]} for one in fields
    ]


def _whole(number: Any) -> int:
    if type(number) is not int:
        raise TypeError(number)
    return number


def _text(given: Any) -> str:
    if not isinstance(given, str):
        raise TypeError(given)
    return given[:_LONGEST].encode("utf-8", "replace").decode()  # half of a character of two units, which no file can hold
