"""A learner's working copy of the lessons, and JupyterLab on it."""

import os
import sys
from pathlib import Path
from urllib.parse import quote

from helpers.errors import CourseError
from helpers.files import write_atomic

from .glossary_page import PAGE
from .lessons import lesson_paths, notebooks_folder

# Switches off JupyterLab's question about news, which a first-time learner need not answer and which needs a network.
_CONFIG = Path(__file__).with_name("jupyter")


def make_working_copy(folder: Path) -> list[Path]:
    """Copy the lessons and the glossary that the folder does not have yet; those it has stay as the learner left them.

    The template for new lessons is the maintainers' and stays behind.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        wanted = [*lesson_paths(), *notebooks_folder().glob(PAGE)]
        missing = [path for path in wanted if not (folder / path.name).exists()]
        for path in missing:
            write_atomic(folder / path.name, path.read_bytes())
        return [folder / path.name for path in missing]
    except OSError as error:
        raise CourseError(
            f"no working copy can be made: {error.strerror}", where=str(folder), todo="choose a folder that you may write to"
        ) from None


def lab_command(folder: Path, options: list[str]) -> list[str]:
    """The command that opens JupyterLab on a working copy, at the first lesson."""
    first = min(path.name for path in folder.glob("[0-9][0-9]_*.ipynb"))
    start = f"--LabApp.default_url=/lab/tree/{quote(first)}"
    return [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder.resolve()}", start, *options]


def lab_environment() -> dict[str, str]:
    """The environment for JupyterLab: ours, with the course's settings in front of the machine's."""
    paths = [str(_CONFIG), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    return dict(os.environ) | {"JUPYTER_CONFIG_PATH": os.pathsep.join(paths)}
