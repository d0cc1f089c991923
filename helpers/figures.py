"""Tables drawn: every figure comes with alternative text, a caption with its source, and the table it shows.

The front door to all figures of the course.
"""

from datetime import date, timedelta

import pandas as pd

from .drawing import BLUE, GREY, finish, new_canvas
from .figures_agreement import draw_codings, draw_reliability
from .figures_consultations import draw_consultations
from .figures_contributions import draw_contributions, draw_reporting
from .figures_debrief import draw_agreement, draw_misconceptions, draw_revisions, draw_scores, draw_splits
from .figures_explanations import draw_weights
from .figures_forecasts import draw_expected_scores, draw_forecasts
from .figures_matrix import draw_matrix
from .figures_pairs import draw_gaps, show_cells, tally_pairs
from .figures_publication import draw_reach
from .figures_seats import draw_seats
from .figures_timeline import draw_timeline
from .figures_versions import draw_alignment
from .parameters import check_date
from .tables import with_confidence
from .treaties import members_at, memberships
from .views import View

__all__ = [
    "draw_agreement",
    "draw_alignment",
    "draw_codings",
    "draw_consultations",
    "draw_contributions",
    "draw_expected_scores",
    "draw_forecasts",
    "draw_gaps",
    "draw_matrix",
    "draw_members",
    "draw_misconceptions",
    "draw_reach",
    "draw_reliability",
    "draw_reporting",
    "draw_revisions",
    "draw_scores",
    "draw_seats",
    "draw_splits",
    "draw_timeline",
    "draw_weights",
    "show_cells",
    "tally_pairs",
]


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
