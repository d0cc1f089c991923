"""Contributions drawn: what was given when, and how much of it is known at all."""

from datetime import date

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from .drawing import COLOURS, GREY, MARKS, finish, new_canvas, tick_days, to_days
from .events import UNDER_CLAUSE
from .parameters import check_choice, check_date
from .tables import with_confidence
from .treaties import members_at, state_names
from .views import View

_REPORTS = {
    "reported under the clause": "#9CC9E3",
    "reported, not (surely) under it": "#F3B68C",
    "listed, but not verified": "#DDDDDD",
    "no row: not reported": "white",
    "asked for the aid": "#8FD6BF",
}


def draw_contributions(table: pd.DataFrame, asked: date | str | None = None, state: str | None = None) -> View:
    """What was given when: one row a state, one mark a contribution, shaped by kind; blanks stay visible.

    Parameters
    ----------
    table : pandas.DataFrame
        See :func:`helpers.events.contributions`.
    asked : datetime.date or str, optional
        The day on which aid was asked for, drawn as a dashed line.
    state : str, optional
        Alpha-3 code of a state whose name is set in bold, and which has a line even where the table has no row of it.

    Returns
    -------
    View
        Filled marks were given under the clause; hollow ones outside it, or relabelled, or not known to be under it (``under``).

    Raises
    ------
    ParameterError
        When the state is unknown.

    Examples
    --------
    >>> from helpers.events import contributions
    >>> draw_contributions(contributions("SWE"), asked="2015-11-17").text.splitlines()[0]
    'Figure: 4 dated contributions of 1 states, one row a state, by kind, in the table’s order.'
    """
    table = table.assign(undated=table["date"] == "").sort_values(["undated", "date", "name"], kind="stable")
    chosen = "" if state is None else state_names()[check_choice("state", state, state_names())]
    states: list[str] = list(dict.fromkeys(table["name"]))
    states += [chosen] if chosen and chosen not in states else []
    known = table[(table["contribution"] != "") & ~table["undated"]]
    figure, axes = new_canvas(height=1.5 + 0.4 * len(states))
    _scatter_kinds(axes, known, states)
    if asked is not None:
        day = pd.Timestamp(check_date("asked", asked))
        axes.axvline(day, color=GREY, linestyle="--", linewidth=1)
        axes.annotate("aid asked for", (day, -0.5), xytext=(4, 3), textcoords="offset points", fontsize=8, color=GREY)
    axes.set_yticks(range(len(states)), states, fontsize=9)
    for label in axes.get_yticklabels():
        label.set_fontweight("bold" if label.get_text() == chosen else "normal")
    axes.set_ylim(max(len(states), 1) - 0.5, -0.5)
    for row, name in enumerate(states):
        text = _unseen(table[table["name"] == name])
        axes.text(
            0.99, row, text, transform=axes.get_yaxis_transform(), va="center", ha="right", fontsize=8, style="italic",
            color=GREY, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
        )  # fmt: skip
    axes.grid(axis="y", color="#EEEEEE")
    axes.set_title("Reported contributions, by day announced", loc="left", pad=14)
    if len(known):
        tick_days(axes, to_days(known["date"]), most=6)
        figure.legend(fontsize=8, loc="outside lower center", ncols=8, frameon=False, handletextpad=0.2, columnspacing=1.2)
    alt = f"{len(known)} dated contributions of {known['state'].nunique()} states, one row a state, by kind, in the table’s order."
    caption = (
        "Unit: one mark a contribution, whatever its size. "
        "Hollow: outside the clause, relabelled as help under it, or not known to be under it. "
        "Sources: seeds/events/contributions.csv, row by row."
    )
    return finish(figure, alt, caption, with_confidence(_fold_blanks(table)))


