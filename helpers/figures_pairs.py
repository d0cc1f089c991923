"""Pairs of actors drawn and tallied: on which issues two can be compared at all, and how far apart they are reported."""

import pandas as pd
from matplotlib.axes import Axes

from .codebook import load_codebook
from .drawing import COLOURS, GREY, MARKS, finish, new_canvas
from .tables import format_range
from .views import View, say, table_html, table_text

_NO_PAIR = "There is no pair to compare: choose at least two actors."
_NO_CELL = "No cell differs."


def draw_gaps(pairs: pd.DataFrame, title: str = "Who is reported where, issue by issue") -> View:
    """The ranges that can be compared, on the scale −2 to +2: what lies between two bars is their gap.

    ``pairs`` comes from :func:`helpers.stances.compare`. An issue on which fewer than two actors are reported is left
    out of the picture and named in the caption; with nothing to compare, the view is that sentence alone.

    Examples
    --------
    >>> from helpers.stances import compare
    >>> draw_gaps(compare(["USA", "RUS"], ["TARGETIS"])).text.splitlines()[-1]
    'United States | Russia | Russia should hit IS | +2 | −1 | 3 | E30 E29 E44 E45'
    """
    book, shown = load_codebook(), pairs[pairs["gap"].notna()]
    left_out = [book.issues[code].label for code in dict.fromkeys(pairs["issue"]) if code not in set(shown["issue"])]
    rest = f"Not comparable, fewer than two reported: {', '.join(left_out) or 'none'}."
    if shown.empty:
        return say(_NO_PAIR if pairs.empty else rest)
    ranges, actors = _ranges(shown), list(dict.fromkeys([*pairs["first"], *pairs["second"]]))
    figure, axes = new_canvas(height=1.4 + 0.27 * len(ranges))
    widest = shown.groupby("issue")["gap"].max()
    for row, (actor, issue, low, high) in enumerate(ranges):
        _draw_range(axes, row, (low, high), actors.index(actor), book.actors[actor].name)
        if row == 0 or issue != ranges[row - 1][1]:
            axes.axhline(row - 0.5, color="#CCCCCC", linewidth=0.8)
            for down, words, size in ((0, book.issues[issue].label, 8.5), (1, f"widest gap: {widest[issue]}", 8)):
                axes.text(-0.02, row + down, words, transform=axes.get_yaxis_transform(), ha="right", va="center", fontsize=size)
    axes.axvline(0, color=GREY, linestyle=":", linewidth=1, zorder=0)
    axes.set_xlim(-2.3, 3.4)
    axes.set_ylim(len(ranges) - 0.5, -0.5)
    axes.set_yticks([])
    labels = ["\n".join([format_range(value), *code.label.split(" ", 1)]) for value, code in book.stances.items()]
    axes.set_xticks(list(book.stances), labels, fontsize=8)
    axes.set_title(title, loc="left")
    alt = f"Bars from the lowest to the highest reported stance: {len(ranges)} bars on {shown['issue'].nunique()} issues, grouped by issue."
    caption = f"{title}. A mark is a stance, a bar a range; the empty stretch between two is their gap, in steps of the scale. {rest} "
    return finish(figure, alt, caption + "Source: coded passages.", pair_table(shown))


