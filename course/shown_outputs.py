"""What of a cell's outputs a page shows: of each the one form that needs no program, cut where it is too long.

What is cut is told in a sentence, with the notebook in which the whole is.
"""

import re
from collections.abc import Iterator
from html import escape
from typing import Any

from helpers.clean import clean_html

from .executed import text_of
from .page_frame import size_text

TEXT = 200_000  # characters of text that the outputs of one cell may have
PICTURE = 2_000_000  # characters of one picture in base64
PICTURES = 4_000_000  # and of all pictures of a cell
SOURCE = 20_000  # characters of a cell’s source; a renderer of Markdown takes time that grows with its square
_FORMS = ("text/html", "text/markdown", "image/png", "image/jpeg", "image/svg+xml", "text/plain", "text/latex")
_IMAGE = re.compile(r"(<img\b[^>]*>)", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")


def cut_text(text: str, length: int) -> tuple[str, str]:
    """The first characters of a text, and a sentence that says how much that is; empty where nothing was cut.

    Examples
    --------
    >>> cut_text("abc", 3), cut_text("x" * 9_000, 2_000)[1]
    (('abc', ''), 'Cut: the first 2 kB of 9 kB are shown.')
    """
    if len(text) <= length:
        return text, ""
    return text[:length], f"Cut: the first {size_text(length)} of {size_text(len(text))} are shown."


def note_html(sentence: str, notebook: str) -> str:
    """The sentence about what is left out, and where it is, as a paragraph.

    Examples
    --------
    >>> note_html("A picture is left out.", "03.ipynb")
    '<p class="cut">A picture is left out. The whole is in the executed notebook 03.ipynb.</p>'
    """
    return f'<p class="cut">{escape(sentence)} The whole is in the executed notebook {escape(notebook)}.</p>'


def shown_outputs(outputs: Any, notebook: str) -> list[dict[str, Any]]:
    """Outputs in the form of nbformat 4, each of one kind and all within the limits.

    Parameters
    ----------
    outputs : Any
        What stands in the cell, which a learner may have made odd.
    notebook : str
        The file's name, for the sentences.
    """
    shown: list[dict[str, Any]] = []
    left, pictures = TEXT, PICTURES
    for number, output in enumerate(outputs if isinstance(outputs, list) else []):
        if left <= 0 or pictures <= 0:
            shown.append(_display("text/html", note_html(f"Cut: {len(outputs) - number} more outputs are not shown.", notebook)))
            break
        for one in _shown(output if isinstance(output, dict) else {}, notebook, left):
            size, of_pictures = _sizes(one)
            left, pictures = left - size, pictures - of_pictures
            shown.append(one)
    return shown


def _shown(output: dict[str, Any], notebook: str, length: int) -> Iterator[dict[str, Any]]:
    kind = output.get("output_type")
    if kind == "stream":
        text, note = cut_text(text_of(output.get("text")), length)
        yield {"output_type": "stream", "name": "stderr" if output.get("name") == "stderr" else "stdout", "text": text}
    elif kind == "error":
        told = f"{output.get('ename')}: {output.get('evalue')}"
        lines = output.get("traceback")
        text, note = cut_text("\n".join(map(str, lines)) if isinstance(lines, list) and lines else told, length)
        yield {"output_type": "error", "ename": "", "evalue": "", "traceback": [text]}
    else:
        data = output.get("data")
        form, note = _form(data if isinstance(data, dict) else {}, length)
        if form:
            yield form
    if note:
        yield _display("text/html", note_html(note, notebook))


def _form(data: dict[str, Any], length: int) -> tuple[dict[str, Any] | None, str]:
    """The first form of a display that shows something, and what there is to say about it."""
    for kind in _FORMS:
        text = text_of(data.get(kind))
        if not text.strip():
            continue
        if kind.startswith("image/"):
            if len(text) > PICTURE:
                return None, f"A picture of {size_text(len(text) * 3 // 4)} is left out."
            return _display(kind, text), ""
        if kind == "text/html":
            text, note = _cut_html(text, length)
            text = clean_html(text)  # here, so that what is left open in it swallows nothing that follows
            if not _TAG.sub("", text).strip() and "<img" not in text:
                if note:
                    return None, note
                continue  # a script was all there was
            return _display(kind, text), note
        text, note = cut_text(text, min(length, SOURCE) if kind == "text/markdown" else length)
        return _display(kind, text), note
    kinds = ", ".join(str(kind) for kind in list(data)[:3])[:100]
    return None, f"An output cannot be shown here ({kinds or 'of an unknown kind'})."


def _cut_html(html: str, length: int) -> tuple[str, str]:
    kept, size, note = [], 0, ""
    for part in _IMAGE.split(html):
        if _IMAGE.fullmatch(part):
            large = len(part) > PICTURE
            note = f"A picture of {size_text(len(part) * 3 // 4)} is left out." if large else note
            kept.append("" if large else part)
        elif size + len(part) > length:
            begin = part[: length - size]
            kept.append(begin[: begin.rfind("<")] if begin.rfind("<") > begin.rfind(">") else begin)
            return "".join(kept), f"Cut: the first {size_text(length)} of {size_text(len(html))} are shown."
        else:
            kept.append(part)
            size += len(part)
    return "".join(kept), note


def _display(kind: str, text: str) -> dict[str, Any]:
    return {"output_type": "display_data", "data": {kind: text}, "metadata": {}}


def _sizes(output: dict[str, Any]) -> tuple[int, int]:
    """Characters of text, and of pictures, of an output that is shown."""
    data = output.get("data", {})
    texts = [output.get("text", ""), *output.get("traceback", []), *(text for kind, text in data.items() if kind.startswith("text/"))]
    pictures = sum(len(text) for kind, text in data.items() if kind.startswith("image/"))
    within = sum(len(image) for text in texts for image in _IMAGE.findall(text))
    return sum(map(len, texts)) - within, pictures + within
