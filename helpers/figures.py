"""Tables drawn: every figure comes with alternative text, a caption with its source, and the table it shows.

The front door to all figures of the course.
"""

from datetime import date, timedelta

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from .codebook import load_codebook
from .drawing import BLUE, COLOURS, GREY, MARKS, ORANGE, RED, finish, new_canvas, tick_days
from .figures_contributions import draw_contributions, draw_reporting
from .figures_pairs import draw_gaps, tally_pairs
from .parameters import check_date
from .tables import format_range, matrix_table, with_confidence
from .treaties import members_at, memberships
from .views import View, paragraph

__all__ = [
    "draw_consultations",
    "draw_contributions",
    "draw_gaps",
    "draw_matrix",
    "draw_members",
    "draw_reporting",
    "draw_timeline",
    "tally_pairs",
]

_STANCES = {-2: RED, -1: "#F3B68C", 0: "#F2F2F2", 1: "#9CC9E3", 2: BLUE}
# What a row of the table of consultations is, how it is marked, and what the legend says.
_OCCASIONS = {"consultation": ("s", BLUE, "consultation"), "other occasion": ("x", ORANGE, "other occasion, often counted as one")}


def draw_timeline(events: pd.DataFrame, title: str = "What happened, and when") -> View:
    """Events on a time axis, one line each with its text, marked by kind.

    ``events`` needs the columns ``date, event, kind, confidence`` (see :func:`helpers.events.timeline`).
    """
    if events.empty:
        return View("No events on these days.", paragraph("No events on these days."))
    events = events.reset_index(drop=True)  # the row is the place on the figure
    figure, axes = new_canvas(height=0.9 + 0.3 * len(events))
    days = pd.to_datetime(events["date"])
    for number, kind in enumerate(sorted(set(events["kind"]))):
        own = events["kind"] == kind
        axes.scatter(days[own], events.index[own], marker=MARKS[number % 7], color=COLOURS[number % 7], s=42, label=kind, zorder=3)
    for row, day in zip(events.itertuples(), days, strict=True):
        text = row.event if len(row.event) < 76 else row.event[:73].rsplit(" ", 1)[0] + " …"
        axes.annotate(text, (day, row.Index), xytext=(8, 0), textcoords="offset points", va="center", fontsize=8)
    span = max((days.max() - days.min()).days, 1)
    axes.set_xlim(days.min() - pd.Timedelta(days=0.05 * span), days.max() + pd.Timedelta(days=1.9 * span))
    axes.set_ylim(len(events) - 0.4, -0.6)
    axes.set_yticks([])
    tick_days(axes, days, most=3)
    axes.set_title(title, loc="left")
    axes.legend(fontsize=8, ncols=5, loc="upper center", bbox_to_anchor=(0.5, -0.06), frameon=False)
    alt = (
        f"Timeline of {len(events)} events from {events['date'].min()} to {events['date'].max()}, one row each, in the order of the table."
    )
    return finish(
        figure,
        alt,
        f"{title}. Sources are named event by event in seeds/events/timeline.csv.",
        with_confidence(events[["date", "event", "kind", "confidence"]]),
    )


def draw_members(org: str, as_of: date | str) -> View:
    """The number of members of an organisation over time as steps, with a mark on one day."""
    day = check_date("as_of", as_of).isoformat()
    table = with_confidence(memberships(org))
    left = [date.fromisoformat(last) + timedelta(days=1) for last in table["left"] if last]  # the last day still counts
    changes = [change for change in sorted({*table["joined"], *map(str, left)}) if change <= day] + [day]
    counts = [len(members_at(change, org)) for change in changes]
    figure, axes = new_canvas(height=3.0)
    axes.step(pd.to_datetime(changes), counts, where="post", color=BLUE)
    axes.axvline(pd.Timestamp(day), color=GREY, linestyle="--")
    axes.annotate(
        f"{day}: {counts[-1]} members", (pd.Timestamp(day), 1), xytext=(-6, 0), textcoords="offset points", ha="right", color=GREY
    )
    axes.set_ylim(0, max(counts) + 6)
    axes.set_ylabel("member states")
    axes.set_title(f"Members of {org} over time", loc="left")
    grouped = table[table["joined"] <= day].groupby("joined")
    shown = pd.DataFrame(
        {
            "from": [str(joined) for joined, _ in grouped],
            "joined": [", ".join(part["name"]) for _, part in grouped],
            "confidence": [", ".join(dict.fromkeys(part["confidence"])) for _, part in grouped],
        }
    )
    alt = f"Step line of the number of {org} members: {counts[-1]} on {day}, marked by a dashed line; the steps are in the table."
    return finish(figure, alt, f"Members of {org}. Unit: states. Sources: seeds/treaties/memberships.csv, row by row.", shown)


