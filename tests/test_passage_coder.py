"""Coding by hand: saved at once, restored, and the reference kept back until it may be seen."""

import pytest
from builders import parts_of

from helpers.answers import read_answers, save_answer
from helpers.errors import ParameterError
from helpers.passage_coder import code_passages
from helpers.questions import fields_of, load_item

PHRASES = [f"02-c{number:02}" for number in range(1, 21)]
TWO = PHRASES[:2]  # E17 and E53


class Desk:
    """The live view, taken apart."""

    def __init__(self, ids: list[str]) -> None:
        self.widget = code_passages(ids).widget()
        self.buttons = {button.description: button for button in parts_of(self.widget, "Button")}
        self.stance, self.voice = parts_of(self.widget, "ToggleButtons")
        _, self.progress, self.text, self.reply = parts_of(self.widget, "HTML")

    def press(self, name: str) -> None:
        """Press the button with this description."""
        self.buttons[name].click()


def code_all(ids: list[str]) -> None:
    for id in ids:
        save_answer(load_item(id), {field.name: field.choices[0] for field in fields_of(load_item(id))})


def test_print_lists_the_phrases_and_the_learners_own_codes_but_no_reference(answers):
    save_answer(load_item("02-c02"), {"stance": "-1", "voice": "P"})
    lines = code_passages(TWO).text.splitlines()
    assert lines[0].startswith("1 of 2 passages coded.")
    assert lines[2].endswith(
        "do not coordinate or collaborate in any way | United States | Military coordination with Russia | not coded | not coded"
    )
    assert lines[3].endswith("| −1 | P")


def test_one_phrase_is_marked_and_the_proposition_stands_above_it(answers, live):
    desk = Desk(TWO)
    assert "Passage 1 of 2; 0 coded." in desk.progress.value
    assert desk.text.value.count("<mark>") == 1 and "<mark>do not coordinate or collaborate in any way</mark>" in desk.text.value
    assert "The West and Russia should coordinate militarily." in desk.text.value


def test_every_choice_is_saved_at_once(answers, live):
    desk = Desk(TWO)
    desk.stance.value = "-2"
    assert read_answers()[0] == {"02-c01": {"stance": "-2"}} and "Saved: stance −2; voice still to choose." in desk.reply.value
    desk.voice.value = "Q"
    assert read_answers()[0] == {"02-c01": {"stance": "-2", "voice": "Q"}} and "1 coded." in desk.progress.value


def test_going_on_and_back_keeps_the_codes_and_writes_nothing(answers, live):
    desk = Desk(TWO)
    desk.stance.value, desk.voice.value = "-2", "Q"
    before = (answers / "learner.jsonl").read_bytes()
    desk.press("Next")
    assert (desk.stance.value, desk.voice.value) == (None, None) and "Passage 2 of 2" in desk.progress.value
    desk.press("Previous")
    assert (desk.stance.value, desk.voice.value) == ("-2", "Q")
    assert (answers / "learner.jsonl").read_bytes() == before


def test_the_ends_have_no_button_that_leads_nowhere(answers, live):
    desk = Desk(TWO)
    assert desk.buttons["Previous"].disabled and not desk.buttons["Next"].disabled
    desk.press("Next")
    assert not desk.buttons["Previous"].disabled and desk.buttons["Next"].disabled


def test_reopening_restores_the_codes_and_begins_where_one_is_missing(answers, live):
    save_answer(load_item("02-c01"), {"stance": "-2", "voice": "Q"})
    desk = Desk(TWO)
    assert "Passage 2 of 2; 1 coded." in desk.progress.value
    desk.press("Previous")
    assert (desk.stance.value, desk.voice.value) == ("-2", "Q")


def test_the_reference_is_kept_back_until_the_own_code_is_saved_and_somebody_asks(answers, live):
    desk = Desk(TWO)
    assert desk.buttons["Show the reference"].disabled
    desk.stance.value = "+2"
    assert desk.buttons["Show the reference"].disabled
    desk.voice.value = "J"
    assert not desk.buttons["Show the reference"].disabled and "reference" not in desk.reply.value
    desk.press("Show the reference")
    assert "The reference: −2 rejects, voice Q" in desk.reply.value and "The coder “second”: −2 rejects" in desk.reply.value
    desk.press("Next")
    assert "reference" not in desk.reply.value and desk.buttons["Show the reference"].disabled


