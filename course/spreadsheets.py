"""Tables that go to a spreadsheet and come back: nothing in them is computed, and what was typed is read as it was saved.

CSV after RFC 4180 in UTF-8. A spreadsheet computes a cell that begins like a formula, also one that a learner wrote; such a
cell gets an apostrophe in front, which spreadsheets read as "this is text".
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from helpers.errors import CourseError

MARK = codecs.BOM_UTF8.decode()
LIMIT = 16_000_000  # bytes
_DELIMITERS = ",;\t"  # German, French and other spreadsheets save with semicolons
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# Also the wide forms, which some spreadsheets take for the narrow ones; blanks and signs that nobody sees do not protect.
_FORMULA = re.compile(r"[\s\x00-\x1f\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")


def plain_cell(value: object) -> str:
    r"""The cell as text that no spreadsheet computes; a number of ours stays a number.

    Examples
    --------
    >>> plain_cell("=1+1"), plain_cell(" -2"), plain_cell(-2), plain_cell("k7-fox"), plain_cell("'=1+1")
    ("'=1+1", "' -2", '-2', 'k7-fox', "'=1+1")
    """
    text = str(value)
    return f"'{text}" if _FORMULA.match(text) and not isinstance(value, int | float) else text


def write_csv(rows: Iterable[Sequence[object]], mark: bool = False) -> str:
    r"""The rows as CSV; with ``mark``, a byte order mark stands first, by which Excel knows UTF-8 on a double click.

    Examples
    --------
    >>> write_csv([["learner", "note"], ["k7-fox", "@home, early"]])
    'learner,note\r\nk7-fox,"\'@home, early"\r\n'
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerows([plain_cell(cell).replace("\0", "") for cell in row] for row in rows)
    return MARK * mark + file.getvalue()


def read_csv(path: Path) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """The header, and the rows with the lines that they begin in, of a table that a spreadsheet saved.

    Commas, semicolons or tabs part the cells; UTF-8, UTF-16 with its mark or, where it is neither, Windows-1252. Cells that
    a row lacks are empty, and empty rows are left out.

    Raises
    ------
    CourseError
        When the file cannot be read, is too large, holds no table, or a row has more cells than the header.
    """
    text = _read_text(path)
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=head.count))
    rows, header, done = [], [], 0
    try:
        header = [name.strip() for name in next(reader, [])]
        done = reader.line_num
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((done + 1, cells))
            done = reader.line_num
    except csv.Error as error:
        raise CourseError(f"is no CSV: {error}", where=f"{path}:{reader.line_num}", todo="save it as CSV, UTF-8") from None
    for line, cells in rows:
        if len(cells) > len(header) and any(cells[len(header) :]):
            raise CourseError(f"has {len(cells)} cells, the header {len(header)}", where=f"{path}:{line}", todo="mend the row")
    if not header:
        raise CourseError("is empty", where=str(path), todo="give a CSV file with a header")
    return header, [(line, dict(zip(header, [*cells, *[""] * len(header)], strict=False))) for line, cells in rows]


def read_header(path: Path) -> list[str]:
    """The first row of a CSV file of ours; empty when it is none, or no file that can be read.

    Examples
    --------
    >>> read_header(Path("no-such.csv"))
    []
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return next(csv.reader([file.readline(100_000)]), [])
    except (OSError, ValueError, csv.Error):
        return []


def _read_text(path: Path) -> str:
    try:
        if not path.is_file():
            raise CourseError("is no file", where=str(path), todo="give a CSV file")
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except OSError as error:
        raise CourseError(error.strerror or "cannot be read", where=str(path), todo="make it readable for you") from None
    if len(data) > LIMIT:
        raise CourseError(f"is larger than {LIMIT // 1_000_000} MB", where=str(path), todo="give the table alone")
    if data.startswith(b"PK"):
        raise CourseError("is a workbook, not CSV", where=str(path), todo="save it as CSV, UTF-8")
    encoding = next((name for sign, name in _MARKS.items() if data.startswith(sign)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
