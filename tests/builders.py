"""What tests build: the command as a process of its own, and tiny notebooks, real files that real kernels run."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

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
