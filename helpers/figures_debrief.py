"""A class's results drawn: agreement, splitting passages, forecast scores, misconceptions, evidence that moved.

Every figure takes a table of :mod:`helpers.debrief` and the words that say who the class is
(:func:`helpers.class_answers.describe_class`); no figure names a learner.
"""

from textwrap import shorten, wrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from .codebook import load_codebook
from .drawing import BLUE, GREY, finish, new_canvas, stance_shade
from .tables import format_range
from .views import View, say

_BASELINE = 0.25  # the Brier score of always saying one half
_BIN = 0.05  # of the Brier score
_DARK = "#333333"


def draw_agreement(table: pd.DataFrame, source: str) -> View:
    """Alpha code by code: a filled circle among the learners, a hollow square against the reference, N beside each row.

    Codes of one unit have no alpha; the caption counts them, lesson by lesson.
    """
    if table.empty:
        return say("Nobody in this class has coded a passage.")
    alone = table[table["units"] < 2].groupby("lesson").size()
    rest = f"One unit only, so not drawn: {', '.join(f'{count} of lesson {lesson}' for lesson, count in alone.items()) or 'none'}."
    table = table[table["units"] > 1].reset_index(drop=True)  # the row is the place on the figure
    if table.empty:
        return say(rest)
    figure, axes = new_canvas(height=1.5 + 0.36 * len(table))
    axes.axvline(0, color=GREY, linestyle=":", linewidth=1)
    axes.scatter(table["alpha"], table.index, marker="o", s=60, color=BLUE, zorder=3, label="learners among themselves")
    square = {"marker": "s", "s": 74, "facecolors": "none", "edgecolors": _DARK, "linewidths": 1.4}
    axes.scatter(table["alpha_reference"], table.index, zorder=2, label="learners against the reference", **square)
    low = min(-0.3, table[["alpha", "alpha_reference"]].min().min() - 0.1)
    for row in table.itertuples():
        text = f"{_number(row.units, 'unit')}, {_number(row.coders, 'coder')}" + (f"; {row.remark}" if row.remark else "")
        axes.text(1.05, row.Index, text, va="center", fontsize=8.5)
    axes.set_xlim(low, 1.8)
    axes.set_xticks([-0.25, 0, 0.25, 0.5, 0.75, 1])
    axes.set_xlabel("Krippendorff’s alpha (1: all alike, 0: as by chance)", fontsize=9)
    _rows(axes, [f"{row.what} ({row.lesson})" for row in table.itertuples()])
    _legend(axes, -0.9 / figure.get_figheight())
    axes.set_title("How far the class agrees, code by code", loc="left")
    alt = (
        f"Dot plot of alpha for {len(table)} codes: {int(table['alpha'].notna().sum())} have a value among the learners, "
        f"the others say why not; units and coders stand beside each row."
    )
    caption = f"Agreement by code, lesson in brackets. Unit: alpha. {rest}"
    shown = _rounded(table, ["alpha", "same", "alpha_reference"]).rename(columns={"alpha_reference": "reference"})
    columns = ["lesson", "what", "level", "units", "coders", "alpha", "same", "reference"]
    told = shown.assign(remark=shown["remark"].replace("", "–"))[[*columns, "remark"]] if any(shown["remark"]) else shown[columns]
    return _finish(figure, alt, caption, source, told)


