"""The verb of a date's own clause says whether it lies behind or ahead; where none does, neither is claimed."""

import pytest

from helpers.tenses import tense


def at_monday(text: str) -> str:
    start = text.index("Monday")
    return tense(text, start, start + len("Monday"))


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("He said Monday that he will go.", "past"),
        ("On Monday, he told them that he will go.", "past"),
        ("It was underscored Monday when talks began.", "past"),
        ("In the wake of the attacks on Monday, which killed many, they mourn.", "past"),
        ("The leaders agreed Monday to build a force that could deploy.", "past"),
        ("They mourn the victims of Monday’s attacks.", "past"),
        ("He plans to travel to Vienna on Monday.", "future"),
        ("Talks will be held in Vienna on Monday.", "future"),
        ("The talks, planned for Monday, are off.", "future"),
        ("On Monday the council is expected to vote.", "future"),
        ("The session opens on Monday.", "future"),
        ("He offered to receive a delegation on Monday.", "future"),
        ("They pledged to send the first jets on Monday.", "future"),
        ("Ahead of Monday’s vote, they talk.", "future"),
        ("Bring it by Monday.", "future"),
        ("He'll be there on Monday.", "future"),
        ("Talks on Monday.", ""),
        ("He agreed to come on Monday.", ""),
        ("It was closed until Monday.", ""),
        ("It had been due to take effect at 6 p.m. on Monday.", ""),
        ("Monday’s march will be led by forty.", ""),
    ],
)
def test_the_nearest_verb_of_the_clause_decides(text, known):
    assert at_monday(text) == known


@pytest.mark.parametrize("text", ["He will go. Talks on Monday.", "He will go; talks on Monday.", "He will go.\n\nTalks on Monday."])
def test_another_sentence_or_clause_does_not(text):
    assert at_monday(text) == ""


def test_the_full_stop_of_a_title_ends_no_sentence():
    assert at_monday("He will see Mr. Smith on Monday.") == "future"
