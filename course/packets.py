"""Packets: the executed notebooks of a group as one HTML file that needs no network, and an index of the run."""

import re
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from helpers.clean import clean_html
from helpers.files import write_atomic
from helpers.views import paragraph

from .glossary_page import PAGE, glossary_page
from .lessons import read_notebook
from .runner import RunResult, read_results

PACKET = "packet.html"
_STYLE = """
body {font: 16px/1.55 Georgia, serif; color: #1a1a1a; background: #fff; max-width: 54rem; margin: 2rem auto; padding: 0 1rem}
h1, h2, h3, nav, table, summary, figcaption {font-family: system-ui, sans-serif; line-height: 1.25}
article {border-top: 3px solid #0072B2; margin-top: 3rem}
pre {background: #f5f5f5; padding: .6rem .8rem; overflow-x: auto; font-size: .82rem; border-radius: 4px}
table {border-collapse: collapse; font-size: .85rem; margin: .8rem 0}
caption {text-align: left; font-weight: bold; padding-bottom: .3rem}
th, td {border: 1px solid #bbb; padding: .25rem .5rem}
th {background: #f0f4f8}
figure {margin: 1rem 0}
figcaption {font-size: .85rem; color: #444}
blockquote {border-left: 4px solid #0072B2; margin: .8rem 0; padding: .1rem 1rem; background: #f7fafc}
blockquote footer {font: .8rem system-ui, sans-serif; color: #555}
.item {border: 1px solid #999; border-radius: 6px; padding: .2rem 1rem; margin: 1rem 0}
.failed {color: #a02020; font-weight: bold}
.anchor-link, .jp-InputPrompt, .jp-OutputPrompt, .prompt {display: none}
img {max-width: 100%; height: auto}
@media print {
  body {font-size: 11pt; max-width: none}
  article {break-before: page}
  figure, table, .item {break-inside: avoid}
  .printed::details-content {content-visibility: visible; display: block}
  pre {white-space: pre-wrap}
}
"""


def build_packets(folder: Path) -> Path:
    """One ``packet.html`` a group and the run's ``index.html``, from what ``results.json`` says; returns the index.

    Raises
    ------
    CourseError
        When the folder is not a run's, or a file cannot be written.
    """
    results = read_results(folder)
    for group in dict.fromkeys(result.group for result in results):
        own = [result for result in results if result.group == group]
        write_atomic(folder / group / PACKET, _packet(folder, group, own))
    index = folder / "index.html"
    write_atomic(index, _index(results))
    return index


def _packet(folder: Path, group: str, results: list[RunResult]) -> str:
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(template_name="basic", exclude_input_prompt=True, exclude_output_prompt=True)
    parts = []
    for result in results:
        body = _body(exporter, folder / result.notebook, result)
        note = "" if result.state == "done" else f'<p class="failed">Stopped at cell {result.cell or "?"}: {escape(result.error)}</p>'
        parts.append(f'<article id="{escape(result.lesson)}">{note}{body}</article>')
    places = [(quote(result.lesson), _heading(result)) for result in results]
    if glossary := _glossary(exporter):
        parts.append(glossary)
        places.append(("glossary", "Glossary"))
    links = "".join(f'<li><a href="#{place}">{escape(name)}</a></li>' for place, name in places)
    # In the one file a term stands at its own id, in the lessons' folder in a notebook's cell.
    body = re.sub(rf'href="{re.escape(PAGE)}#(?:cell-id=)?', 'href="#', "".join(parts))
    return _page(f"Packet of {group}", f"<nav><ul>{links}</ul></nav>{body}")


def _glossary(exporter: Any) -> str:
    page = glossary_page()
    slugs = iter([cell.id for cell in page.cells if cell.source.startswith("### ")])
    body = clean_html(exporter.from_notebook_node(page)[0])
    body = re.sub(r'<h3 id="[^"]*"', lambda _: f'<h3 id="{next(slugs)}"', body)
    return f'<article id="glossary">{body}</article>' if len(page.cells) > 1 else ""


def _body(exporter: Any, path: Path, result: RunResult) -> str:
    if path.is_file():
        # Learners' own cells and answers are in it, not only what we show.
        return clean_html(exporter.from_notebook_node(read_notebook(path))[0])
    # Its kernel did not start, or somebody removed it since; the rest of the class still gets its packet.
    return paragraph(f"The executed notebook {path.name} is not here." if result.state == "done" else "Nothing was executed.")


def _index(results: list[RunResult]) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in ("group", "lesson", "state", "seconds", "open"))
    rows = "".join(_index_row(result) for result in results)
    done = sum(result.state == "done" for result in results)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return _page("Course run", f"<p>{done} of {len(results)} runs done.</p>{table}")


def _index_row(result: RunResult) -> str:
    packet = f'<a href="{quote(result.group)}/{PACKET}#{quote(result.lesson)}">packet</a>'
    notebook = f'<a href="{quote(result.notebook)}">notebook</a>'
    cells = [escape(result.group), escape(_heading(result)), _state(result), f"{result.seconds:.1f}", f"{packet}, {notebook}"]
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _state(result: RunResult) -> str:
    return "done" if result.state == "done" else f'<span class="failed">failed</span> at cell {result.cell or "?"}: {escape(result.error)}'


def _heading(result: RunResult) -> str:
    return f"{result.lesson[:2]} {result.title}"


def _page(title: str, body: str) -> str:
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
    content = f"<main><h1>{escape(title)}</h1>{body}</main>"
    return f'<!DOCTYPE html>\n<html lang="en"><head>{head}<style>{_STYLE}</style></head><body>{content}</body></html>\n'