def test_when_all_are_coded_the_reference_stands_under_each(answers, live):
    code_all(TWO)
    desk = Desk(TWO)
    assert "The reference: −2 rejects, voice Q" in desk.reply.value
    desk.press("Next")
    assert "The reference: +2 demands or does it, voice J" in desk.reply.value and "no vote" in desk.reply.value


def test_a_second_coder_on_another_issue_is_told_as_such(answers, live):
    code_all(["02-c20"])
    assert "but on France, Invoke NATO Article 5" in Desk(["02-c20"]).reply.value


def test_nothing_of_the_reference_is_in_a_fresh_view(answers, live):
    view = code_passages(PHRASES)
    shown = view.text + view.html + "".join(page.value for page in parts_of(view.widget(), "HTML"))
    assert "reference" not in shown.replace("Show the reference", "").lower()
    assert all(load_item(id).evidence[0] not in view.text.split() for id in PHRASES)


def test_choices_are_labelled_buttons_that_the_keyboard_reaches_and_presses(answers, live):
    desk = Desk(PHRASES)
    assert [box.description for box in (desk.stance, desk.voice)] == ["Stance", "Voice"]
    assert [label for label, _ in desk.stance.options][-1] == "no evidence" and ("−2 rejects", "-2") in desk.stance.options
    assert "Enter or Space presses one" in parts_of(desk.widget, "HTML")[0].value


def test_a_code_that_cannot_be_saved_is_told_and_not_counted(answers, live):
    answers.write_text("not a folder")
    desk = Desk(TWO)
    desk.stance.value = "-2"
    assert "the answer could not be saved" in desk.reply.value and "0 coded." in desk.progress.value
    assert desk.stance.value is None  # so that it can be pressed again
    answers.unlink()
    desk.stance.value = "-2"
    assert read_answers()[0] == {"02-c01": {"stance": "-2"}}


def test_two_views_of_the_same_passages_keep_each_others_codes_and_show_them(answers, live):
    one, other = Desk(TWO), Desk(TWO)
    one.stance.value = "-1"
    other.voice.value = "J"
    assert read_answers()[0] == {"02-c01": {"stance": "-1", "voice": "J"}}
    assert other.stance.value == "-1" and "1 coded." in other.progress.value


def test_what_is_announced_is_said_anew_with_every_code_and_every_passage(answers, live):
    desk = Desk(TWO)
    assert [type(part).__name__ for part in (desk.progress, desk.reply)] == ["Notice", "Notice"]
    told = []
    desk.reply.observe(lambda change: told.append(change["new"]), names="value")
    for code in ("-2", "-1"):
        desk.stance.value = code
    assert len(told) == 2


def test_a_torn_line_is_told(answers, live):
    code_all(["02-c01"])
    path = answers / "learner.jsonl"
    path.write_bytes(path.read_bytes()[:-20])
    assert "Line 1 of your answers file was cut off and is lost" in Desk(TWO).reply.value


def test_a_saved_answer_that_is_none_is_left_aside(answers, live):
    answers.mkdir()
    (answers / "learner.jsonl").write_text(
        '{"item": "02-c01", "answer": {"stance": "+9", "voice": "Q"}}\n{"item": "02-c02", "answer": "b"}\n'
    )
    desk = Desk(TWO)
    assert (desk.stance.value, desk.voice.value) == (None, "Q") and "0 coded." in desk.progress.value


def test_an_item_that_is_no_phrase_to_code_lists_those_that_are(answers):
    with pytest.raises(ParameterError, match="item_ids: '02-q1' is not allowed; use one of 02-c01"):
        code_passages(["02-q1"])


def test_the_original_is_offered_where_it_is_in_place(answers, live, original):
    desk = Desk(TWO)
    (switch,) = parts_of(desk.widget, "ToggleButton")
    reading = desk.text.value
    switch.value = True
    assert desk.text.value != reading and "<mark>do not coordinate or collaborate in any way</mark>" in desk.text.value


def test_without_the_originals_none_is_offered(answers, live, case):
    assert parts_of(code_passages(TWO).widget(), "ToggleButton") == []
