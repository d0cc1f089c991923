"""The vocabulary of reporting: what the patterns take and what they leave."""

import re

import pytest

from helpers import reporting


@pytest.mark.parametrize("form", ["said", "says", "told", "wrote", "denied", "denies", "went on", "pointed\nout", "quipped", "replying"])
def test_verbs_of_speech_are_known_in_their_forms(form):
    assert re.fullmatch(reporting.SAID, form)


@pytest.mark.parametrize("form", ["flew", "agreement", "writed", "pointed"])
def test_other_words_are_no_verbs_of_speech(form):
    assert not re.fullmatch(reporting.SAID, form)


def test_an_unnamed_source_an_institution_and_a_document_are_told_apart():
    assert re.fullmatch(reporting.SOURCES, "diplomat")
    assert re.fullmatch(reporting.INSTITUTIONS, "ministry")
    assert re.fullmatch(reporting.TREATIES, "charter")
    assert not re.fullmatch(reporting.SOURCES, "ministry")
