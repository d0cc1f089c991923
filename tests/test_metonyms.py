"""A capital or a seat of government: the government, or the place."""

import pytest

from helpers.metonyms import means_government, means_institution

GOVERNMENT = [
    "_ said that it would send aid.",
    "Neither side trusts _’s motives.".replace("’", "'"),
    "Talks between _ and the rebels failed.",
    "It was a blow to _, which had hoped for more.",
    "The minister accused _ of lying.",
    "_ was unwilling to sign.",
    "_, too, abstained.",
    "_ has now asked for talks.",
    "The _-backed militia withdrew.",
    "Pro-_ fighters held the bridge.",
    "He promised to seek support from _.",
    "For _, the choice was simple.",
    "In _'s view, the pact is dead.",
    "Sources close to _ denied it.",
    "_ officials would not comment.",
    "The envoy said he had no confidence in _.",
    "The country's ambassador to _ was recalled.",
    "_ disagreed.",
    "Diplomats put pressure on _ to yield.",
    "_ on Tuesday summoned the ambassador.",
    "_ closed the crossing at noon.",
    "They quarrelled. _ chose the shorter text.",
    "_ was less sure.",
    "_ was slower: it asked its courts first.",
    "_ began to wobble.",
    "_, in its letters to the council, relied on the charter.",
    "_, he thinks, wants to punish the others.",
    "_, which speaks for the islands, would rather wait.",
    "It wants fighter jets from _.",
    "It gets nothing but maps from _ these days.",
    "How did _ react?",
    "Would _ fight?",
    "Two jets rose after _ fired a missile.",
    "Nobody knew why _ stayed silent.",
    "By nightfall on Tuesday _ scrambled its jets.",
    "The north sat on the fence, as did _.",
    "_ froze the funds.",
    "_ mediated.",
]
PLACE = [
    "_ — The rebels struck at dawn.",
    "_ (Agency) - The rebels struck at dawn.",
    "Protesters gathered in _ on Sunday.",
    "He will travel to _ next week.",
    "The trial in _ of a spy began.",
    "The attacks on _ lasted an hour.",
    "A _-based analyst disagreed.",
    "_'s streets were empty.",
    "Shops in central _ closed.",
    "She left for _ on Friday.",
    "_ was rocked by explosions.",
    "_ University opened its doors.",
    "The _ talks resume today.",
    "They bombed _ at night.",
    "Residents of _ fled.",
    "The train from _ was late.",
    "He wants a train ticket from _ by noon.",
    "_ was closed to traffic.",
    "Did anyone in _ sleep?",
    "_ was attacked at dawn.",
    "The marathon in _ began late.",
]


def decide(sentence: str) -> bool | None:
    start = sentence.index("_")
    name = "OSLO" if start == 0 and ("—" in sentence or "(" in sentence) else "Oslo"
    return means_government(sentence.replace("_", name), start, start + 4)


@pytest.mark.parametrize("sentence", GOVERNMENT)
def test_a_capital_that_acts_or_is_dealt_with_is_the_government(sentence):
    assert decide(sentence) is True


@pytest.mark.parametrize("sentence", PLACE)
def test_a_capital_where_something_is_or_goes_is_the_place(sentence):
    assert decide(sentence) is False


def test_what_the_words_around_do_not_decide_stays_undecided():
    assert decide("A map, a pen, _, a flag.") is None
    assert decide("_ burned.") is None


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("The Fort said no.", True),
        ("a former Fort adviser", True),
        ("a letter to the Fort", True),
        ("the Fort's spokesman", True),
        ("He met reporters at the Fort.", False),
        ("She was invited to the Fort.", False),
        ("on the Fort lawn", False),
        ("a crowd outside the Fort", False),
    ],
)
def test_a_seat_of_government_is_those_who_sit_there_unless_somebody_is_at_it(sentence, meant):
    start = sentence.index("Fort")
    assert means_institution(sentence, start, start + 4) is meant
