"""Lessons, read from the notebooks themselves: the title cell and the parameters cell are the only source."""

import ast
import io
import re
import tokenize
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.errors import CourseError, ParameterError
from helpers.parameters import check_choice, check_choices, check_date
from helpers.paths import seeds_folder

if TYPE_CHECKING:
    from nbformat import NotebookNode

CHECKOUT = Path(__file__).resolve().parent.parent / "notebooks"
PACKAGED = Path(__file__).resolve().parent / "_notebooks"
_TITLE = re.compile(
    r"# (?P<number>\d\d) (?P<title>[^\n]+)\n\n"
    r"\*\*Question\.\*\* (?P<question>[^\n]+\?)\n\n"
    r"\*\*Time\.\*\* (?P<teaching>\d+) minutes teaching, (?P<exercises>\d+) minutes exercises\n\n"
    r"\*\*Needs\.\*\* (?P<needs>[^\n]+)\n\n"
    r"\*\*You will be able to\*\*\n\n(?P<objectives>(?:\d\. [^\n]+\n)+)\n"
    r"\*\*Sources\.\*\* (?P<sources>[^\n]+)\n\n"
    r"\*\*Content notice\.\*\* (?P<notice>[^\n]+)"
)
_PARTS = {
    "the heading '# NN Title'": r"\A# \d\d \S",
    "**Question.**": r"^\*\*Question\.\*\* .+\?$",
    "**Time.**": r"^\*\*Time\.\*\* \d+ minutes teaching, \d+ minutes exercises$",
    "**Needs.**": r"^\*\*Needs\.\*\* \S",
    "**You will be able to**": r"^\*\*You will be able to\*\*\n\n\d\. \S",
    "**Sources.**": r"^\*\*Sources\.\*\* \S",
    "**Content notice.**": r"^\*\*Content notice\.\*\* \S",
}
_TYPES = {"str": str, "int": int, "float": float, "bool": bool, "list": list}
_TRUE, _FALSE = {"true", "yes", "1"}, {"false", "no", "0"}


@dataclass(frozen=True)
class Parameter:
    """A parameter of a lesson, as its annotated line in the notebook tells it.

    ``help`` is the trailing comment. It ends in the allowed values: ``one of: A, B``, ``some of: A, B`` or
    ``a day from 2015-11-13 to 2015-12-18``.
    """

    name: str
    type: str
    default: Any
    help: str

    def allowed(self) -> list[str]:
        """The allowed values that the comment lists; empty when it lists none."""
        _, found, values = self.help.rpartition(" of: ")
        return [value.strip() for value in values.split(",")] if found else []

    def check(self, value: Any) -> Any:
        """The value in the parameter's type, if it is allowed.

        Raises
        ------
        ParameterError
            When it is not; the message lists what is.
        """
        value = _convert(self.name, value, self.type)
        if self.type == "list":
            return check_choices(self.name, value, self.allowed() or value)
        if span := re.search(r"a day from (\S+) to (\S+)$", self.help):
            first, last = (date.fromisoformat(day) for day in span.groups())
            return check_date(self.name, value, first=first, last=last).isoformat()
        return check_choice(self.name, value, self.allowed()) if self.allowed() else value


@dataclass(frozen=True)
class Lesson:
    """What the first cells of a notebook say of it; times in minutes."""

    path: Path
    number: str
    title: str
    question: str
    teaching: int
    exercises: int
    needs: tuple[str, ...]
    objectives: tuple[str, ...]
    sources: tuple[str, ...]
    parameters: tuple[Parameter, ...]

    @property
    def name(self) -> str:
        """The notebook's file name without its ending, which is how a lesson is called on the command line."""
        return self.path.stem


def notebooks_folder() -> Path:
    """The folder of the lessons: the case's own ``notebooks/`` if it has one, else the checkout's, else the installed one."""
    own = seeds_folder() / "notebooks"
    return own if own.is_dir() else CHECKOUT if CHECKOUT.is_dir() else PACKAGED


def lesson_paths(names: list[str] | None = None, folder: Path | None = None) -> list[Path]:
    """The notebooks of lessons by name or number (``03`` or ``03_nato_articles_4_5``), or all, in reading order.

    Raises
    ------
    CourseError
        When a name is unknown; the message lists the lessons.
    """
    folder = folder or notebooks_folder()
    paths = {path.stem: path for path in sorted(folder.glob("[0-9][0-9]_*.ipynb"))}
    if not paths:
        raise CourseError("no lessons here", where=str(folder))
    chosen = []
    for name in names or list(paths):
        match = [stem for stem in paths if name in (stem, stem[:2], f"{stem}.ipynb")]
        if not match:
            raise CourseError(f"lesson {name!r} does not exist", todo=f"choose from {', '.join(paths)}")
        chosen += match
    return [paths[stem] for stem in dict.fromkeys(chosen)]


