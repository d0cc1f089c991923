"""The lexicon's file, its compiling, and the places of what is found."""

import json
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import SeedError
from helpers.patterns import CONTAINERS, Matcher, Pattern, Triggers, entries, load_matcher, load_patterns, view

SPACES = [" ", "  ", "\n", "\r\n", "\u00a0", " \n\t ", "\u2009", "\n\n"]
LABELS = {
    "STATE", "NATIONALITY", "CAPITAL", "SEAT", "ORGANISATION", "ORGANISATION_NOUN", "TREATY", "PROVISION", "PROVISION_NOUN", "ARTICLE",
    "ARTICLE_NUMBER", "CONTEXT", "LAW", "PRINT", "EVENT", "PERSON", "AUTHOR_NOTE", "REGION", "OTHER",
}  # fmt: skip


def found(text: str, *patterns: Pattern) -> list[str]:
    return [text[start:end] for start, end, _ in (Matcher(patterns) if patterns else load_matcher()).find(text)]


def test_every_line_of_the_lexicon_has_a_label_a_pattern_and_an_id(seeds):
    lines = [json.loads(line) for line in (seeds / "lexicon.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(lines) == len(load_patterns()) > 1500
    assert all(line["label"] in LABELS and line["pattern"] and line["id"] for line in lines)


def test_tokens_of_the_lexicon_are_of_the_kinds_that_both_compilers_know(seeds):
    for line in (seeds / "lexicon.jsonl").read_text(encoding="utf-8").splitlines():
        pattern = json.loads(line)["pattern"]
        for token in pattern if isinstance(pattern, list) else []:
            assert set(token) <= {"LOWER", "ORTH", "OP"}, pattern
            words = token.get("LOWER", [])
            lower = words["IN"] if isinstance(words, dict) else [words] if words else []
            assert all(word == word.lower() for word in lower), pattern  # spaCy would never match a capital there


def test_states_have_codes_of_three_letters_and_no_form_stands_for_two_values_of_a_label():
    for label in ("STATE", "NATIONALITY"):
        assert all(re.fullmatch("[A-Z]{3}", pattern.value) for pattern in entries(label))
    for label in LABELS:
        values = {(form, pattern.value) for pattern in entries(label) for form in pattern.strings}
        assert [form for form, count in Counter(form for form, _ in values).items() if count > 1] == [], label


def test_all_member_states_of_the_united_nations_are_there():
    codes = {pattern.value for pattern in entries("STATE")}
    assert len(codes) > 195
    assert {"TUV", "NRU", "SSD", "TLS", "MKD", "XKX", "TWN", "PSE", "VAT"} <= codes


def test_a_form_is_found_as_written_at_a_sentences_start_and_in_capitals(case):
    (case / "lexicon.jsonl").write_text('{"label": "TREATY", "pattern": "river pact", "id": "RIV"}')
    assert found("River pact, river pact, RIVER PACT, River Pact, rIver pact") == ["River pact", "river pact", "RIVER PACT", "River Pact"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The US told us so, and the U.S. agreed.", ["US", "U.S."]),
        ("What is IS?", ["IS"]),
        ("Nigerians and Nigeriens in Niger", ["Nigerians", "Nigeriens", "Niger"]),
        ("Malians; Malistan; Mali’s", ["Malians", "Mali"]),
        ("North Korean and Korean", ["North Korean", "Korean"]),
    ],
)
def test_words_are_found_whole_and_the_longer_name_stands(text, names):
    assert found(text) == names


def test_a_name_that_holds_a_states_name_hides_it_but_an_event_does_not():
    hits = [(pattern.label, pattern.value) for _, _, pattern in load_matcher().find("New Mexico; the invasion of Kuwait")]
    assert hits == [("REGION", "US-NM"), ("EVENT", "kuwait-1990"), ("STATE", "KWT")]
    assert {"EVENT", "TREATY"} == CONTAINERS


def test_of_two_hits_that_overlap_the_longer_one_stands():
    council, treaty = Pattern("X", ("the council",), "a"), Pattern("X", ("council of the river states",), "b")
    assert found("the council of the river states", council, treaty) == ["council of the river states"]


@given(st.lists(st.tuples(st.sampled_from(["North", "Atlantic", "Council", "’s", "in", "Denmark", "(", "–"]), st.sampled_from(SPACES))))
def test_whatever_the_white_space_a_hits_place_holds_its_own_words(pieces):
    text = "".join(word + space for word, space in pieces)
    for start, end, pattern in load_matcher().find(text):
        assert " ".join(view(text[start:end]).text.split()) in pattern.strings


@given(st.text(alphabet="ab  \n\r\t\u00a0’–", max_size=40))
def test_a_view_keeps_every_character_that_is_no_space_and_its_place(text):
    seen = view(text)
    assert "  " not in seen.text
    for at, letter in enumerate(seen.text):
        start, end = seen.locate(at, at + 1)
        assert (end - start, view(text[start:end]).text) == (1, letter)


@pytest.mark.parametrize(
    "line",
    [
        '{"label": "STATE", "id": "XXX"}',
        '{"label": "STATE", "pattern": "", "id": "XXX"}',
        '{"label": "STATE", "pattern": [{"LEMMA": "be"}], "id": "XXX"}',
        '{"label": "STATE", "pattern": [{"LOWER": "a", "OP": "+"}], "id": "XXX"}',
        '{"label": "STATE", "pattern": 3, "id": "XXX"}',
        '["STATE"]',
        "{",
    ],
)
def test_a_line_that_is_no_pattern_is_refused_with_its_number(case, line):
    (case / "lexicon.jsonl").write_text(f'{{"label": "STATE", "pattern": "Nowhere", "id": "NWH"}}\n{line}\n')
    with pytest.raises(SeedError, match=r"lexicon\.jsonl:2"):
        load_patterns()


def test_another_cases_lexicon_is_read_and_an_edit_of_it_counts_at_once(case):
    path = case / "lexicon.jsonl"
    path.write_text('{"label": "STATE", "pattern": "Nowhere", "id": "NWH"}\n')
    assert found("From Nowhere to France") == ["Nowhere"]
    path.write_text('{"label": "STATE", "pattern": [{"LOWER": {"IN": ["far", "old"]}}, {"ORTH": "Isle"}], "id": "ISL"}\n\n')
    assert found("Far Isle, old Isle, Old isle") == ["Far Isle", "old Isle"]


def test_an_empty_lexicon_finds_nothing(case):
    (case / "lexicon.jsonl").write_text("\n")
    assert load_matcher().find("France") == []


def test_triggers_are_the_beginnings_of_words_between_two_places():
    triggers = Triggers(["Mon", "1", "$"])
    text = "Monday 11 x1 $1 Common Monk"
    assert [text[at:].split(maxsplit=1)[0] for at in triggers.find(text, 0, len(text))] == ["Monday", "11", "$1", "1", "Monk"]
    assert list(triggers.find(text, 1, 8)) == [7]
