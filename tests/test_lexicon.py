"""The mention finder as a whole: kinds together, prose only, the author's note, places, and the four articles."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.articles import load_article
from helpers.files import read_text
from helpers.lexicon import find_mentions, find_named

NOTE = "Ada covers the Pentagon. Based in Oslo, Norway, she previously worked for newspapers in Denmark."
SPACES = [" ", "  ", "\n", "\r\n", "\u00a0", " \n\t ", "\n\n"]
WORDS = [
    "France",
    "invoked",
    "Article",
    "5",
    "of",
    "NATO’s",
    "charter.",
    "The",
    "clause",
    "“Paris",
    "attacks”",
    "U.S.",
    "—",
    "In",
    "Moscow,",
]


def test_all_kinds_are_found_together_in_reading_order():
    text = (
        "On Monday Estonia told NATO that 20 drones had crossed. “Article 4 it is,” said Prime Minister Kaja Kallas of the 9/11 precedent."
    )
    found = find_mentions(text, date(2022, 9, 6))
    kinds = {one.kind for one in found}
    assert {"date", "actor", "organisation", "figure", "provision", "person", "event"} <= kinds
    assert [one.start for one in found] == sorted(one.start for one in found)


def test_only_prose_is_read_and_the_story_flows_from_passage_to_passage():
    text = "NATO has Article 5.\n\nMenu: France, Spain\n\nThat article is short. The alliance is old."
    spans = [(0, 19), (text.index("That"), len(text))]
    assert [one.value for one, _ in find_named(text, spans=spans)] == ["NATO", "NAT-5", "NAT-5", "NATO"]


def test_a_note_about_the_author_names_nothing():
    text = f"Spain asked NATO for help.\n\n{NOTE}\n\nItaly agreed."
    assert [one.value for one, _ in find_named(text)] == ["ESP", "NATO", "ITA"]
    start = text.index(NOTE)
    assert list(find_named(text, spans=[(start, start + len(NOTE))])) == []
    assert [one.value for one, _ in find_named("Spain’s envoy lives in Rome. " + "Italy agreed. " * 2)] == ["ESP", "ITA", "ITA"]


def test_nothing_else_is_found_in_a_note_either():
    note = "Imo Hale teaches at a college and worked at NATO from 1994 to 1999. Her book on Turkey appears in June."
    assert find_mentions(f"Spain agreed.\n\n{note}", date(2003, 2, 12))[1:] == []
    assert len(find_mentions(f"Spain agreed. “{note}” she said.", date(2003, 2, 12))) > 1


def test_a_figure_may_hold_the_name_of_a_state_or_an_organisation():
    found = find_mentions("It sent 28 NATO members and 54 German tanks.")
    assert [(one.kind, one.value) for one in found] == [("figure", "28"), ("organisation", "NATO"), ("figure", "54"), ("actor", "DEU")]


def test_a_first_name_of_a_person_is_no_state():
    text = "Mr. Chad Molina runs a bar. “It may dance,” says Chad. He was in Chad once, and in N'Djamena, Chad, too."
    assert [one.value for one in find_mentions(text) if one.kind == "actor"] == ["TCD", "TCD"]
    assert [one.value for one in find_mentions("Chad abstained, and Chad knew why.") if one.kind == "actor"] == ["TCD", "TCD"]


def test_mentions_do_not_overlap_but_in_an_event_or_a_treaty():
    found = find_mentions("The invasion of Iraq, NATO’s charter, and the U.N. Security Council of Nov. 13, 2015.")
    inner = [one for one in found if one.kind != "event" and one.details.get("part") != "whole treaty"]
    assert all(one.end <= other.start for one, other in pairwise(inner))
    assert {"iraq-2003", "IRQ", "NATO", "NAT", "UNSC"} <= {one.value for one in found}


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(SPACES)), max_size=25))
def test_whatever_the_white_space_a_mentions_place_holds_its_text(pieces):
    text = "".join(word + space for word, space in pieces)
    for one in find_mentions(text, date(2015, 11, 18)):
        assert text[one.start : one.end] == one.text
        assert one.text.strip() == one.text != ""


@pytest.mark.parametrize("space", SPACES[1:])
def test_line_breaks_and_odd_spaces_change_nothing_but_places(space):
    plain = "The North Atlantic Council met. Article 5 of the alliance's charter binds NATO, the White House said."
    odd = plain.replace(" ", space).replace("'", "’")
    assert [one.value for one, _ in find_named(odd)] == [one.value for one, _ in find_named(plain)]


def test_nothing_is_found_in_nothing():
    assert find_mentions("") == find_mentions(" \n ") == find_mentions("France", spans=[]) == []


@pytest.mark.parametrize(
    ("article", "provisions"),
    [
        ("stripes-2015", ["NAT-5", "NAT-5", "NAT-5", "NAT-5", "NAT-5"]),
        ("atlantic-2015", ["NAT-5", "NAT-5", "NAT-5", "NAT-4", "NAT-5"]),
        ("wsws-2015", []),
    ],
)
def test_the_provisions_of_the_original_articles_are_found_in_order(original, article, provisions):
    whole = load_article(article, edition="original")
    spans = [(passage.start, passage.end) for passage in whole.version().passages]
    found = find_named(read_text(original[article]), whole.published, spans)
    assert [one.value for one, _ in found if one.kind == "provision" and not one.optional] == provisions


def test_in_each_version_of_the_two_version_article_the_treaties_are_told_apart(original):
    whole = load_article("nyt-2015", edition="original")
    for version in whole.versions:
        spans = [(passage.start, passage.end) for passage in version.passages]
        found = find_named(read_text(original["nyt-2015"]), whole.published, spans)
        values = [one.value for one, _ in found if one.kind == "provision" and not one.optional]
        assert (values[0:2], "TEU-42.7" in values) == (["NAT-5", "NAT-5"], True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Months after Jakarta first asked for help, Canberra tore up the deal.", ["IDN", "AUS"]),
        ("She was nine when Warsaw burned.", []),
        ("MACON, Ga. -- Half of Georgia stood by. Fort Stewart, Georgia, was empty.", []),
        ("“It helps,” said Jordan Hale. Jordan, Brazil and Nepal sent soldiers.", ["JOR", "BRA", "NPL"]),
        ("The talks failed.\n\nAda Holt, a fellow of the Institute, served in Ghana. Her essay on Mali was read.", []),
        ("The talks failed.\n\nAda Holt, who grew up in Ghana, was born in Mali.", ["GHA", "MLI"]),
    ],
)
def test_a_state_is_told_from_its_namesakes_and_from_notes_about_authors(text, expected):
    assert [one.value for one in find_mentions(text) if one.kind == "actor" and not one.optional] == expected


def test_organisations_of_all_parts_of_the_world_are_known():
    found = find_mentions(
        "UNIFIL, the Arctic Council, Frontex, the Tamil Tigers and the Pacific Islands Forum; the Quad leaders of Japan and India met."
    )
    assert [one.value for one in found if one.kind == "organisation"] == ["UNIFIL", "ARCTIC-COUNCIL", "FRONTEX", "LTTE", "PIF", "QUAD"]
