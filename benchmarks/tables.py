"""Rows as Markdown, for everything that a benchmark prints or docs/quality.md states."""

from collections.abc import Iterable, Sequence
from typing import Any


def as_table(head: Sequence[Any], rows: Iterable[Sequence[Any]]) -> str:
    """Rows as a Markdown table, each line ended."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(str(cell).replace('|', '/') for cell in line)} |\n" for line in lines)
