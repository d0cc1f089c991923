"""What a learner clicks. Every function returns a :class:`helpers.views.View`, so a headless run shows the static twin.

ipywidgets is imported only where a widget is really made.
"""

import functools
from collections.abc import Callable, Collection, Iterable
from html import escape
from itertools import pairwise
from typing import Any

import pandas as pd

from .anchors import find_quote
from .annotation import annotations
from .articles import Passage, load_articles
from .clean import clean_html
from .codebook import load_codebook
from .errors import CourseError
from .events import contributions, incident, incident_tests
from .figures import draw_matrix, draw_members, format_range, with_confidence
from .parameters import check_choice, check_date
from .questions import (
    Item,
    choose_learner_code,
    describe,
    feedback,
    item_html,
    item_text,
    learner_code,
    load_item,
    read_answers,
    save_answer,
)
from .stances import evidence
from .treaties import memberships, state_names
from .views import View, paragraph, table_html, table_text

_FINDINGS = ["yes", "no", "contested", "not reported"]
# JupyterLab gives tables in a widget no padding and buttons one line; what we show has longer words.
_STYLE = (
    "<style>.alliance-option {height:auto; white-space:normal; text-align:left; line-height:1.4; padding:4px 10px}"
    ".alliance-chosen {outline:2px solid currentColor} .alliance-cell {padding:0; min-width:0}"
    ".alliance-page :is(td,th) {padding:3px 10px 3px 0; line-height:1.35} .alliance-page p {line-height:1.45}"
    ".alliance-head {font-size:11px; line-height:1.2; overflow-wrap:break-word; hyphens:auto}</style>"
)


def ask(item_id: str) -> View:
    """An exercise item: buttons in a live kernel, question and last answer in print.

    Raises
    ------
    ParameterError
        When the item does not exist; the message lists those that do.
    """
    item = load_item(item_id)
    answer = read_answers()[0].get(item.id)
    return View(item_text(item, answer), item_html(item, answer), lambda: _item_widget(item))


def choose_code() -> View:
    """A box for the learner's code; in print, the code in use."""
    text = f"Answers are saved under the code “{learner_code()}”. In JupyterLab a box stands here to choose another."
    return View(text, paragraph(text), _code_widget)


def show(passage_ids: Collection[str] | str) -> View:
    """Passages to read, with the coded phrases marked.

    The reading edition is shown, so that no stored output carries an original. A live kernel offers the original where
    it is in place, and shows it when it is asked for.
    """
    ids = [passage_ids] if isinstance(passage_ids, str) else list(passage_ids)
    passages = _passages(ids, "reading")
    text = "\n".join(f"[{_source(passage)}] {passage.text}" for passage in passages)
    return View(text, _passages_html(passages), lambda: _passages_widget(ids))


def explore_matrix(table: pd.DataFrame, title: str = "Reported positions") -> View:
    """The actor by issue matrix as a figure; in a live kernel as buttons that open the passages behind a cell."""
    drawn = draw_matrix(table, title)
    return View(drawn.text, drawn.html, lambda: _matrix_widget(table), drawn.png)


def explore_members(org: str, as_of: str) -> View:
    """Members of an organisation on a day; in a live kernel with a slider over the years of accession."""
    drawn, last = draw_members(org, as_of), check_date("as_of", as_of).isoformat()
    days = sorted({last, *(day for day in memberships(org)["joined"] if day <= last)})
    return View(drawn.text, drawn.html, lambda: _slider("Day", days, last, lambda day: draw_members(org, day).html), drawn.png)


def explore_contributions(state: str) -> View:
    """What one state is reported to have given; in a live kernel with a list to choose another."""
    known = {state, *contributions()["state"]}
    states = {name: code for code, name in sorted(state_names().items(), key=lambda pair: pair[1]) if code in known}
    table = _given(state)
    return View(table_text(table), table_html(table), lambda: _chooser("State", states, state, lambda code: table_html(_given(code))))


def try_incident(incident_id: str, as_of: str | None = None) -> View:
    """An incident put to the tests of the clauses, one after the other.

    In a live kernel the learner finds first (yes, no, contested, not reported) and then compares with the reference
    reading; in print the reference reading is shown.
    """
    case = incident(incident_id, as_of)
    table = _findings(case)
    head = f"{case['name']} ({case['date']}). {case['what']} {case['outcome']}"
    return View(f"{head}\n{table_text(table)}", paragraph(head) + table_html(table), lambda: _incident_widget(case, head))


