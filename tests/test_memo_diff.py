"""Two memos compared: what went and what came is told by marks, not by colour alone."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.answers import save_answer
from helpers.clean import clean_html
from helpers.errors import ParameterError
from helpers.memo_diff import diff_words, show_memo_diff, tabulate_citations
from helpers.questions import load_item


def write(id, text, *evidence):
    save_answer(load_item(id), {"text": text, "evidence": [*evidence]})


def test_removed_words_stand_before_the_words_that_took_their_place():
    assert diff_words("we accept sentence 3 as it stands", "we accept sentence 3 with a date") == [
        ("kept", "we accept sentence 3"), ("removed", "as it stands"), ("added", "with a date"),
    ]  # fmt: skip


def test_a_word_that_stayed_between_two_changes_is_told_with_them():
    assert diff_words("a b c d e", "x b c y e") == [("removed", "a b c d"), ("added", "x b c y"), ("kept", "e")]


def test_the_same_text_is_kept_and_nothing_else():
    assert diff_words("one two\nthree", "one  two \n three") == [("kept", "one two\nthree")]
    assert diff_words("", "") == []


@given(st.lists(st.sampled_from(["a", "b", "c", "\n"])), st.lists(st.sampled_from(["a", "b", "d", "\n"])))
def test_either_text_can_be_put_together_again_from_the_pieces(before, after):
    pieces = diff_words(" ".join(before), " ".join(after))
    for words, other in [(before, "added"), (after, "removed")]:
        told = " ".join(text for what, text in pieces if what != other).split()
        assert told == [word for word in words if word != "\n"]


def test_evidence_is_kept_removed_or_added():
    table = tabulate_citations(["E06", "E03", "E06"], ["E07", "E06"])
    assert table.to_numpy().tolist() == [["E06", "kept"], ["E03", "removed"], ["E07", "added"]]


def test_before_both_memos_are_written_it_says_which_is_missing(answers):
    assert show_memo_diff("08-m1", "08-m2").text == "There is nothing to compare yet: write 08-m1 and 08-m2 first."
    write("08-m1", "We want a text.")
    assert show_memo_diff("08-m1", "08-m2").text == "There is nothing to compare yet: write 08-m2 first."


def test_a_memo_that_is_still_its_starter_counts_as_not_written(answers):
    write("08-m1", load_item("08-m1").starter)
    assert "write 08-m1 and 08-m2 first" in show_memo_diff("08-m1", "08-m2").text


def test_what_changed_is_marked_in_words_and_in_html_and_survives_cleaning(answers):
    write("08-m1", "We want <b>a text</b> now.", "E06", "E03")
    write("08-m2", "We want no text now.", "E06", "E07")
    view = show_memo_diff("08-m1", "08-m2")
    assert "Words: 2 added, 2 removed, 3 kept. Evidence: 1 added, 1 removed, 1 kept." in view.text
    assert "We want [− <b>a text</b> −] [+ no text +] now." in view.text
    html = clean_html(view.html)
    assert "<del>[− &lt;b&gt;a text&lt;/b&gt; −]</del> <ins>[+ no text +]</ins>" in html
    assert "E03 | removed" in view.text and "E07 | added" in view.text


def test_an_answers_file_that_somebody_edited_is_read_as_far_as_it_is_a_memo(answers):
    answers.mkdir()
    lines = [{"item": "08-m1", "answer": {"text": "We want a text.", "evidence": [7, "E06"]}}, {"item": "08-m2", "answer": {"text": "No."}}]
    (answers / "learner.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert "Evidence: 0 added, 1 removed, 0 kept." in show_memo_diff("08-m1", "08-m2").text


def test_only_memos_are_compared():
    with pytest.raises(ParameterError, match="08-q1 is no memo"):
        show_memo_diff("08-q1", "08-m2")
