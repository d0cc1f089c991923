"""Consultations drawn, and on the same time axis the invocations of mutual-defence clauses."""

from datetime import date

import pandas as pd
from matplotlib.axes import Axes

from .drawing import BLUE, GREEN, ORANGE, finish, new_canvas, to_days
from .tables import consultation_table, with_confidence
from .treaties import provisions
from .views import View, say

# What a row of the table of consultations is, how it is marked, and what the legend says.
_OCCASIONS = {"consultation": ("s", BLUE, "consultation"), "other occasion": ("x", ORANGE, "other occasion, often counted as one")}
_STEP = "step of an invocation"
_MOST_NAMES = 2  # in the label of a mark


def draw_consultations(table: pd.DataFrame, steps: pd.DataFrame | None = None) -> View:
    """Dated consultations: squares for those that were asked for, crosses for occasions that are miscounted as such.

    Parameters
    ----------
    table : pandas.DataFrame
        See :func:`helpers.events.consultations`.
    steps : pandas.DataFrame, optional
        See :func:`helpers.events.invocations`. Each clause that was invoked gets a line above the consultations, with a
        diamond for each step.

    Examples
    --------
    >>> from helpers.events import consultations, invocations
    >>> view = draw_consultations(consultations("2003-12-31"), invocations("NAT-5", "2003-12-31"))
    >>> view.text.split(". ")[1]
    'NATO Article 5 invoked, steps as diamonds: 7'
    """
    clauses = _name_clauses(steps)
    if table.empty and not clauses:
        return say("No consultations up to this day.")
    table = table.reset_index(drop=True)  # the row is the place on the figure
    days = to_days(table["date"])
    everything = pd.concat([days, *(to_days(own["date"]) for own in clauses.values())])
    figure, axes = new_canvas(height=0.9 + 0.34 * (len(table) + len(clauses) + 0.5 * bool(clauses)))
    for line, (name, own) in enumerate(clauses.items()):
        _draw_steps(axes, line - len(clauses), name, own, everything)
    for kind, (mark, colour, label) in _OCCASIONS.items():
        own = table["kind"] == kind
        if own.any():
            axes.scatter(days[own], table.index[own], marker=mark, color=colour, s=48, label=label, zorder=3)
    for row, names in enumerate(consultation_table(table)["asked by"]):
        _label(axes, f"{table['date'][row]}  {_short(names)}", days[row], row, everything)
    axes.set_yticks([])
    axes.set_ylim(len(table) - 0.4, -0.6 - len(clauses) - 0.5 * bool(clauses))
    axes.margins(x=0.06)
    axes.set_title("Consultations, by day of request (or of meeting)" + (", and invocations" if clauses else ""), loc="left")
    axes.legend(fontsize=8, loc="upper center", bbox_to_anchor=(0.5, -0.1), ncols=3, frameon=False)
    counted = int((table["kind"] == "consultation").sum())
    invoked = "".join(f" {name} invoked, steps as diamonds: {len(own)}." for name, own in clauses.items())
    alt = f"Dated marks, one line each.{invoked} Consultations as squares: {counted}; other occasions as crosses: {len(table) - counted}."
    files = "seeds/events/consultations.csv" + (" and invocations.csv" if clauses else "")
    return finish(figure, alt, f"Unit: days. Sources: {files}, row by row.", _beside(table, clauses))


def _name_clauses(steps: pd.DataFrame | None) -> dict[str, pd.DataFrame]:
    if steps is None or steps.empty:
        return {}
    names = provisions()[["provision", "name"]].drop_duplicates().set_index("provision")["name"]
    return {names[id]: own for id, own in steps.groupby("provision", sort=False)}


def _draw_steps(axes: Axes, line: int, name: str, own: pd.DataFrame, everything: pd.Series) -> None:
    days = to_days(own["date"])
    label = None if axes.get_legend_handles_labels()[1] else _STEP  # one entry for all clauses
    axes.plot([days.min(), days.max()], [line, line], color=GREEN, linewidth=1.2, zorder=2)
    axes.scatter(days, [line] * len(days), marker="D", facecolors="white", edgecolors=GREEN, s=40, label=label, zorder=3)
    span = " to ".join(dict.fromkeys([own["date"].iloc[0], own["date"].iloc[-1]]))
    _label(axes, f"{span}  {name} invoked", days.min(), line, everything, above=True)


def _label(axes: Axes, text: str, day: date, line: int, everything: pd.Series, *, above: bool = False) -> None:
    """Text beside a mark, or above it: on its left where the mark stands far to the right."""
    left = day > everything.min() + (everything.max() - everything.min()) * 0.5
    offset = (4 if left else -4, 8) if above else (-9 if left else 9, 0)
    axes.annotate(
        text, (day, line), xytext=offset, textcoords="offset points",
        va="bottom" if above else "center", ha="right" if left else "left", fontsize=8.5,
    )  # fmt: skip


def _short(names: str) -> str:
    """Who asked, short enough for a label: more than two states are counted, and named in the table beside the figure."""
    count = len(names.split(", ")) if names else 0
    return f"{count} states" if count > _MOST_NAMES else names or "nobody asked, or not reported"


def _beside(table: pd.DataFrame, clauses: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The table beside the figure: the steps of each invocation, then the consultations."""
    shown = consultation_table(table)
    if not clauses:
        return shown
    rows = [
        {"date": step.date, "asked by": "–", "occasion": step.step, "kind": f"{name}: {_STEP}", "confidence": step.confidence}
        for name, own in clauses.items()
        for step in own.itertuples()
    ]
    shown = shown.drop(columns="outcome")  # which a step has not
    return pd.concat([with_confidence(pd.DataFrame(rows, columns=shown.columns)), shown], ignore_index=True)
