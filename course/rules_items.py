"""Rules on exercise items: each has its objective, feedback and evidence, and its own reference answer passes its check."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress

from nbformat import NotebookNode

from helpers.errors import CourseError
from helpers.marks import reference_marks
from helpers.paths import seeds_folder
from helpers.questions import CHOICES, KEYS, MARKED, Item, blank_answer, fields_of, load_items, problems, reference_answer

from .case_entries import Entry, read_entries
from .findings import Finding, Findings, Messages, code_cells, prose_cells
from .lessons import Lesson
from .quoted import load_citations, lost_quotations, single_source

_FEWEST = 3  # marked items of a lesson from which on a fixed place of the key is told
_EXERCISE = re.compile(r"^### Exercise\b.*$", re.MULTILINE)
_ID = re.compile(r"\b\d\d-[a-z]+\d+\b")


def objectives_have_exercises(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """Every objective has an item that the notebook asks, and every item belongs to an objective of its lesson."""
    items = {item.id: item for item in load_items(lesson.number)}
    objectives = {f"{lesson.number}-o{number}" for number in range(1, len(lesson.objectives) + 1)}
    asked, named = _asked(notebook), _named(notebook)
    for id, number in asked.items():
        if id not in items:
            yield number, f"item {id} is not among the lesson's items; add it to seeds/questions"
        elif items[id].objective not in objectives:
            yield number, f"item {id} belongs to {items[id].objective}, which is not an objective of this lesson; correct one of the two"
        elif items[id].mode == "exam":
            yield number, f"item {id} is for the exam; ask a check or poll here"
    for id in sorted(items.keys() - asked.keys()):
        if items[id].objective not in objectives:
            yield 0, f"item {id} belongs to {items[id].objective}, which is not an objective of this lesson; correct it in seeds/questions"
    for objective in sorted(objectives - {items[id].objective for id in named if id in items}):
        yield 1, f"objective {objective} has no exercise in the notebook; ask an item that belongs to it"


def items_are_asked(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """No item waits in vain: all but those of an exam and of a coding set are asked in the notebook."""
    named = _named(notebook)
    for item in load_items(lesson.number):
        if item.mode not in ("exam", "code") and item.id not in named:
            yield 0, f"item {item.id} is never asked; ask it, or make it an exam item"


def exercises_name_objectives(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """The heading of every exercise says which objective it serves."""
    for number, cell in prose_cells(notebook):
        for heading in _EXERCISE.findall(cell.source):
            found = re.search(r"\(objectives? ([^)]+)\)", heading)
            served = [int(digit) for digit in re.findall(r"\d", found[1])] if found else []
            if not served or max(served) > len(lesson.objectives) or min(served) < 1:
                yield number, f"“{heading}” names no objective of the lesson; write '### Exercise 1 (objective 1)'"


RULES = (objectives_have_exercises, items_are_asked, exercises_name_objectives)


def _asked(notebook: NotebookNode) -> dict[str, int]:
    """The ids that ``ask`` is called with, each with its last cell."""
    found = {}
    for number, node in _code(notebook):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "ask":
            values = [*node.args, *(keyword.value for keyword in node.keywords)]
            found |= {value.value: number for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)}
    return found


def _named(notebook: NotebookNode) -> set[str]:
    """The ids of items that stand in a text of the code; those in a comment are not asked of anybody."""
    texts = [node.value for _, node in _code(notebook) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return {id for text in texts for id in _ID.findall(text)}


def _code(notebook: NotebookNode) -> Iterator[tuple[int, ast.AST]]:
    for number, cell in code_cells(notebook):
        with suppress(SyntaxError):  # told by the rule on plain code
            yield from ((number, node) for node in ast.walk(ast.parse(cell.source)))


def check_item_rules() -> Findings:
    """What is wrong with the items of the case, with file and line; a malformed item raises, as in :func:`load_items`."""
    known, entries = {item.id: item for item in load_items()}, read_item_entries()
    for entry in entries:
        item = known[entry.data["id"]]
        try:
            for message in (*_lesson_of(item, entry), *_answers(item), *_options(item), *_claims(item)):
                yield Finding(entry.where, f"{item.id}: {message}")
        except CourseError as error:  # what it rests on is gone
            yield Finding(entry.where, str(error))
    citations = load_citations()
    for entry in entries:
        item = known[entry.data["id"]]
        for text in _texts(item):
            for message in lost_quotations(text, citations, item.evidence):
                yield Finding(entry.where, f"{item.id}: {message}")
        if message := single_source(" ".join(_texts(item)), citations, item.evidence):
            yield Finding(entry.where, f"{item.id}: {message}")
    yield from _positions(list(known.values()))


def read_item_entries() -> list[Entry]:
    """The items as they stand in the files, each with its place."""
    paths = sorted((seeds_folder() / "questions").glob("[0-9]*.toml"))
    return [entry for path in paths for entry in read_entries(f"questions/{path.name}", "items")]


def _lesson_of(item: Item, entry: Entry) -> Iterator[str]:
    if not item.id.startswith(f"{item.lesson}-") or not item.objective.startswith(f"{item.lesson}-o"):
        yield f"its id and its objective {item.objective} must begin with its lesson, {item.lesson}"
    if f"/{item.lesson}.toml" not in entry.where.replace("\\", "/"):
        yield f"it belongs to lesson {item.lesson}; move it to questions/{item.lesson}.toml"
    if item.minutes < 1:
        yield "it takes no minutes; say how many it takes"


def _answers(item: Item) -> Iterator[str]:
    """The reference answer passes the item's check and the blank starter does not."""
    kept = (seeds_folder() / "questions" / KEYS).is_file()
    reference = reference_answer(item)
    if reference is None:
        if kept and item.mode != "mark":  # that has no key, and is told below
            yield f'it has no {"sample" if item.mode == "memo" else "key"}; add [[keys]] with item = "{item.id}" to questions/{KEYS}'
        return
    for problem in problems(item, reference):
        yield f"the reference answer does not pass its check ({problem}); correct the answer or the item"
    if not problems(item, blank_answer(item)):
        yield "the blank starter passes the check; ask for something that must be answered"


