"""Clauses taken apart, and who was a member when."""

from datetime import date

import pytest

from helpers.errors import ParameterError, SeedError
from helpers.files import read_rows
from helpers.treaties import describe_membership, members_at, memberships, provisions, state_names

FOUNDERS = ("BEL", "CAN", "DNK", "FRA", "GBR", "ISL", "ITA", "LUX", "NLD", "NOR", "PRT", "USA")


@pytest.mark.parametrize(
    ("day", "members", "day_before"),
    [
        ("1949-08-24", 12, 0),
        ("1952-02-18", 14, 12),
        ("1955-05-06", 15, 14),
        ("1982-05-30", 16, 15),
        ("1999-03-12", 19, 16),
        ("2004-03-29", 26, 19),
        ("2009-04-01", 28, 26),
        ("2017-06-05", 29, 28),
        ("2020-03-27", 30, 29),
        ("2023-04-04", 31, 30),
        ("2024-03-07", 32, 31),
    ],
)
def test_nato_grows_on_the_day_of_accession_and_not_before(day, members, day_before):
    before = date.fromordinal(date.fromisoformat(day).toordinal() - 1)
    assert (len(members_at(day, "NATO")), len(members_at(before, "NATO"))) == (members, day_before)


@pytest.mark.parametrize(("day", "members"), [("2001-09-12", 19), ("2015-11-13", 28), ("2026-06-30", 32)])
def test_nato_has_as_many_members_on_the_days_of_the_course_as_history_says(day, members):
    assert len(members_at(day, "NATO")) == members


@pytest.mark.parametrize(
    ("day", "members"),
    [
        ("1958-01-01", 6),
        ("1973-01-01", 9),
        ("1981-01-01", 10),
        ("1986-01-01", 12),
        ("1995-01-01", 15),
        ("2004-05-01", 25),
        ("2007-01-01", 27),
        ("2013-06-30", 27),
        ("2013-07-01", 28),
        ("2015-11-17", 28),
        ("2020-01-31", 28),
        ("2020-02-01", 27),
        ("2026-06-30", 27),
    ],
)
def test_the_union_has_as_many_members_as_history_says(day, members):
    assert len(members_at(day, "EU")) == members


def test_britain_is_a_member_of_the_union_on_its_last_day_and_not_on_the_next():
    assert "GBR" in members_at("2020-01-31", "EU")
    assert set(members_at("2020-01-31", "EU")) - set(members_at("2020-02-01", "EU")) == {"GBR"}
    assert "GBR" in members_at("2020-02-01", "NATO")


def test_the_founders_of_nato_are_these_twelve_in_alphabetical_order():
    assert members_at("1949-08-24", "NATO") == FOUNDERS


def test_in_november_2015_finland_sweden_and_montenegro_were_not_allies_and_croatia_was():
    allies = members_at("2015-11-13", "NATO")
    assert {"FIN", "SWE", "MNE", "MKD"}.isdisjoint(allies)
    assert {"HRV", "ALB", "TUR", "FRA"} <= set(allies)


def test_six_members_of_the_union_were_not_allies_in_november_2015():
    outside = set(members_at("2015-11-17", "EU")) - set(members_at("2015-11-17", "NATO"))
    assert outside == {"AUT", "CYP", "FIN", "IRL", "MLT", "SWE"}


def test_a_day_may_be_text_or_a_date():
    assert members_at(date(2015, 11, 13), "NATO") == members_at("2015-11-13", "NATO")


def test_before_an_organisation_there_are_no_members():
    assert members_at("1949-08-23", "NATO") == members_at("1957-12-31", "EU") == ()


def test_an_unknown_organisation_or_day_is_told_what_is_allowed():
    with pytest.raises(ParameterError, match="org: 'WEU' is not allowed; use one of EU, NATO"):
        members_at("2015-11-13", "WEU")
    with pytest.raises(ParameterError, match="'November 2015' is not a day; write it as 2015-11-18"):
        members_at("November 2015", "NATO")


