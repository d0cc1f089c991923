"""The answers of a whole class: every learner's file of a folder, the last answer to each item, and what was left out.

Learners are codes, never names. A file that cannot be used is told and left out; it never stops the class.
"""

import os
from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .answers import LEARNER_CODE, Answer, read_answer_file
from .errors import ParameterError
from .marks import read_marks, write_marks
from .paths import seeds_folder
from .questions import CHOICES, Item, fields_of, load_items, problems, sound_memo

if TYPE_CHECKING:
    import pandas as pd

SYNTHETIC = "synthetic"
SYNTHETIC_FOLDER = "synthetic_class"  # in the case's folder
MADE_UP = "synthetic: made by a program, no learner’s data"
_COLUMNS = ["learner", "item", "answer", "at"]
_OUR_OWN = ("README.md", "code.txt")  # what may lie beside answers and is none


def load_class(answers: str) -> "pd.DataFrame":
    """The last answer of every learner to every item of the case.

    Parameters
    ----------
    answers : str
        ``"synthetic"`` for the made-up class that comes with the case, else a folder: answer files in it, or one folder down.

    Returns
    -------
    pandas.DataFrame
        Columns ``learner, item, answer, at``: a learner code, an item's id, the answer as it was saved (an option's key,
        a probability 0-1, a ``dict`` of codes, a ``dict`` of text and evidence, a ``dict`` of marks), and the moment
        (ISO text, empty if unknown). One row for a learner and an item: the last line of a file counts, of two files the later moment.

    Raises
    ------
    ParameterError
        When the folder is missing or holds no answer file.

    Examples
    --------
    >>> load_class("synthetic")["learner"].nunique()
    24
    """
    import pandas as pd

    rows, _ = _read_class(answers)
    return pd.DataFrame(rows, columns=_COLUMNS)


def load_remarks(answers: str) -> "pd.DataFrame":
    """What of the folder could not be used: ``where`` (a file or an item), ``remark``, ``count`` (of lines or of files).

    Parameters and errors are those of :func:`load_class`. A file that is named by no learner code is told by its first letter,
    since the name may be a person's.

    Examples
    --------
    >>> list(load_remarks("synthetic").columns)
    ['where', 'remark', 'count']
    """
    import pandas as pd

    _, remarks = _read_class(answers)
    return pd.DataFrame([(*key, count) for key, count in sorted(remarks.items())], columns=["where", "remark", "count"])


def describe_class(group: "pd.DataFrame", answers: str) -> str:
    """Who the class is, in words, for captions; a synthetic class says so.

    ``group`` is what :func:`load_class` gave for ``answers``.

    Examples
    --------
    >>> describe_class(load_class("synthetic"), "synthetic")
    '24 learners (synthetic: made by a program, no learner’s data)'
    """
    number = group["learner"].nunique()
    return f"{number} learner{'s'[: number != 1]}" + (f" ({MADE_UP})" if answers == SYNTHETIC else "")


def fit_answer(item: Item, value: Any, choices: Mapping[str, Collection[str]]) -> Any:
    """What of a saved answer fits the item; ``None`` when nothing does.

    Parameters
    ----------
    item : Item
        What was asked.
    value : Any
        The answer as it was saved.
    choices : mapping
        Of an item of mode ``code``: the choices of each field by its name.

    Examples
    --------
    >>> from .questions import load_item
    >>> fit_answer(load_item("00-q1"), "c", {}), fit_answer(load_item("00-q1"), "z", {})
    ('c', None)
    """
    if item.mode in CHOICES:
        return value if isinstance(value, str) and value in {option.key for option in item.options} else None
    if item.mode == "forecast":
        return None if problems(item, value) else float(value)
    if item.mode == "memo":
        return sound_memo(value)
    if item.mode == "mark":
        marks = read_marks(value, item.kind, item.evidence)
        return write_marks(marks, item.kind) if marks.marks else None
    codes = value.items() if isinstance(value, dict) else ()
    return {name: code for name, code in codes if isinstance(code, str) and code in choices.get(name, ())} or None


def _read_class(answers: str) -> tuple[list[tuple[str, str, Any, str]], Counter]:
    items, last, remarks = {item.id: item for item in load_items()}, {}, Counter()
    choices = {id: {field.name: field.choices for field in fields_of(item)} for id, item in items.items()}
    paths = _answer_files(answers, remarks)
    for stem, files in Counter(path.stem for path in paths).items():
        remarks.update({(f"{stem}.jsonl", "files under one code, read as one learner"): files} if files > 1 else {})
    for path in paths:
        found, torn = read_answer_file(path)
        remarks.update({(path.name, "lines that could not be read"): len(torn)} if torn else {})
        if not found:
            remarks[path.name, "holds no answers"] += 1
        for id, answer in {line.item: line for line in found}.items():
            fitting = fit_answer(items[id], answer.answer, choices[id]) if id in items else None
            if fitting is None:
                remarks[_unfit(id, items)] += 1
            elif (path.stem, id) not in last or last[path.stem, id].at <= answer.at:
                last[path.stem, id] = Answer(id, fitting, answer.at)
    order = {id: number for number, id in enumerate(items)}
    rows = [(learner, id, answer.answer, answer.at) for (learner, id), answer in last.items()]
    return sorted(rows, key=lambda row: (row[0], order[row[1]])), remarks


def _unfit(id: str, items: dict[str, Item]) -> tuple[str, str]:
    return id[:40], "answers that do not fit the item" if id in items else "answers to an item that the course does not have"


def _answer_files(answers: str, remarks: Counter) -> list[Path]:
    folder = _folder(answers)
    paths = sorted(path for pattern in ("*", "*/*") for path in folder.glob(pattern) if path.is_file() and not _is_hidden(path, folder))
    usable = []
    for path in paths:
        if path.suffix != ".jsonl":
            remarks.update({(_name(path), "is no answers file"): 1} if path.name not in _OUR_OWN else {})
        elif not LEARNER_CODE.fullmatch(path.stem):
            remarks[_name(path), "the name is no learner code: 2 to 24 letters, digits or hyphens"] += 1
        else:
            usable.append(path)
    if not usable:
        todo = f"{len(paths)} files were seen; each needs a name such as k7-fox.jsonl" if paths else "give a folder of answer files"
        raise ParameterError("no answer file is in this folder", where=f"answers {answers}", todo=todo)
    return usable


def _folder(answers: str) -> Path:
    if answers == SYNTHETIC:
        folder = seeds_folder() / SYNTHETIC_FOLDER
        what, todo = "this case has no synthetic class", "give a folder of answer files"
    else:
        folder = Path(os.path.expanduser(str(answers)))  # noqa: PTH111 - Path raises for a user that does not exist
        what, todo = "is no folder", f'give a folder of answer files with its whole path, or "{SYNTHETIC}"'
    if not str(answers).strip() or not folder.is_dir():
        raise ParameterError(what, where=f"answers {answers}".strip(), todo=todo)
    return folder


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith((".", "__")) for part in path.relative_to(folder).parts)


def _name(path: Path) -> str:
    # A remark may be shown to the class: somebody's name or address must not be.
    return f"{path.name[0]}…{'@…' if '@' in path.name else ''}{path.suffix if len(path.suffix) <= len('.jsonl') else ''}"
