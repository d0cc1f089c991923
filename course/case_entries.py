"""The entries of a case's files, each with the place where it stands: ``file:line``, for findings that lead there."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.annotation import REFERENCE, Annotation, from_w3c, load_coders
from helpers.articles import load_catalogue
from helpers.files import data_of, read_json_lines, read_rows, read_text, read_toml
from helpers.paths import seeds_folder


@dataclass(frozen=True)
class Entry:
    """One row, table or annotation of a file, with its place."""

    where: str
    data: Any


def read_entries(name: str, table: str = "") -> list[Entry]:
    """The entries of a file of the case, in the file's order.

    Parameters
    ----------
    name : str
        A CSV or TOML file, as seen from the case's folder.
    table : str
        For TOML the array of tables, with dots where arrays lie in arrays (``items.options``).

    Raises
    ------
    SeedError
        When the file is missing or malformed.
    """
    path = seeds_folder() / name
    return _csv_entries(path) if path.suffix == ".csv" else _toml_entries(path, table)


def read_marks() -> list[tuple[str, Annotation]]:
    """All annotations of all coders, each with its place."""
    marks = []
    for coder in load_coders():
        for article in [entry["id"] for entry in load_catalogue()["articles"]]:
            path = seeds_folder() / "annotations" / ("" if coder == REFERENCE else coder) / f"{article}.jsonl"
            for number, data in read_json_lines(path) if path.is_file() else ():
                where = f"{path}:{number}"
                marks.append((where, from_w3c(data, where)))
    return marks


def find_line(path: Path, pattern: str) -> str:
    """The place of the first line that the pattern matches from its start; the file alone when none does.

    Examples
    --------
    >>> find_line(seeds_folder() / "states.csv", "code,").rpartition("/")[2]
    'states.csv:1'
    """
    lines = read_text(path).split("\n") if path.is_file() else []
    number = next((number for number, line in enumerate(lines, start=1) if re.match(pattern, line)), None)
    return f"{path}:{number}" if number else str(path)


def _csv_entries(path: Path) -> list[Entry]:
    rows = read_rows(path)
    # A quoted cell may hold line ends: the reader knows where a row ends, so where the next begins.
    reader = csv.reader(io.StringIO(read_text(path).removeprefix("\ufeff"), newline=""))
    starts, end = [], 0
    for cells in reader:
        starts += [end + 1] if cells else []
        end = reader.line_num
    return [Entry(f"{path}:{start}", row) for start, row in zip(starts[1:], rows, strict=True)]


def _toml_entries(path: Path, table: str) -> list[Entry]:
    with data_of(path):
        found = list(_tables([read_toml(path)], table.split(".")))
    heading = re.compile(rf"\s*\[\[\s*{re.escape(table)}\s*\]\]")
    numbers = [number for number, line in enumerate(read_text(path).split("\n"), start=1) if heading.match(line)]
    # Tables written in line have no heading of their own.
    places = [f"{path}:{number}" for number in numbers] if len(numbers) == len(found) else [str(path)] * len(found)
    return [Entry(place, data) for place, data in zip(places, found, strict=True)]


def _tables(parents: list[dict[str, Any]], names: list[str]) -> Iterator[dict[str, Any]]:
    for parent in parents:
        own = parent.get(names[0], [])
        if not isinstance(own, list) or not all(isinstance(one, dict) for one in own):
            raise TypeError(f"{names[0]} is no [[{names[0]}]]")
        yield from own if len(names) == 1 else _tables(own, names[1:])
