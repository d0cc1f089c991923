"""The index of a run: who did what with which parameters, how it ended, and links to it; failures first, plain HTML."""

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .page_frame import page_html
from .results import RunResult

PAGES = {  # what may stand in a group's folder, and what a link to it says
    "packet.html": "packet",
    "teacher.html": "teacher’s view",
    "exercises.html": "exercises",
    "solutions.html": "solutions",
}
_ERROR = 300  # characters of an error that a table takes


def index_html(folder: Path, results: list[RunResult]) -> str:
    """The page for a run's results, in their order; it links the pages and notebooks that are there.

    Parameters
    ----------
    folder : pathlib.Path
        The run's folder.
    results : list of RunResult
        One for each run.
    """
    groups: dict[str, list[RunResult]] = {}
    for result in results:
        groups.setdefault(result.folder, []).append(result)
    pages = {name: [page for page in PAGES if (folder / name / page).is_file()] for name in groups}
    failed = [result for result in results if result.state != "done"]
    parts = [
        f'<p class="lead">{_summary(results, len(groups), len(failed))}</p>',
        _failures(failed, pages),
        _groups(groups, pages),
        _runs(folder, groups, pages),
    ]
    return page_html("Course run", "".join(parts), kind="index")


def run_title(result: RunResult) -> str:
    """The lesson of a run as a reader knows it.

    Examples
    --------
    >>> run_title(RunResult("03_x", "Two treaties", "class", "done", 1.0, "class/03_x.ipynb"))
    '03 Two treaties'
    """
    return f"{result.lesson[:2]} {result.title}"


def tell_failure(result: RunResult) -> str:
    """At which cell a run stopped and why, escaped.

    Examples
    --------
    >>> tell_failure(RunResult("03_x", "Two", "class", "failed", 1.0, "", cell=7, error="ValueError: <b>"))
    'cell 7: ValueError: &lt;b&gt;'
    """
    error = " ".join(result.error.split())
    return escape(f"cell {result.cell or '?'}: {error[:_ERROR]}{'…' if len(error) > _ERROR else ''}")


def _summary(results: list[RunResult], groups: int, failed: int) -> str:
    who = f"{groups} groups" if groups != 1 else "1 group"
    seconds = sum(result.seconds for result in results)
    trouble = f'<span class="failed">{failed} failed.</span>' if failed else "None failed."
    return f"{who}, {len(results) - failed} of {len(results)} runs done. {trouble} Together they took {_time(seconds)}."


def _failures(failed: list[RunResult], pages: Mapping[str, list[str]]) -> str:
    rows = ([_who(result), escape(run_title(result)), tell_failure(result), _packet(result, pages, "open", "none")] for result in failed)
    return f"<h2>Failed runs</h2>{_table('Failed runs', ['group', 'lesson', 'stopped at', 'packet'], map(_row, rows))}" if failed else ""


def _groups(groups: Mapping[str, list[RunResult]], pages: Mapping[str, list[str]]) -> str:
    lessons = {result.lesson: run_title(result) for runs in groups.values() for result in runs}
    order = sorted(lessons)
    rows = (_group_row(runs, order, pages) for runs in groups.values())
    heads = ["group", *(escape(name[:2]) for name in order), "time", "pages"]
    legend = f"<p>Lessons: {escape('; '.join(lessons[name] for name in order))}.</p>"
    return f"<h2>Groups</h2>{legend}{_table('State of each lesson for each group', heads, rows)}"


def _group_row(runs: list[RunResult], order: list[str], pages: Mapping[str, list[str]]) -> str:
    own = {result.lesson: result for result in runs}
    states = [_packet(own[name], pages, _state(own[name]), _state(own[name])) if name in own else "–" for name in order]
    folder = runs[0].folder
    links = ", ".join(f'<a href="{quote(folder)}/{page}">{PAGES[page]}</a>' for page in pages[folder])
    return _row([_who(runs[0]), *states, _time(sum(result.seconds for result in runs)), links or "none"])


def _runs(folder: Path, groups: Mapping[str, list[RunResult]], pages: Mapping[str, list[str]]) -> str:
    rows = (_row(_run_cells(folder, result, pages)) for runs in groups.values() for result in runs)
    return f"<h2>All runs</h2>{_table('All runs', ['group', 'lesson', 'parameters', 'state', 'time', 'open'], rows)}"


def _run_cells(folder: Path, result: RunResult, pages: Mapping[str, list[str]]) -> list[str]:
    state = "done" if result.state == "done" else f"{_state(result)} at {tell_failure(result)}"
    there = (folder / result.notebook).is_file()
    notebook = f'<a href="{quote(result.notebook)}">notebook</a>' if there else "no notebook"
    links = f"{_packet(result, pages, 'packet', 'no packet')}, {notebook}"
    return [_who(result), escape(run_title(result)), _parameters(result.parameters), state, _time(result.seconds), links]


def _parameters(values: Mapping[str, Any]) -> str:
    told = (f"{name}={','.join(map(str, value)) if isinstance(value, list | tuple) else value}" for name, value in values.items())
    return escape(", ".join(told)) or "defaults"


def _state(result: RunResult) -> str:
    return "done" if result.state == "done" else f'<span class="failed">{escape(result.state)}</span>'


def _who(result: RunResult) -> str:
    return escape(result.group)


def _packet(result: RunResult, pages: Mapping[str, list[str]], text: str, otherwise: str) -> str:
    """A link to the lesson in the group's packet, or other words where there is no packet."""
    if "packet.html" not in pages[result.folder]:
        return otherwise
    return f'<a href="{quote(result.folder)}/packet.html#{quote(result.lesson)}">{text}</a>'


def _time(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.1f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"


def _table(name: str, heads: list[str], rows: Any) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    body = "".join(rows)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="wide" role="group" tabindex="0" aria-label="{name}">{table}</div>'


def _row(cells: list[str]) -> str:
    return f'<tr><th scope="row">{cells[0]}</th>{"".join(f"<td>{cell}</td>" for cell in cells[1:])}</tr>\n'
