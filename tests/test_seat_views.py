"""Packs to read, a chooser for all seats, and the list of what a memo may cite."""

import re
from pathlib import Path

import pytest
from builders import WIDGET, parts_of

from helpers.council import seats
from helpers.errors import ParameterError
from helpers.seat_packs import seat_packs
from helpers.seat_views import choose_seat, list_choices, show_draft, show_pack

OTHER_CASE = Path(__file__).with_name("cases") / "gull-bank"
SEATS = ["paris", "washington", "moscow", "berlin", "london", "ankara", "brussels-nato", "brussels-eu", "neutral"]


@pytest.mark.parametrize("seat", SEATS)
def test_a_pack_says_for_whom_it_speaks_what_is_not_in_it_and_why(seat):
    view = show_pack(seat)
    assert "speaks for" in view.text.splitlines()[0] and "ends on 2015-11-19" in view.text
    for part in ("Interests:", "Red lines:", "What is not in the pack:", "Later than 2015-11-19.", "No source of the course holds it."):
        assert part in view.text
    assert view.html.count("<table>") >= 2 and "<details>" in view.html


def test_a_silent_seat_says_so_instead_of_guessing():
    for seat in ("ankara", "neutral"):
        text = show_pack(seat).text
        assert "Interests:\n  not reported: no passage supports one.\nRed lines:\n  not reported" in text
        assert "What is coded of this seat:\n  not reported" in text
    assert "four consultations under Article 4" in show_pack("ankara").text


def test_stances_are_told_with_their_signs():
    text = show_pack("paris").text
    assert "E02 | Invoke NATO Article 5 | −1 | journalist’s statement |" in text and "| Use EU Article 42(7) | +2 |" in text


def test_no_code_of_an_issue_a_voice_or_a_state_stands_in_a_pack():
    for seat in SEATS:
        assert not re.search(r"(?<!-)\b(?:ART5|NATO_ROLE|RUSCOORD|BOMBSYR|FRA|TUR|POL|DEU)\b", show_pack(seat).text)


def test_a_meeting_that_was_no_consultation_says_so():
    assert "N2015-10 | 2015-10-05 | not reported" in show_pack("ankara").text and "| other occasion |" in show_pack("ankara").text


def test_the_clauses_open_on_request_and_on_paper():
    assert '<details class="printed"><summary>What its treaties say' in show_pack("ankara").html


def test_the_draft_marks_its_open_sentences_in_words():
    assert [line.split(".")[0] for line in show_draft().text.splitlines()] == [
        "1 (settled)", "2 (open)", "3 (open)", "4 (open)", "5 (settled)",
    ]  # fmt: skip


def test_in_print_the_chooser_is_a_table_of_all_seats():
    view = choose_seat()
    assert len(view.text.splitlines()) == 10 and "Ankara | the government of Turkey | 0 | 0" in view.text
    assert WIDGET not in view._repr_mimebundle_()


def test_a_button_shows_that_pack_and_writes_nothing(answers, live):
    widget = choose_seat().widget()
    (box,), (page,) = parts_of(widget, "ToggleButtons"), parts_of(widget, "HTML")
    assert box.description == "Seat" and [*box.options.values()] == SEATS
    for seat in SEATS:
        box.value = seat
        assert f"{seats()[seat].name} speaks for {seats()[seat].who}." in page.value
        assert page.value.count("<table>") == page.value.count('<details class="printed">')
    assert list(answers.parent.iterdir()) == []


@pytest.mark.parametrize("seat", SEATS)
def test_a_memo_may_cite_its_pack_and_nothing_else(seat):
    pack, choices = seat_packs()[seat], list_choices(seat)
    assert list(choices) == list(pack.ids)
    assert all(text.strip() for text in choices.values())


def test_without_a_seat_the_whole_case_may_be_cited():
    choices = list_choices()
    assert {"T36", "E46", "nyt-2015:v1-p01", "TEU-42.7", "C2015-TUR"} <= {*choices}
    assert choices["E16"].startswith(
        "United States (Invoke NATO Article 5, 0): “That’s a decision for the French to make”, direct quote. atlantic-2015:p03: "
    )


def test_an_unknown_seat_lists_the_nine():
    with pytest.raises(ParameterError, match="use one of paris, washington"):
        show_pack("rome")


def test_a_case_without_seats_says_so_and_offers_its_whole_evidence(monkeypatch):
    monkeypatch.setenv("ALLIANCE_SEEDS", str(OTHER_CASE))
    assert choose_seat().text == "This case has no seats."
    assert show_draft().text == "This case has no draft."
    assert {"harbour-1994:p01", "X11", "GSP-3"} <= {*list_choices()}
    with pytest.raises(ParameterError, match="there is nothing to choose from"):
        show_pack("paris")


def test_a_pack_that_holds_nothing_offers_nothing_to_cite(case):
    path = case / "seats.toml"
    text = path.read_text(encoding="utf-8").replace("day = 2015-11-19", "day = 1999-01-01")
    path.write_text(text.replace('treaties = ["UNC-51"]', "treaties = []"), encoding="utf-8")
    assert seat_packs()["moscow"].ids == ()
    assert list_choices("moscow") == {}
