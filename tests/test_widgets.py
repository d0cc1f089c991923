"""What a learner clicks, and what stands there where nobody can click."""

import json
from html import unescape

import pytest
from builders import WIDGET, parts_of

from helpers.answers import learner_code
from helpers.errors import ParameterError
from helpers.events import contributions
from helpers.passages import show
from helpers.treaties import members_at, state_names
from helpers.widgets import (
    ask,
    choose_code,
    explore_contributions,
    explore_members,
)

VIEWS = {
    "ask": lambda: ask("00-q1"),
    "choose_code": choose_code,
    "show": lambda: show("stripes-2015:p07"),
    "explore_members": lambda: explore_members("NATO", "2015-11-13"),
    "explore_contributions": lambda: explore_contributions("DEU"),
}


@pytest.mark.parametrize("name", VIEWS)
def test_in_a_headless_run_no_widget_is_shown_and_text_and_html_are(answers, name):
    data = VIEWS[name]()._repr_mimebundle_()
    assert WIDGET not in data
    assert data["text/plain"] and data["text/html"].startswith("<")


@pytest.mark.parametrize("name", VIEWS)
def test_in_a_live_kernel_a_widget_is_shown_with_its_static_twin(answers, live, name):
    data = VIEWS[name]()._repr_mimebundle_()
    assert data[WIDGET]["model_id"]
    assert data["text/plain"] and data["text/html"].startswith("<")


@pytest.mark.parametrize("name", VIEWS)
def test_looking_writes_nothing(answers, live, name):
    VIEWS[name]()._repr_mimebundle_()
    assert list(answers.parent.iterdir()) == []


def test_a_learner_chooses_a_code_by_a_click_and_answers_go_there(answers, live):
    widget = choose_code().widget()
    (box,), (button,), reply = parts_of(widget, "Text"), parts_of(widget, "Button"), parts_of(widget, "HTML")[-1]
    assert box.value == "learner"
    box.value = "  k7-fox "
    button.click()
    assert learner_code() == "k7-fox" and "“k7-fox”" in reply.value
    parts_of(ask("00-q1").widget(), "ToggleButtons")[0].value = "a"
    assert (answers / "k7-fox.jsonl").is_file() and not (answers / "learner.jsonl").exists()
    assert "“k7-fox”" in choose_code().text


def test_a_wrong_code_is_told_escaped_and_not_taken(answers, live):
    widget = choose_code().widget()
    (box,), (button,), reply = parts_of(widget, "Text"), parts_of(widget, "Button"), parts_of(widget, "HTML")[-1]
    box.value = "<script>"
    button.click()
    assert "is not a code; use 2 to 24" in reply.value and "<script" not in reply.value
    assert learner_code() == "learner"


def test_moving_the_slider_shows_the_members_of_that_day(live):
    widget = explore_members("NATO", "2015-11-13").widget()
    (slider,), page = parts_of(widget, "SelectionSlider"), parts_of(widget, "HTML")[-1]
    assert slider.value == "2015-11-13" and "members: 28 on 2015-11-13" in page.value
    slider.value = "1952-02-18"
    assert "members: 14 on 1952-02-18" in page.value and "Turkey" in page.value and "Spain" not in page.value


def test_the_slider_offers_no_day_after_the_as_of_day(live):
    (slider,) = parts_of(explore_members("NATO", "2015-11-13").widget(), "SelectionSlider")
    assert slider.options[-1] == "2015-11-13" and "2009-04-01" in slider.options


@pytest.mark.parametrize("day", ["2015-11-13", "2009-04-01"])
def test_the_slider_stands_on_the_day_asked_for_even_if_nobody_joined_then(live, day):
    widget = explore_members("NATO", day).widget()
    assert parts_of(widget, "SelectionSlider")[0].value == day
    assert f"members: {len(members_at(day, 'NATO'))} on {day}" in parts_of(widget, "HTML")[-1].value


def test_choosing_another_state_shows_what_it_gave(live):
    widget = explore_contributions("DEU").widget()
    (box,), page = parts_of(widget, "Dropdown"), parts_of(widget, "HTML")[-1]
    assert page.value.count("Germany") == len(contributions("DEU"))
    box.value = "SWE"
    assert page.value.count("Sweden") == len(contributions("SWE")) and "Germany" not in page.value


def test_a_state_without_a_contribution_is_not_reported_in_print():
    text = explore_contributions("PRT").text
    assert "Portugal | not reported" in text


def test_every_state_of_the_case_can_be_asked_for_in_a_live_kernel(live):
    for state, name in state_names().items():
        widget = explore_contributions(state).widget()
        assert parts_of(widget, "Dropdown")[0].value == state
        assert name in unescape(parts_of(widget, "HTML")[-1].value), state


def test_an_unknown_state_lists_the_known_ones():
    with pytest.raises(ParameterError, match="state: 'FR' is not allowed; use one of ALB"):
        explore_contributions("FR")


def test_a_static_twin_is_the_same_in_two_runs(answers):
    for name, view in VIEWS.items():
        assert json.dumps(view()._repr_mimebundle_()["text/html"]) == json.dumps(view()._repr_mimebundle_()["text/html"]), name
