"""Is the installation in order? One line for each part says whether it is right, and what to do where it is not."""

import os
from collections.abc import Callable
from html import escape
from importlib.util import find_spec

from .annotation import annotations, unanchored
from .articles import load_articles
from .errors import CourseError
from .paths import answers_folder
from .views import View, paragraph

# What a lesson imports, and JupyterLab, in which jupyterlab_widgets draws the buttons.
PACKAGES = (
    "pandas", "numpy", "matplotlib", "ipywidgets", "anywidget", "traitlets", "jupyterlab_widgets", "jupyterlab", "nbformat", "PIL", "nh3",
    "rapidfuzz", "nltk", "ahocorasick", "charset_normalizer", "lxml", "trafilatura", "platformdirs",
)  # fmt: skip


def check_installation() -> View:
    """Whether the parts that the course needs are in order, one line each: ``right`` or ``wrong``, then what to do.

    Nothing is written by looking. No version is shown, so the lines are the same on every machine that is in order.

    Examples
    --------
    >>> print(check_installation().text.splitlines()[-1])
    All parts are in place.
    """
    found = {part: _judge(check) for part, check in _CHECKS.items()}
    lines = [f"wrong: {part}; {todo}" if todo else f"right: {part}" for part, todo in found.items()]
    wrong = sum(bool(todo) for todo in found.values())
    advice = "do what the lines say, then run this cell again"
    verdict = f"{wrong} of {len(found)} parts are wrong; {advice}." if wrong else "All parts are in place."
    listed = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return View("\n".join([*lines, verdict]), f"<ul>{listed}</ul>{paragraph(verdict)}")


def _judge(check: Callable[[], str]) -> str:
    """What to do about a part; empty when it is right."""
    try:
        return check()
    except (CourseError, ImportError, OSError) as error:
        return str(error)


def _check_packages() -> str:
    missing = [name for name in PACKAGES if find_spec(name) is None]
    return f"{', '.join(missing)} cannot be found: install the course again, where JupyterLab is installed" if missing else ""


def _check_articles() -> str:
    empty = [article.id for article in load_articles("reading") if not all(version.passages for version in article.versions)]
    return f"{', '.join(empty)} without passages: install the course again" if empty else ""


def _check_phrases() -> str:
    lost = [mark.id for mark, _ in unanchored(load_articles("reading"), annotations(kind=None, coder=None))]
    return f"{', '.join(lost)} cannot be found in the articles: install the course again" if lost else ""


def _check_drawing() -> str:
    import pandas as pd

    from .drawing import finish, new_canvas

    figure, axes = new_canvas(height=2.4)
    axes.plot([0, 1])
    drawn = finish(figure, "a line to try the drawing", "", pd.DataFrame())
    return "" if drawn.png and drawn.png.startswith(b"\x89PNG") else "no picture comes out: install matplotlib again"


def _check_answers() -> str:
    folder = answers_folder()
    while not folder.exists() and folder != folder.parent:  # the folder is made with the first answer
        folder = folder.parent
    if folder.is_dir() and os.access(folder, os.W_OK | os.X_OK):
        return ""
    return "nothing can be written there: copy the notebooks to a folder of your own"


_CHECKS: dict[str, Callable[[], str]] = {
    "the packages of the course are installed": _check_packages,
    "the articles can be read": _check_articles,
    "every code finds its phrase": _check_phrases,
    "figures can be drawn": _check_drawing,
    "answers can be saved beside the notebook": _check_answers,
}
