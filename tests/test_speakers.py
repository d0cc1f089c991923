"""Subjects of verbs."""

import pytest

from helpers.people import find_people
from helpers.speakers import Scene, sentences_back


def scene(text: str) -> Scene:
    return Scene(text, find_people(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("In Oslo, Mayor Ada Holt has also bluntly | it", "Ada Holt"),
        ("Ada Holt, the mayor of Oslo, a Norwegian city, | it", "Ada Holt"),
        ("The French ambassador, Ada Holt, | it", "Ada Holt"),
        ("Ada Holt, who on Monday | it", "Ada Holt"),
        ("Norway, which | it", "Norway"),
        ("Aides to Mayor Ada Holt | it", "unnamed aides"),
        ("Two officials familiar with the talks | it", "unnamed officials"),
        ("An expert with a think tank in Paris | it", "unnamed expert"),
    ],
)
def test_the_subject_is_found_past_what_stands_between_it_and_the_verb(text, value):
    found = scene(text).subject(text.index("|"), 0)
    assert found and found.value == value


def test_who_is_named_after_a_verb_is_found_past_titles():
    text = "said NATO Secretary General Ada Holt, in Oslo"
    found = scene(text).after(4, len(text))
    assert found and found.value == "Ada Holt"
    assert scene("said in Oslo").after(4, 12) is None


def test_the_main_subject_stands_first_in_its_clause_and_after_no_preposition():
    text = "After meeting with Mayor Ada Holt in Oslo, Mayor Bo Lind left."
    found = scene(text).main_subject(0, len(text))
    assert found and found.value == "Bo Lind"


def test_sentences_are_not_cut_at_abbreviations_and_are_read_backwards():
    text = "One is here. Mr. X came on Nov. 3. Two\n\nThree."
    seen = [text[start:end] for start, end in sentences_back(scene(text), len(text), [(0, 38), (40, len(text))], 1)]
    assert seen == ["Three.", "Two", "Mr. X came on Nov. 3.", "One is here."]
