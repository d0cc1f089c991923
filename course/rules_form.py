"""Rules on a lesson's form: title cell, objectives and close, headings, cells, code."""

import ast
import re

from nbformat import NotebookNode

from helpers.articles import load_catalogue
from helpers.treaties import provisions

from .findings import Messages, code_cells, prose_cells, prose_of
from .lessons import Lesson, lesson_paths

LONGEST_CELL = 12  # lines of code that are not blank
MOST_IN_A_ROW = 2
_VAGUE = {"understand", "know", "learn", "appreciate", "grasp", "realise", "realize"}


def needs_are_earlier(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """Needs name earlier lessons of the same folder; pointing backwards only, they can have no cycle."""
    if not re.search(r"^\*\*Needs\.\*\* (?:nothing|[0-9]{2}(?:, [0-9]{2})*)\s*$", notebook.cells[0].source, re.MULTILINE):
        yield 1, "Needs: write 'nothing', or numbers of lessons such as 01, 03"
    known = {path.stem[:2] for path in lesson_paths(folder=lesson.path.parent)}
    for number in lesson.needs:
        if number not in known or number >= lesson.number:
            yield 1, f"Needs {number}, which is not an earlier lesson; name lessons of this folder that come before {lesson.number}"


def numbers_are_unique(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """No other lesson of the folder has the same number."""
    for path in lesson_paths(folder=lesson.path.parent):
        if path.stem[:2] == lesson.number and path.name != lesson.path.name:
            yield 0, f"{path.name} has the same number; give one of them another"


def minutes_are_given(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """Teaching and exercises take some minutes each."""
    for name, minutes in (("teaching", lesson.teaching), ("exercises", lesson.exercises)):
        if not minutes:
            yield 1, f"0 minutes for {name}; say how long it takes"


def sources_exist(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """The sources of the title cell are articles or provisions of the case."""
    known = {entry["id"] for entry in load_catalogue()["articles"]} | set(provisions()["provision"])
    for source in lesson.sources:
        if source not in known:
            yield 1, f"source {source} is neither an article nor a provision of the case; correct it, or add it to the case"


def objectives_are_observable(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """An objective begins with a verb that can be seen done."""
    for objective in lesson.objectives:
        if set(re.sub(r"^be able to ", "", objective.strip().lower()).replace("*", "").split()[:1]) & _VAGUE:
            yield 1, f"“{objective}” cannot be observed; begin with name, compare, test, compute …"


def objectives_are_few(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """Two to five objectives, none of them blank, numbered one after the other."""
    if not 2 <= len(lesson.objectives) <= 5:
        yield 1, f"{len(lesson.objectives)} objectives; write 2 to 5"
    for number, objective in enumerate(lesson.objectives, start=1):
        if not objective.strip():
            yield 1, f"objective {number} is blank; write it"
    listed = notebook.cells[0].source.partition("**You will be able to**")[2].partition("**Sources.**")[0]
    numbers, wanted = re.findall(r"^(\d)\.", listed, re.MULTILINE), [str(number + 1) for number in range(len(lesson.objectives))]
    if numbers != wanted:
        yield 1, f"objectives are numbered {', '.join(numbers)}; number them {', '.join(wanted)}"


def close_answers_objectives(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """The last section answers every objective, in three bullets."""
    last = max((number for number, cell in prose_cells(notebook) if "## Close" in cell.source.splitlines()), default=0)
    if not last:
        yield 0, "there is no section '## Close'; end with one that answers the objectives"
        return
    text = "\n".join(cell.source for number, cell in prose_cells(notebook) if number >= last)
    bullets = re.findall(r"^- \*\*(Objectives? ([^*]+)\.)\*\*(.*(?:\n +\S.*)*)", text, re.MULTILINE)
    heads = [numbers for _, numbers, _ in bullets]
    answered = {number for head in heads for number in _numbers(head)}
    for head, _, answer in bullets:
        if not re.search(r"\w", answer):
            yield last, f"“{head}” is followed by no answer; write one"
    if len(heads) != 3:
        yield last, f"{len(heads)} bullets answer the objectives; write 3, each beginning '- **Objective 1.**'"
    for number in sorted(set(range(1, len(lesson.objectives) + 1)) ^ answered):
        yield last, f"objective {number} is not answered, or does not exist; answer each objective of the title cell"
    for part in ("Terms met", "What next", "Sources", "Rights"):
        if f"**{part}.**" not in text:
            yield last, f"the close has no '**{part}.**'; add the paragraph"


def headings_are_in_order(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """One H1, and no level skipped."""
    depth = 0
    for number, cell in prose_cells(notebook):
        for first, line in enumerate(_headed(cell.source).splitlines()):
            if head := re.match(r"(#{1,6}) ", line):
                level = len(head[1])
                if level == 1 and (number > 1 or first):
                    yield number, "a second H1; use ## for sections"
                elif level > depth + 1:
                    yield number, f"heading “{line}” skips a level; use {'#' * (depth + 1)}"
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
    for number, cell in code_cells(notebook):
        try:
            tree = ast.parse(cell.source)
        except SyntaxError as error:
            yield number, f"not plain Python: {error.msg}; take magics and shell commands out"
            continue
        modules = [name for node in ast.walk(tree) for name in _imported(node)]
        importing += bool(modules)
        for module in modules:
            if module.partition(".")[0] != "helpers":
                yield number, f"imports {module}; a lesson imports helpers only"
        if modules and (importing > 1 or len(cell.source.splitlines()) > 6):
            yield number, "one import cell of at most 6 lines; gather the imports there"
        calls = [node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
        for name in sorted({"open", "exec", "eval", "__import__"} & set(calls)):
            yield number, f"calls {name}(); the helpers read the data"
        if cell.source.rstrip().endswith(";"):
            yield number, "a trailing ; (nbval would print what it hides); take it off"


RULES = (
    numbers_are_unique,
    needs_are_earlier,
    minutes_are_given,
    sources_exist,
    objectives_are_observable,
    objectives_are_few,
    close_answers_objectives,
    headings_are_in_order,
    cells_are_short,
    code_is_plain,
)
WARNINGS = (objectives_are_observable,)


def _headed(source: str) -> str:
    """A text cell without its fences, with every heading in the form that begins with #."""
    under = re.compile(r"^(?![#>|<\s-])(.+)\n(=+|-+)[ \t]*$", re.MULTILINE)
    text = under.sub(lambda head: f"{'#' if '=' in head[2] else '##'} {head[1]}", prose_of(source))
    return re.sub(r"^\s*<h([1-6])\b[^>]*>", lambda tag: f"{'#' * int(tag[1])} ", text, flags=re.MULTILINE | re.IGNORECASE)


def _numbers(head: str) -> set[int]:
    """The numbers that a bullet of the close names: ``1``, ``2 and 3``, ``1 to 3``."""
    spans = re.findall(r"(\d)(?:\s*(?:to|–|-)\s*(\d))?", head)
    return {number for first, last in spans for number in range(int(first), int(last or first) + 1)}


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [f"{'.' * node.level}{node.module or ''}"] if isinstance(node, ast.ImportFrom) else []