def _findings(case: dict[str, Any]) -> pd.DataFrame:
    names, found = ["finding", "why", "confidence"], {row["element"]: row for row in case["findings"]}
    rows = [
        {"clause": test["provision"], "question": test["question"]} | {name: found[test["element"]][name] for name in names}
        for test in incident_tests()
        if test["element"] in found
    ]
    table = with_confidence(pd.DataFrame(rows))
    # Silence has no source that could be sure or unsure.
    return table.assign(confidence=table["confidence"].where(table["finding"] != "not reported", "–"))


def _given(state: str) -> pd.DataFrame:
    table = contributions(check_choice("state", state, state_names()))
    if table.empty:
        table = pd.DataFrame([dict.fromkeys(table.columns, "") | {"name": state_names()[state]}])
    return with_confidence(table[["name", "date", "under", "kind", "contribution", "confidence"]])


def _passages(ids: Iterable[str], edition: str) -> list[Passage]:
    articles = {article.id: article for article in load_articles(edition)}
    return [articles[check_choice("passage", id.partition(":")[0], articles)].passage(id) for id in ids]


def _passages_html(passages: Iterable[Passage]) -> str:
    return "".join(f"<blockquote><p>{_marked(one)}</p><footer>{escape(_source(one))}</footer></blockquote>" for one in passages)


def _source(passage: Passage) -> str:
    return f"{passage.id} (version inferred)" if passage.basis == "inferred" else passage.id


def _marked(passage: Passage) -> str:
    found = [find_quote(passage.text, mark.quote) for mark in annotations() if mark.passage == passage.id]
    spans = [span for span in found if span]
    cuts = sorted({0, len(passage.text), *(at for span in spans for at in span)})
    parts = [(passage.text[start:end], any(a <= start and end <= b for a, b in spans)) for start, end in pairwise(cuts)]
    return "".join(f"<mark>{escape(text)}</mark>" if marked else escape(text) for text, marked in parts)


def _html(content: str) -> Any:
    page = _page_type()(content)
    page.add_class("alliance-page")
    return page


@functools.cache
def _page_type() -> Any:
    from ipywidgets import HTML
    from traitlets import validate

    class Page(HTML):
        """A piece of HTML that is cleaned whenever it changes."""

        @validate("value")
        def _clean(self, proposal: Any) -> str:
            value = proposal["value"]
            style = _STYLE if value.startswith(_STYLE) else ""  # our own sheet, which cleaning would drop
            return style + clean_html(value.removeprefix(style))

    return Page


def _chooser(label: str, options: Any, value: Any, render: Callable[[Any], str]) -> Any:
    from ipywidgets import Dropdown, VBox

    box, page = Dropdown(description=label, options=options, value=value), _html(render(value))
    box.observe(lambda change: setattr(page, "value", render(change["new"])), names="value")
    return VBox([box, page])


def _slider(label: str, options: list[str], value: str, render: Callable[[str], str]) -> Any:
    from ipywidgets import Layout, SelectionSlider, VBox

    box, page = SelectionSlider(description=label, options=options, value=value, layout=Layout(width="90%")), _html(render(value))
    box.observe(lambda change: setattr(page, "value", render(change["new"])), names="value")
    return VBox([box, page])


def _passages_widget(ids: list[str]) -> Any:
    articles = {id.partition(":")[0] for id in ids}
    held = [article.id for article in load_articles() if article.edition == "original"]
    editions = {"reading edition": "reading"} | ({"original": "auto"} if articles & {*held} else {})
    if len(editions) == 1:
        return _html(_passages_html(_passages(ids, "reading")))
    return _chooser("Show", editions, "reading", lambda edition: _passages_html(_passages(ids, edition)))