def draw_splits(table: pd.DataFrame, source: str, most: int = 6) -> View:
    """The passages that split the class: a bar of the stances chosen, each part with its stance and its number."""
    if table.empty:
        return say("Nobody in this class has coded a stance.")
    shown, scale = table.head(most).reset_index(drop=True), load_codebook().stances
    figure, axes = new_canvas(height=1.1 + 0.52 * len(shown))
    for row in shown.itertuples():
        left = 0
        for stance, count in row.codes:
            colour, hatch = stance_shade(stance, scale)
            axes.barh(row.Index, count, left=left, height=0.7, color=colour, hatch=hatch, edgecolor=_DARK, linewidth=0.8)
            box = {"facecolor": "white", "edgecolor": "none", "pad": 1, "alpha": 0.92}
            text = f"{format_range(stance)}\n×{count}" if count > 0.035 * shown["n"].max() else ""  # else the table tells
            axes.text(left + count / 2, row.Index, text, ha="center", va="center", fontsize=8, linespacing=0.9, bbox=box if text else None)
            left += count
        axes.text(left + 0.012 * shown["n"].max(), row.Index, f"{row.steps:.2f}", va="center", fontsize=9)
    _rows(axes, [f"{row.evidence}  {row.passage}\n{row.issue}" for row in shown.itertuples()])
    axes.set_xlim(0, (shown["n"].max() or 1) * 1.1)
    axes.set_xlabel("learners; at the right the mean difference of two learners, in steps", fontsize=9)
    axes.set_title("The passages that split the class", loc="left")
    alt = (
        f"Stacked bars of the stances chosen for {len(shown)} passages, the most split first; each part is labelled with stance and number."
    )
    told = " · ".join
    codes = [told(f"{format_range(stance)}: {count}" for stance, count in row.codes) for row in shown.itertuples()]
    columns = ["evidence", "passage", "issue", "n", "none", "steps"]
    caption = f"Stances from {format_range(min(scale), max(scale))} and how many chose them, {len(shown)} of {len(table)} coded passages."
    return _finish(figure, alt, caption, source, _rounded(shown[columns].assign(chosen=codes), ["steps"]))


def draw_scores(scores: pd.DataFrame, source: str) -> View:
    """The learners' mean Brier scores as a histogram, with the score of always saying one half."""
    if scores.empty:
        return say("Nobody in this class has given a forecast whose outcome is known.")
    bins = (scores["brier"] / _BIN + 1e-9).astype(int)  # 0.15 / 0.05 falls short of 3
    counts = bins.value_counts().sort_index()
    figure, axes = new_canvas(height=3.0)
    axes.bar(counts.index * _BIN, counts, width=_BIN * 0.94, align="edge", color=BLUE, edgecolor=_DARK, linewidth=0.8)
    for at, count in counts.items():
        axes.text((at + 0.5) * _BIN, count + 0.1, str(count), ha="center", va="bottom", fontsize=9)
    axes.axvline(_BASELINE, color=_DARK, linestyle="--", linewidth=1.2)
    axes.text(_BASELINE + 0.008, counts.max() * 1.22, f"always one half: {_BASELINE}", va="top", fontsize=9)
    axes.set_xlim(0, max(0.55, float(scores["brier"].max()) + 0.08))
    axes.set_ylim(0, counts.max() * 1.28)
    axes.set_xlabel("a learner’s mean Brier score (0: sure and right, 1: sure and wrong)", fontsize=9)
    axes.set_ylabel("learners", fontsize=9)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_title("How the forecasts scored", loc="left")
    better = int((scores["brier"] < _BASELINE).sum())
    alt = f"Histogram of the mean Brier scores of {len(scores)} learners: {better} are below 0.25, the score of always saying one half."
    rows = [(f"{at * _BIN:.2f} to {(at + 1) * _BIN:.2f}", count) for at, count in counts.items()]
    caption = f"Mean Brier scores over {_span(scores['forecasts'])} forecasts each. Unit: learners."
    return _finish(figure, alt, caption, source, pd.DataFrame(rows, columns=["mean Brier score", "learners"]))


