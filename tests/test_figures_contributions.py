"""Contributions are drawn with what is not known of them."""

from html import unescape

import pytest

from helpers.errors import ParameterError
from helpers.events import contributions
from helpers.figures_contributions import draw_contributions, draw_reporting
from helpers.treaties import members_at


def rows_of(view):
    return [row.split(" | ") for row in view.text.splitlines()[2:]]


def test_contributions_that_are_blank_stay_in_the_table_and_are_not_counted_as_given():
    table = contributions()
    view = draw_contributions(table)
    given = table[(table["contribution"] != "") & (table["date"] != "")]
    assert f"{len(given)} dated contributions of {given['state'].nunique()} states" in unescape(view.html)
    assert {name for row in rows_of(view) for name in row[0].split(", ")} == set(table["name"])
    assert all(row[1] == row[4] == "not reported" for row in rows_of(view) if "Spain" in row[0])


def test_a_chosen_state_without_a_row_has_a_line_that_says_so():
    table = contributions()
    assert draw_contributions(table, state="POL").png != draw_contributions(table).png
    assert draw_contributions(table, state="POL").text == draw_contributions(table).text


def test_every_member_has_one_tile_and_the_asker_is_apart():
    view = draw_reporting(contributions(), "2015-11-17", ("EU", "NATO"), "FRA", state="DEU")
    rows = {label: (int(count), which) for label, count, which in rows_of(view)}
    assert sum(count for count, _ in rows.values()) == len(members_at("2015-11-17", "EU"))
    assert rows["asked for the aid"] == (1, "France")
    assert "Spain" in rows["listed, but not verified"][1]
    assert rows["reported, not (surely) under it"] == (3, "Belgium, Denmark, Netherlands")


def test_days_and_months_are_drawn_on_one_axis():
    table = contributions("DEU")
    table["date"] = ["2015-12", *table["date"][1:]]
    assert "2015-12 | " in draw_contributions(table).text


def test_a_state_that_does_not_exist_gets_one_line_with_the_allowed_ones():
    with pytest.raises(ParameterError, match="state: 'XXX' is not allowed; use one of "):
        draw_contributions(contributions(), state="XXX")