def find_lessons(names: list[str] | None = None, folder: Path | None = None) -> list[Lesson]:
    """The lessons of :func:`lesson_paths`, read.

    Raises
    ------
    CourseError
        When a name is unknown or a notebook is malformed; ``course validate`` lists all that is.
    """
    return [read_lesson(path) for path in lesson_paths(names, folder)]


def read_notebook(path: Path) -> "NotebookNode":
    """A notebook from a file, in the current format; anything else is told in one line."""
    import nbformat  # takes a second, which verbs that read no notebook are spared

    try:
        notebook = nbformat.read(path, as_version=4)
        if notebook.nbformat_minor < 5:  # cells of older notebooks have no ids, which we name cells by
            notebook.nbformat_minor = 5
            for number, cell in enumerate(notebook.cells, start=1):
                cell.id = f"cell-{number}"
        nbformat.validate(notebook)
    except OSError as error:
        raise CourseError(error.strerror or "cannot be read", where=str(path)) from None
    except Exception as error:  # nbformat raises half a dozen kinds, json and unicode errors among them
        raise CourseError(f"not a valid notebook: {str(error).splitlines()[0]}", where=str(path)) from None
    return notebook


def read_lesson(path: Path) -> Lesson:
    """The lesson that a notebook holds."""
    notebook = read_notebook(path)
    first = notebook.cells[0].source if notebook.cells else ""
    title = _TITLE.match(first.strip())
    if title is None:
        todo = f"mend {_broken_part(first)} as in notebooks/template.ipynb"
        raise CourseError("the title cell is not well-formed", where=f"{path.name}, cell 1", todo=todo)
    if not path.stem.startswith(title["number"]):
        raise CourseError(f"the title says {title['number']}", where=f"{path.name}, cell 1", todo="file and title need the same number")
    return Lesson(
        path=path,
        number=title["number"],
        title=title["title"],
        question=title["question"],
        teaching=int(title["teaching"]),
        exercises=int(title["exercises"]),
        needs=tuple(re.findall(r"\d\d", title["needs"])),
        objectives=tuple(line.split(". ", 1)[1] for line in title["objectives"].strip().splitlines()),
        sources=tuple(source.strip() for source in re.split(r"[,;]", title["sources"])),
        parameters=read_parameters(notebook, path.name),
    )


def _broken_part(source: str) -> str:
    """The first part of the title cell that is not in its form: the pattern is tried line by line."""
    for part, form in _PARTS.items():
        if not re.search(form, source, re.MULTILINE):
            return part
    return "the order of its parts, or an empty line between them"


def read_parameters(notebook: "NotebookNode", where: str) -> tuple[Parameter, ...]:
    """The parameters of a notebook: the annotated lines of the cell tagged ``parameters``, none without such a cell."""
    cells = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    if not cells:
        return ()
    try:
        return _parse_parameters(cells[0].source, f"{where}, parameters cell")
    except (SyntaxError, ValueError, tokenize.TokenError) as error:
        raise CourseError(f"not plain assignments: {error}", where=f"{where}, parameters cell") from None


def _parse_parameters(source: str, where: str) -> tuple[Parameter, ...]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    comments = {token.start[0]: token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT}
    parameters: list[Parameter] = []
    for node in ast.parse(source).body:
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name) or node.value is None:
            raise CourseError("a line is not 'name: type = value  # meaning'", where=f"{where}, line {node.lineno}")
        kind = ast.unparse(node.annotation).partition("[")[0]
        if kind not in _TYPES or node.lineno not in comments:
            raise CourseError(f"{node.target.id} needs a type of {', '.join(_TYPES)} and a comment", where=f"{where}, line {node.lineno}")
        parameter = Parameter(node.target.id, kind, ast.literal_eval(node.value), comments[node.lineno])
        parameter.check(parameter.default)
        parameters.append(parameter)
    return tuple(parameters)


def _convert(name: str, value: Any, kind: str) -> Any:
    if not isinstance(value, str) and isinstance(value, _TYPES[kind]):
        return value
    text = str(value).strip()
    try:
        if kind == "list":
            return [part.strip() for part in text.strip("[]").split(",") if part.strip()]
        if kind == "bool":
            return {**dict.fromkeys(_TRUE, True), **dict.fromkeys(_FALSE, False)}[text.lower()]
        return _TYPES[kind](text)
    except (KeyError, ValueError):
        raise ParameterError(f"{text!r} is not of type {kind}", where=name) from None
