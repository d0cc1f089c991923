"""Answering by a click: saved at once, told when it fails, restored on reopening."""

from html import unescape

import pytest
from builders import parts_of

from helpers.answers import read_answers
from helpers.errors import ParameterError
from helpers.questions import fields_of, load_item, load_items
from helpers.widgets import ask


def choices_of(view):
    """The choices of an item of options, and the notice under them."""
    widget = view.widget()
    (box,) = parts_of(widget, "ToggleButtons")
    return box, parts_of(widget, "HTML")[-1]


def test_clicking_an_option_saves_the_answer_and_shows_its_feedback(answers, live):
    box, reply = choices_of(ask("00-q1"))
    assert (reply.value, box.value) == ("", None)
    box.value = "c"
    assert read_answers()[0] == {"00-q1": "c"}
    assert "Your answer: (c)" in reply.value and "Right. " in reply.value
    box.value = "a"
    assert read_answers()[0] == {"00-q1": "a"}
    assert "Right. " not in reply.value and "restart is the first remedy" in reply.value


def test_the_options_are_a_group_that_is_called_by_its_question_and_what_is_said_is_announced(answers, live):
    box, reply = choices_of(ask("00-q1"))
    assert box.description == f"00-q1: {load_item('00-q1').prompt}" and box.unseen and box.stacked
    assert [value for _, value in box.options] == ["a", "b", "c", "d"] and box.options[0][0].startswith("(a) ")
    assert type(reply).__name__ == "Notice"


def test_asking_again_restores_the_answer_in_the_widget_and_in_print(answers, live):
    choices_of(ask("00-q1"))[0].value = "c"
    box, reply = choices_of(ask("00-q1"))
    assert "Your answer: (c)" in reply.value and box.value == "c"
    assert "Your answer: (c)" in ask("00-q1").text and "Your answer: (c)" in ask("00-q1").html


def test_a_view_that_was_made_before_the_answer_restores_it_too(answers, live):
    view = ask("00-q1")
    choices_of(view)[0].value = "a"
    assert "Your answer: (a)" in choices_of(view)[1].value


def test_an_answer_to_one_item_is_none_to_another(answers, live):
    choices_of(ask("00-q1"))[0].value = "a"
    assert ask("00-q2").text.endswith("Your answer: none yet.")


def test_an_answer_that_cannot_be_saved_is_told_in_its_place_and_not_marked(answers, live):
    answers.write_text("not a folder")
    box, reply = choices_of(ask("00-q1"))
    box.value = "c"
    assert "the answer could not be saved" in reply.value and "Your answer" not in reply.value
    assert box.value is None
    answers.unlink()
    box.value = "c"  # pressed again
    assert read_answers()[0] == {"00-q1": "c"} and box.value == "c"


def test_a_torn_answer_is_told_and_can_be_given_again(answers, live):
    choices_of(ask("00-q1"))[0].value = "c"
    path = answers / "learner.jsonl"
    path.write_bytes(path.read_bytes()[:-30])
    box, reply = choices_of(ask("00-q1"))
    assert "Line 1 of your answers file was cut off and is lost; please answer again." in reply.value
    box.value = "b"
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
    parts_of(widget, "ToggleButtons")[0].value = "c"
    shown = "".join(part.value for part in parts_of(widget, "HTML")) + view.html
    assert "<script" not in shown and "<img" not in shown
    assert "&lt;script&gt;x&lt;/script&gt;" in shown and "&lt;img src=x onerror=y&gt;" in shown


def of_mode(mode):
    return next(item for item in load_items() if item.mode == mode)


def test_a_probability_is_committed_by_a_click_and_stands_there_again(answers, live):
    item = of_mode("forecast")
    widget = ask(item.id).widget()
    (box,), (button,) = parts_of(widget, "BoundedIntText"), parts_of(widget, "Button")
    assert box.value == 50
    box.value = 35
    assert read_answers()[0] == {}
    button.click()
    assert read_answers()[0] == {item.id: 0.35}
    again = ask(item.id).widget()
    assert parts_of(again, "BoundedIntText")[0].value == 35 and "35%" in parts_of(again, "HTML")[-1].value


def test_the_best_case_for_each_side_of_a_forecast_is_there_before_it_is_made(answers, live):
    item = of_mode("forecast")
    shown = unescape(parts_of(ask(item.id).widget(), "HTML")[0].value)
    assert all(option.feedback in shown for option in item.options)


def test_every_field_of_an_item_to_code_is_saved_when_it_is_chosen_and_the_reference_comes_last(answers, live):
    item = load_item("02-c01")
    fields = fields_of(item)
    widget = ask(item.id).widget()
    boxes, reply = parts_of(widget, "ToggleButtons"), parts_of(widget, "HTML")[-1]
    for number, (box, field) in enumerate(zip(boxes, fields, strict=True), start=1):
        assert "reference" not in reply.value
        box.value = field.choices[0]
        assert len(read_answers()[0][item.id]) == number
    assert "reference" in reply.value
    assert [box.value for box in parts_of(ask(item.id).widget(), "ToggleButtons")] == [field.choices[0] for field in fields]


def test_two_views_of_an_item_to_code_keep_each_others_codes_and_what_cannot_be_saved_is_not_shown(answers, live):
    item = load_item("02-c01")
    one, other = (ask(item.id).widget() for _ in range(2))
    parts_of(one, "ToggleButtons")[0].value = "-1"
    stance, voice = parts_of(other, "ToggleButtons")
    voice.value = "J"
    assert read_answers()[0][item.id] == {"stance": "-1", "voice": "J"} and stance.value == "-1"
    answers.rename(answers.with_name("kept"))
    answers.write_text("not a folder")
    voice.value = "P"
    assert voice.value == "J" and "the answer could not be saved" in parts_of(other, "HTML")[-1].value


def test_an_exam_item_says_that_it_is_saved_and_nothing_else(answers, live):
    item = of_mode("exam")
    box, reply = choices_of(ask(item.id))
    box.value = item.options[0].key
    assert read_answers()[0] == {item.id: item.options[0].key}
    assert "your teacher marks it" in reply.value and unescape(item.options[0].feedback) not in unescape(reply.value)
