"""The page of figures is what the code measures today, and the figures are what we promise."""

import pytest
import quality
import scoring

QUICK = ["Mentions and speakers in texts of our own", "The reference coding, and a second coder"]
WITH_ORIGINALS = ["Loading the four originals", "Mentions and speakers in the four originals"]
AGAIN = "docs/quality.md is out of step: run 'make quality' and commit it"


def test_the_page_has_every_section_in_order():
    assert list(quality.read_sections()) == list(quality.SECTIONS), AGAIN
    assert "Not measured" not in quality.PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("title", QUICK)
def test_a_figure_on_the_page_is_measured_anew(title):
    assert quality.read_sections()[title] == quality.SECTIONS[title]().strip(), AGAIN


@pytest.mark.parametrize("title", WITH_ORIGINALS)
def test_a_figure_on_the_originals_is_measured_anew(title, original):
    assert quality.read_sections()[title] == quality.SECTIONS[title]().strip(), AGAIN


def test_mentions_in_texts_that_nobody_tuned_on_reach_the_aim():
    assert scoring.measure_heldout()["all"]["f1"] >= 0.90


def test_provisions_states_and_organisations_of_the_originals_reach_the_aim(original):
    figures = scoring.measure_articles()
    assert all(figures["kinds"][kind]["f1"] >= 0.95 for kind in ("provision", "actor", "organisation"))
    assert figures["quotations"]["speaker"] >= 0.9
