"""Noun phrases, read backwards."""

import re

import pytest

from helpers.noun_phrases import read_phrase


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("On Monday a senior NATO official", "unnamed", "unnamed senior NATO official"),
        ("the Pentagon’s spokesman", "unnamed", "unnamed Pentagon spokesman"),
        ("Diplomats", "unnamed", "unnamed diplomats"),
        ("but The Wall Street Journal", "institution", "The Wall Street Journal"),
        ("the Ministry of Defence", "institution", "Ministry of Defence"),
        ("its ministry", "institution", "unnamed ministry"),
        ("while Article 42.7", "document", "Article 42.7"),
        ("that she", "pronoun", "she"),
    ],
)
def test_a_phrase_that_can_speak_has_a_kind_and_a_normal_form(text, kind, value):
    found = read_phrase(text, list(re.finditer(r"\S+", text)))
    assert found and (found.kind, found.value) == (kind, value)


@pytest.mark.parametrize("text", ["who took office", "on Monday", "very slowly"])
def test_what_cannot_speak_is_no_speaker(text):
    assert read_phrase(text, list(re.finditer(r"\S+", text))) is None
