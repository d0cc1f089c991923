"""Consultations and invocations stand on one time axis, told apart by their marks and named in the table."""

from html import unescape

from helpers.events import consultations, invocations
from helpers.figures_consultations import draw_consultations

DAY = "2015-11-24"


def rows_of(view):
    return [row.split(" | ") for row in view.text.splitlines()[2:]]


def test_the_invocation_stands_above_the_consultations_with_its_steps_in_the_table():
    view, steps, talks = draw_consultations(consultations(DAY), invocations("NAT-5", DAY)), invocations("NAT-5", DAY), consultations(DAY)
    assert "NATO Article 5 invoked, steps as diamonds: 7. Consultations as squares: 5" in unescape(view.html)
    assert [row[0] for row in rows_of(view)] == [*steps["date"], *talks["date"]]
    assert {row[3] for row in rows_of(view)[:7]} == {"NATO Article 5: step of an invocation"}


def test_every_clause_that_was_invoked_has_a_line_of_its_own():
    alt = draw_consultations(consultations(), invocations()).text.splitlines()[0]
    assert "NATO Article 5 invoked, steps as diamonds: 8. EU Article 42(7) TEU invoked, steps as diamonds: 2." in alt


def test_without_steps_or_with_none_yet_the_consultations_stand_alone():
    alone = draw_consultations(consultations(DAY))
    assert "invo" not in alone.text
    assert draw_consultations(consultations(DAY), invocations("NAT-5", "2001-01-01")) == alone


def test_nothing_after_the_day_is_told():
    text = draw_consultations(consultations(DAY), invocations("NAT-5", DAY)).text
    assert max(row[0] for row in rows_of(draw_consultations(consultations(DAY), invocations("NAT-5", DAY)))) == DAY
    assert "2016" not in text


def test_the_first_consultation_of_the_record_is_younger_than_the_invocation():
    rows = rows_of(draw_consultations(consultations(), invocations("NAT-5")))
    kinds = [row[3] for row in rows]
    assert rows[kinds.index("consultation")][0] > rows[1][0]


def test_without_consultations_the_steps_of_an_invocation_stand_alone():
    before = "2002-01-01"
    view = draw_consultations(consultations(before), invocations("NAT-5", before))
    assert consultations(before).empty and view.png
    assert [row[0] for row in rows_of(view)] == list(invocations("NAT-5", before)["date"])
    assert draw_consultations(consultations(before)).text == "No consultations up to this day."
