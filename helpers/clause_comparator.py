"""Clauses on one table, coded by the learner first: the reference opens element by element, beside the learner's codes.

What to code is data: the ``code`` items whose fields are named ``PROVISION/element``, one field a provision. The
reference of an element opens once the learner has coded it for every clause on the table, in the widget and in the
static twin alike: so neither a stored output nor a page that is read before class gives it away.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .answers import codes_of, read_answers, save_fields
from .controls import STYLE, page
from .errors import CourseError
from .inputs import choices, notice, show_codes
from .parameters import check_choices
from .questions import Field, Item, load_items
from .treaties import provisions
from .views import View, paragraph, say, show_table

NOT_CODED = "not coded"
_NONE = "There is no item in which these clauses are to be coded."
_HIDDEN = "The reference opens for an element once all its clauses are coded."
_REASONS = ["element", "clause", "yours", "reference", "why"]


@dataclass(frozen=True)
class ClauseRow:
    """An element to code: its item, the label of the row, and the item's field for each provision."""

    item: Item
    element: str
    label: str
    fields: Mapping[str, Field]


def compare_clauses(provision_ids: Collection[str], elements: Collection[str] | None = None) -> View:
    """Clauses side by side, an element a row: the learner's codes and, for a row that is coded whole, the reference.

    In a live kernel the learner chooses an element and codes it clause by clause; every choice is saved as the answer to
    the element's item, and is there again when the page is reopened. In print the table shows what is saved. With no
    items for these clauses the view is a sentence.

    Parameters
    ----------
    provision_ids : collection of str
        The clauses, in the order of the columns.
    elements : collection of str, optional
        The elements to code, such as ``obligation``; all that there are items for when left out.

    Raises
    ------
    ParameterError
        When there is no such clause, or no item that codes such an element.

    Examples
    --------
    >>> compare_clauses(["NAT-5", "TEU-42.7"], ["un_link"]).text.splitlines()[0]
    'element | NATO Article 5 | EU Article 42(7) TEU'
    """
    names = dict(provisions(provision_ids)[["provision", "name"]].itertuples(index=False))
    names = {id: names[id] for id in dict.fromkeys(provision_ids)}
    rows = load_clause_rows(names)
    if elements is not None and rows:
        wanted = check_choices("elements", elements, [row.element for row in rows])
        rows = [row for element in wanted for row in rows if row.element == element]
    if not rows:
        return say(_NONE)
    answers = read_answers()[0]
    shown = [*_tell(rows, names, answers), *map(say, _ask(rows, answers))]
    text, html = "\n".join(one.text for one in shown), "".join(one.html for one in shown)
    return View(text, html, lambda: _Comparator(rows, names).widget)


def load_clause_rows(names: Mapping[str, str]) -> list[ClauseRow]:
    """The elements that can be coded for these clauses, in the order of the items."""
    labels = dict(provisions()[["element", "label"]].itertuples(index=False))
    rows = []
    for item in load_items():
        named = {tuple(field.name.partition("/")[::2]): field for field in item.fields if item.mode == "code"}
        fields = {id: field for (id, element), field in named.items() if id in names and element in labels}
        if fields:
            element = next(element for id, element in named if id in fields)
            rows.append(ClauseRow(item, element, labels[element], {id: fields[id] for id in names if id in fields}))
    return rows


def tabulate_codes(rows: Collection[ClauseRow], names: Mapping[str, str], answers: Mapping[str, Any]) -> pd.DataFrame:
    """The codes as one table: ``element`` and a column for each clause; beside a code, in a row coded whole, the reference."""
    table = [
        {"element": row.label} | {names[id]: _cell(row, id, _own(row, answers)) if id in row.fields else "–" for id in names}
        for row in rows
    ]
    return pd.DataFrame(table, columns=["element", *names.values()])


def tabulate_differences(rows: Collection[ClauseRow], names: Mapping[str, str], answers: Mapping[str, Any]) -> pd.DataFrame:
    """Where the learner's code is not the reference: ``element, clause, yours, reference, why``; of rows coded whole."""
    found = []
    for row in rows:
        own = _own(row, answers)
        for id, field in row.fields.items() if _is_whole(row, own) else ():
            if own[id] != field.reference:
                found.append((row.label, names[id], own[id], field.reference, field.why))
    return pd.DataFrame(found, columns=_REASONS)