def draw_reporting(table: pd.DataFrame, day: date | str, orgs: tuple[str, str], asker: str, state: str | None = None) -> View:
    """What is known of each member's aid, not how much it gave: one tile a state, one row a degree of knowledge.

    ``table`` is :func:`helpers.events.contributions`. ``orgs`` are the organisation whose members on that ``day`` owed
    aid, and another one; members outside the latter get a dot. ``asker`` is the state that asked for aid, ``state`` one
    whose tile gets a thick frame (both alpha-3).

    Examples
    --------
    >>> from helpers.events import contributions
    >>> draw_reporting(contributions(), "2015-11-17", ("EU", "NATO"), "FRA").text.splitlines()[2]
    'reported under the clause | 7 | Finland, Germany, Ireland, Lithuania, Luxembourg, Sweden, United Kingdom'
    """
    groups: dict[str, list[str]] = {label: [] for label in _REPORTS}
    names, allies = state_names(), members_at(day, orgs[1])
    for code in sorted(members_at(day, orgs[0]), key=lambda code: names[code]):
        groups["asked for the aid" if code == asker else _degree(table[table["state"] == code])].append(code)
    figure, axes = new_canvas(height=0.7 + 0.5 * len(groups))
    for row, (label, colour) in enumerate(_REPORTS.items()):
        for column, code in enumerate(groups[label]):
            _draw_tile(axes, column, row, code if code in allies else f"{code} •", colour, chosen=code == state)
    axes.set_xlim(0, max(map(len, groups.values())) + 0.1)
    axes.set_ylim(len(groups), 0)
    axes.set_xticks([])
    axes.set_yticks([row + 0.5 for row in range(len(groups))], [f"{label} ({len(groups[label])})" for label in groups], fontsize=9)
    axes.tick_params(length=0)
    axes.set_title(f"What our data know of each member’s aid (•: outside {orgs[1]})", loc="left")
    counts = "; ".join(f"{label}, {len(own)}" for label, own in groups.items())
    alt = f"One tile a member state in rows by what is known of its aid: {counts}."
    caption = (
        f"Unit: states, members of {orgs[0]} on {day}. A row says what is known, not how much was given. "
        "Sources: seeds/events/contributions.csv, row by row."
    )
    rows = [(label, len(own), ", ".join(names[code] for code in own)) for label, own in groups.items()]
    return finish(figure, alt, caption, pd.DataFrame(rows, columns=["what is known", "states", "which"]))


def _scatter_kinds(axes: Axes, known: pd.DataFrame, states: list[str]) -> None:
    # Contributions of one state on one day are set side by side around its line, or they would hide each other.
    place = known.groupby(["name", "date"]).cumcount()
    size = known.groupby(["name", "date"])["name"].transform("size")
    rows = known["name"].map(states.index) + 0.26 * (place - (size - 1) / 2)
    days = to_days(known["date"])
    for number, kind in enumerate(sorted(set(known["kind"]))):
        mark, colour = MARKS[number % 7], COLOURS[number % 7]
        axes.scatter([], [], marker=mark, color=colour, s=40, label=kind)
        for inside in (True, False):
            own = (known["kind"] == kind) & ((known["under"] == UNDER_CLAUSE) == inside)
            axes.scatter(days[own], rows[own], marker=mark, facecolors=colour if inside else "white", edgecolors=colour, s=36, zorder=3)
    if (known["under"] != UNDER_CLAUSE).any():
        axes.scatter([], [], marker="o", facecolors="white", edgecolors=GREY, s=40, label="hollow: not surely under the clause")


def _fold_blanks(table: pd.DataFrame) -> pd.DataFrame:
    # States with nothing but a listing share one row, or they would fill half the table with "not reported".
    shown = table[["name", "date", "under", "kind", "contribution", "confidence"]]
    blank = shown[shown["contribution"] == ""]
    if len(blank) < 2:
        return shown
    row = blank.iloc[:1].assign(name=", ".join(blank["name"]))
    return pd.concat([shown[shown["contribution"] != ""], row], ignore_index=True)


def _draw_tile(axes: Axes, column: int, row: int, text: str, colour: str, *, chosen: bool) -> None:
    width, weight = (2.6, "bold") if chosen else (0.8, "normal")
    axes.add_patch(Rectangle((column + 0.06, row + 0.1), 0.88, 0.8, facecolor=colour, edgecolor="black", linewidth=width))
    axes.text(column + 0.5, row + 0.5, text, ha="center", va="center", fontsize=8, weight=weight)


def _unseen(own: pd.DataFrame) -> str:
    if own.empty:
        return "no row"
    undated = int(((own["contribution"] != "") & own["undated"]).sum())
    if undated:
        return f"{undated} more, day not reported" if undated < len(own) else "day not reported"
    return "listed, but not verified" if (own["contribution"] == "").all() else ""


def _degree(own: pd.DataFrame) -> str:
    under = set(own.loc[own["contribution"] != "", "under"])
    labels = list(_REPORTS)
    return labels[0] if UNDER_CLAUSE in under else labels[1] if under else labels[2] if len(own) else labels[3]
