"""Verbs of speech around a quotation, which stands as blanks in these texts."""

import pytest

from helpers import attribution
from helpers.noun_phrases import BLANK
from helpers.people import find_people
from helpers.speakers import Scene


def scene(text: str) -> Scene:
    blanked = text.replace("#", BLANK * 9)
    return Scene(blanked, find_people(blanked))


@pytest.mark.parametrize(
    ("text", "speaker", "verb"),
    [
        ("Mayor Ada Holt said that it was #", "Ada Holt", "said"),
        ("Mayor Ada Holt denied it, adding that #", "Ada Holt", "adding"),
        ("It was described by Mayor Ada Holt as #", "Ada Holt", "described"),
        ("Reuters quoted an unnamed Greek official as saying #", "unnamed Greek official", "saying"),
        ("According to Mayor Ada Holt, it was #", "Ada Holt", "According to"),
        ("Said Mayor Ada Holt: #", "Ada Holt", "Said"),
        ("Article 4 provides that the parties #", "Article 4", "provides"),
    ],
)
def test_the_verb_before_a_quotation_has_a_subject(text, speaker, verb):
    seen = scene(text)
    found = attribution.before(seen, 0, seen.text.index(BLANK))
    assert found and (found.speaker.value, found.verb) == (speaker, verb)


@pytest.mark.parametrize("text", ["Ada Holt asked Bo Lind to say #", "the member states have an #", "Two called each other to discuss #"])
def test_infinitives_nouns_and_telephone_calls_attribute_nothing(text):
    seen = scene(text)
    found = attribution.before(seen, 0, seen.text.index(BLANK))
    assert found is None or found.verb == "asked"


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (" said Mayor Ada Holt, in Oslo.", "Go,", "Ada Holt"),
        (" the mayor, Ada Holt, told reporters.", "Go,", "Ada Holt"),
        (" a weeping butcher said.", "Go,", "unnamed weeping butcher"),
        (" Mayor Ada Holt asked.", "Why?", "Ada Holt"),
    ],
)
def test_the_attribution_that_follows_a_quotation_is_read(text, words, speaker):
    found = attribution.behind(scene(text), 0, len(text), words)
    assert found and found.speaker.value == speaker


def test_after_a_full_stop_a_new_statement_is_not_the_quotations():
    text = " Mayor Ada Holt said that she would leave."
    assert attribution.behind(scene(text), 0, len(text), "It is over.") is None


def test_an_attribution_may_close_the_sentence_or_hide_in_a_noun():
    text = "# mistake for all, Mayor Ada Holt said on Monday."
    found = attribution.later(scene(text), 9, len(text) + 8)
    assert found and found.speaker.value == "Ada Holt"
    owned = attribution.owned(scene("Mayor Ada Holt’s claim that it was #"), 0, 35)
    assert owned and (owned.speaker.value, owned.verb) == ("Ada Holt", "")
