"""An incident put to the tests of the clauses: the learner finds first, then compares with the reference reading.

The findings are saved as the answer to the ``code`` item that names the incident, and stand there again when the page is
reopened. Where no item names it nothing can be saved, and the static twin tells all at once. ipywidgets is imported only
where a widget is really made.
"""

from typing import Any

import pandas as pd

from .answers import codes_of, read_answers, save_fields
from .controls import STYLE, page
from .errors import CourseError
from .events import FINDINGS, incident, incident_tests, incidents
from .inputs import choices, notice, show_codes
from .questions import Item, load_items
from .tables import with_confidence
from .treaties import members_at, organisations, state_names
from .views import View, paragraph, table_html, table_text

_ALL, _ONE = "all questions", "one at a time"
_OPEN = "answer first"
_RULE = "The reference to a question stands below once it is answered, and what came of the incident once all are."


def try_incident(incident_id: str, as_of: str | None = None) -> View:
    """An incident put to the tests of the clauses, as it could be known on a day.

    In a live kernel the learner finds first (yes, no, contested, not reported), one question at a time or all of them,
    and then compares: a question that has been answered shows the reference with reason, source and confidence; once all
    are answered, what came of the incident is told. Another incident up to the day can be chosen. The static twin follows
    the same rule for the findings that are saved; only where no item of the case names the incident does it tell all.

    Raises
    ------
    ParameterError
        When the incident is unknown, or happened after ``as_of``.

    Examples
    --------
    >>> print(try_incident("paris-2015", "2015-11-13").text.splitlines()[4])
    NAT-4 | Did an ally ask for consultation under Article 4? | – | answer first | – | – | –
    """
    case, item = incident(incident_id, as_of), _item_of(incident_id)
    own, tests = _saved(item), _tests(case)
    answered, table = sum(test["element"] in own for test in tests), _compare(case, own, answered_only=item is not None)
    told = [_head(case)]
    if item is not None:
        told.append(f"{answered} of {len(tests)} answered. Find {', '.join(FINDINGS[:-1])} or {FINDINGS[-1]}. {_RULE}")
    if item is None or answered == len(tests):
        told.append(_outcome(case))
    html = "".join(map(paragraph, told)) + table_html(table)
    return View("\n".join([*told, table_text(table)]), html, lambda: _Tester(incident_id, as_of).widget)


def _head(case: dict[str, Any]) -> str:
    """What happened, and in which of the alliances the state that it happened to then was."""
    inside = [org for org in organisations() if case["ally"] in members_at(case["date"], org)]
    name = state_names()[case["ally"]]
    bound = f"Memberships of {name} then: {' and '.join(inside)}." if inside else f"{name} was then outside every alliance that we list."
    return f"{case['name']} ({case['date']}). {case['what']} {bound}"


def _outcome(case: dict[str, Any]) -> str:
    return f"What came of it: {case['outcome']}"


def _item_of(incident_id: str) -> Item | None:
    """The item under which findings on an incident are saved, and read again: the first that names it."""
    return next((item for item in load_items() if item.incident == incident_id), None)


def _why_unsaved(item: Item | None, case: dict[str, Any]) -> str:
    """Why findings on an incident, as it is known on the day, cannot be saved; empty when they can."""
    if item is None:
        return "no item of the case names this incident"
    known = {row["element"]: row["finding"] for row in incident(case["id"])["findings"]}
    later = any(known[row["element"]] != row["finding"] for row in case["findings"])
    return "by the as-of day the reference is not yet whole, and saved findings are compared with the whole one" if later else ""


def _saved(item: Item | None) -> dict[str, str]:
    """The learner's saved findings by element; empty where there are none."""
    return codes_of(item, read_answers()[0].get(item.id)) if item is not None else {}


def _compare(case: dict[str, Any], own: dict[str, str], *, answered_only: bool = False) -> pd.DataFrame:
    """The tests with the learner's findings, if any, and the reference; open ones keep it back if ``answered_only``."""
    found = {row["element"]: row for row in case["findings"]}
    rows = []
    for test in _tests(case):
        reference = found[test["element"]]
        silent = {"source": "–", "confidence": "–"} if reference["finding"] == "not reported" else {}  # silence has no source
        told = {name: reference[name] for name in ("finding", "why", "source", "confidence")} | silent
        if answered_only and test["element"] not in own:
            told = dict.fromkeys(told, "–") | {"finding": _OPEN}
        yours = {"yours": own.get(test["element"], "–")} if own or answered_only else {}
        rows.append({"clause": test["provision"], "question": test["question"]} | yours | told)
    return with_confidence(pd.DataFrame(rows)).rename(columns={"finding": "reference" if own or answered_only else "finding"})


