"""Annotations for other programs and back, without loss: W3C JSON-LD, CSV for spreadsheets, JSON as Hypothesis has it."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from .anchors import Quote, find_quote
from .annotation import CONTEXT, KINDS, Annotation, from_w3c, to_w3c
from .codebook import spell_stance
from .errors import CourseError
from .parameters import check_choice

MOTIVATIONS = (
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting",
    "identifying", "linking", "moderating", "questioning", "replying", "tagging",
)  # fmt: skip
CODES = tuple(dict.fromkeys(code for kind in KINDS.values() for code in kind.codes))
# The W3C context knows none of our names, and a program that reads JSON-LD drops what no context declares.
TERMS = {name: f"urn:alliance-notebooks:{name}" for name in ("kind", *CODES, "coder", "note")}
COLUMNS = ("id", "passage", "exact", "prefix", "suffix", "kind", *CODES, "coder", "note")
# What a spreadsheet takes for a formula. An apostrophe before it makes it text; one more where there are some already.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[+\-−]?\d+")
Marks = tuple[Annotation, ...]


def export_annotations(marks: Iterable[Annotation], format: str, passages: Mapping[str, str] | None = None) -> str:
    """The annotations as the text of a file.

    Parameters
    ----------
    marks : iterable of Annotation
        What to write, in this order.
    format : str
        ``"jsonld"`` (a W3C AnnotationPage), ``"csv"`` (for spreadsheets, with a byte order mark) or ``"hypothesis"``
        (rows as the Hypothesis API has them).
    passages : mapping, optional
        Texts by passage id: phrases found in them get a TextPositionSelector too (code points into the passage).

    Raises
    ------
    ParameterError
        When there is no such format.

    Examples
    --------
    >>> mark = Annotation("X1", "a:p01", Quote("an ally"), "provision", {"provision": "=1+1"})
    >>> import_annotations(export_annotations([mark], "csv"), "csv") == (mark,)
    True
    """
    return FORMATS[check_choice("format", format, FORMATS)][0](marks, passages or {})


def import_annotations(text: str, format: str, where: str = "") -> Marks:
    """The annotations that a file in one of the formats of :func:`export_annotations` holds.

    Raises
    ------
    ParameterError
        When there is no such format.
    CourseError
        When the text is not of this format, or an item is no annotation of the course; the item is named.
    """
    return FORMATS[check_choice("format", format, FORMATS)][1](text, where)


def to_page(marks: Iterable[Annotation], passages: Mapping[str, str] | None = None, id: str = "annotations.jsonld") -> dict[str, Any]:
    """The annotations as a W3C AnnotationPage (a JSON-LD object), whose context declares our names for codes too."""
    items = []
    for mark in marks:
        item = {name: value for name, value in to_w3c(mark).items() if name != "@context"}
        item["target"]["selector"] = _selectors(mark, passages or {})
        items.append(item)
    return {"@context": [CONTEXT, TERMS], "id": id, "type": "AnnotationPage", "startIndex": 0, "items": items}


def check_page(data: Any) -> list[str]:
    """What an AnnotationPage lacks of what the W3C model requires, one line each; empty when it is valid.

    Examples
    --------
    >>> check_page({"@context": "http://www.w3.org/ns/anno.jsonld", "id": "x", "type": "AnnotationPage", "items": [{"id": "E1"}]})
    ["item 1 (E1): type is not 'Annotation'", 'item 1 (E1): there is no target']
    """
    if not isinstance(data, dict):
        return ["the page is no object"]
    problems = [] if CONTEXT in _listed(data.get("@context")) else [f"@context does not name {CONTEXT}"]
    if not isinstance(data.get("id"), str):
        problems.append("the page has no id")
    if "AnnotationPage" not in _listed(data.get("type")):
        problems.append("type is not 'AnnotationPage'")
    if not isinstance(data.get("items"), list):
        return [*problems, "there is no list of items"]
    for number, item in enumerate(data["items"], start=1):
        problems += [f"{_name('item', number, item)}: {problem}" for problem in _lacks(item)]
    return problems


def _lacks(item: Any) -> Iterator[str]:
    if not isinstance(item, dict):
        yield "it is no object"
        return
    if not isinstance(item.get("id"), str):
        yield "there is no id"
    if "Annotation" not in _listed(item.get("type")):
        yield "type is not 'Annotation'"
    if not _listed(item.get("target")):
        yield "there is no target"
    for name in [*_listed(item.get("motivation")), *(one.get("purpose") for one in _listed(item.get("body")) if isinstance(one, dict))]:
        if name is not None and name not in MOTIVATIONS:
            yield f"{name!r} is no motivation of the model"
    for body in _listed(item.get("body")):
        if not isinstance(body, str | dict):
            yield "a body is neither an address nor an object"
        elif isinstance(body, dict) and "TextualBody" in _listed(body.get("type")) and not isinstance(body.get("value"), str):
            yield "a textual body has no value"
    for target in _listed(item.get("target")):
        yield from _target_lacks(target)


def _target_lacks(target: Any) -> Iterator[str]:
    if isinstance(target, str):
        return
    if not isinstance(target, dict) or not isinstance(target.get("source", target.get("id")), str):
        yield "a target has no source"
        return
    for selector in _listed(target.get("selector")):
        kind = selector.get("type") if isinstance(selector, dict) else None
        if isinstance(selector, dict) and kind is None:
            yield "a selector has no type"
        elif kind == "TextQuoteSelector" and not all(isinstance(selector.get(name, ""), str) for name in ("prefix", "suffix")):
            yield "the context of a quote is no text"
        elif kind == "TextQuoteSelector" and not isinstance(selector.get("exact"), str):
            yield "a quote has no exact text"
        elif kind == "TextPositionSelector":
            start, end = selector.get("start"), selector.get("end")
            if type(start) is not int or type(end) is not int or not 0 <= start <= end:
                yield "a position has no start and end in whole numbers"


def _write_jsonld(marks: Iterable[Annotation], passages: Mapping[str, str]) -> str:
    return json.dumps(to_page(marks, passages), ensure_ascii=False, indent=1) + "\n"


def _read_jsonld(text: str, where: str) -> Marks:
    page = _json(text, where)
    if problems := check_page(page):
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise CourseError(f"not a W3C AnnotationPage: {problems[0]}{more}", where=where)
    return tuple(from_w3c(item, _at(where, "item", number, item)) for number, item in enumerate(page["items"], start=1))


def _write_csv(marks: Iterable[Annotation], _: Mapping[str, str]) -> str:
    file = io.StringIO(newline="")
    file.write("\ufeff")  # without it Excel takes UTF-8 for something else
    table = csv.DictWriter(file, COLUMNS, restval="", quoting=csv.QUOTE_ALL)
    table.writeheader()
    for mark in marks:
        cells = {"id": mark.id, "passage": mark.passage, **vars(mark.quote), "kind": mark.kind, "coder": mark.coder, "note": mark.note}
        table.writerow({name: _cell(value) for name, value in {**cells, **mark.codes}.items()})
    return file.getvalue()


def _read_csv(text: str, where: str) -> Marks:
    text = text.removeprefix("\ufeff")
    header = text.partition("\n")[0]
    # Where the comma is the decimal sign, spreadsheets save with semicolons.
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count), strict=True)
    marks = []
    try:
        if missing := [name for name in COLUMNS if name not in (table.fieldnames or ())]:
            raise CourseError(f"column {missing[0]!r} is missing", where=where, todo=f"the columns are {', '.join(COLUMNS)}")
        for number, row in enumerate(table, start=1):
            at = _at(where, "row", number, row)
            if None in row or None in row.values():
                raise CourseError(f"the row does not have {len(table.fieldnames or ())} cells", where=at)
            cells = {name: _text(cell) for name, cell in row.items()}
            quote = Quote(cells["exact"], cells["prefix"], cells["suffix"])
            marks.append(_annotation(cells, cells["id"], cells["passage"], quote, at))
    except csv.Error as error:
        raise CourseError(f"not valid CSV: {error}", where=where) from None
    return tuple(marks)


def _cell(value: str | int) -> str:
    if isinstance(value, int):
        return spell_stance(value)
    return f"'{value}" if _FORMULA.match(value) else value


def _text(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _write_hypothesis(marks: Iterable[Annotation], passages: Mapping[str, str]) -> str:
    rows = [
        {
            "id": mark.id,
            "uri": mark.passage,
            "text": mark.note,
            "tags": [f"{name}:{_tag(value)}" for name, value in {"kind": mark.kind, **mark.codes, "coder": mark.coder}.items()],
            "group": "__world__",
            "permissions": {"read": ["group:__world__"]},
            "target": [{"source": mark.passage, "selector": _selectors(mark, passages)}],
            "document": {"title": [mark.article]},
            "references": [],
        }
        for mark in marks
    ]
    return json.dumps({"total": len(rows), "rows": rows}, ensure_ascii=False, indent=1) + "\n"


def _read_hypothesis(text: str, where: str) -> Marks:
    data = _json(text, where)
    rows = data.get("rows") if isinstance(data, dict) else data
    if not isinstance(rows, list):
        raise CourseError("not annotations of Hypothesis: there is no list of rows", where=where)
    marks = []
    for number, row in enumerate(rows, start=1):
        at = _at(where, "row", number, row)
        try:
            codes = dict(tag.split(":", 1) for tag in row["tags"] if ":" in tag)
            quotes = [one for one in row["target"][0]["selector"] if one["type"] == "TextQuoteSelector"]
            quote = Quote(quotes[0]["exact"], quotes[0].get("prefix", ""), quotes[0].get("suffix", ""))
            id, passage, note = row["id"], row["uri"], row.get("text", "")
        except (KeyError, IndexError, TypeError, AttributeError) as error:
            raise CourseError(f"not an annotation of Hypothesis with a quote ({error})", where=at) from None
        if "kind" not in codes or "coder" not in codes:
            raise CourseError("there is no tag for its kind or coder", where=at, todo="tag it as in kind:provision, provision:…, coder:…")
        marks.append(_annotation({**codes, "note": note}, id, passage, quote, at))
    return tuple(marks)


def _annotation(codes: Mapping[str, Any], id: str, passage: str, quote: Quote, where: str) -> Annotation:
    """The annotation whose codes stand as text among others; whole numbers may carry a sign, as spreadsheets write it."""
    known = KINDS[codes["kind"]].codes if codes["kind"] in KINDS else {}
    own: dict[str, Any] = {name: codes[name] for name in known if name in codes}
    for name, value in own.items():
        if known[name] is int and _NUMBER.fullmatch(value):
            own[name] = int(value.replace("−", "-"))
    try:
        return Annotation(id, passage, quote, codes["kind"], own, codes["coder"], codes["note"])
    except CourseError as error:
        raise CourseError(error.what, where=where, todo=error.todo) from None


def _selectors(mark: Annotation, passages: Mapping[str, str]) -> list[dict[str, Any]]:
    selectors: list[dict[str, Any]] = [to_w3c(mark)["target"]["selector"]]
    if place := find_quote(passages.get(mark.passage, ""), mark.quote):
        selectors.append({"type": "TextPositionSelector", "start": place[0], "end": place[1]})
    return selectors


def _tag(value: str | int) -> str:
    return spell_stance(value) if isinstance(value, int) else value


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _name(what: str, number: int, item: Any) -> str:
    id = item.get("id") if isinstance(item, dict) else None
    return f"{what} {number} ({id})" if isinstance(id, str) and id else f"{what} {number}"


def _at(where: str, what: str, number: int, item: Any) -> str:
    return ", ".join(filter(None, [where, _name(what, number, item)]))


def _json(text: str, where: str) -> Any:
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except (json.JSONDecodeError, RecursionError) as error:
        raise CourseError(f"not valid JSON: {error}", where=where) from None


FORMATS: Mapping[str, tuple[Callable[[Iterable[Annotation], Mapping[str, str]], str], Callable[[str, str], Marks]]] = {
    "jsonld": (_write_jsonld, _read_jsonld),
    "csv": (_write_csv, _read_csv),
    "hypothesis": (_write_hypothesis, _read_hypothesis),
}
