"""Rules that a lesson keeps, read from the notebook as it stands; nothing is run here.

Each rule is a function from a notebook to messages, registered in ``_RULES`` under its name.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from helpers.articles import load_catalogue
from helpers.errors import CourseError
from helpers.files import data_of, read_toml
from helpers.paths import seeds_folder
from helpers.questions import load_items
from helpers.treaties import provisions

from .lessons import Lesson, lesson_paths, read_lesson, read_notebook

LONGEST_CELL = 12  # lines of code that are not blank
MOST_IN_A_ROW = 2
EXCUSED_SHARE = 0.1
_VAGUE = {"understand", "know", "learn", "appreciate", "grasp", "realise", "realize"}
_UNSETTLED = re.compile(r"/home/|/root/|/tmp/|/Users/|[A-Z]:\\\\|object at 0x|\b\d\d:\d\d:\d\d\b|https?://localhost")
_DATA = re.compile(r"data:image/png;base64,[A-Za-z0-9+/=]+")


@dataclass(frozen=True)
class Finding:
    """One breach of a rule: level ``F`` fails the validation, ``W`` warns."""

    where: str
    message: str
    level: str = "F"

    def __str__(self) -> str:
        return f"{self.level} {self.where}: {self.message}"


def finding_of(error: CourseError, where: str) -> Finding:
    """The finding that an error amounts to."""
    return Finding(error.where or where, f"{error.what}; {error.todo}".rstrip("; "))


def check_notebook(path: Path) -> list[Finding]:
    """The findings for one notebook: file and cell (1-based), what is wrong, what to do."""
    findings = []
    try:
        lesson, notebook = read_lesson(path), read_notebook(path)
        for rule in _RULES:
            for cell, message in rule(lesson, notebook):
                findings.append(Finding(f"{path.name}, cell {cell}" if cell else path.name, message, "W" if rule in _WARN else "F"))
    except CourseError as error:
        findings.append(finding_of(error, path.name))
    return findings


Messages = Iterator[tuple[int, str]]


def needs_are_earlier(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """Needs name earlier lessons of the same folder; pointing backwards only, they can have no cycle."""
    known = {path.stem[:2] for path in lesson_paths(folder=lesson.path.parent)}
    for number in lesson.needs:
        if number not in known or number >= lesson.number:
            yield 1, f"Needs {number}, which is not an earlier lesson"


def sources_exist(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """The sources of the title cell are articles or provisions of the case."""
    known = {entry["id"] for entry in load_catalogue()["articles"]} | set(provisions()["provision"])
    for source in lesson.sources:
        if source not in known:
            yield 1, f"source {source} is neither an article nor a provision of the case"


def terms_are_explained(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """Every term that the close lists is in the glossary."""
    path = seeds_folder() / "glossary.toml"
    with data_of(path):
        known = {entry["term"].lower() for entry in read_toml(path)["terms"]}
    for number, cell in _prose(notebook):
        for paragraph in re.findall(r"^\*\*Terms met\.\*\* .*$", cell.source, re.MULTILINE):
            for term in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", paragraph):
                if term.lower() not in known:
                    yield number, f"term “{term}” is not in seeds/glossary.toml"


def objectives_are_observable(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """An objective begins with a verb that can be seen done."""
    for objective in lesson.objectives:
        if objective.split()[0].strip("*").lower() in _VAGUE:
            yield 1, f"“{objective}” cannot be observed; begin with name, compare, test, compute …"
    if not 2 <= len(lesson.objectives) <= 5:
        yield 1, f"{len(lesson.objectives)} objectives; write 2 to 5"


def objectives_have_exercises(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """Every objective has an item that the notebook asks, and every item asked belongs to an objective of the lesson."""
    items = {item.id: item for item in load_items(lesson.number)}
    objectives = {f"{lesson.number}-o{number}" for number in range(1, len(lesson.objectives) + 1)}
    asked = {id: number for number, cell in _code(notebook) for id in re.findall(r"\bask\(\"([^\"]+)\"\)", cell.source)}
    for id, number in asked.items():
        if id not in items:
            yield number, f"item {id} is not among the lesson's items; add it to seeds/questions"
        elif items[id].objective not in objectives:
            yield number, f"item {id} belongs to {items[id].objective}, which is not an objective of this lesson"
    for objective in sorted(objectives - {items[id].objective for id in asked if id in items}):
        yield 1, f"objective {objective} has no exercise in the notebook"


def close_answers_objectives(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """The last section answers every objective, in three bullets."""
    last = max((number for number, cell in _prose(notebook) if "## Close" in cell.source.splitlines()), default=0)
    if not last:
        yield 0, "there is no section '## Close'"
        return
    text = "\n".join(cell.source for number, cell in _prose(notebook) if number >= last)
    heads = re.findall(r"^- \*\*Objectives? ([^*]+)\.\*\*", text, re.MULTILINE)
    answered = {int(number) for head in heads for number in re.findall(r"\d", head)}
    if len(heads) != 3:
        yield last, f"{len(heads)} bullets answer the objectives; write 3, each beginning '- **Objective 1.**'"
    for number in sorted(set(range(1, len(lesson.objectives) + 1)) ^ answered):
        yield last, f"objective {number} is not answered, or does not exist"


def headings_are_in_order(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """One H1, and no level skipped."""
    depth = 0
    for number, cell in _prose(notebook):
        for line in cell.source.splitlines():
            if head := re.match(r"(#{1,6}) ", line):
                level = len(head[1])
                if level == 1 and number > 1:
                    yield number, "a second H1; use ## for sections"
                elif level > depth + 1:
                    yield number, f"heading “{line}” skips a level"
                depth = level


def cells_are_short(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """Code cells of at most 12 lines, at most two in a row, 35 to 60 cells in all."""
    if not 35 <= len(notebook.cells) <= 60:
        yield 0, f"{len(notebook.cells)} cells; write 35 to 60"
    row = 0
    for number, cell in enumerate(notebook.cells, start=1):
        row = row + 1 if cell.cell_type == "code" else 0
        if row > MOST_IN_A_ROW:
            yield number, f"{row} code cells in a row; put a sentence between them"
        lines = sum(bool(line.strip()) for line in cell.source.splitlines())
        if cell.cell_type == "code" and lines > LONGEST_CELL:
            yield number, f"{lines} lines of code; at most {LONGEST_CELL}"


def code_is_plain(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """Only helpers are imported, in one cell; no magics, no opening of files, no trailing semicolon."""
    importing = 0
    for number, cell in _code(notebook):
        try:
            tree = ast.parse(cell.source)
        except SyntaxError as error:
            yield number, f"not plain Python: {error.msg}"
            continue
        modules = [name for node in ast.walk(tree) for name in _imported(node)]
        importing += bool(modules)
        for module in modules:
            if module.partition(".")[0] != "helpers":
                yield number, f"imports {module}; a lesson imports helpers only"
        if modules and (importing > 1 or len(cell.source.splitlines()) > 6):
            yield number, "one import cell of at most 6 lines"
        calls = [node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
        for name in sorted({"open", "exec", "eval", "__import__"} & set(calls)):
            yield number, f"calls {name}(); the helpers read the data"
        if cell.source.rstrip().endswith(";"):
            yield number, "a trailing ; (nbval would print what it hides)"


def outputs_are_settled(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """Stored outputs are there, without errors, and hold nothing that changes from run to run or names a machine."""
    if "widgets" in notebook.metadata:
        yield 0, "stored widget state; run 'course refresh'"
    if not any(cell.get("outputs") for _, cell in _code(notebook)):
        yield 0, "no stored outputs; run 'course refresh'"
    for number, cell in _code(notebook):
        for output in cell.get("outputs", []):
            text = _DATA.sub("", str(output.get("data", "")) + str(output.get("text", "")))
            if output.output_type == "error":
                yield number, f"a stored error: {output.ename}"
            if found := _UNSETTLED.search(text):
                yield number, f"the output holds {found[0]!r}, which differs between machines or runs"
            if "widget-view" in text:
                yield number, "a stored widget; run 'course refresh'"


def figures_are_described(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """Every picture has alternative text that is a description, and a table beside it."""
    for number, cell in _code(notebook):
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            html = "".join(data.get("text/html", ""))
            if "image/png" in data and "<img" not in html:
                yield number, "a picture without alternative text; draw it with helpers.figures"
            for tag in re.findall(r"<img [^>]*>", html):
                alt = re.search(r'alt="([^"]*)"', tag)
                if alt is None or len(alt[1].split()) < 6:
                    yield number, f"alternative text “{alt[1] if alt else ''}” does not describe the picture"
            if "<img" in html and "<table" not in html:
                yield number, "a figure without its table"


def excuses_are_few(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """At most a tenth of the code cells is excused from comparison, each with its reason."""
    cells = list(_code(notebook))
    excused = [(number, cell) for number, cell in cells if _is_excused(cell)]
    for number, cell in excused:
        if not cell.source.startswith("# "):
            yield number, "excused from comparison without a reason in its first line"
    if len(excused) > EXCUSED_SHARE * len(cells):
        yield 0, f"{len(excused)} of {len(cells)} code cells are excused from comparison; at most a tenth"


_RULES: list[Callable[[Lesson, NotebookNode], Messages]] = [
    needs_are_earlier,
    sources_exist,
    terms_are_explained,
    objectives_are_observable,
    objectives_have_exercises,
    close_answers_objectives,
    headings_are_in_order,
    cells_are_short,
    code_is_plain,
    outputs_are_settled,
    figures_are_described,
    excuses_are_few,
]
_WARN = [objectives_are_observable]


def _is_excused(cell: NotebookNode) -> bool:
    # nbval's own lists of what it lets pass, in a tag or in a comment.
    from nbval.plugin import comment_markers, metadata_tags

    return bool(set(metadata_tags) & set(cell.metadata.get("tags", []))) or any(mark in cell.source for mark in comment_markers)


def _code(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    return ((number, cell) for number, cell in enumerate(notebook.cells, start=1) if cell.cell_type == "code")


def _prose(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    return ((number, cell) for number, cell in enumerate(notebook.cells, start=1) if cell.cell_type == "markdown")


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [f"{'.' * node.level}{node.module or ''}"] if isinstance(node, ast.ImportFrom) else []
