"""Small parts of Markdown pages: a table, a definition."""

from collections.abc import Iterable


def table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    r"""A table in Markdown; an empty cell is a dash.

    Examples
    --------
    >>> print(table(["code", "name"], [["FRA", "a | b"], ["", "–"]]))
    | code | name |
    | --- | --- |
    | FRA | a \| b |
    | – | – |
    """
    head = list(columns)
    return "\n".join(map(_row, [head, ["---"] * len(head), *rows]))


def definition(term: str, *texts: str) -> str:
    """A term with its definitions, as a list of definitions has it; an empty text is left out."""
    return "\n".join([term, *(f": {text}" for text in texts if text)])


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join((cell or "–").replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