def count_agreement(rows: Collection[ClauseRow], answers: Mapping[str, Any]) -> str:
    """One sentence: how many elements are coded whole, and in how many of their cells both coders agree."""
    whole = [(row, _own(row, answers)) for row in rows if _is_whole(row, _own(row, answers))]
    told = f"Coded whole: {len(whole)} of {len(rows)} elements."
    if not whole:
        return f"{told} {_HIDDEN}"
    pairs = [(own[id], field.reference) for row, own in whole for id, field in row.fields.items()]
    agreed = sum(yours == reference for yours, reference in pairs)
    return f"{told} Agreement with the reference: {agreed} of {len(pairs)} cells." + (f" {_HIDDEN}" if len(whole) < len(rows) else "")


def _ask(rows: Collection[ClauseRow], answers: Mapping[str, Any]) -> list[str]:
    """What is still to be coded, and from which choices: for a reader with a pencil."""
    left = [row for row in rows if not _is_whole(row, _own(row, answers))]
    return [f"{row.item.id}. {row.item.prompt} Choices: {' / '.join(_choices(row))}." for row in left]


def _choices(row: ClauseRow) -> list[str]:
    return list(dict.fromkeys(choice for field in row.fields.values() for choice in field.choices))


def _own(row: ClauseRow, answers: Mapping[str, Any]) -> dict[str, str]:
    """The learner's codes of a row by provision; what is not among the choices is none."""
    saved = codes_of(row.item, answers.get(row.item.id))
    return {id: saved[field.name] for id, field in row.fields.items() if field.name in saved}


def _is_whole(row: ClauseRow, own: Mapping[str, str]) -> bool:
    return len(own) == len(row.fields)


def _cell(row: ClauseRow, id: str, own: Mapping[str, str]) -> str:
    if id not in own:
        return NOT_CODED
    if not _is_whole(row, own):
        return own[id]
    reference = row.fields[id].reference
    return f"{own[id]} = reference" if own[id] == reference else f"{own[id]} ≠ reference: {reference}"


def _tell(rows: list[ClauseRow], names: Mapping[str, str], answers: Mapping[str, Any]) -> list[View]:
    """What is coded so far: the codes, how many agree and, where there are any, the differences."""
    told = [show_table(tabulate_codes(rows, names, answers), "Your codes, clause by clause"), say(count_agreement(rows, answers))]
    differences = tabulate_differences(rows, names, answers)
    return told if differences.empty else [*told, show_table(differences, "Where you and the reference differ")]


class _Comparator:
    """The live table: a row of buttons chooses the element, one for each clause codes it, the table follows."""

    def __init__(self, rows: list[ClauseRow], names: Mapping[str, str]) -> None:
        from ipywidgets import VBox

        self.rows, self.names = {row.label: row for row in rows}, names
        own = read_answers()[0]
        first = next((row.label for row in rows if not _is_whole(row, _own(row, own))), rows[0].label)
        self.step = choices("Element", [*self.rows], first)
        self.prompt, self.lists, self.note = page(""), VBox(), notice()
        self.table, self.agreed, self.differences = page(""), notice(), page("")
        self.step.observe(lambda _: self.arrange(), names="value")
        self.arrange()
        below = [self.note, self.table, self.agreed, self.differences]
        self.widget = VBox([page(STYLE), self.step, self.prompt, self.lists, *below])

    @property
    def row(self) -> ClauseRow:
        """The chosen element."""
        return self.rows[self.step.value]

    def arrange(self) -> None:
        """Show the chosen element with a row of buttons for each clause, set to what is saved."""
        row, answers = self.row, read_answers()[0]
        self.own = codes_of(row.item, answers.get(row.item.id))
        self.boxes = {field.name: choices(self.names[id], field.choices, self.own.get(field.name)) for id, field in row.fields.items()}
        for name, box in self.boxes.items():
            box.observe(lambda change, name=name: self.save(name, change["new"]), names="value")
        self.prompt.value, self.note.value = paragraph(f"{row.item.id}. {row.item.prompt}"), ""
        self.lists.children = list(self.boxes.values())
        self.show(answers)

    def save(self, name: str, code: str) -> None:
        """Save one more code and show what then is saved; a failure is told in its place."""
        if code == self.own.get(name):
            return  # shown, not chosen
        try:
            self.own = save_fields(self.row.item, {name: code})
            self.show(read_answers()[0])
        except CourseError as error:
            self.note.value = paragraph(str(error))
        else:
            self.note.value = paragraph(f"Saved: {self.boxes[name].description}, {code}.")
        show_codes(self.boxes, self.own)

    def show(self, answers: Mapping[str, Any]) -> None:
        """Show the codes of all elements, the reference to those that are coded whole, and where the two differ."""
        table, agreed, *differences = _tell([*self.rows.values()], self.names, answers)
        self.table.value, self.agreed.value = table.html, agreed.html
        self.differences.value = differences[0].html if differences else ""
