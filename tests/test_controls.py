"""The parts of widgets."""

from builders import parts_of

from helpers.controls import slider
from helpers.passages import show


def test_whatever_a_widget_comes_to_show_is_cleaned(live):
    [page, *_] = parts_of(show("stripes-2015:p07").widget(), "HTML")
    page.value = "<p onclick=steal()>ours<script>steal()</script></p>"
    assert page.value == "<p>ours</p>"


def test_the_buttons_beside_a_slider_step_through_its_days_and_stop_at_both_ends(live):
    widget = slider("Day", ["1", "2"], "2", lambda day: f"<p>day {day}</p>")
    (box,), (earlier, later), page = parts_of(widget, "SelectionSlider"), parts_of(widget, "Button"), parts_of(widget, "HTML")[-1]
    for button, day in ((later, "2"), (earlier, "1"), (earlier, "1"), (later, "2")):
        button.click()
        assert (box.value, page.value) == (day, f"<p>day {day}</p>")
