"""The seats of a Council drawn: how much is reported of each."""

import pandas as pd
from matplotlib.ticker import MaxNLocator

from .drawing import BLUE, GREY, ORANGE, finish, new_canvas
from .views import View, say

# What is counted of a seat, how its bar is filled, and what the legend says.
_BARS = {"coded": (BLUE, "", "codes on passages about it"), "own_events": (ORANGE, "///", "dated events that name it")}


def draw_seats(table: pd.DataFrame) -> View:
    """Two bars for each seat: codes of it, and dated events that name it; a zero is told in words.

    ``table`` comes from :func:`helpers.seat_packs.tabulate_seats`.
    """
    if table.empty:
        return say("There are no seats.")
    figure, axes = new_canvas(height=1.2 + 0.5 * len(table))
    for row in table.reset_index(drop=True).itertuples():
        for side, (name, (colour, hatch, label)) in enumerate(_BARS.items()):
            count, place = getattr(row, name), row.Index + 0.38 * side - 0.19
            axes.barh(place, count, height=0.36, color=colour, hatch=hatch, edgecolor="white", label=label if row.Index == 0 else None)
            axes.annotate(
                str(count) if count else "none", (count, place), xytext=(4, 0), textcoords="offset points",
                va="center", fontsize=8, color="black" if count else GREY,
            )  # fmt: skip
    axes.set_yticks(range(len(table)), list(table["name"]), fontsize=9)
    axes.set_ylim(len(table) - 0.5, -0.5)
    axes.set_xlim(0, 1.08 * max(1, table[[*_BARS]].to_numpy().max()))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel("codes, events")
    axes.set_title("What is reported of each seat by its day", loc="left")
    axes.legend(fontsize=8, loc="lower right", frameon=False)
    silent = ", ".join(table.loc[table["coded"] == 0, "name"]) or "no seat"
    alt = f"Two bars for each of {len(table)} seats, codes and dated events, as in the table. No code: {silent}."
    caption = "What is reported of each seat. Unit: codes and events. Sources: seeds/annotations and seeds/events/timeline.csv."
    columns = {"name": "seat", **{name: label for name, (_, _, label) in _BARS.items()}}
    return finish(figure, alt, caption, table[[*columns]].rename(columns=columns))
