"""What tests build: the command as a process of its own, and tiny notebooks, real files that real kernels run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course.lessons import find_lessons, lesson_paths, read_lesson, read_notebook
from course.plan import Run, plan_runs
from course.runner import execute
from helpers.errors import ParameterError

CASE = Path(__file__).with_name("cases") / "gull-bank"  # the second case
LESSON = "98_who_votes.ipynb"  # what the fixture change_lesson makes
WIDGET = "application/vnd.jupyter.widget-view+json"
TITLE = """# {number} A tiny lesson

**Question.** Does it run?

**Time.** 5 minutes teaching, 5 minutes exercises

**Needs.** nothing

**You will be able to**

1. name one thing
2. compare two things

**Sources.** stripes-2015

**Content notice.** None is needed for a test.
"""


def course(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess:
    """The ``course`` command, run in a folder with these variables besides the environment's."""
    command = [sys.executable, "-m", "course", *arguments]
    return subprocess.run(command, cwd=cwd, env=os.environ | environment, capture_output=True, text=True, encoding="utf-8", check=False)


def write_lesson(path: Path, *sources: str, parameters: str = "") -> Path:
    """A notebook with a title cell, a parameters cell if wanted, and one code cell for each source."""
    cells = [new_markdown_cell(TITLE.format(number=path.stem[:2]), id="title")]
    if parameters:
        cells.append(new_code_cell(parameters, id="parameters", metadata={"tags": ["parameters"]}))
    cells += [new_code_cell(source, id=f"code-{number}") for number, source in enumerate(sources, start=1)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=cells, metadata=kernel), path)
    return path


def run_of(path: Path, group: str = "class", **parameters: object) -> Run:
    """A run of a tiny lesson for a group."""
    return Run(read_lesson(path), group, group, parameters)


def run_lesson(number: str, folder: Path, **values: object) -> NotebookNode:
    """A lesson of the course, run headless through papermill with these parameters; fails with the lesson's own error."""
    (run,) = plan_runs(find_lessons([number]), values)
    result = execute(run, folder, timeout=120)
    assert result.state == "done", str(result)
    return nbformat.read(folder / result.notebook, as_version=4)


def start_lesson(number: str, **values: object) -> None:
    """A lesson's parameters, imports and check cell, run here with these values in place of the defaults: no kernel is started."""
    sources = [cell.source for cell in stored_lesson(number).cells if cell.cell_type == "code"]
    parameters, imports, check = sources[:3]
    names: dict[str, object] = {}
    exec(parameters, names)
    assert values.keys() <= names.keys()
    exec(f"{imports}\n{check}", names | values)


def refusal(number: str, **values: object) -> str:
    """The one line with which the plan of a run and the lesson's own check cell, each by itself, refuse these values."""
    with pytest.raises(ParameterError) as planned:
        plan_runs(find_lessons([number]), values)
    with pytest.raises(ParameterError) as checked:
        start_lesson(number, **values)
    assert str(planned.value) == str(checked.value)
    assert "\n" not in str(planned.value)
    return str(planned.value)


def stored_lesson(number: str) -> NotebookNode:
    """A lesson as it is stored, with the outputs of its defaults; ``course validate`` proves that a fresh run puts out the same."""
    return read_notebook(lesson_paths([number])[0])


def outputs_text(notebook: NotebookNode) -> str:
    """Everything that the cells of an executed notebook put out, pictures aside, as one text."""
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    data = [part for output in outputs for kind, part in output.get("data", {}).items() if kind.startswith("text/")]
    texts = [*data, *(output.get("text", "") for output in outputs)]
    return re.sub(r"base64,[A-Za-z0-9+/=]+", "", "\n".join("".join(text) for text in texts))


def parts_of(widget, kind):
    """All widgets of a kind inside a widget, in the order in which they stand."""
    found = [widget] if kind in [base.__name__ for base in type(widget).__mro__] else []
    return found + [part for child in getattr(widget, "children", ()) for part in parts_of(child, kind)]


def buttons_of(view):
    """The buttons of a view's widget, and the page that stands last in it."""
    widget = view.widget()
    return parts_of(widget, "Button"), parts_of(widget, "HTML")[-1]