def _item_widget(item: Item) -> Any:
    from ipywidgets import Button, Layout, VBox

    buttons = {
        o.key: Button(description=f"({o.key}) {o.text}", tooltip=f"Answer {o.key}", layout=Layout(width="auto", height="auto"))
        for o in item.options
    }
    reply = _html("")

    def tell(key: str) -> None:
        for other, button in buttons.items():
            (button.add_class if other == key else button.remove_class)("alliance-chosen")
        reply.value = f'<div role="status"><p>Your answer: ({escape(key)}). {escape(feedback(item.option(key)))}</p></div>'

    def choose(key: str) -> None:
        try:
            save_answer(item, key)
        except CourseError as error:
            reply.value = paragraph(str(error))
        else:
            tell(key)

    for key, button in buttons.items():
        button.add_class("alliance-option")
        button.on_click(lambda _, key=key: choose(key))
    answers, torn = read_answers()
    if answers.get(item.id) in buttons:
        tell(answers[item.id])
    elif torn:
        reply.value = paragraph(f"Line {torn[-1]} of your answers file was cut off and is lost; please answer again.")
    head = _html(f"{_STYLE}<p><strong>{escape(item.id)}</strong> ({escape(describe(item))})<br>{escape(item.prompt)}</p>")
    return VBox([head, *buttons.values(), reply])


def _code_widget() -> Any:
    from ipywidgets import Button, HBox, Text, VBox

    box, button, reply = Text(description="Code", value=learner_code()), Button(description="Use this code"), _html("")

    def use(_: Any) -> None:
        try:
            reply.value = paragraph(f"Answers are saved under “{choose_learner_code(box.value.strip())}”.")
        except CourseError as error:
            reply.value = paragraph(str(error))

    button.on_click(use)
    return VBox([HBox([box, button]), reply])


def _matrix_widget(table: pd.DataFrame) -> Any:
    from ipywidgets import Button, GridBox, Layout, VBox

    book, marks, page = load_codebook(), evidence(), _html(paragraph("Choose a cell to read the passages behind it."))
    actors, issues = list(dict.fromkeys(table["actor"])), list(dict.fromkeys(table["issue"]))

    def cell(row: Any) -> Any:
        text = format_range(row.low, row.high).replace(" to ", "…") if row.passages else "·"
        name = f"{book.actors[row.actor].name}, {book.issues[row.issue].label}: {text if row.passages else book.blank}"
        button = Button(description=text, tooltip=name, layout=Layout(width="auto"))
        button.add_class("alliance-cell")
        button.on_click(lambda _: setattr(page, "value", _behind(row, name, marks)))
        return button

    cells = {(row.actor, row.issue): cell(row) for row in table.itertuples()}
    head = [_html(_STYLE)] + [_html(f'<div class="alliance-head" lang="en">{escape(book.issues[code].label)}</div>') for code in issues]
    rows = [part for actor in actors for part in [_html(escape(book.actors[actor].name)), *(cells[actor, issue] for issue in issues)]]
    columns = f"minmax(7em, auto) repeat({len(issues)}, minmax(4.5em, 1fr))"
    return VBox([GridBox([*head, *rows], layout=Layout(grid_template_columns=columns, width="100%", overflow="auto")), page])


def _behind(row: Any, name: str, marks: pd.DataFrame) -> str:
    if not row.passages:
        return paragraph(name) + paragraph("No passage speaks of it. That is silence, not neutrality.")
    own = marks[marks["id"].isin(row.evidence)]
    return (
        paragraph(name)
        + table_html(own[["id", "stance", "voice", "phrase", "note"]])
        + _passages_html(_passages(dict.fromkeys(own["passage"]), "auto"))
    )


def _incident_widget(case: dict[str, Any], head: str) -> Any:
    from ipywidgets import Button, Label, ToggleButtons, VBox

    own = [test for test in incident_tests() if test["element"] in {row["element"] for row in case["findings"]}]
    boxes = [ToggleButtons(options=_FINDINGS, value=None, tooltips=_FINDINGS) for _ in own]
    button, page = Button(description="Compare"), _html("")

    def compare(_: Any) -> None:
        table = _findings(case)
        table.insert(2, "yours", [box.value or "no answer" for box in boxes])
        page.value = table_html(table)

    button.on_click(compare)
    rows = [part for test, box in zip(own, boxes, strict=True) for part in (Label(f"{test['provision']}: {test['question']}"), box)]
    return VBox([_html(_STYLE + paragraph(head)), *rows, button, page])