def _tests(case: dict[str, Any]) -> list[dict[str, str]]:
    elements = {row["element"] for row in case["findings"]}
    return [test for test in incident_tests() if test["element"] in elements]


class _Tester:
    """The live tester: one row of four buttons a question; every click saves what has been found so far."""

    def __init__(self, incident_id: str, as_of: str | None) -> None:
        from ipywidgets import Button, Dropdown, HBox, Layout, VBox

        self.as_of, names = as_of, {f"{case['date']}: {case['name']}": id for id, case in incidents(as_of).items()}
        self.choice = Dropdown(description="Incident", options=names, value=incident_id, layout=Layout(width="auto"))
        self.mode = choices("Show", [_ALL, _ONE], _ALL)
        self.back = Button(description="Back", tooltip="The question before")
        self.next = Button(description="Next", tooltip="The next question")
        compare = Button(description="Compare", tooltip="Compare my findings with the reference")
        self.head, self.rows, self.told, self.reply = page(""), VBox(), notice(), page("")
        self.choice.observe(lambda _: self.load(), names="value")
        self.mode.observe(lambda _: self.arrange(), names="value")
        self.back.on_click(lambda _: self.move(-1))
        self.next.on_click(lambda _: self.move(1))
        compare.on_click(lambda _: self.compare())
        steps = HBox([self.back, self.next, compare])
        self.load()
        self.widget = VBox([page(STYLE), self.choice, self.head, self.mode, self.rows, steps, self.told, self.reply])

    def load(self) -> None:
        """Take up the chosen incident with the findings that are saved for it."""
        self.case, self.item = incident(self.choice.value, self.as_of), _item_of(self.choice.value)
        self.unsaved, self.own = _why_unsaved(self.item, self.case), _saved(self.item)
        self.boxes = {}
        for number, test in enumerate(_tests(self.case), start=1):
            element, question = test["element"], f"{number}. {test['provision']}: {test['question']}"
            self.boxes[element] = choices(question, FINDINGS, self.own.get(element))
            self.boxes[element].observe(lambda change, element=element: self.save(element, change["new"]), names="value")
        self.position = next((at for at, element in enumerate(self.boxes) if element not in self.own), 0)
        self.head.value, self.reply.value = paragraph(_head(self.case)), ""
        self.tell("Your saved findings are shown again." if self.own else "")
        self.arrange()

    def arrange(self) -> None:
        """Show all questions, or the one that it is the turn of."""
        alone, boxes = self.mode.value == _ONE, [*self.boxes.values()]
        self.rows.children = boxes[self.position : self.position + 1] if alone else boxes
        self.back.disabled, self.next.disabled = not alone or self.position == 0, not alone or self.position == len(self.boxes) - 1

    def move(self, by: int) -> None:
        """Turn to another question."""
        self.position = min(max(self.position + by, 0), len(self.boxes) - 1)
        self.arrange()

    def save(self, element: str, finding: str) -> None:
        """Save one more finding and say so, or why it could not be; the buttons show what then stands."""
        if finding == self.own.get(element):
            return  # shown, not chosen
        try:
            if self.unsaved or self.item is None:
                self.own, told = self.own | {element: finding}, f"Not saved: {self.unsaved}."
            else:
                self.own, told = save_fields(self.item, {element: finding}), f"Saved: {finding}."
        except CourseError as error:
            told = str(error)
        show_codes(self.boxes, self.own)
        self.tell(told)
        if self.reply.value:
            self.compare()

    def tell(self, text: str) -> None:
        """Say how far the learner is, as a status that screen readers announce."""
        self.told.value = paragraph(f"{len(self.own)} of {len(self.boxes)} answered. {text}".strip())

    def compare(self) -> None:
        """Show the reference to what has been answered and, once all is, what came of the incident."""
        came = paragraph(_outcome(self.case)) if len(self.own) == len(self.boxes) else ""
        self.reply.value = came + table_html(_compare(self.case, self.own, answered_only=True))
