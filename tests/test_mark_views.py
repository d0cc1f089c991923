"""Marks in print: the passages to mark, the learner's own, and the reference only after they are finished."""

import re

import pytest

from helpers.item_views import has_answer, item_html, item_text
from helpers.items import MODES
from helpers.mark_views import NOT_YET
from helpers.marks import Marks, from_annotation, read_marks, reference_marks, write_marks
from helpers.questions import load_item, load_items, reference_answer

ITEM = load_item("02-a1")
NOTE = "US and allies"  # of the reference coder, on one of the phrases


def answer_of(*numbers: int, finished: bool, **codes: object) -> dict:
    """Some of the reference's phrases as a learner's marks, with other codes where they are given."""
    reference = reference_marks(ITEM.kind, ITEM.evidence)
    marks = [from_annotation(reference[number]) for number in numbers]
    marks = [type(mark)(f"learner/02-a1-{mark.id}", mark.passage, mark.quote, mark.kind, {**mark.codes, **codes}) for mark in marks]
    return write_marks(Marks(tuple(marks), finished), ITEM.kind)


def test_the_passage_stands_there_unmarked_and_nothing_tells_the_reference():
    for shown in (item_text(ITEM, None), item_html(ITEM, None), item_html(ITEM, answer_of(0, finished=False))):
        assert "Russia’s military is operating" in shown and "code actor, issue, stance and voice" in shown
        assert "<mark>" not in shown and NOTE not in shown and "reference has" not in shown
    assert NOT_YET in item_text(ITEM, None) and NOT_YET in item_text(ITEM, "x")


def test_an_unfinished_answer_lists_the_marks_and_what_they_lack():
    answer = answer_of(0, 1, finished=False)
    del answer["marks"][0]["body"]["stance"]
    assert has_answer(ITEM, answer) and not has_answer(ITEM, {"marks": [], "finished": True})
    text = item_text(ITEM, answer)
    assert "Your marks: 2, not finished" in text
    assert "say they want Assad to step down | United States | Assad must leave | not chosen | J journalist’s statement | –" in text


def test_a_finished_answer_stands_beside_the_reference_in_words_and_numbers():
    text = item_text(ITEM, answer_of(0, 1, finished=True, stance=1))
    assert "The reference has 4 phrases here. You found 2 and missed 2; 0 of your marks are extra." in text
    assert "you +1 favours with conditions; reference +2 demands or does it" in text and "same: United States" in text
    assert "phrases of the reference found | 2 of 4 | 0.50" in text
    assert "of these, the same actor | 2 of 2 | 1.00" in text and "of these, the same stance | 0 of 2 | 0.00" in text
    assert re.search(r"words alike, marked or not: alpha \| \d+ words \| 0\.\d\d", text) and NOTE in text


def test_what_is_extra_is_told_as_no_error():
    answer = answer_of(0, finished=True)
    answer["marks"][0]["target"]["selector"]["exact"] = "both Russia and the West"
    text = item_text(ITEM, answer)
    assert "You found 0 and missed 4; 1 of your marks is extra." in text and "what is extra need not be wrong" in text
    assert "nothing here | " in text and "of these, the same actor | 0 of 0 | –" in text


def test_whoever_marks_everything_like_the_reference_reads_so():
    text = item_text(ITEM, reference_answer(ITEM))
    assert "You found 4 and missed 0" in text and text.count("1.00") == 6


@pytest.mark.parametrize("item", [one for one in load_items() if one.mode == "mark"], ids=lambda one: one.id)
def test_every_item_to_mark_has_passages_with_two_phrases_at_least(item):
    assert len(reference_marks(item.kind, item.evidence)) >= 2 and "mark" in MODES
    assert len(read_marks(reference_answer(item), item.kind, item.evidence).marks) == len(reference_marks(item.kind, item.evidence))


def test_what_a_learner_wrote_is_escaped():
    answer = answer_of(0, finished=True)
    answer["marks"][0]["body"]["note"] = "<script>alert(1)</script>"
    assert "<script>" not in item_html(ITEM, answer)
