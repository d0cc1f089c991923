"""The table of seats, the rules of the Council and its draft are read as they stand, and a spoilt one is told."""

import pytest

from course.case_references import known_organisations
from helpers.codebook import load_codebook
from helpers.council import load_council, load_draft, seats
from helpers.errors import SeedError
from helpers.events import timeline
from helpers.stances import evidence
from helpers.treaties import members_at, organisations, provisions, state_names

NINE = ["paris", "washington", "moscow", "berlin", "london", "ankara", "brussels-nato", "brussels-eu", "neutral"]


def spoil(case, old, new):
    path = case / "seats.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_there_are_nine_seats_with_ids_that_a_command_line_bears():
    assert list(seats()) == NINE
    assert all(" " not in id for id in seats())


def test_the_council_meets_within_the_data_and_before_the_security_council_adopts_its_text():
    days = timeline()["date"]
    assert days.min() < load_council().day < days[timeline()["id"] == "T36"].item()


def test_every_seat_speaks_for_somebody_whom_the_case_knows():
    known = {*load_codebook().actors, *state_names(), *known_organisations()}
    assert all({*seat.speaks_for} <= known for seat in seats().values())


def test_a_seat_is_a_party_to_the_clauses_of_its_own_organisations_only():
    orgs = {"NAT": "NATO", "TEU": "EU", "TFEU": "EU"}
    for seat in seats().values():
        own = {org for org in organisations() if {org, *members_at(load_council().day, org)} & {*seat.speaks_for}}
        due = {id for id in provisions()["provision"] if orgs.get(id.partition("-")[0]) in own}
        assert {*seat.treaties} - {"UNC-51"} == due, seat.id


def test_what_is_silent_in_the_coding_has_neither_interests_nor_red_lines():
    coded = set(evidence()["actor"])
    silent = [seat for seat in seats().values() if not coded & {*seat.speaks_for}]
    assert [seat.id for seat in silent] == ["ankara", "neutral"]
    assert all(seat.interests == seat.red_lines == () for seat in silent)
    assert all("no passage is coded for it" in seat.finding for seat in silent)


def test_the_neutral_member_was_in_the_union_and_not_in_the_alliance():
    (code,) = seats()["neutral"].speaks_for
    day = load_council().day
    assert code in members_at(day, "EU") and code not in members_at(day, "NATO")
    others = sorted(state_names()[one] for one in {*members_at(day, "EU")} - {*members_at(day, "NATO"), code})
    assert all(name in seats()["neutral"].who for name in others) and len(others) == 5


def test_three_sentences_of_the_draft_are_open_and_turn_on_issues_of_the_codebook():
    draft = load_draft()
    assert [sentence.id for sentence in draft] == ["1", "2", "3", "4", "5"]
    assert {issue for sentence in draft for issue in sentence.issues} <= {*load_codebook().issues}


def test_a_seat_that_speaks_for_nobody_is_told(case):
    spoil(case, 'speaks_for = ["TUR"]', 'speaks_for = ["XXX"]')
    with pytest.raises(SeedError, match="ankara speaks for nobody that the case knows; use a code of the codebook"):
        seats()


def test_a_seat_without_its_finding_is_told_with_the_file(case):
    spoil(case, "finding = ", "funding = ")
    with pytest.raises(SeedError, match=r"seats\.toml: 'finding' is missing"):
        seats()


def test_a_council_without_a_day_is_told_with_the_file(case):
    spoil(case, "day = 2015-11-19", "night = 2015-11-19")
    with pytest.raises(SeedError, match=r"seats\.toml: 'day' is missing"):
        load_council()


def test_a_case_without_a_council_has_no_seats_and_no_draft(case):
    (case / "seats.toml").unlink()
    assert seats() == {} and load_draft() == ()
    with pytest.raises(SeedError, match=r"this case has no Council; add seats\.toml, or choose another lesson"):
        load_council()
