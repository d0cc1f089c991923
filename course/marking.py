"""A teacher's marking sheet for memos: each memo beside its single-point rubric, with a bank of comments.

Comments stand in ``course/rubrics/comments.toml``, which is the teacher's and never shown to learners.
"""

from dataclasses import dataclass
from html import escape
from pathlib import Path

from helpers.class_answers import load_class
from helpers.clean import clean_html
from helpers.errors import CourseError
from helpers.files import data_of, read_toml, write_atomic
from helpers.memo_widgets import note_form
from helpers.questions import Item, load_items
from helpers.rubrics import ABOVE, BELOW, Criterion, load_rubric
from helpers.seat_views import list_choices
from helpers.views import frame_html, paragraph

from .page_frame import page_html
from .spreadsheets import write_csv
from .withheld import COMMENTS

# A mark is whatever the teacher counts in: a number, a word, nothing.
SHEET = ["learner", "item", "words", "evidence", "criterion", "as described", BELOW, ABOVE, "mark", "comment"]


@dataclass(frozen=True)
class Comment:
    """A comment to copy: the criterion that it is about, and whether the work falls short of it or goes beyond."""

    criterion: str
    level: str
    text: str


@dataclass(frozen=True)
class Memo:
    """A memo that a learner saved last for an item with a rubric."""

    learner: str
    item: Item
    text: str
    evidence: tuple[str, ...]


def load_comments(rubric: str) -> tuple[Comment, ...]:
    """The comments of the bank for a rubric, in their order.

    Examples
    --------
    >>> {comment.level for comment in load_comments("position-memo")} == {"not yet", "beyond"}
    True
    """
    with data_of(COMMENTS):
        rows = [row for row in read_toml(COMMENTS)["comments"] if row["rubric"] == rubric]
        return tuple(Comment(row["criterion"], row["level"], row["text"]) for row in rows)


def collect_memos(answers: str) -> list[Memo]:
    """The last memo of every learner to every item with a rubric.

    Parameters
    ----------
    answers : str
        A folder of answer files, or ``"synthetic"``; see :func:`helpers.class_answers.load_class`, also for the errors.
    """
    items = {item.id: item for item in load_items() if item.mode == "memo" and item.rubric}
    table = load_class(answers)
    rows = table[table["item"].isin(items)].itertuples()
    return [Memo(row.learner, items[row.item], row.answer["text"], tuple(row.answer["evidence"])) for row in rows]


def write_marking_sheet(answers: str, out: Path) -> int:
    """Write the sheet and give the number of memos on it: ``.html`` to read, print and write into, ``.csv`` to type into.

    Parameters
    ----------
    answers : str
        A folder of answer files, or ``"synthetic"``.
    out : pathlib.Path
        The file to write; its ending chooses the form.

    Raises
    ------
    CourseError
        When the ending is neither, the file is there already, there is no memo, or the file cannot be written.
    """
    write = {".html": _sheet_html, ".csv": _sheet_csv}.get(out.suffix)
    if write is None:
        raise CourseError(f"a marking sheet ends in .html or .csv, not {out.suffix!r}", where=str(out), todo="change the name")
    if out.exists():
        raise CourseError("is there already, perhaps with marks in it", where=str(out), todo="choose another name")
    memos = collect_memos(answers)
    if not memos:
        raise CourseError("no memo with a rubric is among these answers", where=str(answers), todo="give the folder of the answer files")
    write_atomic(out, write(memos))
    return len(memos)


def _sheet_csv(memos: list[Memo]) -> str:
    rows = []
    for memo in memos:
        for one in load_rubric(memo.item.rubric).criteria:
            row = [memo.learner, memo.item.id, len(memo.text.split()), " ".join(memo.evidence), one.label, one.proficient]
            rows.append(row + [""] * (len(SHEET) - len(row)))
    return write_csv([SHEET, *rows])


def _sheet_html(memos: list[Memo]) -> str:
    known, rubrics = list_choices(), dict.fromkeys(memo.item.rubric for memo in memos)
    parts = [f"<article>{_memo_html(memo, known)}</article>" for memo in memos]
    bank = "".join(_bank_html(rubric) for rubric in rubrics)
    body = clean_html(bank) + "".join(map(clean_html, parts))
    return page_html(f"Marking sheet: {len(memos)} memos", body, kind="sheet")


def _memo_html(memo: Memo, known: dict[str, str]) -> str:
    cited = "".join(paragraph(f"{id}: {known.get(id, 'not in the case')}", "li") for id in memo.evidence)
    notes = "".join(paragraph(f"{note}.", "li") for note in note_form(memo.item, {"text": memo.text, "evidence": [*memo.evidence]}, known))
    criteria = "".join(_row_html(one) for one in load_rubric(memo.item.rubric).criteria)
    head = "".join(f'<th scope="col">{name}</th>' for name in ("criterion", BELOW, "as described", ABOVE))
    return (
        f"<h2>{escape(memo.learner)}, {escape(memo.item.id)}, {len(memo.text.split())} words</h2>"
        f'<blockquote class="memo">{escape(memo.text)}</blockquote><p>Evidence:</p><ul>{cited}</ul><p>On form:</p><ul>{notes}</ul>'
        + frame_html(f"<table><tr>{head}</tr>{criteria}</table>", f"Rubric of {memo.learner}")
    )


def _row_html(one: Criterion) -> str:
    return f'<tr><th scope="row">{escape(one.label)}</th><td></td><td>{escape(one.proficient)}</td><td></td></tr>'


def _bank_html(rubric: str) -> str:
    labels = {one.id: one.label for one in load_rubric(rubric).criteria}
    lines = [f"{labels.get(one.criterion, one.criterion)}, {one.level}: {one.text}" for one in load_comments(rubric)]
    return paragraph("Comments to copy", "h2") + f"<ul>{''.join(paragraph(line, 'li') for line in lines)}</ul>"
