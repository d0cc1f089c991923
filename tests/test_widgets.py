"""What a learner clicks, and what stands there where nobody can click."""

import json
import re
from html import unescape

import pytest

from helpers.annotation import annotations
from helpers.articles import load_articles
from helpers.errors import CourseError, ParameterError
from helpers.events import contributions, incidents
from helpers.questions import learner_code, read_answers
from helpers.stances import evidence, positions
from helpers.treaties import members_at, state_names
from helpers.widgets import (
    ask,
    choose_code,
    explore_contributions,
    explore_matrix,
    explore_members,
    show,
    try_incident,
)

WIDGET = "application/vnd.jupyter.widget-view+json"
VIEWS = {
    "ask": lambda: ask("00-q1"),
    "choose_code": choose_code,
    "show": lambda: show("stripes-2015:p07"),
    "explore_matrix": lambda: explore_matrix(positions(["USA", "RUS"])),
    "explore_members": lambda: explore_members("NATO", "2015-11-13"),
    "explore_contributions": lambda: explore_contributions("DEU"),
    "try_incident": lambda: try_incident("paris-2015"),
}


def parts_of(widget, kind):
    """All widgets of a kind inside a widget, in the order in which they stand."""
    found = [widget] if kind in [base.__name__ for base in type(widget).__mro__] else []
    return found + [part for child in getattr(widget, "children", ()) for part in parts_of(child, kind)]


def buttons_of(view):
    widget = view.widget()
    return parts_of(widget, "Button"), parts_of(widget, "HTML")[-1]


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


def test_clicking_an_option_saves_the_answer_and_shows_its_feedback(answers, live):
    (first, _, third, _), reply = buttons_of(ask("00-q1"))
    assert reply.value == ""
    third.click()
    assert read_answers()[0] == {"00-q1": "c"}
    assert "Your answer: (c)" in reply.value and "Right. " in reply.value and 'role="status"' in reply.value
    first.click()
    assert read_answers()[0] == {"00-q1": "a"}
    assert "Right. " not in reply.value and "restart is the first remedy" in reply.value


def test_the_chosen_option_is_marked_and_the_others_are_not(answers, live):
    buttons, _ = buttons_of(ask("00-q1"))
    for chosen in (buttons[1], buttons[2]):
        chosen.click()
        assert ["alliance-chosen" in button._dom_classes for button in buttons] == [button is chosen for button in buttons]


def test_asking_again_restores_the_answer_in_the_widget_and_in_print(answers, live):
    buttons_of(ask("00-q1"))[0][2].click()
    buttons, reply = buttons_of(ask("00-q1"))
    assert "Your answer: (c)" in reply.value
    assert ["alliance-chosen" in button._dom_classes for button in buttons] == [False, False, True, False]
    assert "Your answer: (c)" in ask("00-q1").text and "Your answer: (c)" in ask("00-q1").html


def test_a_view_that_was_made_before_the_answer_restores_it_too(answers, live):
    view = ask("00-q1")
    buttons_of(view)[0][0].click()
    assert "Your answer: (a)" in buttons_of(view)[1].value


def test_an_answer_to_one_item_is_none_to_another(answers, live):
    buttons_of(ask("00-q1"))[0][0].click()
    assert ask("00-q2").text.endswith("Your answer: none yet.")


def test_an_answer_that_cannot_be_saved_is_told_in_its_place_and_not_marked(answers, live):
    answers.write_text("not a folder")
    buttons, reply = buttons_of(ask("00-q1"))
    buttons[2].click()
    assert "the answer could not be saved" in reply.value and "Your answer" not in reply.value
    assert "alliance-chosen" not in buttons[2]._dom_classes


def test_a_torn_answer_is_told_and_can_be_given_again(answers, live):
    buttons_of(ask("00-q1"))[0][2].click()
    path = answers / "learner.jsonl"
    path.write_bytes(path.read_bytes()[:-30])
    buttons, reply = buttons_of(ask("00-q1"))
    assert "Line 1 of your answers file was cut off and is lost; please answer again." in reply.value
    buttons[1].click()
    assert read_answers()[0] == {"00-q1": "b"}


def test_an_unknown_item_lists_the_known_ones(answers):
    with pytest.raises(ParameterError, match="item: '99-q1' is not allowed; use one of 00-q1"):
        ask("99-q1")


def test_markup_in_an_item_is_escaped_in_the_widget(answers, live, case):
    path = case / "questions" / "00.toml"
    text = path.read_text(encoding="utf-8").replace('prompt = "A cell', 'prompt = "<script>x</script> A cell')
    path.write_text(text.replace('feedback = "It stops', 'feedback = "<img src=x onerror=y> It stops'), encoding="utf-8")
    view = ask("00-q1")
    widget = view.widget()
    parts_of(widget, "Button")[2].click()
    shown = "".join(part.value for part in parts_of(widget, "HTML")) + view.html
    assert "<script" not in shown and "<img" not in shown
    assert "&lt;script&gt;x&lt;/script&gt;" in shown and "&lt;img src=x onerror=y&gt;" in shown