def draw_consultations(table: pd.DataFrame) -> View:
    """Dated consultations: squares for those that were asked for, crosses for occasions that are miscounted as such."""
    if table.empty:
        return View("No consultations up to this day.", paragraph("No consultations up to this day."))
    table = table.reset_index(drop=True)  # the row is the place on the figure
    figure, axes = new_canvas(height=0.9 + 0.34 * len(table))
    days = pd.to_datetime(table["date"], format="ISO8601")
    for kind, (mark, colour, label) in _OCCASIONS.items():
        own = table["kind"] == kind
        if own.any():
            axes.scatter(days[own], table.index[own], marker=mark, color=colour, s=48, label=label, zorder=3)
    for row, day in zip(table.itertuples(), days, strict=True):
        text = f"{row.date}  {row.requested_by.replace(' ', ', ') or 'nobody asked, or not reported'}"
        left = day > days.min() + (days.max() - days.min()) * 0.6
        axes.annotate(
            text, (day, row.Index), xytext=(-9 if left else 9, 0), textcoords="offset points",
            va="center", ha="right" if left else "left", fontsize=8.5,
        )  # fmt: skip
    axes.set_yticks([])
    axes.set_ylim(len(table) - 0.4, -0.6)
    axes.margins(x=0.06)
    axes.set_title("Consultations, by day of request (or of meeting)", loc="left")
    axes.legend(fontsize=8, loc="upper center", bbox_to_anchor=(0.5, -0.1), ncols=2, frameon=False)
    counted = int((table["kind"] == "consultation").sum())
    others = f"other occasions as crosses: {len(table) - counted}"
    alt = f"Dated marks in the order of the table. Consultations as squares: {counted}; {others}."
    shown = table[["date", "requested_by", "occasion", "outcome", "kind", "confidence"]].rename(columns={"requested_by": "asked by"})
    return finish(figure, alt, "Consultations. Sources: seeds/events/consultations.csv, row by row.", with_confidence(shown))


def draw_matrix(table: pd.DataFrame, title: str = "Reported positions") -> View:
    """Positions as an actor by issue matrix: the stance or its range in words and colour, blanks hatched.

    ``table`` comes from :func:`helpers.stances.positions`.
    """
    book = load_codebook()
    actors, issues = list(dict.fromkeys(table["actor"])), list(dict.fromkeys(table["issue"]))
    figure, axes = new_canvas(height=1.6 + 0.52 * len(actors))
    for cell in table.itertuples():
        _draw_cell(axes, issues.index(cell.issue), actors.index(cell.actor), cell)
    axes.set_xlim(0, len(issues))
    axes.set_ylim(len(actors), 0)
    axes.set_xticks(
        [at + 0.5 for at in range(len(issues))], [book.issues[code].label for code in issues], rotation=35, ha="right", fontsize=8.5
    )
    axes.set_yticks([at + 0.5 for at in range(len(actors))], [book.actors[code].name for code in actors], fontsize=9)
    axes.tick_params(length=0)
    axes.set_title(title, loc="left")
    filled = table[table["passages"] > 0]
    alt = (
        f"Matrix of {len(actors)} actors by {len(issues)} issues: {len(filled)} cells hold a stance or a range, "
        f"{len(table) - len(filled)} are hatched because nothing is reported."
    )
    ends = " to ".join(f"{format_range(end, end)} {book.stances[end].label}" for end in (min(book.stances), max(book.stances)))
    caption = f"{title}. {ends}; hatched: {book.blank}. Source: coded passages of the articles."
    return finish(figure, alt, caption, matrix_table(filled))


def _draw_cell(axes: Axes, column: int, row: int, cell) -> None:
    if cell.passages == 0:
        axes.add_patch(Rectangle((column, row), 1, 1, facecolor="white", edgecolor="#CCCCCC", hatch="////", linewidth=0.5))
        return
    low, high = int(cell.low), int(cell.high)
    axes.add_patch(Rectangle((column, row), 0.5, 1, facecolor=_STANCES[low]))
    axes.add_patch(Rectangle((column + 0.5, row), 0.5, 1, facecolor=_STANCES[high]))
    axes.add_patch(Rectangle((column, row), 1, 1, fill=False, edgecolor="#555555", linewidth=0.8))
    text = format_range(low, high).replace(" to ", "\nto ")
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1.2, "alpha": 0.9}
    axes.text(column + 0.5, row + 0.5, text, ha="center", va="center", fontsize=8.5, bbox=box)
