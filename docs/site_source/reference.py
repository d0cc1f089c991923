"""Pages to look things up, written from what the code says of itself: every verb of ``course``, every name for notebooks."""

import re
from collections.abc import Iterator
from inspect import getdoc
from typing import Any

import helpers

from .tables import table

_COMMANDS = """# Every command

What each verb of `course` says when it is asked with `--help`. The first lines say what it does, the last line is an example."""
_NAMES = """# Every name for notebooks

What a notebook may import: `from helpers import show, ask`. In a notebook, `help(show)` prints what a name takes, with an example."""
_WIDTH = 76  # characters of a line, which a page shows whole at a desk


def commands_text() -> str:
    """The page in Markdown: a section for each verb, in the order in which the command lists them."""
    from typer.main import get_command
    from typer.testing import CliRunner

    from course.cli import app

    runner, parts = CliRunner(), [_COMMANDS]
    for verbs in _verbs(get_command(app), ()):
        shown = runner.invoke(app, [*verbs, "--help"], prog_name="course", terminal_width=_WIDTH, max_content_width=_WIDTH)
        told = shown.output.strip("\n").replace("Usage: root", "Usage: course")
        parts.append(f"## {' '.join(('course', *verbs))}\n\n```text\n{told}\n```")
    return "\n\n".join(parts) + "\n"


def names_text() -> str:
    """The page of what a notebook may import, in Markdown: each name with the first sentence of its documentation."""
    rows = [[f"`{name}`", _first_sentence(getdoc(getattr(helpers, name)) or "")] for name in sorted(helpers.__all__)]
    return f"{_NAMES}\n\n{table(['name', 'what it is, or gives'], rows)}\n"


def _verbs(command: Any, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The verbs that do something, each with the groups that it stands in."""
    for name, below in command.commands.items():
        if hasattr(below, "commands"):
            yield from _verbs(below, (*above, name))
        else:
            yield (*above, name)


def _first_sentence(text: str) -> str:
    """The first paragraph of a docstring, its marks for code as Markdown has them."""
    first = " ".join(text.partition("\n\n")[0].split())
    return re.sub(r":\w+:`~?\.?([^`]+)`|``([^`]+)``", lambda code: f"`{code[1] or code[2]}`", first)
