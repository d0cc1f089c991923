"""Agreement drawn: alpha with the number of units behind it, and the stances of several coders line by line."""

from textwrap import fill

import pandas as pd
from matplotlib.axes import Axes

from .codebook import load_codebook
from .drawing import BLUE, COLOURS, GREY, MARKS, finish, new_canvas
from .tables import format_range
from .views import View, say

_FEW = 10  # units; below, one code more or less moves alpha far
# A rule of thumb that the course has not checked, and the figure says so.
_THUMB = (0.667, 0.8)
_PLAIN = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}
_APART = 0.22  # rows between the marks of one line


def draw_reliability(table: pd.DataFrame, title: str = "Agreement with the reference coding") -> View:
    """Alpha, one line a code and part, with the number of units in words; hollow where the units are few.

    ``table`` comes from :func:`helpers.codings.tabulate_agreement`.
    """
    if table.empty:
        return say("There is nothing to compare yet: the two have coded no phrase in common.")
    table = table.reset_index(drop=True)  # the row is the place on the figure
    figure, axes = new_canvas(height=1.5 + 0.27 * len(table))
    low = min(-0.1, table["alpha"].min(skipna=True) - 0.1) if table["alpha"].notna().any() else -0.1
    for row in table.itertuples():
        _draw_row(axes, row)
    for value in _THUMB:
        axes.axvline(value, color=GREY, linestyle="--", linewidth=1)
        axes.text(value, -0.75, f".{round(value * 1000):03d}", ha="center", va="bottom", fontsize=8, color="#555555")
    axes.text(0.86, -0.75, "rule of thumb, unverified", ha="left", va="bottom", fontsize=8, color="#555555")
    axes.axvline(0, color=GREY, linewidth=1)
    axes.set_xlim(low, 1.42)
    axes.set_ylim(len(table) - 0.4, -0.8)
    axes.set_yticks(list(table.index), [_name(row) for row in table.itertuples()], fontsize=8.5)
    axes.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1], ["0\nchance", "0.2", "0.4", "0.6", "0.8", "1\nperfect"], fontsize=8)
    axes.set_xlabel("Krippendorff’s alpha (no unit)", fontsize=9)
    axes.set_title(title, loc="left", pad=18)
    missing = int(table["alpha"].isna().sum())
    told = f"hollow where n is below {_FEW}; {missing} lines in words, alpha not being defined"
    alt = f"Dots for alpha, one line each, {len(table)} lines; {told}."
    caption = (
        f"{title}. n: units that count. Hollow dots: fewer than {_FEW} units. Dashed: .667 and .800, a rule of thumb that is "
        "unverified for this course. Source: coded passages of the articles."
    )
    return finish(figure, alt, caption, agreement_table(table))


def agreement_table(table: pd.DataFrame) -> pd.DataFrame:
    """Agreement as a table to read: names in words, shares and alpha with two decimals."""
    return pd.DataFrame(
        {
            "code": list(table["code"]),
            "part": [_part(row) for row in table.itertuples()],
            "metric": list(table["level"]),
            "n": list(table["n"]),
            "left out": list(table["left_out"]),
            "coded alike": ["" if pd.isna(share) else f"{share:.2f}" for share in table["agreement"]],
            "alpha": [_alpha(row) for row in table.itertuples()],
        }
    )


def draw_codings(table: pd.DataFrame, title: str = "The same phrases, several coders") -> View:
    """The stances of several coders on a scale, one line a phrase; a line joins those that differ.

    ``table`` comes from :func:`helpers.codings.line_up`; what is no stance ("no evidence") stands right of the scale.
    """
    if table.empty:
        return say("Nothing is drawn yet: code some passages first.")
    table = table.reset_index(drop=True)
    book, coders = load_codebook(), list(table.columns[4:])
    scale = {format_range(value): float(value) for value in book.stances}
    aside = max(scale.values()) + 1
    figure, axes = new_canvas(height=1.6 + 0.36 * len(table))
    for number, coder in enumerate(coders):
        shift = _APART * (number - (len(coders) - 1) / 2)
        places = [scale.get(told, aside) for told in table[coder]]
        rows = [at + shift for at in table.index]
        axes.scatter(places, rows, marker=MARKS[number], color=COLOURS[number], s=44, label=coder, zorder=3)
    for row, told in zip(table.index, table[coders].to_numpy().tolist(), strict=True):
        places = [scale[one] for one in told if one in scale]
        axes.plot([min(places), max(places)], [row, row], color="#BBBBBB", linewidth=5, zorder=1, solid_capstyle="butt")
        axes.axhline(row + 0.5, color="#DDDDDD", linewidth=0.6, zorder=0)
    names = [f"{row.unit}  {book.actors[row.actor].name}: {book.issues[row.issue].label}" for row in table.itertuples()]
    axes.set_yticks(list(table.index), names, fontsize=8)
    ends = sorted(scale, key=lambda name: scale[name])
    labels = [f"{name}\n{fill(book.stances[int(scale[name])].label, 10)}" for name in ends]
    axes.set_xticks([*(scale[name] for name in ends), aside], [*labels, "no stance\nto compare"], fontsize=8)
    axes.set_xlim(min(scale.values()) - 0.4, aside + 0.4)
    axes.set_ylim(len(table) - 0.4, -0.6)
    axes.set_title(title, loc="left", pad=22)
    axes.legend(fontsize=8, ncols=len(coders), loc="lower left", bbox_to_anchor=(0, 1), frameon=False, borderaxespad=0)
    alike = sum(len(set(told)) == 1 for told in table[coders].to_numpy().tolist())
    alt = f"Marks for {len(coders)} coders on {len(table)} phrases, one line each; on {alike} of them all marks stand on the same stance."
    actors, issues = [book.actors[code].name for code in table["actor"]], [book.issues[code].label for code in table["issue"]]
    shown = table.assign(actor=actors, issue=issues)
    return finish(figure, alt, f"{title}. Grey: from the lowest to the highest stance. Source: coded passages, saved answers.", shown)


def _draw_row(axes: Axes, row) -> None:
    if pd.isna(row.alpha):
        axes.text(0.02, row.Index, f"not defined: {row.remark}", va="center", fontsize=8, style="italic", bbox=_PLAIN)
    else:
        face = BLUE if row.n >= _FEW else "white"
        axes.plot([0, row.alpha], [row.Index, row.Index], color="#CCCCCC", linewidth=1.5, zorder=1)
        axes.scatter([row.alpha], [row.Index], s=46, facecolor=face, edgecolor=BLUE, linewidth=1.6, zorder=3)
    left = f", {row.left_out} left out" if row.left_out else ""
    axes.text(1.07, row.Index, f"n = {row.n}{left}", va="center", fontsize=8.5)


def _name(row) -> str:
    return f"{row.code}: {_part(row)}"


def _part(row) -> str:
    issues = load_codebook().issues
    return issues[row.part].label if row.part in issues else row.part


def _alpha(row) -> str:
    return f"not defined: {row.remark}" if pd.isna(row.alpha) else f"{row.alpha:.2f}".replace("-", "−")