def draw_misconceptions(table: pd.DataFrame, source: str, most: int = 8) -> View:
    """The misconceptions chosen most: a bar for the share, a line for its 95 % interval, and how many of how many."""
    if table.empty:
        return say("Nobody in this class has chosen a wrong option.")
    shown = table.head(most).reset_index(drop=True)
    figure, axes = new_canvas(height=1.1 + 0.42 * len(shown))
    axes.barh(shown.index, shown["share"] * 100, height=0.6, color="#A9CBE3", edgecolor=_DARK, linewidth=0.8)
    errors = [(shown["share"] - shown["low"]) * 100, (shown["high"] - shown["share"]) * 100]
    axes.errorbar(shown["share"] * 100, shown.index, xerr=errors, fmt="none", ecolor=_DARK, capsize=3, linewidth=1.2)
    for row in shown.itertuples():
        axes.text(row.high * 100 + 1.2, row.Index, f"{row.chosen} of {row.n}", va="center", fontsize=9)
    _rows(axes, ["\n".join(wrap(f"{row.item}: {shorten(row.misconception, 72, placeholder=' …')}", 40)) for row in shown.itertuples()])
    axes.set_xlim(0, min(115, float(shown["high"].max()) * 100 + 14))
    axes.set_xlabel("per cent of those who answered; the line is a 95 % interval (Wilson)", fontsize=9)
    axes.set_title("Misconceptions, by how many chose them", loc="left")
    top = shown.iloc[0]
    alt = f"Bar chart of {len(shown)} misconceptions, the most frequent first: {top['chosen']} of {top['n']} chose it in {top['item']}."
    caption = f"Wrong options of marked items, {len(shown)} of {len(table)}. Unit: per cent of those who answered."
    return _finish(figure, alt, caption, source, _rounded(shown, ["share", "low", "high"]))


def draw_revisions(table: pd.DataFrame, source: str, most: int = 10) -> View:
    """What left the memos (hatched, to the left) and what came into them (to the right), by piece of evidence."""
    if table.empty or not (table["dropped"] + table["added"]).any():
        return say("Nobody in this class wrote both memos and changed their evidence.")
    shown = table[table["dropped"] + table["added"] > 0].head(most).reset_index(drop=True)
    figure, axes = new_canvas(height=1.3 + 0.34 * len(shown))
    axes.barh(shown.index, -shown["dropped"], height=0.66, color="#E8B48A", hatch="//", edgecolor=_DARK, linewidth=0.8, label="dropped")
    axes.barh(shown.index, shown["added"], height=0.66, color="#1F5A87", edgecolor=_DARK, linewidth=0.8, label="added")
    reach = 1.12 * max(shown["dropped"].max(), shown["added"].max())
    for row in shown.itertuples():
        for count, sign in ((row.dropped, -1), (row.added, 1)):
            if count:
                axes.text(sign * (count + 0.02 * reach), row.Index, str(count), va="center", ha="left" if sign > 0 else "right", fontsize=9)
    axes.axvline(0, color=_DARK, linewidth=1)
    axes.spines["left"].set_visible(False)
    axes.set_xlim(-reach, reach)
    axes.set_xticks([])
    _rows(axes, [f"{row.evidence}  {shorten(row.what, 44, placeholder=' …')}" for row in shown.itertuples()])
    _legend(axes, -0.25 / figure.get_figheight())
    axes.set_title("Evidence that left the memos, and that came in", loc="left")
    n = int(shown["n"].iloc[0])
    alt = f"Bars to the left for dropped, to the right for added evidence, {len(shown)} pieces, in the order of the table; {n} memo pairs."
    caption = f"First memo against review memo, {n} learners wrote both. Unit: learners."
    return _finish(figure, alt, caption, source, shown)


def _finish(figure: Figure, alt: str, caption: str, source: str, table: pd.DataFrame) -> View:
    # On the picture, too: a picture of made-up data must say so wherever it is copied to.
    figure.supxlabel(f"Source: {source}", fontsize=8, x=0.01, ha="left", color=_DARK)
    return finish(figure, alt, f"{caption} Source: {source}.", table)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'s'[: count != 1]}"


def _rows(axes: Axes, labels: list[str]) -> None:
    axes.set_yticks(range(len(labels)), labels, fontsize=8.5)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)


def _legend(axes: Axes, below: float) -> None:
    axes.legend(fontsize=8.5, ncols=2, loc="upper center", bbox_to_anchor=(0.4, below), frameon=False)


def _rounded(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    # A small negative number is 0.00 and not −0.00.
    texts = {
        name: ["" if pd.isna(value) else f"{round(value, 2) + 0.0:.2f}".replace("-", "−") for value in table[name]] for name in columns
    }
    table = table.assign(**texts)
    return table.assign(**{name: [text or "not defined" for text in table[name]] for name in columns})


def _span(numbers: pd.Series) -> str:
    low, high = int(numbers.min()), int(numbers.max())
    return str(low) if low == high else f"{low} to {high}"