def test_a_learner_chooses_a_code_by_a_click_and_answers_go_there(answers, live):
    widget = choose_code().widget()
    (box,), (button,), reply = parts_of(widget, "Text"), parts_of(widget, "Button"), parts_of(widget, "HTML")[-1]
    assert box.value == "learner"
    box.value = "  k7-fox "
    button.click()
    assert learner_code() == "k7-fox" and "“k7-fox”" in reply.value
    buttons_of(ask("00-q1"))[0][0].click()
    assert (answers / "k7-fox.jsonl").is_file() and not (answers / "learner.jsonl").exists()
    assert "“k7-fox”" in choose_code().text


def test_a_wrong_code_is_told_escaped_and_not_taken(answers, live):
    widget = choose_code().widget()
    (box,), (button,), reply = parts_of(widget, "Text"), parts_of(widget, "Button"), parts_of(widget, "HTML")[-1]
    box.value = "<script>"
    button.click()
    assert "is not a code; use 2 to 24" in reply.value and "<script" not in reply.value
    assert learner_code() == "learner"


def test_passages_are_shown_with_their_ids_in_the_order_asked_for():
    view = show(["wsws-2015:p01", "stripes-2015:p07"])
    assert [line.partition("]")[0] for line in view.text.splitlines()] == ["[wsws-2015:p01", "[stripes-2015:p07"]
    assert re.findall("<footer>(.*?)</footer>", view.html) == ["wsws-2015:p01", "stripes-2015:p07"]


def test_a_passage_of_an_inferred_version_says_so():
    assert show("nyt-2015:v1-p24").text.startswith("[nyt-2015:v1-p24 (version inferred)]")
    assert "inferred" not in show("nyt-2015:v1-p23").text


def test_an_unknown_passage_is_told_with_the_known_ones():
    with pytest.raises(CourseError, match="passage stripes-2015:p99 does not exist; stripes-2015 has"):
        show("stripes-2015:p99")
    with pytest.raises(ParameterError, match="passage: 'lemonde-2015' is not allowed; use one of stripes-2015"):
        show("lemonde-2015:p01")


def test_every_coded_phrase_of_a_passage_is_marked(reading):
    for passage, marks in evidence().groupby("passage"):
        marked = unescape("".join(re.findall("<mark>(.*?)</mark>", show(passage).html)))
        assert all(phrase in marked for phrase in marks["phrase"]), passage


def test_a_phrase_is_marked_only_in_the_passage_that_is_coded(reading):
    coded = {mark.passage for mark in annotations()}
    plain = [passage.id for one in reading for version in one.versions for passage in version.passages if passage.id not in coded]
    assert [id for id in plain if "<mark>" in show(id).html] == []


def test_in_print_the_reading_edition_is_shown_even_where_the_original_is_in_place(original, reading):
    for one, ours in zip(load_articles("original"), reading, strict=True):
        passage = ours.versions[0].passages[0]
        view = show(passage.id)
        assert passage.text in view.text
        assert one.versions[0].passages[0].text not in view.text + unescape(view.html)


def test_a_live_kernel_shows_the_original_only_when_it_is_asked_for(live, original):
    for article, read in zip(load_articles("original"), load_articles("reading"), strict=True):
        passage, restated = article.versions[0].passages[0], read.versions[0].passages[0]
        widget = show(passage.id).widget()
        (box,), page = parts_of(widget, "Dropdown"), parts_of(widget, "HTML")[-1]
        before = unescape(re.sub("</?mark>", "", page.value))
        assert restated.text in before and passage.text not in before
        box.value = "auto"
        assert passage.text in unescape(re.sub("</?mark>", "", page.value))


def test_without_an_original_there_is_nothing_to_choose(live, case):
    assert parts_of(show("stripes-2015:p07").widget(), "Dropdown") == []


def test_markup_in_a_passage_is_escaped(case):
    path = case / "reading" / "stripes-2015.md"
    path.write_text(path.read_text(encoding="utf-8").replace("## p01\n", "## p01\n<script>x</script> & "), encoding="utf-8")
    html = show("stripes-2015:p01").html
    assert "<script" not in html and "&lt;script&gt;x&lt;/script&gt; &amp; " in html


