"""Rules on what a notebook shows: stored outputs that stay the same, figures and links that are described, few excuses."""

import re
from collections.abc import Iterator

from nbformat import NotebookNode

from helpers.files import read_text
from helpers.paths import seeds_folder

from .findings import Messages, code_cells, prose_cells, prose_of
from .lessons import Lesson

EXCUSED_SHARE = 0.1
SHORTEST_DESCRIPTION = 6  # words
_UNSETTLED = re.compile(r"/home/|/root/|/tmp/|/Users/|[A-Z]:\\\\|object at 0x|https?://localhost")
_CLOCK = re.compile(r"\b\d\d:\d\d:\d\d\b")
_DATA = re.compile(r"data:image/png;base64,[A-Za-z0-9+/=]+")
_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"(?<!!)\[([^\]\n]*)\]\(([^)\n]*)\)|<a [^>]*href=[^>]*>(.*?)</a>", re.DOTALL)
_PICTURE = re.compile(r"!\[([^\]\n]*)\]\([^)\n]*\)")
_BARE = re.compile(r"<?(?:https?://|www\.)\S+")
_EMPTY_WORDS = {"a", "this", "that", "the", "click", "here", "link", "page", "more", "read", "see", "it", "there", "article", "source"}
_NO_DESCRIPTION = re.compile(r"(?:an? )?(?:image|picture|photo|figure|chart|graphic) of\b|.*\.(?:png|jpe?g|svg)$", re.IGNORECASE)


def outputs_are_settled(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """Stored outputs are there, without errors, and hold nothing that changes from run to run or names a machine."""
    if "widgets" in notebook.metadata:
        yield 0, "stored widget state; run 'course refresh'"
    if not any(cell.get("outputs") for _, cell in code_cells(notebook)):
        yield 0, "no stored outputs; run 'course refresh'"
    for number, cell in code_cells(notebook):
        for output in cell.get("outputs", []):
            text = _DATA.sub("", str(output.get("data", "")) + str(output.get("text", "")))
            if output.output_type == "error":
                yield number, f"a stored error: {output.ename}; mend the cell and run 'course refresh'"
            clocks = (time for time in _CLOCK.findall(text) if not _is_told(time))
            if found := next((found[0] for found in _UNSETTLED.finditer(text)), None) or next(clocks, None):
                yield number, f"the output holds {found!r}, which differs between machines or runs; do not print it"
            if "widget-view" in text:
                yield number, "a stored widget; run 'course refresh'"


def figures_are_described(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """Every picture has alternative text that is a description, and in an output a table beside it."""
    for number, alt in [(number, alt) for number, cell in prose_cells(notebook) for alt in _PICTURE.findall(_plain(cell))]:
        if not _describes(alt):
            yield (
                number,
                f"alternative text “{alt}” does not describe the picture; say what is seen, in {SHORTEST_DESCRIPTION} words or more",
            )
    for number, cell in code_cells(notebook):
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            html = "".join(data.get("text/html", ""))
            if any(kind.startswith("image/") for kind in data) and "<img" not in html:
                yield number, "a picture without alternative text; draw it with helpers.figures"
            for tag in re.findall(r"<img [^>]*>", html):
                alt = re.search(r'alt="([^"]*)"', tag)
                if alt is None or not _describes(alt[1]):
                    words = alt[1] if alt else ""
                    yield number, f"alternative text “{words}” does not describe the picture; say what is seen"
            if "<img" in html and "<table" not in html:
                yield number, "a figure without its table; draw it with helpers.figures"


def links_are_described(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """A link's text says where it leads, and no bare address stands in the prose."""
    for number, text in _texts(notebook):
        for found in _LINK.finditer(text):
            words = re.sub(r"<[^>]+>", "", found[1] if found[1] is not None else found[3] or "").strip()
            if _BARE.match(words):
                yield number, f"the link “{words}” is named by its address; name what it leads to"
            elif not set(re.findall(r"\w+", words.lower())) - _EMPTY_WORDS:
                yield number, f"the link “{words}” does not say where it leads; name what it leads to"
        if found := _BARE.search(_LINK.sub("", _PICTURE.sub("", text))):
            yield number, f"the bare address {found[0]}; write [what it is](address)"


def excuses_are_few(lesson: Lesson, notebook: NotebookNode) -> Messages:
    """At most a tenth of the code cells is excused from comparison, each with its reason."""
    cells = list(code_cells(notebook))
    excused = [(number, cell) for number, cell in cells if _is_excused(cell)]
    for number, cell in excused:
        if not _gives_reason(cell.source):
            yield number, "excused from comparison without a reason in its first line; begin the cell with '# why'"
    if len(excused) > EXCUSED_SHARE * len(cells):
        yield 0, f"{len(excused)} of {len(cells)} code cells are excused from comparison; at most a tenth"


RULES = (outputs_are_settled, figures_are_described, links_are_described, excuses_are_few)


def _texts(notebook: NotebookNode) -> Iterator[tuple[int, str]]:
    for number, cell in prose_cells(notebook):
        yield number, _plain(cell)
    for number, cell in code_cells(notebook):
        for output in cell.get("outputs", []):
            html = "".join(output.get("data", {}).get("text/html", ""))
            yield number, "".join(f"{link[0]}\n" for link in _LINK.finditer(html) if link[3] is not None)


def _plain(cell: NotebookNode) -> str:
    return _CODE.sub("", prose_of(cell.source))


def _is_told(time: str) -> bool:
    """Whether the case's events tell of this time of day, which is then no clock of the machine."""
    folder = seeds_folder() / "events"
    return any(time in read_text(path) for path in folder.glob("*") if path.suffix in (".csv", ".toml"))


def _gives_reason(source: str) -> bool:
    """Whether the first line is a comment with words besides nbval's own marks."""
    first = source.partition("\n")[0]
    return first.startswith("#") and bool(re.search(r"[^\W_]", re.sub(r"\b(?:NBVAL|PYTEST)_[A-Z_]+", "", first)))


def _describes(alt: str) -> bool:
    return len(alt.split()) >= SHORTEST_DESCRIPTION and not _NO_DESCRIPTION.match(alt.strip())


def _is_excused(cell: NotebookNode) -> bool:
    # nbval's own lists of what it lets pass, in a tag or in a comment.
    from nbval.plugin import comment_markers, metadata_tags

    return bool(set(metadata_tags) & set(cell.metadata.get("tags", []))) or any(mark in cell.source for mark in comment_markers)