def _options(item: Item) -> Iterator[str]:
    for option in item.options:
        if not option.text.strip():
            yield f"option {option.key} has no text; write it"
        if item.status in MARKED and option.feedback and not option.correct and not option.misconception.strip():
            yield f"option {option.key} is wrong and names no misconception; say what somebody who chooses it believes"
    texts = [option.text for option in item.options]
    for text in sorted({text for text in texts if texts.count(text) > 1}):
        yield f"two options read “{text}”; make them differ"
    feedback = [option.feedback for option in item.options if option.feedback]
    if len(set(feedback)) < len(feedback):
        yield "two options share their feedback; answer each option by itself"


def _claims(item: Item) -> Iterator[str]:
    if item.status == "reported claim" and not item.evidence:
        yield "a reported claim without evidence; name the passages that report it"
    if item.mode == "forecast" and item.outcome and not item.outcome.source:
        yield "the outcome has no source; say where it was read"
    if item.mode == "code" and not fields_of(item):
        yield "there is nothing to code; give it fields"
    if item.mode == "mark" and not reference_marks(item.kind, item.evidence):
        yield f"no {item.kind} is coded in its passages, so nothing can be compared; name passages that hold one"


def _texts(item: Item) -> list[str]:
    """What a learner reads of an item, one text a place."""
    options = [text for option in item.options for text in (option.text, option.feedback)]
    return [text for text in (item.prompt, item.starter, *options, *(field.why for field in item.fields)) if text]


def _positions(items: list[Item]) -> Findings:
    places: dict[str, list[int]] = defaultdict(list)
    for item in items:
        if item.mode in CHOICES:
            places[item.lesson] += [number for number, option in enumerate(item.options, start=1) if option.correct]
    for lesson, numbers in sorted(places.items()):
        if len(numbers) >= _FEWEST and len(set(numbers)) == 1:
            where = str(seeds_folder() / "questions" / f"{lesson}.toml")
            yield Finding(where, f"the right option is number {numbers[0]} in all {len(numbers)} marked items; vary its place", "W")
