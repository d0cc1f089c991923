"""Events on a time axis, and the same picture cut off below a row."""

from io import BytesIO

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from helpers.events import timeline
from helpers.figures import draw_timeline
from helpers.figures_timeline import plot_timeline


@pytest.fixture
def week():
    return timeline("2015-11-18", since="2015-11-13")


def dark(png, top, bottom, left):
    """How many pixels of a band of rows, right of ``left``, are not white."""
    pixels = np.asarray(Image.open(BytesIO(png)).convert("L"))
    return int((pixels[top:bottom, left:] < 250).sum())


def test_every_event_stands_in_the_table_with_its_whole_text(week):
    view = draw_timeline(week, "A week")
    assert all(event in view.text for event in week["event"])
    assert f"Timeline of {len(week)} events from 2015-11-13 to 2015-11-18" in view.text and "A week." in view.html


def test_every_row_of_the_picture_holds_an_event(week):
    drawn = plot_timeline(week, "")
    tops = [drawn.ends[0] - 20, *drawn.ends]
    assert len(drawn.ends) == len(week) and list(drawn.ends) == sorted(drawn.ends)
    assert all(dark(drawn.png, top, end, drawn.left) > 50 for top, end in zip(tops, drawn.ends, strict=False))


@pytest.mark.parametrize("rows", [1, 5])
def test_a_picture_that_is_cut_keeps_the_rows_above_and_loses_those_below(week, rows):
    drawn = plot_timeline(week, "")
    cut, end = drawn.cut(rows), drawn.ends[rows - 1]
    assert dark(cut, end, drawn.ends[-1], drawn.left) == 0
    assert dark(cut, 0, end, 0) == dark(drawn.png, 0, end, 0)
    assert Image.open(BytesIO(cut)).size == Image.open(BytesIO(drawn.png)).size
    assert dark(cut, drawn.ends[-1] + 4, None, 0) == dark(drawn.png, drawn.ends[-1] + 4, None, 0)


def test_a_picture_with_all_its_rows_is_the_picture(week):
    drawn = plot_timeline(week, "")
    assert drawn.cut(len(week)) is drawn.png


def test_a_kind_has_the_same_mark_whatever_else_is_drawn(week):
    one = week[week["kind"] == "military"].tail(1)
    other = week.loc[[one.index[0]]].assign(kind="alliance")
    assert plot_timeline(one, "").png != plot_timeline(other, "").png
    # The colour of the mark in a picture of its own is found again among all kinds.
    colours = {tuple(pixel) for pixel in np.asarray(Image.open(BytesIO(plot_timeline(one, "").png)).convert("RGB")).reshape(-1, 3)}
    strong = {colour for colour in colours if max(colour) - min(colour) > 60}
    whole = {tuple(pixel) for pixel in np.asarray(Image.open(BytesIO(plot_timeline(week, "").png)).convert("RGB")).reshape(-1, 3)}
    assert strong and strong & whole


def test_days_and_months_stand_on_one_axis():
    events = pd.DataFrame(
        [("2015-11-13", "A day.", "law", "V"), ("2015-11", "A month.", "law", "V")], columns=["date", "event", "kind", "confidence"]
    )
    assert "2 events" in draw_timeline(events).text


def test_no_events_make_a_sentence_and_no_picture():
    view = draw_timeline(timeline("2015-01-01"))
    assert view.png is None and view.text == "No events on these days."
