"""Lesson 04 for every member of the Union of November 2015: a sensible text, and "not reported" never read as nothing."""

import pytest
from builders import outputs_text, refusal, run_lesson, stored_lesson

from helpers.events import contributions, describe_contributions
from helpers.treaties import members_at
from helpers.widgets import explore_contributions

# Three states: outside NATO (stored), an ally without a row, the one that asked.
DAY = "2015-11-17"
MEMBERS = members_at(DAY, "EU")


@pytest.mark.parametrize("state", MEMBERS)
def test_every_member_has_a_table_and_a_sentence_that_agree(state):
    table, line = explore_contributions(state).text.splitlines()[1:], describe_contributions(state, "FRA")
    given = int(contributions(state)["contribution"].ne("").sum())
    assert len(table) == max(given, 1)
    assert all(row.startswith(line.split(":")[0]) for row in table)
    assert ("not reported | not reported" in table[0]) is (given == 0)
    assert "nothing" not in line or "does not mean that it gave nothing" in line


def test_of_the_other_members_ten_are_reported_seven_listed_and_ten_without_a_row():
    lines = [describe_contributions(state, "FRA") for state in MEMBERS if state != "FRA"]
    kinds = {
        "reported": [line for line in lines if "not reported" not in line],
        "listed": [line for line in lines if "not verified" in line],
        "no row": [line for line in lines if "have no row" in line],
    }
    assert {kind: len(found) for kind, found in kinds.items()} == {"reported": 10, "listed": 7, "no row": 10}


def test_a_state_outside_nato_reads_the_neutral_states_clause_and_finds_its_offers():
    text = outputs_text(stored_lesson("04"))
    assert "Sweden is one of the 27 other member states that the clause speaks to." in text
    assert "Read first: the neutral states’ clause." in text
    assert "Sweden: 4 contributions reported, under the clause; the first dated 2015-12-16." in text
    assert "Sweden refused reconnaissance aircraft, citing law." in text
    assert "by all the means in their power" in text and "A terrorist attack, or a natural or man-made disaster." in text


@pytest.mark.slow
def test_an_ally_without_a_row_is_not_reported_and_not_said_to_have_given_nothing(tmp_path):
    text = outputs_text(run_lesson("04", tmp_path, member_state="POL"))
    assert "Read first: the NATO clause." in text
    assert "Poland: not reported. Our data have no row, which does not mean that it gave nothing." in text


@pytest.mark.slow
def test_the_state_that_asked_owed_itself_nothing(tmp_path):
    text = outputs_text(run_lesson("04", tmp_path, member_state="FRA"))
    assert "France asked; it is not among the 27 other member states" in text
    assert "France: asked for the aid, and owed itself none." in text


@pytest.mark.parametrize("state", ["NOR", "Sweden"])
def test_a_state_outside_the_union_gets_one_line_with_the_allowed_ones(state):
    assert f"member_state: '{state}' is not allowed; use one of AUT, BEL" in refusal("04", member_state=state)
