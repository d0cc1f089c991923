"""Forecasts drawn: committed probabilities beside what happened, and what a probability may be expected to cost."""

import pandas as pd

from .drawing import BLUE, GREY, ORANGE, finish, new_canvas
from .views import View, say

_EMPTY = "The log is empty: no probability is committed yet."
_WIDEST = 94  # characters of a question in the figure
_STEPS = 5  # of the curve's rows, one goes into the table


def draw_forecasts(log: pd.DataFrame, title: str = "Forecast log") -> View:
    """Probabilities as dots on a scale from 0 to 1, each tied to what happened (a square), its Brier score in numbers.

    ``log`` comes from :func:`helpers.forecasts.forecast_log` or :func:`helpers.forecasts.score_forecasts`. A forecast
    that is open has a hollow dot and no square. With an empty log the view is a sentence.

    Examples
    --------
    >>> from helpers.forecasts import score_forecasts
    >>> print(draw_forecasts(score_forecasts([("Rain by noon?", 0.8, True)])).text.splitlines()[-1])
    Rain by noon? | 0.80 | yes | 0.040
    """
    if log.empty:
        return say(_EMPTY)
    figure, axes = new_canvas(height=1.5 + 0.55 * len(log))
    for place, row in enumerate(log.itertuples()):
        _draw_forecast(axes, place, row)
    handles = [
        axes.scatter([], [], marker="o", color=BLUE, s=60, label="stated probability of yes"),
        axes.scatter([], [], marker="o", facecolor="white", edgecolor=BLUE, s=60, label="stated, still open"),
        axes.scatter([], [], marker="s", facecolor="white", edgecolor=ORANGE, linewidth=2, s=70, label="what happened"),
    ]
    axes.set_xlim(-0.05, 1.3)
    axes.set_ylim(len(log) - 0.35, -0.75)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_bounds(0, 1)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0\nno", "0.25", "0.5", "0.75", "1\nyes"], fontsize=8.5)
    axes.text(1.1, -0.62, "Brier score", fontsize=8.5, va="center", color="#444444")
    axes.set_title(title, loc="left")
    axes.legend(handles=handles, fontsize=8, loc="upper center", bbox_to_anchor=(0.4, -0.1 - 0.3 / len(log)), ncols=3, frameon=False)
    done = int(log["score"].notna().sum())
    alt = f"Dots on a scale from 0 to 1, one row a forecast: {len(log)} committed, {done} resolved and tied to a square at 0 or 1."
    caption = f"{title}. Brier score: squared distance between dot and square; 0 is best, 1 worst. {_sources(log)}"
    return finish(figure, alt, caption, log_table(log))


def draw_expected_scores(table: pd.DataFrame, belief: float) -> View:
    """The expected Brier score against the probability that one states, with its lowest point marked.

    ``table`` comes from :func:`helpers.forecasts.expected_scores` for the same ``belief``.
    """
    best = table.loc[table["expected"].idxmin()]
    figure, axes = new_canvas(height=3.2)
    axes.plot(table["stated"], table["expected"], color=BLUE)
    axes.scatter([best["stated"]], [best["expected"]], marker="s", s=70, color=ORANGE, zorder=3)
    axes.axvline(belief, color=GREY, linestyle="--", linewidth=1)
    text = f"lowest at {best['stated']:.2f}: {best['expected']:.2f}"
    axes.annotate(text, (best["stated"], best["expected"]), xytext=(8, -14), textcoords="offset points", fontsize=8.5)
    axes.text(belief - 0.01, table["expected"].max(), f"belief {belief:g}", ha="right", va="top", fontsize=8.5, color="#444444")
    axes.set_ylim(0, float(table["expected"].max()) * 1.08)
    axes.set_xlabel("stated probability of yes", fontsize=9)
    axes.set_ylabel("expected Brier score", fontsize=9)
    axes.set_title(f"What a statement may be expected to cost, if you believe {belief:g}", loc="left")
    lowest, highest = table["expected"].min(), table["expected"].max()
    alt = (
        f"A bowl-shaped curve over the stated probability: {highest:.2f} at its highest, {lowest:.2f} at its lowest, {best['stated']:.2f}."
    )
    kept = table[(table.index % _STEPS == 0) | (table.index == table["expected"].idxmin())]
    shown = pd.DataFrame({name: [f"{value:.3f}" for value in kept[name]] for name in ("stated", "expected")})
    caption = "Expected Brier score: belief × (1 − stated)² + (1 − belief) × stated². Unit: score from 0 to 1. Source: computed."
    return finish(figure, alt, caption, shown.rename(columns={"stated": "stated probability", "expected": "expected score"}))


def log_table(log: pd.DataFrame) -> pd.DataFrame:
    """A log as a table to read; of outcomes that are known it tells day, record, source and how sure the record is."""
    shown = pd.DataFrame({"question": log["question"], "probability": [f"{value:.2f}" for value in log["probability"]]})
    shown["outcome"] = log["outcome"]
    shown["Brier score"] = ["–" if pd.isna(score) else f"{score:.3f}" for score in log["score"]]
    for name in ("known", "what", "source"):
        if (log[name] != "").any():
            shown[name] = log[name].replace("", "–")
    return shown


def _draw_forecast(axes, place: int, row) -> None:
    question = row.question if len(row.question) <= _WIDEST else row.question[:_WIDEST].rsplit(" ", 1)[0] + " …"
    axes.text(0, place - 0.36, question, fontsize=8.5, va="center")
    axes.plot([0, 1], [place, place], color="#DDDDDD", linewidth=1, zorder=1)
    open_ = pd.isna(row.score)
    if not open_:
        happened = 1 if row.outcome == "yes" else 0
        axes.plot([row.probability, happened], [place, place], color=GREY, linewidth=2.5, zorder=2)
        axes.scatter([happened], [place], marker="s", facecolor="white", edgecolor=ORANGE, linewidth=2, s=90, zorder=3)
    axes.scatter([row.probability], [place], marker="o", s=60, facecolor="white" if open_ else BLUE, edgecolor=BLUE, zorder=4)
    axes.text(1.1, place, "open" if open_ else f"{row.score:.3f}", fontsize=9, va="center")


def _sources(log: pd.DataFrame) -> str:
    named = [source for source in dict.fromkeys(log["source"]) if source]
    return f"Sources of the outcomes: {'; '.join(named)}." if named else "Scores computed from the rows of the table."
