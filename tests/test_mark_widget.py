"""The live view: wishes are sent from the browser, every change is in the answers file, and the reference waits for the end."""

import re
from pathlib import Path

import pytest
from builders import parts_of

import helpers
from helpers import ask
from helpers.answers import read_answers, save_answer
from helpers.passages import read_passages
from helpers.questions import load_item, problems

ITEM = "02-a1"
PASSAGE = "atlantic-2015:p19"
CODES = {"actor": "RUS", "issue": "ASSAD", "stance": "-2", "voice": "J"}
CSS = (Path(helpers.__file__).parent / "mark_widget.css").read_text(encoding="utf-8")


class Front:
    """The widget, worked as the browser works it."""

    def __init__(self) -> None:
        self.whole = ask(ITEM).widget()
        (self.desk,) = parts_of(self.whole, "Marker")
        self.reply = parts_of(self.whole, "HTML")[-1]
        self.text = self.desk.task["passages"][0]["text"]

    def send(self, **wish: object) -> None:
        """A message as it comes from the browser."""
        self.desk._handle_custom_msg(wish, [])

    def mark(self, phrase: str, **codes: str) -> str:
        """Mark a phrase and code it."""
        start = self.text.index(phrase)
        self.send(do="mark", passage=PASSAGE, start=start, end=start + len(phrase))
        id = self.desk.state["active"]
        for name, key in codes.items():
            self.send(do="code", id=id, name=name, key=key)
        return id


@pytest.fixture
def front(answers, live):
    return Front()


def test_every_change_is_saved_as_w3c_annotations_under_the_item(front):
    front.mark("in support of President Bashar al-Assad", **CODES)
    saved = read_answers()[0][ITEM]
    (entry,) = saved["marks"]
    assert saved["finished"] is False and entry["type"] == "Annotation" and entry["id"] == "learner/02-a1-1"
    assert entry["target"] == {
        "source": PASSAGE,
        "selector": {"type": "TextQuoteSelector", "exact": "in support of President Bashar al-Assad"},
    }
    assert {name: entry["body"][name] for name in ("kind", "actor", "issue", "stance", "voice")} == {
        "kind": "stance", "actor": "RUS", "issue": "ASSAD", "stance": -2, "voice": "J"
    }  # fmt: skip


def test_a_note_with_half_a_character_does_not_keep_the_next_from_being_saved(front):
    id = front.mark("in support of President Bashar al-Assad")
    for text in ("x\ud83d y", "plain"):
        front.send(do="note", id=id, text=text)
        assert front.desk.state["said"].endswith("Saved.")


def test_a_new_widget_and_a_new_kernel_show_the_marks_again_and_go_on_counting(front):
    front.mark("in support of President Bashar al-Assad", stance="-2")
    again = Front()
    assert [(mark["phrase"], mark["codes"]) for mark in again.desk.state["marks"]] == [
        ("in support of President Bashar al-Assad", {"stance": "-2"})
    ]
    assert again.desk.state["said"] == "Your saved marks are shown again."
    assert again.mark("targeting the Islamic State") == "learner/02-a1-2"


def test_the_reference_stands_nowhere_until_the_learner_has_finished(front):
    front.mark("in support of President Bashar al-Assad", **CODES)
    assert front.reply.value == "" and "US and allies" not in str(front.desk.get_state())  # a note of the reference coder
    front.send(do="finish", sure=True)
    assert "The reference has 4 phrases here. You found 1 and missed 3" in front.reply.value
    assert problems(load_item(ITEM), read_answers()[0][ITEM]) == []
    assert Front().reply.value == front.reply.value


def test_marks_that_were_finished_elsewhere_are_not_written_over(front):
    other = Front()
    other.mark("in support of President Bashar al-Assad", **CODES)
    other.send(do="finish", sure=True)
    front.mark("targeting the Islamic State")
    assert front.desk.state["said"] == "Not saved: 02-a1: your marks were changed elsewhere; run this cell again to see them"
    assert read_answers()[0][ITEM]["finished"] is True and len(read_answers()[0][ITEM]["marks"]) == 1


def test_the_original_is_offered_where_it_is_held_and_never_marked(front, original):
    (button,) = parts_of(front.whole, "ToggleButton")
    button.value = True
    shown = parts_of(front.whole, "HTML")[-2]
    assert "To read only" in shown.value and PASSAGE in shown.value
    assert [one["text"] for one in front.desk.task["passages"]] == [one.text for one in read_passages([PASSAGE], "reading")]


def test_a_torn_line_of_the_answers_file_is_told(answers, live):
    save_answer(load_item("00-q1"), "a")
    with (answers / "learner.jsonl").open("a") as file:
        file.write('{"item": "02-a1", "answer": {"marks": [')
    assert "Line 2 of your answers file was cut off" in Front().desk.state["said"]


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(one * 2 for one in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_text_on_its_ground_and_underlines_on_theirs_have_enough_contrast():
    def contrast(one: str, other: str) -> float:
        high, low = sorted((luminance(one), luminance(other)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", CSS)
    colours = [dict(re.findall(r"(?:^|[;\s])(color|background|border-bottom):[^;#]*(#[0-9a-f]{3,6})", body)) for _, body in rules]
    pairs = [(one["color"], one["background"]) for one in colours if {"color", "background"} <= one.keys()]
    lines = [(one["border-bottom"], ground) for one in colours if "border-bottom" in one for ground in ("#fff3c4", "#ffe08a", "#fff")]
    assert len(pairs) >= 5 and len(lines) >= 9
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == [] and [pair for pair in lines if contrast(*pair) < 3] == []


def test_every_kind_of_underline_differs_by_more_than_its_colour():
    styles = re.findall(r"\.am-(?:mark|lane-\d) \{\s*border-bottom: \d+px (\w+)", CSS)
    assert len(styles) == len(set(styles)) == 3
