"""What the lessons of a case rest on: ids that they name, values of their parameters, tables behind their figures.

Nothing is run: a call such as ``evidence(["A"], issues)`` is read from the cell and, where its arguments are plain values
or parameters, made here with the case's data. A table that comes out empty is a figure that lost its evidence.
"""

import ast
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import helpers
from helpers.articles import load_catalogue
from helpers.codebook import load_codebook
from helpers.errors import CourseError
from helpers.events import incidents
from helpers.files import read_toml
from helpers.paths import packaged_seeds, seeds_folder
from helpers.treaties import provisions, state_names

from .case_references import find_lost, known_ids, known_organisations
from .findings import Finding, Findings, finding_of, prose_of
from .lessons import lesson_paths, notebooks_folder, read_lesson, read_notebook, read_parameters

_CODE = re.compile(r"[A-Z][A-Z_]+[A-Z0-9_]*")
_TABLES = {
    "annotations", "clause_table", "compare", "consultations", "contributions", "describe_membership", "evidence", "incident",
    "invocations", "members_at", "membership_table", "memberships", "positions", "provisions", "timeline",
}  # fmt: skip
_SILENT = {"contributions"}  # its blanks are told as "not reported"


def find_case_lessons() -> list[Path]:
    """The lessons that speak of the case in use: its own ``notebooks/``, else the course's where it is the course's case.

    A copy of the course's case that somebody changes is that case still.
    """
    own = notebooks_folder().parent == seeds_folder()
    ours = read_toml(packaged_seeds() / "catalogue.toml").get("case", {}).get("id")
    return lesson_paths() if own or (load_catalogue().get("case", {}).get("id") == ours and notebooks_folder().is_dir()) else []


def check_lessons() -> Findings:
    """Whatever a lesson names or draws is in the case's data."""
    ids, codes = known_ids(), known_organisations().union(*_vocabularies().values())
    for path in find_case_lessons():
        try:
            read_lesson(path)
        except CourseError as error:
            yield finding_of(error, str(path))
            continue
        notebook = read_notebook(path)
        values = {parameter.name: parameter.default for parameter in read_parameters(notebook, path.name)}
        for number, cell in enumerate(notebook.cells, start=1):
            where = f"{path}, cell {number}"
            text = cell.source if cell.cell_type == "code" else prose_of(cell.source)
            for id in find_lost(text, ids):
                yield Finding(where, f"speaks of {id}, which does not exist; correct the id")
            if cell.cell_type == "code" and "parameters" not in cell.metadata.get("tags", []):
                yield from _check_code(cell.source, where, values, codes)
        yield from _check_parameters(path)


def _check_parameters(path: Path) -> Findings:
    vocabularies = _vocabularies()
    for parameter in read_parameters(read_notebook(path), path.name):
        allowed = parameter.allowed()
        fitting = max(vocabularies, key=lambda name: len(vocabularies[name].intersection(allowed)))
        if vocabularies[fitting].intersection(allowed):
            for value in [value for value in allowed if value not in vocabularies[fitting]]:
                message = f"{parameter.name} may be {value}, which is not among the case's {fitting}; take it off the comment"
                yield Finding(f"{path}, parameters cell", message)


def _check_code(source: str, where: str, values: dict[str, Any], codes: set[str]) -> Findings:
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return  # the notebook rules say so
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and _is_lost(node.value, codes):
            yield Finding(where, f"uses the code {node.value}, which the case does not have; correct it or add it to codebook.toml")
    for statement in tree.body:
        for call in _calls(statement):
            if message := _lost(call, values):
                yield Finding(where, message)
        _note_values(statement, values)


def _is_lost(value: Any, codes: set[str]) -> bool:
    return isinstance(value, str) and bool(_CODE.fullmatch(value)) and value not in codes


def _calls(statement: ast.stmt) -> list[ast.Call]:
    calls = [node for node in ast.walk(statement) if isinstance(node, ast.Call)]
    return [call for call in calls if _name(call.func) in _TABLES]


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""


def _lost(call: ast.Call, values: dict[str, Any]) -> str:
    """What is wrong with the table that a call makes; empty when nothing is, or when only a run could tell."""
    try:
        arguments = [_value(node, values) for node in call.args]
        named = {keyword.arg: _value(keyword.value, values) for keyword in call.keywords if keyword.arg}
    except LookupError:
        return ""
    name, spelled = _name(call.func), ast.unparse(call)
    make = getattr(helpers.tables, name, None) or getattr(helpers, name)
    try:
        table = make(*arguments, **named)
    except CourseError as error:
        return f"{spelled} fails: {error}"
    except (TypeError, ValueError, KeyError) as error:
        return f"{spelled} fails: {error!r}; compare it with the function's documentation"
    if _is_empty(name, table) and name not in _SILENT:
        return f"{spelled} has lost its evidence: there are no rows; restore them, or ask for something else"
    return _missing_elements(spelled, *arguments) if name == "clause_table" else ""


def _is_empty(name: str, table: Any) -> bool:
    # These two have a row for every actor or pair, whether something is reported or not.
    if name in ("positions", "compare"):
        return not any(table["evidence"])
    return not len(table)


def _missing_elements(spelled: str, ids: list[str], elements: list[str] | None = None) -> str:
    missing = [element for element in elements or () if element not in set(provisions(ids)["element"])]
    return f"{spelled} has lost {', '.join(missing)}: no such element of these provisions is reported" if missing else ""


def _value(node: ast.expr, values: dict[str, Any]) -> Any:
    if isinstance(node, ast.Name):
        return values[node.id]
    if isinstance(node, ast.List | ast.Tuple):
        return [_value(part, values) for part in node.elts]
    if isinstance(node, ast.Constant):
        return node.value
    raise LookupError("known in a run only")


def _note_values(statement: ast.stmt, values: dict[str, Any]) -> None:
    bound = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    read = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    for name in bound - read:  # a name that is checked and assigned again keeps its value
        values.pop(name, None)
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1 and isinstance(statement.targets[0], ast.Name):
        with suppress(LookupError):
            values[statement.targets[0].id] = _value(statement.value, values)


def _vocabularies() -> dict[str, set[str]]:
    book, catalogue = load_codebook(), load_catalogue()
    return {
        "actors": set(book.actors),
        "issues": set(book.issues),
        "states": set(state_names()),
        "voices": {"all", *book.voices},
        "incidents": set(incidents()),
        "provisions": set(provisions()["provision"]),
        "articles": {entry["id"] for entry in catalogue["articles"]},
        "versions": {"latest"}.union(*(entry.get("versions", []) for entry in catalogue["articles"])),
    }