def test_clicking_a_cell_of_the_matrix_opens_the_evidence_behind_it(live):
    buttons, page = buttons_of(explore_matrix(positions(["USA", "RUS"], ["ART5", "RUSCOORD"])))
    assert [button.description for button in buttons] == ["0", "−2…+1", "·", "0…+2"]
    buttons[1].click()
    table = positions(["USA"], ["RUSCOORD"])
    for id in table["evidence"].item():
        mark = next(mark for mark in annotations() if mark.id == id)
        assert f">{id}</td>" in page.value
        assert f"<footer>{mark.passage}</footer>" in page.value
    assert "E32" not in page.value


def test_clicking_a_blank_cell_says_that_silence_is_not_neutrality(live):
    buttons, page = buttons_of(explore_matrix(positions(["RUS"], ["ART5"])))
    assert buttons[0].tooltip == "Russia, Invoke NATO Article 5: not reported"
    buttons[0].click()
    assert "No passage speaks of it. That is silence, not neutrality." in page.value and "<table" not in page.value


def test_a_coded_zero_of_the_matrix_opens_its_evidence_and_is_no_blank(live):
    buttons, page = buttons_of(explore_matrix(positions(["NATO"], ["ART5"])))
    buttons[0].click()
    assert "<footer>stripes-2015:p05</footer>" in page.value and "silence" not in page.value


def test_every_cell_of_the_whole_matrix_can_be_clicked(live):
    table = positions()
    buttons, page = buttons_of(explore_matrix(table))
    assert len(buttons) == len(table)
    for button, row in zip(buttons, table.itertuples(), strict=True):
        if row.passages:
            button.click()
            assert all(f">{id}</td>" in page.value for id in row.evidence), (row.actor, row.issue)


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


@pytest.mark.parametrize("id", sorted(incidents()))
def test_comparing_shows_the_findings_of_the_learner_beside_the_reference(live, id):
    widget = try_incident(id).widget()
    boxes, (button,), page = parts_of(widget, "ToggleButtons"), parts_of(widget, "Button"), parts_of(widget, "HTML")[-1]
    assert page.value == "" and [box.value for box in boxes] == [None] * 7
    boxes[0].value, boxes[2].value = "contested", "no"
    button.click()
    yours = [cells[2] for cells in (re.findall("<td [^>]*>(.*?)</td>", row) for row in page.value.split("<tr>")[2:])]
    assert yours == ["contested", "no answer", "no", "no answer", "no answer", "no answer", "no answer"]
    assert all(row["why"] in unescape(page.value) for row in incidents()[id]["findings"])
    boxes[1].value = "not reported"
    button.click()
    assert page.value.count("no answer") == 4


def test_a_learner_finds_before_the_reference_is_shown(live):
    widget = try_incident("paris-2015").widget()
    shown = unescape("".join(part.value for part in parts_of(widget, "HTML")))
    assert not any(row["why"] in shown for row in incidents()["paris-2015"]["findings"])


def test_an_incident_in_print_shows_the_reference_with_how_sure_it_is():
    text = try_incident("paris-2015").text
    assert all(row["why"] in text for row in incidents()["paris-2015"]["findings"])
    assert len(text.splitlines()) == 1 + 1 + 7


def test_an_incident_after_the_as_of_day_is_not_shown():
    with pytest.raises(ParameterError, match="su24-2015 happened on 2015-11-24, after 2015-11-23"):
        try_incident("su24-2015", as_of="2015-11-23")


def test_an_incident_tells_nothing_that_happened_after_the_as_of_day():
    """The module promises that a call with an as-of day shows nothing later; the operation ended on 3 May 2003."""
    assert "3 May" not in try_incident("iraq-2003", as_of="2003-02-10").text


def test_markup_in_an_incident_is_escaped(live, case):
    path = case / "events" / "incidents.toml"
    text = path.read_text(encoding="utf-8").replace('name = "War in Iraq is coming"', 'name = "<script>x</script>"')
    path.write_text(text.replace('why = "Turkey asked', 'why = "<script>y</script> Turkey asked'), encoding="utf-8")
    view = try_incident("iraq-2003")
    widget = view.widget()
    parts_of(widget, "Button")[0].click()
    shown = view.html + "".join(part.value for part in parts_of(widget, "HTML"))
    assert "<script" not in shown and "&lt;script&gt;x" in shown and "&lt;script&gt;y" in shown


def test_a_static_twin_is_the_same_in_two_runs(answers):
    for name, view in VIEWS.items():
        assert json.dumps(view()._repr_mimebundle_()["text/html"]) == json.dumps(view()._repr_mimebundle_()["text/html"]), name


def test_whatever_a_widget_comes_to_show_is_cleaned(live):
    [page, *_] = parts_of(show("stripes-2015:p07").widget(), "HTML")
    page.value = "<p onclick=steal()>ours<script>steal()</script></p>"
    assert page.value == "<p>ours</p>"
