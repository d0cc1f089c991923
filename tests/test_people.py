"""Persons: found by what stands around a name, and again by surname."""

import pytest

from helpers.articles import load_articles
from helpers.files import read_text
from helpers.people import find_people


def names(text: str) -> list[str]:
    return [person.value for person in find_people(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NATO Secretary General Oda Lund spoke.", "Oda Lund"),
        ("Then Gen. Philip M. Breen left.", "Philip M. Breen"),
        ("U.S. Secretary of State Antony Blake said no.", "Antony Blake"),
        ("foreign minister Zoltan Kiss was there.", "Zoltan Kiss"),
        ("It fell, said Ravka Oster.", "Ravka Oster"),
        ("Bo Lindqvist, an expert on treaties, agreed.", "Bo Lindqvist"),
        ("Her aide, Quill Marten, nodded.", "Quill Marten"),
        ("Ursine O’Brien, 52, was hurt.", "Ursine O’Brien"),
        ("President Abdel el-Sisi came.", "Abdel el-Sisi"),
        ("Home Secretary Theresa May resigned.", "Theresa May"),
        ("Rear Adm. J.R. Holt commands it.", "J.R. Holt"),
    ],
)
def test_a_name_is_known_by_its_title_role_apposition_or_verb(text, value):
    assert names(text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "The Wall Street Journal and Le Figaro reported it.",
        "The carrier Charles de Gaulle sailed from St. Petersburg.",
        "Charlie Hebdo and Meet the Press are no persons, nor is the Red Cross.",
        "On Monday the Prime Minister met General Motors.",
        "In Baltic Air Policing, the Black Sea Fleet matters, experts said.",
    ],
)
def test_ships_newspapers_places_and_firms_are_no_persons(text):
    assert names(text) == []


def test_a_surname_means_whoever_was_introduced_last_by_it():
    text = "Ada Holt, the mayor, met her brother, Senator Tom Holt. Mr. Holt left."
    assert names(text) == ["Ada Holt", "Tom Holt", "Tom Holt"]


def test_a_full_name_that_comes_late_is_given_to_earlier_mentions_too():
    assert names("Ms. Oster was early. Later Ms. Ravka Oster spoke.") == ["Ravka Oster", "Ravka Oster"]


def test_a_kings_name_is_no_surname():
    assert names("King Salman met Prince Mohammed bin Salman.") == ["Salman", "Mohammed bin Salman"]


def test_the_span_is_the_name_without_title_and_possessive_over_any_white_space():
    text = "Mr.\u00a0Ada\r\nHolt’s plan"
    (person,) = find_people(text)
    assert text[person.start : person.end] == person.text == "Ada\r\nHolt"
    assert person.value == "Ada Holt"


def test_small_words_before_a_surname_belong_to_it():
    assert [person.text for person in find_people("Minister Ursula von der Holt left; von der Holt was late.")][1] == "von der Holt"


def test_office_state_organisation_and_gender_are_told_of_every_mention():
    first, second = find_people("Danish Foreign Minister Jytte Holt spoke. Ms. Holt left.")
    assert first.details == second.details == {"office": "Foreign Minister", "state": "DNK", "gender": "f"}
    (named,) = find_people("Omar Said, a spokesman for the Turkish army, spoke.")
    assert named.details["state"] == "TUR"


def test_a_person_who_stands_for_a_household_is_optional():
    (person,) = find_people("He criticised the Merkel government.")
    assert person.optional and person.value == "Angela Merkel"


def test_state_flows_from_span_to_span_and_nothing_outside_them_is_read():
    text = "Mayor Ada Holt spoke.\nMayor Bo Lind slept.\nHolt left."
    spans = [(0, 21), (text.rindex("Holt"), len(text))]
    assert [person.value for person in find_people(text, spans)] == ["Ada Holt", "Ada Holt"]


def test_the_originals_persons_have_their_full_names(original):
    for article in load_articles("original"):
        text = read_text(original[article.id])
        for version in article.versions:
            spans = [(passage.start or 0, passage.end or 0) for passage in version.passages]
            people = find_people(text, spans)
            assert people and all(text[person.start : person.end] == person.text for person in people)
            assert all(" " in person.value for person in people)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I met Tuuli Rantanen at noon. For Rantanen, the sea is a border.", ["Tuuli Rantanen", "Rantanen"]),
        ("Chad Pelletier runs a garage. “I fix Fords,” says Chad.", ["Chad Pelletier", "Chad"]),
        ("“It is loud,” Selma Brekke said. Selma nodded.", ["Selma Brekke", "Selma"]),
        ("Wang Haoran flew to Manila. Wang was late.", ["Wang Haoran", "Wang"]),
        ("Paris Fontaine, who drew the maps, laughed.", ["Paris Fontaine"]),
        ("Texan Ada Holt slept.", ["Ada Holt"]),
        ("“No,” said its spokesman, Pavo Drel.", ["Pavo Drel"]),
    ],
)
def test_a_given_name_makes_a_person_anywhere_and_names_them_again(text, found):
    assert [person.text for person in find_people(text)] == found
    assert len({person.value for person in find_people(text)}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Jordan closed its border and Georgia and Chad sent telegrams; India said nothing.",
        "Georgia Pleads for Help as Armor Moves South\n\nTanks rolled past Georgia.",
        "In Chad French troops waited.",
        "The frigate Admiral Essen and the Abraham Lincoln sailed; Goldman Sachs said so.",
    ],
)
def test_states_headlines_ships_and_firms_with_a_given_name_are_no_persons(text):
    assert names(text) == []