@pytest.mark.parametrize("org", ["NATO", "EU"])
def test_every_membership_has_a_name_a_day_and_a_source(org):
    table = memberships(org)
    assert (table["name"] != table["state"]).all(), "a state of the list has no name in states.csv"
    assert table["joined"].str.fullmatch(r"\d{4}-\d\d-\d\d").all()
    assert table["source"].all() and set(table["confidence"]) <= {"V", "V2", "K"}
    assert not table["state"].duplicated().any()
    assert ((table["left"] == "") | (table["left"] > table["joined"])).all()
    assert table["joined"].is_monotonic_increasing


def test_a_member_is_described_with_its_first_day_and_how_sure_it_is():
    assert describe_membership("TUR", "NATO", "2015-11-24") == (
        "Turkey: NATO member on 2015-11-24, counted from 1952-02-18 (secondary source, day disputed)."
    )


@pytest.mark.parametrize(
    ("state", "org", "day"), [("MNE", "NATO", "2015-12-03"), ("SWE", "NATO", "2024-03-06"), ("GBR", "EU", "2020-02-01")]
)
def test_a_state_that_joined_later_or_left_is_no_member_and_no_other_day_is_told(state, org, day):
    told = describe_membership(state, org, day)
    assert told == f"{state_names()[state]}: not among the {org} members on {day}."


def test_a_state_that_never_joined_is_told_those_that_did():
    with pytest.raises(ParameterError, match="state: 'RUS' is not allowed; use one of ALB, BEL"):
        describe_membership("RUS", "NATO", "2015-11-24")


def test_provisions_come_in_the_order_of_the_elements_and_of_the_asking():
    table = provisions(["NAT-5", "NAT-4"])
    trigger = table[table["element"] == "trigger"]
    assert trigger["provision"].tolist() == ["NAT-5", "NAT-4"]
    assert list(dict.fromkeys(table["element"])) == [one for one in dict.fromkeys(provisions()["element"]) if one in set(table["element"])]


def test_all_provisions_are_there_when_none_is_named():
    assert {"NAT-4", "NAT-5", "NAT-6", "TEU-42.7", "TFEU-222", "UNC-51"} <= set(provisions()["provision"])


def test_every_statement_on_a_provision_has_a_text_a_source_and_a_mark():
    table = provisions()
    assert table[["text", "source", "label", "question"]].all(axis=None)
    assert set(table["confidence"]) <= {"V", "V2", "K"}


def test_the_discretion_of_article_five_is_quoted_to_the_letter():
    table = provisions(["NAT-5"]).set_index("element")
    assert table.loc["discretion", "quote"] == "such action as it deems necessary"


def test_an_unknown_provision_lists_the_known_ones():
    with pytest.raises(ParameterError, match="provision: 'NAT-7' is not allowed; use one of NAT-4, NAT-5"):
        provisions(["NAT-7"])


def test_a_file_without_elements_of_a_provision_is_named(case):
    path = case / "treaties" / "provisions.toml"
    path.write_text('elements = []\n[[provisions]]\nid = "NAT-4"\nname = "x"\nelements = []\n', encoding="utf-8")
    with pytest.raises(SeedError, match=r"provisions\.toml: no elements for these provisions"):
        provisions()


def test_a_list_of_members_without_sources_is_refused(case):
    path = case / "treaties" / "memberships.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("source", "origin", 1), encoding="utf-8")
    with pytest.raises(SeedError, match=r"memberships\.csv:1: column 'source' is missing"):
        members_at("2015-11-13", "NATO")


def test_every_state_is_known_by_three_capital_letters_and_one_name(seeds):
    names = state_names()
    assert all(len(code) == 3 and code.isupper() and name for code, name in names.items())
    assert len(names) == len(set(names.values())) == len(read_rows(seeds / "states.csv"))
