"""The timeline to step through, which never passes its last day."""

import re
from html import unescape

import pytest
from builders import CASE, WIDGET, parts_of

from helpers.errors import ParameterError
from helpers.events import timeline
from helpers.timeline_view import explore_timeline

KINDS = ["alliance", "attack", "diplomacy", "military"]


def slider_of(view):
    """The slider of the live view, and the page under it."""
    widget = view.widget()
    (slider,), (page,) = parts_of(widget, "SelectionSlider"), parts_of(widget, "HTML")
    return slider, page


def test_the_figure_shows_every_chosen_event_up_to_the_day_and_no_other():
    view = explore_timeline("2015-11-17", since="2015-11-14", kinds=KINDS)
    table = timeline("2015-11-17", since="2015-11-14")
    for row in table.itertuples():
        assert (row.event in view.text) is (row.kind in KINDS), row.id
    assert "2015-11-18" not in view.text and "2015-11-13" not in view.text
    assert view.png and '<img src="data:image/png' in view.html


def test_without_choices_it_begins_with_the_first_event_and_has_all_kinds():
    assert f"Timeline of {len(timeline('2015-11-18'))} events from 2015-09-07 to 2015-11-18" in explore_timeline("2015-11-18").text


def test_the_slider_ends_at_the_last_day_and_each_step_shows_no_later_event():
    slider, page = slider_of(explore_timeline("2015-11-18", since="2015-11-13", kinds=KINDS))
    assert slider.description == "Last day"
    assert (slider.options[0], slider.options[-1], slider.value) == ("2015-11-13", "2015-11-18", "2015-11-18")
    for day in slider.options:
        slider.value = day
        text = unescape(re.sub(r"base64,[^\"]+", "", page.value))
        assert f"What had happened by {day}" in text
        for row in timeline("2015-11-18", since="2015-11-13").itertuples():
            assert (row.event in text) is (row.date <= day and row.kind in KINDS), (day, row.id)


def test_a_day_without_an_event_is_the_sliders_end_all_the_same():
    slider, page = slider_of(explore_timeline("2015-11-19", since="2015-11-17", kinds=["alliance"]))
    assert slider.options == ("2015-11-17", "2015-11-19")
    assert "Timeline of 1 events" in page.value


def test_pictures_of_two_steps_differ_and_a_step_back_gives_the_same_again():
    slider, page = slider_of(explore_timeline("2015-11-18", since="2015-11-13", kinds=KINDS))
    whole = page.value
    slider.value = "2015-11-14"
    assert page.value != whole
    slider.value = "2015-11-18"
    assert page.value == whole


def test_nothing_on_the_chosen_days_is_told_in_a_sentence_and_there_is_nothing_to_slide():
    view = explore_timeline("2015-11-19", since="2015-11-19")
    assert (view.text, view.widget) == ("No events on these days.", None)


def test_a_month_is_over_when_it_is_over(case):
    path = case / "events" / "timeline.csv"
    row = "T99,2015-11,,A month of talks.,FRA,diplomacy,nobody,V,2026-06-30,"
    path.write_text(path.read_text(encoding="utf-8").rstrip() + "\n" + row + "\n", encoding="utf-8")
    slider, page = slider_of(explore_timeline("2015-12-01", since="2015-11-26"))
    slider.value = "2015-11-26"
    assert "A month of talks." not in page.value
    slider.value = "2015-11-30"
    assert "A month of talks." in page.value


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"as_of": "soon"}, "as_of: 'soon' is not a day"),
        ({"as_of": "2015-11-16", "since": "2015-11-17"}, "since: 2015-11-17 is outside the data; use a day to 2015-11-16"),
        ({"as_of": "2015-11-16", "kinds": ["talks"]}, "kinds: 'talks' is not allowed; use one of alliance, attack"),
    ],
)
def test_a_wrong_choice_is_told_with_what_is_allowed(arguments, told):
    with pytest.raises(ParameterError, match=told):
        explore_timeline(**arguments)


def test_in_a_headless_run_no_widget_is_shown_and_in_a_live_one_it_is(monkeypatch):
    view = explore_timeline("2015-11-14", since="2015-11-13")
    assert WIDGET not in view._repr_mimebundle_()
    monkeypatch.setenv("ALLIANCE_LIVE", "1")
    assert WIDGET in view._repr_mimebundle_()


def test_a_second_case_has_a_timeline(monkeypatch):
    monkeypatch.setenv("ALLIANCE_SEEDS", str(CASE))
    slider, _ = slider_of(explore_timeline("1994-06-13"))
    assert slider.options == ("1994-06-12", "1994-06-13")
