"""The drawing base keeps no state and tells everything in words, too."""

import re
import sys

import pandas as pd
import pytest

from helpers.drawing import finish, new_canvas, stance_shade, tick_days, to_days


def test_a_finished_figure_escapes_its_words_and_carries_its_table():
    figure, _ = new_canvas(height=1)
    view = finish(figure, "A <bar> of & all", "Caption <i>", pd.DataFrame({"a": ["<b>"]}))
    assert 'alt="A &lt;bar&gt; of &amp; all"' in view.html
    assert "<figcaption>Caption &lt;i&gt;</figcaption>" in view.html
    assert "&lt;b&gt;" in view.html
    assert view.text == "Figure: A <bar> of & all\na\n<b>"
    assert view.png is not None and view.png.startswith(b"\x89PNG")


def test_figures_leave_no_trace_in_pyplot():
    assert "matplotlib.pyplot" not in sys.modules or not sys.modules["matplotlib.pyplot"].get_fignums()


@pytest.mark.parametrize("scale", [range(-2, 3), range(-3, 4), (2, 0, -2), range(0, 5), (-1, 1), (0,)])
def test_any_scale_has_a_colour_for_each_stance_and_the_same_ends(scale):
    shades = [stance_shade(value, scale) for value in sorted(scale)]
    assert len({colour for colour, _ in shades}) == len(shades)
    assert len(shades) == 1 or [shades[0], shades[-1]] == [("#d55e00", ""), ("#0072b2", "")]


def test_the_sides_of_a_scale_are_told_apart_without_colour():
    assert [stance_shade(value, range(-3, 4))[1] for value in range(-3, 4)] == ["", "//", "//", "", "..", "..", ""]


def test_ticks_are_few_and_run_from_the_first_to_the_last_day():
    _, axes = new_canvas(height=2)
    tick_days(axes, pd.Series(pd.date_range("2015-11-01", "2015-11-30")), most=3)
    labels = [label.get_text() for label in axes.get_xticklabels()]
    assert labels == ["1 Nov 2015", "15 Nov 2015", "30 Nov 2015"]
    assert all(re.fullmatch(r"\d{1,2} \w{3} \d{4}", label) for label in labels)


def test_days_and_months_stand_on_one_axis_and_a_month_on_its_last_day():
    days = to_days(pd.Series(["2015-11-13", "2015-11", "2015-12-02"]))
    assert days.is_monotonic_increasing and str(days[1].date()) == "2015-11-30"
    assert to_days(pd.Series([], dtype=object)).empty
