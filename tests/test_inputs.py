"""Controls with a view of our own: ipywidgets' models, named, cleaned, and brought to the browser with nothing from elsewhere."""

import re
from pathlib import Path

import pytest

from helpers import inputs
from helpers.inputs import choices, days_slider, grid, notice, read_style

PROGRAMS = ["guard.js", "chosen.js", "choices.js", "grid.js", "days.js", "notice.js"]


def test_choices_have_a_name_and_nothing_is_chosen_until_somebody_chooses():
    box = choices("Stance", [("−2 rejects", "-2"), ("+2 demands", "+2")])
    assert (box.description, box.value, box.index) == ("Stance", None, None)
    box.index = 1  # what the browser sends
    assert box.value == "+2"


def test_a_slider_has_a_name_and_stands_on_its_day():
    box = days_slider("Last day", ["2015-11-13", "2015-11-16"], "2015-11-16")
    assert (box.description, box.index) == ("Last day", 1)
    box.index = 0
    assert box.value == "2015-11-13"


def test_what_a_notice_says_is_cleaned_whenever_it_changes():
    said = notice("<p onclick=steal()>one</p>")
    assert said.value == "<p>one</p>"
    said.value = "<p>two<script>steal()</script></p>"
    assert said.value == "<p>two</p>"


MADE = {
    "choices": lambda: choices("a", ["b"]),
    "grid": lambda: grid("a", ["column"], ["row"], [("0", "row, column: 0", "b")]),
    "days": lambda: days_slider("a", ["b"], "b"),
    "notice": notice,
}


@pytest.mark.parametrize("name", MADE)
def test_every_control_brings_its_program_and_style_along_and_keeps_bare_keys_from_jupyterlab(name):
    state = MADE[name]().get_state()
    assert state["_css"] == read_style() and "export default" in state["_esm"]
    assert "return guard(el)" in state["_esm"] and "data-lm-suppress-shortcuts" in state["_esm"]


@pytest.mark.parametrize("name", PROGRAMS)
def test_no_program_loads_anything_or_runs_what_it_is_given(name):
    text = (Path(inputs.__file__).parent / name).read_text(encoding="utf-8")
    assert not re.search(r"https?:|\bimport\b|\bfetch\b|\beval\b|Function\(|XMLHttpRequest", text)