def _draw_range(axes: Axes, row: int, ends: tuple[int, int], number: int, name: str) -> None:
    colour, mark = COLOURS[number % 7], MARKS[number % 7]  # the name beside a bar tells more actors apart than marks can
    axes.plot(ends, [row, row], color=colour, marker=mark, markersize=9, linewidth=5)
    box = {"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.85}
    axes.annotate(name, (ends[1], row), xytext=(10, 0), textcoords="offset points", va="center", fontsize=8.5, bbox=box)


def pair_table(pairs: pd.DataFrame) -> pd.DataFrame:
    """Compared pairs as a table to read: ``first, second, issue, first stands, second stands, gap, evidence``."""
    book = load_codebook()
    return pd.DataFrame(
        {
            "first": [book.actors[code].name for code in pairs["first"]],
            "second": [book.actors[code].name for code in pairs["second"]],
            "issue": [book.issues[code].label for code in pairs["issue"]],
            "first stands": [_stance(*ends) for ends in zip(pairs["first_low"], pairs["first_high"], strict=True)],
            "second stands": [_stance(*ends) for ends in zip(pairs["second_low"], pairs["second_high"], strict=True)],
            "gap": ["" if pd.isna(gap) else str(gap) for gap in pairs["gap"]],
            "evidence": [" ".join(ids) for ids in pairs["evidence"]],
        }
    )


def tally_pairs(pairs: pd.DataFrame) -> View:
    """How many issues each pair can be compared on: both reported (overlapping or apart), one not reported, both not reported.

    Examples
    --------
    >>> from helpers.stances import compare
    >>> print(tally_pairs(compare(["USA", "RUS"])).text.splitlines()[-1])
    United States | Russia | 12 | 5 | 2 | 3 | 6 | 1
    """
    if pairs.empty:
        return say(_NO_PAIR)
    book = load_codebook()
    rows = []
    for (first, second), own in pairs.groupby(["first", "second"], sort=False):
        silent, gaps = own["silent"].map(len), own["gap"].dropna()
        counts = [len(own), len(gaps), int((gaps == 0).sum()), int((gaps > 0).sum()), int((silent == 1).sum()), int((silent == 2).sum())]
        rows.append([book.actors[first].name, book.actors[second].name, *counts])
    columns = ["first", "second", "issues", "both reported", "overlapping", "apart", "one not reported", "both not reported"]
    table = pd.DataFrame(rows, columns=columns)
    return View(table_text(table), table_html(table, "Issues on which a pair can be compared"))


def show_cells(table: pd.DataFrame, first: str = "first", second: str = "second", caption: str = "Cells that differ") -> View:
    """The cells in which two tables of positions differ, in words; a sentence where none does.

    ``table`` comes from :func:`helpers.stances.compare_cells`; ``first`` and ``second`` name its two sides.

    Examples
    --------
    >>> from helpers.stances import compare_cells, positions
    >>> coders = [positions(["USA"], ["GROUND"], coder=coder) for coder in ("reference", "second")]
    >>> print(show_cells(compare_cells(*coders), "by one", "by the other").text.splitlines()[-1])
    United States | Western ground troops | −2 to −1 | −2 to +2 | E27 E26 | second/E27 second/E26
    """
    if table.empty:
        return say(_NO_CELL)
    book = load_codebook()
    shown = pd.DataFrame(
        {
            "actor": [book.actors[code].name for code in table["actor"]],
            "issue": [book.issues[code].label for code in table["issue"]],
            first: [_stance(*ends) for ends in zip(table["first_low"], table["first_high"], strict=True)],
            second: [_stance(*ends) for ends in zip(table["second_low"], table["second_high"], strict=True)],
            f"evidence, {first}": [" ".join(ids) for ids in table["first_evidence"]],
            f"evidence, {second}": [" ".join(ids) for ids in table["second_evidence"]],
        }
    )
    return View(table_text(shown, blank="–"), table_html(shown, caption, blank="–"))


def _ranges(shown: pd.DataFrame) -> list[tuple[str, str, int, int]]:
    found = {}
    for pair in shown.itertuples():
        found[pair.issue, pair.first] = (int(pair.first_low), int(pair.first_high))
        found[pair.issue, pair.second] = (int(pair.second_low), int(pair.second_high))
    issues = list(load_codebook().issues)
    return [(actor, issue, *ends) for (issue, actor), ends in sorted(found.items(), key=lambda item: issues.index(item[0][0]))]


def _stance(low, high) -> str:
    return "" if pd.isna(low) else format_range(low, high)
