"""What stands around a cut makes it likelier or less likely."""

import pytest

from helpers.cuts import read_line, score_cuts, score_title_cut


def best(text):
    line = read_line(text)
    scores = score_cuts(line, median=1)[1:-1]  # a very short median: no line of one side
    return " ".join(line.words[: scores.index(max(scores)) + 1])


@pytest.mark.parametrize(
    "older",
    ["The bridge was shut on Monday by Mr. Long.", "“We wait,” she said, “and we hope.”", "It costs 3 million in the U.S. today."],
)
def test_a_sentence_end_outside_a_quotation_is_the_likeliest_cut(older):
    assert best(f"{older} Nobody in the town knew why it had been closed") == older


def test_quotation_marks_that_meet_are_a_sign_of_two_paragraphs():
    assert best("“It is old. It is shut.” “It is safe,” the mayor said. Nobody agreed.") == "“It is old. It is shut.”"


def test_a_missing_stop_is_seen_by_a_capital_in_a_common_word():
    assert best("The bridge was shut by the town After a meeting with the town it opened") == "The bridge was shut by the town"


def test_straight_quotation_marks_are_read_as_curly_ones_of_the_same_length():
    line = read_line('He said: "No." ("Yes.")')
    assert line.text == "He said: “No.” (“Yes.”)"


def test_two_titles_are_cut_where_the_second_begins_alike():
    line = read_line("Bridge to reopen in May Bridge to reopen in June")
    scores = [score_title_cut(line, cut) for cut in range(1, len(line.words))]
    assert scores.index(max(scores)) + 1 == 5
