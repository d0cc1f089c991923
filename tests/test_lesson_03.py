"""Lesson 03 run headless from several seats: what each sees, and that nothing after the as-of day is told."""

import pytest
from builders import outputs_text, run_lesson

from helpers.errors import ParameterError

pytestmark = pytest.mark.slow


def test_with_the_defaults_paris_is_tested_and_the_invocation_stands_before_the_consultations(tmp_path):
    text = outputs_text(run_lesson("03", tmp_path))
    assert "Article 4 consultations up to 2015-11-24: 5\nof these asked for by France, alone or with others: 0" in text
    assert "NATO Article 5 invoked, steps as diamonds: 7. Consultations as squares: 5; other occasions as crosses: 2." in text
    assert "NAT-5 | Was there an armed attack on an ally? | – | answer first | – | – | –" in text and "What came of it" not in text
    assert "Memberships of France then: EU and NATO." in text
    assert "2025" not in text and "2022" not in text and "Sea Guardian" not in text


def test_from_turkeys_seat_its_own_requests_are_counted_and_its_aircraft_case_has_open_findings(tmp_path):
    text = outputs_text(run_lesson("03", tmp_path, ally="TUR", incident="su24-2015"))
    assert "of these asked for by Turkey, alone or with others: 4" in text
    assert "Turkey shoots down a Russian Su-24 (2015-11-24)." in text and "0 of 7 answered." in text
    assert "It was an extraordinary meeting; Article 4 was not cited." not in text


def test_on_the_first_day_of_the_record_nothing_later_is_told(tmp_path):
    text = outputs_text(run_lesson("03", tmp_path, ally="HRV", incident="iraq-2003", as_of="2003-02-10"))
    assert "Croatia: not among the NATO members on 2003-02-10." in text
    assert "none, it is outside the treaty" in text
    assert "Consultations as squares: 1; other occasions as crosses: 0." in text
    assert "War in Iraq is coming (2003-02-10)." in text
    assert not [word for word in ("3 May", "Patriot", "RF-4", "Suruç", "Crimea", "Su-24", "Idlib", "2004-", "2012", "2025") if word in text]


def test_an_incident_after_the_last_day_stops_the_lesson_with_one_line(tmp_path):
    with pytest.raises(AssertionError, match=r"drones-2025 happened on 2025-09-10, after 2015-11-24; use a later day"):
        run_lesson("03", tmp_path, incident="drones-2025")


@pytest.mark.parametrize(
    ("name", "value", "allowed"), [("ally", "SWE", "use one of ALB, BEL"), ("incident", "london", "use one of sept11-2001, iraq-2003")]
)
def test_a_wrong_value_gets_one_line_with_the_allowed_ones(tmp_path, name, value, allowed):
    with pytest.raises(ParameterError, match=f"'{value}' is not allowed; {allowed}"):
        run_lesson("03", tmp_path, **{name: value})
